using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

/// <content>Hosts of several rates, odd numbers of ports, and refusals that name the key that binds.</content>
public sealed partial class NetworkCasesTest
{
    // The catalogue's own 25G leaves come and go; this one is a common box of 48 SFP28 and 8 QSFP28 cages.
    private const string Tor25 = """
          switches:
            tor25:
              rack_units: 1
              power_w: 300
              protocols: [ethernet]
              cages:
                - {count: 48, form_factor: sfp28, rate_gbps: 25, lanes: 1, breakouts: [1x25]}
                - {count: 8, form_factor: qsfp28, rate_gbps: 100, lanes: 4, breakouts: [1x100]}
        """;

    private static string WithTor25(string name, string more = "")
    {
        string text = Case(name).Replace("catalog: {nodes: {c: {", "catalog:\n  nodes: {c: {", StringComparison.Ordinal);
        text = text.Replace("rate_gbps: 25}}}}", "rate_gbps: 25}}}", StringComparison.Ordinal);
        return text.TrimEnd() + "\n" + Tor25 + "\n" + more + "\n";
    }

    [Theory]
    [InlineData("cpu-nodes-25g", "")]
    [InlineData("one-25g-bastion", "")]
    [InlineData("cpu-nodes-25g", "frontend: {leaf: [nvidia-sn5610, tor25]}")]
    [InlineData("cpu-nodes-25g", "frontend: {leaf: [tor25, arista-7060x6-64pe], spine: arista-7060x6-64pe}")]
    [InlineData("cpu-nodes-25g", "frontend: {homing: single}")]
    public void Hosts_of_several_rates_stand_on_leaves_that_have_their_rate_under_common_spines(string name, string more)
    {
        ClusterDesign design = Designed(WithTor25(name, more));
        Network network = design.Network;
        Fabric frontend = FabricOf(design, FabricRole.Frontend);
        TierOfSwitches[] leaves = [.. frontend.Tiers.Where(t => t.Tier == Tier.Leaf)];
        leaves.Select(l => l.DownBreakout.Rate.Gbps).Order().ShouldBe([25, 200]);
        leaves.ShouldAllBe(l => l.UpPorts > 0 && l.Oversubscription <= 3);
        leaves
            .Sum(l => l.Count)
            .ShouldBe(network.Groups.Where(g => !g.IsNode && g.Fabric == FabricRole.Frontend && g.Tier == Tier.Leaf).Sum(g => g.Count));

        // Every host port is wired once, at its own rate, to a leaf that has ports of it; nodes of two ports end on two leaves.
        foreach (LinkClass c in frontend.LinkClasses.Where(c => c.From == Tier.Host))
        {
            foreach (Link link in c.Links)
            {
                network.GroupOf(link.A).Node!.Frontend!.Rate.Value.ShouldBe(c.Rate);
                network
                    .GroupOf(link.Z)
                    .Switch!.Cages.ShouldContain(b =>
                        link.ZCage >= b.FirstNumber
                        && link.ZCage < b.FirstNumber + b.Count.Value
                        && b.Breakouts!.Value.Any(w => w.Rate == c.Rate)
                    );
            }
        }

        foreach (DeviceGroup nodes in network.Groups.Where(g => g.IsNode))
        {
            for (int d = nodes.First; d < nodes.First + nodes.Count; d++)
            {
                Link[] own = [.. frontend.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links).Where(l => l.A == d)];
                own.Length.ShouldBe(nodes.Node!.Frontend!.Nics.Value);
                own.Select(l => l.Z).Distinct().Count().ShouldBe(more.Contains("single", StringComparison.Ordinal) ? 1 : 2);
            }
        }

