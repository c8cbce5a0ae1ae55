using System.Diagnostics;
using System.Globalization;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// Runs traffic as fluid flows with max-min fair rates: no packets, no queues, no losses. For sweeps and for networks that packets are too
/// many for.
/// </summary>
/// <remarks>docs/models/fluid.md has the equations, what is left out, and how far it is from the packet engine.</remarks>
public static class FluidSimulator
{
    /// <summary>
    /// Flows whose ends lie this close together, as a share of the mean flow's length, are settled together; their own ends stay exact.
    /// </summary>
    private const double Together = 0.005;

    private enum Happening
    {
        Start,
        Received,
        Done,
        Fault,
        Clock,
    }

    /// <summary>Runs until nothing is left to happen, the end that the options name, or cancellation.</summary>
    /// <param name="network">The network.</param>
    /// <param name="traffic">What runs on it.</param>
    /// <param name="options">Of them those that mean something without packets.</param>
    /// <param name="progress">Told now and then how far the run is, or null.</param>
    /// <param name="cancellation">Stops between changes of rates.</param>
    /// <param name="terms">What transport and load balancing add, to answer with it too; null where that is not known.</param>
    /// <exception cref="RefusedException">The traffic does not fit the network.</exception>
    public static SimulationResult Run(
        NetworkDescription network,
        TrafficDescription traffic,
        SimulationOptions options,
        Action<RunProgress>? progress = null,
        CancellationToken cancellation = default,
        FluidTerms? terms = null
    )
    {
        foreach (FlowDescription flow in traffic.Flows)
        {
            if (flow.Source >= network.HostCount || flow.Destination >= network.HostCount)
            {
                throw new ArgumentException(
                    $"a flow names host {Math.Max(flow.Source, flow.Destination)} and the network has {network.HostCount}",
                    nameof(traffic)
                );
            }
        }
        SimulationResult result = new Course(network, traffic, options, null).Run(progress, cancellation);
        return terms is null || traffic.Flows.Count == 0 || result.Unfinished.Length > 0 || cancellation.IsCancellationRequested
            ? result
            : result with
            {
                Calibrated = Calibrated(result, network, traffic, options, terms, cancellation),
            };
    }

    // Flows have the paths that the packet engine hashes them to, one or many; the terms say how far they keep to them.
    private static CalibratedResult? Calibrated(
        SimulationResult result,
        NetworkDescription network,
        TrafficDescription traffic,
        SimulationOptions options,
        FluidTerms terms,
        CancellationToken cancellation
    )
    {
        SimulationOptions even = options with { LoadBalancing = LoadBalancings.Default.Name };
        SimulationResult ideal = LoadBalancings.Find(options.LoadBalancing).OnePath
            ? new Course(network, traffic, even, null).Run(null, cancellation)
            : result;
        SimulationResult real = new Course(network, traffic, options, terms).Run(null, cancellation);
        return cancellation.IsCancellationRequested || real.Unfinished.Length > 0
            ? null
            : new(
                terms.Transport,
                terms.LoadBalancing,
                LastOf(ideal),
                // Ends that are settled together may put it a little before its own bound.
                SimTime.Max(LastOf(ideal), LastOf(real)),
                MeanOf(ideal),
                SimTime.Max(MeanOf(ideal), MeanOf(real)),
                terms.Error
            )
            {
                MeasuredRate = terms.MeasuredRate,
                Doubt = terms.Doubt(network),
            };
    }

