using System.Globalization;
using Lightloom.Design;
using Lightloom.Experiments.Faults;
using Lightloom.Report;
using Lightloom.Simulation.Model;
using Lightloom.Spec;
using Lightloom.Topology;
using Spectre.Console;

namespace Lightloom.Cli.Output;

/// <summary>A fault study as tables for people; its JSON and CSV are written by <see cref="FaultStudyReport"/>.</summary>
internal sealed class FaultsReport(
    ClusterDesign design,
    FaultStudy study,
    IReadOnlyList<FaultOutcome> outcomes,
    IReadOnlyList<double> noise,
    GoodputYear year,
    GoodputOptions options
)
{
    private static readonly Style Bad = new(Color.IndianRed);
    private static readonly Style Assumed = new(Color.DarkOrange3);
    private static readonly Style Quiet = new(Color.Grey50);
    private static readonly Style Strong = new(decoration: Decoration.Bold);

    private readonly string _unit = study.Inventory.Designed.Fabric.Role == FabricRole.Backend ? "XPUs" : "nodes";

    private readonly FaultStudyReport _report = new(design, study, outcomes, noise, year, options);

    private Fabric Fabric => study.Inventory.Designed.Fabric;

    /// <summary>Writes one JSON document.</summary>
    public void WriteJson(Stream stream) => _report.WriteJson(stream);

    /// <summary>Writes one row a fault and workload.</summary>
    public void WriteCsv(TextWriter text) => _report.WriteCsv(text);

    /// <summary>Writes the samples of every strike.</summary>
    public void WriteSeries(TextWriter text) => _report.WriteSeries(text);

    /// <summary>Writes the tables.</summary>
    public void WriteTables(IAnsiConsole console)
    {
        string planes = Fabric.Planes > 1 ? $", {Fabric.Planes} planes" : "";
        // Tables fit 80 columns on all but the largest clusters; a wider terminal is used up to what other commands use.
        if (!Console.IsOutputRedirected)
        {
            console.Profile.Width = Math.Clamp(Console.WindowWidth, 80, Terminal.Width);
        }

        console.Write(
            new Text(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{design.Spec.Name}: faults of the {Fabric.Role.ToWord()}, {study.Graph.Endpoints:#,0} {_unit}{planes}, "
                        + $"{study.HostCount:#,0} hosts in the runs\n"
                ),
                Strong
            )
        );
        console.WriteLine();
        Costs(console);
        Strikes(console);
        Rule(console);
        Year(console);
        Notes(console);
    }

    private void Costs(IAnsiConsole console)
    {
        console.Write(new Text("What each fault costs while it lasts\n", Strong));
        List<string> names = [.. outcomes.SelectMany(o => o.Workloads).Select(w => w.Name).Distinct()];
        Table table = NewTable(
            [
                "fault",
                $"{_unit}\ncut off",
                $"{_unit}\nslowed",
                "by",
                "worst\nhost",
                "bi-\nsection",
                .. names.Select(Short),
                "others\ncarry",
            ],
            1
        );
        foreach (FaultOutcome o in outcomes)
        {
            WorkloadOutcome? spread =
                o.Workloads.FirstOrDefault(w => w.Name == "permutation") ?? (o.Workloads.Count > 0 ? o.Workloads[0] : null);
            string cut = I(o.Graph.CutOff) + (o.Graph.PartlyCutOff > 0 ? "\n+" + I(o.Graph.PartlyCutOff) + " in part" : "");
            table.AddRow([
                new Text(Label(o)),
                new Text(cut, o.Graph.CutOff > 0 ? Bad : Style.Plain),
                new Text(spread is null ? "-" : I(spread.Slowed)),
                new Text(spread is null or { Slowed: 0 } ? "-" : Times(spread.MedianSlowdown)),
                new Text(Share(o.Graph.WorstHostLeft)),
                new Text(Share(o.Graph.BisectionLeft)),
                .. names.Select(n => Inflation(o.Workloads.FirstOrDefault(w => w.Name == n))),
                new Text(
                    o.OtherPlanesNoticed is null ? "-"
                    : o.Workloads.Select(w => w.OtherPlanesLoad).LastOrDefault(l => l is not null) is { } load ? Share(load)
                    : "-"
                ),
            ]);
        }

        console.Write(table);
        console.Write(
            new Text(
                "Worst host and bisection: the share of the rate that is left, by the graph, exact. "
                    + "Then the time of each workload over that of the sound network, same traffic; "
                    + "* the job stops first, as it loses members, and the figure is of the rest. Others: "
                    + "what the planes without a fault carry, over what they carried before.\n",
                Quiet
            )
        );
        console.WriteLine();
        console.Write(new Text("Which one it was\n", Strong));
        foreach (FaultOutcome o in outcomes)
        {
            console.Write(new Padder(new Text($"{o.Scenario.Label}: {o.Scenario.Name}"), new Padding(2, 0, 0, 0)));
        }

        console.WriteLine();
    }

    private static string Label(FaultOutcome o) =>
        o.Scenario.Kinds.Count == 0
            ? o.Scenario.Name.Replace("+", "\n+ ", StringComparison.Ordinal)
            : o.Scenario.Label.Replace(" + ", "\n+ ", StringComparison.Ordinal);

    private static string Short(string name) =>
        name.Replace("-", "-\n", StringComparison.Ordinal).Replace("permutation", "permu-\ntation", StringComparison.Ordinal);

    private static Text Inflation(WorkloadOutcome? w) =>
        w is null ? new("nobody\nleft", Bad)
        : w.Inflation is not { } factor ? new("never\nends", Bad)
        : new(Times(factor) + (w.Stops ? "*" : ""), w.Stops || factor >= 1.1 ? Bad : Style.Plain);

    private void Strikes(IAnsiConsole console)
    {
        console.Write(new Text("While it happens: everybody sends, the fault strikes, is found, is repaired\n", Strong));
        Table table = NewTable(
            [
                "fault",
                "detect\nus",
                "steady\nus",
                "back\nus",
                "least\nrate",
                "rate\nthen",
                "packets\nlost",
                "sent\nagain",
                "others\nlost",
                "not\nended",
            ],
            1
        );
        foreach (FaultOutcome o in outcomes)
        {
            StrikeOutcome s = o.Strike;
            table.AddRow(
                new Text(Label(o)),
                new Text(Us(s.Detection)),
                new Text(s.Recovery is { } recovery ? Us(recovery) : "not yet", s.Recovery is null ? Bad : Style.Plain),
                new Text(s.Restoration is { } restoration ? Us(restoration) : "not yet", s.Restoration is null ? Bad : Style.Plain),
                new Text(Share(s.RateLeast / s.RateBefore)),
                new Text(Share(s.RateDuring / s.RateBefore)),
                new Text(I(s.Lost)),
                new Text(I(s.Packets.Retransmitted)),
                new Text(s.OtherPlanesDropped is { } others ? I(others) : "-"),
                new Text(I(s.Unfinished), s.Unfinished > 0 ? Bad : Style.Plain)
            );
        }

        console.Write(table);
        StrikeOutcome first = outcomes[0].Strike;
        console.Write(
            new Text(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Permutation of {first.Hosts} hosts around the fault; it strikes after {first.Struck.Microseconds:0} us and is "
                        + $"repaired {(first.Repaired - first.Struck).Microseconds:0} us later. "
                )
                    + "Detect is a setting (--detect-us), the rest is measured in samples of 1 us, the mean of five: steady, "
                    + "from the fault until the rate stays within 5 % of what lasts while the part is out; back, "
                    + "from the repair until it is within 5 % of what it was. "
                    + "Rates are of what was delivered before the fault. Lost: to dead links and for want of a route; others: "
                    + "by planes without a fault; not ended: flows.\n",
                Quiet
            )
        );
        console.WriteLine();
    }

    private void Rule(IAnsiConsole console)
    {
        List<RuleCheck> checks = RuleCheck.Of(outcomes);
        if (checks.Count == 0)
        {
            return;
        }

        console.Write(new Text("Two at once: the rule that a year is reckoned with, against the simulation\n", Strong));
        Table table = NewTable(["pair", "workload", "by the rule", "simulated", "error"], 2);
        foreach (RuleCheck check in checks)
        {
            table.AddRow(
                new Text(check.Pair),
                new Text(check.Workload),
                new Text(Times(check.ByRule)),
                new Text(Times(check.Simulated)),
                new Text(Signed(check.Error))
            );
        }

        console.Write(table);
        console.WriteLine();
    }

    private void Year(IAnsiConsole console)
    {
        console.Write(new Text("A year of random failures and repairs, one job on everything\n", Strong));
        Table table = NewTable(
            ["part", "how\nmany", "fail a\nyear", "repair\nh", "out of the job\neach time", "slows\nby", "goodput lost\nby it alone"],
            1
        );
        foreach (GoodputRow row in year.Rows)
        {
            if (row.Class is not { } c)
            {
                table.AddRow(
                    new Text(row.Word),
                    new Text(I(row.Population)),
                    new Text("unknown", Bad),
                    new Text("-"),
                    new Text("-"),
                    new Text("-"),
                    new Text("left out", Bad)
                );
                continue;
            }

            table.AddRow(
                new Text(row.Word),
                new Text(I(row.Population)),
                new Text(Rate(c.FailuresPerYear * c.Population) + (row.Unknown > 0 ? " + ?" : ""), row.Assumed ? Assumed : Style.Plain),
                new Text(c.RepairHours.ToString("0.##", CultureInfo.InvariantCulture), row.RepairAssumed ? Assumed : Style.Plain),
                new Text(Percent(c.LostShare)),
                new Text(Times(c.Slowdown)),
                new Text(Percent(1 - row.Alone!.Mean))
            );
        }

        console.Write(table);
        if (year.Estimate is { } e)
        {
            console.Write(
                new Text(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  expected goodput {100 * e.Mean:0.0000} % of a year without faults (95 % interval {100 * e.Low:0.0000} to "
                            + $"{100 * e.High:0.0000} from {e.Years:#,0} years)\n"
                    ),
                    Strong
                )
            );
            console.Write(
                new Text(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  one year in twenty {100 * e.WorstOf20:0.00} % or less; "
                            + $"the job is interrupted {e.InterruptionsPerYear:0.#} times a year\n"
                    )
                )
            );
        }
        else
        {
            console.Write(new Text("  no rate is known, so there is no goodput to tell; give rates with --rate\n", Bad));
        }

        List<GoodputRow> unknown = [.. year.Rows.Where(r => r.Unknown > 0)];
        if (unknown.Count > 0)
        {
            console.Write(new Text("  Left out, as nobody has published how often they fail:\n", Bad));
            foreach (GoodputRow row in unknown)
            {
                string why = string.Join("; ", row.Basis.Where(b => b.StartsWith("no", StringComparison.Ordinal)));
                console.Write(new Text($"    {I(row.Unknown)} x {row.Word}: {why}\n"));
            }

            console.Write(new Text("  Say what you know with --rate CLASS=RATE. The goodput above is too high by what they cost.\n"));
        }

        console.WriteLine();
    }

    private void Notes(IAnsiConsole console)
    {
        console.Write(new Text("Notes\n", Strong));
        foreach (string note in _report.Notes())
        {
            console.Write(new Padder(new Text("- " + note), new Padding(2, 0, 0, 0)));
        }
    }

    private static Table NewTable(IReadOnlyList<string> columns, int leftAligned)
    {
        Table table = new Table().Border(TableBorder.Simple).BorderStyle(Quiet);
        for (int i = 0; i < columns.Count; i++)
        {
            TableColumn column = new TableColumn(new Text(columns[i], Strong)) { NoWrap = true }
                .PadLeft(0)
                .PadRight(1);
            table.AddColumn(i < leftAligned ? column : column.RightAligned());
        }

        return table;
    }

    private static string I(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Us(Units.SimTime time) => time.Microseconds.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Share(double share) =>
        !double.IsFinite(share) ? "-" : (100 * share).ToString(share is > 0.9995 or 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + "%";

    private static string Percent(double share) =>
        (100 * share).ToString(share is < 0.0001 and > 0 ? "0.00000" : "0.####", CultureInfo.InvariantCulture) + "%";

    private static string Signed(double share) => (100 * share).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + "%";

    private static string Times(double factor) =>
        !double.IsFinite(factor) ? "never" : factor.ToString("0.00", CultureInfo.InvariantCulture) + "x";

    private static string Rate(double value) => value.ToString(value < 0.1 ? "0.####" : "#,0.##", CultureInfo.InvariantCulture);
}
