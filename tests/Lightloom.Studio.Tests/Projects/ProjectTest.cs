using System.Net;
using System.Text.Json;

namespace Lightloom.Studio.Tests.Projects;

/// <summary>A project is saved as plain files, goes back and forth through its versions, and lets nobody overwrite what they have not seen.</summary>
public sealed class ProjectTest
{
    [Fact]
    public async Task A_template_is_designed_and_its_figures_are_those_of_the_command_line()
    {
        await using Server server = await Server.StartAsync("lab-8");
        JsonElement figures = (await server.GetAsync("/api/state")).GetProperty("figures");
        JsonElement design = await server.GetAsync("/api/design/json");
        figures.GetProperty("xpus").GetInt64().ShouldBe(design.GetProperty("xpus").GetInt64());
        figures.GetProperty("longest_cable_m").GetDouble().ShouldBe(design.GetProperty("trays").GetProperty("longest_cable_m").GetDouble());
        File.Exists(Path.Combine(server.Folder, "cluster.yaml")).ShouldBeTrue();
        File.ReadAllText(Path.Combine(server.Folder, ".lightloom", ".gitignore")).ShouldContain("*.db");
    }

    [Fact]
    public async Task A_key_is_set_in_place_undone_and_redone()
    {
        await using Server server = await Server.StartAsync("lab-8");
        string before = await TextAsync(server);
        JsonElement set = await server.SendAsync(
            HttpMethod.Patch,
            "/api/project/spec?wait_s=120",
            new
            {
                path = "pools[0].nodes",
                value = 6,
                revision = 1,
            }
        );
        set.GetProperty("phase").GetString().ShouldBe("ready");
        string after = await TextAsync(server);
        // One number, and nothing else: comments and spaces stay.
        string[] x = before.Split('\n'),
            y = after.Split('\n');
        x.Length.ShouldBe(y.Length);
        x.Zip(y).Count(p => p.First != p.Second).ShouldBe(1);
        JsonElement undone = await server.PostAsync("/api/undo?wait_s=120", new { revision = set.GetProperty("revision").GetInt64() });
        (await TextAsync(server)).ShouldBe(before);
        undone.GetProperty("can_redo").GetBoolean().ShouldBeTrue();
        await server.PostAsync("/api/redo?wait_s=120", new { revision = undone.GetProperty("revision").GetInt64() });
        (await TextAsync(server)).ShouldBe(after);
        JsonElement diff = await server.GetAsync("/api/history/diff?a=1&b=2");
        diff.GetProperty("lines").EnumerateArray().Count(l => l.GetProperty("op").GetString() != " ").ShouldBe(2);
        diff.GetProperty("bill").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Who_has_not_seen_the_last_save_overwrites_nothing()
    {
        await using Server server = await Server.StartAsync("lab-8");
        string text = await TextAsync(server);
        await server.SendAsync(HttpMethod.Put, "/api/project/spec?wait_s=0", new { text = text + "# mine\n", revision = 1 });
        using HttpResponseMessage late = await server.RawAsync(
            HttpMethod.Put,
            "/api/project/spec",
            new { text = text + "# late\n", revision = 1 }
        );
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await TextAsync(server)).ShouldEndWith("# mine\n");
    }

