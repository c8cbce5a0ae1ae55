using System.Numerics;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// How long collectives take on a network by max-min fair rates, step by step: a step that repeats is solved once, and flows are counted by
/// the links that they share, so that a million ranks take seconds.
/// </summary>
/// <remarks>
/// All flows of a step have one size and start together when the slowest of the step before has arrived. Latencies are those of an empty
/// network; what cards and software add is left out. Keeps what it has solved for the groups asked last; not safe to share between threads.
/// </remarks>
public sealed partial class FluidCollectives : ICollectiveTime
{
    /// <summary>A chain of steps of more flows is answered step by step, with a law for what its overlapping steps add.</summary>
    internal const long UsualMostFlows = 20_000;

    /// <summary>The same for this network; 0 for step by step whatever the number.</summary>
    internal long MostFlows { get; init; } = UsualMostFlows;

    /// <summary>An all-to-all of more flows over an irregular network is counted by a sample of its rounds.</summary>
    internal long MostSolvedFlows { get; init; } = 20_000_000;

    private const int SampledRounds = 24;

    /// <summary>A part of a collective in levels is not cut so far that a step would move less than this, nor into more parts.</summary>
    private const long SmallestPiece = 64 << 10;
    private const int MostParts = 8;
    private const int MostChunks = 1024;

    private readonly NetworkDescription _network;
    private readonly bool[]? _dead;
    private readonly StepSolver _solver;
    private readonly DrawnWays? _drawn;
    private readonly SimulationOptions _options;
    private readonly ScaleUpDescription? _scaleUp;
    private readonly IReadOnlyList<int> _hostOfRank;
    private readonly Dictionary<(Pattern, int), StepLoad> _solved = [];
    private IReadOnlyList<IReadOnlyList<int>> _groups = [];
    private int[][] _hosts = [];
    private int[] _sources = [];
    private int[] _destinations = [];
    private RoundSum? _rounds;

    private enum Pattern
    {
        Shift,
        Exchange,
        Trees,
        Rails,
        RailExchange,
        Chain,
    }

    /// <summary>What transport and load balancing add; null to answer by even shares alone.</summary>
    public FluidTerms? Terms { get; init; }

    /// <summary>Stops between steps that are solved.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Prepares for a network.</summary>
    /// <param name="network">The network; its scale-up domains, where it has any, carry what stays inside them.</param>
    /// <param name="hostOfRank">By rank: its host. Several ranks may share one.</param>
    /// <param name="options">Sizes of packets and headers, and the seed of sampled rounds.</param>
    /// <param name="dead">By link: whether it is out from the start, as all switches know; null for none.</param>
    /// <param name="collapse">False to count every plane link by link, regular or not: the same answer, more slowly.</param>
    public FluidCollectives(
        NetworkDescription network,
        IReadOnlyList<int> hostOfRank,
        SimulationOptions? options = null,
        bool[]? dead = null,
        bool collapse = true
    )
    {
        (_network, _dead) = (network, dead);
        _options = options ?? new();
        _hostOfRank = hostOfRank;
        _scaleUp = network.ScaleUp;
        _solver = new StepSolver(network, _scaleUp, dead, collapse, gather: collapse);
        _drawn = DrawnWays.Of(network, dead, _options);
    }

    /// <inheritdoc/>
    public int Ranks => _hostOfRank.Count;

