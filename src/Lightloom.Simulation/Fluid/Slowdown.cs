using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// What a transport and a load balancing leave of each link's capacity, given the flows that are under way. Not safe to share.
/// </summary>
internal sealed class Slowdown
{
    // The excess is looked up by 64ths of a power of two of its mean.
    private const double Grain = 64;

    private readonly FluidTerms _terms;
    private readonly SimulationOptions _options;
    private readonly int[] _tierOf;
    private readonly int[] _beside;
    private readonly double _ports;
    private readonly double _byteTime;
    private readonly double[] _slowed;
    private readonly double[] _flows;
    private readonly List<int> _touched = [];
    private readonly Dictionary<(int Flows, int Links, int Ways), double> _known = [];
    private double _drawn;

    /// <param name="network">The network.</param>
    /// <param name="options">Packet size and paths.</param>
    /// <param name="terms">What was measured.</param>
    public Slowdown(NetworkDescription network, SimulationOptions options, FluidTerms terms)
    {
        (_terms, _options) = (terms, options);
        _slowed = new double[2 * network.Links.Count];
        _flows = new double[_slowed.Length];
        int[][] ports = network.HostLinks();
        _tierOf = new int[network.Links.Count];
        _beside = new int[network.Links.Count];
        // Where one plane carries all of a flow, what counts is the ports that the host has there.
        bool one = options.PlanePolicy is PlanePolicy.Hash or PlanePolicy.Rail;
        double mean = (double)ports.Sum(p => p.Length) / Math.Max(1, ports.Length);
        _ports = Math.Max(1, one ? mean / network.PlaneCount : mean);
        double[] rates = [.. network.Links.Where(l => l.A.IsHost).Select(l => l.Rate.BitsPerSecond)];
        _byteTime = rates.Length == 0 ? 0 : 8e12 / rates.Average() / _ports;
        var up = new int[network.Switches.Count];
        foreach (LinkDescription link in network.Links)
        {
            up[link.A.IsHost ? 0 : link.A.Index] += link.A.IsHost ? 0 : 1;
        }
        for (int l = 0; l < _tierOf.Length; l++)
        {
            NodeId lower = network.Links[l].A;
            _tierOf[l] = lower.IsHost ? -1 : network.Switches[lower.Index].Tier;
            int plane = network.Switches[network.Links[l].Z.Index].Plane;
            _beside[l] =
                !lower.IsHost ? up[lower.Index]
                : one ? ports[lower.Index].Count(p => network.Switches[network.Links[p].Z.Index].Plane == plane)
                : ports[lower.Index].Length;
        }
    }

    /// <summary>Capacities, in the unit of those given; only links that the flows use are looked at.</summary>
    /// <param name="active">The flows under way.</param>
    /// <param name="paths">Their links.</param>
    /// <param name="wire">By flow: its bytes with headers.</param>
    /// <param name="capacity">By directed link.</param>
    public double[] Slowed(ReadOnlySpan<int> active, FluidPaths paths, double[] wire, double[] capacity)
    {
        foreach (int r in _touched)
        {
            _flows[r] = 0;
        }
        _touched.Clear();
        double bytes = 0,
            roundTrips = 0;
        foreach (int f in active)
        {
            bytes += wire[f] / active.Length;
            roundTrips += RoundTripOf(paths, f) / active.Length;
            for (int e = paths.Start[f]; e < paths.Start[f + 1]; e++)
            {
                int r = paths.Resource[e];
                if (_flows[r] == 0)
                {
                    _touched.Add(r);
                }
                _flows[r] += paths.Share[e];
            }
        }
        double drawn = _terms.PathsOf(_options, bytes / _options.MtuBytes, _ports);
        if (drawn != _drawn)
        {
            _known.Clear();
            _drawn = drawn;
        }
        foreach (int r in _touched)
        {
            _slowed[r] =
                capacity[r]
                / (
                    _tierOf[r >> 1] < 0
                        ? _terms.OnHost(_flows[r] * _beside[r >> 1])
                        : OnFabric(r, bytes * _byteTime / roundTrips, drawn, paths)
                );
        }
        return _slowed;
    }

    private double OnFabric(int directed, double length, double drawn, FluidPaths paths)
    {
        if (_terms.OnePath)
        {
            // Its excess is drawn already, and a flow that has a link for itself is held up by nobody.
            return 1 + Math.Clamp(_flows[directed] * _ports - 1, 0, 1) * (_terms.OnFabric(length, 0) - 1);
        }
        return _terms.OnFabric(length, paths.DrawsPaths ? 0 : ExcessOf(directed, drawn, paths.LinksOfTier[_tierOf[directed >> 1]]));
    }

    /// <summary>What a flow takes to start beyond the ideal, in picoseconds.</summary>
    public double StartOf(FluidPaths paths, int flow) => _terms.Start * RoundTripOf(paths, flow);

    private double RoundTripOf(FluidPaths paths, int flow) =>
        FluidTerms.RoundTripOf(paths.Latency[flow], paths.ByteTime[flow] - paths.FirstByteTime[flow], _options);

    private double ExcessOf(int directed, double drawn, int links)
    {
        int key = (int)Math.Round(Math.Log2(Math.Max(1e-6, _flows[directed])) * Grain),
            ways = _beside[directed >> 1];
        double beside = _tierOf[directed >> 1] == 0 ? ways : double.MaxValue;
        if (!_known.TryGetValue((key, links, ways), out double excess))
        {
            excess = _known[(key, links, ways)] = _terms.ExcessOf(new(0, Math.Pow(2, key / Grain), links, beside, ways), drawn);
        }
        return excess;
    }
}
