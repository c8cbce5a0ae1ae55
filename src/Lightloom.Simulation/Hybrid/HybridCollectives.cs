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
public sealed partial class HybridCollectives : ICollectiveTime
{
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
    private readonly Dictionary<(CollectiveKind, long, CollectiveAlgorithm?), (CollectiveTiming Timing, bool All)> _known = [];
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

    /// <summary>Asked before a run's traffic is made, to refuse what would not fit into memory; null for no such question.</summary>
    public Action<NetworkDescription, TrafficSize, SimulationOptions>? BeforeMaking { get; init; }

    /// <summary>Asked before each run; null for no such question.</summary>
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
        // Where nobody named an algorithm, levels are run by rings, whatever is usual without levels.
        (CollectiveKind, long, CollectiveAlgorithm?) asked = (request.Kind, request.Size.Bytes, request.Algorithm);
        if (!_known.TryGetValue(asked, out (CollectiveTiming Timing, bool All) known))
        {
            // A card carries what each rank behind it sends; sums and copies it carries once.
            long shared = request.Kind is CollectiveKind.AllToAll or CollectiveKind.SendReceive ? _groups[0].Count / _hosts[0].Length : 1;
            string word = CollectiveWords.Kinds.Of(request.Kind);
            bool halving = request is { Kind: CollectiveKind.AllReduce, Algorithm: CollectiveAlgorithm.HalvingDoubling };
            CollectiveTiming timing =
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
                : request.Kind == CollectiveKind.AllToAll && algorithm == CollectiveAlgorithm.Pairwise
                    ? Exchange(checked(request.Size.Bytes * shared))
                : BySize(request.Kind, checked(request.Size.Bytes * shared), algorithm);
            known = _known[asked] = (timing, RanAll);
        }
        RanAll = known.All;
        return known.Timing;
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
        long largest = ring ? (bytes + n - 1) / n : Made(request.Kind, bytes, algorithm).Size.LargestFlow.Bytes;
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

    // ---- Others: smaller buffers in packets, and on along the line through the last two

    private CollectiveTiming BySize(
        CollectiveKind kind,
        long bytes,
        CollectiveAlgorithm algorithm,
        Func<long, (TrafficSize Size, Func<TrafficDescription> Traffic)>? make = null
    )
    {
        make ??= size => Made(kind, size, algorithm);
        long largest = Math.Max(1, make(bytes).Size.LargestFlow.Bytes);
        long first = Math.Max(1, (long)(bytes * ((double)SmallestFlow / largest)));
        (double time, double error) = OnALine(first, bytes, size => MadeInMemory(make(size)));
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

    private TrafficDescription MadeInMemory((TrafficSize Size, Func<TrafficDescription> Traffic) made)
    {
        Ask(made.Size);
        return made.Traffic();
    }

    private void Ask(TrafficSize size)
    {
        BeforeMaking?.Invoke(_network, size, _options);
        if (size.Flows > TrafficSize.MostFlows)
        {
            throw new RefusedException(
                $"in packets that would be {size.Flows:n0} flows, and a run holds at most {TrafficSize.MostFlows:n0}: take --engine fluid"
            );
        }
    }

    // All groups at once.
    private TrafficSize OfGroups(TrafficSize one) =>
        checked(new(one.Flows * _hosts.Length, one.Triggers * _hosts.Length, one.Concurrent * _hosts.Length, one.LargestFlow));

    private (TrafficSize Size, Func<TrafficDescription> Traffic) Made(CollectiveKind kind, long bytes, CollectiveAlgorithm algorithm)
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
            return (OfGroups(new(n, 0, n, DataSize.FromBytes(bytes))), () => Joined(h => Neighbours(h, bytes)));
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
        return (OfGroups(Workload.SizeOf(name, n, size, window)), () => Joined(h => Workload.Create(name, h, size, window: window)));
    }

    /// <summary>
    /// Whether reductions and gathers of one group run in levels where nodes have a scale-up domain, as the packet engine's patterns do; else
    /// only those that ask for it.
    /// </summary>
    public bool InLevels { get; init; }

    private static (TrafficSize Size, Func<TrafficDescription> Traffic) OverNodes(string word, long bytes, int[][] nodes, bool halving)
    {
        DataSize size = DataSize.FromBytes(bytes);
        return (
            Workload.SizeOfHierarchical(word, nodes.Length, nodes[0].Length, size, halving),
            () => Workload.Hierarchical(word, nodes, size, halving)
        );
    }

    // By scale-up domain: its hosts in rank order; null where levels need something else. Hosts of no domain are no node together.
    private int[][]? Nodes()
    {
        int[][]? nodes =
            _network.ScaleUp is { } domains && _among == 1 && !Array.Exists(_hosts[0], h => domains.DomainOfHost[h] < 0)
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
