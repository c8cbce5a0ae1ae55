using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>Links to what is outside the design: spread over their tier, bought at our end only.</summary>
public class ExternalLinksTest
{
    private const string Border = "external: [{name: border, tier: spine, links: 8, rate_gbps: 400}]";

    [Theory]
    [InlineData("{switch: nvidia-qm9700, " + Border + "}", 62, 8, "spine-external")]
    [InlineData("{switch: nvidia-sn5610, planes: 2, " + Border + "}", 64, 8, "spine-external")]
    [InlineData("{switch: nvidia-qm9700, external: [{name: store, tier: leaf, links: 37, rate_gbps: 400}]}", 62, 37, "leaf-external")]
    [InlineData(
        "{switch: nvidia-qm9700, peer_links: 4, external: [{name: b, tier: leaf, links: 3, rate_gbps: 200, breakout: true}]}",
        6,
        3,
        "leaf-external"
    )]
    [InlineData(
        "{switch: nvidia-sn5610, planes: 2, tiers: 3, external: [{name: b, tier: super-spine, links: 5, rate_gbps: 800}]}",
        64,
        5,
        "super-spine-external"
    )]
    public void They_are_spread_over_the_switches_of_their_tier(string backend, int nodes, int links, string word)
    {
        ClusterDesign design = Design(nodes, backend, "");
        NetworkAudit.FirstFault(design.Network).ShouldBeNull();
        Fabric fabric = design.Network.Fabrics.Single(f => f.Role == FabricRole.Backend);
        LinkClass[] classes = [.. fabric.LinkClasses.Where(c => c.To == Tier.External)];
        classes.ShouldAllBe(c => c.TierWord == word);
        classes.Sum(c => c.Links.Length).ShouldBe(links);

        int[] tier =
        [
            .. design
                .Network.Groups.Where(g => g.IsOurSwitch && g.Fabric == FabricRole.Backend && g.Tier == classes[0].From)
                .SelectMany(g => Enumerable.Range(g.First, g.Count)),
        ];
        ILookup<int, Link> of = classes.SelectMany(c => c.Links).ToLookup(l => l.A);
        int[] each = [.. tier.Select(d => of[d].Count())];
        each.Sum().ShouldBe(links);
        (each.Max() - each.Min()).ShouldBeLessThanOrEqualTo(1);
        // Few links are spread over all planes, not given to the first.
        if (links >= fabric.Planes)
        {
            classes.Select(c => c.Plane).Distinct().Count().ShouldBe(fabric.Planes);
        }
    }

    [Fact]
    public void Our_end_is_bought_and_the_far_end_is_not()
    {
        ClusterDesign design = Design(30, "{switch: nvidia-qm9700, " + Border + "}", "");
        DeviceGroup outside = design.Network.Groups.Single(g => g.Tier == Tier.External);
        design.Bill.Lines.ShouldAllBe(l => !l.Id.Contains("outside"));
        design.Bill.Switches.ShouldBe(design.Network.Groups.Where(g => !g.IsNode).Sum(g => g.Count) - 1);
        design.Network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob).ShouldAllBe(c => c.Links.All(l => l.A != outside.First));

