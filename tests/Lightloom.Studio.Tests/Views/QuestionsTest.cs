using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Lightloom.Studio.Tests.Views;

/// <summary>What the page asks of a design, held against the files that <c>design -o</c> writes of it.</summary>
public sealed class QuestionsTest : IAsyncLifetime
{
    private Server _server = null!;

    public async Task InitializeAsync() => _server = await Server.StartAsync("hopper-1k");

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Every_cable_of_the_table_has_the_ends_and_the_length_of_cables_csv()
    {
        Dictionary<string, string[]> csv = [];
        foreach (string[] row in (await FileAsync("cables.csv")).Skip(1))
        {
            csv.TryAdd(row[0], row);
        }

        JsonElement page = await _server.GetAsync("/api/cables?limit=1000&sort=-length");
        page.GetProperty("total").GetInt32().ShouldBe(csv.Count);
        double last = double.MaxValue;
        foreach (JsonElement row in page.GetProperty("rows").EnumerateArray())
        {
            string[] line = csv[row.GetProperty("id").GetString()!];
            line[9].ShouldBe(row.GetProperty("a").GetString());
            line[16].ShouldBe(row.GetProperty("z").GetString());
            line[7].ShouldBe(row.GetProperty("a_rack").GetString());
            double length = row.GetProperty("length_m").GetDouble();
            length.ShouldBeLessThanOrEqualTo(last);
            last = length;
        }
    }

    [Fact]
    public async Task Filters_part_the_cables_and_lose_none()
    {
        int all = (await _server.GetAsync("/api/cables?limit=0")).GetProperty("total").GetInt32();
        int parts = 0;
        foreach (string role in new[] { "backend", "frontend", "oob" })
        {
            parts += (await _server.GetAsync($"/api/cables?limit=0&role={role}")).GetProperty("total").GetInt32();
        }

        parts.ShouldBe(all);
        int copper = (await _server.GetAsync("/api/cables?limit=0&medium=copper")).GetProperty("total").GetInt32();
        int fibre = (await _server.GetAsync("/api/cables?limit=0&medium=fibre")).GetProperty("total").GetInt32();
        (copper + fibre).ShouldBe(all);
        JsonElement summary = await _server.GetAsync("/api/cables/summary");
        summary
            .GetProperty("lengths")
            .EnumerateArray()
            .Sum(b => b.GetProperty("copper").GetInt32() + b.GetProperty("fibre").GetInt32())
            .ShouldBe(all);
    }

    [Fact]
    public async Task A_cables_way_is_as_long_as_its_parts_and_runs_along_the_axes()
    {
        JsonElement page = await _server.GetAsync("/api/cables?limit=200&sort=-length");
        foreach (JsonElement row in page.GetProperty("rows").EnumerateArray())
        {
            JsonElement route = await _server.GetAsync($"/api/cables/{row.GetProperty("id").GetString()}/route");
            double[][] points =
            [
                .. route.GetProperty("points").EnumerateArray().Select(p => p.EnumerateArray().Select(v => v.GetDouble()).ToArray()),
            ];
            double drawn = 0;
            for (int i = 1; i < points.Length; i++)
            {
                double[] step = [.. points[i].Zip(points[i - 1]).Select(p => Math.Abs(p.First - p.Second))];
                step.Count(s => s > 1e-9).ShouldBe(1);
                drawn += step.Sum();
            }

            double without = route
                .GetProperty("parts")
                .EnumerateArray()
                .Where(p => !p.GetProperty("name").GetString()!.StartsWith("slack", StringComparison.Ordinal))
                .Where(p => !p.GetProperty("name").GetString()!.StartsWith("down to panels", StringComparison.Ordinal))
                .Sum(p => p.GetProperty("length_m").GetDouble());
            drawn.ShouldBe(without, 1e-6);
        }
    }

    [Fact]
    public async Task Every_leg_of_a_faceplate_is_the_other_end_of_a_leg_of_its_peer()
    {
        JsonElement leaf = (await _server.GetAsync("/api/devices?role=backend&tier=leaf&limit=1")).GetProperty("rows")[0];
        string name = leaf.GetProperty("name").GetString()!;
        JsonElement plate = await _server.GetAsync($"/api/devices/{name}");
        int legs = 0;
        foreach (JsonElement leg in Legs(plate).Take(40))
        {
            JsonElement peer = await _server.GetAsync($"/api/devices/{leg.GetProperty("peer").GetString()}");
            Legs(peer)
                .Any(l =>
                    l.GetProperty("peer").GetString() == name
                    && l.GetProperty("cable").GetString() == leg.GetProperty("cable").GetString()
                    && l.GetProperty("name").GetString() == leg.GetProperty("peer_port").GetString()
                )
                .ShouldBeTrue();
            legs++;
        }

        legs.ShouldBeGreaterThan(10);
        (plate.GetProperty("used").GetInt32() + plate.GetProperty("free").GetInt32() + plate.GetProperty("blocked").GetInt32()).ShouldBe(
            plate.GetProperty("cages").GetArrayLength()
        );
    }

