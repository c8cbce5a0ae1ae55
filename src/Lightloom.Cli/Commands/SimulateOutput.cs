using System.CommandLine;
using Lightloom.Experiments;
using Lightloom.Report;
using Lightloom.Report.Files;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;

namespace Lightloom.Cli.Commands;

/// <summary>Runs the experiments of one <c>simulate</c>, prints them as they end, and writes their files.</summary>
internal sealed class SimulateOutput(SimulateSettings settings, SimulateReplay replay, ParseResult parsed)
{
    private readonly List<SimulatedRun> _runs = [];
    private readonly bool _json = parsed.GetValue(settings.Json);

    /// <summary>Runs one and says what came of it.</summary>
    /// <exception cref="RefusedException">The engine does not accept the options.</exception>
    public int Run(Experiment experiment, CancellationToken cancellation)
    {
        foreach (string note in experiment.Notes)
        {
            Console.Error.WriteLine("lightloom: note: " + note);
        }

        SimulationResult result;
        using (SimulationProgress bar = new())
        {
            result = experiment.Run(bar.Show, cancellation);
        }

        SimulatedRun run = new(
            experiment.Title,
            experiment.Network,
            experiment.Traffic,
            result,
            experiment.Testbed.Design,
            experiment.Testbed.Designed
        );
        _runs.Add(run);
        SimulationReport report = new(run.Network, run.Traffic, run.Result, run.Names);
        if (!_json)
        {
            SimulationSummary.Print(run.Title, report, run.Result);
        }
        else if (result.Unfinished.Length > 0)
        {
            Console.Error.WriteLine("lightloom: " + result.Unfinished);
        }

        if (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        string? flows = Numbered(settings.FlowsOut.In(parsed)),
            trace = Numbered(settings.Trace.In(parsed));
        OutputFile.Write(flows, report.WriteFlows);
        OutputFile.Write(trace, report.WriteTrace);
        OutputFile.Write(replay.RanksOut.In(parsed), report.WriteRanks);
        OutputFile.Write(trace is null ? null : Named(trace, "-links"), report.WriteLinkTrace);
        if (flows is not null && result.Flows.Count >= SimulationFiles.MostRows)
        {
            Console.Error.WriteLine(
                $"lightloom: note: {flows} has {result.Flows.Count} rows, more than the {SimulationFiles.MostRows} that spreadsheets show"
            );
        }

        return result.Standstill switch
        {
            Standstill.TimeStands => ExitCode.Defect,
            Standstill.NothingArrives or Standstill.NothingNew or Standstill.WaitsForEver => ExitCode.BadInput,
            _ => ExitCode.Done,
        };
    }

    /// <summary>
    /// Prints the JSON and writes the files of everything that has run; a run that was stopped is printed, and its files are not written.
    /// </summary>
    /// <param name="code">How the runs ended.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public int Finish(int code, CancellationToken cancellation)
    {
        if (_runs.Count == 0)
        {
            return code;
        }

        if (_json)
        {
            using Stream stdout = Console.OpenStandardOutput();
            bool several = _runs.Count > 1;
            stdout.Write(several ? "{\"simulations\": [\n"u8 : ""u8);
            foreach (SimulatedRun run in _runs)
            {
                new SimulationReport(run.Network, run.Traffic, run.Result, run.Names).WriteJson(stdout);
                stdout.Write(several && run != _runs[^1] ? ",\n"u8 : "\n"u8);
            }

            stdout.Write(several ? "]}\n"u8 : ""u8);
        }

        if (settings.Output.In(parsed) is { } directory && code == ExitCode.Done)
        {
            IReadOnlyList<string> files = SimulationFiles.Write(_runs, directory, cancellation);
            if (!_json)
            {
                SimulationSummary.Written(directory, files);
            }
        }

        return code;
    }

    // The second collective of a cluster file goes to flows-2.csv when the first goes to flows.csv.
    private string? Numbered(string? file) =>
        file is null || _runs.Count == 1 ? file : Named(file, FormattableString.Invariant($"-{_runs.Count}"));

    private static string Named(string file, string ending) =>
        Path.Combine(Path.GetDirectoryName(file) ?? "", Path.GetFileNameWithoutExtension(file) + ending + Path.GetExtension(file));
}
