using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Lightloom.Cli;

/// <summary>
/// Starts the Studio. One native binary has it inside; else it is a program of its own in the folder <c>studio</c>, as only it needs the
/// ASP.NET Core runtime: everything else starts, and as quickly, on a machine that has none.
/// </summary>
internal static partial class StudioStart
{
    private const string TokenVariable = "LIGHTLOOM_STUDIO_TOKEN";
    private const string DatabaseVariable = "LIGHTLOOM_STUDIO_DATABASE";
    private const string ProgramVariable = "LIGHTLOOM_STUDIO_PROGRAM";

    /// <summary>Runs until the Studio is stopped.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(StudioRequest request)
    {
        if (!System.Net.IPAddress.TryParse(request.Bind, out System.Net.IPAddress? ip))
        {
            ip = System.Net.IPAddress.Loopback;
        }

        if (!System.Net.IPAddress.IsLoopback(ip) && request.Token is null)
        {
            return CommandLine.Misused(
                $"--bind {request.Bind} lets others in, so a token is needed: add --token TOKEN, such as that of: openssl rand -hex 16"
            );
        }

#if STUDIO
        return Studio
            .StudioHost.RunAsync(
                new()
                {
                    Folder = request.Folder,
                    Port = request.Port,
                    Bind = request.Bind,
                    Token = request.Token,
                    Database = request.Database,
                    Open = request.Open,
                    Program = [.. ThisProgram()],
                }
            )
            .GetAwaiter()
            .GetResult();
#else
        return Find() is not { } studio
                ? Missing("the Studio's program is not beside this one; start it by ./lightloom studio, which builds it")
            : !HasRuntime()
                ? Missing(
                    "the Studio needs the ASP.NET Core runtime 10, which is not installed beside the .NET runtime; get it from "
                        + "https://dotnet.microsoft.com/download/dotnet/10.0 (or: apt-get install aspnetcore-runtime-10.0). Everything else works without"
                )
            : Become(studio, Arguments(request), Environment(request));
#endif
    }

    // The command line that runs this program again, for the runs that the Studio starts.
    private static IEnumerable<string> ThisProgram()
    {
        string process = System.Environment.ProcessPath ?? "lightloom";
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, Path.Combine(AppContext.BaseDirectory, "lightloom-cli.dll")]
            : [process];
    }

#if !STUDIO
    private static int Missing(string what)
    {
        Console.Error.WriteLine("lightloom: " + what);
        return ExitCode.Infeasible;
    }

    private static string? Find() =>
        new[] { "studio", Path.Combine("..", "studio") }
            .Select(f =>
                Path.GetFullPath(
                    Path.Combine(AppContext.BaseDirectory, f, OperatingSystem.IsWindows() ? "lightloom-studio.exe" : "lightloom-studio")
                )
            )
            .FirstOrDefault(File.Exists);

    // shared/Microsoft.NETCore.App/10.0.x is where this process runs; ASP.NET Core stands beside it.
    private static bool HasRuntime()
    {
        string? shared = Path.GetDirectoryName(
            Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory()))
        );
        string folder = Path.Combine(shared ?? "", "Microsoft.AspNetCore.App");
        return Directory.Exists(folder) && Directory.EnumerateDirectories(folder, "10.*").Any();
    }

    private static string[] Arguments(StudioRequest request) =>
        [
            request.Folder,
            "--port",
            request.Port.ToString(CultureInfo.InvariantCulture),
            "--bind",
            request.Bind,
            .. request.Open ? Array.Empty<string>() : ["--no-open"],
        ];

    private static Dictionary<string, string> Environment(StudioRequest request)
    {
        Dictionary<string, string> environment = [];
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        // Neither is to be seen in the list of processes.
        environment[TokenVariable] = request.Token ?? "";
        environment[DatabaseVariable] = request.Database ?? "";
        environment[ProgramVariable] = string.Join('\n', ThisProgram());
        // The program finds the runtime that this one runs on.
        environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return environment;
    }

    // The Studio takes this process' place, so that its signals, its output and its exit code are the Studio's own.
    private static int Become(string program, string[] arguments, Dictionary<string, string> environment)
    {
        if (!OperatingSystem.IsWindows())
        {
            string?[] argv = [program, .. arguments, null];
            string?[] envp = [.. environment.Select(e => $"{e.Key}={e.Value}"), null];
            _ = Execve(program, argv, envp);
        }

        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false };
        start.Environment.Clear();
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }

        using Process child = Process.Start(start)!;
        child.WaitForExit();
        return child.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execve(string path, string?[] argv, string?[] envp);
#endif
}
