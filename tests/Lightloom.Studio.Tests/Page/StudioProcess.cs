using System.Diagnostics;
using System.Globalization;

namespace Lightloom.Studio.Tests.Page;

/// <summary>A Studio as a user starts it, on a folder that is gone afterwards.</summary>
internal sealed class StudioProcess : IAsyncDisposable
{
    private readonly Process _process;

    private StudioProcess(Process process, string folder, string origin) => (_process, Folder, Origin) = (process, folder, origin);

    /// <summary>The project's folder.</summary>
    public string Folder { get; }

    /// <summary><c>http://127.0.0.1:PORT</c>, the first line that the Studio prints.</summary>
    public string Origin { get; }

    /// <summary>Starts one; the launcher builds what is stale, the page with it.</summary>
    /// <param name="example">A file of <c>examples</c> that is the project's cluster file, or null for an empty folder.</param>
    public static async Task<StudioProcess> StartAsync(string? example = null)
    {
        string folder = Directory.CreateTempSubdirectory("lightloom-studio-").FullName;
        if (example is not null)
        {
            File.Copy(Path.Combine(PageTools.Root, "examples", example), Path.Combine(folder, "cluster.yaml"));
        }

        // A build to start instead of the launcher's, for who works on the page.
        string? built = Environment.GetEnvironmentVariable("LIGHTLOOM_STUDIO_BINARY");
        ProcessStartInfo start = new(built is { Length: > 0 } ? built : Path.Combine(PageTools.Root, "lightloom"))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments = [folder, "--port", "0", "--no-open"];
        foreach (string argument in built is { Length: > 0 } ? arguments : ["studio", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        List<string> said = [];
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is { } line)
            {
                lock (said)
                {
                    said.Add(line);
                }
            }
        };
        process.BeginErrorReadLine();
        string? origin;
        using (CancellationTokenSource patience = new(TimeSpan.FromMinutes(20)))
        {
            origin = await process.StandardOutput.ReadLineAsync(patience.Token);
        }

        _ = process.StandardOutput.ReadToEndAsync();
        lock (said)
        {
            origin.ShouldNotBeNull(string.Join('\n', said)).ShouldStartWith("http://127.0.0.1:");
        }

        return new(process, folder, origin!);
    }

    /// <summary>Processor time that the Studio and what it started have used, in seconds; zero where there is no /proc to read it from.</summary>
    public double ProcessorSeconds()
    {
        if (!Directory.Exists("/proc/self"))
        {
            return 0;
        }

        Dictionary<int, (int Parent, long Ticks)> all = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id))
            {
                continue;
            }

            try
            {
                // After the name, which may hold anything, and its closing bracket: the third field is the first.
                string stat = File.ReadAllText(Path.Combine(folder, "stat"));
                string[] field = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                all[id] = (Number(field[1]), long.Parse(field[11], CultureInfo.InvariantCulture) + Number(field[12]));
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        bool Ours(int id) => id == _process.Id || (all.TryGetValue(id, out (int Parent, long) p) && p.Parent > 1 && Ours(p.Parent));
        return all.Where(p => Ours(p.Key)).Sum(p => p.Value.Ticks) / 100.0;

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
