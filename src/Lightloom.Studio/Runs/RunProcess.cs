using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Lightloom.Studio.Runs;

/// <summary>
/// A command that runs in a process of its own: it takes no memory of the server's, gives way to it on every core, ends with it however that
/// ends, and can be stopped at any time.
/// </summary>
internal sealed partial class RunProcess
{
    /// <summary>Tells the command to say how far it is on standard error, and to end when its standard input does.</summary>
    public const string ProgressVariable = "LIGHTLOOM_PROGRESS";

    /// <summary>What a line of progress begins with, which no other line does.</summary>
    public const char ProgressMark = '\u001e';

    private const int MostOutput = 256 << 20;
    private const int MostErrors = 1 << 20;
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string? Nice = new[] { "/usr/bin/nice", "/bin/nice" }.FirstOrDefault(File.Exists);

    /// <summary>Runs a command.</summary>
    /// <param name="program">The program, and what goes before its arguments.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="threads">Processors that it may use at most.</param>
    /// <param name="progress">Told each line of progress, a JSON object.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<RunOutput> RunAsync(
        IReadOnlyList<string> program,
        IReadOnlyList<string> arguments,
        string folder,
        int threads,
        Action<string> progress,
        CancellationToken cancel
    )
    {
        ProcessStartInfo start = new()
        {
            FileName = Nice ?? program[0],
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string argument in Nice is null ? program.Skip(1) : ["-n", "10", .. program])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[ProgressVariable] = "1";
        start.Environment["DOTNET_PROCESSOR_COUNT"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // Secrets of the server are none of a run's business.
        start.Environment.Remove("LIGHTLOOM_STUDIO_TOKEN");
        start.Environment.Remove("LIGHTLOOM_STUDIO_DATABASE");
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program[0]} does not start");
        if (Nice is null)
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }

        await using CancellationTokenRegistration stop = cancel.Register(() => Stop(process));
        Task<string> output = ReadAsync(process.StandardOutput);
        string errors = await ReadErrorsAsync(process.StandardError, progress);
        string text = await output;
        await process.WaitForExitAsync(CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        return new(process.ExitCode, text, errors);
    }

    private static void Stop(Process process)
    {
        try
        {
            if (OperatingSystem.IsWindows() || Kill(process.Id, Terminate) != 0)
            {
                process.Kill(entireProcessTree: true);
                return;
            }

            // It leaves nothing half-written behind if it is given the time.
            _ = Task.Delay(Patience)
                .ContinueWith(
                    _ =>
                    {
                        try
                        {
                            process.Kill(entireProcessTree: true);
                        }
                        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
                        {
                            // It has ended by itself.
                        }
                    },
                    CancellationToken.None,
                    TaskContinuationOptions.None,
                    TaskScheduler.Default
                );
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader)
    {
        StringBuilder text = new();
        char[] buffer = new char[1 << 14];
        for (int read; (read = await reader.ReadAsync(buffer)) > 0; )
        {
            if (text.Length < MostOutput)
            {
                text.Append(buffer, 0, read);
            }
        }

        return text.ToString();
    }

    private static async Task<string> ReadErrorsAsync(StreamReader reader, Action<string> progress)
    {
        StringBuilder text = new();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length > 0 && line[0] == ProgressMark)
            {
                progress(line[1..]);
            }
            else if (text.Length < MostErrors)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

/// <summary>What a command left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error without its progress.</param>
internal readonly record struct RunOutput(int ExitCode, string Output, string Errors);
