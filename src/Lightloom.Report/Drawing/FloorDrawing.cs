using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Routing;

namespace Lightloom.Report.Drawing;

/// <summary>
/// Draws the floor to scale: halls, rows, racks coloured by use, trays coloured by how full they are, the fullest stretch and the longest
/// cable. Halls stand side by side; the distances between them are not to scale.
/// </summary>
public static class FloorDrawing
{
    private const double Width = 1400;
    private const double Margin = 24;
    private const double HallGap = 34;
    private const double HallHead = 44;
    private const double MostHeight = 2200;
    private const double MostScale = 78;
    private const double SmallHeight = 900;

    private static readonly (RackUse Use, string Css, string Word)[] Uses =
    [
        (RackUse.Nodes, "nodes", "XPU nodes"),
        (RackUse.RackScale, "rackscale", "rack-scale systems"),
        (RackUse.Network, "network", "network"),
        (RackUse.Services, "services", "services"),
        (RackUse.Other, "other", "other equipment"),
        (RackUse.KeepOut, "keep", "must stay empty"),
    ];

    /// <summary>The picture.</summary>
    /// <param name="design">The design.</param>
    /// <param name="standalone">True for a file of its own, false for a part of a page.</param>
    public static string Render(ClusterDesign design, bool standalone = true)
    {
        Svg svg = new();
        Placement placement = design.Placement;
        Hall[] halls = [.. placement.Halls.Where(h => placement.Racks.Any(r => r.Hall == h.Index))];
        (double scale, (double X, double Y)[] at, double height) = Arrange(halls);
        double top = Margin + 62;
        svg.Text(Margin, Margin + 18, TextWidth.Fit(design.Spec.Name, 900, 18), "h1");
        svg.Text(Margin, Margin + 40, TextWidth.Fit(Summary(design, halls), Width - 2 * Margin, 13), "soft");
        ILookup<int, Rack> racks = placement.Racks.ToLookup(r => r.Hall);
        ILookup<int, TraySegment> trays = design.Trays.Segments.ToLookup(s => s.Hall);
        double limit = TrayLimit(design);
        RackContents contents = new(design.Network, placement);
        for (int i = 0; i < halls.Length; i++)
        {
            HallPicture picture = new(svg, halls[i], contents, Margin + at[i].X, top + at[i].Y, scale);
            picture.Draw([.. racks[halls[i].Index]], [.. trays[halls[i].Index]], limit, halls.Length > 1);
            picture.Mark(design);
        }

        double bottom = Legend(svg, design, top + height + 18, scale, limit);
        return svg.Finish(Width, bottom + Margin, $"Floor of {design.Spec.Name}, to scale", standalone);
    }

    private static double TrayLimit(ClusterDesign design) =>
        design.Spec.Floor.Trays.MaxFill ?? (design.Spec.Catalogue.Facts.TryGetValue("tray-fill-limit", out Fact? fact) ? fact.Value : 0.5);

    private static string Summary(ClusterDesign design, Hall[] halls)
    {
        int racks = design.Placement.Racks.Count(r => r.Use is not RackUse.KeepOut and not RackUse.Empty);
        string where = string.Join(", ", halls.GroupBy(h => h.Building).Take(4).Select(g => $"{g.Key} ({Words.Of(g.Count(), "hall")})"));
        int buildings = halls.Select(h => h.Building).Distinct().Count();
        return $"{Words.Of(racks, "rack")} in {Words.Of(halls.Length, "hall")}: "
            + $"{where}{(buildings > 4 ? $" and {Words.Of(buildings - 4, "more building")}" : "")}";
    }

    // Shelves of halls, in as many columns as make the picture largest.
    private static (double Scale, (double X, double Y)[] At, double Height) Arrange(Hall[] halls)
    {
        double best = 0;
        (double X, double Y)[] places = new (double, double)[halls.Length];
        double bestHeight = 0;
        for (int columns = 1; columns <= Math.Min(halls.Length, 12); columns++)
        {
            double[] widths = new double[columns];
            List<double> heights = [];
            for (int i = 0; i < halls.Length; i++)
            {
                widths[i % columns] = Math.Max(widths[i % columns], halls[i].Width.Metres);
                if (i % columns == 0)
                {
                    heights.Add(0);
                }

                heights[^1] = Math.Max(heights[^1], halls[i].Depth.Metres);
            }

            double scale = Math.Min(MostScale, (Width - 2 * Margin - HallGap * (columns - 1) - 30 * columns) / widths.Sum());
            double fixedHeight = heights.Count * (HallHead + HallGap);
            double tallest = halls.Length <= 2 ? SmallHeight : MostHeight;
            scale = Math.Min(scale, Math.Max(0.05, (tallest - fixedHeight) / heights.Sum()));
            if (scale <= best * 1.02)
            {
                continue;
            }

            best = scale;
            double y = 0;
            for (int row = 0; row < heights.Count; row++)
            {
                double x = 30;
                for (int c = 0; c < columns && row * columns + c < halls.Length; c++)
                {
                    places[row * columns + c] = (x, y + HallHead);
                    x += Math.Max(widths[c] * scale, 0) + HallGap + 30;
                }

                y += HallHead + heights[row] * scale + HallGap;
            }

            bestHeight = y - HallGap;
        }

        return (best, places, bestHeight);
    }

