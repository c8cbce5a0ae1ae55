using System.Globalization;
using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <summary>What refusals and worries tell the reader to write is written, and works.</summary>
public sealed partial class HintsTest
{
    private static ClusterSpec Read(string body)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read("lightloom: 1\nname: hints\n" + body + "\n", "hints.yaml", Catalogue.Default, diagnostics);
        return spec.ShouldNotBeNull(body + "\n" + string.Join("\n", diagnostics.Select(d => d.Message)));
    }

    private static ClusterDesign Designed(string body)
    {
        DiagnosticBag diagnostics = new();
        return Designer.Design(Read(body), diagnostics).ShouldNotBeNull(body + "\n" + string.Join("\n", Errors(diagnostics)));
    }

    private static string[] Errors(DiagnosticBag diagnostics) =>
        [.. diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Id}: {d.Message}")];

    private static string[] Refused(string body)
    {
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(body), diagnostics).ShouldBeNull();
        return Errors(diagnostics);
    }

    [Fact]
    public void Hosts_of_two_rates_on_one_pair_of_leaves_are_one_refusal_where_the_cages_do_not_suffice_for_both()
    {
        // Of each leaf's 32 cages of 400G, 16 hosts of 200G take 8, 4 peer links 4, 2 lines outside 2, and so many of 100G a quarter each.
        static string Body(int slow, int peers) =>
            $$"""
                pools: [{name: train, node: dgx-h100, nodes: 16}]
                services: [{name: infra, node: cpu-2x100, nodes: {{slow}}}]
                frontend: {leaf: dell-z9432f, peer_links: {{peers}}, homing: dual, external: [{name: core, tier: leaf, links: 4, rate_gbps: 400}]}
                """;
        Designed(Body(72, 4)).Network.Fabrics.Single(f => f.Role == FabricRole.Frontend).IsPair.ShouldBeTrue();
        string error = Refused(Body(76, 4)).ShouldHaveSingleItem();
        error.ShouldContain("LL4902");
        error.ShouldNotContain("has ports of 200G");
        error.ShouldContain("it works with frontend.");
        Designed(Body(76, 0));
    }

    [GeneratedRegex(@"it works with backend\.switch: ([a-z0-9-]+)")]
    private static partial Regex OtherSwitch();

    [Fact]
    public void In_place_of_an_InfiniBand_switch_one_of_InfiniBand_is_named()
    {
        static string Body(string id) => $"pools: [{{name: nvl, node: gb200-nvl72, nodes: 4}}]\nbackend: {{switch: {id}}}";
        string id = OtherSwitch().Match(Refused(Body("nvidia-q3400-ra")).ShouldHaveSingleItem()).Groups[1].Value;
        Catalogue.Default.Switches[id].Protocols!.Value.ShouldContain(Protocol.InfiniBand);
        Designed(Body(id));
    }

    [GeneratedRegex(@"it works with backend\.reserve: (\{[^}]*\})")]
    private static partial Regex Reserve();

    // 480 links of 400G on boxes of 128: four leaves without reserve at least, eight with one a rail.
    [Fact]
    public void The_reserve_that_is_named_does_not_make_a_leaf_of_every_other_port()
    {
        static string Body(string reserve) =>
            $"pools: [{{name: train, node: dgx-h200, nodes: 60}}]\nbackend: {{switch: nvidia-sn5600, reserve: {reserve}}}";
        string named = Reserve().Match(Refused(Body("{leaf: 130, spine: 4}")).ShouldHaveSingleItem()).Groups[1].Value;
        Leaves(Designed(Body(named))).ShouldBeLessThanOrEqualTo(2 * Leaves(Designed(Body("{}"))));

        static int Leaves(ClusterDesign design) =>
            design.Network.Groups.Where(g => !g.IsNode && g.Fabric == FabricRole.Backend && g.Tier == Tier.Leaf).Sum(g => g.Count);
    }

    [GeneratedRegex(@"it works with frontend\.external: (\[.*?\])")]
    private static partial Regex External();

    [Fact]
    public void A_border_is_not_told_to_have_ports_of_50G_nor_slower_ones_than_it_asks_for()
    {
        static string Body(string external) =>
            $"pools: [{{name: train, node: n, nodes: 32}}]\nfrontend: {{switch: nvidia-sn5610, tiers: 2, redundancy: 2, external: {external}}}\n"
            + "catalog: {nodes: {n: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, power_w: 14300, rack_units: 10, "
            + "frontend: {nics: 4, rate_gbps: 200, form_factor: qsfp112, lanes: 2}}}}";
        string refusal = string.Join("\n", Refused(Body("[{name: border, tier: spine, links: 8, rate_gbps: 40}]")));
        string named = External().Match(refusal).Groups[1].Value;
        // The next port that routers have for which a plug of the cage is sold.
        double rate = double.Parse(Regex.Match(named, "rate_gbps: ([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);
        rate.ShouldBeGreaterThanOrEqualTo(100);
        foreach (int slower in new[] { 100, 200 }.Where(r => r < rate))
        {
            Refused(Body($"[{{name: border, tier: spine, links: 8, rate_gbps: {slower}}}]")).ShouldNotBeEmpty();
        }

        Designed(Body(named));
    }

    [GeneratedRegex(@"with (interconnect\.)?media: (\{[^}]*\})")]
    private static partial Regex Media();

    [Fact]
    public void The_kinds_of_interconnect_that_are_named_first_serve_every_network()
    {
        static string Body(string media) =>
            $$"""
                pools: [{name: amd, node: mi300x-8, nodes: 32}]
                services: [{name: store, node: storage-2x100, nodes: 8}]
                backend: {switch: arista-7060x6-64pe}
                interconnect: {media: {{media}}}
                """;
        string[] errors = Refused(Body("{host-leaf: [dac]}"));
        errors.Length.ShouldBeGreaterThan(1);
        Designed(Body(Media().Match(errors[0]).Groups[2].Value));
    }

    [GeneratedRegex(@"shorten the way to ([0-9.]+) m, which ([a-z0-9-]+) serves")]
    private static partial Regex Shorter();

    [Fact]
    public void A_way_that_is_too_long_says_how_long_one_may_be_and_such_a_one_is_served()
    {
        static string Body(int metres) =>
            $$"""
                pools: [{name: a, node: dgx-h100, nodes: 4, place: [A]}, {name: b, node: dgx-h100, nodes: 4, place: [B]}]
                frontend: {enabled: false}
                backend: {tiers: 2}
                oob: {enabled: false}
                floor:
                  sites:
                    - name: campus
                      buildings:
                        - {name: A, x_m: 0, y_m: 0, halls: [{name: A1, rows: 2, racks_per_row: 12, power_kw: 700}]}
                        - {name: B, x_m: {{metres}}, y_m: 0, halls: [{name: B1, rows: 2, racks_per_row: 12, power_kw: 700}]}
                """;
        Match named = Shorter().Match(string.Join("\n", Refused(Body(63_000))));
        double most = double.Parse(named.Groups[1].Value, CultureInfo.InvariantCulture);
        InterconnectModel serves = Catalogue.Default.Interconnects[named.Groups[2].Value];
        // What the maker rates, less the share that is kept back.
        most.ShouldBe(serves.Reach!.Value.Values.Max(l => l.Metres) * Read(Body(100)).Interconnect.ReachDerating, tolerance: 1);
        // A twentieth is slack, and some metres go up and down.
        Designed(Body((int)(most / 1.06) - 200));
    }

    [GeneratedRegex(@"with (frontend\.[^;]*?) it is ([0-9]+) leaves and 2 spines")]
    private static partial Regex TwoSpines();

    [Fact]
    public void A_second_spine_is_had_by_asking_for_it_alone()
    {
        static string Body(string frontend) =>
            $$"""
                pools: [{name: amd, node: mi300x-8, nodes: 32}]
                services: [{name: store, node: storage-2x100, nodes: 8}]
                backend: {switch: arista-7060x6-64pe}
                frontend: {{frontend}}
                """;
        Diagnostic worry = Designed(Body("{}")).Diagnostics.Single(d => d.Id == "LL4202");
        Match named = TwoSpines().Match(worry.Message);
        named.Groups[1].Value.ShouldBe("frontend.redundancy: {spine: 2}");
        ClusterDesign mended = Designed(Body("{redundancy: {spine: 2}}"));
        mended.Diagnostics.ShouldNotContain(d => d.Id == "LL4202");
    }

    // Five uplinks of a leaf take five spines, and three take three: another ratio was asked for beside, so that there were two.
    [Fact]
    public void A_second_spine_asks_for_no_other_ratio_where_uplinks_are_odd()
    {
        static string Body(string storage) =>
            """
                pools: [{name: gpu, node: g4, nodes: 20}]
                services: [{name: hv, node: hv, nodes: 40}, {name: san, node: san, nodes: 8}]
                networks:
                  storage: {STORAGE homing: dual, oversubscription: {leaf: 2.0}}
                backend: {enabled: false}
                frontend: {enabled: false}
                oob: {enabled: false}
                floor: {rack: {power_kw: 10}}
                catalog:
                  nodes:
                    g4: {xpus: 4, backend: {nics: 0}, networks: {storage: {nics: 2, rate_gbps: 100}}, power_w: 3000, rack_units: 2}
                    hv: {xpus: 0, backend: {nics: 0}, networks: {storage: {nics: 2, rate_gbps: 25}}, power_w: 700, rack_units: 1}
                    san: {xpus: 0, backend: {nics: 0}, networks: {storage: {nics: 4, rate_gbps: 100}}, power_w: 1100, rack_units: 2}
                """.Replace("STORAGE", storage, StringComparison.Ordinal);
        Diagnostic worry = Designed(Body("")).Diagnostics.Single(d => d.Id == "LL4202");
        worry.Message.ShouldContain("with networks.storage.redundancy: {spine: 2} it is");
        Designed(Body("redundancy: {spine: 2}, ")).Diagnostics.ShouldNotContain(d => d.Id == "LL4202");
    }

    [Fact]
    public void Several_worries_are_mended_with_no_other_ratio_and_no_leaf_more_than_they_need()
    {
        static string Body(string homing) =>
            """
                pools: [{name: l40, node: l40s-8, nodes: 90}, {name: gh, node: gh200, nodes: 30}]
                services: [{name: cache, node: storage-2x100, nodes: 12}]
                backend: {enabled: false}
                oob: {enabled: false}
                frontend:
                  HOMING
                  oversubscription: {leaf: 2.0, spine: 1.0}
                  reserve: {leaf: 2, spine: 2}
                  external: [{name: edge, tier: spine, links: 8, rate_gbps: 100}]
                objectives: {minimize: power, limits: {racks: 60}}
                floor: {rack: {power_kw: 20}}
                """.Replace("HOMING", homing, StringComparison.Ordinal);
        Diagnostic[] worries = [.. Designed(Body("homing: single")).Diagnostics.Where(d => d.Id is "LL4202" or "LL4203")];
        worries.Length.ShouldBeGreaterThan(1);
        worries.ShouldAllBe(d => d.Message.Contains("with frontend.homing: dual, frontend.redundancy: {spine: 2} it is"));
        Designed(Body("homing: dual\n  redundancy: {spine: 2}"))
            .Diagnostics.ShouldNotContain(d => d.Id.StartsWith("LL42", StringComparison.Ordinal));
    }

    // 96 nodes, 8 rails, 64 cages of 800G. Leaves as full as they go have 56 hosts and 28 uplinks, which divide over 14 spines; two units of
    // 48 have 24 uplinks, which divide over 8: 16 leaves and 8 spines are 24 switches, and 48 divides 96.
    [Fact]
    public void A_unit_that_makes_the_backend_clearly_cheaper_is_named()
    {
        const string Pools = "pools: [{name: train, node: dgx-h100, nodes: 96}]\n";
        const string Stock = "existing: {nvidia-sn5600: {count: 12, used_ports: 8}}\n";
        ClusterDesign open = Designed(Pools + Stock + "backend: {switch: nvidia-sn5600}");
        Diagnostic worry = open.Diagnostics.Single(d => d.Id == "LL4205");
        worry.Message.ShouldContain("backend.scalable_unit_nodes: 48 it is 24,");
        ClusterDesign unit = Designed(Pools + Stock + "backend: {switch: nvidia-sn5600, scalable_unit_nodes: 48}");
        unit.Bill.Estimate.Total.Dollars.ShouldBeLessThan(open.Bill.Estimate.Total.Dollars);
        unit.Diagnostics.ShouldNotContain(d => d.Id == "LL4205");
        // Leaves that are full have nothing to gain.
        Designed("pools: [{name: train, node: dgx-h100, nodes: 128}]\nbackend: {switch: nvidia-sn5600}")
            .Diagnostics.ShouldNotContain(d => d.Id == "LL4205");
    }
}
