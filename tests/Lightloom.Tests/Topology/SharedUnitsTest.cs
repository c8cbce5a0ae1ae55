using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>
/// Pools whose ports are alike share rail-optimised leaves where that takes fewer of them. Counted by hand: a leaf of 64 downlinks puts
/// floor(64/U) rails of a unit of U nodes together.
/// </summary>
public class SharedUnitsTest
{
    [Theory]
    // Alone: 24 nodes 2 rails a leaf, 4 leaves; 8 nodes 8 rails, 1. Together: 32 nodes 2 rails, 4.
    [InlineData(24, 8, 4, 32)]
    // Alone 4 and 1 (4 nodes); together 4.
    [InlineData(28, 4, 4, 32)]
    // Alone 2 and 2; together no fewer, so that each pool keeps leaves of its own.
    [InlineData(16, 16, 4, 16)]
    // Alone 8 (1 rail) and 4 (2 rails); together 64 nodes of one rail a leaf and 6 of all eight: 9.
    [InlineData(40, 30, 9, 64)]
    public void Pools_share_leaves_where_that_saves_some(int first, int second, int leaves, int unit)
    {
        Fabric fabric = Backend(
            $"- {{name: a, node: dgx-h200, nodes: {first}}}\n  - {{name: b, node: mi300x-8, nodes: {second}}}",
            "switch: nvidia-sn5610"
        );
        fabric.Tiers.Single(t => t.Tier == Tier.Leaf).Count.ShouldBe(leaves);

        // No port is used twice, and within a unit a NIC position of every node hangs on one leaf.
        var links = fabric.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links).ToList();
        links.Count.ShouldBe(8 * (first + second));
        links.Select(l => (l.Z, l.ZCage, l.ZLane)).Distinct().Count().ShouldBe(links.Count);
        foreach (var rail in links.Where(l => l.A < unit).GroupBy(l => l.Rail))
        {
            rail.Select(l => l.Z).Distinct().ShouldHaveSingleItem();
        }
    }

    // Whole units are a pool's own: a file that fixes them says what stands together.
    [Fact]
    public void Units_that_the_file_fixes_are_not_shared() =>
        Backend(
            "- {name: a, node: dgx-h200, nodes: 24}\n  - {name: b, node: mi300x-8, nodes: 8}",
            "switch: nvidia-sn5610, scalable_unit_nodes: 32"
        )
            .Tiers.Single(t => t.Tier == Tier.Leaf)
            .Count.ShouldBe(8);

    // 32 ports of 400G on 16 cages and 32 of 200G (four lanes of 50G, so two a cage) on 16 more: half of a switch of 64.
    [Fact]
    public void Hosts_of_two_rates_share_the_one_leaf_that_has_ports_for_both()
    {
        Fabric fabric = Backend(
            "- {name: a, node: dgx-h100, nodes: 4}\n  - {name: b, node: dgx-a100, nodes: 4}",
            "switch: nvidia-sn5600",
            tiers: "auto"
        );
        fabric.Tiers.ShouldHaveSingleItem().Count.ShouldBe(1);
        var links = fabric.LinkClasses.SelectMany(c => c.Links).ToList();
        links.Count.ShouldBe(64);
        links.Select(l => (l.ZCage, l.ZLane)).Distinct().Count().ShouldBe(64);
        links.Select(l => l.ZCage).Distinct().Count().ShouldBe(32);
    }

    private static Fabric Backend(string pools, string keys, string tiers = "2")
    {
        string text =
            $"lightloom: 1\nname: t\npools:\n  {pools}\nbackend: {{{keys}, tiers: {tiers}}}\nfrontend: {{enabled: false}}\noob: {{enabled: false}}\n";
        DiagnosticBag bag = new();
        ClusterSpec spec = SpecReader.Read(text, "t.yaml", Catalogue.Default, bag).ShouldNotBeNull(text);
        ClusterDesign design = Designer.Design(spec, bag).ShouldNotBeNull(text);
        return design.Network.Fabrics.Single(f => f.Role == FabricRole.Backend);
    }
}
