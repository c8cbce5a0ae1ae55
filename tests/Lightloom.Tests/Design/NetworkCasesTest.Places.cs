using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <content>Buildings far apart: leaves stand with their nodes, and management never vetoes.</content>
public sealed partial class NetworkCasesTest
{
    private static string BuildingOf(ClusterDesign design, int device)
    {
        Hall hall = design.Placement.Halls[design.Placement.Racks[design.Placement.RackOfDevice[device]].Hall];
        return hall.Building;
    }

    [Theory]
    [InlineData("two-buildings-1200m", "")]
    [InlineData("two-buildings-1200m", "services: [{name: st, node: storage-2x200, nodes: 5, place: [b2]}]")]
    [InlineData("two-buildings-1200m", "backend: {rail_optimized: false}")]
    [InlineData("oob-refuses-all", "")]
    public void Host_links_stay_in_their_building_and_only_uplinks_cross(string name, string more)
    {
        ClusterDesign design = Designed(Case(name) + more + "\n");
        int crossing = 0;
        foreach (LinkClass c in design.Network.LinkClasses)
        {
            foreach (Link link in c.Links)
            {
                bool crosses = BuildingOf(design, link.A) != BuildingOf(design, link.Z);
                (crosses && c.From == Tier.Host).ShouldBeFalse(
                    $"{c.Fabric} {design.Network.NameOf(link.A)} {design.Network.NameOf(link.Z)}"
                );
                crossing += crosses ? 1 : 0;
            }
        }

        crossing.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Hosts_of_one_building_share_leaves_as_before()
    {
        string pools = "pools: [{name: a, node: dgx-h100, nodes: 5, place: [h]}, {name: b, node: dgx-h100, nodes: 6, place: [b]}]";
        string floor = "floor: {sites: [{name: s, buildings: [{name: b, halls: [{name: h, rows: 4, racks_per_row: 12}]}]}]}";
        Designed($"lightloom: 1\nname: x\n{pools.Replace("[h]", "[b]", StringComparison.Ordinal)}\n{floor}\n")
            .Network.Groups.Where(g => !g.IsNode && g.Fabric == FabricRole.Frontend && g.Tier == Tier.Leaf)
            .Sum(g => g.Count)
            .ShouldBe(2);
    }

    [Fact]
    public void A_management_link_that_one_pair_of_switches_cannot_serve_takes_longer_optics()
    {
        ClusterDesign design = Designed(Case("oob-refuses-all") + "interconnect: {exclude: [er4-100g]}\n");
        LinkClass up = design.Network.LinkClasses.Single(c => c.Fabric == FabricRole.Oob && c.From == Tier.Leaf);
        up.Links.Length.ShouldBe(2);
        design.Diagnostics.ShouldNotContain(d => d.Id == "LL6903");
    }

    [Theory]
    [InlineData("interconnect: {exclude: [er4-100g, zr4-100g]}\noob: {leaf: nvidia-sn2201, spine: nvidia-sn4600c}")]
    [InlineData("interconnect: {exclude: [er4-100g, zr4-100g, er4-40g]}")]
    public void Management_that_nothing_can_join_is_left_apart_with_a_warning_and_never_refuses_the_design(string more)
    {
        ClusterDesign design = Designed(Case("oob-refuses-all") + more + "\n");
        bool whole = design.Network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob && c.From == Tier.Leaf).Sum(c => c.Links.Length) >= 2;
        design.Diagnostics.Any(d => d.Id == "LL6903" && d.Severity == Severity.Warning).ShouldBe(!whole);
    }
}
