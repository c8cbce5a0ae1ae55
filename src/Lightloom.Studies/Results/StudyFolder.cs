using System.Globalization;
using System.Text;

namespace Lightloom.Studies.Results;

/// <summary>
/// The folder of a study: <c>results/</c> with one file a finished point, <c>failures/</c> with one a point that ended without an answer,
/// <c>times/</c> with what points took, <c>jobs/</c> with what Slurm was given, and the merged <c>study.sqlite</c> and
/// <c>study.parquet</c>.
/// </summary>
/// <remarks>
/// Workers on many machines write into it at once. A file is written beside its place under a name that no other process uses, brought to
/// the disk and renamed: there is never half of it. Two that write one point write the same bytes.
/// </remarks>
public sealed class StudyFolder
{
    private const string PartEnding = ".part";

    /// <summary>A folder; it is made when something is written.</summary>
    /// <param name="path">Where it is.</param>
    public StudyFolder(string path) => Root = Path.GetFullPath(path);

    /// <summary>Its full path.</summary>
    public string Root { get; }

    /// <summary>The merged SQLite file.</summary>
    public string Sqlite => Path.Combine(Root, "study.sqlite");

    /// <summary>The merged Parquet file.</summary>
    public string Parquet => Path.Combine(Root, "study.parquet");

    /// <summary>The folder of what Slurm was given.</summary>
    public string Jobs => Path.Combine(Root, "jobs");

    /// <summary>Where a point's result stands.</summary>
    public string ResultOf(string hash) => Path.Combine(Root, "results", hash[..2], hash + ".json");

    /// <summary>Where a point's failure stands.</summary>
    public string FailureOf(string hash) => Path.Combine(Root, "failures", hash + ".json");

    /// <summary>A point's result, or null when there is none that is whole.</summary>
    public PointResult? Result(string hash) => Read(ResultOf(hash), hash);

    /// <summary>How a point failed the last time, or null when it did not.</summary>
    public PointResult? Failure(string hash) => Read(FailureOf(hash), hash);

    /// <summary>Writes a file whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written; what was there before is as it was.</exception>
    public static void WriteWhole(string path, ReadOnlySpan<byte> bytes)
    {
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        string beside = Beside(path);
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            TryDelete(beside);
            throw;
        }
    }

    /// <summary>A name beside a file that no other process uses.</summary>
    public static string Beside(string path) =>
        Path.Combine(
            Path.GetDirectoryName(path)!,
            string.Create(
                CultureInfo.InvariantCulture,
                $".{Path.GetFileName(path)}.{Environment.MachineName}-{Environment.ProcessId}-{Path.GetRandomFileName()}{PartEnding}"
            )
        );

    /// <summary>Removes what killed workers left half-written. Only while nobody works in the folder.</summary>
    public void RemoveParts()
    {
        if (Directory.Exists(Root))
        {
            foreach (string part in Directory.EnumerateFiles(Root, ".*" + PartEnding, SearchOption.AllDirectories))
            {
                TryDelete(part);
            }
        }
    }

    /// <summary>Notes what a point took, for estimates: never part of a result.</summary>
    public void NoteTime(string hash, double seconds, long peakBytes)
    {
        string file = Path.Combine(
            Root,
            "times",
            string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}.csv")
        );
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.AppendAllText(
                file,
                string.Create(CultureInfo.InvariantCulture, $"{hash},{seconds:0.000},{peakBytes / 1048576.0:0.0}\n"),
                Encoding.ASCII
            );
        }
        catch (IOException)
        {
            // A note that finds no room is no reason to lose the point.
        }
    }

    /// <summary>Points whose time was noted, and the mean of their seconds; zero when there are none.</summary>
    public (int Points, double MeanSeconds) Times()
    {
        string folder = Path.Combine(Root, "times");
        int points = 0;
        double sum = 0;
        if (Directory.Exists(folder))
        {
            foreach (string line in Directory.EnumerateFiles(folder, "*.csv").SelectMany(File.ReadLines))
            {
                string[] fields = line.Split(',');
                if (fields.Length == 3 && double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
                {
                    points++;
                    sum += seconds;
                }
            }
        }

        return (points, points == 0 ? 0 : sum / points);
    }

    /// <summary>Removes a file where there is one.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays for the next run.
        }
    }

    private static PointResult? Read(string path, string hash)
    {
        try
        {
            return File.Exists(path) ? PointResult.Read(File.ReadAllBytes(path), hash) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
