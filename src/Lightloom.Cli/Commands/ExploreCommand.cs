using System.CommandLine;
using System.Globalization;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Report;
using Lightloom.Spec;
using Lightloom.Topology;
using Spectre.Console;

namespace Lightloom.Cli.Commands;

/// <summary>
/// <c>lightloom explore CLUSTER.yaml [--json]</c>: every backend that the catalogue allows, the Pareto front, and why each other one lost.
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
        Command command = new(
            "explore",
            "Enumerates the feasible backends and shows the Pareto front, with the reason for every rejected one."
        )
        {
            file,
            json,
            catalog,
            rows,
        };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(json), catalog.In(parsed), rows.In(parsed)!.Value));
        return command;
    }

    private static int Run(string file, bool json, string? catalog, int rows)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = ClusterFile.Read(file, catalog, diagnostics);
        IReadOnlyList<Alternative> all = spec is null ? [] : Designer.Explore(spec, diagnostics);
        if (diagnostics.HasErrors)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
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

        return all.Any(a => a.Feasible) ? ExitCode.Done : ExitCode.Infeasible;
    }

    private const string SwitchColumn = "leaf, spine";

    internal static void Print(IAnsiConsole console, ClusterSpec spec, IReadOnlyList<Alternative> all, int rows)
    {
        List<Alternative> feasible = [.. all.Where(a => a.Feasible)];
        console.MarkupLine(
            $"[bold]{Markup.Escape(spec.Name)}[/]: {all.Count} backends considered, {feasible.Count} feasible, "
                + $"{feasible.Count(a => a.Pareto)} on the front of cost, power and hops"
        );
        console.MarkupLine("[grey]Cost and power are estimates for ranking: list prices where there are any, elsewhere the[/]");
        console.MarkupLine("[grey]catalogue's median a gigabit ('guess' is that share). `lightloom design` makes the bill.[/]");
        Table table = new() { Border = TableBorder.Simple };
        foreach (
            (string name, bool right) in new[]
            {
                ("", false),
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

        console.MarkupLine(
            $"[grey]{feasible.Count(a => a.Proven)} of them were carried through to cables and bill, as `lightloom design` does.[/]"
        );
        int shown = 0;
        foreach (Alternative a in feasible)
        {
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
            console.MarkupLine($"[grey]and {shown - rows} more feasible ones (--rows N, or --json for all)[/]");
        }

        List<Alternative> rejected = [.. all.Where(a => !a.Feasible)];
        if (rejected.Count > 0)
        {
            console.MarkupLine($"[bold]Not feasible[/] ({rejected.Count}):");
            foreach (IGrouping<string, Alternative> group in rejected.GroupBy(a => a.Reason).OrderByDescending(g => g.Count()).Take(15))
            {
                console.MarkupLine($"  {group.Count(), 4} x {Markup.Escape(group.Key)}");
            }
        }
    }

    private static string I(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