    [Fact]
    public async Task The_network_in_numbers_has_the_links_of_design_json()
    {
        JsonElement map = await _server.GetAsync("/api/fabric/backend?rails=true");
        JsonElement json = await _server.GetAsync("/api/design/json");
        long links = json.GetProperty("fabrics")[0]
            .GetProperty("links")
            .EnumerateArray()
            .Sum(l => l.GetProperty("logical_links").GetInt64());
        map.GetProperty("edges").EnumerateArray().Sum(e => e.GetProperty("links").GetInt64()).ShouldBe(links);
        foreach (JsonElement edge in map.GetProperty("edges").EnumerateArray().Where(e => e.TryGetProperty("rails", out _)))
        {
            edge.GetProperty("rails")
                .EnumerateArray()
                .Sum(r => r.GetProperty("links").GetInt64())
                .ShouldBe(edge.GetProperty("links").GetInt64());
        }
    }

    [Fact]
    public async Task A_leaf_serves_the_rails_that_its_own_faceplate_names()
    {
        JsonElement map = await _server.GetAsync("/api/fabric/backend?rails=true");
        JsonElement[] leaves = [.. map.GetProperty("nodes").EnumerateArray().Where(n => n.TryGetProperty("rails", out _))];
        leaves.ShouldNotBeEmpty();
        foreach (JsonElement leaf in leaves)
        {
            JsonElement[] rails = [.. leaf.GetProperty("rails").EnumerateArray()];
            rails.Sum(r => r.GetProperty("count").GetInt32()).ShouldBe(leaf.GetProperty("count").GetInt32());
            string name = rails[^1].GetProperty("names")[0].GetString()!;
            JsonElement plate = await _server.GetAsync($"/api/devices/{name}");
            int[] seen =
            [
                .. plate
                    .GetProperty("cages")
                    .EnumerateArray()
                    .SelectMany(c => c.GetProperty("legs").EnumerateArray())
                    .Where(l => l.TryGetProperty("rail", out _))
                    .Select(l => l.GetProperty("rail").GetInt32())
                    .Distinct()
                    .Order(),
            ];
            seen.ShouldBe(rails[^1].GetProperty("rails").EnumerateArray().Select(r => r.GetInt32()), name);
        }
    }

    [Fact]
    public async Task A_path_climbs_to_the_spines_between_units_and_has_the_latency_of_its_parts()
    {
        JsonElement hosts = await _server.GetAsync("/api/devices?kind=node&limit=1000");
        JsonElement[] rows = [.. hosts.GetProperty("rows").EnumerateArray()];
        JsonElement path = await _server.GetAsync(
            $"/api/path?from={rows[0].GetProperty("name").GetString()}&to={rows[^1].GetProperty("name").GetString()}&role=backend"
        );
        path.GetProperty("hops")
            .EnumerateArray()
            .Select(h => h.GetProperty("tier").GetString())
            .ShouldBe(["host", "leaf", "spine", "leaf", "host"]);
        JsonElement json = await _server.GetAsync("/api/design/json");
        JsonElement latency = json.GetProperty("fabrics")[0].GetProperty("latency_us");
        path.GetProperty("latency_ns")
            .GetDouble()
            .ShouldBeInRange(1000 * latency.GetProperty("min").GetDouble(), 1000 * latency.GetProperty("max").GetDouble() + 1);
        path.GetProperty("paths").GetDouble().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_failed_spine_takes_its_share_of_every_host_and_a_failed_leaf_a_whole_rail_of_its_unit()
    {
        JsonElement spines = await _server.GetAsync("/api/devices?role=backend&tier=spine&limit=1000");
        int count = spines.GetProperty("total").GetInt32();
        JsonElement spine = await _server.PostAsync(
            "/api/whatif",
            new { fail = new[] { spines.GetProperty("rows")[0].GetProperty("name").GetString() } }
        );
        spine.GetProperty("hosts_cut_off").GetInt32().ShouldBe(0);
        spine.GetProperty("worst_share").GetDouble().ShouldBe(1 - 1.0 / count, 1e-6);
        spine.GetProperty("hosts_affected").GetInt32().ShouldBe(spine.GetProperty("hosts").GetInt32());
        JsonElement leaf = (await _server.GetAsync("/api/devices?role=backend&tier=leaf&limit=1")).GetProperty("rows")[0];
        JsonElement lost = await _server.PostAsync("/api/whatif", new { fail = new[] { leaf.GetProperty("name").GetString() } });
        // Eight rails a node, one of them gone.
        lost.GetProperty("worst_share").GetDouble().ShouldBe(7.0 / 8, 1e-6);
        lost.GetProperty("hosts_affected").GetInt32().ShouldBeLessThanOrEqualTo(32);
    }

    [Fact]
    public async Task The_racks_come_as_columns_that_agree_with_the_racks_one_by_one()
    {
        using HttpResponseMessage answer = await _server.RawAsync(HttpMethod.Get, "/api/floor/racks", null);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync();
        Encoding.ASCII.GetString(bytes, 0, 4).ShouldBe("LLC1");
        int header = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        JsonElement described = JsonDocument.Parse(bytes.AsMemory(8, header)).RootElement;
        int start = (8 + header + 7) / 8 * 8;
        int rows = described.GetProperty("rows").GetInt32();
        JsonElement column = described.GetProperty("columns").EnumerateArray().First(c => c.GetProperty("name").GetString() == "power_w");
        string[] names = [.. described.GetProperty("words").GetProperty("names").EnumerateArray().Select(n => n.GetString()!)];
        names.Length.ShouldBe(rows);
        (await _server.GetAsync("/api/floor")).GetProperty("racks").GetInt32().ShouldBe(rows);
        for (int r = 0; r < rows; r += 7)
        {
            float power = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(start + column.GetProperty("offset").GetInt32() + (4 * r)));
            JsonElement rack = await _server.GetAsync($"/api/racks/{names[r]}");
            ((double)power).ShouldBe(rack.GetProperty("power_w").GetDouble(), 0.01 + (1e-6 * power));
        }
    }

