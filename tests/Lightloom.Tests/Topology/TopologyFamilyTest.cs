using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Topology;

/// <summary>The seam through which every kind of network goes.</summary>
public sealed class TopologyFamilyTest
{
    private static Network? Build(string backend, DiagnosticBag diagnostics)
    {
        string text = "lightloom: 1\nname: x\npools: [{name: a, node: dgx-h100, nodes: 96}]\nbackend: " + backend + "\n";
        ClusterSpec? spec = SpecReader.Read(text, "x.yaml", Catalogue.Default, diagnostics);
        return spec is null ? null : NetworkBuilder.Build(spec, diagnostics);
    }

    [Fact]
    public void A_topology_that_nobody_registered_is_refused_with_those_that_are()
    {
        DiagnosticBag diagnostics = new();
        Build("{topology: moebius}", diagnostics).ShouldBeNull();
        Diagnostic error = diagnostics.Single(d => d.Severity == Severity.Error);
        error.Id.ShouldBe("LL4003");
        foreach (ITopologyFamily family in TopologyFamilies.All)
        {
            error.Message.ShouldContain(family.Name);
        }
    }

    [Fact]
    public void Families_have_names_of_their_own()
    {
        TopologyFamilies.All.Select(f => f.Name).ShouldBeUnique();
        TopologyFamilies.All.ShouldAllBe(f => TopologyFamilies.Named(f.Name) == f);
        TopologyFamilies.All[0].Name.ShouldBe(new BackendSpec().Topology);
    }

    [Fact]
    public void The_audit_of_a_clos_finds_a_leaf_that_has_more_links_to_one_spine_than_to_another()
    {
        Network network = Build("{switch: nvidia-sn5600}", new())!;
        Fabric fabric = network.Fabrics.Single(f => f.Role == FabricRole.Backend);
        ITopologyFamily clos = TopologyFamilies.Named(fabric.Topology)!;
        clos.Audit(network, fabric).ShouldBeNull();

        LinkClass up = fabric.LinkClasses.First(c => c.From == Tier.Leaf);
        Link last = up.Links[^1];
        Link[] links = [.. up.Links[..^1], new(last.A, up.Links[0].Z, last.ACage, last.ALane, last.ZCage, last.ZLane, last.Rail)];
        Network bent = network.WithLinks(new Dictionary<LinkClass, Link[]> { [up] = links });
        clos.Audit(bent, bent.Fabrics.Single(f => f.Role == FabricRole.Backend)).ShouldNotBeNull().ShouldContain(network.NameOf(last.A));
    }
}
