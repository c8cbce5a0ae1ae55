using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Tests.Cabling;
using Lightloom.Topology;
using Lightloom.Units;
using Shouldly;

namespace Lightloom.Tests.Topology;

/// <summary>
/// Only what speaks one protocol is joined. What each part speaks is told here by its maker's family: Quantum and the ports of a ConnectX in
/// its mode are InfiniBand, Spectrum and every Tomahawk, Silicon One and Teralynx are Ethernet.
/// </summary>
public sealed class ProtocolTest
{
    private const string ConnectX7 = "pools: [{name: t, node: dgx-h100, nodes: 32}]\n";
    private const string ConnectX8 = "pools: [{name: t, node: dgx-b300, nodes: 16}]\n";
    private const string NoFrontend = "frontend: {enabled: false}\n";
    private const string OwnNodes =
        "catalog:\n  nodes:\n"
        + "    silent: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, power_w: 1000, rack_units: 4}\n"
        + "    ethernet: {xpus: 8, backend: {nics: 8, rate_gbps: 400, protocols: ethernet}, power_w: 1000, rack_units: 4}\n"
        + "    pollara: {xpus: 8, backend: {nics: 8, rate_gbps: 400, nic: pollara-400}, power_w: 1000, rack_units: 4}\n"
        + "    front: {xpus: 8, backend: {nics: 8, rate_gbps: 400, nic: connectx-7}, "
        + "frontend: {nics: 2, rate_gbps: 400, nic: pollara-400}, power_w: 1000, rack_units: 4}\n";

    private static Network? Build(string body, out DiagnosticBag diagnostics)
    {
        diagnostics = new();
        ClusterSpec? spec = SpecReader.Read("lightloom: 1\nname: x\n" + body, "x.yaml", Catalogue.Default, diagnostics);
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        return NetworkBuilder.Build(spec!, diagnostics);
    }

    private static string Refusal(string body, string id)
    {
        Build(body, out DiagnosticBag diagnostics).ShouldBeNull();
        string[] errors = [.. diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Id}: {d.Message}")];
        errors.ShouldAllBe(e => e.StartsWith(id, StringComparison.Ordinal));
        return string.Join("\n", errors);
    }

    [Theory]
    [InlineData("nvidia-qm9700", "edgecore-as9817-64o")]
    [InlineData("edgecore-as9817-64o", "nvidia-qm9700")]
    [InlineData("nvidia-qm9700", "nvidia-sn5610")]
    public void A_spine_of_another_protocol_than_the_leaf_is_refused_and_both_are_named(string leaf, string spine)
    {
        string refusal = Refusal(ConnectX7 + $"backend: {{leaf: {leaf}, spine: {spine}}}\n" + NoFrontend, "LL4901");
        refusal.ShouldContain(leaf);
        refusal.ShouldContain(spine);
        refusal.ShouldContain("InfiniBand");
        refusal.ShouldContain("Ethernet");
    }

    [Fact]
    public void A_super_spine_of_another_protocol_is_refused()
    {
        string body =
            "pools: [{name: t, node: dgx-h100, nodes: 400}]\n"
            + "backend: {leaf: nvidia-qm9700, spine: nvidia-qm9700, super_spine: nvidia-sn5610, tiers: 3}\n";
        string refusal = Refusal(body + NoFrontend, "LL4901");
        refusal.ShouldContain("nvidia-qm9700");
        refusal.ShouldContain("nvidia-sn5610");
    }

    [Theory]
    [InlineData("ethernet", "the NIC of ethernet")]
    [InlineData("pollara", "pollara-400")]
    public void An_Ethernet_NIC_is_not_joined_to_an_InfiniBand_switch(string node, string named)
    {
        string refusal = Refusal(
            $"pools: [{{name: t, node: {node}, nodes: 8}}]\nbackend: {{switch: nvidia-qm9700}}\n" + NoFrontend + OwnNodes,
            "LL4901"
        );
        refusal.ShouldContain(named);
        refusal.ShouldContain("nvidia-qm9700");
    }

    [Fact]
    public void One_Ethernet_pool_among_InfiniBand_ones_is_enough_to_refuse()
    {
        string pools = "pools: [{name: a, node: dgx-h100, nodes: 8}, {name: b, node: pollara, nodes: 8}]\n";
        Refusal(pools + "backend: {switch: nvidia-qm9700}\n" + NoFrontend + OwnNodes, "LL4901").ShouldContain("pollara-400");
    }

    [Fact]
    public void An_Ethernet_NIC_is_not_joined_to_an_InfiniBand_frontend()
    {
        string pools = "pools: [{name: t, node: front, nodes: 8}]\n";
        string refusal = Refusal(pools + "backend: {switch: nvidia-sn5610}\nfrontend: {switch: nvidia-qm9700}\n" + OwnNodes, "LL4902");
        refusal.ShouldContain("pollara-400");
        refusal.ShouldContain("nvidia-qm9700");
    }

    [Fact]
    public void A_management_network_is_Ethernet()
    {
        string own =
            "catalog: {switches: {odd: {role: management, protocols: infiniband, rack_units: 1, power_w: 90, "
            + "cages: [{count: 48, rate_gbps: 1, form_factor: rj45, lanes: 1}, {count: 4, rate_gbps: 100, form_factor: qsfp28, lanes: 4}]}}}\n";
        string refusal = Refusal(ConnectX7 + "backend: {switch: nvidia-sn5610}\noob: {leaf: odd}\n" + NoFrontend + own, "LL4903");
        refusal.ShouldContain("a management port speaks Ethernet and odd InfiniBand");
    }

