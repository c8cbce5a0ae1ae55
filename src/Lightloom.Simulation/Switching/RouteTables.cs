using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// Which ports lead to which leaf, from every switch. On a Clos network up and down over the tiers: a packet descends as soon as its
/// destination's leaf lies below, and climbs otherwise. Links and switches that are known to be dead are left out, and so are switches
/// above that have lost the way down. On any other graph all shortest paths.
/// </summary>
internal sealed unsafe class RouteTables : IDisposable
{
    /// <summary>Routes of the leaf ranges, all switches one after the other.</summary>
    public NativeArray<int> Table { get; }

    public NativeArray<PortGroup> Groups { get; }

    public NativeArray<int> GroupPorts { get; }

    private readonly bool _shuffle;
    private readonly List<int> _groupPorts = [];
    private readonly Rows<PortGroup> _groups = new();
    private readonly Dictionary<long, List<int>> _known = [];

    /// <summary>Works the routes out and writes each switch's part into <paramref name="switches"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="switches">Its switches' states.</param>
    /// <param name="upPort">By link: the port from A to Z.</param>
    /// <param name="downPort">By link: the port from Z to A.</param>
    /// <param name="deadLinks">By link; null when all live.</param>
    /// <param name="shuffle">Whether each switch lists its ports in an order of its own.</param>
    /// <param name="seed">Orders the ports of each group, so that equal hashes do not mean equal spines everywhere.</param>
    public RouteTables(
        NetworkDescription network,
        SwitchState* switches,
        int[] upPort,
        int[] downPort,
        bool[]? deadLinks,
        bool shuffle,
        ulong seed
    )
    {
        _shuffle = shuffle;
        var table = new List<int>();
        if (network.Routes == RouteRule.ShortestPaths)
        {
            WriteShortestPaths(network, switches, upPort, downPort, deadLinks, table, seed);
        }
        else
        {
            WriteUpAndDown(network, switches, upPort, downPort, deadLinks, table, seed);
        }
        Table = Copy(table);
        Groups = Copy(_groups);
        GroupPorts = Copy(_groupPorts);
        _known.Clear();
    }

    private void WriteUpAndDown(
        NetworkDescription network,
        SwitchState* switches,
        int[] upPort,
        int[] downPort,
        bool[]? deadLinks,
        List<int> table,
        ulong seed
    )
    {
        int count = network.Switches.Count;
        int top = 0;
        var above = new List<int>[count];
        var below = new List<int>[count];
        for (int s = 0; s < count; s++)
        {
            above[s] = [];
            below[s] = [];
            top = Math.Max(top, network.Switches[s].Tier);
        }
        var isLeaf = new bool[count];
        for (int i = 0; i < network.Links.Count; i++)
        {
            LinkDescription link = network.Links[i];
            if (link.A.IsHost)
            {
                isLeaf[link.Z.Index] = true;
            }
            else if (deadLinks is null || !deadLinks[i])
            {
                above[link.A.Index].Add(i);
                below[link.Z.Index].Add(i);
            }
        }

        // Upwards: which leaves lie below each switch, and through which ports.
        int[][] reach = new int[count][];
        var down = new (int Leaf, int Port)[count][];
        for (int tier = 0; tier <= top; tier++)
        {
            for (int s = 0; s < count; s++)
            {
                if (network.Switches[s].Tier == tier)
                {
                    down[s] = Below(network, below[s], reach, downPort);
                    reach[s] = Leaves(down[s], isLeaf[s] ? s : -1);
                }
            }
        }

        // Downwards, and only when something is dead: which leaves each switch still reaches by any way, and over how many links at least.
        // A spine that has lost its link to a leaf may reach it over the tier above; no sender should take that way while a shorter one is
        // left.
        Dictionary<int, int>[]? can = null;
        if (deadLinks is not null)
        {
            can = new Dictionary<int, int>[count];
            foreach (int s in Enumerable.Range(0, count).OrderByDescending(s => network.Switches[s].Tier))
            {
                var links = new Dictionary<int, int>();
                foreach (int leaf in reach[s])
                {
                    links[leaf] = network.Switches[s].Tier - network.Switches[leaf].Tier;
                }
                foreach (int link in above[s])
                {
                    foreach ((int leaf, int further) in can[network.Links[link].Z.Index])
                    {
                        if (!links.TryGetValue(leaf, out int known) || further + 1 < known)
                        {
                            links[leaf] = further + 1;
                        }
                    }
                }
                can[s] = links;
            }
        }

        int[] leaves = can is null ? [] : [.. Enumerable.Range(0, count).Where(s => isLeaf[s])];
        for (int s = 0; s < count; s++)
        {
            WriteSwitch(network, switches + s, s, down[s], above[s], can, leaves, upPort, table, seed);
            down[s] = [];
        }
    }

