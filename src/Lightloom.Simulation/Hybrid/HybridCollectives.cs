using System.Numerics;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Hybrid;

/// <summary>
/// How long collectives take in packets, of which only as many are run as it takes for rates to be steady: the first steps of a ring, whose
/// transfers the others repeat, or the collective with smaller buffers, whose time grows evenly with them.
/// </summary>
/// <remarks>docs/models/hybrid.md has the rules and the error. Keeps what it has answered; not safe to share between threads.</remarks>
public sealed class HybridCollectives : ICollectiveTime
{
    private const int FirstSteps = 32;

    /// <summary>Where ranks of a ring that began together have got away from one another.</summary>
    private const int StepsToSpread = 256;

    /// <summary>Where more transfers than that are under way beside the one before of the same rank, a rank's times say little.</summary>
    private const double MostOverlaps = 0.05;

    /// <summary>There at least so many steps are run.</summary>
    private const int OverlappingSteps = 128;

    /// <summary>Steps of the runs that begin there but the first, which begins at rest to show where that is.</summary>
    private static readonly int[] SpreadRuns = [4, 8, 16, 16, 32];

    /// <summary>Fewer steps, or smaller flows, than so many times the first try are run as they are.</summary>
    private const int WorthIt = 4;

    /// <summary>Where this part of the whole is not steady, the whole is run.</summary>
    private const int Tries = 8;

    /// <summary>Two answers, of which the later saw twice as much, that agree as closely as that are steady.</summary>
    private const double Steady = 0.01;

    private readonly NetworkDescription _network;
    private readonly IReadOnlyList<int> _hostOfRank;
    private readonly SimulationOptions _options;
    private readonly bool _extrapolates;
    private readonly Dictionary<(CollectiveKind, long, CollectiveAlgorithm), CollectiveTiming> _known = [];
    private IReadOnlyList<IReadOnlyList<int>> _groups = [];
    private int[][] _hosts = [];
    private int _among;
    private AlikeGroups? _alike;

    /// <summary>Prepares for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="hostOfRank">By rank: its host.</param>
    /// <param name="options">How packets are run: transport, load balancing, seed, threads.</param>
    /// <param name="extrapolates">False to run every packet.</param>
    /// <exception cref="RefusedException">Something happens at a set time, which no shorter run could show.</exception>
    public HybridCollectives(NetworkDescription network, IReadOnlyList<int> hostOfRank, SimulationOptions options, bool extrapolates = true)
    {
        if (extrapolates && (options.Faults.Count > 0 || options.End is not null))
        {
            throw new RefusedException(
                "--engine hybrid carries steady rates on, so nothing may happen at a set time: leave --fail and --end-us out, "
                    + "or take --engine packet"
            );
        }
        (_network, _hostOfRank, _options, _extrapolates) = (network, hostOfRank, options, extrapolates);
    }

    /// <summary>Stops between runs, and within one.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Asked before each run, to refuse what would not fit into memory; null for no such question.</summary>
    public Action<NetworkDescription, TrafficDescription, SimulationOptions>? BeforeRun { get; init; }

    /// <summary>Told now and then how far a run is, or null.</summary>
    public Action<RunProgress>? Progress { get; init; }

    /// <summary>Links that packets have crossed in all runs so far.</summary>
    public long PacketHops { get; private set; }

    /// <summary>Events of all runs so far.</summary>
    public long Events { get; private set; }

    /// <summary>Groups of all requests so far that were not run, as others that lie in the network alike and share no link stand for them.</summary>
    public long GroupsLeftOut { get; private set; }

    /// <summary>What traffic becomes on its way, as where a message is relayed to another rail; null where nothing does.</summary>
    public Func<TrafficDescription, TrafficDescription>? Routed { get; init; }

    /// <summary>Whether the last answer is that of all packets, because it had to be or because rates did not become steady.</summary>
    public bool RanAll { get; private set; }

