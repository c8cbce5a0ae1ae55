using System.Runtime.InteropServices;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// Solves one step of a collective: flows of one size that start together. The smallest max-min fair rate decides when the step ends, and
/// that is the first level of progressive filling: the resource with the most load for its capacity.
/// </summary>
/// <remarks>
/// Regular planes are taken as <see cref="HubTree"/>, others link by link over all shortest ways (<see cref="LeafWays"/>), once for each
/// pair of leaves however many flows it has. Not safe to share.
/// </remarks>
internal sealed class StepSolver
{
    private readonly LinkGraph _graph;
    private readonly HubTree?[] _trees;
    private readonly int[] _firstHub;
    private readonly int _firstPort;
    private readonly ScaleUpDescription? _scaleUp;
    private readonly LeafWays? _ways;
    private readonly GatheredWays? _gathered;
    private readonly FluidRoutes? _routes;
    private readonly double[] _load;
    private readonly double[] _capacity;
    private readonly Dictionary<long, int> _pairOf = [];
    private readonly List<Pair> _pairs = [];
    private readonly List<int> _routeLinks = [];
    private readonly List<float> _routeShares = [];
    private readonly List<Part> _parts = [];
    private Dictionary<(int Domain, int Plane), int>? _relays;

    private (double Latency, double Packet, double MeanLatency, double MeanPacket) _longest;

    private struct Pair
    {
        public int From;
        public int To;
        public bool Joined;
        public double Latency;
        public double ByteTime;
        public double Demand;

        /// <summary>Uplinks of the leaf that it uses; 0 where <see cref="LeafWays"/> finds its ways.</summary>
        public int Links;
    }

    private readonly record struct Part(int Source, int Destination, double Rate, int Pair, int Meet);

    /// <param name="network">The network.</param>
    /// <param name="scaleUp">Domains whose hosts exchange data beside it, or null.</param>
    /// <param name="dead">By link: whether it is out, and all switches know; null for none.</param>
    /// <param name="collapse">False to solve every plane link by link.</param>
    /// <param name="gather">False to spread every pair of leaves by itself, where pairs could share what they send over spines.</param>
    public StepSolver(
        NetworkDescription network,
        ScaleUpDescription? scaleUp = null,
        bool[]? dead = null,
        bool collapse = true,
        bool gather = true
    )
    {
        _graph = new LinkGraph(network, dead);
        _scaleUp = scaleUp;
        _trees = new HubTree?[_graph.Planes];
        _firstHub = new int[_graph.Planes];
        int resources = 2 * _graph.Links;
        for (int p = 0; p < _graph.Planes; p++)
        {
            _trees[p] = collapse ? HubTree.Of(_graph, p) : null;
            _firstHub[p] = resources;
            resources += 2 * (_trees[p]?.FirstHub[^1] ?? 0);
        }
        _firstPort = resources;
        resources += scaleUp is null ? 0 : 2 * _graph.Hosts;
        _capacity = new double[resources];
        _load = new double[resources];
        Array.Copy(_graph.Capacity, _capacity, _graph.Capacity.Length);
        for (int p = 0; p < _graph.Planes; p++)
        {
            if (_trees[p] is not { } tree)
            {
                continue;
            }
            for (int level = 0; level < tree.Levels; level++)
            {
                for (int hub = tree.FirstHub[level]; hub < tree.FirstHub[level + 1]; hub++)
                {
                    double capacity = tree.CapacityOf(level, hub - tree.FirstHub[level]);
                    _capacity[_firstHub[p] + 2 * hub] = _capacity[_firstHub[p] + 2 * hub + 1] = capacity;
                }
            }
        }
        for (int h = 0; scaleUp is not null && h < _graph.Hosts; h++)
        {
            _capacity[_firstPort + 2 * h] = _capacity[_firstPort + 2 * h + 1] = scaleUp.RateOfHost[h].BitsPerSecond;
        }
        if (Array.Exists(_trees, t => t is null))
        {
            _ways = _graph.IsLayered ? new LeafWays(_graph) : null;
            _gathered = gather ? GatheredWays.Of(_graph) : null;
            _routes = _graph.IsLayered ? null : new FluidRoutes(network, dead ?? new bool[_graph.Links]);
        }
    }

    public LinkGraph Graph => _graph;

