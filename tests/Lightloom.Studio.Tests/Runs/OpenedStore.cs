using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lightloom.Studio.Runs;

namespace Lightloom.Studio.Tests.Runs;

/// <summary>A store over a database that goes when the test does: a file of SQLite, or a PostgreSQL server started for it.</summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    private const string Missing = "PostgreSQL is not installed here, so that its store is not tested; apt-get install postgresql does it";
    private readonly Scratch _scratch = new();
    private Process? _server;

    public IRunStore Store { get; private set; } = null!;

    // Debian's packages keep the programs out of PATH.
    private static string? Programs { get; } =
        new[] { "/usr/lib/postgresql" }
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(d => Path.Combine(d, "bin"))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")));

    public static async Task<OpenedStore> AsyncOf(string kind)
    {
        Skip.If(kind == "postgres" && Programs is null, Missing);
        OpenedStore opened = new();
        opened.Store = kind == "sqlite" ? RunStore.Sqlite(opened._scratch["runs.db"]) : opened.Postgres();
        // A server takes a moment to listen.
        for (int i = 0; ; i++)
        {
            try
            {
                await opened.Store.PrepareAsync(default);
                return opened;
            }
            catch (System.Data.Common.DbException) when (i < 300)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        _scratch.Dispose();
    }

    private RunStore Postgres()
    {
        string data = _scratch["pg"];
        // PostgreSQL does not run as root.
        string[] user = Environment.UserName == "root" ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
        if (user.Length > 0)
        {
            Run("chown", "nobody", _scratch.Path);
        }

        Run([
            .. user,
            Path.Combine(Programs!, "initdb"),
            "-D",
            data,
            "-U",
            "lightloom",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
        ]);
        int port = FreePort();
        string[] command =
        [
            .. user,
            Path.Combine(Programs!, "postgres"),
            "-D",
            data,
            "-p",
            port.ToString(CultureInfo.InvariantCulture),
            "-k",
            "",
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off",
        ];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _server = Process.Start(start)!;
        _server.BeginErrorReadLine();
        _server.BeginOutputReadLine();
        return RunStore.Postgres(string.Create(CultureInfo.InvariantCulture, $"postgres://lightloom@127.0.0.1:{port}/postgres"));
    }

    private static void Run(params string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{string.Join(' ', command)}: {errors}{output.Result}");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
