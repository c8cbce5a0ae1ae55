using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// Every flow's shares of links, and the same after symmetric links have been merged: links that all ways load in one proportion to their
/// capacity are full at the same moment, so one of them stands for all.
/// </summary>
internal sealed class FluidPaths
{
    private readonly NetworkDescription _network;
    private readonly TrafficDescription _traffic;
    private readonly SimulationOptions _options;
    private readonly int[][] _hostLinks;
    private readonly List<int> _links = [];
    private readonly List<float> _shares = [];
    private readonly List<int> _wayStart = [0];
    private readonly List<int> _partStart = [];

    /// <summary>By flow: its first entry in <see cref="Resource"/> and <see cref="Share"/>.</summary>
    public int[] Start { get; }

    /// <summary>Directed links that can fill up first.</summary>
    public int[] Resource { get; private set; } = [];

    /// <summary>The share of the flow's rate.</summary>
    public float[] Share { get; private set; } = [];

    /// <summary>By tier of the lower end: directed links between switches that carry anything.</summary>
    public int[] LinksOfTier { get; } = new int[64];

    /// <summary>By flow: one way, propagation and switches, in picoseconds; the mean over its ways.</summary>
    public double[] Latency { get; }

    /// <summary>By flow: picoseconds that a byte takes over all its links one after the other.</summary>
    public double[] ByteTime { get; }

    /// <summary>By flow: picoseconds that a byte takes on the first of them.</summary>
    public double[] FirstByteTime { get; }

    /// <summary>By flow: links that a packet crosses.</summary>
    public byte[] Hops { get; }

    /// <summary>By flow: whether any way leads to its destination.</summary>
    public bool[] Reachable { get; }

    /// <param name="network">The network.</param>
    /// <param name="traffic">The flows.</param>
    /// <param name="options">Seed, load balancing and plane policy count.</param>
    /// <param name="dead">By link: whether switches know it to be dead.</param>
    /// <param name="capacity">By directed link, in bits a second; what is dead and not yet known has none.</param>
    /// <param name="skip">By flow: those that need no way.</param>
    public FluidPaths(
        NetworkDescription network,
        TrafficDescription traffic,
        SimulationOptions options,
        bool[] dead,
        double[] capacity,
        bool[] skip
    )
    {
        _network = network;
        _traffic = traffic;
        _options = options;
        _hostLinks = network.HostLinks();
        int flows = traffic.Flows.Count;
        Start = new int[flows + 1];
        Latency = new double[flows];
        ByteTime = new double[flows];
        FirstByteTime = new double[flows];
        Hops = new byte[flows];
        Reachable = new bool[flows];
        FindWays(new FluidRoutes(network, dead), dead, skip);
        Merge(capacity, skip);
    }

    private bool OneWay => LoadBalancings.Find(_options.LoadBalancing).OnePath;

    // Flows are taken by the leaf they go to, so that each leaf is aimed at once.
    private void FindWays(FluidRoutes routes, bool[] dead, bool[] skip)
    {
        int flows = _traffic.Flows.Count;
        var known = new Dictionary<(int, int), int>();
        var wanted = new List<(int Leaf, int Flow, int Source, int Destination, float Share)>();
        for (int f = 0; f < flows; f++)
        {
            if (!skip[f])
            {
                Split(f, dead, wanted);
            }
        }
        wanted.Sort(
            (a, b) =>
                a.Leaf != b.Leaf ? a.Leaf.CompareTo(b.Leaf)
                : a.Flow != b.Flow ? a.Flow.CompareTo(b.Flow)
                : a.Source != b.Source ? a.Source.CompareTo(b.Source)
                : a.Destination.CompareTo(b.Destination)
        );
        var way = new int[wanted.Count];
        for (int i = 0; i < wanted.Count; i++)
        {
            (int leaf, int flow, int source, int destination, float share) = wanted[i];
            int from = _network.Links[source].Z.Index;
            if (OneWay || !known.TryGetValue((from, leaf), out way[i]))
            {
                bool found = OneWay
                    ? routes.Pick(from, leaf, Hash.Mix32((uint)flow * 0x85ebca6bu + (uint)destination), _options.Seed, _links)
                    : routes.Spread(from, leaf, _links, _shares);
                while (_shares.Count < _links.Count)
                {
                    _shares.Add(1);
                }
                way[i] = found ? _wayStart.Count - 1 : -1;
                _wayStart.Add(_links.Count);
                known[(from, leaf)] = way[i];
            }
            Reachable[flow] |= way[i] >= 0;
        }
        // Back to the order of flows.
        var count = new int[flows + 1];
        foreach ((int _, int flow, int _, int _, float _) in wanted)
        {
            count[flow + 1]++;
        }
        for (int f = 0; f < flows; f++)
        {
            count[f + 1] += count[f];
        }
        _partStart.AddRange(count);
        var parts = new (int Way, int Source, int Destination, float Share)[wanted.Count];
        for (int i = 0; i < wanted.Count; i++)
        {
            (int _, int flow, int source, int destination, float share) = wanted[i];
            parts[count[flow]++] = (way[i], source, destination, share);
        }
        _ends = parts;
    }

    private (int Way, int Source, int Destination, float Share)[] _ends = [];

