using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// The ways of <see cref="LeafWays"/> counted together: what a spine sends to one pod is spread once, however many pairs of leaves it comes
/// from. A pair then costs a leaf's uplinks, not those of all spines above it.
/// </summary>
/// <remarks>
/// For planes of up to three tiers. Spines that share super-spines are a class; towards a pod, a spine sends over super-spines to those of
/// its class there, its twins. Which super-spines it may use depends on the leaf only by which twins still reach it, so that pairs with the
/// same twins left share one slot. Pairs without such a way are left to <see cref="LeafWays"/>. Not safe to share.
/// </remarks>
internal sealed class GatheredWays
{
    private const int MostTwins = 63;
    private readonly LinkGraph _graph;
    private readonly int[] _pod;
    private readonly int[] _class;
    private readonly long[] _keys;
    private readonly int[] _spines;
    private readonly int[] _marked;
    private readonly int[] _last;
    private readonly double[] _in;
    private readonly Dictionary<(int Spine, int First, ulong Left), int> _slotOf = [];
    private readonly List<Slot> _slots = [];
    private readonly List<double> _shares = [];

    // What a spine sends to those of its twins that are left: over so many links up, a share to each twin from its place in _shares on.
    private struct Slot
    {
        public int Spine;
        public int First;
        public ulong Left;
        public int Ways;
        public int Shares;
        public double Latency;
        public double ByteTime;
        public double Demand;
    }

    /// <summary>What a pair of leaves needs to know of its ways: how many uplinks it uses, and means over them.</summary>
    public readonly record struct Way(int Links, double Latency, double ByteTime);

    private GatheredWays(LinkGraph graph, int[] pod, int[] classes, long[] keys, int[] spines)
    {
        (_graph, _pod, _class, _keys, _spines) = (graph, pod, classes, keys, spines);
        _marked = new int[graph.Switches];
        _last = new int[graph.Switches];
        _in = new double[graph.Switches];
    }

    /// <summary>Prepares for a network; null where its shape is another.</summary>
    public static GatheredWays? Of(LinkGraph graph)
    {
        if (!graph.IsLayered || graph.TopTier is 0 or > 2)
        {
            return null;
        }
        // Pods: leaves and spines that are joined, faults or not. Classes: spines that share a super-spine.
        DisjointSets pods = new(graph.Switches),
            classes = new(graph.Switches);
        for (int s = 0; s < graph.Switches; s++)
        {
            ReadOnlySpan<int> down = graph.DownOf(s);
            foreach (int link in down)
            {
                if (graph.Tier[s] == 1)
                {
                    pods.Join(s, ~graph.Lower[link]);
                }
                else
                {
                    classes.Join(~graph.Lower[down[0]], ~graph.Lower[link]);
                }
            }
        }
        int[] spines = [.. Enumerable.Range(0, graph.Switches).Where(s => graph.Tier[s] == 1)];
        var pod = new int[graph.Switches];
        var sameClass = new int[graph.Switches];
        for (int s = 0; s < graph.Switches; s++)
        {
            (pod[s], sameClass[s]) = (pods.Find(s), classes.Find(s));
        }
        // By class, then by pod, so that twins stand together.
        var keys = new long[spines.Length];
        for (int i = 0; i < spines.Length; i++)
        {
            keys[i] = Key(sameClass[spines[i]], pod[spines[i]]);
        }
        Array.Sort(keys, spines);
        for (int i = MostTwins; i < keys.Length; i++)
        {
            if (keys[i] == keys[i - MostTwins])
            {
                return null;
            }
        }
        return new GatheredWays(graph, pod, sameClass, keys, spines);
    }

    private static long Key(int sameClass, int pod) => ((long)sameClass << 32) | (uint)pod;

    /// <summary>The ways of a pair of different leaves; null when there is none of this kind.</summary>
    public Way? Find(int from, int to)
    {
        Mark(to);
        int links = 0;
        double latency = 0,
            byteTime = 0;
        foreach (int link in _graph.UpOf(from))
        {
            int spine = _graph.Upper[link];
            if (!_graph.IsAlive(link) || !Leads(spine, to, out int slot))
            {
                continue;
            }
            links++;
            latency += _graph.Delay[link] + _graph.Latency[spine] + _graph.Latency[to];
            byteTime += 8e12 / _graph.Capacity[2 * link];
            if (slot < 0)
            {
                latency += _graph.Delay[_last[spine]];
                byteTime += 8e12 / _graph.Capacity[2 * _last[spine] + 1];
                continue;
            }
            Slot way = _slots[slot];
            latency += way.Latency;
            byteTime += way.ByteTime;
            for (int twin = 0; way.Left >> twin != 0; twin++)
            {
                double share = _shares[way.Shares + twin];
                if (share > 0)
                {
                    int last = _last[_spines[way.First + twin]];
                    latency += share * _graph.Delay[last];
                    byteTime += share * 8e12 / _graph.Capacity[2 * last + 1];
                }
            }
        }
        Unmark(to);
        return links == 0 ? null : new Way(links, _graph.Latency[from] + latency / links, byteTime / links);
    }

