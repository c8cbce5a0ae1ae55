using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>Single switches whose loss takes a whole network, or a whole pool off it: what an architect wants to hear first.</summary>
internal static class SinglePoints
{
    /// <summary>Warns of them (LL4201 to LL4204). The management network is a tree by design and is left out.</summary>
    public static void Say(Network network, DiagnosticBag diagnostics)
    {
        foreach (Fabric fabric in network.Fabrics.Where(f => f.Role != FabricRole.Oob))
        {
            string key = fabric.Role.ToWord();
            List<int> leaves = Switches(network, fabric, Tier.Leaf);
            List<int> spines = Switches(network, fabric, Tier.Spine);
            if (
                leaves.Count == 1
                && fabric.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links).DistinctBy(l => l.A).Count() > 1
            )
            {
                diagnostics.Warning(
                    "LL4201",
                    $"the {key} is one leaf, {network.NameOf(leaves[0])}: its loss takes the whole network; {key}.redundancy: {{leaf: 2}} "
                        + "makes it two",
                    key
                );
                continue;
            }

            if (leaves.Count > 1 && spines.Count == 1)
            {
                diagnostics.Warning(
                    "LL4202",
                    $"the {key} has one spine, {network.NameOf(spines[0])}: its loss parts its {leaves.Count} leaves; "
                        + $"{key}.redundancy: {{spine: 2}} makes it two",
                    key
                );
            }

            SayPools(network, fabric, key, diagnostics);
            if (fabric.Role != FabricRole.Backend)
            {
                SayTrays(network, fabric, key, diagnostics);
            }
        }
    }

    /// <summary>Pools of several nodes that hang on one leaf of a network that has more.</summary>
    private static void SayPools(Network network, Fabric fabric, string key, DiagnosticBag diagnostics)
    {
        const int None = -1;
        const int Several = -2;
        int[] leafOf = new int[network.Groups.Count];
        Array.Fill(leafOf, None);
        ReadOnlySpan<ushort> groups = network.GroupOfDevice;
        foreach (LinkClass c in fabric.LinkClasses.Where(c => c.From == Tier.Host))
        {
            foreach (ref readonly Link link in c.Links.AsSpan())
            {
                ref int leaf = ref leafOf[groups[link.A]];
                leaf = leaf == None || leaf == link.Z ? link.Z : Several;
            }
        }

        for (int group = 0; group < leafOf.Length; group++)
        {
            if (leafOf[group] >= 0 && network.Groups[group].Count > 1)
            {
                diagnostics.Warning(
                    "LL4203",
                    $"all nodes of {network.Groups[group].NamePrefix} hang on one leaf of the {key}, {network.NameOf(leafOf[group])}: its loss "
                        + $"takes the whole pool off it; give its nodes a second port, or spread them ({key}.homing: dual, {key}.redundancy: "
                        + $"{{leaf: 2}})",
                    key
                );
            }
        }
    }

    /// <summary>
    /// Trays with several ports that all end on one leaf. On the backend that is the rule of rails, and the scale-up domain is the way round.
    /// </summary>
    private static void SayTrays(Network network, Fabric fabric, string key, DiagnosticBag diagnostics)
    {
        Dictionary<(int Device, int Tray), (int Leaf, int Links)> leafOf = [];
        foreach (LinkClass c in fabric.LinkClasses.Where(c => c.From == Tier.Host))
        {
            foreach (ref readonly Link link in c.Links.AsSpan())
            {
                if (network.TrayOf(link.A, fabric.Role, link.ACage) is { } tray)
                {
                    (int leaf, int links) = leafOf.GetValueOrDefault((link.A, tray.Index), (link.Z, 0));
                    leafOf[(link.A, tray.Index)] = (leaf == link.Z ? leaf : -1, links + 1);
                }
            }
        }

        foreach (
            var pool in leafOf
                .Where(t => t.Value is { Leaf: >= 0, Links: > 1 })
                .GroupBy(t => network.GroupOfDevice[t.Key.Device])
                .OrderBy(g => g.Key)
        )
        {
            DeviceGroup group = network.Groups[pool.Key];
            ((int device, int tray), (int leaf, int links)) = pool.MinBy(t => t.Key);
            diagnostics.Warning(
                "LL4204",
                $"{pool.Count()} trays of {group.NamePrefix} have all their ports of the {key} on one leaf "
                    + $"({group.NameOf(device, group.Trays!.All[tray])}: {links} on {network.NameOf(leaf)}): its loss takes them off it; "
                    + $"{key}.homing: dual puts each tray on both leaves of a pair",
                key
            );
        }
    }

    private static List<int> Switches(Network network, Fabric fabric, Tier tier) =>
        [
            .. network
                .Groups.Where(g => !g.IsNode && g.Fabric == fabric.Role && g.Tier == tier)
                .SelectMany(g => Enumerable.Range(g.First, g.Count)),
        ];
}
