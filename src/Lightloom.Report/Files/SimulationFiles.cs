using System.Text;
using Lightloom.Design;
using Lightloom.Report.Page;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Memory;

namespace Lightloom.Report.Files;

/// <summary>Writes everything that <c>simulate -o DIR</c> leaves behind.</summary>
/// <remarks>
/// <c>report.html</c> holds all runs and, where a design was simulated, the design's own sections; <c>simulation.json</c>,
/// <c>flows.csv</c>, <c>trace.csv</c>, <c>trace-links.csv</c> and <c>link-totals.csv</c> are the first run's, a second run's are <c>simulation-2.json</c> and so
/// on. As with a design, DIR changes only when every file is complete, and other files in it stay.
/// </remarks>
public static class SimulationFiles
{
    /// <summary>Rows that spreadsheets show of a sheet, the header among them.</summary>
    public const int MostRows = SimulationReport.MostRows;

    /// <summary>Writes all files.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="directory">DIR; made when it does not exist.</param>
    /// <param name="cancel">Ends the writing and leaves DIR as it was.</param>
    /// <returns>The files' names, in the order of interest.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<SimulatedRun> runs, string directory, CancellationToken cancel = default)
    {
        List<(string Name, Action<Stream> Write)> files =
        [
            ("report.html", stream => Text(stream, w => w.Write(ReportPage.Render(runs, cancel)))),
        ];
        for (int i = 0; i < runs.Count; i++)
        {
            SimulatedRun run = runs[i];
            SimulationReport report = new(run.Network, run.Traffic, run.Result, run.Names);
            string number = i == 0 ? "" : FormattableString.Invariant($"-{i + 1}");
            files.Add(
                (
                    $"simulation{number}.json",
                    stream =>
                    {
                        report.WriteJson(stream);
                        stream.WriteByte((byte)'\n');
                    }
                )
            );
            files.Add(($"flows{number}.csv", stream => Text(stream, report.WriteFlows)));
            if (run.Result.Ranks.Count > 0)
            {
                files.Add(($"ranks{number}.csv", stream => Text(stream, report.WriteRanks)));
            }

            files.Add(($"trace{number}.csv", stream => Text(stream, report.WriteTrace)));
            files.Add(($"trace-links{number}.csv", stream => Text(stream, report.WriteLinkTrace)));
            files.Add(($"link-totals{number}.csv", stream => Text(stream, report.WriteLinks)));
        }

        OutputFolder.Write(
            directory,
            "simulate",
            beside =>
            {
                foreach ((string name, Action<Stream> write) in files)
                {
                    cancel.ThrowIfCancellationRequested();
                    using FileStream stream = new(
                        Path.Combine(beside, name),
                        FileMode.CreateNew,
                        FileAccess.Write,
                        FileShare.None,
                        1 << 16
                    );
                    write(stream);
                }
            },
            cancel
        );
        return [.. files.Select(f => f.Name), Manifest.FileName];
    }

    private static void Text(Stream stream, Action<TextWriter> write)
    {
        using StreamWriter text = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
        write(text);
    }
}
