using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// Where flows go between leaves, as shares of links: all shortest ways up and down with equal shares at every switch, or one way that a
/// flow's hash picks.
/// </summary>
/// <remarks>A directed link is twice its place in the description, plus one for the direction from Z to A.</remarks>
internal sealed class FluidRoutes
{
    private readonly NetworkDescription _network;
    private readonly bool[] _dead;
    private readonly int[] _byTier;

    /// <summary>The graph when routes are shortest paths on it; null when they go up and down over tiers.</summary>
    private readonly SwitchGraph? _graph;
    private readonly int[] _upStart;
    private readonly int[] _up;
    private readonly int[] _downStart;
    private readonly int[] _down;
    private readonly int[] _below;
    private readonly int[] _cost;
    private readonly double[] _share;
    private readonly List<int> _order = [];

    // By switch: its links towards the aim, in the order in which it hashes to them.
    private readonly Dictionary<int, (int Link, int Next)[]> _ordered = [];
    private readonly int[] _queue;
    private int _towards = -1;

    private const int Far = int.MaxValue / 2;

    public FluidRoutes(NetworkDescription network, bool[] dead)
    {
        _network = network;
        _dead = dead;
        int switches = network.Switches.Count;
        _graph = network.Routes == RouteRule.ShortestPaths ? new(network, dead) : null;
        _byTier = [.. Enumerable.Range(0, switches).OrderByDescending(s => network.Switches[s].Tier)];
        (_upStart, _up) = Adjacent(switches, l => l.A.IsHost ? -1 : l.A.Index);
        (_downStart, _down) = Adjacent(switches, l => l.A.IsHost ? -1 : l.Z.Index);
        _below = new int[switches];
        _cost = new int[switches];
        _share = new double[switches];
        _queue = new int[switches];
    }

    /// <summary>Forgets what hangs on a run's seed, before routes serve another.</summary>
    public void Begin() => _towards = -1;

    private (int[] Start, int[] Links) Adjacent(int switches, Func<LinkDescription, int> owner)
    {
        var start = new int[switches + 1];
        foreach (LinkDescription link in _network.Links)
        {
            int at = owner(link);
            if (at >= 0)
            {
                start[at + 1]++;
            }
        }
        for (int s = 0; s < switches; s++)
        {
            start[s + 1] += start[s];
        }
        var links = new int[start[switches]];
        var fill = (int[])start.Clone();
        for (int i = 0; i < _network.Links.Count; i++)
        {
            int at = owner(_network.Links[i]);
            if (at >= 0)
            {
                links[fill[at]++] = i;
            }
        }
        return (start, links);
    }

    // Hops down to the leaf where it lies below, else hops on the shortest way up and down.
    private void Aim(int leaf)
    {
        if (_towards == leaf)
        {
            return;
        }
        _towards = leaf;
        _ordered.Clear();
        Array.Fill(_below, Far);
        if (_graph is not null)
        {
            _graph.HopsTo(leaf, _cost, _queue);
            return;
        }
        Array.Fill(_cost, Far);
        _below[leaf] = 0;
        for (int i = _byTier.Length - 1; i >= 0; i--)
        {
            int s = _byTier[i];
            for (int k = _downStart[s]; k < _downStart[s + 1]; k++)
            {
                if (!_dead[_down[k]])
                {
                    _below[s] = Math.Min(_below[s], _below[_network.Links[_down[k]].A.Index] + 1);
                }
            }
        }
        foreach (int s in _byTier)
        {
            _cost[s] = _below[s];
            if (_below[s] < Far)
            {
                continue;
            }
            for (int k = _upStart[s]; k < _upStart[s + 1]; k++)
            {
                if (!_dead[_up[k]])
                {
                    _cost[s] = Math.Min(_cost[s], _cost[_network.Links[_up[k]].Z.Index] + 1);
                }
            }
        }
    }

