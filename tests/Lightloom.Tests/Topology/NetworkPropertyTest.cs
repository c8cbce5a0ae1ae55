using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Topology;

/// <summary>What must hold of every network, tried on random specifications. The seeds are fixed, so a failure repeats.</summary>
public class NetworkPropertyTest
{
    private static readonly string[] Nodes = ["dgx-h100", "dgx-b200", "dgx-b300", "mi300x-8", "mi355x-8"];
    private static readonly string[] Switches =
    [
        "nvidia-sn5600",
        "nvidia-sn5610",
        "celestica-ds5000",
        "asterfusion-cx864e-n",
        "cisco-n9364e-sg2",
        "arista-7060x6-64pe",
        "nvidia-qm9700",
    ];

    private static string Random(int seed, out string layout)
    {
        Random random = new(seed);
        string node = Nodes[random.Next(Nodes.Length)];
        int nodes = 1 + random.Next(random.Next(4) == 0 ? 700 : 140);
        layout = random.Next(5) switch
        {
            0 => "rail",
            1 or 2 => "nic-split",
            3 => "pods",
            _ => "one",
        };
        int planes = layout switch
        {
            "rail" => 8,
            "nic-split" => 1 << random.Next(4),
            "pods" => 1,
            _ => 1,
        };
        string pods = "";
        if (layout == "pods")
        {
            int perPlane = 8 * (4 + random.Next(40));
            planes = ((nodes * 8) + perPlane - 1) / perPlane;
            pods = $", plane_xpus: {perPlane}";
        }

        bool scheduled = layout is not "pods" && random.Next(5) == 0;
        string fabric = scheduled
            ? "paradigm: switch-scheduled, leaf: drivenets-5300r, spine: drivenets-9300f"
            : $"switch: {Switches[random.Next(Switches.Length)]}";
        string unit = random.Next(3) == 0 ? $", scalable_unit_nodes: {8 << random.Next(4)}" : "";
        string rails = random.Next(3) == 0 ? ", rail_optimized: false" : "";
        string over = scheduled
            ? ""
            : random.Next(3) switch
            {
                0 => ", oversubscription: {leaf: 2.0}",
                1 => ", oversubscription: {leaf: 1.5, spine: 3}",
                _ => "",
            };
        string second = random.Next(3) == 0 ? $"\n  - {{name: other, node: {Nodes[random.Next(3)]}, nodes: {1 + random.Next(60)}}}" : "";
        return $$"""
            lightloom: 1
            name: random
            pools:
              - {name: train, node: {{node}}, nodes: {{nodes}}}{{second}}
            services:
              - {name: storage, node: storage-2x200, nodes: {{1 + random.Next(30)}}}
            backend: { {{fabric}}, planes: {{planes}}, plane_layout: {{(
                layout == "one" ? "nic-split" : layout
            )}}{{pods}}{{unit}}{{rails}}{{over}} }
            """;
    }

    private static Network? Build(int seed, out string text, out string layout, out DiagnosticBag diagnostics)
    {
        text = Random(seed, out layout);
        diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(text, "random.yaml", Catalogue.Default, diagnostics);
        return spec is null ? null : NetworkBuilder.Build(spec, diagnostics);
    }

    [Fact]
    public void Random_networks_use_every_port_once_connect_all_hosts_and_keep_planes_apart()
    {
        int built = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Network? network = Build(seed, out string text, out string layout, out DiagnosticBag diagnostics);
            if (network is null)
            {
                diagnostics.HasErrors.ShouldBeTrue(text);
                continue;
            }

            built++;
            try
            {
                NetworkAudit.FirstFault(network).ShouldBeNull();
                NetworkChecks.EveryPortLaneIsUsedAtMostOnce(network);
                HostsReachEachOther(network);
                EveryNicPortIsWiredOnce(network);
                UplinksAreEven(network, layout);
            }
            catch (Exception e)
            {
                throw new Xunit.Sdk.XunitException($"seed {seed}\n{text}\n{e.Message}", e);
            }
        }

