using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>Single switches whose loss takes a whole network, or a whole pool off it: what an architect wants to hear first.</summary>
internal static class SinglePoints
{
    /// <summary>Warns of them (LL4201 to LL4204, LL4206, LL4207). The management network is a tree by design and is left out.</summary>
    /// <param name="spec">What was asked.</param>
    /// <param name="network">What is built.</param>
    /// <param name="nearest">Tries what would mend them: only what became a design is named.</param>
    /// <param name="diagnostics">Receives the warnings.</param>
    public static void Say(ClusterSpec spec, Network network, NearestNetwork nearest, DiagnosticBag diagnostics)
    {
        foreach (Fabric fabric in network.Fabrics.Where(f => f.Role != FabricRole.Oob))
        {
            NetworkSection section = NetworkSection.All(spec).First(s => s.Role == fabric.Role);
            SinglePointRemedies remedies = new(section, fabric, nearest);
            List<(string Id, string Words)> found = [.. Found(network, section, fabric, remedies)];
            foreach (((string id, string words), string remedy) in found.Zip(found.Count > 0 ? remedies.InWords() : []))
            {
                diagnostics.Warning(id, $"{words}; {remedy}", fabric.Role.ToWord());
            }
        }
    }

    /// <summary>What there is to warn of in one network; each is added to what is to be mended.</summary>
    private static IEnumerable<(string Id, string Words)> Found(
        Network network,
        NetworkSection section,
        Fabric fabric,
        SinglePointRemedies remedies
    )
    {
        string key = fabric.Role.ToWord();
        List<int> leaves = Switches(network, fabric, Tier.Leaf);
        List<int> spines = Switches(network, fabric, Tier.Spine);
        if (
            leaves.Count == 1
            && fabric.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links).DistinctBy(l => l.A).Count() > 1
        )
        {
            remedies.ForOneLeaf();
            yield return ("LL4201", $"the {key} is one leaf, {network.NameOf(leaves[0])}: its loss takes the whole network");
            yield break;
        }

        if (leaves.Count > 1 && spines.Count == 1)
        {
            remedies.ForOneSpine();
            yield return (
                "LL4202",
                $"the {key} has one spine, {network.NameOf(spines[0])}: its loss parts its {Counted.Of(leaves.Count, "leaf")}"
            );
        }

        RailsOnLeaf? rails = fabric.Role == FabricRole.Backend ? RailsOnOneLeaf(network, fabric) : null;
        // One leaf needs no spine, so that nothing comes of spines that the file asks for.
        if (leaves.Count > 1 && spines.Count == 0 && !fabric.IsPair && section.Spec.Redundancy.Spine > 1)
        {
            remedies.ForPlanesOfOneLeaf(fabric.Planes);
            yield return (
                "LL4206",
                $"{section.Key}.redundancy asks for {section.Spec.Redundancy.Spine} spines, and each of the {fabric.Planes} planes of the {key} is one "
                    + $"leaf, which needs none: the loss of a leaf takes {rails?.Takes ?? "a plane's share of every NIC's rate"}"
            );
        }
        else if (rails is { } alone)
        {
            remedies.ForRails(fabric);
            yield return (
                "LL4207",
                $"{(alone.Rails == alone.AllRails ? "each" : $"{alone.Rails}")} of the {Counted.Of(alone.AllRails, "rail")} of the {key} "
                    + $"{(alone.Rails == alone.AllRails || alone.Rails == 1 ? "has" : "have")} one leaf: the loss of {network.NameOf(alone.Leaf)}, or of another, takes {alone.Takes}"
            );
        }

        foreach ((DeviceGroup pool, int leaf, int ports) in PoolsOnOneLeaf(network, fabric))
        {
            remedies.ForPool(pool.NamePrefix, ports, BuiltOf.Of(fabric).LeafCount);
            yield return (
                "LL4203",
                $"all nodes of {pool.NamePrefix} hang on one leaf of the {key}, {network.NameOf(leaf)}: its loss takes the whole pool off it"
            );
        }

