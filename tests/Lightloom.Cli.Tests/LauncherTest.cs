using System.Diagnostics;

namespace Lightloom.Cli.Tests;

/// <summary>The script that builds what is stale and runs it; with a compiler that only leaves behind what the real one leaves.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LauncherTest : IDisposable
{
    // As the SDK does: a folder beside the sources, a program where -o says, and a server that stays for the next build.
    private const string Compiler = """
        #!/usr/bin/env bash
        if [ "$1" = --list-sdks ]; then echo '10.0.100 [/usr/share/dotnet/sdk]'; exit; fi
        echo built >>"$HERE/builds"
        while [ "$1" != -o ]; do shift; done
        mkdir -p "$2" "$HERE/src/Lightloom.Cli/obj"
        printf '#!/bin/sh\necho ran "$@"\n' >"$2/lightloom"
        chmod +x "$2/lightloom"
        sleep 30 >/dev/null 2>&1 &
        echo $! >>"$HERE/servers"
        """;

    private readonly Scratch _home = new();

    public LauncherTest()
    {
        Directory.CreateDirectory(Path.Combine(_home.Path, "src", "Lightloom.Cli"));
        Directory.CreateDirectory(Path.Combine(_home.Path, "bin"));
        Directory.CreateDirectory(_home["catalog"]);
        Directory.CreateDirectory(_home["examples"]);
        _home.File("Directory.Build.props", "<Project/>");
        _home.File("Directory.Packages.props", "<Project/>");
        _home.File("src/Lightloom.Cli/Program.cs", "");
        _home.File("src/Lightloom.Cli/Other.cs", "");
        Executable("lightloom", File.ReadAllText(Path.Combine(Cli.Root, "lightloom")));
        Executable("bin/dotnet", Compiler);
    }

    public void Dispose()
    {
        if (File.Exists(_home["servers"]))
        {
            foreach (string id in File.ReadAllLines(_home["servers"]))
            {
                using Process? server = Running(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
                server?.Kill();
            }
        }

        _home.Dispose();
    }

    [Fact]
    public void BuildsOnceForSourcesThatStayAsTheyAre()
    {
        Launch("design", "a b").ShouldBe("ran design a b");
        Launch("design").ShouldBe("ran design");
        Builds.ShouldBe(1);
    }

    [Fact]
    public void BuildsAgainWhileTheCompilersServerIsStillThere()
    {
        Launch().ShouldBe("ran");
        File.SetLastWriteTimeUtc(_home["src/Lightloom.Cli/Program.cs"], DateTime.UtcNow.AddSeconds(5));
        Launch().ShouldBe("ran");
        Builds.ShouldBe(2);
    }

    [Fact]
    public void BuildsAgainWhenASourceIsGoneOrCalledOtherwise()
    {
        Launch();
        File.Move(_home["src/Lightloom.Cli/Other.cs"], _home["src/Lightloom.Cli/Another.cs"]);
        Launch();
        Builds.ShouldBe(2);
        File.Delete(_home["src/Lightloom.Cli/Another.cs"]);
        Launch();
        Builds.ShouldBe(3);
        Launch();
        Builds.ShouldBe(3);
    }

    private int Builds => File.ReadAllLines(_home["builds"]).Length;

    private string Launch(params string[] args)
    {
        ProcessStartInfo start = new(_home["lightloom"], args) { RedirectStandardOutput = true };
        start.Environment["HERE"] = _home.Path;
        start.Environment["PATH"] = _home["bin"] + ":" + Environment.GetEnvironmentVariable("PATH");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        // No limit of speed: what waits for the compiler's server waits for ever.
        bool ended = process.WaitForExit(TimeSpan.FromMinutes(5));
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        ended.ShouldBeTrue("it waits for somebody who never lets go");
        process.ExitCode.ShouldBe(0);
        return output.Result.Trim();
    }

    private void Executable(string name, string text) =>
        File.SetUnixFileMode(_home.File(name, text), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private static Process? Running(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