        // A module for every cage of ours that no assembly fills, counted from the links.
        HashSet<(FabricRole, int, int)> cages = [];
        foreach (LinkClass c in design.Network.LinkClasses)
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                int cable = design.Cables.CableOfLink[c.Index][i];
                if (!design.Cables.Products[design.Cables.Cables[cable].Product].A.IsAssembly)
                {
                    cages.Add((c.Fabric, c.Links[i].A, c.Links[i].ACage));
                    if (c.Links[i].Z != outside.First)
                    {
                        cages.Add((c.Fabric, c.Links[i].Z, c.Links[i].ZCage));
                    }
                }
            }
        }

        design.Cables.Transceivers.ShouldBe(cages.Count);
        // An assembly has both its plugs, and one of them would be another's.
        LinkClass external = design.Network.LinkClasses.Single(c => c.To == Tier.External);
        design
            .Cables.CableOfLink[external.Index]
            .ShouldAllBe(cable => !design.Cables.Products[design.Cables.Cables[cable].Product].A.IsAssembly);
    }

    [Theory]
    [InlineData("{tiers: 2, redundancy: 2, external: [{name: fw, tier: leaf, links: 4, rate_gbps: 100}]}", 100, 4)]
    [InlineData("{tiers: 2, redundancy: 2, external: [{name: fw, tier: spine, links: 5, rate_gbps: 400}]}", 400, 5)]
    [InlineData("{switch: juniper-qfx5240-64od, external: [{name: fw, tier: leaf, links: 3, rate_gbps: 400}]}", 400, 3)]
    public void Each_has_a_plug_of_its_own_that_carries_no_more_than_what_it_is_plugged_into(string frontend, int gbps, int links)
    {
        ClusterDesign design = Design(32, "{switch: nvidia-qm9700}", "frontend: " + frontend);
        LinkClass[] external = [.. design.Network.LinkClasses.Where(c => c.To == Tier.External)];
        external.Sum(c => c.Links.Length).ShouldBe(links);

        // A port outside that is made for the rate: its cage carries that and no more, and holds one link.
        external.ShouldAllBe(c => c.ZCages.CageRate.Gbps == gbps && c.ZCages.Ways == 1);
        external.SelectMany(c => c.Links).Select(l => (l.Z, l.ZCage)).ShouldBeUnique();
        HashSet<string> cords = [];
        foreach (LinkClass c in external)
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                CablePlan plan = design.Cables;
                LinkProduct product = plan.Products[plan.Cables[plan.CableOfLink[c.Index][i]].Product];
                int sockets = product.A.Connectors;
                product.A.Rate.Value.Gbps.ShouldBe(gbps * sockets);
                c.ACages.Ways.ShouldBeLessThanOrEqualTo(sockets);
                cords.Add($"{c.Links[i].A} {c.Links[i].ACage} {product.Sockets!.Value.ASocket(c.Links[i].ALane, 0)}").ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void The_panel_that_stands_for_what_is_outside_is_not_named_by_an_operating_system()
    {
        ClusterDesign design = Design(32, "{switch: nvidia-qm9700}", "frontend: {tiers: 2, " + Border + "}\nnames: {switch_ports: sonic}");
        LinkClass[] external = [.. design.Network.LinkClasses.Where(c => c.To == Tier.External)];
        external.ShouldNotBeEmpty();
        foreach (LinkClass c in external)
        {
            foreach (Link link in c.Links)
            {
                DeviceGroup ours = design.Network.Groups[design.Network.GroupOfDevice[link.A]];
                DeviceGroup outside = design.Network.Groups[design.Network.GroupOfDevice[link.Z]];
                design.Network.Ports.Cage(ours, c.Fabric, link.ACage).ShouldStartWith("Ethernet");
                design.Network.Ports.Leg(outside, c.Fabric, link.ZCage, link.ZLane, c.ZCages.Breakout).ShouldStartWith($"E1/{link.ZCage}:");
            }
        }
    }

    [Fact]
    public void Legs_of_a_breakout_are_taken_where_the_file_says_that_the_outside_takes_them()
    {
        const string Frontend = "frontend: {switch: celestica-ds4101, external: [{name: fw, tier: leaf, links: 8, rate_gbps: 100";
        DiagnosticBag bag = new();
        Read(8, "{switch: nvidia-qm9700}", Frontend + "}]}", bag).ShouldBeNull();
        // An OSFP cage takes no plug of 100G; what would do is named, and does.
        bag.First(d => d.Severity == Severity.Error).Message.ShouldContain("breakout: true");
        ClusterDesign design = Design(8, "{switch: nvidia-qm9700}", Frontend + ", breakout: true}]}");
        LinkClass legs = design.Network.LinkClasses.Single(c => c.To == Tier.External);
        legs.Links.GroupBy(l => (l.A, l.ACage)).ShouldAllBe(cage => cage.Count() == 4);
        legs.Links.Select(l => (l.Z, l.ZCage)).ShouldBeUnique();
    }

    // The leaf's QSFP28 cages run one port of 10G too, but 10G modules are SFP+, which its SFP28 cages take (NVIDIA's table of SN2410 ports).
    [Theory]
    [InlineData(10, FormFactor.Sfp28)]
    [InlineData(25, FormFactor.Sfp28)]
    [InlineData(100, FormFactor.Qsfp28)]
    public void A_slow_plug_goes_into_a_slow_cage_and_leaves_the_uplinks_alone(int gbps, FormFactor cage)
    {
        DiagnosticBag bag = new();
        string text = $$"""
            lightloom: 1
            name: storage
            pools: []
            services: [{name: osd, node: storage-2x25, nodes: 40}]
            backend: {enabled: false}
            frontend:
              homing: dual
              leaf: nvidia-sn2410
              spine: nvidia-sn3700c
              oversubscription: {leaf: 3.0}
              external: [{name: wan, tier: leaf, links: 4, rate_gbps: {{gbps}}}]
            """;
        ClusterSpec spec = SpecReader.Read(text, "ext.yaml", Catalogue.Default, bag).ShouldNotBeNull();
        ClusterDesign design = Designer.Design(spec, bag).ShouldNotBeNull(string.Join('\n', bag));
        LinkClass[] outward = [.. design.Network.LinkClasses.Where(c => c.To == Tier.External)];
        outward.Sum(c => c.Links.Length).ShouldBe(4);
        outward.ShouldAllBe(c => c.ACages.FormFactor == cage);
    }

    [Fact]
    public void A_tier_that_is_not_there_is_refused_with_what_works()
    {
        DiagnosticBag bag = new();
        Read(8, "{switch: nvidia-qm9700, tiers: 1, " + Border + "}", "", bag).ShouldBeNull();
        bag.First(d => d.Severity == Severity.Error).Message.ShouldContain("it works with backend.tiers: auto");
        Design(8, "{switch: nvidia-qm9700, tiers: auto, " + Border + "}", "").Network.Fabrics[0].Tiers.Count.ShouldBe(2);
    }

    [Fact]
    public void A_name_that_a_pool_has_is_refused()
    {
        DiagnosticBag bag = new();
        Read(8, "{external: [{name: t, links: 1, rate_gbps: 400}]}", "", bag).ShouldBeNull();
        bag.ShouldContain(d => d.Id == "LL2022");
    }

    private static ClusterDesign Design(int nodes, string backend, string more)
    {
        DiagnosticBag bag = new();
        return Read(nodes, backend, more, bag) ?? throw new InvalidOperationException(string.Join('\n', bag));
    }

    private static ClusterDesign? Read(int nodes, string backend, string more, DiagnosticBag bag)
    {
        string node = backend.Contains("sn5610") ? "dgx-b300" : "dgx-h100";
        string text = $"lightloom: 1\nname: ext\npools: [{{name: t, node: {node}, nodes: {nodes}}}]\nbackend: {backend}\n{more}\n";
        return SpecReader.Read(text, "ext.yaml", Catalogue.Default, bag) is { } spec ? Designer.Design(spec, bag) : null;
    }
}
