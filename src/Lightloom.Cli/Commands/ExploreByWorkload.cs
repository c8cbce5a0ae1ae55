using Lightloom.Cli.Output;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments.Faults;
using Lightloom.Report.Training;
using Lightloom.Spec;
using Lightloom.Training.Choosing;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;

namespace Lightloom.Cli.Commands;

/// <summary><c>explore --by-workload</c>: the feasible designs by cost, power, step time and goodput.</summary>
internal static class ExploreByWorkload
{
    /// <summary>What was asked.</summary>
    /// <param name="Engine">How communication is timed.</param>
    /// <param name="Most">Designs that are carried through at most.</param>
    /// <param name="Rows">Designs to show that lost.</param>
    /// <param name="Json">Whether to print JSON.</param>
    /// <param name="Report">The page to write, or null.</param>
    public sealed record Asked(string Engine, int Most, int Rows, bool Json, string? Report);

    /// <summary>Runs it; the exit code.</summary>
    public static int Run(string file, string? catalog, Asked asked, CancellationToken cancellation)
    {
        if (OutputFile.Problem(asked.Report) is { } problem)
        {
            return CommandLine.Misused(problem);
        }

        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = ClusterFile.Read(file, catalog, diagnostics);
        using ProgressLine line = new();
        Exploration? exploration = spec is null ? null : Designer.Open(spec, diagnostics, line, cancellation);
        WorkloadChoice? choice = exploration is null
            ? null
            : WorkloadChooser.Run(
                exploration,
                (cluster, said) => BriefReader.Read(spec!, new TrainingRequest(), cluster, said),
                new GoodputOptions(),
                asked.Engine,
                asked.Most,
                diagnostics,
                cancellation
            );
        line.Clear();
        if (choice is null)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        OutputFile.Write(asked.Report, to => to.Write(ChoicePage.Render(choice, spec!.Name, asked.Engine)));
        if (asked.Json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            ChoiceJson.Write(spec!, choice, asked.Engine, stdout);
        }
        else
        {
            ChoiceTable.Print(choice, spec!.Name, asked.Engine, asked.Rows, Console.Out);
        }

        return ExitCode.Done;
    }
}
