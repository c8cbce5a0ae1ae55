using System.Diagnostics;

namespace Lightloom.Cli.Tests;

/// <summary>Runs the command line as a process of its own, as a user does.</summary>
internal static class Cli
{
    /// <summary>Exit code, standard output and standard error of one run.</summary>
    public sealed record Run(int Code, string Out, string Error);

    /// <summary>A build to run instead of the one beside the tests: <c>./test</c> asks the same of the native binary.</summary>
    private static string? Binary { get; } = Environment.GetEnvironmentVariable("LIGHTLOOM_BINARY");

    public static string Root { get; } = FindRoot();

    public static Run Execute(params string[] args) => ExecuteIn(Path.GetTempPath(), args);

    public static Run ExecuteIn(string directory, params string[] args)
    {
        using Process process = Start(directory, args);
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new(process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(string directory, params string[] args) => Start(null, directory, args);

    /// <summary>As <see cref="Start(string, string[])"/>, and Ctrl-C reaches it.</summary>
    /// <remarks>A shell starts what it runs in the background with SIGINT ignored, and whatever that starts inherits it.</remarks>
    public static Process StartInterruptible(string directory, params string[] args) =>
        Start(CanReset.Value ? "env" : null, directory, args);

    private static Lazy<bool> CanReset { get; } =
        new(() =>
        {
            using Process? tried = OperatingSystem.IsWindows() ? null : Process.Start("env", ["--default-signal=INT", "true"]);
            tried?.WaitForExit();
            return tried?.ExitCode == 0;
        });

    private static Process Start(string? through, string directory, string[] args)
    {
        string program = Binary is { Length: > 0 } ? Binary : "dotnet";
        ProcessStartInfo start = new(through ?? program)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (through is not null)
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add(program);
        }

        if (Binary is not { Length: > 0 })
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "lightloom-cli.dll"));
        }

        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Lightloom.slnx")))
        {
            at = at.Parent;
        }

        return at!.FullName;
    }
}
