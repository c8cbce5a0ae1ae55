using System.Text.Json;

namespace Lightloom.Studio.Tests.Api;

/// <summary>A rack that is moved takes its cables with it: lengths, products and cost follow, and the spec says so.</summary>
public sealed class MoveTest
{
    [Fact]
    public async Task Two_racks_change_places_and_every_length_is_that_of_the_new_ways()
    {
        await using Server server = await Server.StartAsync("hopper-1k");
        JsonElement spine = (await server.GetAsync("/api/devices?role=backend&tier=spine&limit=1")).GetProperty("rows")[0];
        string rack = spine.GetProperty("rack").GetString()!;
        JsonElement hall = (await server.GetAsync("/api/floor")).GetProperty("halls")[0];
        JsonElement state = await server.PostAsync(
            "/api/floor/move?wait_s=120",
            new
            {
                rack,
                row = 1,
                position = 1,
                revision = 1,
            }
        );
        state.GetProperty("phase").GetString().ShouldBe("ready", state.ToString());
        state.GetProperty("moved").GetProperty("cables").GetInt64().ShouldBeGreaterThan(0);
        state.GetProperty("moved").GetProperty("metres").GetDouble().ShouldBeGreaterThan(0);
        JsonElement change = state.GetProperty("moved");
        change.GetProperty("rack").GetString().ShouldBe(hall.GetProperty("letter").GetString() + "01-01");
        (change.GetProperty("shorter").GetInt64() + change.GetProperty("longer").GetInt64()).ShouldBe(
            change.GetProperty("cables").GetInt64()
        );
        // The products that changed cost what the whole costs more.
        double Sum(string which) =>
            change.GetProperty("products").EnumerateArray().Sum(p => p.TryGetProperty(which, out JsonElement usd) ? usd.GetDouble() : 0);
        (Sum("b_usd") - Sum("a_usd")).ShouldBe(change.GetProperty("usd").GetDouble(), 0.05);
        (await server.GetAsync("/api/project/spec")).GetProperty("text").GetString()!.ShouldContain("places:");
        JsonElement moved = (await server.GetAsync($"/api/devices/{spine.GetProperty("name").GetString()}")).GetProperty("device");
        moved.GetProperty("rack").GetString().ShouldBe(hall.GetProperty("letter").GetString() + "01-01");
        // Whoever stood there stands where the rack did.
        (await server.GetAsync($"/api/racks/{rack}"))
            .GetProperty("items")
            .GetArrayLength()
            .ShouldBeGreaterThan(0);
        JsonElement undone = await server.PostAsync("/api/undo?wait_s=120", new { revision = state.GetProperty("revision").GetInt64() });
        undone
            .GetProperty("figures")
            .GetProperty("longest_cable_m")
            .GetDouble()
            .ShouldBe((await server.GetAsync("/api/history/1")).GetProperty("figures").GetProperty("longest_cable_m").GetDouble());
    }

    [Fact]
    public async Task A_place_outside_of_the_hall_is_refused_and_names_what_there_is()
    {
        await using Server server = await Server.StartAsync("lab-8");
        JsonElement row = (await server.GetAsync("/api/devices?limit=1")).GetProperty("rows")[0];
        using HttpResponseMessage answer = await server.RawAsync(
            HttpMethod.Post,
            "/api/floor/move",
            new
            {
                rack = row.GetProperty("rack").GetString(),
                row = 999,
                position = 1,
                revision = 1,
            }
        );
        ((int)answer.StatusCode).ShouldBe(422);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("positions");
        (await server.RevisionAsync()).ShouldBe(1);
    }
}