    [Fact]
    public void What_speaks_alike_is_joined_and_the_fabric_says_what_it_speaks()
    {
        Network? network = Build(
            ConnectX7 + "backend: {switch: nvidia-qm9700}\nfrontend: {switch: nvidia-sn5610}\n",
            out DiagnosticBag diagnostics
        );
        diagnostics.HasErrors.ShouldBeFalse();
        network!.Fabrics.Select(f => f.Protocol).ShouldBe([Protocol.InfiniBand, Protocol.Ethernet, Protocol.Ethernet]);
        Build(ConnectX7 + "backend: {switch: nvidia-sn5610}\n" + NoFrontend, out _)!.Fabrics[0].Protocol.ShouldBe(Protocol.Ethernet);
    }

    [Fact]
    public void A_NIC_of_which_nothing_is_known_takes_the_protocol_of_the_named_switch_with_a_note()
    {
        string pools = "pools: [{name: t, node: silent, nodes: 8}]\n";
        Network? network = Build(pools + "backend: {switch: nvidia-qm9700}\n" + NoFrontend + OwnNodes, out DiagnosticBag diagnostics);
        network!.Fabrics[0].Protocol.ShouldBe(Protocol.InfiniBand);
        diagnostics.ShouldContain(d => d.Id == "LL4107" && d.Message.Contains("silent", StringComparison.Ordinal));

        // Left to choose, nothing but Ethernet is built on what is not known.
        Build(pools + NoFrontend + OwnNodes, out diagnostics)!.Fabrics[0].Protocol.ShouldBe(Protocol.Ethernet);
        diagnostics.ShouldNotContain(d => d.Id == "LL4107");
    }

    // NVIDIA's user manual: a ConnectX-8 runs 800G as one port on InfiniBand XDR and as two ports of 400GbE on Ethernet.
    [Theory]
    [InlineData("backend: {switch: nvidia-sn5610}\n")]
    [InlineData("backend: {switch: nvidia-sn5610, planes: 8, plane_layout: rail}\n")]
    [InlineData("backend: {switch: nvidia-sn5610, planes: 2, plane_layout: pods}\n")]
    public void A_NIC_without_an_Ethernet_port_of_its_full_rate_is_not_cabled_as_if_it_had_one(string backend)
    {
        string refusal = Refusal(ConnectX8 + backend + NoFrontend, "LL4901");
        refusal.ShouldContain("connectx-8");
        refusal.ShouldContain("nvidia-sn5610");
        refusal.ShouldContain("backend.plane");
    }

    [Fact]
    public void The_same_NIC_is_cabled_as_two_ports_and_on_InfiniBand_as_one()
    {
        Network? two = Build(ConnectX8 + "backend: {switch: nvidia-sn5610, planes: 2}\n" + NoFrontend, out _);
        two!.LinkClasses.First(c => c.From == Tier.Host).Rate.ShouldBe(DataRate.FromGbps(400));
        Network? one = Build(ConnectX8 + "backend: {switch: nvidia-q3400-ra}\n" + NoFrontend, out _);
        one!.LinkClasses.First(c => c.From == Tier.Host).Rate.ShouldBe(DataRate.FromGbps(800));
        one.Fabrics[0].Protocol.ShouldBe(Protocol.InfiniBand);
    }

    [Theory]
    [InlineData(ConnectX7)]
    [InlineData(ConnectX8)]
    [InlineData("pools: [{name: t, node: mi300x-8, nodes: 40}]\n")]
    public void No_backend_that_is_offered_mixes_Quantum_with_anything_else(string pools)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read("lightloom: 1\nname: x\n" + pools, "x.yaml", Catalogue.Default, diagnostics)!;
        Alternative[] feasible = [.. Designer.Explore(spec, diagnostics).Where(a => a.Feasible)];
        feasible.ShouldNotBeEmpty();
        foreach (Alternative a in feasible)
        {
            Quantum(a.Leaf).ShouldBe(Quantum(a.Spine), $"{a.Leaf} and {a.Spine}");
        }

        feasible.Any(a => Quantum(a.Leaf)).ShouldBe(!pools.Contains("mi300x", StringComparison.Ordinal));

        static bool Quantum(string id) => id.StartsWith("nvidia-q", StringComparison.Ordinal);
    }

    // OIF-800ZR maps clients of 100GE to 800GE into its line; nothing there carries InfiniBand.
    [Fact]
    public void A_coherent_module_is_not_offered_between_InfiniBand_ports()
    {
        InterconnectSelector selector = Question.Selector();
        LinkQuestion question = Question.Of(60_000, Question.Osfp800, Question.Osfp800);
        InterconnectCandidate ethernet = selector
            .Rank(question with { Protocol = Protocol.Ethernet })
            .First(c => c.Head.Kind == InterconnectKind.Zr);
        ethernet.Reasons.ShouldNotContain(r => r.Contains("InfiniBand", StringComparison.Ordinal));
        InterconnectCandidate infiniband = selector
            .Rank(question with { Protocol = Protocol.InfiniBand })
            .First(c => c.Head.Id == ethernet.Head.Id);
        infiniband.Verdict.ShouldBe(ProductVerdict.Rejected);
        infiniband.Reasons.ShouldContain(r => r.Contains("InfiniBand", StringComparison.Ordinal));
    }
}
