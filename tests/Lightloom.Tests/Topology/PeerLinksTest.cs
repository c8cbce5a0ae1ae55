using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>Two leaves without a spine, joined by peer links.</summary>
public partial class PeerLinksTest
{
    [Theory]
    [InlineData(4, "{switch: nvidia-qm9700, redundancy: {leaf: 2}, tiers: 1, peer_links: 4}", "", 4)]
    [InlineData(14, "{switch: nvidia-qm9700, peer_links: 8}", "", 8)]
    [InlineData(3, "{switch: nvidia-qm9700, rail_optimized: false, peer_links: 1}", "", 1)]
    public void Two_leaves_share_the_rails_and_nothing_stands_above_them(int nodes, string backend, string more, int links)
    {
        ClusterDesign design = Design(nodes, backend, more).Design!;
        Fabric fabric = design.Network.Fabrics.Single(f => f.Role == FabricRole.Backend);
        fabric.Tiers.ShouldHaveSingleItem().Count.ShouldBe(2);
        NetworkAudit.FirstFault(design.Network).ShouldBeNull();

        LinkClass peers = fabric.LinkClasses.Single(c => c.TierWord == "leaf-leaf");
        peers.Links.Length.ShouldBe(links);
        peers.Links.ShouldAllBe(l => l.A + 1 == l.Z);
        // The lower name is the A end.
        string.CompareOrdinal(design.Network.NameOf(peers.Links[0].A), design.Network.NameOf(peers.Links[0].Z)).ShouldBeLessThan(0);

        Link[] hosts = [.. fabric.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links)];
        hosts.Length.ShouldBe(nodes * 8);
        hosts.GroupBy(l => l.A).ShouldAllBe(node => node.Select(l => l.Z).Distinct().Count() == 2 || !backend.Contains("tiers: 1"));
        if (!backend.Contains("rail_optimized: false"))
        {
            // A rail of every node ends on one leaf, as a rail-optimised network promises.
            hosts.GroupBy(l => l.Rail).ShouldAllBe(rail => rail.Select(l => l.Z).Distinct().Count() == 1);
        }

        // What crosses between halves of the hosts is what the peer links carry.
        fabric.Bisection.Gbps.ShouldBe(links * 400);
    }

    [Fact]
    public void A_dual_homed_frontend_without_spine_is_a_pair_with_peer_links()
    {
        ClusterDesign design = Design(10, "{switch: nvidia-qm9700}", "frontend: {peer_links: 2}").Design!;
        Fabric frontend = design.Network.Fabrics.Single(f => f.Role == FabricRole.Frontend);
        frontend.Tiers.ShouldHaveSingleItem().Count.ShouldBe(2);
        frontend.LinkClasses.Single(c => c.TierWord == "leaf-leaf").Links.Length.ShouldBe(2);
        frontend
            .LinkClasses.Where(c => c.From == Tier.Host)
            .SelectMany(c => c.Links)
            .GroupBy(l => l.A)
            .ShouldAllBe(node => node.Select(l => l.Z).Distinct().Count() == 2);
    }

    // A single leaf served such hosts, and a pair refused them.
    [Fact]
    public void Hosts_of_several_rates_share_a_pair_with_cages_for_each()
    {
        const string more = """
            frontend: {leaf: arista-7050cx4m-48d8, peer_links: 2}
            services: [{name: c, node: slow, nodes: 5}, {name: d, node: fast, nodes: 4}]
            catalog:
              nodes:
                slow: {xpus: 0, frontend: {nics: 2, rate_gbps: 25}}
                fast: {xpus: 0, frontend: {nics: 2, rate_gbps: 100}}
            """;
        (ClusterDesign? built, DiagnosticBag bag) = Design(4, "{switch: nvidia-qm9700}", more);
        ClusterDesign design = built.ShouldNotBeNull(string.Join("\n", bag.Select(d => d.Message)));
        NetworkAudit.FirstFault(design.Network).ShouldBeNull();
        Fabric frontend = design.Network.Fabrics.Single(f => f.Role == FabricRole.Frontend);
        frontend.IsPair.ShouldBeTrue();
        LinkClass[] hosts = [.. frontend.LinkClasses.Where(c => c.From == Tier.Host)];
        hosts.Select(c => c.Rate.Gbps).Distinct().Order().ShouldBe([25, 100, 200]);
        hosts.SelectMany(c => c.Links).GroupBy(l => l.A).ShouldAllBe(node => node.Select(l => l.Z).Distinct().Count() == 2);
        // Of each leaf: 4 x 200G, 5 x 25G and 4 x 100G, over two peer links of 400G.
        frontend.Oversubscription[Tier.Leaf].ShouldBe(1325 / 800.0, 0.001);
    }

    [Theory]
    [InlineData(15, "peer_links: 6")]
    [InlineData(16, "peer_links: 8")]
    [InlineData(64, "peer_links: 6")]
    public void A_refusal_names_what_works(int nodes, string asked)
    {
        (ClusterDesign? none, DiagnosticBag bag) = Design(nodes, $"{{switch: nvidia-qm9700, {asked}}}", "");
        none.ShouldBeNull();
        string message = bag.First(d => d.Severity == Severity.Error).Message;
        Match named = Works().Match(message);
        named.Success.ShouldBeTrue(message);
        string[] changes = named.Groups["changes"].Value.Split(", ").Select(c => c.Replace("backend.", "")).ToArray();
        string[] kept = [.. new[] { "switch: nvidia-qm9700", asked }.Where(k => !changes.Any(c => c.Split(':')[0] == k.Split(':')[0]))];
        Design(nodes, $"{{{string.Join(", ", kept.Concat(changes))}}}", "").Design.ShouldNotBeNull(message);
    }

    [Fact]
    public void Two_leaves_in_one_tier_are_refused_with_the_key_that_joins_them() =>
        Design(4, "{switch: nvidia-qm9700, tiers: 1, redundancy: {leaf: 2}}", "")
            .Bag.First(d => d.Severity == Severity.Error)
            .Message.ShouldContain("peer_links");

    [Fact]
    public void Peer_links_above_which_a_spine_is_asked_for_are_said_to_have_no_effect() =>
        Design(4, "{switch: nvidia-qm9700, tiers: 2, peer_links: 4}", "").Bag.ShouldContain(d => d.Id == "LL2034");

    private static (ClusterDesign? Design, DiagnosticBag Bag) Design(int nodes, string backend, string more)
    {
        DiagnosticBag bag = new();
        string text = $"lightloom: 1\nname: pair\npools: [{{name: t, node: dgx-h100, nodes: {nodes}}}]\nbackend: {backend}\n{more}\n";
        ClusterSpec spec = SpecReader.Read(text, "pair.yaml", Catalogue.Default, bag)!;
        return (Designer.Design(spec, bag), bag);
    }

    [GeneratedRegex(@"it works with (?<changes>backend\.[^;]*)$")]
    private static partial Regex Works();
}