    [Fact]
    public async Task Labels_of_all_racks_are_two_for_each_leg()
    {
        long legs = (await _server.GetAsync("/api/bill")).GetProperty("counts").GetProperty("logical_links").GetInt64();
        using HttpResponseMessage answer = await _server.RawAsync(HttpMethod.Get, "/api/floor/racks", null);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync();
        JsonElement described = JsonDocument.Parse(bytes.AsMemory(8, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)))).RootElement;
        long labels = 0;
        foreach (JsonElement name in described.GetProperty("words").GetProperty("names").EnumerateArray())
        {
            labels += (await _server.GetAsync($"/api/labels?rack={name.GetString()}")).GetProperty("rows").GetArrayLength();
        }

        labels.ShouldBe(2 * legs);
    }

    [Fact]
    public async Task Why_a_cable_is_what_it_is_names_the_product_and_what_was_rejected()
    {
        JsonElement row = (await _server.GetAsync("/api/cables?limit=1&sort=-length")).GetProperty("rows")[0];
        JsonElement cable = await _server.GetAsync($"/api/cables/{row.GetProperty("id").GetString()}");
        JsonElement why = cable.GetProperty("why");
        JsonElement[] candidates = [.. why.GetProperty("candidates").EnumerateArray()];
        candidates.Count(c => c.GetProperty("verdict").GetString() == "chosen").ShouldBe(1);
        candidates.ShouldContain(c => c.GetProperty("verdict").GetString() == "rejected" && c.GetProperty("reasons").GetArrayLength() > 0);
        // From socket to socket: where a piece ends the next begins, for every leg.
        foreach (
            var leg in cable
                .GetProperty("channel")
                .EnumerateArray()
                .GroupBy(s => (s.GetProperty("leg").GetInt32(), s.GetProperty("path").GetInt32()))
        )
        {
            JsonElement[] steps = [.. leg.OrderBy(s => s.GetProperty("seq").GetInt32())];
            for (int i = 1; i < steps.Length; i++)
            {
                steps[i]
                    .GetProperty("a")
                    .GetProperty("device")
                    .GetString()
                    .ShouldBe(steps[i - 1].GetProperty("z").GetProperty("device").GetString());
            }
        }
    }

    [Fact]
    public async Task The_api_describes_every_path_that_this_page_lists()
    {
        JsonElement openApi = await _server.GetAsync("/api/openapi.json");
        openApi.GetProperty("openapi").GetString()!.ShouldStartWith("3.");
        string[] paths = [.. openApi.GetProperty("paths").EnumerateObject().Select(p => p.Name)];
        foreach (
            string path in new[] { "/api/project/spec", "/api/cables", "/api/fabric/{role}", "/api/floor/move", "/api/runs", "/api/whatif" }
        )
        {
            paths.ShouldContain(path);
        }

        JsonElement cables = openApi.GetProperty("paths").GetProperty("/api/cables").GetProperty("get");
        cables.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldContain("min_m");
        openApi.GetProperty("components").GetProperty("schemas").EnumerateObject().Count().ShouldBeGreaterThan(20);
    }

    private async Task<List<string[]>> FileAsync(string name)
    {
        using HttpResponseMessage answer = await _server.RawAsync(HttpMethod.Get, $"/api/files/{name}", null);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        // No name of this example needs quotes.
        return [.. (await answer.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n').Select(l => l.Split(','))];
    }

    private static IEnumerable<JsonElement> Legs(JsonElement device) =>
        device.GetProperty("cages").EnumerateArray().SelectMany(c => c.GetProperty("legs").EnumerateArray());
}
