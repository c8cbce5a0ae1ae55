using Lightloom.Report.Tests;
using Lightloom.Verify.Outcome;

namespace Lightloom.Verify.Tests;

/// <summary>Cages on slower lanes and NICs with several cages: what the designer writes holds, and each way to spoil it is named.</summary>
public sealed class LanesTest
{
    private const string Slow = """
        lightloom: 1
        name: slow
        pools: [{name: t, node: n, nodes: 20}]
        backend: {switch: s}
        frontend: {enabled: false}
        oob: {enabled: false}
        catalog:
          nodes: {n: {xpus: 1, backend: {nics: 1, rate_gbps: 200, form_factor: qsfp56}, power_w: 900, rack_units: 2}}
          switches: {s: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400], lane_rates_gbps: [100, 50]}}
        interconnect: {exclude: [aec, aoc]}
        """;

    private const string TwoCages = """
        lightloom: 1
        name: two
        pools: [{name: t, node: n, nodes: 12}]
        backend: {switch: arista-7060x6-64pe, planes: 2}
        frontend: {enabled: false}
        catalog:
          nodes: {n: {xpus: 8, backend: {nics: 8, rate_gbps: 400, cages: 16}, power_w: 9000, rack_units: 8}}
        """;

    // 100G ports of a box that divides its cages of eight lanes into four of them at most: half of the lanes stay idle.
    private const string Idle = """
        lightloom: 1
        name: idle
        pools: [{name: t, node: n, nodes: 12}]
        backend: {switch: s}
        frontend: {enabled: false}
        oob: {enabled: false}
        catalog:
          nodes: {n: {xpus: 1, backend: {nics: 1, rate_gbps: 100, form_factor: qsfp112, lanes: 1}, power_w: 900, rack_units: 2}}
          switches: {s: {cages: 16, rate_gbps: 800, breakouts: [1x800, 2x400, 4x100]}}
        interconnect: {exclude: [dac, acc, aec, aoc, dr, fr, lr, sr4-400g-100m, sr4-400g, sr4-400g-qdd]}
        """;

    [Fact]
    public void Legs_of_a_cage_with_idle_lanes_are_spread_over_both_sockets_of_its_module()
    {
        using WrittenFolder folder = new(TestDesigns.Of(Idle));
        folder.Verify().Contradictions.ShouldBeEmpty();
        Sheet sheet = new(folder["pieces.csv"]);
        sheet.Rows.Select(r => sheet.Get(r, "z_socket")).Distinct().Order().ShouldBe(["0", "1"]);
    }

    private static string Ids(VerifyReport report) => string.Join(' ', report.Contradictions.Select(c => c.Rule.Id).Distinct());

    [Theory]
    [InlineData("planes: 2")]
    [InlineData("planes: 1")]
    [InlineData("plane_layout: rail")]
    public void NICs_with_two_cages_verify(string backend)
    {
        using WrittenFolder folder = new(TestDesigns.Of(TwoCages.Replace("planes: 2", backend)));
        folder.Verify().Contradictions.ShouldBeEmpty();
    }

    [Fact]
    public void Cages_on_slower_lanes_verify()
    {
        using WrittenFolder folder = new(TestDesigns.Of(Slow));
        new Sheet(folder["cables.csv"]).Rows.Count.ShouldBe(20);
        File.ReadAllText(folder["cables.csv"]).ShouldContain(",2x200,");
        folder.Verify().Contradictions.ShouldBeEmpty();
    }

    // The same rows, and a switch that does not run its lanes at 50G: neither the division nor the plug is right.
    [Fact]
    public void Cages_that_do_not_run_at_the_rate_of_their_plugs_are_named()
    {
        using WrittenFolder folder = new(TestDesigns.Of(Slow));
        string catalogue = File.ReadAllText(folder["catalogue.yaml"]);
        const string Rates = "\"lane_rates_gbps\": [100, 50]";
        catalogue.ShouldContain(Rates);
        File.WriteAllText(folder["catalogue.yaml"], catalogue.Replace(Rates, "\"lane_rates_gbps\": [100, 25]", StringComparison.Ordinal));
        string named = Ids(folder.Verify());
        named.ShouldContain("cage-division");
        named.ShouldContain("lane-rate");
        File.WriteAllText(folder["catalogue.yaml"], catalogue.Replace(Rates, "\"lane_rates_gbps\": null", StringComparison.Ordinal));
        Ids(folder.Verify()).ShouldContain("cage-division");
    }

    [Fact]
    public void A_third_leg_on_eight_lanes_of_50G_is_named()
    {
        using WrittenFolder folder = new(TestDesigns.Of(Slow));
        Sheet sheet = new(folder["cables.csv"]);
        List<string> row = sheet.Rows.First(r => sheet.Get(r, "z_lane") == "1");
        sheet.Set(row, "z_lane", "3");
        sheet.Save();
        VerifyReport report = folder.Verify();
        report.Contradictions.ShouldContain(c =>
            c.Rule == Rules.LaneRate && c.ToString()!.Contains("the cage has 8", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Two_cages_of_a_NIC_in_the_wrong_planes_are_named()
    {
        using WrittenFolder folder = new(TestDesigns.Of(TwoCages));
        Sheet sheet = new(folder["cables.csv"]);
        List<string>[] ofNic =
        [
            .. sheet.Rows.Where(r => sheet.Get(r, "a_device") == "t-001" && sheet.Get(r, "a_port") is "be1" or "be2").Take(2),
        ];
        (string one, string other) = (sheet.Get(ofNic[0], "z_device"), sheet.Get(ofNic[1], "z_device"));
        one.ShouldNotBe(other);
        sheet.Set(ofNic[0], "z_device", other);
        sheet.Save();
        Ids(folder.Verify()).ShouldContain("planes-apart");
    }
}
