using System.Globalization;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Report.Drawing;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Report.Page;

/// <summary>
/// Writes report.html: the whole design on one page that needs nothing but itself. First what a decision needs, then what an engineer
/// checks it by.
/// </summary>
/// <remarks>
/// The page stays small at any size of cluster: what is alike is aggregated, and what is left out is said. All names are escaped.
/// </remarks>
public static partial class ReportPage
{
    /// <summary>The page.</summary>
    /// <param name="design">The design.</param>
    /// <param name="cancel">Looked at between the parts of the page.</param>
    public static string Render(ClusterDesign design, CancellationToken cancel = default) => Render(design, [], cancel);

    private static string Render(ClusterDesign design, IReadOnlyList<SimulatedRun> runs, CancellationToken cancel)
    {
        IReadOnlyList<InterconnectSummary> products = InterconnectSummary.Of(design);
        Html page = new();
        Begin(page, design.Spec.Name + " - network design");
        Head(page, design);
        Contents(page, runs, design: true);
        Simulations(page, runs, cancel);
        Asked(page, design);
        cancel.ThrowIfCancellationRequested();
        Built(page, design);
        cancel.ThrowIfCancellationRequested();
        Money(page, design);
        Worries(page, design);
        cancel.ThrowIfCancellationRequested();
        page.Section("networks", "Networks");
        Figure(
            page,
            TopologyDrawing.Render(design, standalone: false),
            "Like devices are drawn once; numbers on the lines are logical links. Also in topology.svg."
        );
        page.Close("section");
        cancel.ThrowIfCancellationRequested();
        Floor(page, design);
        Racks(page, design);
        cancel.ThrowIfCancellationRequested();
        Interconnects(page, design, products);
        Latency(page, design);
        cancel.ThrowIfCancellationRequested();
        Cables(page, design);
        Parts(page, design);
        Sources(page, design);
        page.Raw("<script>").Raw(PageStyle.Script).Raw("</script>\n</main></body></html>\n");
        return page.ToString();
    }

    internal static void Figure(Html page, string svg, string caption, bool natural = false) =>
        page.Raw(natural ? "<figure class=\"natural\">" : "<figure>").Raw(svg).Element("figcaption", caption).Close("figure");

    internal static void Begin(Html page, string title) =>
        page.Raw(
                "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                    + "content=\"width=device-width,initial-scale=1\">\n<title>"
            )
            .Text(title)
            .Raw("</title>\n<style>")
            .Raw(PageStyle.Css)
            .Raw(Svg.Style)
            .Raw("</style></head>\n<body><main>\n");

    private static void Contents(Html page, IReadOnlyList<SimulatedRun> runs, bool design)
    {
        page.Raw("<nav aria-label=\"Contents\">");
        for (int i = 0; i < runs.Count; i++)
        {
            page.Raw($"<a href=\"#{IdOf(i)}\">").Text(runs.Count > 1 ? $"Simulation {i + 1}" : "Simulation").Raw("</a>");
        }

        foreach (
            (string id, string text) in !design
                ? []
                : new[]
                {
                    ("asked", "Asked"),
                    ("built", "Built and why"),
                    ("cost", "Cost and power"),
                    ("worries", "Worries"),
                    ("networks", "Networks"),
                    ("floor", "Floor"),
                    ("racks", "Racks"),
                    ("interconnects", "Interconnects"),
                    ("latency", "Latency"),
                    ("cables", "Cables"),
                    ("parts", "Parts"),
                    ("sources", "Sources"),
                }
        )
        {
            page.Raw($"<a href=\"#{id}\">{text}</a>");
        }

        page.Close("nav");
    }