    // Breadth first from every leaf: a port leads to it on a shortest path when the switch behind it is one link nearer.
    private void WriteShortestPaths(
        NetworkDescription network,
        SwitchState* switches,
        int[] upPort,
        int[] downPort,
        bool[]? deadLinks,
        List<int> table,
        ulong seed
    )
    {
        SwitchGraph graph = new(network, deadLinks);
        var special = new List<(int Leaf, int Route)>[graph.Count];
        for (int s = 0; s < graph.Count; s++)
        {
            special[s] = [];
        }
        var hops = new int[graph.Count];
        var queue = new int[graph.Count];
        foreach (int leaf in network.Links.Where(l => l.A.IsHost).Select(l => l.Z.Index).Distinct().Order())
        {
            graph.HopsTo(leaf, hops, queue);
            for (int s = 0; s < graph.Count; s++)
            {
                if (s == leaf || hops[s] == SwitchGraph.Far)
                {
                    continue;
                }
                List<int> ports = [];
                foreach ((int link, int other) in graph.Edges(s))
                {
                    if (hops[other] == hops[s] - 1)
                    {
                        ports.Add(network.Links[link].A.Index == s ? upPort[link] : downPort[link]);
                    }
                }
                int[] order = [.. ports];
                if (_shuffle)
                {
                    Shuffle<int>(order, s, seed);
                }
                special[s].Add((leaf, RouteOf(order)));
            }
        }
        for (int s = 0; s < graph.Count; s++)
        {
            (switches + s)->DefaultRoute = SwitchState.NoRoute;
            WriteRoutes(switches + s, special[s], table);
        }
    }

    // By leaf, then by port.
    private static (int Leaf, int Port)[] Below(NetworkDescription network, List<int> links, int[][] reach, int[] downPort)
    {
        int count = 0;
        foreach (int link in links)
        {
            count += reach[network.Links[link].A.Index].Length;
        }
        var keys = new long[count];
        count = 0;
        foreach (int link in links)
        {
            foreach (int leaf in reach[network.Links[link].A.Index])
            {
                keys[count++] = ((long)leaf << 32) | (uint)downPort[link];
            }
        }
        KeySort.Sort(keys);
        var pairs = new (int Leaf, int Port)[count];
        for (int i = 0; i < count; i++)
        {
            pairs[i].Leaf = (int)(keys[i] >> 32);
            pairs[i].Port = (int)keys[i];
        }
        return pairs;
    }