    private static double Legend(Svg svg, ClusterDesign design, double y, double scale, double limit)
    {
        double x = Margin;
        foreach ((RackUse use, string css, string word) in Uses)
        {
            int count = design.Placement.Racks.Count(r => r.Use == use);
            if (count == 0)
            {
                continue;
            }

            string text = $"{word} ({Words.Count(count)})";
            svg.Rect(x, y, 14, 14, css, 2);
            svg.Text(x + 20, y + 12, text, "s");
            x += 20 + TextWidth.Of(text, 12) + 18;
        }

        y += 34;
        x = Margin;
        string heat = string.Create(CultureInfo.InvariantCulture, $"tray fill, share of the {limit * 100:0} % limit:");
        svg.Text(x, y + 12, heat, "s");
        x += TextWidth.Of(heat, 12) + 12;
        string[] buckets = ["under 20 %", "20-40 %", "40-60 %", "60-80 %", "80-100 %", "over the limit"];
        for (int b = 0; b < buckets.Length; b++)
        {
            svg.Rect(x, y + 4, 22, 6, "f" + b.ToString(CultureInfo.InvariantCulture));
            svg.Text(x + 28, y + 12, buckets[b], "s");
            x += 28 + TextWidth.Of(buckets[b], 12) + 14;
        }

        double bar = Nice(120 / scale);
        double barX = Width - Margin - bar * scale;
        svg.Rect(barX, y + 2, bar * scale / 2, 6, "accent");
        svg.Rect(barX + bar * scale / 2, y + 2, bar * scale / 2, 6, "pill");
        svg.Text(barX, y + 22, "0", "xs soft", "middle");
        svg.Text(barX + bar * scale, y + 22, string.Create(CultureInfo.InvariantCulture, $"{bar:0.##} m"), "xs soft", "end");
        y += 34;
        TrayReport trays = design.Trays;
        if (trays.PeakFill is { } peak)
        {
            svg.Circle(Margin + 7, y + 8, 6, "mark", 2.5);
            svg.Text(
                Margin + 22,
                y + 12,
                TextWidth.Fit(
                    $"fullest stretch: {TrayPlace.Of(design.Placement, peak)}, {Words.Percent(peak.Fill)} of its section, "
                        + $"{Words.Number(peak.Cables, 0)} cables, {Words.Number(peak.KilogramsPerMetre)} kg/m",
                    Width - 60,
                    12
                ),
                "s"
            );
            y += 22;
        }

        if (trays.Longest is { } longest)
        {
            // A cable inside one rack has no way to draw: its rack has a dot.
            if (longest.Route.Scope == Scope.SameRack)
            {
                svg.Circle(Margin + 7, y + 8, 5, "accent");
            }
            else
            {
                svg.Line(Margin, y + 8, Margin + 16, y + 8, "route", 2.5);
            }

            foreach (
                string line in TextWidth.Wrap(
                    $"longest cable: {Words.Number(longest.Route.Total.Metres, 2)} m, {longest.Route.Route}. {longest.Cause}",
                    Width - 2 * Margin - 22,
                    12,
                    4
                )
            )
            {
                svg.Text(Margin + 22, y + 12, line, "s");
                y += 17;
            }

            y += 5;
        }

        return y;
    }

