using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lightloom.Studies.Points;
using Lightloom.Studies.Results;

namespace Lightloom.Studies.Runs;

/// <summary>
/// Runs a point as a process of its own, in a scratch folder that holds its cluster files under their own names: whatever the point does
/// to its memory ends with it, and what it says is the same wherever it runs.
/// </summary>
/// <param name="program">How the program is started.</param>
/// <param name="folder">Where results go.</param>
/// <param name="version">The program's version.</param>
/// <param name="bounds">What a point may take.</param>
public sealed class PointRunner(ProgramCall program, StudyFolder folder, string version, PointBounds bounds)
{
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs a point and writes its result, or its failure where it ended without an answer.</summary>
    /// <exception cref="IOException">The result cannot be written: the disk is full. The point counts as not run.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the point counts as not run.</exception>
    public PointResult Run(PointInputs inputs, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        string scratch = Directory.CreateTempSubdirectory("lightloom-point-").FullName;
        PointResult result;
        long peak;
        try
        {
            foreach (Files.ClusterText file in inputs.Files)
            {
                File.WriteAllText(Path.Combine(scratch, file.Name), file.Text);
            }

            (result, peak) = RunIn(scratch, inputs, cancellation);
        }
        finally
        {
            Remove(scratch);
        }

        byte[] json = result.ToJson(inputs, version);
        if (result.Status == PointStatus.Broken)
        {
            StudyFolder.WriteWhole(folder.FailureOf(inputs.Hash), json);
        }
        else
        {
            StudyFolder.WriteWhole(folder.ResultOf(inputs.Hash), json);
            StudyFolder.TryDelete(folder.FailureOf(inputs.Hash));
            folder.NoteTime(inputs.Hash, Stopwatch.GetElapsedTime(started).TotalSeconds, peak);
        }

        return result;
    }

    private (PointResult Result, long PeakBytes) RunIn(string scratch, PointInputs inputs, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(program.Executable)
        {
            WorkingDirectory = scratch,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string argument in program.First.Concat(inputs.Run))
        {
            start.ArgumentList.Add(argument);
        }

        // One core a worker: results do not depend on it. The collector's limit makes the program refuse in words what it sees coming.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        start.Environment["DOTNET_GCHeapHardLimit"] = bounds.MemoryBytes.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using MemoryStream printed = new();
        Task output = process.StandardOutput.BaseStream.CopyToAsync(printed, CancellationToken.None);
        Task<string> said = process.StandardError.ReadToEndAsync(CancellationToken.None);
        long started = Stopwatch.GetTimestamp(),
            peak = 0;
        string? ended = null;
        try
        {
            while (!process.WaitForExit(Watch))
            {
                cancellation.ThrowIfCancellationRequested();
                process.Refresh();
                peak = Math.Max(peak, WorkingSet(process));
                ended =
                    peak > bounds.MemoryBytes ? Say($"took {Gib(peak)} GiB of memory; it may take {Gib(bounds.MemoryBytes)} (memory_gb)")
                    : bounds.Time is { } most && Stopwatch.GetElapsedTime(started) > most
                        ? Say($"took longer than {most.TotalMinutes:0.###} minutes (minutes)")
                    : null;
                if (ended is not null)
                {
                    break;
                }
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }

        output.GetAwaiter().GetResult();
        string[] lines = said.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        cancellation.ThrowIfCancellationRequested();
        return (ResultOf(inputs.Hash, process.ExitCode, ended, lines, printed.ToArray()), peak);
    }

    private static PointResult ResultOf(string hash, int code, string? ended, string[] lines, byte[] printed)
    {
        ReadOnlyMemory<byte>? document = PointResult.DocumentOf(printed);
        // Exit code 3 also means that a run does not fit this machine's memory, which says nothing of the point: that has no diagnostic.
        bool infeasible = lines.Any(l => l.Contains("error LL", StringComparison.Ordinal));
        PointStatus status =
            ended is not null ? PointStatus.Broken
            : code == 0 && document is not null ? PointStatus.Done
            : code == 3 && (infeasible || document is not null) ? PointStatus.Infeasible
            : code is 1 or 2 && !lines.Any(IsOfTheMachine) ? PointStatus.Refused
            : PointStatus.Broken;
        IReadOnlyList<string> diagnostics = status switch
        {
            PointStatus.Broken when ended is not null => ["the point " + ended, .. lines],
            PointStatus.Broken when lines.Length == 0 => [Say($"the point ended with {Ending(code)} and said nothing")],
            // What it said last before it broke matters; a trace of calls does not fit a table.
            PointStatus.Broken => [.. lines.Take(20)],
            _ => lines,
        };
        return new(hash, status, ended is null ? code : 137, diagnostics, status == PointStatus.Broken ? null : document);
    }

    // A full disk or a file that vanished while the point ran.
    private static bool IsOfTheMachine(string line) =>
        line.Contains("No space left", StringComparison.Ordinal) || line.Contains("Input/output error", StringComparison.Ordinal);

    private static string Ending(int code) => code > 128 ? Say($"signal {code - 128}") : Say($"exit code {code}");

    private static long WorkingSet(Process process)
    {
        try
        {
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }

    private static void Remove(string scratch)
    {
        try
        {
            Directory.Delete(scratch, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left in the machine's folder of temporary files is the machine's business.
        }
    }

    private static string Gib(long bytes) => (bytes / (double)(1L << 30)).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
