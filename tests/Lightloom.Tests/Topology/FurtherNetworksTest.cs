using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Topology;

/// <summary>Networks beside backend, frontend and management: sized by hand, on ports of their own.</summary>
public sealed class FurtherNetworksTest
{
    private const string Nodes =
        "catalog:\n  nodes:\n"
        + "    gpu: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 2, rate_gbps: 200}, "
        + "networks: {storage: {nics: 2, rate_gbps: 400}}, power_w: 10200, rack_units: 8}\n"
        + "    store: {xpus: 0, networks: {storage: {nics: 2, rate_gbps: 400}, ingest: {nics: 1, rate_gbps: 100}}, "
        + "power_w: 900, rack_units: 2}\n";

    private static (ClusterDesign? Design, DiagnosticBag Diagnostics) Design(string networks, string nodes = Nodes)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(
            "lightloom: 1\nname: x\npools: [{name: train, node: gpu, nodes: 32}]\nservices: [{name: store, node: store, nodes: 8}]\n"
                + networks
                + nodes,
            "x.yaml",
            Catalogue.Default,
            diagnostics
        );
        return (spec is null ? null : Designer.Design(spec, diagnostics), diagnostics);
    }

    [Fact]
    public void A_storage_network_joins_every_node_that_names_ports_for_it()
    {
        (ClusterDesign? design, DiagnosticBag diagnostics) = Design(
            "networks:\n  storage: {switch: nvidia-sn5610, homing: dual, oversubscription: {leaf: 1}}\n  ingest: {switch: nvidia-sn4600c}\n"
        );
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        Network network = design!.Network;
        network.Fabrics.Select(f => f.Role.Name).ShouldBe(["backend", "frontend", "storage", "ingest", "oob"]);
        LinkClass[] classes = [.. network.LinkClasses.Where(c => c.Fabric.Name == "storage" && c.From == Tier.Host)];
        Link[] storage = [.. classes.SelectMany(c => c.Links)];

        // 40 nodes with two ports each, dual-homed: 40 ports on each leaf of the pair.
        storage.Length.ShouldBe(80);
        storage.GroupBy(l => l.Z).Select(g => g.Count()).ShouldBe([40, 40]);
        storage.GroupBy(l => l.A).ShouldAllBe(g => g.Select(l => l.Z).Distinct().Count() == 2);

        // A fully used leaf is one for one: half of its 64 cages go up, at 800G, whatever share of the others is in use.
        network
            .LinkClasses.Where(c => c.Fabric.Name == "storage" && c.From == Tier.Leaf)
            .SelectMany(c => c.Links)
            .GroupBy(l => l.A)
            .Select(g => g.Count())
            .ShouldBe([32, 32]);
        network.LinkClasses.Single(c => c.Fabric.Name == "ingest").Links.Length.ShouldBe(8);
        network.NameOf(storage[0].Z).ShouldBe("storage-leaf-001");
        network.PortName(storage[0].A, classes[0].Fabric, storage[0].ACage).ShouldBe("storage1");
    }

    [Fact]
    public void Every_switch_of_a_further_network_is_managed()
    {
        ClusterDesign design = Design("networks: {storage: {}, ingest: {}}\n").Design!;
        int[] managed =
        [
            .. design
                .Network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob && c.From == Tier.Host)
                .SelectMany(c => c.Links)
                .Select(l => l.A),
        ];
        foreach (DeviceGroup group in design.Network.Groups.Where(g => !g.IsNode && g.Fabric.Index > 2))
        {
            Enumerable.Range(group.First, group.Count).ShouldBeSubsetOf(managed);
        }
    }

    [Theory]
    [InlineData("networks: {storage: {}}\n", "LL2047", "ingest")]
    [InlineData("networks: {stroage: {}, ingest: {}}\n", "LL2047", "did you mean 'stroage'")]
    [InlineData("networks: {frontend: {}, storage: {}, ingest: {}}\n", "LL2021", "sections of their own")]
    [InlineData("networks: {storage: {switch: nvidia-sn561}, ingest: {}}\n", "LL2026", "nvidia-sn5610")]
    [InlineData("networks: {storage: {tiers: 1, homing: dual}, ingest: {}}\n", "LL4902", "no storage is feasible")]
    public void What_cannot_be_is_refused_and_named(string networks, string id, string says)
    {
        (ClusterDesign? design, DiagnosticBag diagnostics) = Design(networks);
        design.ShouldBeNull();
        diagnostics.ShouldContain(d => d.Severity == Severity.Error && d.Id == id && d.Message.Contains(says));
    }

    [Fact]
    public void A_network_that_no_node_is_on_is_a_warning_and_not_built()
    {
        (ClusterDesign? design, DiagnosticBag diagnostics) = Design("networks: {storage: {}, ingest: {}, spare: {}}\n");
        design!.Network.Fabrics.ShouldNotContain(f => f.Role.Name == "spare");
        diagnostics.ShouldContain(d => d.Id == "LL2048" && d.Message.Contains("spare"));
    }
}