    private static double Nice(double metres)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(metres, 0.1))));
        double lead = metres / power;
        return (
                lead >= 5 ? 5
                : lead >= 2 ? 2
                : 1
            ) * power;
    }

    private static int Bucket(double fill, double limit) => fill > limit ? 5 : Math.Clamp((int)(fill / limit * 5), 0, 4);

    /// <summary>One hall at its place on the sheet.</summary>
    private sealed class HallPicture(Svg svg, Hall hall, RackContents contents, double x0, double y0, double scale)
    {
        public void Draw(Rack[] racks, TraySegment[] trays, double limit, bool severalHalls)
        {
            svg.Rect(x0, y0, hall.Width.Metres * scale, hall.Depth.Metres * scale, "panel", 3);
            string title = severalHalls ? $"{hall.Building} / {hall.Name}" : $"{hall.Site} / {hall.Building} / {hall.Name}";
            double room = Math.Max(hall.Width.Metres * scale + 26, 60);
            svg.Text(x0, y0 - 22, TextWidth.Fit(title, room, 13), "b");
            svg.Text(
                x0,
                y0 - 7,
                TextWidth.Fit(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Words.Of(racks.Length, "rack")}, {hall.Width.Metres:0.#} × {hall.Depth.Metres:0.#} m"
                    ),
                    room,
                    11
                ),
                "xs soft"
            );
            ILookup<int, Rack> byRow = racks.ToLookup(r => r.Row);
            double rowPitch = hall.Rows > 1 ? hall.Depth.Metres * scale / hall.Rows : 40;
            int labelEvery = Math.Max(1, (int)Math.Ceiling(12 / Math.Max(rowPitch, 0.01)));
            for (int row = 1; row <= hall.Rows; row++)
            {
                (Units.Length from, Units.Length to) = hall.RowExtent(row);
                double y = y0 + from.Metres * scale;
                double h = Math.Max((to - from).Metres * scale, 1);
                svg.Rect(X(hall.RackX(1)), y, hall.RackPitch.Metres * hall.RacksPerRow * scale, h, "empty");
                DrawRacks([.. byRow[row].OrderBy(r => r.Position)], y, h);
                if ((row - 1) % labelEvery == 0)
                {
                    svg.Text(
                        x0 - 4,
                        y + h / 2 + 4,
                        string.Create(CultureInfo.InvariantCulture, $"{hall.Letter}{row:00}"),
                        "xs soft",
                        "end"
                    );
                }
            }

            DrawTrays(trays, limit);
        }

        public void Mark(ClusterDesign design)
        {
            if (design.Trays.Longest is { } longest)
            {
                MarkLongest(design, longest);
            }

            if (design.Trays.PeakFill is { } peak && peak.Hall == hall.Index)
            {
                (double x1, double y1, double x2, double y2) = Ends(peak);
                svg.Circle((x1 + x2) / 2, (y1 + y2) / 2, 9, "mark", 2.5);
            }
        }

        private void DrawRacks(Rack[] row, double y, double h)
        {
            double pitch = hall.RackPitch.Metres * scale;
            bool single = pitch >= 5;
            for (int i = 0; i < row.Length; )
            {
                int end = i + 1;
                while (
                    !single
                    && end < row.Length
                    && row[end].Use == row[i].Use
                    && row[end].Position == row[end - 1].Position + row[end - 1].Span
                )
                {
                    end++;
                }

                double x = X(hall.RackX(row[i].Position));
                double w = (row[end - 1].Position - row[i].Position + row[end - 1].Span) * pitch;
                string css = Uses.FirstOrDefault(u => u.Use == row[i].Use).Css ?? "empty";
                string? title = single ? Title(row[i]) : null;
                svg.Rect(x + (single ? 0.6 : 0), y, Math.Max(w - (single ? 1.2 : 0), 0.5), h, css, single && pitch > 12 ? 2 : 0, title);
                if (pitch >= 17 && h >= 18)
                {
                    svg.Text(x + w / 2, y + h / 2 + 4, row[i].Position.ToString(CultureInfo.InvariantCulture), "xs", "middle");
                }

                i = end;
            }
        }

        private string Title(Rack rack) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rack.Name}: {rack.Use.ToWord()}, {contents.Of(rack.Index).Count} devices, {rack.UsedUnits} of {rack.Units} U, "
                    + $"{rack.UsedPower.Kilowatts:0.#} kW"
            ) + (rack.PowerLimit.Watts > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {rack.PowerLimit.Kilowatts:0.#} kW") : "");

        private void DrawTrays(TraySegment[] trays, double limit)
        {
            double width = Math.Clamp(scale * 0.3, 0.8, 5);
            HashSet<int> crossings = [.. trays.Where(t => t.IsCrossing).Select(t => t.At)];
            for (int c = 0; c < hall.CrossingX.Count; c++)
            {
                if (!crossings.Contains(c))
                {
                    svg.Line(X(hall.CrossingX[c]), Y(hall.RowY[0]), X(hall.CrossingX[c]), Y(hall.RowY[^1]), "t0 tray", width * 0.6);
                }
            }

            // Neighbouring stretches of one colour become one line.
            foreach (
                IGrouping<(bool IsCrossing, int Line), TraySegment> line in trays
                    .GroupBy(t => (t.IsCrossing, t.IsCrossing ? t.At : t.Row))
                    .OrderBy(g => g.Key)
            )
            {
                TraySegment[] parts = [.. line.OrderBy(t => t.IsCrossing ? t.Row : t.At)];
                for (int i = 0; i < parts.Length; )
                {
                    int bucket = Bucket(parts[i].Fill, limit);
                    int end = i + 1;
                    while (end < parts.Length && Bucket(parts[end].Fill, limit) == bucket && Next(parts[end]) == Next(parts[end - 1]) + 1)
                    {
                        end++;
                    }

                    (double x1, double y1, _, _) = Ends(parts[i]);
                    (_, _, double x2, double y2) = Ends(parts[end - 1]);
                    svg.Line(
                        x1,
                        y1,
                        x2,
                        y2,
                        string.Create(CultureInfo.InvariantCulture, $"t{bucket} tray"),
                        bucket >= 4 ? width * 1.4 : width
                    );
                    i = end;
                }
            }

            static int Next(TraySegment t) => t.IsCrossing ? t.Row : t.At;
        }

        private (double X1, double Y1, double X2, double Y2) Ends(TraySegment t)
        {
            if (t.IsCrossing)
            {
                double x = X(hall.CrossingX[Math.Clamp(t.At, 0, hall.CrossingX.Count - 1)]);
                double from = t.Row <= 0 ? y0 : Y(hall.RowY[t.Row - 1]);
                double to = t.Row >= hall.Rows ? y0 + hall.Depth.Metres * scale : Y(hall.RowY[t.Row]);
                return (x, from, x, to);
            }

            double y = Y(hall.RowY[Math.Clamp(t.Row, 1, hall.Rows) - 1]);
            return (X(hall.RackX(t.At)), y, X(hall.RackX(t.At + 1)), y);
        }

        private void MarkLongest(ClusterDesign design, LongestCable longest)
        {
            Rack a = design.Placement.Racks[design.Router.RackA(longest.LinkClass, longest.Link)];
            Rack z = design.Placement.Racks[design.Router.RackZ(longest.LinkClass, longest.Link)];
            double Centre(Rack r) => X(hall.RackX(r.Position)) + hall.RackPitch.Metres * r.Span * scale / 2;
            foreach (Rack end in new[] { a, z }.Where(r => r.Hall == hall.Index))
            {
                svg.Circle(Centre(end), Y(hall.RowY[end.Row - 1]), Math.Clamp(scale * 0.25, 3, 7), "accent");
            }

            double width = Math.Clamp(scale * 0.12, 1.5, 3);
            foreach (string part in Ways(longest.Route.Route, Centre(a), Centre(z)))
            {
                svg.Path(part, "route", width);
            }
        }

        /// <summary>What of a route lies in this hall, as path data: along rows and crossings, and to the wall where it leaves.</summary>
        private IEnumerable<string> Ways(string route, double fromX, double toX)
        {
            string[] steps = route.Split('>');
            List<(double X, double Y)> way = [];
            double? wall = null;
            for (int i = 0; i < steps.Length; i++)
            {
                string step = steps[i];
                if (Number(step, hall.Letter) is { } row && row <= hall.Rows)
                {
                    double y = Y(hall.RowY[row - 1]);
                    way.Add(
                        (
                            i == 0 ? fromX
                            : way.Count > 0 ? way[^1].X
                            : toX,
                            y
                        )
                    );
                    if (i == steps.Length - 1)
                    {
                        way.Add((toX, y));
                    }
                }
                else if (Number(step, $"{hall.Letter}-X") is { } crossing && crossing <= hall.CrossingX.Count)
                {
                    double x = X(hall.CrossingX[crossing - 1]);
                    way.Add((x, wall ?? (way.Count > 0 ? way[^1].Y : y0)));
                    wall = null;
                }
                else if (Number(step, $"{hall.Letter}-E") is { } exit)
                {
                    // Exits are numbered two by two, that of the smaller y first.
                    double y = exit % 2 == 1 ? y0 : y0 + hall.Depth.Metres * scale;
                    if (way.Count > 0)
                    {
                        way.Add((way[^1].X, y));
                    }
                    else
                    {
                        wall = y;
                    }
                }
                else if (way.Count > 0)
                {
                    yield return Path(way);
                    way.Clear();
                }
            }

            if (way.Count > 1)
            {
                yield return Path(way);
            }

            static int? Number(string step, string before) =>
                step.StartsWith(before, StringComparison.Ordinal)
                && int.TryParse(step.AsSpan(before.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= 1
                    ? number
                    : null;

            static string Path(List<(double X, double Y)> way) =>
                "M" + string.Join('L', way.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#} {p.Y:0.#}")));
        }

        private double X(Units.Length x) => x0 + x.Metres * scale;

        private double Y(Units.Length y) => y0 + y.Metres * scale;
    }
}
