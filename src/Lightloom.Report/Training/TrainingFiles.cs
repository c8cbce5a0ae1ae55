using System.Text;
using Lightloom.Report.Files;

namespace Lightloom.Report.Training;

/// <summary>Writes what <c>train -o DIR</c> leaves behind: <c>report.html</c>, <c>training.json</c>, <c>candidates.csv</c>.</summary>
public static class TrainingFiles
{
    /// <summary>Writes all files; DIR changes only when every file is complete.</summary>
    /// <param name="report">The answer.</param>
    /// <param name="page">The page.</param>
    /// <param name="directory">DIR; made when it does not exist.</param>
    /// <param name="cancel">Ends the writing and leaves DIR as it was.</param>
    public static void Write(TrainingReport report, string page, string directory, CancellationToken cancel = default) =>
        OutputFolder.Write(
            directory,
            "train",
            beside =>
            {
                using (FileStream json = New(beside, "training.json"))
                {
                    report.WriteJson(json);
                    json.WriteByte((byte)'\n');
                }

                using (FileStream html = New(beside, "report.html"))
                using (StreamWriter writer = new(html, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
                {
                    writer.Write(page);
                }

                using FileStream csv = New(beside, "candidates.csv");
                using StreamWriter text = new(csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                report.WriteCandidates(text);
            },
            cancel
        );

    private static FileStream New(string folder, string name) =>
        new(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
}
