using System.Globalization;
using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Cli.Output;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Report;
using Lightloom.Report.Files;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;
using Spectre.Console;

namespace Lightloom.Cli;

/// <summary>
/// The design on a terminal, in the order in which a person asks: what did you build, does it meet what I asked, what does it cost, what
/// should worry me.
/// </summary>
public static class DesignSummary
{
    /// <summary>Prints to standard output.</summary>
    public static void Print(ClusterDesign design, IReadOnlyList<Diagnostic> diagnostics, string? directory)
    {
        IAnsiConsole console = Terminal.Out();
        Built(console, design);
        Meets(console, design);
        Costs(console, design);
        Worries(console, diagnostics);
        if (directory is not null)
        {
            console.MarkupLine(
                $"[grey]Written to[/] {Markup.Escape(directory)}: {Markup.Escape(string.Join(", ", DesignFiles.Names(design)))}"
            );
        }
    }

    private static void Heading(IAnsiConsole console, string text) => console.MarkupLine($"[bold]{Markup.Escape(text)}[/]");

    private static Table NewTable(IAnsiConsole console, params (string Name, bool Right)[] columns)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach ((string name, bool right) in columns)
        {
            // Only what is a list wraps: a name of one word is never broken.
            TableColumn column = new(Markup.Escape(name)) { NoWrap = name is not "interconnect" };
            column = console.Profile.Width < Terminal.Width ? column.Padding(0, 1) : column;
            table.AddColumn(right ? column.RightAligned() : column);
        }

