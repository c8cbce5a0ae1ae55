using Lightloom.Experiments.Compare;

namespace Lightloom.Report.Compare;

/// <summary>Writes what <c>compare -o DIR</c> leaves behind: compare.html, compare.json and the plots.</summary>
public static class ComparisonFiles
{
    /// <summary>Writes all files; each appears whole or not at all.</summary>
    public static void Write(Comparison comparison, string directory)
    {
        Directory.CreateDirectory(directory);
        using (MemoryStream json = new())
        {
            ComparisonJson.Write(comparison, json);
            Put(directory, "compare.json", json.ToArray());
        }

        Put(directory, "compare.html", System.Text.Encoding.UTF8.GetBytes(ComparisonPage.Render(comparison)));
        if (comparison.Columns.Count > 0)
        {
            Put(
                directory,
                "utilisation.svg",
                System.Text.Encoding.UTF8.GetBytes(ComparisonDrawing.Utilisation(comparison, standalone: true))
            );
            Put(
                directory,
                "completion.svg",
                System.Text.Encoding.UTF8.GetBytes(ComparisonDrawing.Completion(comparison, standalone: true))
            );
            Put(directory, "buffers.svg", System.Text.Encoding.UTF8.GetBytes(ComparisonDrawing.Buffers(comparison, standalone: true)));
        }
    }

    /// <summary>Writes the points of plane scaling: planes.svg and planes.json.</summary>
    public static void Write(IReadOnlyList<PlanePoint> points, string name, long bytes, string directory)
    {
        Directory.CreateDirectory(directory);
        using MemoryStream json = new();
        PlaneScalingDrawing.WriteJson(points, name, bytes, json);
        Put(directory, "planes.json", json.ToArray());
        Put(directory, "planes.svg", System.Text.Encoding.UTF8.GetBytes(PlaneScalingDrawing.Render(points, name)));
    }

    private static void Put(string directory, string name, byte[] bytes)
    {
        string partial = Path.Combine(directory, name + ".partial-" + Path.GetRandomFileName());
        File.WriteAllBytes(partial, bytes);
        File.Move(partial, Path.Combine(directory, name), overwrite: true);
    }
}
