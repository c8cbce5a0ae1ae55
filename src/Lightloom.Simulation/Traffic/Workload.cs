using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Traffic;

/// <summary>Makes the flows of well-known traffic patterns, out of nothing but a number of hosts, a size and a seed.</summary>
public static partial class Workload
{
    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "all-reduce",
        "all-reduce-ring",
        "all-reduce-halving-doubling",
        "all-reduce-tree",
        "reduce-scatter",
        "all-gather",
        "all-to-all",
        "all-to-all-v",
        "moe-dispatch",
        "moe-combine",
        "send-recv",
        "broadcast",
        "permutation",
        "incast",
        "outcast",
        "websearch",
        "storage",
    ];

    /// <summary>Whether every rank sends something to every other, with a window of transfers.</summary>
    public static bool IsExchange(string name) => name == "all-to-all" || IsUneven(name);

    /// <summary>Whether an <see cref="ExpertLoad"/> says how much goes to whom.</summary>
    public static bool IsUneven(string name) => name is "all-to-all-v" or "moe-dispatch" or "moe-combine";

    /// <summary>
    /// The name of a collective run by an algorithm where there is one of that name, for example <c>all-reduce-ring</c>; the collective's
    /// own otherwise.
    /// </summary>
    public static string NameOf(string collective, string? algorithm) =>
        algorithm is not null && Names.Contains($"{collective}-{algorithm}") ? $"{collective}-{algorithm}" : collective;

    /// <summary>Makes a pattern.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="hosts">The hosts that take part, in rank order.</param>
    /// <param name="size">
    /// The size as collective benchmarks count it: the buffer of each rank. For a permutation, an incast or an outcast: of each flow. For
    /// arrivals at random: ignored.
    /// </param>
    /// <param name="seed">Seeds permutations and arrivals.</param>
    /// <param name="window">All-to-all and the like: transfers that each rank has under way at once.</param>
    /// <param name="hostRate">Arrivals at random: a host's rate.</param>
    /// <param name="load">Arrivals at random: the share of the rate that is asked for.</param>
    /// <param name="arrivals">Arrivals at random: how many flows.</param>
    /// <param name="experts">all-to-all-v, moe-dispatch, moe-combine: how unevenly ranks are asked for; evenly when left out.</param>
    /// <exception cref="RefusedException">The name is unknown, or the pattern cannot be made of so few hosts or bytes.</exception>
    public static TrafficDescription Create(
        string name,
        IReadOnlyList<int> hosts,
        DataSize size,
        ulong seed = 1,
        int window = 8,
        DataRate hostRate = default,
        double load = 0.6,
        int arrivals = 10_000,
        ExpertLoad? experts = null
    )
    {
        if (hosts.Count < 2)
        {
            throw new RefusedException("a workload needs at least two hosts");
        }
        int n = hosts.Count;
        long bytes = size.Bytes;
        return name switch
        {
            "all-reduce" => n <= 64 || (n & (n - 1)) != 0 ? Ring(name, hosts, bytes, 2L * (n - 1)) : HalvingDoubling(name, hosts, bytes),
            "all-reduce-ring" => Ring(name, hosts, bytes, 2L * (n - 1)),
            "all-reduce-halving-doubling" => HalvingDoubling(name, hosts, bytes),
            "all-reduce-tree" => Tree(name, hosts, bytes, reduce: true),
            "broadcast" => Tree(name, hosts, bytes, reduce: false),
            "reduce-scatter" or "all-gather" => Ring(name, hosts, bytes, n - 1),
            "all-to-all" => Exchange(name, hosts, bytes, window, (_, _) => Share(bytes, n)),
            "all-to-all-v" or "moe-dispatch" or "moe-combine" => Uneven(name, hosts, bytes, window, experts ?? ExpertLoad.Even, seed),
            "send-recv" => Neighbours(name, hosts, size),
            "permutation" => Permutation(hosts, size, seed),
            "incast" => Star(name, hosts, size, inwards: true),
            "outcast" => Star(name, hosts, size, inwards: false),
            "websearch" => Arrivals(name, hosts, WebSearch, seed, hostRate.BitsPerSecond, load, arrivals),
            "storage" => Arrivals(name, hosts, Storage, seed, hostRate.BitsPerSecond, load, arrivals),
            _ => throw new RefusedException($"unknown workload '{name}'; known are {string.Join(", ", Names)}"),
        };
    }

    /// <summary>
    /// An all-reduce, reduce-scatter or all-gather in levels, as collective libraries run it where a node's XPUs share a scale-up domain:
    /// reduce-scatter inside each node, a ring (or halving-doubling) over the nodes on every rail at once, all-gather inside each node.
    /// Large buffers go in up to eight parts that follow one another through the levels, so that nodes and network work at the same time.
    /// </summary>
    /// <param name="name">all-reduce, reduce-scatter or all-gather.</param>
    /// <param name="nodes">By node: its hosts, in rail order; every node has as many.</param>
    /// <param name="size">The buffer of each rank.</param>
    /// <param name="halvingDoubling">Halving-doubling over the nodes of a rail instead of a ring; they must be a power of two.</param>
    /// <exception cref="RefusedException">Another collective, nodes of different size, or too few hosts.</exception>
    public static TrafficDescription Hierarchical(
        string name,
        IReadOnlyList<IReadOnlyList<int>> nodes,
        DataSize size,
        bool halvingDoubling = false
    )
    {
        int count = nodes.Count;
        long bytes = size.Bytes;
        int rails = count == 0 ? 0 : nodes[0].Count;
        if (nodes.Any(n => n.Count != rails) || (long)count * rails < 2)
        {
            throw new RefusedException("a collective in levels needs at least two hosts, and as many hosts in every node");
        }
        bool reduce = name is "all-reduce" or "reduce-scatter";
        bool gather = name is "all-reduce" or "all-gather";
        if (!reduce && !gather)
        {
            throw new RefusedException($"'{name}' cannot be run in levels; all-reduce, reduce-scatter and all-gather can");
        }
        int n = count * rails;
        var levels = new CollectiveLevels(nodes, FlowsFor(name, SizeOfHierarchical(name, count, rails, size, halvingDoubling)));
        if (halvingDoubling && (count & (count - 1)) != 0)
        {
            throw new RefusedException($"halving-doubling needs a power of two, and {count} nodes are none");
        }
        int rounds = halvingDoubling ? System.Numerics.BitOperations.Log2((uint)count) : count - 1;
        int steps = count == 1 ? 0 : (reduce ? rounds : 0) + (gather ? rounds : 0);
        var parts = (int)Parts(rails, n, bytes);
        long share = Share(bytes, rails * parts);
        long piece = Share(bytes, n * parts);
        var entered = new int[n];
        Array.Fill(entered, -1);
        for (int part = 0; part < parts; part++)
        {
            // A part enters the node once the part before has left its first level, so that parts are in different levels.
            levels.Ready = entered;
            if (rails > 1 && reduce)
            {
                levels.Inside(DataSize.FromBytes(share), last: count == 1 && !gather && part == parts - 1);
                entered = levels.Ready;
            }
            for (int step = 0; step < steps; step++)
            {
                bool last = step == steps - 1 && (!gather || rails == 1) && (reduce || part == parts - 1);
                if (!halvingDoubling)
                {
                    levels.Step(1, exclusive: false, DataSize.FromBytes(piece), last);
                    continue;
                }
                int round = reduce && step < rounds ? step : steps - 1 - step;
                levels.Step(count >> (round + 1), exclusive: true, DataSize.FromBytes(Share(share, 2 << round)), last);
            }
            if (!reduce)
            {
                entered = levels.Ready;
            }
            if (rails > 1 && gather)
            {
                levels.Inside(DataSize.FromBytes(share), last: true);
            }
        }
        return new TrafficDescription(levels.Flows, levels.Triggers)
        {
            Name = name,
            CollectiveHosts = n,
            CollectiveSize = DataSize.FromBytes(bytes),
        };
    }

    /// <summary>
    /// A part of a collective in levels is not cut so far that a step would move less than this, nor into more parts than that.
    /// </summary>
    private const long SmallestPiece = 64 << 10;
    private const int MostParts = 8;

    private static long Share(long bytes, int parts) => (bytes + parts - 1) / parts;

    // In a ring each rank hands on in every step what it received in the step before; having received it is what starts the next step.
    private static TrafficDescription Ring(string name, IReadOnlyList<int> hosts, long bytes, long steps)
    {
        int n = hosts.Count;
        long chunk = Share(bytes, n);
        List<FlowDescription> flows = FlowsFor(name, RingSize(n, bytes, steps));
        var triggers = new List<TriggerDescription>();
        for (int step = 0; step < steps; step++)
        {
            for (int rank = 0; rank < n; rank++)
            {
                int start = step == 0 ? -1 : (step - 1) * n + rank;
                int next = (rank + 1) % n;
                int received = step == steps - 1 ? -1 : step * n + next;
                flows.Add(
                    new FlowDescription(
                        hosts[rank],
                        hosts[next],
                        DataSize.FromBytes(chunk),
                        StartTrigger: start,
                        ReceivedTrigger: received,
                        Id: flows.Count + 1
                    )
                );
                if (received >= 0)
                {
                    triggers.Add(new TriggerDescription(TriggerKind.Oneshot, Id: triggers.Count + 1));
                }
            }
        }
        return new TrafficDescription(flows, triggers)
        {
            Name = name,
            CollectiveHosts = n,
            CollectiveSize = DataSize.FromBytes(bytes),
        };
    }

    // Reduce-scatter by halving, then all-gather by doubling. A rank begins a step when it has received what the step before brought.
    private static TrafficDescription HalvingDoubling(string name, IReadOnlyList<int> hosts, long bytes)
    {
        int n = hosts.Count;
        if ((n & (n - 1)) != 0)
        {
            throw new RefusedException($"halving-doubling needs a power of two, and {n} hosts are none");
        }
        int rounds = System.Numerics.BitOperations.Log2((uint)n);
        List<FlowDescription> flows = FlowsFor(name, HalvingSize(n, bytes));
        var triggers = new List<TriggerDescription>();
        for (int step = 0; step < 2 * rounds; step++)
        {
            int round = step < rounds ? step : 2 * rounds - 1 - step;
            int distance = n >> (round + 1);
            long size = Share(bytes, 2 << round);
            for (int rank = 0; rank < n; rank++)
            {
                int peer = rank ^ distance;
                bool last = step == 2 * rounds - 1;
                flows.Add(
                    new FlowDescription(
                        hosts[rank],
                        hosts[peer],
                        DataSize.FromBytes(size),
                        StartTrigger: step == 0 ? -1 : (step - 1) * n + rank,
                        ReceivedTrigger: last ? -1 : step * n + peer,
                        Id: flows.Count + 1
                    )
                );
                if (!last)
                {
                    triggers.Add(new TriggerDescription(TriggerKind.Oneshot, Id: triggers.Count + 1));
                }
            }
        }
        return new TrafficDescription(flows, triggers)
        {
            Name = name,
            CollectiveHosts = n,
            CollectiveSize = DataSize.FromBytes(bytes),
        };
    }

    // A binary tree in which chunks follow each other: up when both children have delivered theirs, down when the parent has.
    private static TrafficDescription Tree(string name, IReadOnlyList<int> hosts, long bytes, bool reduce)
    {
        int n = hosts.Count;
        int chunks = TreeChunks(bytes);
        long chunk = Share(bytes, chunks);
        List<FlowDescription> flows = FlowsFor(name, TreeSize(n, bytes, reduce ? 2 : 1));
        var triggers = new List<TriggerDescription>();
        int NewTrigger(int count)
        {
            triggers.Add(new TriggerDescription(TriggerKind.Barrier, count, triggers.Count + 1));
            return triggers.Count - 1;
        }
        for (int c = 0; c < chunks; c++)
        {
            // What must have arrived before a rank sends up, and before it sends down.
            var up = new int[n];
            var down = new int[n];
            Array.Fill(up, -1);
            Array.Fill(down, -1);
            for (int rank = 0; rank < n; rank++)
            {
                int children = (2 * rank + 1 < n ? 1 : 0) + (2 * rank + 2 < n ? 1 : 0);
                if (reduce && children > 0 && rank != 0)
                {
                    up[rank] = NewTrigger(children);
                }
                if (children > 0 && (rank != 0 || reduce))
                {
                    down[rank] = NewTrigger(rank == 0 ? children : 1);
                }
            }
            for (int rank = 1; rank < n && reduce; rank++)
            {
                int parent = (rank - 1) / 2;
                flows.Add(
                    new FlowDescription(
                        hosts[rank],
                        hosts[parent],
                        DataSize.FromBytes(chunk),
                        StartTrigger: up[rank],
                        ReceivedTrigger: parent == 0 ? down[0] : up[parent],
                        Id: flows.Count + 1
                    )
                );
            }
            for (int rank = 1; rank < n; rank++)
            {
                int parent = (rank - 1) / 2;
                flows.Add(
                    new FlowDescription(
                        hosts[parent],
                        hosts[rank],
                        DataSize.FromBytes(chunk),
                        StartTrigger: down[parent],
                        ReceivedTrigger: down[rank],
                        Id: flows.Count + 1
                    )
                );
            }
        }
        return new TrafficDescription(flows, triggers)
        {
            Name = name,
            CollectiveHosts = n,
            CollectiveSize = DataSize.FromBytes(bytes),
        };
    }

    // A rank's tokens go to the ranks of their experts by popularity, and come back; of an all-to-all-v each rank has favourites of its own.
    private static TrafficDescription Uneven(string name, IReadOnlyList<int> hosts, long bytes, int window, ExpertLoad experts, ulong seed)
    {
        int n = hosts.Count;
        double[] common = experts.Shares(n, seed);
        long Part(double share) => Math.Max(1, (long)Math.Ceiling(bytes * share - 1e-6));
        if (name == "all-to-all-v")
        {
            double[][] own = [.. Enumerable.Range(0, n).Select(r => experts.Shares(n, seed + 0x9E3779B97F4A7C15 * (ulong)r))];
            return Exchange(name, hosts, bytes, window, (from, to) => Part(own[from][to]));
        }
        bool back = name == "moe-combine";
        return Exchange(name, hosts, bytes, window, (from, to) => Part(common[back ? from : to]));
    }

    private static TrafficDescription Exchange(
        string name,
        IReadOnlyList<int> hosts,
        long bytes,
        int window,
        Func<int, int, long> bytesBetween
    )
    {
        int n = hosts.Count;
        List<FlowDescription> flows = FlowsFor(name, SizeOf(name, n, DataSize.FromBytes(bytes), window));
        var triggers = new List<TriggerDescription>(n);
        for (int rank = 0; rank < n; rank++)
        {
            triggers.Add(new TriggerDescription(TriggerKind.Multishot, Id: rank + 1));
            for (int k = 1; k < n; k++)
            {
                int to = (rank + k) % n;
                flows.Add(
                    new FlowDescription(
                        hosts[rank],
                        hosts[to],
                        DataSize.FromBytes(bytesBetween(rank, to)),
                        StartTrigger: k <= window ? -1 : rank,
                        DoneTrigger: rank,
                        Id: flows.Count + 1
                    )
                );
            }
        }
        return new TrafficDescription(flows, triggers)
        {
            Name = name,
            CollectiveHosts = n,
            CollectiveSize = DataSize.FromBytes(bytes),
        };
    }

    private static TrafficDescription Neighbours(string name, IReadOnlyList<int> hosts, DataSize size)
    {
        int n = hosts.Count;
        return new TrafficDescription([.. hosts.Select((h, r) => new FlowDescription(h, hosts[(r + 1) % n], size, Id: r + 1))])
        {
            Name = name,
            CollectiveHosts = n,
            CollectiveSize = size,
        };
    }

    private static TrafficDescription Permutation(IReadOnlyList<int> hosts, DataSize size, ulong seed)
    {
        var random = new Random((int)(seed ^ (seed >> 32)));
        int n = hosts.Count;
        var order = Enumerable.Range(0, n).ToArray();
        random.Shuffle(order);
        // One cycle through all hosts in random order: everyone sends once, receives once, and nobody sends to itself.
        var target = new int[n];
        for (int i = 0; i < n; i++)
        {
            target[order[i]] = order[(i + 1) % n];
        }
        var flows = new List<FlowDescription>(n);
        for (int i = 0; i < n; i++)
        {
            flows.Add(new FlowDescription(hosts[i], hosts[target[i]], size, Id: i + 1));
        }
        return new TrafficDescription(flows) { Name = "permutation" };
    }

    private static TrafficDescription Star(string name, IReadOnlyList<int> hosts, DataSize size, bool inwards)
    {
        var flows = new List<FlowDescription>(hosts.Count - 1);
        for (int i = 1; i < hosts.Count; i++)
        {
            flows.Add(
                inwards ? new FlowDescription(hosts[i], hosts[0], size, Id: i) : new FlowDescription(hosts[0], hosts[i], size, Id: i)
            );
        }
        return new TrafficDescription(flows) { Name = name };
    }

    /// <summary>Sizes of a web-search cluster's flows: bytes, and the share of flows up to that size.</summary>
    private static readonly (long Bytes, double Share)[] WebSearch =
    [
        (1, 0),
        (10_000, 0.15),
        (20_000, 0.20),
        (30_000, 0.30),
        (50_000, 0.40),
        (80_000, 0.53),
        (200_000, 0.60),
        (1_000_000, 0.70),
        (2_000_000, 0.80),
        (5_000_000, 0.90),
        (10_000_000, 0.97),
        (30_000_000, 1),
    ];

    /// <summary>An assumed mix of an AI cluster's storage traffic: metadata, small samples, shards and checkpoint blocks.</summary>
    private static readonly (long Bytes, double Share)[] Storage =
    [
        (512, 0),
        (4_096, 0.25),
        (131_072, 0.50),
        (1_048_576, 0.85),
        (4_194_304, 1),
    ];

    private static TrafficDescription Arrivals(
        string name,
        IReadOnlyList<int> hosts,
        (long Bytes, double Share)[] sizes,
        ulong seed,
        long bitsPerSecond,
        double load,
        int count
    )
    {
        if (bitsPerSecond <= 0 || load is not (> 0 and <= 1.5) || count < 1)
        {
            throw new RefusedException("arrivals at random need a rate, a load in (0, 1.5] and at least one flow");
        }
        double mean = 0;
        for (int i = 1; i < sizes.Length; i++)
        {
            mean += (sizes[i].Share - sizes[i - 1].Share) * (sizes[i].Bytes + sizes[i - 1].Bytes) / 2.0;
        }
        double gap = mean * 8 / (bitsPerSecond * load) / hosts.Count * 1e12;
        var random = new Random((int)(seed ^ (seed >> 32)));
        var flows = new List<FlowDescription>(count);
        double time = 0;
        for (int i = 0; i < count; i++)
        {
            time += -Math.Log(1 - random.NextDouble()) * gap;
            int source = random.Next(hosts.Count);
            int destination = random.Next(hosts.Count - 1);
            if (destination >= source)
            {
                destination++;
            }
            double share = random.NextDouble();
            int k = 1;
            while (sizes[k].Share < share)
            {
                k++;
            }
            double within = (share - sizes[k - 1].Share) / (sizes[k].Share - sizes[k - 1].Share);
            long size = (long)(sizes[k - 1].Bytes + within * (sizes[k].Bytes - sizes[k - 1].Bytes));
            flows.Add(
                new FlowDescription(
                    hosts[source],
                    hosts[destination],
                    DataSize.FromBytes(Math.Max(1, size)),
                    SimTime.FromPicoseconds((long)time),
                    Id: i + 1
                )
            );
        }
        return new TrafficDescription(flows) { Name = name };
    }
}