    // Which ports of its card a flow takes: all that are alive and on planes that the other end is on too, in proportion to their rates.
    private void Split(int flow, bool[] dead, List<(int Leaf, int Flow, int Source, int Destination, float Share)> wanted)
    {
        FlowDescription description = _traffic.Flows[flow];
        int[] sources = _hostLinks[description.Source];
        int[] destinations = _hostLinks[description.Destination];
        int first = wanted.Count;
        double total = 0;
        foreach (int s in sources)
        {
            foreach (int d in destinations)
            {
                LinkDescription from = _network.Links[s],
                    to = _network.Links[d];
                if (dead[s] || dead[d] || _network.Switches[from.Z.Index].Plane != _network.Switches[to.Z.Index].Plane)
                {
                    continue;
                }
                double rate = Math.Min(from.Rate.BitsPerSecond * from.RateFraction, to.Rate.BitsPerSecond * to.RateFraction);
                total += rate;
                wanted.Add((to.Z.Index, flow, s, d, (float)rate));
            }
        }
        int ways = wanted.Count - first;
        if (ways > 1 && _options.PlanePolicy is PlanePolicy.Hash or PlanePolicy.Rail)
        {
            int pick =
                _options.PlanePolicy == PlanePolicy.Rail
                    ? Math.Max(
                        0,
                        wanted.FindIndex(first, w => _network.Switches[w.Leaf].Plane == description.Destination % _network.PlaneCount)
                            - first
                    )
                    : Hash.Below(Hash.Mix32((uint)flow ^ (uint)_options.Seed * 0x9E3779B9u), ways);
            wanted[first] = wanted[first + pick] with { Share = 1 };
            wanted.RemoveRange(first + 1, ways - 1);
            return;
        }
        for (int i = first; i < wanted.Count; i++)
        {
            wanted[i] = wanted[i] with { Share = (float)(wanted[i].Share / total) };
        }
    }

    private void Merge(double[] capacity, bool[] skip)
    {
        int ways = _wayStart.Count - 1;
        var signature = new ulong[2 * _network.Links.Count];
        for (int w = 0; w < ways; w++)
        {
            for (int e = _wayStart[w]; e < _wayStart[w + 1]; e++)
            {
                ulong proportion = BitConverter.DoubleToUInt64Bits(
                    capacity[_links[e]] > 0 ? (float)(_shares[e] / capacity[_links[e]]) : -1.0 - _links[e]
                );
                signature[_links[e]] += Mix(proportion + (ulong)w * 0x9E3779B97F4A7C15UL);
            }
        }
        var representative = new Dictionary<ulong, int>();
        var stands = new bool[signature.Length];
        for (int l = 0; l < signature.Length; l++)
        {
            if (signature[l] != 0)
            {
                LinksOfTier[Math.Min(LinksOfTier.Length - 1, _network.Switches[_network.Links[l >> 1].A.Index].Tier)]++;
                stands[l] = representative.TryAdd(signature[l], l);
            }
        }
        var resource = new List<int>();
        var shares = new List<float>();
        for (int f = 0; f < skip.Length; f++)
        {
            Start[f] = resource.Count;
            double lost = 0;
            for (int p = _partStart[f]; p < _partStart[f + 1]; p++)
            {
                (int way, int source, int destination, float share) = _ends[p];
                if (way < 0)
                {
                    lost += share;
                }
            }
            for (int p = _partStart[f]; p < _partStart[f + 1]; p++)
            {
                (int way, int source, int destination, float share) = _ends[p];
                if (way < 0)
                {
                    continue;
                }
                share = (float)(share / (1 - lost));
                _ends[p].Share = share;
                Add(resource, shares, Start[f], 2 * source, share);
                Add(resource, shares, Start[f], 2 * destination + 1, share);
                Measure(f, 2 * source, share);
                Measure(f, 2 * destination + 1, share);
                FirstByteTime[f] += share * 8e12 / Rate(2 * source);
                double hops = 2;
                for (int e = _wayStart[way]; e < _wayStart[way + 1]; e++)
                {
                    Measure(f, _links[e], share * _shares[e]);
                    hops += _shares[e];
                    if (stands[_links[e]])
                    {
                        Add(resource, shares, Start[f], _links[e], share * _shares[e]);
                    }
                }
                Hops[f] = (byte)Math.Max(Hops[f], Math.Round(hops));
            }
        }
        Start[skip.Length] = resource.Count;
        Resource = [.. resource];
        Share = [.. shares];
    }

    private static void Add(List<int> resource, List<float> shares, int start, int link, float share)
    {
        for (int e = start; e < resource.Count; e++)
        {
            if (resource[e] == link)
            {
                shares[e] += share;
                return;
            }
        }
        resource.Add(link);
        shares.Add(share);
    }

    private void Measure(int flow, int directed, float share)
    {
        LinkDescription link = _network.Links[directed >> 1];
        NodeId to = (directed & 1) == 0 ? link.Z : link.A;
        Latency[flow] += share * (double)(link.Delay.Picoseconds + (to.IsHost ? 0 : _network.Switches[to.Index].Latency.Picoseconds));
        ByteTime[flow] += share * 8e12 / Rate(directed);
    }

    private double Rate(int directed)
    {
        LinkDescription link = _network.Links[directed >> 1];
        return link.Rate.BitsPerSecond * ((directed & 1) == 0 && link.DegradedDownwardsOnly ? 1 : link.RateFraction);
    }

    /// <summary>Adds a flow's bytes to each link it has used.</summary>
    public void Account(int flow, double bytes, double[] linkBytes)
    {
        for (int p = _partStart[flow]; p < _partStart[flow + 1]; p++)
        {
            (int way, int source, int destination, float share) = _ends[p];
            if (way < 0)
            {
                continue;
            }
            linkBytes[2 * source] += share * bytes;
            linkBytes[2 * destination + 1] += share * bytes;
            for (int e = _wayStart[way]; e < _wayStart[way + 1]; e++)
            {
                linkBytes[_links[e]] += share * _shares[e] * bytes;
            }
        }
    }

    private static ulong Mix(ulong x)
    {
        x ^= x >> 30;
        x *= 0xbf58476d1ce4e5b9UL;
        x ^= x >> 27;
        x *= 0x94d049bb133111ebUL;
        return x ^ (x >> 31);
    }
}