    /// <summary>When the last flow ends by these terms; null where one of them never does.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled, so that nobody knows.</exception>
    internal static SimTime? Last(
        NetworkDescription network,
        TrafficDescription traffic,
        SimulationOptions options,
        FluidTerms terms,
        CancellationToken cancellation
    )
    {
        SimulationResult result = new Course(network, traffic, options, terms).Run(null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return result.Unfinished.Length == 0 ? LastOf(result) : null;
    }

    private static SimTime LastOf(SimulationResult result) => result.Flows.Max(f => f.Finish) ?? SimTime.Zero;

    private static SimTime MeanOf(SimulationResult result) =>
        SimTime.FromPicoseconds((long)result.Flows.Average(f => (double)(f.CompletionTime?.Picoseconds ?? 0)));

    /// <summary>One run.</summary>
    private sealed class Course : IFlowStarts
    {
        private readonly NetworkDescription _network;
        private readonly TrafficDescription _traffic;
        private readonly SimulationOptions _options;
        private readonly ScaleUp? _scaleUp;
        private readonly bool[] _local;
        private readonly double[] _fraction;
        private readonly bool[] _dead;
        private readonly double[] _capacity;
        private readonly double[] _linkBytes;
        private readonly double[] _wire;
        private readonly double[] _left;
        private readonly double[] _rate;
        private readonly long[] _start;
        private readonly long[] _finish;
        private readonly MaxMin _solver;
        private readonly PriorityQueue<(Happening What, int Index), (long Time, int Order)> _agenda = new();
        private readonly Triggers _triggers;
        private readonly List<Fault> _faults = [];
        private FluidPaths _paths;
        private ChangedRates _changes;
        private int[] _active = new int[64];
        private int _activeCount;
        private long _finished,
            _hops,
            _events;
        private int _order;
        private long _time;

        private readonly Slowdown? _slowdown;
        private readonly FluidTerms? _terms;

        public Course(NetworkDescription network, TrafficDescription traffic, SimulationOptions options, FluidTerms? terms)
        {
            _network = network;
            _traffic = traffic;
            _options = options;
            _scaleUp = network.ScaleUp is { } domains ? new ScaleUp(domains, traffic) : null;
            int flows = traffic.Flows.Count;
            int links = network.Links.Count;
            _local = new bool[flows];
            _wire = new double[flows];
            _left = new double[flows];
            _rate = new double[flows];
            _start = new long[flows];
            _finish = new long[flows];
            Array.Fill(_start, -1);
            Array.Fill(_finish, -1);
            _fraction = [.. network.Links.Select(l => l.RateFraction)];
            _dead = new bool[links];
            _capacity = new double[2 * links];
            _linkBytes = new double[2 * links];
            for (int f = 0; f < flows; f++)
            {
                _local[f] = _scaleUp?.Carries(f) == true;
                _wire[f] = options.WireSizeOf(traffic.Flows[f].Size).Bytes;
                _left[f] = _wire[f];
            }
            for (int l = 0; l < links; l++)
            {
                SetCapacity(l);
            }
            _solver = new MaxMin(2 * links);
            _triggers = new Triggers(traffic);
            _terms = terms;
            _paths = new FluidPaths(network, traffic, options, _dead, _capacity, _local, terms);
            _changes = new ChangedRates(_solver, _paths, _capacity);
            _slowdown = terms is null ? null : new(network, options, terms);
            for (int f = 0; f < flows; f++)
            {
                if (traffic.Flows[f].StartTrigger < 0)
                {
                    Plan(traffic.Flows[f].Start.Picoseconds, Happening.Start, f);
                }
            }
            _triggers.Begin(_ => this);
            foreach (Fault fault in options.Faults)
            {
                // A fault acts at once; switches know it, and spread around it, after the detection time.
                Plan(fault.Time.Picoseconds, Happening.Fault, _faults.Count);
                _faults.Add(fault);
                Plan(fault.Time.Picoseconds + options.DetectionPicoseconds, Happening.Fault, _faults.Count);
                _faults.Add(fault with { RateFraction = fault.RateFraction == 0 ? -1 : -2 });
            }
        }

        private void Plan(long time, Happening what, int index) => _agenda.Enqueue((what, index), (time, _order++));

        /// <inheritdoc/>
        public void AddStart(int flow, long delay) => Plan(_time + delay, Happening.Start, flow);

        /// <inheritdoc/>
        public long Now => _time;

        /// <inheritdoc/>
        public void SetClock(int stream, long delay) => Plan(_time + delay, Happening.Clock, stream);

        private void SetCapacity(int link)
        {
            LinkDescription l = _network.Links[link];
            _capacity[2 * link] =
                l.Rate.BitsPerSecond
                * (l.DegradedDownwardsOnly && _fraction[link] > 0 && _fraction[link] == l.RateFraction ? 1 : _fraction[link]);
            _capacity[2 * link + 1] = l.Rate.BitsPerSecond * _fraction[link];
        }

        public SimulationResult Run(Action<RunProgress>? progress, CancellationToken cancellation)
        {
            var watch = Stopwatch.StartNew();
            double now = 0;
            double end = _options.EndPicoseconds > 0 ? _options.EndPicoseconds : double.MaxValue;
            double window = 0;
            bool changed = false;
            while (!cancellation.IsCancellationRequested)
            {
                if (changed && _activeCount > 0)
                {
                    ReadOnlySpan<int> active = _active.AsSpan(0, _activeCount);
                    // What the links have by themselves changes with a fault only, which begins anew.
                    _changes.Solve(active, _slowdown?.Slowed(active, _paths, _wire, _capacity), _rate);
                    double bits = 0,
                        rates = 0;
                    for (int i = 0; i < _activeCount; i++)
                    {
                        bits += _wire[_active[i]] * 8;
                        rates += _rate[_active[i]];
                    }
                    window = rates > 0 ? Together * bits / rates * 1e12 : 0;
                }
                changed = false;
                double next = double.MaxValue;
                for (int i = 0; i < _activeCount; i++)
                {
                    next = Math.Min(next, EndOf(_active[i], now));
                }
                if (_agenda.TryPeek(out _, out (long Time, int Order) planned))
                {
                    next = Math.Min(next, Math.Max(now, planned.Time));
                }
                if (next == double.MaxValue || next > end)
                {
                    now = next == double.MaxValue ? now : Move(now, end);
                    break;
                }
                // Everything up to the horizon happens now, each at its own time; the clock stops at the last of it.
                double horizon = Math.Min(end, next + window);
                double last = next;
                int kept = 0;
                for (int i = 0; i < _activeCount; i++)
                {
                    int f = _active[i];
                    double finish = EndOf(f, now);
                    if (finish <= horizon)
                    {
                        last = Math.Max(last, finish);
                        Drained(f, finish);
                        changed = true;
                    }
                    else
                    {
                        _active[kept++] = f;
                    }
                }
                _activeCount = kept;
                int before = _activeCount;
                while (_agenda.TryPeek(out (Happening What, int Index) item, out planned) && planned.Time <= horizon)
                {
                    _agenda.Dequeue();
                    _events++;
                    last = Math.Max(last, planned.Time);
                    changed |= Happen(item.What, item.Index, planned.Time);
                }
                for (int i = 0; i < before; i++)
                {
                    _left[_active[i]] = Math.Max(1e-6, _left[_active[i]] - _rate[_active[i]] * (last - now) / 8e12);
                }
                now = last;
                progress?.Invoke(new(SimTime.FromPicoseconds((long)now), _finished, _traffic.Flows.Count, _hops, watch.Elapsed));
            }
            return Summarise((long)now, watch.Elapsed, cancellation);
        }

        private double EndOf(int flow, double now) => _rate[flow] > 0 ? now + _left[flow] * 8e12 / _rate[flow] : double.MaxValue;

        private double Move(double now, double to)
        {
            for (int i = 0; i < _activeCount; i++)
            {
                _left[_active[i]] -= _rate[_active[i]] * (to - now) / 8e12;
            }
            return to;
        }

        // The last byte has left the sender: it still has to cross the network, and its acknowledgement to come back.
        private void Drained(int f, double time)
        {
            _left[f] = 0;
            _changes.End(f);
            double packet = Math.Min(_options.MtuBytes, _wire[f]);
            double over = packet * (_paths.ByteTime[f] - _paths.FirstByteTime[f]) + _paths.Latency[f];
            over += _slowdown?.StartOf(_paths, f) ?? 0;
            double back = _options.HeaderBytes * _paths.ByteTime[f] + _paths.Latency[f];
            Plan((long)Math.Round(time + over), Happening.Received, f);
            Plan((long)Math.Round(time + over + back), Happening.Done, f);
            _paths.Account(f, _wire[f], _linkBytes);
            _hops += PacketsOf(f) * _paths.Hops[f];
        }

        private long PacketsOf(int f) => _options.PacketsOf(_traffic.Flows[f].Size.Bytes);

        /// <summary>True when rates have to be found anew.</summary>
        private bool Happen(Happening what, int index, long time)
        {
            switch (what)
            {
                case Happening.Start:
                    _start[index] = time;
                    if (_wire[index] == 0)
                    {
                        // A flow of no bytes is complete when it starts.
                        Plan(time, Happening.Received, index);
                        Plan(time, Happening.Done, index);
                        return false;
                    }
                    if (_local[index])
                    {
                        long done = _scaleUp!.Book(index, time);
                        Plan(done, Happening.Received, index);
                        Plan(done, Happening.Done, index);
                        return false;
                    }
                    if (_activeCount == _active.Length)
                    {
                        Array.Resize(ref _active, 2 * _active.Length);
                    }
                    _rate[index] = 0;
                    _active[_activeCount++] = index;
                    _changes.Begin(index);
                    return true;
                case Happening.Received:
                    _time = time;
                    _triggers.Received(index, this);
                    return false;
                case Happening.Done:
                    _finish[index] = time;
                    _finished++;
                    _time = time;
                    _triggers.Done(index, this);
                    return false;
                case Happening.Clock:
                    _time = time;
                    _triggers.Tick(index, this);
                    return false;
                default:
                    Strike(_faults[index]);
                    return true;
            }
        }

        private void Strike(Fault fault)
        {
            foreach (int link in fault.Links)
            {
                if (fault.RateFraction == -1)
                {
                    _dead[link] = _fraction[link] == 0;
                }
                else if (fault.RateFraction == -2)
                {
                    _dead[link] &= _fraction[link] == 0;
                }
                else
                {
                    _fraction[link] = fault.RateFraction;
                    SetCapacity(link);
                }
            }
            // What is on its way keeps what it has carried; only where it goes on changes.
            var skip = new bool[_local.Length];
            for (int f = 0; f < skip.Length; f++)
            {
                skip[f] = _local[f] || _left[f] == 0;
                if (!skip[f] && _left[f] < _wire[f])
                {
                    _paths.Account(f, _wire[f] - _left[f], _linkBytes);
                    _wire[f] = _left[f];
                }
            }
            FluidPaths old = _paths;
            _paths = new FluidPaths(_network, _traffic, _options, _dead, _capacity, skip, _terms);
            for (int f = 0; f < skip.Length; f++)
            {
                if (skip[f])
                {
                    _paths.Latency[f] = old.Latency[f];
                    _paths.ByteTime[f] = old.ByteTime[f];
                    _paths.FirstByteTime[f] = old.FirstByteTime[f];
                    _paths.Hops[f] = old.Hops[f];
                    _paths.Reachable[f] = old.Reachable[f];
                }
            }
            _changes = new ChangedRates(_solver, _paths, _capacity);
            foreach (int f in _active.AsSpan(0, _activeCount))
            {
                _changes.Begin(f);
            }
        }

        private SimulationResult Summarise(long now, TimeSpan wall, CancellationToken cancellation)
        {
            for (int i = 0; i < _activeCount; i++)
            {
                int f = _active[i];
                _paths.Account(f, Math.Max(0, _wire[f] - _left[f]), _linkBytes);
            }
            int flows = _traffic.Flows.Count;
            var results = new FlowResult[flows];
            long packets = 0,
                delivered = 0;
            var latencies = new List<SimTime>();
            for (int f = 0; f < flows; f++)
            {
                results[f] = new FlowResult(_start[f], _finish[f], PacketsOf(f), 0);
                if (_start[f] >= 0 && !_local[f])
                {
                    packets += PacketsOf(f);
                    delivered += _finish[f] >= 0 ? PacketsOf(f) : 0;
                    latencies.Add(
                        SimTime.FromPicoseconds((long)(_paths.Latency[f] + Math.Min(_options.MtuBytes, _wire[f]) * _paths.ByteTime[f]))
                    );
                }
            }
            SimTime[] sorted = [.. latencies.Order()];
            var links = new List<LinkResult>();
            for (int d = 0; d < _linkBytes.Length; d++)
            {
                if (_linkBytes[d] > 0)
                {
                    double possible = _network.Links[d >> 1].Rate.BitsPerSecond * _network.Links[d >> 1].RateFraction * (now * 1e-12) / 8;
                    links.Add(
                        new LinkResult(
                            d >> 1,
                            (d & 1) == 0,
                            DataSize.FromBytes((long)_linkBytes[d]),
                            now <= 0 ? 0 : Math.Min(1, _linkBytes[d] / possible),
                            DataSize.Zero,
                            0,
                            0,
                            0,
                            SimTime.Zero
                        )
                    );
                }
            }
            return new SimulationResult
            {
                Engine = EngineKind.Fluid,
                Options = _options,
                SimulatedTime = SimTime.FromPicoseconds(now),
                WallTime = wall,
                Threads = 1,
                Events = _events,
                PacketHops = _hops,
                Flows = results,
                Packets = new PacketTotals(packets, delivered, 0, 0, packets - delivered, 0, 0, 0, 0, 0, 0, 0, 0),
                Latency = (
                    SimulationResult.NearestRank(sorted, 0.5),
                    SimulationResult.NearestRank(sorted, 0.99),
                    sorted.Length == 0 ? SimTime.Zero : sorted[^1]
                ),
                Queue = (DataSize.Zero, DataSize.Zero),
                Reordering = (0, 0, 0),
                Links = links,
                Jobs = JobResult.Of(_traffic, results),
                Ranks = _triggers.Operations?.Results() ?? [],
                ResultHash = Hash.OfTimes(_finish),
                Unfinished = Unfinished(now, cancellation),
                Notes =
                [
                    "fluid engine: rates are max-min fair and immediate; queues, losses, marks and reordering are not modelled, "
                        + "latency is that of an empty network",
                ],
            };
        }

        private string Unfinished(long now, CancellationToken cancellation)
        {
            long left = _traffic.Flows.Count - _finished;
            if (left == 0)
            {
                return "";
            }
            string count =
                $"{left} of {_traffic.Flows.Count} flows unfinished after {(now / 1e6).ToString("0.###", CultureInfo.InvariantCulture)} "
                + $"us: ";
            int cut = 0;
            for (int i = 0; i < _activeCount; i++)
            {
                cut += _paths.Reachable[_active[i]] ? 0 : 1;
            }
            return count
                + (
                    cancellation.IsCancellationRequested ? "the run was cancelled"
                    : _options.EndPicoseconds > 0 && now >= _options.EndPicoseconds ? "the end that was asked for came first"
                    : cut > 0 ? $"no way leads to the destination of {cut} of them"
                    : "nothing is left to happen; their triggers never fired or the links they use are dead"
                );
        }
    }
}
