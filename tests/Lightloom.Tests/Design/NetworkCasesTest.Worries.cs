using System.Globalization;
using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <content>What should worry the reader first, and refusals of the floor.</content>
public sealed partial class NetworkCasesTest
{
    [Theory]
    [InlineData("backend: {switch: nvidia-sn5610}", "LL4201", "backend: {switch: nvidia-sn5610, redundancy: {leaf: 2}, tiers: 2}")]
    [InlineData("frontend: {tiers: 2}", "LL4202", "frontend: {tiers: 2, redundancy: {spine: 2}}")]
    public void A_single_point_of_failure_is_the_first_worry_and_goes_when_its_key_is_set(string alone, string id, string mended)
    {
        string text = "lightloom: 1\nname: x\npools: [{name: t, node: dgx-h100, nodes: 8}]\n";
        ClusterDesign design = Designed(text + alone + "\n");
        Diagnostic first = design.Diagnostics.First(d => d.Severity == Severity.Warning);
        first.Id.ShouldStartWith("LL42");
        string network = alone.Split(':')[0];
        design.Diagnostics.ShouldContain(d => d.Id == id && d.Where == network);
        Designed(text + mended + "\n").Diagnostics.ShouldNotContain(d => d.Id == id && d.Where == network);
    }

    private const string OnOneLeaf =
        "lightloom: 1\nname: x\npools: [{name: a, node: dgx-h100, nodes: 64}, {name: b, node: dgx-h100, nodes: 4}]\n";

    // Eight NICs of each node were told to get a second port.
    [Fact]
    public void A_pool_on_one_leaf_is_told_what_parts_it_and_that_does()
    {
        Diagnostic said = Designed(OnOneLeaf).Diagnostics.Single(d => d.Id == "LL4203");
        said.Message.ShouldNotContain("second port");
        Match named = Regex.Match(said.Message, @"with backend\.(redundancy: \{[^}]*\}|[a-z_]+: [a-z0-9-]+) it is");
        named.Success.ShouldBeTrue(said.Message);
        Designed(OnOneLeaf + $"backend: {{{named.Groups[1].Value}}}\n").Diagnostics.ShouldNotContain(d => d.Id == "LL4203");
    }

    [Fact]
    public void A_pool_that_nothing_parts_is_told_how_many_ports_its_nodes_have()
    {
        const string text =
            "lightloom: 1\nname: x\npools: [{name: a, node: dgx-h100, nodes: 8}]\nservices: [{name: s, node: one, nodes: 2}]\n"
            + "frontend: {leaf: nvidia-sn3700, tiers: 2, redundancy: {leaf: 2, spine: 2}}\n"
            + "catalog: {nodes: {one: {xpus: 0, frontend: {nics: 1, rate_gbps: 25}}}}\n";
        foreach (Diagnostic said in Designed(text).Diagnostics.Where(d => d.Id == "LL4203"))
        {
            said.Message.ShouldMatch("one port to it|with frontend");
        }
    }

    // 64 nodes of eight NICs on eight planes of one leaf: one leaf takes 64 of 512.
    [Theory]
    [InlineData("planes: 8, plane_layout: rail, switch: nvidia-sn5610", 64)]
    [InlineData("switch: nvidia-sn5610", 64)]
    public void Rails_of_one_leaf_each_are_said_once_with_what_one_leaf_takes(string backend, int ports)
    {
        const string pools = "lightloom: 1\nname: x\npools: [{name: t, node: dgx-h100, nodes: 64}]\n";
        ClusterDesign design = Designed($"{pools}backend: {{{backend}}}\n");
        Diagnostic said = design.Diagnostics.Single(d => d.Id == "LL4207");
        design.Diagnostics.First(d => d.Severity == Severity.Warning).Id.ShouldStartWith("LL42");
        said.Message.ShouldContain($"{ports} of 512 NIC ports");
        Fabric fabric = FabricOf(design, FabricRole.Backend);
        fabric.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links).GroupBy(l => l.Z).Max(l => l.Count()).ShouldBe(ports);
    }

    [Fact]
    public void Nics_that_are_divided_over_planes_have_no_rail_of_one_leaf() =>
        Designed("lightloom: 1\nname: x\npools: [{name: t, node: dgx-h100, nodes: 32}]\nbackend: {planes: 2}\n")
            .Diagnostics.ShouldNotContain(d => d.Id == "LL4207");

    // Leaves without a host on them looked like hosts' leaves of 17 ports.
    [Fact]
    public void Leaves_for_an_outside_line_alone_say_what_they_lead_to()
    {
        ClusterDesign design = Designed(
            "lightloom: 1\nname: x\npools: [{name: t, node: dgx-h100, nodes: 32}]\n"
                + "frontend: {switch: dell-z9432f, leaf: [dell-z9432f, nvidia-sn2010], external: [{name: isp, tier: leaf, links: 2, rate_gbps: 10}]}\n"
        );
        Fabric frontend = FabricOf(design, FabricRole.Frontend);
        HashSet<int> served = [.. frontend.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links).Select(l => l.Z)];
        int leaves = frontend.Tiers.Where(t => t.Tier == Tier.Leaf).Sum(t => t.Count);
        int alone = frontend.Tiers.Where(t => t.OutsideAlone.Count > 0).Sum(t => t.Count);
        alone.ShouldBe(leaves - served.Count);
        alone.ShouldBeGreaterThan(0);
        frontend.Tiers.Single(t => t.OutsideAlone.Count > 0).Serves.ShouldHaveSingleItem().To.ShouldBe("isp");
    }

    // The law behind the warning: without that switch the graph falls apart.
    [Theory]
    [InlineData("two-buildings-1200m")]
    [InlineData("odd-frontend-ports")]
    [InlineData("brownfield-400g-leaf")]
    public void A_spine_is_called_single_exactly_when_the_network_falls_apart_without_it(string name)
    {
        ClusterDesign design = Designed(Case(name));
        foreach (Fabric fabric in design.Network.Fabrics.Where(f => f.Role != FabricRole.Oob))
        {
            int spines = Uplinks(fabric).Select(l => l.Z).Distinct().Count();
            int leaves = Uplinks(fabric).Select(l => l.A).Distinct().Count();
            design
                .Diagnostics.Any(d => d.Id == "LL4202" && d.Where == fabric.Role.ToWord())
                .ShouldBe(spines == 1 && leaves > 1, fabric.Role.ToWord());
        }
    }

    [GeneratedRegex("at power_kw: ([0-9.]+) ")]
    private static partial Regex MorePower();

    [Fact]
    public void A_floor_that_is_too_small_names_the_power_at_which_one_more_node_fits_and_it_works()
    {
        static string Text(string kilowatts) =>
            $$"""
                lightloom: 1
                name: tight
                pools: [{name: t, node: dgx-h100, nodes: 16}]
                floor:
                  rack: {power_kw: {{kilowatts}}}
                  sites: [{name: s, buildings: [{name: b, halls: [{name: h, rows: 1, racks_per_row: 14}]}]}]
                """;
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(Text("20")), diagnostics).ShouldBeNull();
        Diagnostic error = diagnostics.Single(d => d.Id == "LL5901");
        string named = MorePower().Match(error.Message).Groups[1].Value;
        double.Parse(named, CultureInfo.InvariantCulture).ShouldBeInRange(20.3, 20.5);
        error.Message.ShouldContain("saves 8 racks");
        Designed(Text(named));
    }
}