    private static void Head(Html page, ClusterDesign design)
    {
        Network network = design.Network;
        page.Raw("<header>").Element("h1", design.Spec.Name).Raw("\n");
        string nodes = string.Join(
            " and ",
            network
                .Groups.Where(g => g.IsNode && !g.IsService)
                .GroupBy(g => g.Node!)
                .Select(g => $"{Words.Count(g.Sum(x => (long)x.Count))} × {g.Key.Name}")
        );
        Fabric first = network.Fabrics[0];
        string tiers = string.Join(", ", first.Tiers.Select(t => $"{Words.Count(t.Count)} {t.Tier.ToWord()} {t.Switch.Name}"));
        string kind =
            first.Role == FabricRole.Backend
                ? $"{first.Paradigm.ToWord()}, {Words.Of(first.Planes, "plane")}"
                : $"no backend; {first.Role.InWords}";
        page.Paragraph(
            network.XpuCount > 0
                ? $"A network for {Words.Of(network.XpuCount, "XPU")} ({nodes}): {kind}, {tiers}."
                : $"A network for {Words.Of(network.NodeCount, "node")}: {kind}, {tiers}.",
            "lead"
        );
        Verdict(page, design);
        Tiles(page, design);
        page.Close("header");
    }

    private static void Verdict(Html page, ClusterDesign design)
    {
        int errors = design.Diagnostics.Count(d => d.Severity == Severity.Error);
        int warnings = design.Diagnostics.Count(d => d.Severity == Severity.Warning);
        int notes = design.Diagnostics.Count(d => d.Severity == Severity.Note);
        Check[] checks = [.. Checks(design)];
        int broken = checks.Count(c => c.Holds == false);
        int open = checks.Count(c => c.Holds is null);
        (string css, string title) =
            errors > 0 || broken > 0 ? ("bad", "It does not meet what was asked")
            : open > 0 ? ("warn", "It meets what can be checked; some figures are missing")
            : warnings > 0 ? ("warn", "It meets what was asked; look at the warnings before ordering")
            : ("ok", "It meets what was asked");
        page.Raw($"<div class=\"verdict {css}\">").Element("b", title).Raw("<br>");
        string unpriced =
            design.Bill.UnpricedLines == 0
                ? "every item has a price"
                : $"{Words.Of(design.Bill.UnpricedLines, "item")} of the bill {(design.Bill.UnpricedLines == 1 ? "has" : "have")} no "
                    + $"price: the network costs {CostWords.Whole(design.Bill)}, with {design.Bill.Estimate.Basis}";
        page.Text($"{Words.Of(warnings, "warning")}, {Words.Of(notes, "note")}; {unpriced}.").Raw("</div>\n");
    }

    private static void Tiles(Html page, ClusterDesign design)
    {
        Bill.BillOfMaterials bill = design.Bill;
        long xpus = Math.Max(1, design.Network.XpuCount);
        page.Raw("<div class=\"tiles\">");
        Tile(
            "XPUs",
            Words.Count(design.Network.XpuCount),
            Words.Of(design.Network.Groups.Where(g => g.IsNode && !g.IsService).Sum(g => (long)g.Count), "node")
        );
        Tile(
            "switches",
            Words.Count(bill.Switches),
            string.Join(", ", design.Network.Fabrics.Select(f => $"{Words.Count(f.Tiers.Sum(t => (long)t.Count))} {f.Role.ToWord()}"))
        );
        Tile("cables", Words.Count(bill.Cables), Words.Of(bill.LogicalLinks, "logical link"));
        Tile("transceivers", Words.Count(bill.Transceivers), $"in {Words.Of(bill.Cages, "cage")}; {Words.Of(bill.Fibres, "fibre")}");
        Tile(
            "network cost",
            CostWords.Lead(bill),
            bill.UnpricedLines > 0 ? CostWords.Priced(bill) : $"{Words.Dollars(Units.Money.FromDollars(bill.Capex.Dollars / xpus))} an XPU"
        );
        Tile(
            "network power",
            Words.Watts(bill.NetworkPowerTypical),
            $"{Words.Watts(bill.NetworkPowerMaximum)} at most; {Words.Number(bill.NetworkPowerTypical.Watts / xpus, 0)} W an XPU"
        );
        Tile("racks", Words.Count(bill.Racks), Words.Of(design.Placement.Halls.Count, "hall"));
        if (design.Trays.Longest is { } longest)
        {
            Tile(
                "longest cable",
                Words.Number(longest.Route.Total.Metres) + " m",
                longest.Route.Scope.ToString() is { } scope ? SplitWords(scope) : ""
            );
        }

        if (design.LatencyOf(FabricRole.Backend) is { } latency)
        {
            Tile(
                "backend latency",
                string.Create(CultureInfo.InvariantCulture, $"{latency.Typical.Total.Microseconds:0.00} µs"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{latency.Shortest.Total.Microseconds:0.00} to {latency.Longest.Total.Microseconds:0.00} µs, unloaded"
                )
            );
        }

        if (design.Trays.PeakFill is { } peak)
        {
            Tile("fullest tray", Words.Percent(peak.Fill), "of its section, " + Words.Number(peak.KilogramsPerMetre) + " kg/m");
        }

        page.Raw("</div>\n");

        // A figure is not parted from its unit.
        void Tile(string name, string value, string below)
        {
            int unit = value.LastIndexOf(' ');
            string whole = unit < 0 ? value : $"{value[..unit]}\u00a0{value[(unit + 1)..]}";
            page.Raw("<div class=\"tile\">").Element("span", name).Element("b", whole).Element("span", below).Raw("</div>");
        }
    }