        return table;
    }

    private static string N(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static void Built(IAnsiConsole console, ClusterDesign design)
    {
        Network network = design.Network;
        string pools = string.Join(
            ", ",
            network.Groups.Where(g => g.IsNode).GroupBy(g => g.Node!.Id).Select(g => $"{N(g.Sum(x => x.Count))} x {g.Key}")
        );
        Heading(console, $"{design.Spec.Name}: {Counted.Of(network.XpuCount, "XPU")} in {Counted.Of(network.NodeCount, "node")} ({pools})");
        console.MarkupLine($"[grey]{BackendWords(network)}[/]");
        Tiers(console, network);
        Links(console, design);
    }

    private static void Tiers(IAnsiConsole console, Network network)
    {
        (string Name, bool Right)[] columns =
        [
            ("network", false),
            ("tier", false),
            ("switch", false),
            ("count", true),
            ("down", true),
            ("up", true),
            ("oversub.", true),
        ];
        Table table = NewTable(console, columns);
        List<string[]> rows = [];
        foreach (Fabric fabric in network.Fabrics)
        {
            string name = fabric.Role.ToWord();
            for (int t = 0; t < fabric.Tiers.Count; t++)
            {
                TierOfSwitches tier = fabric.Tiers[t];
                string over = BuiltRatio.Of(fabric, tier) is { } ratio ? N(ratio) + " : 1" : "-";
                rows.Add([
                    t == 0 ? name : "",
                    tier.Tier.ToWord(),
                    Markup.Escape(tier.Switch.Id),
                    N(tier.Count),
                    string.Join(" + ", tier.Serves.Select(d => $"{d.Ports} x {d.Rate}{(d.To is { } to ? $" to {Markup.Escape(to)}" : "")}"))
                        + (tier is { FreePorts: > 0, OutsideAlone.Count: 0 } ? $", {tier.FreePorts} free" : ""),
                    tier.UpPorts > 0 ? $"{tier.UpPorts} x {tier.UpBreakout.Rate}"
                    : fabric.IsPair && tier.Tier == Tier.Leaf ? "peer links"
                    : "-",
                    over,
                ]);
            }
        }

        foreach (
            string[] row in Fitting(
                    [
                        [.. columns.Select(c => c.Name)],
                        .. rows,
                    ],
                    table,
                    console.Profile.Width
                )
                .Skip(1)
        )
        {
            table.AddRow(row);
        }

        console.Write(table);
    }

    private static void Links(IAnsiConsole console, ClusterDesign design)
    {
        Table links = NewTable(console, ("links", false), ("rate", true), ("logical", true), ("cables", true), ("interconnect", false));
        foreach (
            var group in design
                .Network.LinkClasses.GroupBy(c => (c.Fabric, c.From, c.To, c.Rate))
                .OrderBy(g => g.Key.Fabric)
                .ThenBy(g => g.Key.From)
        )
        {
            Dictionary<string, long> products = [];
            long cables = 0;
            HashSet<int> split = [];
            foreach (LinkClass c in group)
            {
                int last = -1;
                foreach (int cable in design.Cables.CableOfLink[c.Index])
                {
                    if (cable == last || (c.SplitOverPlanes && !split.Add(cable)))
                    {
                        continue;
                    }

                    last = cable;
                    cables++;
                    // Products of the same modules that differ in their fibre or their legs are one here.
                    int product = design.Cables.Cables[cable].Product;
                    string name = product < 0 ? "no product" : Name(design.Cables.Products[product]);
                    products[name] = products.GetValueOrDefault(name) + 1;
                }
            }

            string made = Interconnects(products, cables);
            links.AddRow(
                $"{group.Key.Fabric.ToWord()} {group.Key.From.ToWord()}-{group.Key.To.ToWord()}",
                group.Key.Rate.ToString(),
                N(group.Sum(c => (double)c.Links.Length)),
                N(cables),
                Markup.Escape(made)
            );
        }

        console.Write(links);
    }

    /// <summary>
    /// The rows, of which cells with several sorts of port have a line each where the table is wider than the terminal, and then a line a
    /// word: a switch's id is not broken while a list can be.
    /// </summary>
    private static IEnumerable<string[]> Fitting(IReadOnlyList<string[]> rows, Table table, int width)
    {
        const int Border = 1;
        foreach ((string blank, string broken) in new[] { (" + ", " +\n"), (" to ", "\nto "), (", ", ",\n"), (" ", "\n") })
        {
            int wide = table
                .Columns.Select((c, i) => rows.Max(r => r[i].Split('\n').Max(l => l.Length)) + Border + (c.Padding?.GetWidth() ?? 0))
                .Sum();
            if (wide <= width)
            {
                break;
            }

            rows = [.. rows.Select(r => (string[])[.. r.Select(cell => cell.Replace(blank, broken, StringComparison.Ordinal))])];
        }

        return rows;
    }

    /// <summary>What cables are made of, the commonest first, in shares that come to 100 %.</summary>
    /// <param name="products">Cables by the name of what they are made of.</param>
    /// <param name="cables">All of them.</param>
    internal static string Interconnects(IReadOnlyDictionary<string, long> products, long cables)
    {
        const int Most = 3;
        List<(string Name, long Count)> parts =
        [
            .. products.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value)),
        ];
        if (parts.Count > Most + 1)
        {
            parts = [.. parts.Take(Most), ("others", parts.Skip(Most).Sum(p => p.Count))];
        }

        int[] shares = Shares([.. parts.Select(p => p.Count)], cables);
        return string.Join(
            ", ",
            parts.Select((p, i) => p.Name + (shares[i] == 0 ? " <1%" : FormattableString.Invariant($" {shares[i]}%")))
        );
    }

    // Whole percents that come to 100: what is below one is 0 here, all such together count one; what rounding takes goes to the largest
    // remainders.
    private static int[] Shares(long[] counts, long whole)
    {
        bool[] isSmall = [.. counts.Select(c => c * 100 < whole)];
        int left = isSmall.Contains(true) ? 99 : 100;
        long large = Math.Max(1, counts.Where((_, i) => !isSmall[i]).Sum());
        int[] shares = [.. counts.Select((c, i) => isSmall[i] ? 0 : (int)(c * left / large))];
        foreach (
            int i in Enumerable
                .Range(0, counts.Length)
                .Where(i => !isSmall[i])
                .OrderByDescending(i => counts[i] * left % large)
                .ThenBy(i => i)
                .Take(left - shares.Sum())
                .ToArray()
        )
        {
            shares[i]++;
        }

        return shares;
    }

    private static string BackendWords(Network network)
    {
        if (network.Fabrics.FirstOrDefault(f => f.Role == FabricRole.Backend) is not { } backend)
        {
            return "no backend";
        }

        string planes = backend.Planes > 1 ? $", {backend.Planes} planes ({backend.PlaneLayout.ToWord()})" : "";
        string speedUp = backend.FabricSpeedUp is { } net ? $", fabric speed-up {N(net)} net of the cell tax" : "";
        return $"backend {backend.Paradigm.ToWord()}{planes}{speedUp}";
    }

    private static string Name(LinkProduct product) => product.A.Id == product.Z.Id ? product.A.Id : $"{product.A.Id} + {product.Z.Id}";

    private static string Dollars(Lightloom.Units.Money money) => "$" + money.Dollars.ToString("#,0", CultureInfo.InvariantCulture);

    private static void Meets(IAnsiConsole console, ClusterDesign design)
    {
        Heading(console, "Does it meet what was asked?");
        Fabric first = design.Network.Fabrics[0];
        string serves =
            first.Role == FabricRole.Backend
                ? $"serves {Counted.Of(design.Network.XpuCount, "XPU")}; this shape reaches {N(first.MaxXpus)}; "
                : $"serves {Counted.Of(design.Network.NodeCount, "node")} over the {first.Role.InWords}; ";
        console.MarkupLine(
            $"  {serves}bisection {N(first.Bisection.Gbps / 1000)} Tb/s; {Counted.Of(first.PathDiversity, "path")} between distant hosts"
        );
        if (design.LatencyOf(FabricRole.Backend) is { } latency)
        {
            string assumed = latency.Longest.RestsOnAssumptions ? " [grey](in part assumed)[/]" : "";
            console.MarkupLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  unloaded latency {latency.Shortest.Total.Microseconds:0.00} us shortest, "
                        + $"{latency.Typical.Total.Microseconds:0.00} typical, {latency.Longest.Total.Microseconds:0.00} longest "
                        + $"({Counted.Of(latency.Longest.Switches, "switch")}, "
                        + $"{latency.Longest.CableMetres:0} m of cable){assumed}"
                )
            );
        }

        LimitsSpec limits = design.Spec.Objectives.Limits;
        BillOfMaterials bill = design.Bill;
        if (limits.Capex is { } capex)
        {
            bool isOpen = bill.UnpricedLines > 0 && bill.Estimate.Total > capex;
            string lacking = bill.PricesLacking.Length > 0 ? $" for what has a price; {bill.PricesLacking}" : "";
            console.MarkupLine(
                $"  {(isOpen ? "[yellow]open[/]" : "[green]within[/]")} capex_usd {Dollars(capex)}: {Dollars(bill.Capex)}{Markup.Escape(lacking)}"
            );
        }

        if (limits.NetworkPower is { } power)
        {
            console.MarkupLine($"  [green]within[/] network_power_kw {power}: {bill.NetworkPowerTypical}");
        }

        if (limits.Racks is { } racks)
        {
            console.MarkupLine($"  [green]within[/] racks {racks}: {bill.Racks}");
        }

        if (limits.LatencyUs is { } most)
        {
            string asked = most.ToString("0.###", CultureInfo.InvariantCulture);
            console.MarkupLine(
                design.LatencyOf(FabricRole.Backend) is { } path
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"  [green]within[/] latency_us {asked} us: {path.Longest.Total.Microseconds:0.###} us, the longest backend path"
                    )
                    : $"  [yellow]open[/] latency_us {asked} us: there is no backend, whose longest path it limits"
            );
        }

        if (design.Alternatives.Count > 1)
        {
            int feasible = design.Alternatives.Count(a => a.Feasible);
            Alternative chosen = design.Alternatives.First(a => a.Chosen);
            console.MarkupLine(
                $"  chosen among {Counted.Of(design.Alternatives.Count, "backend")}, of which {N(feasible)} {(feasible == 1 ? "is" : "are")} feasible: "
                    + $"{Markup.Escape(chosen.Reason)} [grey]({Basis(chosen.AssumedShare)})[/]"
            );
        }

        console.WriteLine();
    }

    private static string Basis(double assumed) =>
        assumed < 0.005
            ? "by estimate, all of it from public prices"
            : $"by estimate; {(assumed * 100).ToString("0", CultureInfo.InvariantCulture)} % of it stands on medians of the catalogue, where "
                + "no price is public";

    private static void Costs(IAnsiConsole console, ClusterDesign design)
    {
        BillOfMaterials bill = design.Bill;
        Heading(console, "What does it cost?");
        long xpus = Math.Max(1, design.Network.XpuCount);
        console.MarkupLine(
            bill.UnpricedLines == 0
                ? FormattableString.Invariant($"  {Dollars(bill.Capex)} for the network, ${bill.Capex.Dollars / xpus:#,0} an XPU")
                : FormattableString.Invariant(
                    $"  {Dollars(bill.Capex)} priced; [yellow]about {Dollars(bill.Estimate.Total)} with {Markup.Escape(bill.Estimate.Basis)}[/]"
                )
        );
        console.MarkupLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {bill.NetworkPowerTypical.Kilowatts:#,0.0} kW typical, {bill.NetworkPowerMaximum.Kilowatts:#,0.0} kW at most for the "
                    + $"network; {bill.ItPower.Kilowatts:#,0} kW with the nodes"
            )
        );
        console.MarkupLine(
            $"  {Counted.Of(bill.Switches, "switch")}, {Counted.Of(bill.Transceivers, "transceiver")}, "
                + $"{Counted.Of(bill.Cables, "cable")} ({Counted.Of(bill.LogicalLinks, "logical link")}), "
                + $"{Counted.Of(bill.Fibres, "fibre")}, {Counted.Of(bill.Racks, "rack")}"
        );
        if (design.Trays.Longest is { } longest)
        {
            console.MarkupLine(
                FormattableString.Invariant($"  longest cable {longest.Route.Total.Metres:0.0} m: {Markup.Escape(longest.Cause)}")
            );
        }

        console.WriteLine();
    }

    private static void Worries(IAnsiConsole console, IReadOnlyList<Diagnostic> diagnostics)
    {
        List<Diagnostic> warnings =
        [
            .. diagnostics.Where(d => d.Severity == Severity.Warning).OrderBy(d => !Designer.IsOfSinglePoints(d.Id)),
        ];
        List<Diagnostic> notes = [.. diagnostics.Where(d => d.Severity == Severity.Note)];
        Heading(console, warnings.Count == 0 ? "Nothing to worry about" : "What should worry you?");
        foreach (Diagnostic d in warnings.Take(12))
        {
            console.MarkupLine($"  [yellow]{d.Id}[/] {Markup.Escape(d.Message)}");
        }

        if (warnings.Count > 12)
        {
            console.MarkupLine($"  [yellow]and {warnings.Count - 12} more warnings[/]");
        }

        if (notes.Count > 0)
        {
            console.MarkupLine(
                $"  [grey]{Counted.Of(notes.Count, "note")} on defaults and rounding; {(notes.Count == 1 ? "it is" : "they are")} in report.html and in --json[/]"
            );
        }
    }
}