        // Every spine has as many links of each leaf, whatever the leaf's model.
        int spines = frontend.Tiers.Where(t => t.Tier == Tier.Spine).Sum(t => t.Count);
        foreach (IGrouping<int, Link> leaf in Uplinks(frontend).GroupBy(l => l.A))
        {
            leaf.GroupBy(l => l.Z).Select(s => s.Count()).Distinct().Count().ShouldBe(1);
            leaf.Select(l => l.Z).Distinct().Count().ShouldBe(spines);
        }
    }

    private static IEnumerable<Link> Uplinks(Fabric fabric) => fabric.LinkClasses.Where(c => c.From == Tier.Leaf).SelectMany(c => c.Links);

    // By hand: 256 nodes of three ports are 768, and a pair of leaves of 192 downlinks takes 384.
    [Fact]
    public void Neighbours_of_an_odd_number_of_ports_give_the_odd_one_to_either_leaf_in_turn()
    {
        ClusterDesign design = Designed(Case("odd-frontend-ports"));
        Fabric frontend = FabricOf(design, FabricRole.Frontend);
        frontend.Tiers.Where(t => t.Tier == Tier.Leaf).Sum(t => t.Count).ShouldBe(4);
        Link[] hosts = [.. frontend.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links)];
        hosts.GroupBy(l => l.Z).Select(l => l.Count()).ShouldAllBe(n => n == 192);
        foreach (IGrouping<int, Link> node in hosts.GroupBy(l => l.A))
        {
            node.Select(l => (l.ACage, l.ALane)).Distinct().Count().ShouldBe(3);
            node.Select(l => l.Z).Distinct().Count().ShouldBe(2);
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(7, 3)]
    [InlineData(65, 3)]
    [InlineData(129, 3)]
    [InlineData(40, 5)]
    [InlineData(77, 7)]
    public void Every_port_of_nodes_with_an_odd_number_is_wired_once(int nodes, int ports)
    {
        string text = $$"""
            lightloom: 1
            name: odd
            pools: [{name: t, node: n, nodes: {{nodes}}}]
            frontend: {switch: nvidia-sn5610}
            catalog:
              nodes:
                n: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: {{ports}}, rate_gbps: 200}, rack_units: 8}
            """;
        DiagnosticBag diagnostics = new();
        Network network = NetworkBuilder.Build(Read(text), diagnostics)!;
        NetworkAudit.FirstFault(network).ShouldBeNull();
        Link[] hosts = [.. network.LinkClasses.Where(c => c.Fabric == FabricRole.Frontend && c.From == Tier.Host).SelectMany(c => c.Links)];
        hosts.Select(l => (l.A, l.Rail)).Distinct().Count().ShouldBe(nodes * ports);
        hosts.Length.ShouldBe(nodes * ports);
        hosts.GroupBy(l => l.A).ShouldAllBe(n => Math.Abs(n.GroupBy(l => l.Z).Max(z => z.Count()) - (ports + 1) / 2) == 0);
    }

    // The four uplinks that 8:1 asks for reach four spines; the ratio is a limit, and six keep it too.
    [Fact]
    public void Leaves_take_as_many_uplinks_as_the_spines_that_are_asked_for()
    {
        Fabric backend = FabricOf(Designed(Case("redundancy-not-named")), FabricRole.Backend);
        backend.Tiers.Single(t => t.Tier == Tier.Spine).Count.ShouldBe(6);
        backend.Oversubscription[Tier.Leaf].ShouldBeInRange(1, 8);
        foreach (var leaf in backend.LinkClasses.Where(c => c.To == Tier.Spine).SelectMany(c => c.Links).GroupBy(l => l.A))
        {
            leaf.GroupBy(l => l.Z).Select(s => s.Count()).Distinct().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void A_refusal_by_redundancy_names_the_key_and_the_value_that_works()
    {
        // A leaf of twelve cages has no sixteen uplinks, and a leaf of nine has three downlinks: eleven leaves, whose uplinks nine spines take.
        string text = Case("redundancy-not-named")
            .Replace("leaf: 8", "leaf: 1", StringComparison.Ordinal)
            .Replace("cages: 36", "cages: 12", StringComparison.Ordinal)
            .Replace("nodes: 50", "nodes: 4", StringComparison.Ordinal);
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(text.Replace("spine: 6", "spine: 16", StringComparison.Ordinal)), diagnostics).ShouldBeNull();
        Diagnostic error = diagnostics.Single(d => d.Severity == Severity.Error);
        Match named = Regex.Match(error.Message, @"redundancy asks for 16 spines.*it works with backend\.redundancy: \{spine: (\d+)\}$");
        named.Success.ShouldBeTrue(error.Message);
        Designed(text.Replace("spine: 6", "spine: " + named.Groups[1].Value, StringComparison.Ordinal));
    }
}
