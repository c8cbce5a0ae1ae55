using Lightloom.Simulation.Engine;
using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;

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
    private readonly bool _oneWay;
    private readonly FluidTerms? _terms;
    private readonly (uint Mark, int Drawn) _beginning;
    private readonly Dictionary<int, double> _got = [];
    private readonly List<int> _one = [];
    private readonly LoadBalancingDescription _balancing;
    private ushort[] _values = [];

    // More drawings than that are left to the law of large numbers.
    private const long MostDrawings = 500_000;

    // So are flows with more links than that in all: a flow of a tall fabric has thousands of ways, and some 50 bytes are kept of each link.
    private const long MostDrawnLinks = 4_000_000;

    // The connections that carry a flow, where it is not one alone that may take any port.
    private readonly Connections? _connections;
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

    /// <summary>Whether sprayed flows load links as the paths that they draw do, and not evenly.</summary>
    public bool DrawsPaths { get; }

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
    /// <param name="terms">What sprayed flows make of the paths that they draw; null for even shares, whatever is drawn.</param>
    /// <param name="routes">Routes over the same network and links that are alive, to be used again; null for own ones.</param>
    /// <param name="merge">False where no rates are wanted, only what links carry: <see cref="Account"/>.</param>
    public FluidPaths(
        NetworkDescription network,
        TrafficDescription traffic,
        SimulationOptions options,
        bool[] dead,
        double[] capacity,
        bool[] skip,
        FluidTerms? terms = null,
        FluidRoutes? routes = null,
        bool merge = true
    )
    {
        _network = network;
        _traffic = traffic;
        _options = options;
        _hostLinks = network.HostLinks();
        _balancing = LoadBalancings.Find(options.LoadBalancing);
        _oneWay = _balancing.OnePath;
        int flows = traffic.Flows.Count;
        _terms = terms;
        _beginning = FlowRandom.BeginningOf(options);
        DrawsPaths = terms is not null && Draws(skip) && CountLinks(routes ??= new(network, dead), dead, skip, terms) <= MostDrawnLinks;
        _connections = (_oneWay || DrawsPaths) && Connections.Of(network, traffic, options) is { Tied: true } tied ? tied : null;
        Start = new int[flows + 1];
        Latency = new double[flows];
        ByteTime = new double[flows];
        FirstByteTime = new double[flows];
        Hops = new byte[flows];
        Reachable = new bool[flows];
        routes ??= new(network, dead);
        routes.Begin();
        FindWays(routes, dead, skip);
        if (terms is not null && _oneWay && _connections is null && network.PlaneCount > 1)
        {
            LeaveFullPlanes(capacity);
        }
        if (merge)
        {
            Merge(capacity, skip);
        }
    }

    // Flows are taken by the leaf they go to, so that each leaf is aimed at once.
    private void FindWays(FluidRoutes routes, bool[] dead, bool[] skip)
    {
        int flows = _traffic.Flows.Count;
        var known = new Dictionary<(int, int), int>();
        var wanted = new List<Part>();
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
                : a.Destination != b.Destination ? a.Destination.CompareTo(b.Destination)
                : a.Carrier.CompareTo(b.Carrier)
        );
        var way = new int[wanted.Count];
        for (int i = 0; i < wanted.Count; i++)
        {
            Part part = wanted[i];
            int from = _network.Links[part.Source].Z.Index;
            if (DrawsPaths)
            {
                way[i] = Sprayed(routes, from, part) ? _wayStart.Count - 1 : -1;
                _wayStart.Add(_links.Count);
            }
            else if (_oneWay || !known.TryGetValue((from, part.Leaf), out way[i]))
            {
                bool found = _oneWay
                    ? routes.Pick(from, part.Leaf, KeyOf(part.Carrier), _options, _links)
                    : routes.Spread(from, part.Leaf, _links, _shares);
                while (_shares.Count < _links.Count)
                {
                    _shares.Add(1);
                }
                way[i] = found ? _wayStart.Count - 1 : -1;
                _wayStart.Add(_links.Count);
                known[(from, part.Leaf)] = way[i];
            }
            Reachable[part.Flow] |= way[i] >= 0;
        }
        // Back to the order of flows.
        var count = new int[flows + 1];
        foreach (Part part in wanted)
        {
            count[part.Flow + 1]++;
        }
        for (int f = 0; f < flows; f++)
        {
            count[f + 1] += count[f];
        }
        _partStart.AddRange(count);
        var parts = new (int Way, int Source, int Destination, float Share)[wanted.Count];
        for (int i = 0; i < wanted.Count; i++)
        {
            Part part = wanted[i];
            parts[count[part.Flow]++] = (way[i], part.Source, part.Destination, part.Share);
        }
        _ends = parts;
    }

    private (int Way, int Source, int Destination, float Share)[] _ends = [];

    // What is lost or held up on one plane goes by the other: of a flow that has a path on each, the terms say how much divides itself by
    // how full the paths are, and not evenly. Of flows that wait for others nobody knows here what they will meet.
    private void LeaveFullPlanes(double[] capacity)
    {
        double[] load = new double[capacity.Length];
        foreach ((int way, int source, int destination, float share) in _ends)
        {
            foreach (int link in LinksOf(way, source, destination))
            {
                load[link] += share / Math.Max(1, capacity[link]);
            }
        }
        Span<double> weights = stackalloc double[64];
        for (int f = 0; f < _traffic.Flows.Count; f++)
        {
            Span<(int Way, int Source, int Destination, float Share)> parts = _ends.AsSpan(
                _partStart[f],
                _partStart[f + 1] - _partStart[f]
            );
            if (parts.Length < 2 || _traffic.Flows[f].StartTrigger >= 0)
            {
                continue;
            }
            double open = 0,
                all = 0;
            Span<double> weight = weights[..Math.Min(parts.Length, weights.Length)];
            parts = parts[..weight.Length];
            for (int p = 0; p < parts.Length; p++)
            {
                double fullest = 0;
                foreach (int link in LinksOf(parts[p].Way, parts[p].Source, parts[p].Destination))
                {
                    fullest = Math.Max(fullest, load[link]);
                }
                weight[p] = parts[p].Way < 0 ? 0 : 1 / fullest;
                open += weight[p];
                all += parts[p].Share;
            }
            if (open <= 0)
            {
                continue;
            }
            double wire = _options.WireSizeOf(_traffic.Flows[f].Size).Bytes * parts[0].Share;
            double divided = _terms!.UnevenOf(wire * 8e12 / Rate(2 * parts[0].Source) / RoundTripOf(parts[0].Way, parts[0]));
            for (int p = 0; p < parts.Length; p++)
            {
                parts[p].Share = (float)((1 - divided) * parts[p].Share + divided * all * weight[p] / open);
            }
        }
    }

    private IEnumerable<int> LinksOf(int way, int source, int destination)
    {
        yield return 2 * source;
        for (int e = way < 0 ? 0 : _wayStart[way]; way >= 0 && e < _wayStart[way + 1]; e++)
        {
            yield return _links[e];
        }
        yield return 2 * destination + 1;
    }

    private double RoundTripOf(int way, (int Way, int Source, int Destination, float Share) part) =>
        RoundTripOf(part.Source, part.Destination, way < 0 ? 0 : _wayStart[way], way < 0 ? 0 : _wayStart[way + 1]);

    // Without load, over the links of a way.
    private double RoundTripOf(int source, int destination, int first, int end)
    {
        double latency = DelayOf(2 * source) + DelayOf(2 * destination + 1),
            byteTime = 8e12 / Rate(2 * destination + 1);
        for (int e = first; e < end; e++)
        {
            latency += _shares[e] * DelayOf(_links[e]);
            byteTime += _shares[e] * 8e12 / Rate(_links[e]);
        }
        return FluidTerms.RoundTripOf(latency, byteTime, _options);
    }

    // Where hosts draw paths, and so few that each can be followed.
    private bool Draws(bool[] skip) =>
        _balancing.VariesEntropy
        && !LoadBalancingDescription.EntropyNamesPlanes(_options, 2)
        && (long)_options.Paths * skip.Count(s => !s) <= MostDrawings;

    // The links that flows would keep if each kept its own, before any are: as many as a pair of leaves has for each flow between the two.
    private long CountLinks(FluidRoutes routes, bool[] dead, bool[] skip, FluidTerms terms)
    {
        if (terms.Spreads.All(s => s.Uneven <= 0))
        {
            return 0;
        }
        Dictionary<(int From, int To), long> pairs = [];
        for (int f = 0; f < skip.Length; f++)
        {
            if (skip[f])
            {
                continue;
            }
            foreach (int s in _hostLinks[_traffic.Flows[f].Source])
            {
                foreach (int d in _hostLinks[_traffic.Flows[f].Destination])
                {
                    (int from, int to) = (_network.Links[s].Z.Index, _network.Links[d].Z.Index);
                    if (!dead[s] && !dead[d] && _network.Switches[from].Plane == _network.Switches[to].Plane)
                    {
                        pairs[(from, to)] = pairs.GetValueOrDefault((from, to)) + 1;
                    }
                }
            }
        }
        long links = 0;
        foreach (((int from, int to), long count) in pairs.OrderBy(p => p.Key.To))
        {
            _one.Clear();
            _shares.Clear();
            routes.Spread(from, to, _one, _shares);
            links += count * _one.Count;
        }
        _one.Clear();
        _shares.Clear();
        return links;
    }

    // The paths of all entropy values that the flow goes round, hashed as the packet engine's switches do; the rest of its packets, as the
    // terms say, go evenly over all.
    private bool Sprayed(FluidRoutes routes, int from, Part part)
    {
        int first = _links.Count;
        if (!routes.Spread(from, part.Leaf, _links, _shares))
        {
            return false;
        }
        double wire = _options.WireSizeOf(_traffic.Flows[part.Flow].Size).Bytes * part.Share;
        double roundTrip = RoundTripOf(part.Source, part.Destination, first, _links.Count);
        double drawn = _terms!.UnevenOf(wire * 8e12 / Rate(2 * part.Source) / roundTrip);
        if (drawn <= 0 || first == _links.Count)
        {
            return true;
        }
        _got.Clear();
        for (int e = first; e < _links.Count; e++)
        {
            _got[_links[e]] = _shares[e] * (1 - drawn);
        }
        // A flow of fewer packets than paths gets no further.
        int paths = (int)Math.Clamp(Math.Ceiling(wire / _options.MtuBytes), 1, _options.Paths);
        foreach (ushort value in FirstValues(part.Carrier, paths))
        {
            _one.Clear();
            routes.Pick(from, part.Leaf, HashRouting.KeyOf(part.Carrier, value), _options, _one);
            foreach (int link in _one)
            {
                _got[link] = _got.GetValueOrDefault(link) + drawn / paths;
            }
        }
        _links.RemoveRange(first, _links.Count - first);
        _shares.RemoveRange(first, _shares.Count - first);
        foreach ((int link, double share) in _got)
        {
            _links.Add(link);
            _shares.Add((float)share);
        }
        return true;
    }

    // The entropy values of a flow's first packets in the packet engine: a round, or a part of it, over the values of its set; or drawn out
    // of all, each anew, where by the time that all could have been drawn those are used again that came back unmarked.
    private ReadOnlySpan<ushort> FirstValues(int carrier, int count)
    {
        if (_values.Length < count)
        {
            _values = new ushort[count];
        }
        uint random = FlowRandom.Of(carrier, _options.Seed, _beginning),
            mask = (uint)_options.Paths - 1;
        if (_balancing.DrawsEachValue)
        {
            for (int i = 0; i < count; i++)
            {
                _values[i] = count == _options.Paths ? (ushort)i : Reps.Chance(ref random, _options.Paths);
            }
            return _values.AsSpan(0, count);
        }
        uint set = Oblivious.SetOf(ref random, mask),
            flip = Oblivious.FlipOf(ref random, mask);
        for (uint i = 0; i < count; i++)
        {
            _values[i] = (ushort)(set | ((i ^ flip) & mask));
        }
        return _values.AsSpan(0, count);
    }

    private double DelayOf(int directed)
    {
        LinkDescription link = _network.Links[directed >> 1];
        NodeId to = (directed & 1) == 0 ? link.Z : link.A;
        return link.Delay.Picoseconds + (to.IsHost ? 0 : _network.Switches[to.Index].Latency.Picoseconds);
    }

    // What switches hash of a flow's packets in the packet engine.
    private uint KeyOf(int carrier)
    {
        uint random = FlowRandom.Of(carrier, _options.Seed, _beginning);
        return HashRouting.KeyOf(carrier, OnePath.First(ref random));
    }

    /// <summary>What of a flow goes from one port to another.</summary>
    /// <param name="Leaf">The leaf of the destination's port.</param>
    /// <param name="Flow">The flow.</param>
    /// <param name="Carrier">The number under which switches know it: the flow, or the connection that carries this part of it.</param>
    /// <param name="Source">The source's link.</param>
    /// <param name="Destination">The destination's link.</param>
    /// <param name="Share">The share of the flow.</param>
    private readonly record struct Part(int Leaf, int Flow, int Carrier, int Source, int Destination, float Share);

    private void Split(int flow, bool[] dead, List<Part> wanted)
    {
        if (_connections is null)
        {
            Ways(flow, flow, 1, dead, wanted);
            return;
        }
        double bytes = Math.Max(1, _traffic.Flows[flow].Size.Bytes);
        for (int c = _connections.First[flow]; c < _connections.First[flow + 1]; c++)
        {
            double share = Math.Max(1, _connections.Wire.Flows[c].Size.Bytes) / bytes;
            int before = wanted.Count;
            Ways(flow, c, share, dead, wanted, (_connections.Plane(c), _connections.SourceCard(c), _connections.DestinationCard(c)));
            if (wanted.Count == before)
            {
                // Its own port leads nowhere, so it takes what there is.
                Ways(flow, c, share, dead, wanted);
            }
        }
    }

    // Which ports of its card a flow takes: all that are alive and on planes that the other end is on too, in proportion to their rates.
    private void Ways(
        int flow,
        int carrier,
        double share,
        bool[] dead,
        List<Part> wanted,
        (int Plane, int Source, int Destination)? tied = null
    )
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
                int plane = _network.Switches[from.Z.Index].Plane;
                bool leads = !dead[s] && !dead[d] && plane == _network.Switches[to.Z.Index].Plane;
                if (!leads || (tied is { } own && !Keeps(own, plane, sources, s, destinations, d)))
                {
                    continue;
                }
                double rate = Math.Min(from.Rate.BitsPerSecond * from.RateFraction, to.Rate.BitsPerSecond * to.RateFraction);
                total += rate;
                wanted.Add(new(to.Z.Index, flow, carrier, s, d, (float)rate));
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
                    : Hash.Below(Hash.Mix32((uint)carrier ^ (uint)_options.Seed * 0x9E3779B9u), ways);
            wanted[first] = wanted[first + pick] with { Share = (float)share };
            wanted.RemoveRange(first + 1, ways - 1);
            return;
        }
        for (int i = first; i < wanted.Count; i++)
        {
            wanted[i] = wanted[i] with { Share = (float)(share * wanted[i].Share / total) };
        }
    }

    // Whether a connection's two cards hang on these links of a plane.
    private bool Keeps(
        (int Plane, int Source, int Destination) own,
        int plane,
        int[] sources,
        int source,
        int[] destinations,
        int destination
    ) =>
        (own.Plane < 0 || own.Plane == plane)
        && CardOf(sources, source, plane) == own.Source % CardOf(sources, -1, plane)
        && CardOf(destinations, destination, plane) == own.Destination % CardOf(destinations, -1, plane);

    // The place of a link among a host's on a plane; how many there are for a link that is none of them.
    private int CardOf(int[] links, int link, int plane)
    {
        int place = 0;
        foreach (int l in links)
        {
            if (l == link)
            {
                return place;
            }
            place += _network.Switches[_network.Links[l].Z.Index].Plane == plane ? 1 : 0;
        }
        return place;
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
        // By directed link: its entry, which is the flow's own if it is not before the flow's first.
        var entry = new int[signature.Length];
        Array.Fill(entry, -1);
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
                Add(resource, shares, Start[f], entry, 2 * source, share);
                Add(resource, shares, Start[f], entry, 2 * destination + 1, share);
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
                        Add(resource, shares, Start[f], entry, _links[e], share * _shares[e]);
                    }
                }
                Hops[f] = (byte)Math.Max(Hops[f], Math.Round(hops));
            }
        }
        Start[skip.Length] = resource.Count;
        Resource = [.. resource];
        Share = [.. shares];
    }

    private static void Add(List<int> resource, List<float> shares, int start, int[] entry, int link, float share)
    {
        if (entry[link] >= start)
        {
            shares[entry[link]] += share;
            return;
        }
        entry[link] = resource.Count;
        resource.Add(link);
        shares.Add(share);
    }

    private void Measure(int flow, int directed, float share)
    {
        Latency[flow] += share * DelayOf(directed);
        ByteTime[flow] += share * 8e12 / Rate(directed);
    }

    private double Rate(int directed)
    {
        LinkDescription link = _network.Links[directed >> 1];
        return link.Rate.BitsPerSecond * link.FractionOf(upwards: (directed & 1) == 0);
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
