using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Cabling;

/// <summary>The planner behind the real sizing and floor.</summary>
public class PlannedDesignTest
{
    public static TheoryData<string> Examples =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "examples"), "*.yaml")
                .Select(f => Path.GetFileName(f)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_keeps_the_cabling_rules(string example)
    {
        (Network network, CablePlan plan, _) = Plan(File.ReadAllText(Path.Combine(Repository.Root, "examples", example)));
        plan.Cables.ShouldAllBe(c => c.Product >= 0);
        PlanChecks.Hold(network, plan);
    }

    [Fact]
    public void The_contracts_hopper_has_a_cable_for_every_host_and_every_spine_link()
    {
        (Network network, CablePlan plan, _) = Plan(
            """
            lightloom: 1
            name: hopper-1k
            pools: [{name: train, node: dgx-h100, nodes: 127}]
            backend: {switch: nvidia-qm9700, planes: 1, scalable_unit_nodes: 32}
            """
        );
        Count(network, plan, FabricRole.Backend, Tier.Host).ShouldBe((1016, 1016));
        Count(network, plan, FabricRole.Backend, Tier.Leaf).ShouldBe((1024, 1024));
    }

    [Fact]
    public void A_published_B300_unit_has_512_cables_and_1024_links_to_its_hosts()
    {
        (Network network, CablePlan plan, _) = Plan(
            """
            lightloom: 1
            name: b300-su
            pools: [{name: train, node: dgx-b300, nodes: 64}]
            backend: {switch: nvidia-sn5600, planes: 2, scalable_unit_nodes: 64}
            """
        );
        Count(network, plan, FabricRole.Backend, Tier.Host).ShouldBe((1024, 512));
        Count(network, plan, FabricRole.Backend, Tier.Leaf).ShouldBe((512, 512));
    }

    [Fact]
    public void Buildings_apart_are_joined_by_the_long_classes()
    {
        (_, CablePlan plan, DiagnosticBag diagnostics) = Plan(
            File.ReadAllText(Path.Combine(Repository.Root, "examples", "campus-102k.yaml"))
        );
        plan.Products.Select(p => p.Head.ArticleClass).ShouldContain("lr8");
        plan.PanelsOfCable.ShouldContain((byte)2);
        diagnostics.ShouldContain(d => d.Id == "LL6020" && d.Where == "lr8-name");
    }

    private static (long Links, int Cables) Count(Network network, CablePlan plan, FabricRole role, Tier from)
    {
        LinkClass[] classes = [.. network.LinkClasses.Where(c => c.Fabric == role && c.From == from)];
        return (classes.Sum(c => c.Links.LongLength), classes.SelectMany(c => plan.CableOfLink[c.Index]).Distinct().Count());
    }

    private static (Network Network, CablePlan Plan, DiagnosticBag Diagnostics) Plan(string text)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec spec = SpecReader.Read(text, "test.yaml", Catalogue.Default, diagnostics)!;
        ClusterDesign? design = Designer.Design(spec, diagnostics);
        diagnostics.Where(d => d.Severity == Severity.Error).ShouldBeEmpty();
        return (design!.Network, design.Cables, diagnostics);
    }
}
