using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>Single switches whose loss takes a whole network, or a whole pool off it: what an architect wants to hear first.</summary>
internal static class SinglePoints
{
    /// <summary>Warns of them (LL4201 to LL4203). The management network is a tree by design and is left out.</summary>
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
        }
    }

    /// <summary>Pools of several nodes that hang on one leaf of a network that has more.</summary>
    private static void SayPools(Network network, Fabric fabric, string key, DiagnosticBag diagnostics)
    {
        Dictionary<int, int> leafOf = [];
        HashSet<int> several = [];
        foreach (LinkClass c in fabric.LinkClasses.Where(c => c.From == Tier.Host))
        {
            foreach (ref readonly Link link in c.Links.AsSpan())
            {
                int group = network.GroupOfDevice[link.A];
                if (!leafOf.TryAdd(group, link.Z) && leafOf[group] != link.Z)
                {
                    several.Add(group);
                }
            }
        }

        foreach (
            (int group, int leaf) in leafOf.Where(g => !several.Contains(g.Key) && network.Groups[g.Key].Count > 1).OrderBy(g => g.Key)
        )
        {
            diagnostics.Warning(
                "LL4203",
                $"all nodes of {network.Groups[group].NamePrefix} hang on one leaf of the {key}, {network.NameOf(leaf)}: its loss takes the "
                    + $"whole pool off it; give its nodes a second port, or spread them ({key}.homing: dual, {key}.redundancy: {{leaf: 2}})",
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
