using System.Text;
using Lightloom.Experiments;
using Lightloom.Report.Page;

namespace Lightloom.Report.Files;

/// <summary>Writes what <c>simulate --sizes A..B -o DIR</c> leaves behind: <c>report.html</c> and <c>simulation.json</c>.</summary>
public static class CollectiveFiles
{
    /// <summary>Writes both; DIR changes only when they are complete.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="directory">DIR; made when it does not exist.</param>
    /// <param name="cancel">Ends the writing and leaves DIR as it was.</param>
    public static void Write(
        IReadOnlyList<CollectiveRun> runs,
        ulong seed,
        string cluster,
        string directory,
        CancellationToken cancel = default
    ) =>
        OutputFolder.Write(
            directory,
            "simulate",
            beside =>
            {
                using (FileStream json = New(beside, "simulation.json"))
                {
                    new CollectiveReport(runs, seed).WriteJson(json);
                }

                using FileStream html = New(beside, "report.html");
                using StreamWriter writer = new(html, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                writer.Write(CollectivePage.Render(runs, cluster));
            },
            cancel
        );

    private static FileStream New(string folder, string name) =>
        new(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
}
