using System.Globalization;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Report.Drawing;

/// <summary>
/// Draws the networks tier by tier: every plane or pod a column, what is alike aggregated, counts on the edges. Laid out by rule, so that
/// two runs and two sizes look alike.
/// </summary>
public static class TopologyDrawing
{
    private const double Width = 1400;
    private const double Margin = 24;
    private const double Gutter = 208;
    private const double BoxHeight = 54;
    private const double Gap = 104;
    private const int MostColumns = 10;

    // Bold type of 13 pixels takes the room of plain type of this size.
    private const double BoldSize = 14.5;
    private const int MostBoxes = 8;

    /// <summary>The picture.</summary>
    /// <param name="design">The design.</param>
    /// <param name="standalone">True for a file of its own, false for a part of a page.</param>
    public static string Render(ClusterDesign design, bool standalone = true)
    {
        Svg svg = new();
        double y = Margin;
        svg.Text(Margin, y + 18, TextWidth.Fit(design.Spec.Name, 700, 18), "h1");
        svg.Text(Margin, y + 40, Subtitle(design), "soft");
        y += 62;
        FabricView[] views = [.. design.Network.Fabrics.Select(f => FabricView.Of(design, f))];
        foreach (FabricView view in views.Where(v => v.Fabric.Role == FabricRole.Backend))
        {
            y = Large(svg, design, view, y) + 20;
        }

        FabricView[] others = [.. views.Where(v => v.Fabric.Role != FabricRole.Backend)];
        if (others.Length > 0)
        {
            // At most three side by side, so that the names of their switches have room.
            int shelves = (others.Length + 2) / 3;
            int columns = Math.Max(2, (others.Length + shelves - 1) / shelves);
            double w = (Width - 2 * Margin - 20 * (columns - 1)) / columns;
            foreach (FabricView[] shelf in others.Chunk(columns))
            {
                double bottom = y;
                for (int i = 0; i < shelf.Length; i++)
                {
                    bottom = Math.Max(bottom, Small(svg, shelf[i], Margin + i * (w + 20), y, w));
                }

                y = bottom + 20;
            }
        }

        return svg.Finish(Width, y + 4, $"Networks of {design.Spec.Name}", standalone);
    }

    private static string Subtitle(ClusterDesign design)
    {
        string nodes = string.Join(
            " · ",
            design
                .Network.Groups.Where(g => g.IsNode)
                .GroupBy(g => g.Node!)
                .Select(g => $"{Words.Count(g.Sum(x => (long)x.Count))} × {g.Key.Name}")
        );
        return TextWidth.Fit($"{Words.Of(design.Network.XpuCount, "XPU")} · {nodes}", Width - 2 * Margin, 13);
    }

    // A backend: full width, names of the tiers at the left.
    private static double Large(Svg svg, ClusterDesign design, FabricView view, double top)
    {
        Tier[] rows = [.. view.Tiers.Reverse(), Tier.Host];
        double height = 74 + rows.Length * BoxHeight + (rows.Length - 1) * Gap + 28 + (view.Kind == ColumnKind.Whole ? 0 : 26);
        svg.Rect(Margin, top, Width - 2 * Margin, height, "panel", 8);
        Heading(svg, view, Margin + 18, top + 28, Width - 2 * Margin - 36);

        double y = top + 74 + (view.Kind == ColumnKind.Whole ? 0 : 26);
        double[] rowY = [.. rows.Select((_, i) => y + i * (BoxHeight + Gap))];
        for (int i = 0; i < rows.Length; i++)
        {
            Label(svg, design, view, rows[i], Margin + 18, rowY[i]);
        }

        double left = Margin + 18 + Gutter;
        double right = Width - Margin - 18;
        if (view.Outside.Count > 0)
        {
            double room = OutsideWidth(view, 220);
            right -= room + 22;
            for (int i = 0; i < rows.Length; i++)
            {
                Outside(svg, view, rows[i], left, right + 22, rowY[i], room, BoxHeight);
            }
        }

        if (view.Kind == ColumnKind.Whole)
        {
            Boxes(svg, design, view, rows, rowY, left, right);
        }
        else
        {
            Columns(svg, view, rows, rowY, left, right);
        }

        return top + height;
    }