    /// <summary>Whether every plane is a tree of hubs.</summary>
    public bool IsCollapsed => Array.TrueForAll(_trees, t => t is not null);

    public HubTree TreeOf(int plane) => _trees[plane]!;

    /// <summary>Solves flows from host to host; those from a host to itself take nothing.</summary>
    /// <param name="sources">By flow: the host it leaves.</param>
    /// <param name="destinations">By flow: the host it reaches.</param>
    /// <param name="segment">How many flows after each other make a ring; means are taken over each of them.</param>
    /// <exception cref="RefusedException">No way joins the two hosts of a flow.</exception>
    public StepLoad Solve(ReadOnlySpan<int> sources, ReadOnlySpan<int> destinations, int segment)
    {
        Array.Clear(_load);
        var pairs = CollectionsMarshal.AsSpan(_pairs);
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i].Demand = 0;
        }
        _longest = default;
        (double latencies, double packets) = (0, 0);
        for (int f = 0; f < sources.Length; f++)
        {
            if (f % segment == 0)
            {
                (latencies, packets) = (0, 0);
            }
            (int a, int b) = (sources[f], destinations[f]);
            if (a == b)
            {
                continue;
            }
            if (_scaleUp is not null && _scaleUp.Joins(a, b))
            {
                _load[_firstPort + 2 * a]++;
                _load[_firstPort + 2 * b + 1]++;
                latencies += _scaleUp.Latency.Picoseconds;
                _longest.Latency = Math.Max(_longest.Latency, _scaleUp.Latency.Picoseconds);
            }
            else
            {
                (double latency, double packet) = Add(a, b);
                latencies += latency;
                packets += packet;
                _longest.Latency = Math.Max(_longest.Latency, latency);
                _longest.Packet = Math.Max(_longest.Packet, packet);
            }
            _longest.MeanLatency = Math.Max(_longest.MeanLatency, latencies / segment);
            _longest.MeanPacket = Math.Max(_longest.MeanPacket, packets / segment);
        }
        AddWays();
        return Bottleneck();
    }

    // One flow over all the ports that both hosts have on common planes, in proportion to what they carry there.
    private (double Latency, double Packet) Add(int a, int b)
    {
        (double latency, double packet) = (0, 0);
        _parts.Clear();
        double total = 0;
        foreach (int s in _graph.PortsOf(a))
        {
            foreach (int d in _graph.PortsOf(b))
            {
                (int from, int to) = (_graph.Upper[s], _graph.Upper[d]);
                int plane = _graph.Plane[from];
                if (plane != _graph.Plane[to] || !_graph.IsAlive(s) || !_graph.IsAlive(d))
                {
                    continue;
                }
                int meet = -1,
                    pair = -1;
                if (_trees[plane] is { } tree)
                {
                    meet = tree.Meet(from, to);
                }
                else
                {
                    pair = PairOf(from, to);
                    meet = _pairs[pair].Joined ? 0 : -1;
                }
                if (meet >= 0)
                {
                    double rate = Math.Min(_graph.Capacity[2 * s], _graph.Capacity[2 * d + 1]);
                    total += rate;
                    _parts.Add(new Part(s, d, rate, pair, meet));
                }
            }
        }
        if (_parts.Count == 0 && RelayOf(a, b) is { } relay)
        {
            // The relay has it over the scale-up domain, pipelined and several times faster; that costs nothing here.
            return Add(relay, b);
        }
        if (_parts.Count == 0)
        {
            throw new RefusedException($"no way leads from host {a} to host {b}: they share no plane whose links are alive");
        }
        foreach (Part part in _parts)
        {
            double share = part.Rate / total;
            (int s, int d) = (part.Source, part.Destination);
            (int from, int to) = (_graph.Upper[s], _graph.Upper[d]);
            _load[2 * s] += share;
            _load[2 * d + 1] += share;
            double way = _graph.Delay[s] + _graph.Delay[d],
                bytes = 8e12 / _graph.Capacity[2 * d + 1];
            if (part.Pair >= 0)
            {
                ref Pair pair = ref CollectionsMarshal.AsSpan(_pairs)[part.Pair];
                pair.Demand += share;
                way += pair.Latency;
                bytes += pair.ByteTime;
            }
            else
            {
                int plane = _graph.Plane[from];
                HubTree tree = _trees[plane]!;
                for (int level = 0; level < part.Meet; level++)
                {
                    _load[_firstHub[plane] + 2 * (tree.FirstHub[level] + tree.GroupOf(level, from))] += share;
                    _load[_firstHub[plane] + 2 * (tree.FirstHub[level] + tree.GroupOf(level, to)) + 1] += share;
                }
                way += tree.LatencyOf(from, to, part.Meet);
                bytes += tree.ByteTimeOf(from, to, part.Meet, tree.ByteTimes);
            }
            latency = Math.Max(latency, way);
            packet = Math.Max(packet, bytes);
        }
        return (latency, packet);
    }

    // Of hosts that share no plane: one of the sender's own domain that is on a plane of the receiver.
    private int? RelayOf(int a, int b)
    {
        if (_scaleUp is null || _scaleUp.DomainOfHost[a] < 0)
        {
            return null;
        }
        if (_relays is null)
        {
            _relays = [];
            for (int h = 0; h < _graph.Hosts; h++)
            {
                foreach (int port in _graph.PortsOf(h))
                {
                    if (_graph.IsAlive(port))
                    {
                        _relays.TryAdd((_scaleUp.DomainOfHost[h], _graph.Plane[_graph.Upper[port]]), h);
                    }
                }
            }
        }
        foreach (int port in _graph.PortsOf(b))
        {
            if (_relays.TryGetValue((_scaleUp.DomainOfHost[a], _graph.Plane[_graph.Upper[port]]), out int relay) && relay != a)
            {
                return relay;
            }
        }
        return null;
    }

    private int PairOf(int from, int to)
    {
        // Not two halves of a word: their hash is the halves' difference, which an exchange makes one for all pairs.
        long key = (long)to * _graph.Switches + from;
        if (!_pairOf.TryGetValue(key, out int pair))
        {
            var found = new Pair
            {
                From = from,
                To = to,
                Latency = _graph.Latency[from],
            };
            if (from != to && _gathered?.Find(from, to) is { } way)
            {
                (found.Joined, found.Links, found.Latency, found.ByteTime) = (true, way.Links, way.Latency, way.ByteTime);
            }
            else if (found.Joined = Find(from, to))
            {
                ForEachLink(
                    (directed, share) =>
                    {
                        int reached = (directed & 1) == 0 ? _graph.Upper[directed >> 1] : ~_graph.Lower[directed >> 1];
                        found.Latency += share * (_graph.Delay[directed >> 1] + _graph.Latency[reached]);
                        found.ByteTime += share * 8e12 / _graph.Capacity[directed];
                    }
                );
            }
            pair = _pairOf[key] = _pairs.Count;
            _pairs.Add(found);
        }
        return pair;
    }

    // Pairs by the leaf they go to, so that each leaf is aimed at once.
    private void AddWays()
    {
        if (_pairs.Count == 0)
        {
            return;
        }
        var wanted = new List<(long Key, int Pair)>();
        foreach ((long key, int pair) in _pairOf)
        {
            if (_pairs[pair].Demand > 0)
            {
                wanted.Add((key, pair));
            }
        }
        wanted.Sort();
        foreach ((long _, int pair) in wanted)
        {
            double demand = _pairs[pair].Demand;
            if (_pairs[pair].Links > 0)
            {
                _gathered!.Add(_pairs[pair].From, _pairs[pair].To, _pairs[pair].Links, demand, _load);
                continue;
            }
            Find(_pairs[pair].From, _pairs[pair].To);
            if (_ways is not null)
            {
                ReadOnlySpan<int> links = CollectionsMarshal.AsSpan(_ways.Links);
                ReadOnlySpan<double> shares = CollectionsMarshal.AsSpan(_ways.Shares);
                for (int i = 0; i < links.Length; i++)
                {
                    _load[links[i]] += demand * shares[i];
                }
                continue;
            }
            ForEachLink((directed, share) => _load[directed] += demand * share);
        }
        _gathered?.Finish(_load);
    }

    private bool Find(int from, int to)
    {
        if (_ways is not null)
        {
            return _ways.Find(from, to);
        }
        _routeLinks.Clear();
        _routeShares.Clear();
        return from == to || _routes!.Spread(from, to, _routeLinks, _routeShares);
    }

    private void ForEachLink(Action<int, double> each)
    {
        int count = _ways?.Links.Count ?? _routeLinks.Count;
        for (int i = 0; i < count; i++)
        {
            each(_ways?.Links[i] ?? _routeLinks[i], _ways?.Shares[i] ?? _routeShares[i]);
        }
    }

    private StepLoad Bottleneck()
    {
        double most = 0;
        int at = -1;
        for (int r = 0; r < _load.Length; r++)
        {
            // Two that are equal but for rounding are one: the first names the bound.
            if (_load[r] > 0 && _load[r] > most * _capacity[r] * (1 + 1e-12))
            {
                most = _load[r] / _capacity[r];
                at = r;
            }
        }
        StepLoad step = new(most * 8e12, _longest.Packet, _longest.Latency, at < 0 ? StepLoad.Nothing : BoundOf(at))
        {
            MeanLatency = _longest.MeanLatency,
            MeanPacketByteTime = _longest.MeanPacket,
        };
        return WithHubs(WithLinks(step));
    }

    // Hosts' links, and those of planes that are counted link by link.
    private StepLoad WithLinks(StepLoad step)
    {
        double host = 0,
            flows = 0;
        Span<LevelLoad> levels = stackalloc LevelLoad[3];
        for (int r = 0; r < 2 * _graph.Links; r++)
        {
            double load = _load[r];
            if (load <= 0)
            {
                continue;
            }
            int lower = _graph.Lower[r >> 1];
            if (lower < 0)
            {
                ref LevelLoad level = ref levels[Math.Min(2, _graph.Tier[~lower])];
                level = level.With(new LevelLoad(load / _capacity[r] * 8e12, load, 1, Above(lower), _graph.UpOf(~lower).Length));
            }
            else if (load > host * _capacity[r])
            {
                (host, flows) = (load / _capacity[r], load * _graph.PortsOf(lower).Length);
            }
        }
        step = step with { HostByteTime = host * 8e12, HostFlows = flows, Ports = _graph.PortsOfHosts };
        for (int level = 0; level < levels.Length; level++)
        {
            step = levels[level].Links > 0 ? step.With(level, levels[level]) : step;
        }
        return step;
    }

    // Flows of a leaf choose from its uplinks; those of a pod from all of its spines' uplinks, which nothing counts here.
    private double Above(int lower) => _graph.Tier[~lower] == 0 ? _graph.UpOf(~lower).Length : double.MaxValue;

    /// <summary>Links upwards of the first switch of a tier.</summary>
    public int WaysOf(int plane, int tier)
    {
        for (int s = 0; s < _graph.Switches; s++)
        {
            if (_graph.Tier[s] == tier && _graph.Plane[s] == plane)
            {
                return _graph.UpOf(s).Length;
            }
        }
        return 1;
    }

    private StepLoad WithHubs(StepLoad step)
    {
        for (int plane = 0; plane < _trees.Length; plane++)
        {
            if (_trees[plane] is not { } tree)
            {
                continue;
            }
            for (int level = 0; level < tree.Levels; level++)
            {
                double most = 0,
                    flows = 0,
                    used = 0,
                    beside = 0;
                for (int hub = tree.FirstHub[level]; hub < tree.FirstHub[level + 1]; hub++)
                {
                    double links = _capacity[_firstHub[plane] + 2 * hub] * tree.ByteTimes[hub] / 8e12;
                    for (int r = _firstHub[plane] + 2 * hub; r <= _firstHub[plane] + 2 * hub + 1; r++)
                    {
                        if (_load[r] <= 0)
                        {
                            continue;
                        }
                        used += links;
                        if (_load[r] > most * _capacity[r])
                        {
                            (most, flows, beside) = (_load[r] / _capacity[r], _load[r] / links, links);
                        }
                    }
                }
                step = used > 0 ? step.With(level, new LevelLoad(most * 8e12, flows, used, beside, WaysOf(plane, level))) : step;
            }
        }
        return step;
    }

    private int BoundOf(int resource)
    {
        if (resource >= _firstPort)
        {
            return StepLoad.ScaleUpPort;
        }
        if (resource < 2 * _graph.Links)
        {
            int lower = _graph.Lower[resource >> 1];
            return lower >= 0 ? StepLoad.HostLink : _graph.Tier[~lower];
        }
        int plane = Array.FindLastIndex(_firstHub, f => f <= resource);
        int hub = (resource - _firstHub[plane]) / 2;
        return Array.FindLastIndex(_trees[plane]!.FirstHub, f => f <= hub);
    }
}
