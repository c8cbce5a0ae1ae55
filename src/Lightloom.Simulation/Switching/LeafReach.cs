using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// Which leaves still have a way to each other: packets climb, then descend. Asked where a host has several cards, so that the next card is
/// taken when the leaf of the first no longer leads there. Immutable.
/// </summary>
internal sealed class LeafReach
{
    // By switch: the switches that it climbs to, itself included, a bit each; of a graph without tiers, all that it is joined to.
    private readonly ulong[]?[] _above;

    private LeafReach(ulong[]?[] above) => _above = above;

    /// <summary>Looks at a network with some links dead.</summary>
    public static LeafReach Of(NetworkDescription network, bool[] dead)
    {
        int count = network.Switches.Count;
        bool graph = network.Routes == RouteRule.ShortestPaths;
        var next = new List<int>[count];
        var isLeaf = new bool[count];
        for (int i = 0; i < network.Links.Count; i++)
        {
            LinkDescription link = network.Links[i];
            if (link.A.IsHost)
            {
                isLeaf[link.Z.Index] = true;
            }
            else if (!dead[i])
            {
                (next[link.A.Index] ??= []).Add(link.Z.Index);
                if (graph)
                {
                    (next[link.Z.Index] ??= []).Add(link.A.Index);
                }
            }
        }
        var above = new ulong[]?[count];
        var open = new Stack<int>();
        for (int leaf = 0; leaf < count; leaf++)
        {
            if (!isLeaf[leaf])
            {
                continue;
            }
            ulong[] bits = above[leaf] = new ulong[(count + 63) / 64];
            open.Push(leaf);
            while (open.TryPop(out int at))
            {
                if ((bits[at >> 6] >> (at & 63) & 1) == 0)
                {
                    bits[at >> 6] |= 1UL << (at & 63);
                    next[at]?.ForEach(open.Push);
                }
            }
        }
        return new(above);
    }

    /// <summary>Whether a packet at a switch can still come to a leaf; of switches above the leaves, whether they are above it.</summary>
    public bool Joins(int at, int leaf)
    {
        ulong[] there = _above[leaf]!;
        if (_above[at] is not { } here)
        {
            return (there[at >> 6] >> (at & 63) & 1) != 0;
        }
        for (int i = 0; i < here.Length; i++)
        {
            if ((here[i] & there[i]) != 0)
            {
                return true;
            }
        }
        return false;
    }
}