    /// <summary>Whether links that are alike stand for one: false where a fault or a ragged end makes them differ, plane by plane.</summary>
    public bool IsCollapsed => _solver.IsCollapsed;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        Take(request.Groups);
        if (request.Algorithm is { } given)
        {
            return Run(request.Kind, request.Size, given) is { } asked
                ? WithFlows(asked, request.Kind, request.Size)
                : throw new RefusedException(
                    $"{CollectiveWords.Kinds.Of(request.Kind)} cannot be run as {CollectiveWords.Algorithms.Of(given)} over these "
                        + $"{_hosts[0].Length} ranks; it can as {string.Join(", ", Possible(request))}"
                );
        }
        CollectiveTiming? best = null;
        foreach (CollectiveAlgorithm algorithm in Usual(request.Kind))
        {
            CollectiveTiming? timing = Run(request.Kind, request.Size, algorithm);
            best = timing is not null && (best is null || timing.Time < best.Time) ? timing : best;
        }
        // What flows say is asked of the chosen one alone: the choice goes by even shares.
        return WithFlows(best!, request.Kind, request.Size);
    }

    private IEnumerable<string> Possible(CollectiveRequest request) =>
        Enum.GetValues<CollectiveAlgorithm>()
            .Where(a => Run(request.Kind, request.Size, a) is not null)
            .Select(a => CollectiveWords.Algorithms.Of(a));

    // What a library chooses from; switches that reduce are taken only when asked for.
    private static CollectiveAlgorithm[] Usual(CollectiveKind kind) =>
        kind switch
        {
            CollectiveKind.AllReduce =>
            [
                CollectiveAlgorithm.Ring,
                CollectiveAlgorithm.Tree,
                CollectiveAlgorithm.HalvingDoubling,
                CollectiveAlgorithm.Hierarchical,
            ],
            CollectiveKind.AllGather or CollectiveKind.ReduceScatter => [CollectiveAlgorithm.Ring, CollectiveAlgorithm.Hierarchical],
            CollectiveKind.AllToAll => [CollectiveAlgorithm.Pairwise, CollectiveAlgorithm.Hierarchical],
            CollectiveKind.Broadcast => [CollectiveAlgorithm.Tree, CollectiveAlgorithm.Ring],
            _ => [CollectiveAlgorithm.Direct],
        };

    private void Take(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        if (ReferenceEquals(groups, _groups))
        {
            return;
        }
        if (groups.Count == 0 || groups[0].Count < 2)
        {
            throw new RefusedException("a collective needs groups of at least two ranks");
        }
        int n = groups[0].Count;
        var hosts = new int[groups.Count][];
        for (int g = 0; g < groups.Count; g++)
        {
            IReadOnlyList<int> ranks = groups[g];
            if (ranks.Count != n)
            {
                throw new RefusedException($"groups that run at once must be alike: one has {n} ranks, another {ranks.Count}");
            }
            hosts[g] = new int[n];
            for (int r = 0; r < n; r++)
            {
                hosts[g][r] =
                    (uint)ranks[r] < (uint)_hostOfRank.Count
                        ? _hostOfRank[ranks[r]]
                        : throw new RefusedException($"there is no rank {ranks[r]}; the network has {_hostOfRank.Count}");
            }
        }
        (_groups, _hosts, _rounds, _railRounds, _domains) = (groups, hosts, null, null, null);
        _solved.Clear();
        _inFlows.Clear();
    }

    private CollectiveTiming? Run(CollectiveKind kind, DataSize size, CollectiveAlgorithm algorithm)
    {
        int n = _hosts[0].Length;
        Schedule schedule = new(_options, algorithm, Terms);
        bool run = (kind, algorithm) switch
        {
            (CollectiveKind.SendReceive, CollectiveAlgorithm.Direct) => schedule.Add(Solve(Pattern.Shift, 1), 1, size.Bytes, Flows(n)),
            (CollectiveKind.AllReduce, CollectiveAlgorithm.Ring) => Ring(schedule, size.Bytes, 2.0 * (n - 1)),
            (CollectiveKind.AllGather or CollectiveKind.ReduceScatter, CollectiveAlgorithm.Ring) => Ring(schedule, size.Bytes, n - 1),
            (CollectiveKind.Broadcast, CollectiveAlgorithm.Ring) => Chain(schedule, size.Bytes),
            (CollectiveKind.AllReduce, CollectiveAlgorithm.Tree) => Trees(schedule, size.Bytes, both: true),
            (CollectiveKind.Broadcast, CollectiveAlgorithm.Tree) => Trees(schedule, size.Bytes, both: false),
            (CollectiveKind.AllReduce, CollectiveAlgorithm.HalvingDoubling) => Halving(schedule, size.Bytes, 2),
            (CollectiveKind.AllGather or CollectiveKind.ReduceScatter, CollectiveAlgorithm.HalvingDoubling) => Halving(
                schedule,
                size.Bytes,
                1
            ),
            (CollectiveKind.AllToAll, CollectiveAlgorithm.Pairwise) => Pairwise(schedule, size.Bytes),
            (CollectiveKind.AllReduce, CollectiveAlgorithm.Direct) => Together(schedule, size.Bytes, 2),
            (CollectiveKind.AllGather or CollectiveKind.ReduceScatter or CollectiveKind.AllToAll, CollectiveAlgorithm.Direct) => Together(
                schedule,
                size.Bytes,
                1
            ),
            (CollectiveKind.AllReduce, CollectiveAlgorithm.InNetwork) => InNetwork(schedule, size.Bytes),
            (_, CollectiveAlgorithm.Hierarchical) => Hierarchical(schedule, kind, size.Bytes),
            _ => false,
        };
        return run ? schedule.Timing() : null;
    }

    private long Flows(long perGroup) => checked(perGroup * _hosts.Length);

    private static long Share(long bytes, long parts) => (bytes + parts - 1) / parts;

    private bool Ring(Schedule schedule, long bytes, double steps)
    {
        int n = _hosts[0].Length;
        return schedule.Add(Solve(Pattern.Shift, 1).AroundARing, steps, Share(bytes, n), Flows(n));
    }

    private bool Halving(Schedule schedule, long bytes, int phases)
    {
        int n = _hosts[0].Length;
        if (!BitOperations.IsPow2(n))
        {
            return false;
        }
        for (int step = 0; 1 << step < n; step++)
        {
            schedule.Add(Solve(Pattern.Exchange, n >> (step + 1)), phases, Share(bytes, 2L << step), Flows(n), chained: true);
        }
        return true;
    }

    // Chunks follow each other through the tree, up and down at once; as many as make it quickest.
    private bool Trees(Schedule schedule, long bytes, bool both)
    {
        int n = _hosts[0].Length;
        StepLoad load = Solve(Pattern.Trees, both ? 1 : 0);
        int depth = BinaryTree.Height(n);
        double fill = both ? 2 * depth - 1 : depth;
        return Pipelined(schedule, load, bytes, 2, fill, Flows((both ? 4L : 2L) * (n - 1)));
    }

    private bool Chain(Schedule schedule, long bytes)
    {
        int n = _hosts[0].Length;
        return Pipelined(schedule, Solve(Pattern.Chain, 1), bytes, 1, n - 1, Flows(n - 1));
    }

    // fill + k - 1 steps of a k-th of the data: quickest where the time that chunks take to fill the way equals that of one more latency.
    private static bool Pipelined(Schedule schedule, StepLoad load, long bytes, int ways, double fill, long flows)
    {
        double step = schedule.FixedOf(load);
        double chunks = step <= 0 ? 1 : Math.Sqrt((fill - 1) * (bytes / (double)ways) * load.ByteTime / step);
        var k = (long)Math.Clamp(Math.Round(chunks), 1, Math.Max(1, Math.Min(MostChunks, bytes / ways)));
        return schedule.Add(load, fill + k - 1, Share(bytes, ways * k), flows);
    }

    private bool InNetwork(Schedule schedule, long bytes)
    {
        // Each rank sends its buffer up once and receives the sum once; switches send on one copy, however many they have received.
        StepLoad load = Solve(Pattern.Shift, 1);
        bool inside = Array.TrueForAll(_hosts, AllInside);
        int n = _hosts[0].Length;
        double times = inside ? (n + 1.0) / n : 1;
        StepLoad one = load with { ByteTime = times * HostByteTime() };
        return schedule.Add(one with { Latency = 2 * load.Latency }, 1, bytes, Flows(2L * n));
    }

    private double HostByteTime()
    {
        double slowest = double.MaxValue;
        LinkGraph graph = _solver.Graph;
        foreach (int[] group in _hosts)
        {
            foreach (int host in group)
            {
                double rate = 0;
                foreach (int port in graph.PortsOf(host))
                {
                    rate += graph.Capacity[2 * port];
                }
                slowest = Math.Min(slowest, AllInside(group) ? _scaleUp!.RateOfHost[host].BitsPerSecond : rate);
            }
        }
        return 8e12 / slowest;
    }

    private bool AllInside(int[] group) => _scaleUp is { } domains && Array.TrueForAll(group, h => domains.Joins(group[0], h));

    private StepLoad Solve(Pattern pattern, int argument)
    {
        if (_solved.TryGetValue((pattern, argument), out StepLoad known))
        {
            return known;
        }
        Cancellation.ThrowIfCancellationRequested();
        int perGroup = pattern == Pattern.Trees ? 4 * _hosts[0].Length : _hosts[0].Length;
        int most = checked(perGroup * _hosts.Length);
        if (_sources.Length < most)
        {
            (_sources, _destinations) = (new int[most], new int[most]);
        }
        int count = 0;
        foreach (int[] hosts in _hosts)
        {
            count = Lay(pattern, argument, hosts, count);
        }
        return _solved[(pattern, argument)] = WithWays(
            _sources.AsSpan(0, count),
            _destinations.AsSpan(0, count),
            pattern == Pattern.Rails ? DomainsOf(_hosts[0])!.Length : count / _hosts.Length
        );
    }

    private StepLoad WithWays(ReadOnlySpan<int> sources, ReadOnlySpan<int> destinations, int segment)
    {
        StepLoad load = _solver.Solve(sources, destinations, segment);
        return Terms is null || _drawn is null ? load : load with { Drawn = _drawn.ByteTimeOf(sources, destinations) };
    }

    private int Lay(Pattern pattern, int argument, int[] hosts, int count)
    {
        int n = hosts.Length;
        switch (pattern)
        {
            case Pattern.Shift:
                for (int r = 0; r < n; r++)
                {
                    Flow(hosts[r], hosts[(int)(((long)r + argument) % n)], ref count);
                }
                return count;
            case Pattern.Chain:
                for (int r = 0; r + 1 < n; r++)
                {
                    Flow(hosts[r], hosts[r + 1], ref count);
                }
                return count;
            case Pattern.Exchange:
                for (int r = 0; r < n; r++)
                {
                    Flow(hosts[r], hosts[r ^ argument], ref count);
                }
                return count;
            case Pattern.Trees:
                // A double tree: the second is the first with every rank one place on, so that nobody is an inner rank of both.
                for (int r = 1; r < n; r++)
                {
                    int parent = BinaryTree.Parent(r, n);
                    for (int tree = 0; tree < 2; tree++)
                    {
                        (int a, int b) = (hosts[(parent + tree) % n], hosts[(r + tree) % n]);
                        Flow(a, b, ref count);
                        if (argument == 1)
                        {
                            Flow(b, a, ref count);
                        }
                    }
                }
                return count;
            default:
                int[][] domains = DomainsOf(hosts)!;
                for (int r = 0; r < domains[0].Length; r++)
                {
                    for (int d = 0; d < domains.Length; d++)
                    {
                        int to = pattern == Pattern.Rails ? (d + argument) % domains.Length : d ^ argument;
                        Flow(domains[d][r], domains[to][r], ref count);
                    }
                }
                return count;
        }
    }

    private void Flow(int source, int destination, ref int count)
    {
        _sources[count] = source;
        _destinations[count++] = destination;
    }
}