    // The leaves of sorted pairs, each once, and the switch itself when it is one.
    private static int[] Leaves((int Leaf, int Port)[] pairs, int own)
    {
        var leaves = new List<int>();
        bool pending = own >= 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            if (i > 0 && pairs[i].Leaf == pairs[i - 1].Leaf)
            {
                continue;
            }
            if (pending && own <= pairs[i].Leaf)
            {
                pending = false;
                if (own < pairs[i].Leaf)
                {
                    leaves.Add(own);
                }
            }
            leaves.Add(pairs[i].Leaf);
        }
        if (pending)
        {
            leaves.Add(own);
        }
        return leaves.ToArray();
    }

    private void WriteSwitch(
        NetworkDescription network,
        SwitchState* state,
        int s,
        (int Leaf, int Port)[] down,
        List<int> above,
        Dictionary<int, int>[]? can,
        int[] leaves,
        int[] upPort,
        List<int> table,
        ulong seed
    )
    {
        var up = new int[above.Count];
        for (int i = 0; i < up.Length; i++)
        {
            up[i] = upPort[above[i]];
        }
        if (_shuffle)
        {
            Shuffle<int>(up, s, seed);
        }
        state->DefaultRoute = RouteOf(up);

        var special = new List<(int Leaf, int Route)>();
        for (int i = 0; i < down.Length; )
        {
            int leaf = down[i].Leaf;
            int end = i;
            while (end < down.Length && down[end].Leaf == leaf)
            {
                end++;
            }
            var ports = new int[end - i];
            for (int k = 0; k < ports.Length; k++)
            {
                ports[k] = down[i + k].Port;
            }
            special.Add((leaf, RouteOf(ports)));
            i = end;
        }
        if (can is not null)
        {
            var below = special.Select(x => x.Leaf).ToHashSet();
            foreach (int leaf in leaves)
            {
                if (leaf == s || below.Contains(leaf))
                {
                    continue;
                }
                int[] still = [];
                if (can[s].TryGetValue(leaf, out int shortest))
                {
                    still =
                    [
                        .. above
                            .Where(link => can[network.Links[link].Z.Index].TryGetValue(leaf, out int further) && further + 1 == shortest)
                            .Select(link => upPort[link]),
                    ];
                }
                if (still.Length != above.Count)
                {
                    special.Add((leaf, RouteOf(still)));
                }
            }
            special.Sort();
        }
        WriteRoutes(state, special, table);
    }

    // The routes of one switch that differ from its default, over the range of their leaves.
    private static void WriteRoutes(SwitchState* state, List<(int Leaf, int Route)> special, List<int> table)
    {
        state->TableBase = table.Count;
        if (special.Count == 0)
        {
            state->FirstLeaf = 0;
            state->LeafCount = 0;
            return;
        }
        int first = special[0].Leaf;
        int last = special[^1].Leaf;
        state->FirstLeaf = first;
        state->LeafCount = (uint)(last - first + 1);
        int at = 0;
        for (int leaf = first; leaf <= last; leaf++)
        {
            if (special[at].Leaf == leaf)
            {
                table.Add(special[at++].Route);
            }
            else
            {
                table.Add(state->DefaultRoute);
            }
        }
    }

    private int RouteOf(int[] ports)
    {
        if (ports.Length == 0)
        {
            return SwitchState.NoRoute;
        }
        if (ports.Length == 1)
        {
            return ports[0];
        }
        // Equal sets of one switch share a group: a round-robin switch must not start over for every destination.
        long key = ((long)ports.Length << 32) | (uint)Smallest(ports);
        if (_known.TryGetValue(key, out List<int>? candidates))
        {
            foreach (int group in candidates)
            {
                if (_groupPorts.GetRange(_groups[group].First, ports.Length).Order().SequenceEqual(ports.Order()))
                {
                    return ~group;
                }
            }
        }
        else
        {
            _known[key] = candidates = [];
        }
        candidates.Add(_groups.Count);
        _groups.Add(new PortGroup { First = _groupPorts.Count, Count = ports.Length });
        _groupPorts.AddRange(ports);
        return ~(_groups.Count - 1);
    }

    private static int Smallest(int[] ports)
    {
        int smallest = ports[0];
        foreach (int port in ports)
        {
            smallest = Math.Min(smallest, port);
        }
        return smallest;
    }

    /// <summary>Puts a switch's ports that lead up, or over a graph, into the order in which it hashes to them.</summary>
    public static void Shuffle<T>(Span<T> ports, int at, ulong seed)
    {
        ulong state = (seed ^ ((ulong)at << 20)) * 0x9E3779B97F4A7C15UL + 1;
        for (int i = ports.Length - 1; i > 0; i--)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            int other = (int)(state % (ulong)(i + 1));
            (ports[i], ports[other]) = (ports[other], ports[i]);
        }
    }

    private static NativeArray<T> Copy<T>(IReadOnlyList<T> list)
        where T : unmanaged
    {
        var copy = new NativeArray<T>(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            copy[i] = list[i];
        }
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Table.Dispose();
        Groups.Dispose();
        GroupPorts.Dispose();
    }
}