    private static void Heading(Svg svg, FabricView view, double x, double y, double width)
    {
        Fabric f = view.Fabric;
        string title = Words.Role(f.Role);
        svg.Text(x, y, title, "h2");
        List<string> parts = [];
        if (f.Role == FabricRole.Backend)
        {
            parts.Add(f.Paradigm.ToWord());
            parts.Add(f.Planes == 1 ? "1 plane" : $"{f.Planes} planes ({f.PlaneLayout.ToWord()})");
        }

        if (f.Role != FabricRole.Oob)
        {
            parts.Add($"bisection {Words.Number(f.Bisection.Gbps / 1000)} Tb/s");
            parts.AddRange(f.Oversubscription.OrderBy(o => o.Key).Select(o => $"{o.Key.ToWord()} {Ratio(o.Value)}"));
            if (f.Role == FabricRole.Backend)
            {
                parts.Add($"grows to {Words.Of(f.MaxXpus, "XPU")}");
            }
        }

        if (f.FabricSpeedUp is { } speedUp)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"fabric speed-up {speedUp:0.###}"));
        }

        double used = TextWidth.Of(title, 15) + 16;
        svg.Text(x + used, y, TextWidth.Fit(string.Join(" · ", parts), width - used, 13), "soft");
    }

    internal static string Ratio(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}:1");

    private static void Label(Svg svg, ClusterDesign design, FabricView view, Tier tier, double x, double y)
    {
        if (tier == Tier.Host)
        {
            long nodes = view.Hosts.Sum(h => h.Count);
            svg.Text(x, y + 20, "hosts", "b");
            svg.Text(x, y + 37, Words.Of(nodes, "node"), "s soft");
            svg.Text(x, y + 53, Words.Of(design.Network.XpuCount, "XPU"), "s soft");
            return;
        }

        TierOfSwitches[] kinds = KindsOf(view, tier);
        string word = view.Fabric.Paradigm == Paradigm.SwitchScheduled && tier == Tier.Spine ? "fabric element" : tier.ToWord();
        svg.Text(x, y + 20, $"{word} × {Words.Count(kinds.Sum(k => k.Count))}", "b");
        string model = Models(kinds, s => s.Name);
        string[] lines = [.. Lines(TextWidth.Of(model, 12) <= Gutter - 14 ? model : Models(kinds, s => s.Id)), .. Lines(Ports(kinds))];
        for (int i = 0; i < Math.Min(lines.Length, 4); i++)
        {
            svg.Text(x, y + 37 + i * 16, lines[i], "s soft");
        }

        static IEnumerable<string> Lines(string text) => TextWidth.Wrap(text, Gutter - 14, 12, 2);
    }

    private static double OutsideWidth(FabricView view, double most) =>
        Math.Min(most, view.Outside.Max(o => TextWidth.Of(OutsideText(o), 11)) + 14);

    private static string OutsideText((Tier From, string To, FabricView.Edge Links) outside) => $"{outside.To}: {outside.Links.Text}";

    // What a tier's links to the outside lead to, in a box beside it. Boxes of the tier are drawn over the line that joins them.
    private static void Outside(Svg svg, FabricView view, Tier tier, double from, double x, double y, double width, double height)
    {
        const double Line = 15;
        string[] lines = [.. view.Outside.Where(o => o.From == tier).Select(OutsideText)];
        if (lines.Length == 0)
        {
            return;
        }

        if (lines.Length > 3)
        {
            lines = [.. lines.Take(2), $"+ {lines.Length - 2} more"];
        }

        double h = Math.Min(height, lines.Length * Line + 10);
        double top = y + (height - h) / 2;
        svg.Line(from, y + height / 2, x, y + height / 2, "mesh", 1.5);
        svg.Rect(x, top, width, h, "external", 4);
        for (int i = 0; i < lines.Length; i++)
        {
            svg.Text(x + width / 2, top + 16 + i * Line, TextWidth.Fit(lines[i], width - 8, 11), "xs", "middle");
        }
    }

    // A tier may have several models, or one that is divided in several ways.
    private static TierOfSwitches[] KindsOf(FabricView view, Tier tier) => [.. view.Fabric.Tiers.Where(t => t.Tier == tier)];

    private static string Models(TierOfSwitches[] kinds, Func<SwitchModel, string> text) =>
        string.Join(", ", kinds.Select(k => text(k.Switch)).Distinct());

    private static string Ports(TierOfSwitches[] kinds) =>
        kinds.Length == 1 ? Ports(kinds[0]) : string.Join(", ", kinds.Select(k => $"{Words.Count(k.Count)} with {Down(k)} down"));

    private static string Ports(TierOfSwitches tier) =>
        tier.UpPorts == 0 ? $"{tier.DownPorts} down at {Words.Rate(tier.DownBreakout.Rate)}"
        : tier.DownBreakout.Rate == tier.UpBreakout.Rate && tier is { AlsoDown.Count: 0, OutsideAlone.Count: 0 }
            ? $"{tier.DownPorts} down, {tier.UpPorts} up at {Words.Rate(tier.DownBreakout.Rate)}"
        : $"{Down(tier)} down, {tier.UpPorts} × {Words.Rate(tier.UpBreakout.Rate)} up";

    private static string Down(TierOfSwitches tier) =>
        string.Join(" + ", tier.Serves.Select(d => $"{d.Ports} × {Words.Rate(d.Rate)}{(d.To is { } to ? " to " + to : "")}"));

    private static string Css(Tier tier) =>
        tier switch
        {
            Tier.Host => "host",
            Tier.Leaf => "leaf",
            Tier.Spine => "spine",
            _ => "super",
        };

    // One plane: some devices of every tier by name, the rest as one box; lines only where links really are.
    private static void Boxes(Svg svg, ClusterDesign design, FabricView view, Tier[] rows, double[] rowY, double left, double right)
    {
        Network network = design.Network;
        int[] boxOf = new int[network.DeviceCount];
        Array.Fill(boxOf, -1);
        List<(double X, double Y, double W)> places = [];
        for (int r = 0; r < rows.Length; r++)
        {
            List<BoxText> boxes =
                rows[r] == Tier.Host
                    ? HostBoxes(network, view, boxOf, places.Count)
                    : SwitchBoxes(network, view, rows[r], boxOf, places.Count);
            double pitch = (right - left) / Math.Max(boxes.Count, 3);
            double start = left + ((right - left) - pitch * boxes.Count) / 2;
            double w = Math.Min(pitch - 12, 210);
            foreach ((BoxText box, int i) in boxes.Select((b, i) => (b, i)))
            {
                places.Add((start + pitch * (i + 0.5) - w / 2, rowY[r], w));
            }
        }

        HashSet<(int, int)> joined = [];
        foreach (LinkClass links in view.Fabric.LinkClasses)
        {
            foreach (ref readonly Link link in links.Links.AsSpan())
            {
                int a = boxOf[link.A],
                    z = boxOf[link.Z];
                if (a >= 0 && z >= 0)
                {
                    joined.Add((a, z));
                }
            }
        }

        foreach ((int a, int z) in joined.Order())
        {
            svg.Line(places[a].X + places[a].W / 2, places[a].Y, places[z].X + places[z].W / 2, places[z].Y + BoxHeight, "mesh");
        }

        // The boxes go on top of the lines, so they are made again here in the order of their places.
        int at = 0;
        for (int r = 0; r < rows.Length; r++)
        {
            foreach (BoxText box in rows[r] == Tier.Host ? HostBoxes(network, view, null, 0) : SwitchBoxes(network, view, rows[r], null, 0))
            {
                (double x, double y, double w) = places[at++];
                svg.Rect(x, y, w, BoxHeight, box.IsRest ? "ghost" : Css(rows[r]), 5, box.Title);
                svg.Text(
                    x + w / 2,
                    y + (box.Second is null ? 31 : 24),
                    TextWidth.Fit(box.First, w - 8, box.IsRest ? 13 : 12),
                    box.IsRest ? "soft" : "s b",
                    "middle"
                );
                if (box.Second is not null)
                {
                    // A long name is set smaller before it is cut.
                    bool isLong = TextWidth.Of(box.Second, 11) > w - 6;
                    string second = TextWidth.Fit(box.Second, w - 6, isLong ? 8.5 : 11);
                    svg.Text(x + w / 2, y + 41, second, isLong ? "tiny soft" : "xs soft", "middle");
                }
            }
        }

        for (int r = 0; r + 1 < rows.Length; r++)
        {
            if (view.Edges.GetValueOrDefault((rows[r + 1], rows[r], 0)) is { } edge)
            {
                string ratio = view.Fabric.Oversubscription.TryGetValue(rows[r + 1], out double o) ? $" · oversubscription {Ratio(o)}" : "";
                svg.Pill(
                    (left + right) / 2,
                    rowY[r] + BoxHeight + Gap / 2,
                    $"{edge.Text} links · {Words.Of(edge.Cables, "cable")}{ratio}",
                    "s",
                    12
                );
            }
        }
    }

    private static List<BoxText> SwitchBoxes(Network network, FabricView view, Tier tier, int[]? boxOf, int firstBox)
    {
        int[] devices =
        [
            .. network
                .Groups.Where(g => !g.IsNode && g.Fabric == view.Fabric.Role && g.Tier == tier)
                .SelectMany(g => Enumerable.Range(g.First, g.Count)),
        ];
        return Sample(
            devices.Length,
            MostBoxes,
            (i, box) =>
            {
                if (boxOf is not null)
                {
                    boxOf[devices[i]] = firstBox + box;
                }
            },
            i => new(network.NameOf(devices[i]), network.GroupOf(devices[i]).Switch!.Id, false, null),
            rest => new($"+ {Words.Count(rest)} more", null, true, null)
        );
    }

    private static List<BoxText> HostBoxes(Network network, FabricView view, int[]? boxOf, int firstBox)
    {
        Unit[] units = [.. network.Units.Where(u => u.NodeCount > 0)];
        bool byUnit = view.Fabric.Role == FabricRole.Backend && units.Length > 1;
        DeviceGroup[] pools = [.. network.Groups.Where(g => g.IsNode && (!g.IsService || view.Fabric.Role != FabricRole.Backend))];
        (string Name, int First, int Count)[] runs =
            pools.Sum(g => g.Count) <= MostBoxes
                ? [.. pools.SelectMany(g => Enumerable.Range(g.First, g.Count)).Select(d => (network.NameOf(d), d, 1))]
            : byUnit ? [.. units.Select((u, i) => ($"unit {i + 1}", u.FirstNode, u.NodeCount))]
            : [.. pools.Select(g => (g.NamePrefix, g.First, g.Count))];
        return Sample(
            runs.Length,
            MostBoxes,
            (i, box) =>
            {
                if (boxOf is not null)
                {
                    Array.Fill(boxOf, firstBox + box, runs[i].First, runs[i].Count);
                }
            },
            i =>
            {
                long xpus = (long)runs[i].Count * (network.GroupOf(runs[i].First).Node?.Xpus.Value ?? 0);
                return new(runs[i].Name, Words.Of(runs[i].Count, "node") + (xpus > 0 ? $", {Words.Of(xpus, "XPU")}" : ""), false, null);
            },
            rest => new($"+ {Words.Count(rest)} more", null, true, null)
        );
    }

    // All of them, or the first five, the rest as one, and the last two.
    private static List<BoxText> Sample(int count, int most, Action<int, int> assign, Func<int, BoxText> text, Func<int, BoxText> rest)
    {
        List<BoxText> boxes = [];
        for (int i = 0; i < count; i++)
        {
            bool hidden = count > most && i >= most - 3 && i < count - 2;
            if (hidden && i == most - 3)
            {
                boxes.Add(rest(count - most + 1));
            }
            else if (!hidden)
            {
                boxes.Add(text(i));
            }

            assign(i, boxes.Count - 1);
        }

        return boxes;
    }

    // Planes over common hosts, or pods under a common top.
    private static void Columns(Svg svg, FabricView view, Tier[] rows, double[] rowY, double left, double right)
    {
        int[] shown =
            view.Columns <= MostColumns
                ? [.. Enumerable.Range(0, view.Columns)]
                : [.. Enumerable.Range(0, MostColumns - 3), -1, view.Columns - 2, view.Columns - 1];
        double pitch = (right - left) / shown.Length;
        double w = Math.Min(pitch - 10, 340);
        string word =
            view.Kind == ColumnKind.Planes || view.Fabric.PlaneLayout == PlaneLayout.Pods && view.Fabric.Planes > 1 ? "plane" : "pod";
        double X(int i) => left + pitch * i + (pitch - w) / 2;
        int firstOwn = Array.FindIndex(rows, t => !view.IsShared(t));
        int lastOwn = Array.FindLastIndex(rows, t => !view.IsShared(t));
        for (int i = 0; i < shown.Length; i++)
        {
            double x = X(i);
            double from = rowY[firstOwn] - 30;
            svg.Rect(x - 3, from, w + 6, rowY[lastOwn] + BoxHeight + 10 - from, "ghost", 6);
            string head = shown[i] < 0 ? $"{view.Columns - shown.Length + 1} more" : $"{word} {shown[i]}";
            svg.Text(x + w / 2, from + 18, head, shown[i] < 0 ? "s soft" : "s b", "middle");
        }

        for (int r = 0; r + 1 < rows.Length; r++)
        {
            double yTop = rowY[r] + BoxHeight,
                yBottom = rowY[r + 1];
            for (int i = 0; i < shown.Length; i++)
            {
                if (shown[i] < 0)
                {
                    continue;
                }

                Mesh(svg, X(i), w, yTop, yBottom, view.IsShared(rows[r]), view.IsShared(rows[r + 1]));
            }
        }

        for (int r = 0; r < rows.Length; r++)
        {
            if (view.IsShared(rows[r]))
            {
                long count = rows[r] == Tier.Host ? view.Hosts.Sum(h => h.Count) : view.Devices.GetValueOrDefault((rows[r], 0));
                svg.Rect(left, rowY[r], right - left, BoxHeight, Css(rows[r]), 5);
                string what =
                    rows[r] == Tier.Host
                        ? $"{string.Join(" · ", view.Hosts.Select(h => $"{h.Name}: {Words.Of(h.Count, "node")}"))}, "
                            + $"each on all {view.Columns} planes"
                        : $"{Words.Of(count, rows[r].ToWord() + " switch", rows[r].ToWord() + " switches")}, "
                            + $"joining all {Words.Count(view.Columns)} {word}s";
                svg.Text((left + right) / 2, rowY[r] + 32, TextWidth.Fit(what, right - left - 20, BoldSize), "b", "middle");
                continue;
            }

            for (int i = 0; i < shown.Length; i++)
            {
                if (shown[i] >= 0)
                {
                    Stack(svg, X(i), rowY[r], w, rows[r], view.Devices.GetValueOrDefault((rows[r], shown[i])));
                }
                else
                {
                    svg.Text(X(i) + w / 2, rowY[r] + 32, "…", "h1 soft", "middle");
                }
            }
        }

        for (int r = 0; r + 1 < rows.Length; r++)
        {
            double middle =
                (rowY[r] + BoxHeight + rowY[r + 1]) / 2
                + (
                    r + 1 == firstOwn ? -14
                    : r == lastOwn ? 6
                    : 0
                );
            for (int i = 0; i < shown.Length; i++)
            {
                if (shown[i] >= 0 && view.Edges.GetValueOrDefault((rows[r + 1], rows[r], shown[i])) is { } edge)
                {
                    double size = TextWidth.Of(edge.Text, 12) + 18 <= pitch - 2 ? 12 : 10.5;
                    string text = TextWidth.Of(edge.Text, size) + 18 <= pitch - 2 ? edge.Text : Words.Count(edge.Links);
                    svg.Pill(X(i) + w / 2, middle, text, size < 12 ? "xs" : "s", size);
                }
            }

            long links = view.Edges.Where(e => e.Key.From == rows[r + 1] && e.Key.To == rows[r]).Sum(e => e.Value.Links);
            long cables = view.Edges.Where(e => e.Key.From == rows[r + 1] && e.Key.To == rows[r]).Sum(e => e.Value.Cables);
            svg.Text(Margin + 18, rowY[r] + BoxHeight + Gap / 2 - 6, Words.Of(links, "link"), "s");
            string second = view.Fabric.Oversubscription.TryGetValue(rows[r + 1], out double o) ? Ratio(o) : "";
            svg.Text(
                Margin + 18,
                rowY[r] + BoxHeight + Gap / 2 + 10,
                view.Kind == ColumnKind.Planes && rows[r + 1] == Tier.Host
                    ? "over all planes"
                    : $"{Words.Of(cables, "cable")}{(second.Length > 0 ? ", " + second : "")}",
                "s soft"
            );
        }
    }

    private static void Mesh(Svg svg, double x, double w, double yTop, double yBottom, bool topShared, bool bottomShared)
    {
        const int Points = 4;
        double P(int i, double from, double width) => from + width * (i + 0.5) / Points;
        if (topShared || bottomShared)
        {
            for (int i = 0; i < Points; i++)
            {
                double px = P(i, x + w * 0.1, w * 0.8);
                svg.Line(px, yTop, px, yBottom, "mesh");
            }

            return;
        }

        for (int i = 0; i < Points; i++)
        {
            for (int k = 0; k < Points; k++)
            {
                svg.Line(P(i, x, w), yTop, P(k, x, w), yBottom, "mesh");
            }
        }
    }

    private static void Stack(Svg svg, double x, double y, double w, Tier tier, long count)
    {
        if (count > 1)
        {
            svg.Rect(x + 6, y - 6, w - 6, BoxHeight, Css(tier), 5);
            svg.Rect(x + 3, y - 3, w - 6, BoxHeight, Css(tier), 5);
        }

        double width = count > 1 ? w - 6 : w;
        svg.Rect(x, y, width, BoxHeight, Css(tier), 5);
        svg.Text(x + width / 2, y + 25, Words.Count(count), "h2", "middle");
        string word =
            tier == Tier.Host
                ? (count == 1 ? "node" : "nodes")
                : tier switch
                {
                    Tier.Leaf => count == 1 ? "leaf" : "leaves",
                    Tier.Spine => count == 1 ? "spine" : "spines",
                    _ => "super-spines",
                };
        svg.Text(x + width / 2, y + 42, TextWidth.Fit(word, width - 4, 11), "xs soft", "middle");
    }

    // Frontend and management: one box a tier.
    private static double Small(Svg svg, FabricView view, double x, double top, double width)
    {
        Tier[] rows = [.. view.Tiers.Reverse(), Tier.Host];
        const double Row = 50;
        const double Space = 58;
        double height = 58 + rows.Length * Row + (rows.Length - 1) * Space + 20;
        svg.Rect(x, top, width, height, "panel", 8);
        Heading(svg, view, x + 18, top + 28, width - 36);
        double y = top + 56;
        double inner = width - 36;
        double outside = view.Outside.Count > 0 ? OutsideWidth(view, inner * 0.36) : 0;
        double share = Share(view, rows, inner, outside);
        for (int r = 0; r < rows.Length; r++)
        {
            double box = rows[r] == Tier.Host ? inner : inner * share;
            double bx = x + 18 + (rows[r] == Tier.Host || outside > 0 ? 0 : (inner - box) / 2);
            Outside(svg, view, rows[r], bx, x + 18 + inner - outside, y, outside, Row);
            if (r + 1 < rows.Length)
            {
                double from = y + Row,
                    to = y + Row + Space;
                for (int i = 0; i < 7; i++)
                {
                    svg.Line(
                        bx + box * (i + 1) / 8,
                        from,
                        rows[r + 1] == Tier.Host ? x + 18 + inner * (i + 1) / 8.0 : bx + box * (i + 1) / 8,
                        to,
                        "mesh"
                    );
                }
            }

            svg.Rect(bx, y, box, Row, Css(rows[r]), 5);
            string first =
                rows[r] == Tier.Host
                    ? Attached(view, box - 16)
                    : $"{Words.Count(KindsOf(view, rows[r]).Sum(k => k.Count))} × {rows[r].ToWord()}";
            string second =
                rows[r] == Tier.Host
                    ? view.Fabric.Role == FabricRole.Oob
                        ? "every node's BMC and every switch's management port"
                        : "nodes and services"
                    : Built(view, rows[r]);
            IReadOnlyList<string> lines = TextWidth.Wrap(second, box - 12, 11, 2);
            svg.Text(bx + box / 2, y + (lines.Count > 1 ? 17 : 21), TextWidth.Fit(first, box - 12, BoldSize), "b", "middle");
            for (int i = 0; i < lines.Count; i++)
            {
                svg.Text(bx + box / 2, y + (lines.Count > 1 ? 31 + 13 * i : 39), lines[i], "xs soft", "middle");
            }

            y += Row + Space;
        }

        y = top + 56;
        for (int r = 0; r + 1 < rows.Length; r++)
        {
            FabricView.Edge[] edges = [.. view.Edges.Where(e => e.Key.From == rows[r + 1] && e.Key.To == rows[r]).Select(e => e.Value)];
            if (edges.Length > 0)
            {
                FabricView.Edge all = new() { Links = edges.Sum(e => e.Links), Cables = edges.Sum(e => e.Cables) };
                all.Rates.UnionWith(edges.SelectMany(e => e.Rates));
                string ratio =
                    view.Fabric.Role != FabricRole.Oob && view.Fabric.Oversubscription.TryGetValue(rows[r + 1], out double o)
                        ? " · " + Ratio(o)
                        : "";
                svg.Pill(
                    outside > 0 ? x + 18 + inner * share / 2 : x + width / 2,
                    y + Row + Space / 2,
                    TextWidth.Fit($"{all.Text} · {Words.Of(all.Cables, "cable")}{ratio}", inner - 30, 12),
                    "s",
                    12
                );
            }

            y += Row + Space;
        }

        return top + height;
    }

    private static string Built(FabricView view, Tier tier) => $"{Models(KindsOf(view, tier), s => s.Name)}, {Ports(KindsOf(view, tier))}";

    // How much of the width the boxes of switches take: more where what they are needs it, none of what boxes of the outside need.
    private static double Share(FabricView view, Tier[] rows, double inner, double outside)
    {
        double most = outside > 0 ? (inner - outside - 22) / inner : 0.92;
        double needed = rows.Where(t => t != Tier.Host).Max(t => TextWidth.Of(Built(view, t), 11) + 14) / inner;
        return Math.Min(most, Math.Max(0.62, needed));
    }

    private static string Named((string Name, long Count) host) =>
        $"{Words.Count(host.Count)} "
        + $"{(host.Count == 1 && host.Name.EndsWith(" switches", StringComparison.Ordinal) ? host.Name[..^2] : host.Name)}";

    // Every pool by name while that fits, otherwise the largest and how many the rest are.
    private static string Attached(FabricView view, double width)
    {
        (string Name, long Count)[] hosts = [.. view.Hosts];
        string all = string.Join(" · ", hosts.Select(Named));
        for (int keep = hosts.Length - 1; keep >= 1 && TextWidth.Of(all, BoldSize) > width; keep--)
        {
            (string Name, long Count)[] largest = [.. hosts.OrderByDescending(h => h.Count).Take(keep)];
            all = string.Join(
                " · ",
                largest.Select(Named).Append($"{Words.Count(hosts.Sum(h => h.Count) - largest.Sum(h => h.Count))} others")
            );
        }

        return all;
    }

    private sealed record BoxText(string First, string? Second, bool IsRest, string? Title);
}