        foreach (var pool in fabric.Role == FabricRole.Backend ? [] : TraysOnOneLeaf(network, fabric))
        {
            // Trays of several pools are mended alike.
            remedies.ForTrays();
            yield return (
                "LL4204",
                $"{Counted.Of(pool.Trays, "tray")} of {pool.Group.NamePrefix} {(pool.Trays == 1 ? "has all its" : "have all their")} ports of the {key} on one leaf "
                    + $"({pool.Group.NameOf(pool.Device, pool.Group.Trays!.All[pool.Tray])}: {pool.Links} on {network.NameOf(pool.Leaf)}): its "
                    + $"loss takes {(pool.Trays == 1 ? "it" : "them")} off it"
            );
        }
    }

    /// <summary>
    /// The rails of which every NIC of every node ends on one leaf; null where none has several nodes and one leaf. A NIC that is divided over planes has
    /// a leaf in each.
    /// </summary>
    public static RailsOnLeaf? RailsOnOneLeaf(Network network, Fabric fabric)
    {
        const int Several = -2;
        Dictionary<int, (int Leaf, int Ports)> rails = [];
        Dictionary<int, HashSet<int>> nodes = [];
        foreach (LinkClass c in fabric.LinkClasses.Where(c => c.From == Tier.Host))
        {
            foreach (ref readonly Link link in c.Links.AsSpan())
            {
                (int leaf, int ports) = rails.GetValueOrDefault(link.Rail, (link.Z, 0));
                rails[link.Rail] = (leaf == link.Z ? leaf : Several, ports + 1);
                if (leaf == link.Z)
                {
                    (nodes.TryGetValue(link.Rail, out HashSet<int>? known) ? known : nodes[link.Rail] = []).Add(link.A);
                }
            }
        }

        KeyValuePair<int, (int Leaf, int Ports)>[] alone = [.. rails.Where(r => r.Value.Leaf >= 0 && nodes[r.Key].Count > 1)];
        if (rails.Count < 2 || alone.Length == 0)
        {
            return null;
        }

        // The leaf whose loss takes most.
        var worst = alone.GroupBy(r => r.Value.Leaf).OrderByDescending(l => l.Sum(r => r.Value.Ports)).ThenBy(l => l.Key).First();
        return new(
            alone.Length,
            rails.Count,
            worst.Key,
            worst.Count(),
            worst.Sum(r => (long)r.Value.Ports),
            rails.Values.Sum(r => (long)r.Ports)
        );
    }

    /// <summary>Pools of several nodes that hang on one leaf of a network, the leaf, and the ports of each node.</summary>
    public static IEnumerable<(DeviceGroup Pool, int Leaf, int Ports)> PoolsOnOneLeaf(Network network, Fabric fabric)
    {
        const int None = -1;
        const int Several = -2;
        int[] leafOf = new int[network.Groups.Count];
        long[] links = new long[network.Groups.Count];
        Array.Fill(leafOf, None);
        ReadOnlySpan<ushort> groups = network.GroupOfDevice;
        foreach (LinkClass c in fabric.LinkClasses.Where(c => c.From == Tier.Host))
        {
            foreach (ref readonly Link link in c.Links.AsSpan())
            {
                links[groups[link.A]]++;
                ref int leaf = ref leafOf[groups[link.A]];
                leaf = leaf == None || leaf == link.Z ? link.Z : Several;
            }
        }

        for (int group = 0; group < leafOf.Length; group++)
        {
            if (leafOf[group] >= 0 && network.Groups[group].Count > 1)
            {
                yield return (network.Groups[group], leafOf[group], (int)(links[group] / network.Groups[group].Count));
            }
        }
    }

    /// <summary>
    /// By pool: how many trays have several ports that all end on one leaf, and the first of them. On the backend that is the rule of rails, and the
    /// scale-up domain is the way round.
    /// </summary>
    public static IEnumerable<(DeviceGroup Group, int Trays, int Device, int Tray, int Leaf, int Links)> TraysOnOneLeaf(
        Network network,
        Fabric fabric
    )
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
            ((int device, int tray), (int leaf, int links)) = pool.MinBy(t => t.Key);
            yield return (network.Groups[pool.Key], pool.Count(), device, tray, leaf, links);
        }
    }

    private static List<int> Switches(Network network, Fabric fabric, Tier tier) =>
        [
            .. network
                .Groups.Where(g => !g.IsNode && g.Fabric == fabric.Role && g.Tier == tier)
                .SelectMany(g => Enumerable.Range(g.First, g.Count)),
        ];

    /// <summary>Rails that one leaf each serves.</summary>
    /// <param name="Rails">How many.</param>
    /// <param name="AllRails">Of how many.</param>
    /// <param name="Leaf">The leaf that serves most NICs of such.</param>
    /// <param name="OnLeaf">Rails on that leaf.</param>
    /// <param name="Ports">NIC ports on it.</param>
    /// <param name="AllPorts">NIC ports in all.</param>
    internal sealed record RailsOnLeaf(int Rails, int AllRails, int Leaf, int OnLeaf, long Ports, long AllPorts)
    {
        /// <summary>What the loss of that leaf takes.</summary>
        public string Takes =>
            FormattableString.Invariant(
                $"{(OnLeaf == 1 ? "a NIC" : $"{OnLeaf} NICs")} of every node off, {Ports:#,0} of {AllPorts:#,0} NIC ports"
            );
    }
}
