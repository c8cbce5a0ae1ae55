using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Lightloom.Studio.Tests.Runs;

/// <summary>Runs go on by themselves, say how far they are, can be stopped, and are there after whatever happened to the server.</summary>
public sealed class RunsTest
{
    [Fact]
    public async Task A_simulation_gives_the_result_of_the_command_and_its_files()
    {
        await using Server server = await Server.StartAsync("lab-8");
        JsonElement run = await StartAsync(
            server,
            new
            {
                workload = "permutation",
                size = "256KiB",
                seed = 3,
            }
        );
        JsonElement done = await EndAsync(server, run);
        done.GetProperty("status").GetString().ShouldBe("done", done.ToString());
        HashOf(done.GetProperty("result"))
            .ShouldBe(await HashOfCommandAsync(server, "--workload=permutation", "--size=256KiB", "--seed=3"));
        JsonElement files = await server.GetAsync($"/api/runs/{Id(run)}/files");
        string[] names = [.. files.GetProperty("rows").EnumerateArray().Select(f => f.GetProperty("name").GetString()!)];
        names.ShouldContain("flows.csv");
        using HttpResponseMessage flows = await server.RawAsync(HttpMethod.Get, $"/api/runs/{Id(run)}/files/flows.csv", null);
        (await flows.Content.ReadAsStringAsync()).ShouldContain(",");
    }

    [Fact]
    public async Task The_heat_of_a_simulation_is_of_every_link_that_carried_anything_on_every_plane()
    {
        // Each cable of a NIC parts into legs to both planes.
        await using Server server = await Server.StartAsync("blackwell-1k");
        JsonElement run = await StartAsync(
            server,
            new
            {
                workload = "permutation",
                size = "256KiB",
                xpus = 64,
            }
        );
        JsonElement done = await EndAsync(server, run);
        done.GetProperty("status").GetString().ShouldBe("done", done.ToString());
        using HttpResponseMessage file = await server.RawAsync(HttpMethod.Get, $"/api/runs/{Id(run)}/files/link-totals.csv", null);
        string[][] rows = [.. (await file.Content.ReadAsStringAsync()).Trim().Split('\n').Skip(1).Select(l => l.Split(','))];
        JsonElement heat = await server.GetAsync($"/api/runs/{Id(run)}/heat");
        heat.GetProperty("unknown").GetInt32().ShouldBe(0);
        heat.GetProperty("links").GetInt32().ShouldBe(rows.Select(r => r[0].Split('-')[0]).Distinct().Count());
        JsonElement[] edges = [.. heat.GetProperty("edges").EnumerateArray()];
        edges.Sum(e => e.GetProperty("links").GetInt32()).ShouldBe(heat.GetProperty("links").GetInt32());
        // What a host sends is divided over the two planes alike.
        string? pool = (await server.GetAsync("/api/fabric/backend"))
            .GetProperty("nodes")
            .EnumerateArray()
            .First(n => n.GetProperty("kind").GetString() == "node")
            .GetProperty("id")
            .GetString();
        JsonElement[] hosts = [.. edges.Where(e => e.GetProperty("from").GetString() == pool)];
        hosts.Length.ShouldBe(2);
        hosts[0].GetProperty("links").GetInt32().ShouldBe(hosts[1].GetProperty("links").GetInt32());
        // The busiest link of the run's own summary is the busiest of all edges, and of all racks.
        double busiest = done.GetProperty("result").GetProperty("links").GetProperty("utilisation").GetProperty("max").GetDouble();
        edges.Max(e => e.GetProperty("max").GetDouble()).ShouldBe(busiest, 1e-5);
        heat.GetProperty("racks").EnumerateArray().Max(r => r.GetProperty("max").GetDouble()).ShouldBe(busiest, 1e-5);
    }

    [Fact]
    public async Task What_a_run_says_is_heard_live_and_again_after_a_reload()
    {
        await using Server server = await Server.StartAsync("lab-8");
        JsonElement run = await StartAsync(server, new { workload = "all-to-all", size = "4MiB" });
        string first = await ListenAsync(server, run);
        first.ShouldContain("event: progress");
        first.ShouldContain("event: done");
        first.ShouldContain("\"status\":\"done\"");
        string again = await ListenAsync(server, run);
        again.Split("event: progress").Length.ShouldBe(first.Split("event: progress").Length);
    }