    [Fact]
    public async Task What_is_changed_outside_is_taken_up_and_can_be_undone()
    {
        await using Server server = await Server.StartAsync("lab-8");
        string before = await TextAsync(server);
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "cluster.yaml"), before + "# by git\n");
        (await TextAsync(server)).ShouldEndWith("# by git\n");
        await server.PostAsync("/api/undo?wait_s=120", new { revision = await server.RevisionAsync() });
        (await TextAsync(server)).ShouldBe(before);
    }

    [Fact]
    public async Task A_server_that_starts_again_has_every_version_and_goes_on_with_the_last()
    {
        using Scratch scratch = new();
        await using (Server first = await Server.StartAsync("lab-8", folder: scratch.Path))
        {
            await first.SendAsync(
                HttpMethod.Patch,
                "/api/project/spec?wait_s=120",
                new
                {
                    path = "name",
                    value = "renamed",
                    revision = 1,
                }
            );
        }

        await using Server second = await Server.StartAsync(folder: scratch.Path);
        (await TextAsync(second)).ShouldContain("renamed");
        (await second.GetAsync("/api/history")).GetProperty("versions").GetArrayLength().ShouldBe(2);
        await second.PostAsync("/api/undo?wait_s=120", new { revision = await second.RevisionAsync() });
        (await TextAsync(second)).ShouldNotContain("renamed");
    }

    [Fact]
    public async Task A_text_with_mistakes_is_kept_and_says_where_they_are()
    {
        await using Server server = await Server.StartAsync("lab-8");
        JsonElement state = await server.SendAsync(
            HttpMethod.Put,
            "/api/project/spec?wait_s=120",
            new { text = "lightloom: 1\nname: x\npools:\n  - name: a\n    nodes: -3\n", revision = 1 }
        );
        state.GetProperty("phase").GetString().ShouldBe("failed");
        state.GetProperty("diagnostics").EnumerateArray().ShouldContain(d => d.GetProperty("severity").GetString() == "error");
        state
            .GetProperty("diagnostics")
            .EnumerateArray()
            .Any(d => d.TryGetProperty("line", out JsonElement line) && line.GetInt32() == 5)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task A_small_file_that_stands_for_a_huge_one_is_refused()
    {
        await using Server server = await Server.StartAsync();
        string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 12; i++)
        {
            bomb += $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n";
        }

        JsonElement check = await server.PostAsync("/api/check", new { text = bomb });
        check.GetProperty("diagnostics").EnumerateArray().ShouldContain(d => d.GetProperty("severity").GetString() == "error");
        check.GetProperty("ms").GetDouble().ShouldBeLessThan(10_000);
    }

    [Fact]
    public async Task A_design_that_needs_more_memory_than_there_is_is_refused_with_the_estimate()
    {
        await using Server server = await Server.StartAsync(with: o => o with { MemoryLimit = 64 << 20 });
        JsonElement state = await server.PostAsync("/api/project/new?wait_s=120", new { template = "blackwell-1k", revision = 0 });
        state.GetProperty("phase").GetString().ShouldBe("failed");
        JsonElement refusal = state.GetProperty("diagnostics").EnumerateArray().First();
        refusal.GetProperty("id").GetString().ShouldBe("LL9904");
        refusal.GetProperty("message").GetString()!.ShouldContain("GB");
        state.GetProperty("estimate_bytes").GetInt64().ShouldBeGreaterThan(64 << 20);
    }

    [Fact]
    public async Task A_hostile_name_neither_breaks_the_answer_nor_leaves_the_folder()
    {
        await using Server server = await Server.StartAsync("lab-8");
        await server.SendAsync(
            HttpMethod.Patch,
            "/api/project/spec?wait_s=120",
            new
            {
                path = "name",
                value = "<script>alert(1)</script>\u202e",
                revision = 1,
            }
        );
        // A text that is no name is refused by the reader; whatever is answered is JSON, never a page.
        using HttpResponseMessage answer = await server.RawAsync(HttpMethod.Get, "/api/state", null);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        foreach (string path in new[] { "/api/files/..%2f..%2fetc%2fpasswd", "/api/runs/..%2f..%2f/files/x", "/api/templates/..%2fx" })
        {
            using HttpResponseMessage escape = await server.RawAsync(HttpMethod.Get, path, null);
            ((int)escape.StatusCode).ShouldBeInRange(400, 499, path);
        }
    }

    private static async Task<string> TextAsync(Server server) =>
        (await server.GetAsync("/api/project/spec")).GetProperty("text").GetString()!;
}
