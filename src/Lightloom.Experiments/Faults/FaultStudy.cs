using System.Collections.Concurrent;
using Lightloom.Design;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Experiments.Faults;

/// <summary>
/// What each fault costs one designed network: chooses instances, examines the graph, simulates before, during and after.
/// </summary>
/// <remarks>
/// Deterministic for any number of threads: every run is a simulation of its own on one thread, and results are kept by number.
/// </remarks>
public sealed class FaultStudy
{
    // Sampling of a strike.
    private const long SamplePicoseconds = 1_000_000;

    // A strike's time before the fault, from its detection to its repair, and after: sixteen times the way across, so that windows have
    // grown, and at least so long.
    private const long LeastPhase = 40_000_000;

    // As good as there, for a rate that is averaged over so many samples: congestion control swings by more than that from one sample to
    // the next.
    private const double Near = 0.95;
    private const int Averaged = 5;
    private readonly Testbed _bed;
    private readonly DesignedNetwork _designed;
    private readonly FaultStudyOptions _options;
    private readonly Ranks _ranks;
    private readonly int[] _hosts;
    private readonly ConcurrentDictionary<string, Lazy<SimulationResult>> _sound = new(StringComparer.Ordinal);

    /// <summary>The workloads that are run; the first is the step that a year is reckoned with.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Workloads => _options.Workloads;

    /// <summary>What can break.</summary>
    public FaultInventory Inventory { get; }

    /// <summary>Reachability and capacity.</summary>
    public FaultGraph Graph { get; }

    /// <summary>What fails, singles first, then pairs, then the user's own.</summary>
    public IReadOnlyList<FaultScenario> Scenarios { get; }

    /// <summary>Hosts that take part.</summary>
    public int HostCount => _hosts.Length;

    /// <summary>What was assumed or left out, as sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Prepares a study: takes stock and chooses what fails.</summary>
    /// <param name="bed">A fabric of a design.</param>
    /// <param name="options">What fails, and what runs meanwhile.</param>
    /// <exception cref="RefusedException">The options do not fit the network.</exception>
    public FaultStudy(Testbed bed, FaultStudyOptions options)
    {
        _bed = bed;
        _designed = bed.Designed ?? throw new RefusedException("faults are studied on a design");
        _options = options;
        _ranks = bed.FirstXpus(options.Xpus ?? Math.Min(FaultStudyOptions.MostXpus, bed.XpuCount));
        _hosts = [.. _ranks.Hosts];
        if (_hosts.Length < 2)
        {
            throw new RefusedException("faults need at least two hosts that talk to each other");
        }

        Inventory = new(bed.Design!, _designed);
        Graph = new(_designed);
        List<string> notes = [];
        Scenarios = Chosen(notes);
        foreach ((string name, long bytes) in options.Workloads)
        {
            int ranks = RanksFor(name, _hosts).Length;
            if (ranks != _hosts.Length)
            {
                notes.Add(
                    $"{name} runs on {ranks} of the {_hosts.Length} hosts, spread evenly: "
                        + $"more than 64 ranks that are no power of two would "
                        + FormattableString.Invariant($"make a ring of {2L * _hosts.Length * (_hosts.Length - 1):#,0} transfers")
                );
            }

            // Whoever cannot run it in the sound network shall know at once.
            Traffic(name, _hosts, bytes);
        }

        if (options.Xpus is null && bed.XpuCount > FaultStudyOptions.MostXpus)
        {
            notes.Add(
                $"{FaultStudyOptions.MostXpus} of {bed.XpuCount} {bed.EndpointWord} take part; --xpus says otherwise. Instances are chosen "
                    + "where these hosts' packets pass"
            );
        }

        Notes = notes;
    }