    /// <summary>Adds what a pair of leaves sends; the part above spines waits for <see cref="Finish"/>.</summary>
    public void Add(int from, int to, int links, double demand, double[] load)
    {
        Mark(to);
        double share = demand / links;
        foreach (int link in _graph.UpOf(from))
        {
            int spine = _graph.Upper[link];
            if (!_graph.IsAlive(link) || !Leads(spine, to, out int slot))
            {
                continue;
            }
            load[2 * link] += share;
            if (slot < 0)
            {
                _in[spine] += share;
                continue;
            }
            ref Slot way = ref CollectionsMarshal.AsSpan(_slots)[slot];
            way.Demand += share;
            for (int twin = 0; way.Left >> twin != 0; twin++)
            {
                _in[_spines[way.First + twin]] += share * _shares[way.Shares + twin];
            }
        }
        // Down from every spine that has received something, over its links to the leaf alike.
        foreach (int link in _graph.UpOf(to))
        {
            int spine = _graph.Upper[link];
            load[2 * link + 1] += _graph.IsAlive(link) ? _in[spine] / _marked[spine] : 0;
        }
        foreach (int link in _graph.UpOf(to))
        {
            _in[_graph.Upper[link]] = 0;
        }
        Unmark(to);
    }

    /// <summary>Spreads what spines send to other pods.</summary>
    public void Finish(double[] load)
    {
        Span<Slot> slots = CollectionsMarshal.AsSpan(_slots);
        for (int i = 0; i < slots.Length; i++)
        {
            ref Slot slot = ref slots[i];
            if (slot.Demand == 0)
            {
                continue;
            }
            Mark(slot);
            double share = slot.Demand / slot.Ways;
            foreach (int link in _graph.UpOf(slot.Spine))
            {
                if (_graph.IsAlive(link) && _marked[_graph.Upper[link]] > 0)
                {
                    load[2 * link] += share;
                    _in[_graph.Upper[link]] += share;
                }
            }
            for (int twin = 0; slot.Left >> twin != 0; twin++)
            {
                if ((slot.Left >> twin & 1) == 0)
                {
                    continue;
                }
                foreach (int link in _graph.UpOf(_spines[slot.First + twin]))
                {
                    int top = _graph.Upper[link];
                    load[2 * link + 1] += _graph.IsAlive(link) && _in[top] > 0 ? _in[top] / _marked[top] : 0;
                }
            }
            foreach (int link in _graph.UpOf(slot.Spine))
            {
                _in[_graph.Upper[link]] = 0;
            }
            Unmark(slot);
            slot.Demand = 0;
        }
    }

    // Whether a spine comes down to the leaf that is marked: by itself (slot -1), or over super-spines and the twins that are left there.
    private bool Leads(int spine, int to, out int slot)
    {
        slot = -1;
        if (_pod[spine] == _pod[to])
        {
            return _marked[spine] > 0;
        }
        long key = Key(_class[spine], _pod[to]);
        int first = FirstOf(key);
        ulong left = 0;
        for (int twin = 0; first + twin < _keys.Length && _keys[first + twin] == key; twin++)
        {
            left |= _marked[_spines[first + twin]] > 0 ? 1UL << twin : 0;
        }
        slot = left == 0 ? -1 : SlotOf(spine, first, left);
        return slot >= 0;
    }

    private int FirstOf(long key)
    {
        (int low, int high) = (0, _keys.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _keys[middle] < key ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private int SlotOf(int spine, int first, ulong left)
    {
        if (_slotOf.TryGetValue((spine, first, left), out int slot))
        {
            return slot;
        }
        var made = new Slot
        {
            Spine = spine,
            First = first,
            Left = left,
            Shares = _shares.Count,
        };
        Mark(made);
        foreach (int link in _graph.UpOf(spine))
        {
            made.Ways += _graph.IsAlive(link) && _marked[_graph.Upper[link]] > 0 ? 1 : 0;
        }
        foreach (int link in _graph.UpOf(spine))
        {
            int top = _graph.Upper[link];
            if (_graph.IsAlive(link) && _marked[top] > 0)
            {
                _in[top] += 1.0 / made.Ways;
                made.Latency += (_graph.Delay[link] + _graph.Latency[top]) / (double)made.Ways;
                made.ByteTime += 8e12 / _graph.Capacity[2 * link] / made.Ways;
            }
        }
        for (int twin = 0; left >> twin != 0; twin++)
        {
            double share = 0;
            int at = _spines[first + twin];
            foreach (int link in (left >> twin & 1) == 0 ? [] : _graph.UpOf(at))
            {
                int top = _graph.Upper[link];
                double part = _graph.IsAlive(link) && _in[top] > 0 ? _in[top] / _marked[top] : 0;
                share += part;
                made.Latency += part * (_graph.Delay[link] + _graph.Latency[at]);
                made.ByteTime += part * 8e12 / Math.Max(1, _graph.Capacity[2 * link + 1]);
            }
            _shares.Add(share);
        }
        foreach (int link in _graph.UpOf(spine))
        {
            _in[_graph.Upper[link]] = 0;
        }
        Unmark(made);
        slot = -1;
        if (made.Ways > 0)
        {
            slot = _slots.Count;
            _slots.Add(made);
        }
        return _slotOf[(spine, first, left)] = slot;
    }

    // Marks the switches above one with how many living links they have to it, and the last of these. Marks of spines (above a leaf) and of
    // super-spines (above twins) stand side by side.
    private void Mark(int below)
    {
        foreach (int link in _graph.UpOf(below))
        {
            if (_graph.IsAlive(link))
            {
                _marked[_graph.Upper[link]]++;
                _last[_graph.Upper[link]] = link;
            }
        }
    }

    private void Unmark(int below)
    {
        foreach (int link in _graph.UpOf(below))
        {
            _marked[_graph.Upper[link]] = 0;
        }
    }

    private void Mark(in Slot slot)
    {
        for (int twin = 0; slot.Left >> twin != 0; twin++)
        {
            if ((slot.Left >> twin & 1) != 0)
            {
                Mark(_spines[slot.First + twin]);
            }
        }
    }

    private void Unmark(in Slot slot)
    {
        for (int twin = 0; slot.Left >> twin != 0; twin++)
        {
            Unmark(_spines[slot.First + twin]);
        }
    }
}
