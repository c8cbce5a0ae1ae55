using System.Globalization;
using System.Text.RegularExpressions;
using Lightloom.Diagnostics;
using Lightloom.Traces.Chakra;
using Lightloom.Traces.Goal;
using Lightloom.Traces.Graph;
using Lightloom.Traces.Reading;
using Lightloom.Traces.Simai;

namespace Lightloom.Traces.Formats;

/// <summary>Reads a trace of any format and hands it on, an operation at a time: memory does not grow with the trace.</summary>
public static partial class TraceReader
{
    /// <summary>Reads a trace; false when it is wrong, and then <paramref name="diagnostics"/> says why.</summary>
    /// <param name="path">
    /// A file; or for a trace of a file for each rank, any of them, the folder of them, or what their names have in common
    /// (<c>trace</c> of <c>trace.0.et</c>).
    /// </param>
    /// <param name="ranks">How many ranks a trace has that does not say; 0 when nobody knows.</param>
    /// <param name="sink">Takes it.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <param name="cancel">Ends the reading between two operations.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public static bool Read(string path, int ranks, ITraceSink sink, DiagnosticBag diagnostics, CancellationToken cancel = default)
    {
        try
        {
            ReadAny(path, ranks, sink, diagnostics, cancel);
        }
        catch (TraceStop)
        {
            // What is wrong has been said.
        }

        return !diagnostics.HasErrors;
    }

    /// <summary>The format of what a path leads to.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TraceFormat FormatOf(string path) =>
        File.Exists(path) ? TraceFormats.Of(path)
        : RankFiles(path) is { Count: > 0 } ? TraceFormat.Chakra
        : TraceFormat.Unknown;

    private static void ReadAny(string path, int ranks, ITraceSink sink, DiagnosticBag diagnostics, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            SortedDictionary<int, string> files = RankFiles(path);
            if (files.Count == 0)
            {
                diagnostics.Error(
                    TraceProblems.Missing,
                    Directory.Exists(path)
                        ? "the folder has no files NAME.RANK.et; name the folder of a Chakra trace, or a file of another format"
                        : "there is no such file, and no files of that name with .RANK.et behind it",
                    mark: new(path, 1, 1)
                );
                return;
            }

            ReadChakra(path, files, sink, diagnostics, cancel);
            return;
        }

        TraceFormat format = TraceFormats.Of(path);
        switch (format)
        {
            case TraceFormat.Chakra:
                ReadChakra(path, Siblings(path), sink, diagnostics, cancel);
                break;
            case TraceFormat.Goal:
                using (ByteSource source = ByteSource.Open(path))
                {
                    new GoalTextReader(source, new(path, false, diagnostics), sink, cancel).Read();
                }

                break;
            case TraceFormat.GoalBinary:
                using (ByteSource source = ByteSource.Open(path))
                {
                    new GoalBinaryReader(source, new(path, true, diagnostics), sink, cancel).Read();
                }

                break;
            case TraceFormat.SimaiWorkload:
                using (ByteSource source = ByteSource.Open(path))
                {
                    new SimaiWorkloadReader(source, new(path, false, diagnostics), ranks).ReadTo(sink, cancel);
                }

                break;
            default:
                diagnostics.Error(
                    TraceProblems.WrongFormat,
                    $"this is {TraceFormats.InWords(format)}, not a trace; traces are Chakra (NAME.RANK.et), GOAL as text or binary, "
                        + "and SimAI or ASTRA-sim workloads",
                    mark: new(path, 1, 1)
                );
                break;
        }
    }

    private static void ReadChakra(
        string path,
        SortedDictionary<int, string> files,
        ITraceSink sink,
        DiagnosticBag diagnostics,
        CancellationToken cancel
    )
    {
        int count = files.Keys.Last() + 1;
        if (count != files.Count)
        {
            int missing = Enumerable.Range(0, count).First(r => !files.ContainsKey(r));
            diagnostics.Error(
                TraceProblems.MissingRank,
                $"rank {missing} is missing: there are files for {files.Count} ranks up to rank {count - 1}; add the file of "
                    + $"rank {missing}",
                mark: new(path, 1, 1)
            );
            return;
        }

        sink.Begin(count, gatherCountsShards: true);
        foreach ((int rank, string file) in files)
        {
            using ByteSource source = ByteSource.Open(file);
            sink.BeginRank(rank, file, isBinary: true);
            new ChakraReader(source, new(file, true, diagnostics), sink, cancel).Read();
            sink.EndRank();
        }
    }

    // A file named NAME.RANK.et stands for all of NAME; any other is rank 0 and alone.
    private static SortedDictionary<int, string> Siblings(string file)
    {
        Match match = RankFile().Match(Path.GetFileName(file));
        return match.Success
            ? FilesOf(
                Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".",
                match.Groups[1].Value,
                Path.GetDirectoryName(file) ?? ""
            )
            : new() { [0] = file };
    }

    /// <summary>The files of a folder or of a prefix, by rank; empty when there are none.</summary>
    private static SortedDictionary<int, string> RankFiles(string path)
    {
        if (Directory.Exists(path))
        {
            string[] names =
            [
                .. Directory
                    .EnumerateFiles(path)
                    .Select(f => RankFile().Match(Path.GetFileName(f)))
                    .Where(m => m.Success)
                    .Select(m => m.Groups[1].Value)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
            return names.Length == 0 ? [] : FilesOf(path, names[0], path);
        }

        string folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        return Directory.Exists(folder) ? FilesOf(folder, Path.GetFileName(path), Path.GetDirectoryName(path) ?? "") : [];
    }

    private static SortedDictionary<int, string> FilesOf(string folder, string name, string shown)
    {
        SortedDictionary<int, string> files = [];
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            Match match = RankFile().Match(Path.GetFileName(file));
            if (
                match.Success
                && match.Groups[1].Value == name
                && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int rank)
                && rank < TraceFile.MostRanks
            )
            {
                files[rank] = Path.Combine(shown, Path.GetFileName(file));
            }
        }

        return files;
    }

    [GeneratedRegex(@"^(.*)\.([0-9]{1,8})\.et(?:\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex RankFile();
}