    /// <inheritdoc/>
    public int Ranks => _hostOfRank.Count;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        Take(request.Groups);
        CollectiveAlgorithm algorithm = request.Algorithm ?? Usual(request.Kind);
        if (!_known.TryGetValue((request.Kind, request.Size.Bytes, algorithm), out CollectiveTiming? known))
        {
            // A card carries what each rank behind it sends; sums and copies it carries once.
            long shared = request.Kind is CollectiveKind.AllToAll or CollectiveKind.SendReceive ? _groups[0].Count / _hosts[0].Length : 1;
            string word = CollectiveWords.Kinds.Of(request.Kind);
            bool halving = request is { Kind: CollectiveKind.AllReduce, Algorithm: CollectiveAlgorithm.HalvingDoubling };
            known =
                InLevels
                && IsRing(request.Kind)
                && algorithm is CollectiveAlgorithm.Ring or CollectiveAlgorithm.HalvingDoubling
                && Nodes() is { } nodes
                    ? BySize(
                        request.Kind,
                        request.Size.Bytes,
                        CollectiveAlgorithm.Hierarchical,
                        bytes => OverNodes(word, bytes, nodes, halving)
                    )
                : algorithm == CollectiveAlgorithm.Ring && IsRing(request.Kind) ? Ring(request.Kind, request.Size.Bytes)
                : BySize(request.Kind, checked(request.Size.Bytes * shared), algorithm);
            _known[(request.Kind, request.Size.Bytes, algorithm)] = known;
        }
        return known;
    }

    /// <summary>How much traffic all packets of a collective would be, without making any.</summary>
    /// <exception cref="RefusedException">It cannot be run so.</exception>
    /// <exception cref="OverflowException">It has more flows than a 64-bit number counts.</exception>
    public TrafficSize SizeOf(CollectiveRequest request)
    {
        Take(request.Groups);
        CollectiveAlgorithm algorithm = request.Algorithm ?? Usual(request.Kind);
        long n = _hosts[0].Length,
            bytes = request.Size.Bytes,
            groups = _among;
        bool ring = algorithm == CollectiveAlgorithm.Ring && IsRing(request.Kind);
        long largest = ring ? (bytes + n - 1) / n : Made(request.Kind, bytes, algorithm).LargestFlow;
        long rounds = request.Kind switch
        {
            CollectiveKind.SendReceive => 1,
            CollectiveKind.AllReduce => 2 * (n - 1),
            _ => n - 1,
        };
        return checked(new TrafficSize(groups * n * rounds, groups * n * rounds, groups * n, DataSize.FromBytes(largest)));
    }

    private static bool IsRing(CollectiveKind kind) =>
        kind is CollectiveKind.AllReduce or CollectiveKind.AllGather or CollectiveKind.ReduceScatter;

    // As the packet engine's patterns of these names.
    private CollectiveAlgorithm Usual(CollectiveKind kind) =>
        kind switch
        {
            CollectiveKind.AllReduce => _hosts[0].Length <= 64 || !BitOperations.IsPow2(_hosts[0].Length)
                ? CollectiveAlgorithm.Ring
                : CollectiveAlgorithm.HalvingDoubling,
            CollectiveKind.AllGather or CollectiveKind.ReduceScatter => CollectiveAlgorithm.Ring,
            CollectiveKind.Broadcast => CollectiveAlgorithm.Tree,
            CollectiveKind.AllToAll => CollectiveAlgorithm.Pairwise,
            _ => CollectiveAlgorithm.Direct,
        };

    private void Take(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        if (ReferenceEquals(groups, _groups))
        {
            return;
        }
        if (groups.Count == 0 || groups.Any(g => g.Count != groups[0].Count) || groups[0].Count < 2)
        {
            throw new RefusedException("a collective needs groups of at least two ranks, all of one size");
        }
        _hosts = [.. groups.Select(g => g.Select(r => _hostOfRank[r]).Distinct().ToArray())];
        if (_hosts.Any(h => h.Length != _hosts[0].Length || h.Length < 2))
        {
            throw new RefusedException("ranks that share a card take part once, and what is left are not groups of one size above 1");
        }
        _among = _hosts.Length;
        if (_extrapolates)
        {
            _hosts = (_alike ??= new(_network)).ToRun(_hosts);
            GroupsLeftOut += _among - _hosts.Length;
        }
        _groups = groups;
        _known.Clear();
    }

    // ---- Rings: the first steps in packets, the others as those

    private CollectiveTiming Ring(CollectiveKind kind, long bytes)
    {
        int n = _hosts[0].Length;
        long steps = (kind == CollectiveKind.AllReduce ? 2L : 1L) * (n - 1);
        long piece = (bytes + n - 1) / n;
        (double Time, double Error)? found =
            !_extrapolates || FirstSteps * WorthIt / 2 > steps ? (Last(Run(Steps(piece, (int)steps, null))), 0)
            : _hosts.Max(h => Wire(piece, h)) < _network.DiameterLatency().Picoseconds ? SpreadOut(piece, steps)
            : null;
        RanAll = found is { Error: 0 };
        (double time, double error) = found ?? FromRest(piece, steps);
        return new CollectiveTiming(SimTime.FromPicoseconds((long)time), SimTime.Zero, CollectiveAlgorithm.Ring, "")
        {
            Steps = steps,
            Flows = checked(steps * n * _among),
            Error = error,
        };
    }

    private (double Time, double Error) FromRest(long piece, long steps)
    {
        bool holds = true;
        for (int shown = FirstSteps; ; shown = holds ? 2 * shown : Math.Max(2 * shown, OverlappingSteps))
        {
            RanAll = (long)shown * WorthIt / 2 > steps;
            SimulationResult result = Run(Steps(piece, RanAll ? (int)steps : shown, null));
            if (RanAll)
            {
                return (Last(result), 0);
            }
            double paced = 0,
                before = 0,
                replayed = 0,
                overlaps = 0;
            for (int g = 0; g < _hosts.Length; g++)
            {
                int n = _hosts[g].Length;
                (long[] starts, long answer) = StartsOf(result, g, shown);
                paced = Math.Max(paced, RingPace.Of(starts, n, shown / 2 - 1, shown - 1).Finish(steps) + answer);
                before = Math.Max(before, RingPace.Of(starts, n, shown / 4 - 1, shown / 2 - 1).Finish(steps) + answer);
                replayed = Math.Max(replayed, new RingReplay(starts, n, Wire(piece, _hosts[g])).Finish(steps, Cancellation) + answer);
                overlaps = Math.Max(overlaps, SpreadRing.Of(starts, n, Wire(piece, _hosts[g])).Overlaps);
            }
            // The replay errs on either side of the pace, and does not hold where transfers overlap: there more steps are asked of the pace.
            holds = overlaps <= MostOverlaps;
            double error = Math.Max(Math.Abs(paced / before - 1), holds ? Math.Abs(paced / replayed - 1) / 2 : 0);
            if (error <= Steady && (holds || shown >= OverlappingSteps))
            {
                return (paced, Math.Max(error, double.Epsilon));
            }
        }
    }

    // Transfers that are shorter than their way: ranks that begin together meet on links as they never do again once each has its own
    // rhythm, which takes hundreds of steps. So packets are run from where the ranks would then be.
    private (double Time, double Error)? SpreadOut(long piece, long steps)
    {
        long[][]? starts = null;
        double before = -1;
        foreach (int run in SpreadRuns)
        {
            if (run * WorthIt > steps)
            {
                break;
            }
            SimulationResult result = Run(Steps(piece, run, starts));
            double time = 0;
            starts ??= new long[_hosts.Length][];
            for (int g = 0; g < starts.Length; g++)
            {
                (long[] shown, long answer) = StartsOf(result, g, run);
                SpreadRing ring = SpreadRing.Of(shown, _hosts[g].Length, Wire(piece, _hosts[g]));
                if (ring.Overlaps > MostOverlaps)
                {
                    return null;
                }
                starts[g] = ring.StartsOf(Math.Min(steps / 2, StepsToSpread), Cancellation);
                time = Math.Max(time, RingPace.Of(shown, _hosts[g].Length, run / 4, run - 1).FinishOfAll(steps) + answer);
            }
            if (before > 0 && Math.Abs(time / before - 1) is var error and <= Steady)
            {
                return (time, Math.Max(error, double.Epsilon));
            }
            before = time;
        }
        return null;
    }

    // When each rank of a group began each of the first steps, and the least from a receipt to the sender's last acknowledgement.
    private (long[] Starts, long Answer) StartsOf(SimulationResult packets, int group, int run)
    {
        int n = _hosts[group].Length,
            first = group * run * n;
        var starts = new long[run * n];
        long answer = long.MaxValue;
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = packets.Flows[first + i].Start!.Value.Picoseconds;
        }
        for (int i = 0; i < (run - 1) * n; i++)
        {
            long received = starts[(i / n + 1) * n + (i % n + 1) % n];
            answer = Math.Min(answer, packets.Flows[first + i].Finish!.Value.Picoseconds - received);
        }
        return (starts, Math.Max(0, answer));
    }

    private TrafficDescription Steps(long piece, int steps, long[][]? starts)
    {
        int n = _hosts[0].Length;
        var flows = new List<FlowDescription>(steps * n * _hosts.Length);
        var triggers = new List<TriggerDescription>(flows.Capacity);
        for (int g = 0; g < _hosts.Length; g++)
        {
            int first = triggers.Count;
            for (int step = 0; step < steps; step++)
            {
                for (int r = 0; r < n; r++)
                {
                    flows.Add(
                        new FlowDescription(
                            _hosts[g][r],
                            _hosts[g][(r + 1) % n],
                            DataSize.FromBytes(piece),
                            SimTime.FromPicoseconds(step == 0 && starts is not null ? starts[g][r] : 0),
                            StartTrigger: step == 0 ? -1 : first + (step - 1) * n + r,
                            ReceivedTrigger: step == steps - 1 ? -1 : first + step * n + (r + 1) % n,
                            Id: flows.Count + 1
                        )
                    );
                    if (step < steps - 1)
                    {
                        triggers.Add(new TriggerDescription(TriggerKind.Oneshot, Id: triggers.Count + 1));
                    }
                }
            }
        }
        return new TrafficDescription(flows, triggers) { Name = "all-reduce-ring" };
    }

    // What a piece takes at the rate of the fastest host.
    private long Wire(long piece, int[] hosts)
    {
        _rates ??= _network.HostRates();
        return (long)(_options.WireSizeOf(DataSize.FromBytes(piece)).Bytes * 8e12 / hosts.Max(h => _rates[h]));
    }

    private double[]? _rates;

    // ---- Others: smaller buffers in packets, and on along the line through the last two

    private CollectiveTiming BySize(
        CollectiveKind kind,
        long bytes,
        CollectiveAlgorithm algorithm,
        Func<long, (long LargestFlow, Func<TrafficDescription> Traffic)>? make = null
    )
    {
        make ??= size => Made(kind, size, algorithm);
        long largest = Math.Max(1, make(bytes).LargestFlow);
        long first = Math.Max(1, (long)(bytes * ((double)SmallestFlow / largest)));
        (double time, double error) = OnALine(first, bytes, size => make(size).Traffic());
        return new CollectiveTiming(SimTime.FromPicoseconds((long)time), SimTime.Zero, algorithm, "") { Error = error };
    }

    // The time of all, from parts of it that double: the whole is run where a part of it that is small enough does not say.
    private (double Time, double Error) OnALine(long first, long all, Func<long, TrafficDescription> part)
    {
        RanAll = !_extrapolates || first > all / WorthIt;
        if (!RanAll)
        {
            double before = Last(Run(part(first))),
                guess = -1;
            for (long shown = 2 * first; shown <= all / Tries; shown *= 2)
            {
                double now = Last(Run(part(shown)));
                double time = now + (now - before) / (shown - shown / 2) * (all - shown);
                double error = guess < 0 ? 1 : Math.Abs(time / guess - 1);
                if (error <= Steady)
                {
                    return (time, error);
                }
                (before, guess) = (now, time);
            }
        }
        RanAll = true;
        return (Last(Run(part(all))), 0);
    }

    /// <summary>The first try is of flows as large as that: some tens of round trips of a port of 400G.</summary>
    private const long SmallestFlow = 1 << 20;

    private (long LargestFlow, Func<TrafficDescription> Traffic) Made(CollectiveKind kind, long bytes, CollectiveAlgorithm algorithm)
    {
        int n = _hosts[0].Length;
        string word = CollectiveWords.Kinds.Of(kind),
            name = kind == CollectiveKind.AllToAll && algorithm is CollectiveAlgorithm.Pairwise or CollectiveAlgorithm.Direct ? word
            : kind == CollectiveKind.Broadcast && algorithm == CollectiveAlgorithm.Tree ? word
            : $"{word}-{CollectiveWords.Algorithms.Of(algorithm)}";
        if (algorithm == CollectiveAlgorithm.Hierarchical)
        {
            int[][] nodes =
                Nodes()
                ?? throw new RefusedException(
                    "a collective in levels needs one group of ranks, as many in every scale-up domain; add --scale-up, or take another "
                        + "--algorithm"
                );
            return OverNodes(word, bytes, nodes, BitOperations.IsPow2(nodes.Length));
        }
        if (kind == CollectiveKind.SendReceive)
        {
            return (bytes, () => Joined(h => Neighbours(h, bytes)));
        }
        if (!Workload.Names.Contains(name))
        {
            throw new RefusedException(
                $"packets do not run {word} as {CollectiveWords.Algorithms.Of(algorithm)}; take --engine fluid, or one of "
                    + string.Join(", ", Workload.Names.Where(w => w.StartsWith(word, StringComparison.Ordinal)))
            );
        }
        DataSize size = DataSize.FromBytes(bytes);
        int window = algorithm == CollectiveAlgorithm.Direct ? n - 1 : WindowOf(bytes, n);
        return (
            Workload.SizeOf(name, n, size, window).LargestFlow.Bytes,
            () => Joined(h => Workload.Create(name, h, size, window: window))
        );
    }

    /// <summary>
    /// Whether reductions and gathers of one group run in levels where nodes have a scale-up domain, as the packet engine's patterns do; else
    /// only those that ask for it.
    /// </summary>
    public bool InLevels { get; init; }

    private static (long LargestFlow, Func<TrafficDescription> Traffic) OverNodes(string word, long bytes, int[][] nodes, bool halving)
    {
        DataSize size = DataSize.FromBytes(bytes);
        return (
            Workload.SizeOfHierarchical(word, nodes.Length, nodes[0].Length, size, halving).LargestFlow.Bytes,
            () => Workload.Hierarchical(word, nodes, size, halving)
        );
    }

    // By scale-up domain: its hosts in rank order; null where levels need something else.
    private int[][]? Nodes()
    {
        int[][]? nodes =
            _network.ScaleUp is { } domains && _among == 1
                ? [.. _hosts[0].GroupBy(h => domains.DomainOfHost[h]).Select(g => g.ToArray())]
                : null;
        return nodes is null || nodes.Any(n => n.Length != nodes[0].Length) ? null : nodes;
    }

    /// <summary>Transfers that each rank of a pairwise all-to-all has under way, by the bytes and the number of ranks.</summary>
    public Func<long, int, int> WindowOf { get; init; } = (_, _) => 8;

    private TrafficDescription Joined(Func<int[], TrafficDescription> make) =>
        _hosts.Length == 1 ? make(_hosts[0]) : TrafficDescription.Of([.. _hosts.Select((h, i) => ($"group-{i}", make(h), SimTime.Zero))]);

    private static TrafficDescription Neighbours(int[] hosts, long bytes) =>
        new([.. hosts.Select((h, r) => new FlowDescription(h, hosts[(r + 1) % hosts.Length], DataSize.FromBytes(bytes), Id: r + 1))]);

    private SimulationResult Run(TrafficDescription traffic)
    {
        int flows = traffic.Flows.Count;
        traffic = Routed?.Invoke(traffic) ?? traffic;
        if (traffic.Flows.Count != flows)
        {
            throw new RefusedException(
                "some ranks reach each other by way of another card only, and relayed steps do not repeat one by one; take --engine packet"
            );
        }
        BeforeRun?.Invoke(_network, traffic, _options);
        SimulationResult result = PacketSimulator.Run(_network, traffic, _options, Progress, Cancellation);
        Cancellation.ThrowIfCancellationRequested();
        PacketHops += result.PacketHops;
        Events += result.Events;
        return result.Unfinished.Length == 0 ? result : throw new RefusedException($"in packets {result.Unfinished}");
    }

    private static double Last(SimulationResult result) => result.Flows.Max(f => f.Finish!.Value.Picoseconds);
}