    private static string SplitWords(string pascal) =>
        string.Concat(
            pascal.Select((c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString())
        );

    private static IEnumerable<Check> Checks(ClusterDesign design)
    {
        ClusterSpec spec = design.Spec;
        LimitsSpec limits = spec.Objectives.Limits;
        long asked = spec.Pools.Sum(p =>
            p.Xpus ?? (long)(p.Nodes ?? 0) * (spec.Catalogue.Nodes.TryGetValue(p.Node, out Hardware.NodeModel? node) ? node.Xpus.Value : 0)
        );
        yield return new(
            "XPUs",
            Words.Count(asked),
            Words.Count(design.Network.XpuCount),
            design.Network.XpuCount >= asked,
            design.Network.XpuCount > asked ? "rounded up to whole nodes" : null
        );
        // Peer links have no ratio that was asked for.
        foreach (Fabric fabric in design.Network.Fabrics.Where(f => f.Role != FabricRole.Oob && !f.IsPair))
        {
            TierValues wanted = spec.OversubscriptionOf(fabric.Role.Name);
            foreach ((Tier tier, double built) in fabric.Oversubscription.OrderBy(o => o.Key))
            {
                double most =
                    (tier == Tier.Leaf ? wanted.Leaf : wanted.Spine) ?? (fabric.Role != FabricRole.Backend && tier == Tier.Leaf ? 3 : 1);
                yield return new(
                    $"{fabric.Role.ToWord()} {tier.ToWord()} oversubscription, at most",
                    TopologyDrawing.Ratio(most),
                    TopologyDrawing.Ratio(built),
                    built <= most + 1e-6,
                    null
                );
            }
        }

        if (limits.Capex is { } capex)
        {
            bool known = design.Bill.UnpricedLines == 0;
            yield return new(
                "network cost, at most",
                Words.Dollars(capex),
                CostWords.Whole(design.Bill),
                design.Bill.Capex > capex ? false
                    : known ? true
                    : null,
                design.Bill.PricesLacking is { Length: > 0 } lacking ? lacking : null
            );
        }

        if (limits.NetworkPower is { } power)
        {
            bool known = design.Bill.PowerUnknownLines == 0;
            yield return new(
                "network power, at most",
                Words.Watts(power),
                Words.Watts(design.Bill.NetworkPowerTypical),
                design.Bill.NetworkPowerTypical > power ? false
                    : known ? true
                    : null,
                known ? "typical" : $"{Words.Of(design.Bill.PowerUnknownLines, "item")} whose power is not known"
            );
        }

        if (limits.Racks is { } racks)
        {
            yield return new("racks, at most", Words.Count(racks), Words.Count(design.Bill.Racks), design.Bill.Racks <= racks, null);
        }

        if (limits.LatencyUs is { } latency)
        {
            double? built = design.LatencyOf(FabricRole.Backend)?.Longest.Total.Microseconds;
            yield return new(
                "longest backend path, at most",
                Words.Number(latency, 2) + " µs",
                built is { } us ? Words.Number(us, 2) + " µs" : "not known",
                built <= latency,
                null
            );
        }

        long bare = 0;
        foreach (ref readonly Cabling.Cable cable in design.Cables.Cables.AsSpan())
        {
            bare += cable.Product < 0 ? 1 : 0;
        }

        yield return new("cables with a product that reaches", "all", bare == 0 ? "all" : $"all but {Words.Count(bare)}", bare == 0, null);
    }

    private static void Asked(Html page, ClusterDesign design)
    {
        ClusterSpec spec = design.Spec;
        page.Section("asked", "What was asked, and whether it is met");
        page.Table(null, "requirement", "#asked", "#built", "met", "");
        foreach (Check check in Checks(design))
        {
            page.Row()
                .Cell(check.What)
                .Number(check.Asked)
                .Number(check.Built)
                .Raw("<td>")
                .Element(
                    "span",
                    check.Holds switch
                    {
                        true => "yes",
                        false => "no",
                        _ => "cannot be told",
                    },
                    "tag "
                        + (
                            check.Holds switch
                            {
                                true => "ok",
                                false => "bad",
                                _ => "warn",
                            }
                        )
                )
                .Raw("</td>")
                .Cell(check.Remark, "why")
                .EndRow();
        }

        page.EndTable();
        page.Raw("<div class=\"two\"><div>").Element("h3", "Nodes");
        page.Table(null, "pool", "node", "#nodes", "#XPUs");
        foreach (var pool in design.Network.Groups.Where(g => g.IsNode).GroupBy(g => (g.NamePrefix, g.Node!)))
        {
            long nodes = pool.Sum(g => (long)g.Count);
            page.Row()
                .Cell(pool.Key.NamePrefix)
                .Cell(pool.Key.Item2.Name)
                .Number(Words.Count(nodes))
                .Number(pool.Key.Item2.Xpus == 0 ? "" : Words.Count(nodes * pool.Key.Item2.Xpus.Value))
                .EndRow();
        }

        page.EndTable().Raw("</div><div>").Element("h3", "Choices of the file, defaults filled in");
        page.Table(null, "setting", "value", "given");
        bool hasBackend = design.Network.Fabrics.Any(f => f.Role == FabricRole.Backend);
        foreach (
            (string key, string value) in new[]
            {
                ("backend.paradigm", spec.Backend.Paradigm.ToWord()),
                ("backend.planes", spec.Backend.Planes.ToString()),
                ("backend.plane_layout", spec.Backend.PlaneLayout.ToWord()),
                ("backend.tiers", spec.Backend.Tiers.ToString()),
                (
                    "backend.switch",
                    string.Join(
                        " / ",
                        new[] { spec.Backend.LeafId, spec.Backend.SpineId, spec.Backend.SuperSpineId }.Select(i => i ?? "auto").Distinct()
                    )
                ),
                ("backend.rail_optimized", spec.Backend.RailOptimized ? "true" : "false"),
                ("interconnect.objective", spec.Interconnect.Objective.ToWord()),
                ("interconnect.fibre", $"{spec.Interconnect.Fibre.Multimode}, {spec.Interconnect.Fibre.Singlemode}"),
                ("interconnect.reach_derating", Words.Number(spec.Interconnect.ReachDerating, 2)),
                ("objectives.minimize", spec.Objectives.Minimize.ToWord()),
            }.Where(s => hasBackend || !s.Item1.StartsWith("backend.", StringComparison.Ordinal))
        )
        {
            bool isSaid = key == "backend.switch" ? spec.Backend.NamedSwitches.Any() : spec.Says(key);
            page.Row().Cell(key, "id").Cell(value).Cell(isSaid ? "by the file" : "default").EndRow();
        }

        page.EndTable().Raw("</div></div>").Close("section");
    }

    private sealed record Check(string What, string Asked, string Built, bool? Holds, string? Remark);
}