        built.ShouldBeGreaterThan(120);
    }

    [Fact]
    public void The_audit_finds_a_port_used_twice_and_a_plane_that_falls_apart()
    {
        Network network = ReferenceDesignTest.Built(
            "lightloom: 1\nname: a\npools: [{name: train, node: dgx-h100, nodes: 40}]\nbackend: {switch: nvidia-qm9700}\n"
        );
        NetworkAudit.FirstFault(network).ShouldBeNull();
        LinkClass hosts = network.LinkClasses.First(c => c.From == Tier.Host),
            spines = network.LinkClasses.First(c => c.From == Tier.Leaf);
        Link kept = hosts.Links[5];
        hosts.Links[5] = hosts.Links[4];
        NetworkAudit.FirstFault(network)!.ShouldContain("carries two");
        hosts.Links[5] = kept;
        NetworkAudit.FirstFault(network).ShouldBeNull();
        spines.Links[0].Rail.ShouldBe((short)-1);

        // Without its spines the backend is eight leaves that do not know each other.
        Fabric whole = network.Fabrics[0];
        Fabric leavesOnly = new()
        {
            Role = whole.Role,
            Paradigm = whole.Paradigm,
            Planes = 1,
            PlaneLayout = whole.PlaneLayout,
            Tiers = whole.Tiers,
            LinkClasses = [hosts],
            Oversubscription = whole.Oversubscription,
            Bisection = whole.Bisection,
            MaxXpus = whole.MaxXpus,
            Hops = whole.Hops,
            PathDiversity = whole.PathDiversity,
            Reasons = whole.Reasons,
        };
        Network torn = new()
        {
            Groups = network.Groups,
            GroupOfDevice = network.GroupOfDevice,
            UnitOfDevice = network.UnitOfDevice,
            Units = network.Units,
            Fabrics = [leavesOnly],
            LinkClasses = [hosts],
            NodeCount = network.NodeCount,
            XpuCount = network.XpuCount,
        };
        NetworkAudit.FirstFault(torn)!.ShouldContain("falls into");
    }

    [Fact]
    public void The_same_input_gives_the_same_links()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Network? a = Build(seed, out _, out _, out _),
                b = Build(seed, out _, out _, out _);
            if (a is null)
            {
                continue;
            }

            a.LinkClasses.Count.ShouldBe(b!.LinkClasses.Count);
            for (int c = 0; c < a.LinkClasses.Count; c++)
            {
                System
                    .Runtime.InteropServices.MemoryMarshal.AsBytes(a.LinkClasses[c].Links.AsSpan())
                    .SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(b.LinkClasses[c].Links.AsSpan()))
                    .ShouldBeTrue();
            }
        }
    }

    private static void HostsReachEachOther(Network network)
    {
        Fabric backend = network.Fabrics[0];
        if (backend.PlaneLayout == PlaneLayout.Pods)
        {
            Component(network, backend.LinkClasses, "the backend of pods");
            for (int p = 0; p < backend.Planes; p++)
            {
                Component(network, [.. backend.LinkClasses.Where(c => c.Plane == p && c.To != Tier.SuperSpine)], $"pod plane {p}");
            }
        }
        else
        {
            HashSet<int>[] switches = new HashSet<int>[backend.Planes];
            for (int p = 0; p < backend.Planes; p++)
            {
                List<LinkClass> plane = [.. backend.LinkClasses.Where(c => c.Plane == p)];
                Component(network, plane, $"plane {p}");
                switches[p] = [.. plane.SelectMany(c => c.Links.SelectMany(l => c.From == Tier.Host ? new[] { l.Z } : [l.A, l.Z]))];
                for (int q = 0; q < p; q++)
                {
                    switches[p].Overlaps(switches[q]).ShouldBeFalse($"planes {p} and {q} share a switch");
                }
            }
        }

        foreach (Fabric other in network.Fabrics.Skip(1))
        {
            Component(network, other.LinkClasses, other.Role.ToString());
        }
    }

    private static void Component(Network network, IReadOnlyList<LinkClass> classes, string what)
    {
        int[] parent = [.. Enumerable.Range(0, network.DeviceCount)];
        int Find(int x)
        {
            while (parent[x] != x)
            {
                x = parent[x] = parent[parent[x]];
            }

            return x;
        }

        HashSet<int> touched = [];
        foreach (LinkClass c in classes)
        {
            foreach (Link l in c.Links)
            {
                parent[Find(l.A)] = Find(l.Z);
                touched.Add(l.A);
                touched.Add(l.Z);
            }
        }

        touched.Select(Find).Distinct().Count().ShouldBe(1, $"{what} is not connected");
    }

    private static void EveryNicPortIsWiredOnce(Network network)
    {
        Fabric backend = network.Fabrics[0];
        Dictionary<int, int> perNode = [];
        foreach (LinkClass c in backend.LinkClasses.Where(c => c.From == Tier.Host))
        {
            foreach (Link l in c.Links)
            {
                perNode[l.A] = perNode.GetValueOrDefault(l.A) + 1;
            }
        }

        int legs = backend.PlaneLayout == PlaneLayout.NicSplit ? backend.Planes : 1;
        foreach (DeviceGroup group in network.Groups.Where(g => g.IsNode && !g.IsService))
        {
            for (int d = group.First; d < group.First + group.Count; d++)
            {
                perNode[d].ShouldBe(group.Node!.Backend!.Nics.Value * legs, network.NameOf(d));
            }
        }
    }

    private static void UplinksAreEven(Network network, string layout)
    {
        // Within a pod every leaf has the same number of links to each of its spines.
        Fabric backend = network.Fabrics[0];
        foreach (LinkClass c in backend.LinkClasses.Where(c => c.From == Tier.Leaf))
        {
            foreach (IGrouping<int, Link> leaf in c.Links.GroupBy(l => l.A))
            {
                int[] counts = [.. leaf.GroupBy(l => l.Z).Select(g => g.Count()).Distinct()];
                counts.Length.ShouldBe(1, $"{layout}: {network.NameOf(leaf.Key)} is wired unevenly");
            }
        }
    }
}