    [Fact]
    public async Task A_run_that_is_stopped_ends_soon_and_is_kept_as_stopped()
    {
        await using Server server = await Server.StartAsync("hopper-1k");
        JsonElement run = await StartAsync(server, new { workload = "all-to-all", size = "64MiB" });
        await UntilAsync(server, run, s => s == "running");
        long started = Stopwatch.GetTimestamp();
        using HttpResponseMessage stopped = await server.RawAsync(HttpMethod.Delete, $"/api/runs/{Id(run)}", null);
        stopped.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        JsonElement ended = await EndAsync(server, run);
        ended.GetProperty("status").GetString().ShouldBe("cancelled");
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
        using HttpResponseMessage forgotten = await server.RawAsync(HttpMethod.Delete, $"/api/runs/{Id(run)}", null);
        forgotten.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.GetAsync("/api/runs")).GetProperty("rows").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_stops_amid_a_run_begins_it_again_and_loses_nothing_that_was_done()
    {
        using Scratch scratch = new();
        JsonElement finished;
        JsonElement cut;
        await using (Server first = await Server.StartAsync("lab-8", folder: scratch.Path))
        {
            finished = await EndAsync(first, await StartAsync(first, new { workload = "permutation", size = "64KiB" }));
            cut = await StartAsync(first, new { workload = "all-to-all", size = "256MiB" });
            await UntilAsync(first, cut, s => s == "running");
        }

        await using Server second = await Server.StartAsync(folder: scratch.Path);
        JsonElement kept = await second.GetAsync($"/api/runs/{Id(finished)}");
        HashOf(kept.GetProperty("result")).ShouldBe(HashOf(finished.GetProperty("result")));
        JsonElement again = await EndAsync(second, cut);
        again.GetProperty("status").GetString().ShouldBe("done", again.ToString());
        again.GetProperty("attempts").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("output", "/tmp/x")]
    [InlineData("topo", "/etc/passwd")]
    [InlineData("flows-out", "x.csv")]
    [InlineData("catalog", "/etc")]
    public async Task Options_that_read_or_write_files_of_the_server_are_refused(string option, string value)
    {
        await using Server server = await Server.StartAsync("lab-8");
        using HttpResponseMessage answer = await server.RawAsync(
            HttpMethod.Post,
            "/api/runs",
            new { kind = "simulate", options = new Dictionary<string, string> { [option] = value } }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_option_that_the_command_does_not_take_fails_with_the_commands_own_words()
    {
        await using Server server = await Server.StartAsync("lab-8");
        JsonElement ended = await EndAsync(server, await StartAsync(server, new { workload = "no-such" }));
        ended.GetProperty("status").GetString().ShouldBe("failed");
        ended.GetProperty("error").GetString()!.ShouldContain("permutation");
    }

    [Fact]
    public async Task A_design_of_an_exploration_is_adopted_and_designed()
    {
        await using Server server = await Server.StartAsync("lab-8");
        JsonElement run = await EndAsync(server, await server.PostAsync("/api/runs", new { kind = "explore" }));
        run.GetProperty("status").GetString().ShouldBe("done", run.ToString());
        JsonElement state = await server.PostAsync(
            "/api/explore/adopt?wait_s=120",
            new
            {
                run = Id(run),
                n = 1,
                revision = 1,
            }
        );
        state.GetProperty("phase").GetString().ShouldBe("ready");
        state.GetProperty("revision").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Figures_of_two_runs_stand_side_by_side()
    {
        await using Server server = await Server.StartAsync("lab-8");
        JsonElement a = await EndAsync(server, await StartAsync(server, new { workload = "permutation", size = "64KiB" }));
        JsonElement b = await EndAsync(server, await StartAsync(server, new { workload = "permutation", size = "128KiB" }));
        JsonElement diff = await server.GetAsync($"/api/runs/compare?a={Id(a)}&b={Id(b)}");
        diff.GetProperty("figures").GetArrayLength().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Options_of_a_command_are_those_of_its_help()
    {
        await using Server server = await Server.StartAsync("lab-8");
        JsonElement options = await server.GetAsync("/api/runs/options/simulate");
        string[] names = [.. options.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("name").GetString()!)];
        names.ShouldContain("workload");
        names.ShouldContain("transport");
        names.ShouldNotContain("output");
    }

    private static string Id(JsonElement run) => run.GetProperty("id").GetString()!;

    private static Task<JsonElement> StartAsync(Server server, object options) =>
        server.PostAsync("/api/runs", new { kind = "simulate", options });

    private static async Task<JsonElement> EndAsync(Server server, JsonElement run)
    {
        await UntilAsync(server, run, s => s is not ("queued" or "running"));
        return await server.GetAsync($"/api/runs/{Id(run)}");
    }

    private static async Task UntilAsync(Server server, JsonElement run, Func<string, bool> reached)
    {
        for (int i = 0; i < 3000; i++)
        {
            JsonElement now = await server.GetAsync($"/api/runs/{Id(run)}");
            if (reached(now.GetProperty("status").GetString()!))
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("the run does not get there");
    }

    private static async Task<string> ListenAsync(Server server, JsonElement run)
    {
        using HttpResponseMessage answer = await server.RawAsync(HttpMethod.Get, $"/api/runs/{Id(run)}/events", null);
        return await answer.Content.ReadAsStringAsync();
    }

    private static string HashOf(JsonElement result) => result.GetProperty("result_hash").GetString()!;

    private static async Task<string> HashOfCommandAsync(Server server, params string[] options)
    {
        ProcessStartInfo start = new(Server.Program[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [.. Server.Program.Skip(1), "simulate", Path.Combine(server.Folder, "cluster.yaml"), .. options, "--json"];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return HashOf(JsonDocument.Parse(output).RootElement);
    }
}
