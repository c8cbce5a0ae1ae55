using System.CommandLine;
using System.Globalization;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Report;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;
using Spectre.Console;

namespace Lightloom.Cli.Commands;

/// <summary>
/// <c>lightloom explore CLUSTER.yaml [--adopt N] [--json]</c>: every backend that the catalogue allows, the Pareto front, and why each other
/// one lost; with a number, the cluster file that designs that one.
/// </summary>
public static class ExploreCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> file = new("CLUSTER.yaml")
        {
            Description =
                "The cluster file. Its paradigm, planes and layout are varied; switches that it names are kept for their paradigm.",
        };
        Option<bool> json = CommonOptions.Json();
        CheckedOption<string?> catalog = CommonOptions.Catalog();
        CheckedOption<int?> rows = Value.Whole("--rows", "Rows to show of the feasible ones that are not on the front.", 0, 1_000_000, 10);
        CheckedOption<int?> adopt = Value.Whole(
            "--adopt",
            "Write the cluster file of the design with this number, to standard output or the file of -o.",
            1,
            1_000_000
        );
        CheckedOption<string?> output = Value.Path("--output|-o", "With --adopt: where to write the cluster file.", "FILE");
        Option<bool> force = new("--force") { Description = "With --adopt: overwrite a file that is there already." };
        Option<bool> byWorkload = new("--by-workload")
        {
            Description = "Judge the designs by the file's workload too: step time and goodput, beside cost and power.",
        };
        CheckedOption<string?> engine = Value.Word(
            "--engine",
            "With --by-workload: how communication is timed.",
            ["fluid", "closed-form"],
            "closed-form"
        );
        CheckedOption<int?> most = Value.Whole("--most", "With --by-workload: designs that are carried through and timed.", 1, 10_000, 96);
        CheckedOption<string?> report = Value.Path("--report", "With --by-workload: write a page with pictures.", "FILE.html");
        Command command = new(
            "explore",
            "Enumerates the feasible backends and shows the Pareto front, with the reason for every rejected one."
        )
        {
            file,
            json,
            catalog,
            rows,
            adopt,
            output,
            force,
            byWorkload,
            engine,
            most,
            report,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Chosen(parsed, cancellation)));
        return command;

        int Chosen(ParseResult parsed, CancellationToken cancellation)
        {
            Option? stray = new Option[] { engine, most, report }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false });
            if (stray is not null && !parsed.GetValue(byWorkload))
            {
                return CommandLine.Misused($"{stray.Name} is about the workload; give --by-workload too");
            }

            if (parsed.GetValue(byWorkload) && adopt.In(parsed) is not null)
            {
                return CommandLine.Misused("--adopt N writes a cluster file; leave --by-workload out, the numbers are the same");
            }

            if ((output.In(parsed) is not null || parsed.GetValue(force)) && adopt.In(parsed) is null)
            {
                return CommandLine.Misused("--output and --force are about the file that --adopt N writes; give --adopt too");
            }

            if (adopt.In(parsed) is not null && parsed.GetValue(json) && output.In(parsed) is null)
            {
                return CommandLine.Misused("--adopt and --json both write to standard output; give the cluster file a place with -o FILE");
            }

            if (parsed.GetValue(byWorkload))
            {
                return ExploreByWorkload.Run(
                    parsed.GetValue(file)!,
                    catalog.In(parsed),
                    new(engine.In(parsed)!, most.In(parsed)!.Value, rows.In(parsed)!.Value, parsed.GetValue(json), report.In(parsed)),
                    cancellation
                );
            }

            return Run(
                parsed.GetValue(file)!,
                parsed.GetValue(json),
                catalog.In(parsed),
                rows.In(parsed)!.Value,
                adopt.In(parsed),
                output.In(parsed),
                parsed.GetValue(force)
            );
        }
    }

    private static int Run(string file, bool json, string? catalog, int rows, int? adopt, string? output, bool force)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = ClusterFile.Read(file, catalog, diagnostics, out string text);
        IReadOnlyList<Alternative> all = spec is null ? [] : Designer.Explore(spec, diagnostics);
        if (diagnostics.HasErrors)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        if (adopt is { } number && Adopt(spec!, text, all, number, output, force) is var adopted && (adopted != ExitCode.Done || !json))
        {
            return adopted;
        }

        if (json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            AlternativesJson.Write(spec!, all, stdout);
        }
        else
        {
            Print(Terminal.Out(), spec!, all, rows);
        }

        CommandLine.Report(diagnostics, Severity.Warning);
        return all.Any(a => a.Feasible) ? ExitCode.Done : ExitCode.Infeasible;
    }

    private static int Adopt(ClusterSpec spec, string text, IReadOnlyList<Alternative> all, int number, string? output, bool force)
    {
        if (number > all.Count)
        {
            return CommandLine.Misused($"--adopt {number}: {all.Count} designs were considered; explore --json numbers them");
        }

        Alternative one = all[number - 1];
        if (!one.Feasible)
        {
            Console.Error.WriteLine($"lightloom: design {number} is not feasible: {one.Reason}");
            return ExitCode.Infeasible;
        }

        if (Adoption.FileOf(spec, text, one) is not { } file)
        {
            return CommandLine.Misused("--adopt: backend: is an alias or holds values over several lines; write its keys out, one a line");
        }

        if (!one.Proven && Refused(file, spec) is { } refused)
        {
            Console.Error.WriteLine($"lightloom: design {number} was not carried through before, and does not become a design:");
            return CommandLine.Report(refused, Severity.Error);
        }

        return InitCommand.Write(
            file,
            output ?? InitCommand.StandardOutput,
            force,
            $"the cluster file of design {number}",
            Console.Out,
            Console.Error
        );
    }

    /// <summary>What <c>design</c> says of a cluster file that it refuses; null where it makes a design of it.</summary>
    private static DiagnosticBag? Refused(string text, ClusterSpec explored)
    {
        DiagnosticBag said = new();
        ClusterSpec? adopted = SpecReader.Read(text, explored.File, explored.Catalogue, said);
        return adopted is not null && Designer.Design(adopted, said) is not null ? null : said;
    }

    private const string SwitchColumn = "leaf, spine";

    internal static void Print(IAnsiConsole console, ClusterSpec spec, IReadOnlyList<Alternative> all, int rows)
    {
        List<Alternative> feasible = [.. all.Where(a => a.Feasible)];
        console.MarkupLine(
            $"[bold]{Markup.Escape(spec.Name)}[/]: {Counted.Of(all.Count, "backend")} considered, {I(feasible.Count)} feasible, "
                + $"{I(feasible.Count(a => a.Pareto))} on the front of cost, power and hops"
        );
        console.MarkupLine("[grey]Paradigm, planes and their layout are varied whatever the file says; `lightloom design` keeps to[/]");
        console.MarkupLine("[grey]what it fixes (plane_layout: nic-split if it says nothing), and considers fewer.[/]");
        console.MarkupLine("[grey]M$ and kW are the backend's: switches, modules, cables, fibre and spares at the bill's prices, and[/]");
        console.MarkupLine("[grey]typical power. 'guess' is the share that stands on medians, where no price is public.[/]");
        if (feasible.Count > 0)
        {
            PrintFeasible(console, all, feasible, rows);
        }

        List<Alternative> rejected = [.. all.Where(a => !a.Feasible)];
        if (rejected.Count > 0)
        {
            console.MarkupLine($"[bold]Not feasible[/] ({I(rejected.Count)}):");
            foreach (IGrouping<string, Alternative> group in rejected.GroupBy(WithoutModels).OrderByDescending(g => g.Count()).Take(15))
            {
                int others = group.Select(a => a.Reason).Distinct().Count() - 1;
                string more = others > 0 ? $", and the like of {Counted.Of(others, "more model or pair", "more models or pairs")}" : "";
                console.MarkupLine($"  {I(group.Count()), 6} x {Markup.Escape(group.First().Reason + more)}");
            }
        }
    }

    private static void PrintFeasible(IAnsiConsole console, IReadOnlyList<Alternative> all, IReadOnlyList<Alternative> feasible, int rows)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach (
            (string name, bool right) in new[]
            {
                ("", false),
                ("N", true),
                ("paradigm", false),
                ("planes", false),
                ("tiers", true),
                (SwitchColumn, false),
                ("switches", true),
                ("M$", true),
                ("guess", true),
                ("kW", true),
            }
        )
        {
            // Names of switches may take two lines where the terminal is narrow; figures stay whole.
            TableColumn column = new(name) { NoWrap = name != SwitchColumn };
            column = console.Profile.Width < Terminal.Width ? column.Padding(0, 1) : column;
            table.AddColumn(right ? column.RightAligned() : column);
        }

        int proven = feasible.Count(a => a.Proven);
        console.MarkupLine(
            $"[grey]{I(proven)} of them {(proven == 1 ? "was" : "were")} carried through to cables and bill, as `lightloom design` does; the best and the[/]"
                + "\n[grey]front are of these. --adopt N carries through any other first.[/]"
        );
        int shown = 0;
        for (int i = 0; i < all.Count; i++)
        {
            Alternative a = all[i];
            if (!a.Feasible)
            {
                continue;
            }

            if (!a.Pareto && !a.Chosen && shown++ >= rows)
            {
                continue;
            }

            string mark =
                a.Chosen ? "[green]best[/]"
                : a.Pareto ? "[yellow]front[/]"
                : "";
            string switches = a.Leaf == a.Spine ? a.Leaf : $"{a.Leaf}\n{a.Spine}";
            table.AddRow(
                mark,
                I(i + 1),
                a.Paradigm == Paradigm.SwitchScheduled ? "switch" : "endpoint",
                $"{a.Planes} {(a.Planes > 1 ? a.PlaneLayout.ToWord() : "")}",
                I(a.Tiers),
                Markup.Escape(switches),
                I(a.Switches),
                (a.EstimatedUsd / 1e6).ToString("#,0.00", CultureInfo.InvariantCulture),
                (a.AssumedShare * 100).ToString("0", CultureInfo.InvariantCulture) + "%",
                (a.EstimatedWatts / 1000).ToString("#,0", CultureInfo.InvariantCulture)
            );
        }

        console.Write(table);
        if (shown > rows)
        {
            console.MarkupLine($"[grey]and {I(shown - rows)} more feasible ones (--rows N, or --json for all)[/]");
        }

        List<Alternative> front = [.. feasible.Where(a => a.Pareto)];
        int open = feasible.Count(a => !a.Pareto && !front.Exists(f => IsAsGood(f, a)));
        int dominated = feasible.Count - front.Count - open;
        if (dominated > 0)
        {
            console.MarkupLine(
                $"[grey]{I(dominated)} of {I(feasible.Count)} are dominated: another costs and draws no more, over no more switches[/]"
            );
        }

        if (open > 0)
        {
            console.MarkupLine(
                $"[yellow]{I(open)} more may be better than the front by estimate and have not been carried through[/]; "
                    + "[grey]--adopt N does[/]"
            );
        }
    }

    private static bool IsAsGood(Alternative a, Alternative b) =>
        a.EstimatedUsd <= b.EstimatedUsd && a.EstimatedWatts <= b.EstimatedWatts && a.LongestHops <= b.LongestHops;

    // A reason with the models and figures left out, so that those of one kind are one line.
    private static string WithoutModels(Alternative a) =>
        string.Concat(
            a.Reason.Split(' ')
                .Where(word => !word.Contains(a.Leaf, StringComparison.Ordinal) && !word.Contains(a.Spine, StringComparison.Ordinal))
                .SelectMany(word => word.Where(c => !char.IsAsciiDigit(c)).Append(' '))
        );

    private static string I(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