    /// <summary>Adds the shares of all ways from one leaf to another; false when there is none.</summary>
    /// <param name="from">The leaf it comes from.</param>
    /// <param name="to">The leaf it goes to. Calls for one such leaf should follow each other.</param>
    /// <param name="links">Receives directed links.</param>
    /// <param name="shares">Receives their shares, which sum to 1 over every cut.</param>
    public bool Spread(int from, int to, List<int> links, List<float> shares)
    {
        Aim(to);
        if (_cost[from] >= Far)
        {
            return false;
        }
        _order.Clear();
        _order.Add(from);
        _share[from] = 1;
        // Every way has the same length, so a switch is complete before the first of the next ring is opened.
        for (int i = 0; i < _order.Count; i++)
        {
            int s = _order[i];
            if (s == to)
            {
                continue;
            }
            int count = 0;
            foreach ((int _, int _) in Next(s))
            {
                count++;
            }
            double share = _share[s] / count;
            foreach ((int link, int next) in Next(s))
            {
                links.Add(link);
                shares.Add((float)share);
                if (_share[next] == 0)
                {
                    _order.Add(next);
                }
                _share[next] += share;
            }
        }
        foreach (int s in _order)
        {
            _share[s] = 0;
        }
        return true;
    }

    /// <summary>
    /// Adds the links of the one way that switches hash a flow to, those that packets of it would take; false when there is none.
    /// </summary>
    /// <param name="from">The leaf it comes from.</param>
    /// <param name="to">The leaf it goes to. Calls for one such leaf should follow each other.</param>
    /// <param name="key">What is hashed: <see cref="HashRouting.KeyOf"/>.</param>
    /// <param name="options">Seed and salt.</param>
    /// <param name="links">Receives directed links.</param>
    public bool Pick(int from, int to, uint key, SimulationOptions options, List<int> links)
    {
        Aim(to);
        if (_cost[from] >= Far)
        {
            return false;
        }
        for (int s = from; s != to; )
        {
            if (!_ordered.TryGetValue(s, out (int Link, int Next)[]? choices))
            {
                choices = _ordered[s] = Ordered(s, options);
            }
            (int link, s) = choices[HashRouting.PlaceOf(key, SwitchState.SaltOf(s, options), choices.Length)];
            links.Add(link);
        }
        return true;
    }

    // As RouteTables lists a switch's ports: those of a graph, and all that lead up, in an order of the switch's own; others by link.
    private (int Link, int Next)[] Ordered(int s, SimulationOptions options)
    {
        List<(int Link, int Next)> found = [];
        foreach ((int link, int next) in Next(s))
        {
            found.Add((link, next));
        }
        (int Link, int Next)[] choices = [.. found];
        if (_graph is not null)
        {
            Array.Sort(choices, (a, b) => (a.Link >> 1).CompareTo(b.Link >> 1));
        }
        if (!options.UnsaltedHash && (_graph is not null || (_below[s] >= Far && choices.Length == UpOf(s))))
        {
            RouteTables.Shuffle<(int, int)>(choices, s, options.Seed);
        }
        return choices;
    }

    private int UpOf(int s)
    {
        int living = 0;
        for (int k = _upStart[s]; k < _upStart[s + 1]; k++)
        {
            living += _dead[_up[k]] ? 0 : 1;
        }
        return living;
    }

    private NextHops Next(int s) => new(this, s);

    /// <summary>The living links one hop nearer to the aim, with the switch behind each: those upwards, those downwards, or both.</summary>
    private struct NextHops
    {
        private readonly FluidRoutes _routes;
        private readonly int _switch;
        private readonly bool _both;
        private bool _downwards;
        private int _at;

        public NextHops(FluidRoutes routes, int s)
        {
            _routes = routes;
            _switch = s;
            _both = routes._graph is not null;
            _downwards = _both || routes._below[s] < Far;
            _at = (_downwards ? routes._downStart[s] : routes._upStart[s]) - 1;
        }

        public (int Link, int Next) Current { get; private set; }

        public readonly NextHops GetEnumerator() => this;

        public bool MoveNext()
        {
            while (true)
            {
                int end = _downwards ? _routes._downStart[_switch + 1] : _routes._upStart[_switch + 1];
                while (++_at < end)
                {
                    int link = _downwards ? _routes._down[_at] : _routes._up[_at];
                    int next = _downwards ? _routes._network.Links[link].A.Index : _routes._network.Links[link].Z.Index;
                    int[] left = _downwards && !_both ? _routes._below : _routes._cost;
                    if (!_routes._dead[link] && left[next] == left[_switch] - 1)
                    {
                        Current = (2 * link + (_downwards ? 1 : 0), next);
                        return true;
                    }
                }
                if (!_both || !_downwards)
                {
                    return false;
                }
                _downwards = false;
                _at = _routes._upStart[_switch] - 1;
            }
        }
    }
}
