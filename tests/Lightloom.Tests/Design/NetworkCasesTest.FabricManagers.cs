using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Topology;
using Shouldly;

namespace Lightloom.Tests.Design;

public sealed partial class NetworkCasesTest
{
    private static string SuperPod(int nodes, string backend = "", int ports = 2, int rate = 400) =>
        $$"""
            lightloom: 1
            name: pod
            pools: [{name: t, node: dgx-h100, nodes: {{nodes}}}]
            services: [{name: ufm, node: ufm-host, nodes: 2}]
            backend: {switch: nvidia-qm9700{{backend}}}
            catalog:
              nodes:
                ufm-host:
                  xpus: 0
                  backend: {nics: {{ports}}, rate_gbps: {{rate}}, form_factor: osfp, nic: connectx-7}
                  frontend: {nics: 2, rate_gbps: 200}
                  rack_units: 1
                  power_w: 500
            """;

    // NVIDIA DGX SuperPOD reference architecture, DGX H100, Table 4: nodes, leaves, spines, compute and UFM cables, spine-leaf cables.
    [Theory]
    [InlineData(31, 8, 4, 252, 256)]
    [InlineData(63, 16, 8, 508, 512)]
    [InlineData(127, 32, 16, 1020, 1024)]
    public void Two_fabric_managers_of_two_ports_fit_a_SuperPOD_as_its_maker_counts_it(
        int nodes,
        int leaves,
        int spines,
        int hosts,
        int uplinks
    )
    {
        Fabric backend = FabricOf(Designed(SuperPod(nodes)), FabricRole.Backend);
        backend.Tiers.Where(t => t.Tier == Tier.Leaf).Sum(t => t.Count).ShouldBe(leaves);
        backend.Tiers.Where(t => t.Tier == Tier.Spine).Sum(t => t.Count).ShouldBe(spines);
        backend.LinkClasses.Where(c => c.From == Tier.Host).Sum(c => c.Links.Length).ShouldBe(hosts);
        backend.LinkClasses.Where(c => c.From == Tier.Leaf).Sum(c => c.Links.Length).ShouldBe(uplinks);
    }

    [Fact]
    public void The_ports_of_one_fabric_manager_are_on_different_leaves_and_on_ports_of_their_own()
    {
        ClusterDesign design = Designed(SuperPod(31));
        Fabric backend = FabricOf(design, FabricRole.Backend);
        DeviceGroup managers = design.Network.Groups.Single(g => g.IsService);
        Link[] all = [.. backend.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links)];
        foreach (int manager in Enumerable.Range(managers.First, managers.Count))
        {
            all.Where(l => l.A == manager).Select(l => l.Z).Distinct().Count().ShouldBe(2);
        }

        all.Select(l => (l.Z, l.ZCage, l.ZLane)).ShouldBeUnique();
        IEnumerable<(int, ushort)> up = backend
            .LinkClasses.Where(c => c.From == Tier.Leaf)
            .SelectMany(c => c.Links)
            .Select(l => (l.A, l.ACage));
        all.Select(l => (l.Z, l.ZCage)).Intersect(up).ShouldBeEmpty();
    }

    [Fact]
    public void Where_XPUs_leave_no_port_the_refusal_says_how_many_to_keep_free_and_that_works()
    {
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(SuperPod(32, ports: 1)), diagnostics).ShouldBeNull();
        diagnostics.ShouldContain(d => d.Id == "LL4904" && d.Message.Contains("backend.reserve: {leaf: 1}"));
        Fabric backend = FabricOf(Designed(SuperPod(32, ", reserve: {leaf: 1}", ports: 1)), FabricRole.Backend);
        backend.LinkClasses.Where(c => c.From == Tier.Host).Sum(c => c.Links.Length).ShouldBe((32 * 8) + 2);
    }

    [Fact]
    public void A_fabric_manager_of_another_rate_is_refused_with_both_rates()
    {
        DiagnosticBag diagnostics = new();
        Designer.Design(Read(SuperPod(31, rate: 200)), diagnostics).ShouldBeNull();
        diagnostics.ShouldContain(d => d.Id == "LL4904" && d.Message.Contains("200G") && d.Message.Contains("400G"));
    }
}
