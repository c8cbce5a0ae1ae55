using Lightloom.Experiments.Compare;
using Lightloom.Report.Files;

namespace Lightloom.Report.Compare;

/// <summary>Writes what <c>compare -o DIR</c> leaves behind: compare.html, compare.json and the plots.</summary>
public static class ComparisonFiles
{
    private const string Command = "compare";

    /// <summary>Writes all files.</summary>
    public static void Write(Comparison comparison, string directory)
    {
        List<(string Name, Action<Stream> Write)> files =
        [
            ("compare.json", stream => ComparisonJson.Write(comparison, stream)),
            ("compare.html", stream => WriteText(stream, ComparisonPage.Render(comparison))),
        ];
        if (comparison.Columns.Count > 0)
        {
            files.Add(("utilisation.svg", stream => WriteText(stream, ComparisonDrawing.Utilisation(comparison, standalone: true))));
            files.Add(("completion.svg", stream => WriteText(stream, ComparisonDrawing.Completion(comparison, standalone: true))));
            files.Add(("buffers.svg", stream => WriteText(stream, ComparisonDrawing.Buffers(comparison, standalone: true))));
        }

        Write(files, directory);
    }

    /// <summary>Writes the points of plane scaling: planes.svg and planes.json.</summary>
    public static void Write(IReadOnlyList<PlanePoint> points, string name, long bytes, string directory) =>
        Write(
            [
                ("planes.json", stream => PlaneScalingDrawing.WriteJson(points, name, bytes, stream)),
                ("planes.svg", stream => WriteText(stream, PlaneScalingDrawing.Render(points, name))),
            ],
            directory
        );

    private static void Write(IReadOnlyList<(string Name, Action<Stream> Write)> files, string directory) =>
        OutputFolder.Write(
            directory,
            Command,
            beside =>
            {
                foreach ((string name, Action<Stream> write) in files)
                {
                    using FileStream stream = new(Path.Combine(beside, name), FileMode.CreateNew, FileAccess.Write);
                    write(stream);
                }
            }
        );

    private static void WriteText(Stream stream, string text) => stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
}