    private List<FaultScenario> Chosen(List<string> notes)
    {
        var picker = new FaultPicker(Inventory, _hosts, _options.Seed);
        List<FaultScenario> scenarios = [];
        foreach (FaultKind kind in Inventory.Kinds.Where(k => _options.Classes.Count == 0 || _options.Classes.Contains(k.Class)))
        {
            scenarios.Add(FaultScenario.Of(Inventory, picker.One(kind)));
        }

        foreach ((FaultClass first, FaultClass second) in _options.Pairs)
        {
            if (picker.Pair(first, second) is { } pair)
            {
                scenarios.Add(FaultScenario.Of(Inventory, pair.First, pair.Second));
            }
            else
            {
                notes.Add(
                    $"there are no two parts for {FaultKind.Words[(int)first]} + {FaultKind.Words[(int)second]}; the pair is left out"
                );
            }
        }

        scenarios.AddRange(_options.Own);
        return scenarios.Count > 0
            ? scenarios
            : throw new RefusedException(
                "the network has nothing of what is to fail; it has "
                    + string.Join(", ", Inventory.Kinds.Select(k => FaultKind.Words[(int)k.Class]).Distinct())
            );
    }

    /// <summary>Runs everything.</summary>
    /// <param name="progress">Told of the share that is done, 0 to 1, and what it was.</param>
    /// <param name="cancellation">Stops between events.</param>
    public IReadOnlyList<FaultOutcome> Run(Action<double, string>? progress = null, CancellationToken cancellation = default)
    {
        int jobsPerScenario = _options.Workloads.Count + 1;
        var graphs = new GraphOutcome[Scenarios.Count];
        var workloads = new WorkloadOutcome?[Scenarios.Count][];
        var strikes = new StrikeOutcome[Scenarios.Count];
        int done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation };
        Parallel.For(
            0,
            Scenarios.Count,
            parallel,
            i =>
            {
                graphs[i] = Graph.Examine(Scenarios[i]);
                workloads[i] = new WorkloadOutcome?[_options.Workloads.Count];
            }
        );
        Parallel.For(
            0,
            Scenarios.Count * jobsPerScenario,
            parallel,
            job =>
            {
                (int i, int part) = (job / jobsPerScenario, job % jobsPerScenario);
                if (part < _options.Workloads.Count)
                {
                    workloads[i][part] = During(
                        Scenarios[i],
                        graphs[i],
                        _options.Workloads[part].Name,
                        _options.Workloads[part].Bytes,
                        cancellation
                    );
                }
                else
                {
                    strikes[i] = Strike(Scenarios[i], cancellation);
                }

                progress?.Invoke((double)Interlocked.Increment(ref done) / (Scenarios.Count * jobsPerScenario), Scenarios[i].Label);
            }
        );
        cancellation.ThrowIfCancellationRequested();
        return [.. Scenarios.Select((s, i) => new FaultOutcome(s, graphs[i], [.. workloads[i].OfType<WorkloadOutcome>()], strikes[i]))];
    }

    /// <summary>
    /// How far runs of the sound network with different seeds lie apart, by workload: the largest completion over the least. An inflation
    /// within it means nothing.
    /// </summary>
    public IReadOnlyList<double> Noise(CancellationToken cancellation = default)
    {
        var noise = new double[_options.Workloads.Count];
        Parallel.For(
            0,
            noise.Length,
            new() { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation },
            i =>
            {
                (string name, long bytes) = _options.Workloads[i];
                TrafficDescription traffic = Traffic(name, _hosts, bytes);
                long[] times =
                [
                    .. Enumerable
                        .Range(0, Math.Max(2, _options.Runs))
                        .Select(run => Completion(Sound(name, _hosts, traffic, run, cancellation))),
                ];
                noise[i] = (double)times.Max() / Math.Max(1, times.Min());
            }
        );
        return noise;
    }

    private WorkloadOutcome? During(FaultScenario scenario, GraphOutcome graph, string name, long bytes, CancellationToken cancellation)
    {
        int[] survivors = Survivors(graph);
        if (survivors.Length < 2)
        {
            return null;
        }

        TrafficDescription traffic = Traffic(name, survivors, bytes);
        HashSet<int> hit = Planes(scenario);
        int runs = Math.Max(1, _options.Runs);
        double soundTime = 0,
            faultyTime = 0,
            least = double.PositiveInfinity,
            largest = 0,
            soundBytes = 0,
            faultyBytes = 0;
        var before = new double[_designed.Network.HostCount];
        var after = new double[_designed.Network.HostCount];
        for (int run = 0; run < runs; run++)
        {
            SimulationResult sound = Sound(name, survivors, traffic, run, cancellation);
            long time = Completion(sound);

            // Struck at time 0 with no delay of detection: what is measured is the state after everybody knows.
            SimulationResult faulty = Simulate(
                traffic,
                _options.Simulation with
                {
                    Seed = _options.Simulation.Seed + (ulong)run,
                    Faults = scenario.Strike(_designed.Network, SimTime.Zero),
                    Detection = SimTime.Zero,
                    End = SimTime.FromPicoseconds(20 * Math.Max(time, 1_000_000)),
                },
                cancellation
            );
            double ended = Completion(faulty) is >= 0 and long at ? at : double.PositiveInfinity;
            soundTime += (double)time / runs;
            faultyTime += ended / runs;
            least = Math.Min(least, ended / Math.Max(1, time));
            largest = Math.Max(largest, ended / Math.Max(1, time));
            soundBytes += Bytes(sound, hit);
            faultyBytes += Bytes(faulty, hit);
            Finish(traffic, sound, before);
            Finish(traffic, faulty, after);
        }

        int[] took = [.. survivors.Where(h => before[h] > 0)];
        double[] slowed = [.. took.Select(h => after[h] / before[h]).Where(f => f >= _options.SlowedFrom).Order()];
        return new()
        {
            Name = name,
            Stops = survivors.Length < _hosts.Length,
            Hosts = took.Length,
            Sound = SimTime.FromPicoseconds((long)soundTime),
            Faulty = double.IsFinite(faultyTime) ? SimTime.FromPicoseconds((long)faultyTime) : null,
            Spread = (least, largest),
            Slowed = Xpus(took.Where(h => after[h] / before[h] >= _options.SlowedFrom)),
            MedianSlowdown = slowed.Length == 0 ? 1 : slowed[(slowed.Length - 1) / 2],
            WorstSlowdown = took.Select(h => after[h] / before[h]).Append(1).Max(),
            OtherPlanesLoad = soundBytes == 0 ? null : faultyBytes / soundBytes,
        };
    }

    // Rail planes bridge inside the node, so that a message may leave by the card of an XPU that is cut off: there the whole node is out.
    private int[] Survivors(GraphOutcome graph)
    {
        if (_designed.Fabric is not { PlaneLayout: Lightloom.Spec.PlaneLayout.Rail, Planes: > 1 })
        {
            return [.. _hosts.Where(h => !graph.HostCutOff[h])];
        }

        HashSet<int> hit =
        [
            .. Enumerable.Range(0, graph.HostCutOff.Count).Where(h => graph.HostCutOff[h]).Select(h => _designed.NodeOfHost[h]),
        ];
        return [.. _hosts.Where(h => !hit.Contains(_designed.NodeOfHost[h]))];
    }

    private StrikeOutcome Strike(FaultScenario scenario, CancellationToken cancellation)
    {
        NetworkDescription network = _designed.Network;
        int[] hosts = HostsAround(scenario);
        long phase = Math.Max(LeastPhase, 16 * network.DiameterLatency().Picoseconds / SamplePicoseconds * SamplePicoseconds);
        long struck = phase;
        long detect = _options.Simulation.Detection.Picoseconds;
        long repaired = struck + detect + phase;
        long end = repaired + detect + phase * 3 / 4;
        // Enough to send from beginning to end at four fifths of line rate, so that hardly anybody is done before the end.
        int[][] ports = network.HostLinks();
        long rate = hosts.Max(h => ports[h].Sum(l => network.Links[l].Rate.BitsPerSecond));
        TrafficDescription traffic = _designed.Routed(
            Spread(
                Workload.Create("permutation", hosts, DataSize.FromBytes(Math.Max(1, (long)(0.8 * rate / 8e12 * end))), _options.Seed),
                4 * network.DiameterLatency().Picoseconds
            )
        );
        SimulationResult result = Simulate(
            traffic,
            _options.Simulation with
            {
                Faults =
                [
                    .. scenario.Strike(network, SimTime.FromPicoseconds(struck)),
                    .. scenario.Repair(network, SimTime.FromPicoseconds(repaired)),
                ],
                TraceInterval = SimTime.FromPicoseconds(SamplePicoseconds),
                End = SimTime.FromPicoseconds(100 * end),
            },
            cancellation
        );
        var rates = new List<(long Time, double Rate)>();
        for (int i = 0; i < result.Trace.Count; i++)
        {
            long delivered = result.Trace[i].DeliveredPackets - (i < Averaged ? 0 : result.Trace[i - Averaged].DeliveredPackets);
            rates.Add((result.Trace[i].Time.Picoseconds, delivered / (double)Averaged));
        }

        // The first samples fill the network; a queue's length of them is left out of the mean.
        double before = Mean(rates, struck - phase / 4, struck);
        double during = Mean(rates, repaired - phase / 4, repaired);
        HashSet<int> hit = Planes(scenario);
        bool others = Enumerable.Range(0, network.Links.Count).Any(l => !hit.Contains(Inventory.PlaneOfLink[l]));
        return new()
        {
            Hosts = hosts.Length,
            Struck = SimTime.FromPicoseconds(struck),
            Repaired = SimTime.FromPicoseconds(repaired),
            Detection = SimTime.FromPicoseconds(detect),
            Recovery = Steady(rates, struck, repaired, Near * during) is >= 0 and long at ? SimTime.FromPicoseconds(at - struck) : null,
            Restoration = FirstAtLeast(rates, repaired, Near * before) is >= 0 and long back
                ? SimTime.FromPicoseconds(back - repaired)
                : null,
            RateBefore = before * 1e6 / SamplePicoseconds,
            RateLeast =
                rates.Where(r => r.Time > struck && r.Time <= repaired).Select(r => r.Rate).DefaultIfEmpty(0).Min()
                * 1e6
                / SamplePicoseconds,
            RateDuring = during * 1e6 / SamplePicoseconds,
            Packets = result.Packets,
            Unfinished = result.Flows.Count(f => !f.IsDone),
            OtherPlanesDropped = others
                ? result.Links.Where(l => !hit.Contains(Inventory.PlaneOfLink[l.Link])).Sum(l => (long)l.Dropped)
                : null,
            Series = result.Trace,
        };
    }

    // Flows that start together keep pulsing together, window by window, and a sample would see the pulse instead of the fault.
    private static TrafficDescription Spread(TrafficDescription traffic, long over) =>
        new([.. traffic.Flows.Select((f, i) => f with { Start = SimTime.FromPicoseconds(over * i / traffic.Flows.Count) })])
        {
            Name = traffic.Name,
        };

    private static double Mean(List<(long Time, double Rate)> rates, long from, long until) =>
        rates.Where(r => r.Time > from && r.Time <= until).Select(r => r.Rate).DefaultIfEmpty(0).Average();

    /// <summary>The end of the last sample that falls short, from the fault on; the fault itself when none does.</summary>
    private static long Steady(List<(long Time, double Rate)> rates, long from, long until, double least)
    {
        long at = from;
        foreach ((long time, double rate) in rates)
        {
            if (time > from && time <= until && rate < least)
            {
                at = time;
            }
        }

        return at >= until - SamplePicoseconds ? -1 : at;
    }

    private static long FirstAtLeast(List<(long Time, double Rate)> rates, long from, double least)
    {
        foreach ((long time, double rate) in rates)
        {
            if (time > from && rate >= least)
            {
                return time;
            }
        }

        return -1;
    }

    /// <summary>
    /// The hosts of the leaves that a fault touches first, so that its effect is seen; then whole leaves, until there are enough.
    /// </summary>
    private int[] HostsAround(FaultScenario scenario)
    {
        NetworkDescription network = _designed.Network;
        int[][] links = network.HostLinks();
        int most = Math.Min(_options.StrikeHosts, _hosts.Length);
        var touched = new HashSet<int>();
        foreach (int link in scenario.Parts.SelectMany(p => p.Links))
        {
            LinkDescription one = network.Links[link];
            touched.Add(one.A.IsHost || network.Switches[one.A.Index].Tier > 0 ? ~one.A.Index : one.A.Index);
            if (one.A.IsHost)
            {
                touched.Add(one.Z.Index);
            }
        }

        List<int> result = [];
        // The host itself (~index), then its leaf's other hosts, then everybody else from the far end: traffic that crosses the fabric.
        foreach (
            int host in _hosts
                .Where(h => touched.Contains(~h) && touched.Count < 4096)
                .Take(most / 2)
                .Concat(_hosts.Where(h => links[h].Any(l => touched.Contains(network.Links[l].Z.Index))).Take(most / 2))
                .Concat(_hosts.Reverse())
        )
        {
            if (result.Count < most && !result.Contains(host))
            {
                result.Add(host);
            }
        }

        result.Sort();
        return [.. result];
    }

    private HashSet<int> Planes(FaultScenario scenario) =>
        [.. scenario.Parts.SelectMany(p => p.Links).Select(l => Inventory.PlaneOfLink[l])];

    private long Bytes(SimulationResult result, HashSet<int> without) =>
        result.Links.Where(l => !without.Contains(Inventory.PlaneOfLink[l.Link])).Sum(l => l.Sent.Bytes);

    private SimulationResult Sound(string name, int[] hosts, TrafficDescription traffic, int run, CancellationToken cancellation)
    {
        string key = $"{name}/{run}/" + (hosts.Length == _hosts.Length ? "" : string.Join(',', hosts));
        return _sound
            .GetOrAdd(
                key,
                _ => new(() => Simulate(traffic, _options.Simulation with { Seed = _options.Simulation.Seed + (ulong)run }, cancellation))
            )
            .Value;
    }

    private SimulationResult Simulate(TrafficDescription traffic, SimulationOptions options, CancellationToken cancellation)
    {
        SimulationResult result = Experiment.Of(_bed, options with { Threads = 1 }, traffic).Run(null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return result;
    }

    private TrafficDescription Traffic(string name, int[] hosts, long bytes) =>
        _bed.Workload(new() { Name = name, Bytes = bytes }, _ranks.On(RanksFor(name, hosts)), _options.Seed);

    // Halving and doubling needs a power of two, and a ring over a thousand hosts would be millions of transfers.
    private static int[] RanksFor(string name, int[] hosts)
    {
        int count = hosts.Length;
        if (
            (count <= 64 && name != "all-reduce-halving-doubling")
            || name is not ("all-reduce" or "all-reduce-halving-doubling")
            || (count & (count - 1)) == 0
        )
        {
            return hosts;
        }

        int power = 1 << System.Numerics.BitOperations.Log2((uint)count);
        return [.. Enumerable.Range(0, power).Select(i => hosts[(int)((long)i * count / power)])];
    }

    private static long Completion(SimulationResult result) =>
        result.Flows.Any(f => !f.IsDone) ? -1 : result.Flows.Max(f => f.Finish)?.Picoseconds ?? -1;

    /// <summary>Adds by host when its last flow ended: infinite when one never did, nothing when it has none.</summary>
    private static void Finish(TrafficDescription traffic, SimulationResult result, double[] sum)
    {
        var finish = new double[sum.Length];
        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            double end = result.Flows[f].Finish is { } at ? at.Picoseconds : double.PositiveInfinity;
            finish[traffic.Flows[f].Source] = Math.Max(finish[traffic.Flows[f].Source], end);
            finish[traffic.Flows[f].Destination] = Math.Max(finish[traffic.Flows[f].Destination], end);
        }

        for (int h = 0; h < sum.Length; h++)
        {
            sum[h] += finish[h];
        }
    }

    private int Xpus(IEnumerable<int> hosts)
    {
        HashSet<int> set = [.. hosts];
        return _designed.HostOfXpu.Count == 0 ? set.Count : _designed.HostOfXpu.Count(set.Contains);
    }
}
