using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Lightloom.Studio.Tests.Runs;

/// <summary>A server that is killed amid a run takes the run's process with it, and the next one begins the run again.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KilledServerTest
{
    [Fact]
    public async Task A_killed_server_leaves_no_process_behind_and_the_next_one_goes_on()
    {
        using Scratch scratch = new();
        string run;
        int child;
        using (Process killed = Start(scratch.Path, out HttpClient client))
        {
            using (client)
            {
                await Send(client, "/api/project/new?wait_s=120", new { template = "hopper-1k", revision = 0 });
                JsonElement asked = await Send(
                    client,
                    "/api/runs",
                    new
                    {
                        kind = "simulate",
                        options = new
                        {
                            workload = "permutation",
                            size = "256KiB",
                            xpus = 64,
                        },
                    }
                );
                run = asked.GetProperty("id").GetString()!;
                child = await ChildOf(killed.Id);
            }

            killed.Kill();
            await killed.WaitForExitAsync();
        }

        for (int i = 0; Directory.Exists($"/proc/{child}") && !IsDead(child); i++)
        {
            i.ShouldBeLessThan(300, "the run's process lives on");
            await Task.Delay(100);
        }

        await using Server second = await Server.StartAsync(folder: scratch.Path);
        JsonElement now = default;
        for (int i = 0; i < 3000; i++)
        {
            now = await second.GetAsync($"/api/runs/{run}");
            if (now.GetProperty("status").GetString() is not ("queued" or "running"))
            {
                break;
            }

            await Task.Delay(100);
        }

        now.GetProperty("status").GetString().ShouldBe("done", now.ToString());
    }

    private static bool IsDead(int process) => File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static async Task<JsonElement> Send(HttpClient client, string path, object body)
    {
        using HttpResponseMessage answer = await client.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static Process Start(string folder, out HttpClient client)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { typeof(StudioHost).Assembly.Location, folder, "--port", "0", "--no-open" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LIGHTLOOM_STUDIO_PROGRAM"] = string.Join('\n', Server.Program);
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        string origin = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the server says no address");
        client = new() { BaseAddress = new(origin), Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Add("X-Lightloom", "1");
        return process;
    }

    private static async Task<int> ChildOf(int parent)
    {
        for (int i = 0; i < 600; i++)
        {
            foreach (string folder in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
            {
                try
                {
                    string stat = File.ReadAllText(Path.Combine(folder, "stat"));
                    string[] behind = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    if (int.Parse(behind[1], System.Globalization.CultureInfo.InvariantCulture) == parent)
                    {
                        return int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture);
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // It has ended meanwhile.
                }
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("the run does not begin");
    }
}
