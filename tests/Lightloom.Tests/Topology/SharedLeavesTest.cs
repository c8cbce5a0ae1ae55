using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>Hosts of two rates share leaves that serve both, where that saves switches; each rate has cages of its own.</summary>
public class SharedLeavesTest
{
    private const string Gpu =
        "gpu8: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 2, rate_gbps: 400}, "
        + "networks: {storage: {nics: 2, rate_gbps: 200}}, power_w: 10200, rack_units: 8}";

    private const string Plain =
        "plain: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 2, rate_gbps: 400}, power_w: 10200, rack_units: 8}";

    private const string Store = "stor: {xpus: 0, networks: {storage: {nics: 2, rate_gbps: 400}}, power_w: 1200, rack_units: 2}";

    // SN5610: 64 cages of 800G. At 1:1 half of them go up. A leaf of the pair takes a port of every node: 200G in fours, 400G in twos.
    [Theory]
    [InlineData(48, 16, 2)] // 12 + 8 cages of 32
    [InlineData(128, 64, 4)] // 32 + 32: both full, nothing to share
    [InlineData(96, 16, 2)] // 24 + 8: both exactly fill one
    [InlineData(97, 16, 4)] // 25 + 8: one cage too many
    [InlineData(140, 60, 6)] // 32 + 3 + 30: the rests are one cage too many for one pair
    public void A_leaf_serves_two_rates_as_far_as_its_cages_go(int gpus, int stores, int atLeast)
    {
        ClusterDesign design = Design(
            $"pools: [{{name: train, node: gpu8, nodes: {gpus}}}]\nservices: [{{name: nvme, node: stor, nodes: {stores}}}]\n"
                + "networks: {storage: {switch: nvidia-sn5610, homing: dual, oversubscription: {leaf: 1.0}}}\n"
        );
        Fabric storage = design.Network.Fabrics.Single(f => f.Role.Name == "storage");
        int cages(int nodes, int ways) => (nodes + ways - 1) / ways;
        int fours = cages(gpus, 4),
            twos = cages(stores, 2);
        int pairs = (fours / 32) + (twos / 32) + Pairs(fours % 32, twos % 32);
        storage.Tiers.Where(t => t.Tier == Tier.Leaf).Sum(t => t.Count).ShouldBe(2 * pairs);
        (2 * pairs).ShouldBeGreaterThanOrEqualTo(atLeast);
        NetworkAudit.FirstFault(design.Network).ShouldBeNull();

        LinkClass[] hosts = [.. storage.LinkClasses.Where(c => c.From == Tier.Host)];
        // Every port has a link of its rate; no cage runs two rates, or more than it carries.
        hosts.Where(c => c.Rate.Gbps == 200).Sum(c => c.Links.Length).ShouldBe(2 * gpus);
        hosts.Where(c => c.Rate.Gbps == 400).Sum(c => c.Links.Length).ShouldBe(2 * stores);
        foreach (var cage in hosts.SelectMany(c => c.Links.Select(l => (l.Z, l.ZCage, c.Rate.Gbps))).GroupBy(l => (l.Z, l.ZCage)))
        {
            cage.Select(l => l.Gbps).Distinct().Count().ShouldBe(1);
            cage.Sum(l => l.Gbps).ShouldBeLessThanOrEqualTo(800);
        }

        // The ratio that the file asks for holds on each leaf, with all that is plugged in.
        ILookup<int, double> down = hosts.SelectMany(c => c.Links.Select(l => (l.Z, c.Rate.Gbps))).ToLookup(l => l.Z, l => l.Gbps);
        ILookup<int, double> up = storage
            .LinkClasses.Where(c => c.From == Tier.Leaf)
            .SelectMany(c => c.Links.Select(l => (l.A, c.Rate.Gbps)))
            .ToLookup(l => l.A, l => l.Gbps);
        down.ShouldAllBe(leaf => leaf.Sum() <= up[leaf.Key].Sum());
        // Both ports of a node are on different leaves.
        hosts.SelectMany(c => c.Links).GroupBy(l => l.A).ShouldAllBe(node => node.Select(l => l.Z).Distinct().Count() == 2);

        static int Pairs(int a, int b) =>
            a == 0 && b == 0 ? 0
            : a == 0 || b == 0 || a + b <= 32 ? 1
            : 2;
    }

    [Fact]
    public void What_may_not_stand_together_shares_no_leaf()
    {
        ClusterDesign design = Design(
            "pools: [{name: train, node: gpu8, nodes: 16, place: [A]}]\nservices: [{name: nvme, node: stor, nodes: 8, place: [B]}]\n"
                + "networks: {storage: {switch: nvidia-sn5610, homing: dual}}\n"
                + "floor: {sites: [{name: c, buildings: [{name: A}, {name: B, x_m: 60}]}]}\n"
        );
        Fabric storage = design.Network.Fabrics.Single(f => f.Role.Name == "storage");
        storage.Tiers.Where(t => t.Tier == Tier.Leaf).Sum(t => t.Count).ShouldBe(4);
    }

    [Fact]
    public void What_is_left_open_costs_no_more_than_a_file_that_names_two_leaf_models()
    {
        const string Pools =
            "pools: [{name: train, node: plain, nodes: 24}]\nservices: [{name: login, node: cpu-2x25, nodes: 40}]\n"
            + "frontend: {homing: dual, redundancy: {leaf: 2, spine: 2}, tiers: 2";
        ClusterDesign open = Design(Pools + "}\n");
        ClusterDesign byHand = Design(Pools + ", leaf: [arista-7060x6-32pe, arista-7050sx3-48yc8], spine: arista-7050dx4-32s}\n");
        open.Bill.Estimate.Total.Dollars.ShouldBeLessThanOrEqualTo(byHand.Bill.Estimate.Total.Dollars);
    }

    private static ClusterDesign Design(string text)
    {
        DiagnosticBag bag = new();
        ClusterSpec? spec = SpecReader.Read(
            $"lightloom: 1\nname: shared\n{text}catalog: {{nodes: {{{Gpu}, {Plain}, {Store}}}}}\n",
            "shared.yaml",
            Catalogue.Default,
            bag
        );
        return (spec is null ? null : Designer.Design(spec, bag)) ?? throw new InvalidOperationException(string.Join('\n', bag));
    }
}
