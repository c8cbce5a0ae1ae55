using Lightloom.Design;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>
/// A network to experiment on, and what traffic needs to know of it: which host is which XPU, who shares a card, where a node has a
/// scale-up domain. Everything that makes traffic for a network makes it here, so that all commands make the same.
/// </summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class Testbed
{
    /// <summary>Collectives that run in levels where nodes have a scale-up domain: in the node, over the rails, in the node.</summary>
    private static readonly Dictionary<string, (string Name, bool HalvingDoubling)> InLevels = new(StringComparer.Ordinal)
    {
        ["all-reduce"] = ("all-reduce", false),
        ["all-reduce-ring"] = ("all-reduce", false),
        ["all-reduce-halving-doubling"] = ("all-reduce", true),
        ["reduce-scatter"] = ("reduce-scatter", false),
        ["all-gather"] = ("all-gather", false),
    };

    /// <summary>
    /// Patterns in which a card carries the data of each XPU behind it; the others are reduced or copied inside the node.
    /// </summary>
    private static readonly HashSet<string> CarriedForEachXpu = new(StringComparer.Ordinal)
    {
        "all-to-all",
        "all-to-all-v",
        "moe-dispatch",
        "moe-combine",
        "send-recv",
        "permutation",
        "incast",
        "outcast",
    };

    private const int ShardedPieces = 8;

    private readonly IReadOnlyList<int> _hostOfXpu;

    private Testbed(NetworkDescription network, DesignedNetwork? designed, ClusterDesign? design, ClusterSpec? spec = null)
    {
        Backend = (design?.Spec ?? spec)?.Backend;
        Network = network;
        Designed = designed;
        Design = design;
        _hostOfXpu = designed is { HostOfXpu.Count: > 0 } ? designed.HostOfXpu : [.. Enumerable.Range(0, network.HostCount)];
    }

    private Testbed(Testbed other, NetworkDescription network)
    {
        (Network, Designed, Design, Backend, _hostOfXpu) = (network, other.Designed, other.Design, other.Backend, other._hostOfXpu);
    }

    /// <summary>Hosts, switches and links.</summary>
    public NetworkDescription Network { get; }

    /// <summary>The way back to devices and cables; null for a network that Lightloom did not design.</summary>
    public DesignedNetwork? Designed { get; }

    /// <summary>The design; null for a network that Lightloom did not design.</summary>
    public ClusterDesign? Design { get; }

    /// <summary>The cluster file's backend, which names transport and load balancing; null without a file.</summary>
    public BackendSpec? Backend { get; }

    /// <summary>Whether the fabric was designed to schedule by cells and credits.</summary>
    public bool IsSwitchScheduled => Designed?.Fabric.Paradigm == Paradigm.SwitchScheduled;

    /// <summary>By XPU (host, where the network knows no XPUs): its host. XPUs that share a card have one.</summary>
    public IReadOnlyList<int> HostsOfXpus => _hostOfXpu;

    /// <summary>XPUs (hosts, where the network knows no XPUs) that can take part.</summary>
    public int XpuCount => _hostOfXpu.Count;

    /// <summary>What takes part, in the plural: XPUs on a backend, nodes on a frontend, hosts elsewhere.</summary>
    public string EndpointWord =>
        Designed is null ? "hosts"
        : Designed.HostOfXpu.Count > 0 ? "XPUs"
        : "nodes";

    /// <summary>One fabric of a design.</summary>
    /// <param name="design">The design.</param>
    /// <param name="role">Which fabric.</param>
    /// <param name="scaleUp">Whether transfers inside a node take its scale-up domain.</param>
    /// <exception cref="RefusedException">There is no such fabric, or no scale-up domain of known rate.</exception>
    public static Testbed Of(ClusterDesign design, FabricRole? role = null, bool scaleUp = false)
    {
        DesignedNetwork designed = new(design, role, scaleUp);
        return scaleUp && !designed.UsesScaleUp ? throw NoScaleUp() : Of(design, designed);
    }

    /// <summary>A backend that has been drawn and not placed.</summary>
    /// <exception cref="RefusedException">There is none, or no scale-up domain of known rate.</exception>
    public static Testbed Of(ClusterSpec spec, Network network, bool scaleUp)
    {
        DesignedNetwork drawn = new(spec, network, scaleUp);
        return scaleUp && !drawn.UsesScaleUp ? throw NoScaleUp() : new(drawn.Network, drawn, null, spec);
    }

    private static RefusedException NoScaleUp() =>
        new(
            "--scale-up needs nodes whose scale-up rate is known; "
                + "give scale_up_gbytes_s and scale_up_domain for the node under catalog:"
        );

    /// <summary>A fabric that has been taken out of a design already.</summary>
    public static Testbed Of(ClusterDesign design, DesignedNetwork designed) => new(designed.Network, designed, design);

    /// <summary>A network from elsewhere: every host is an XPU.</summary>
    public static Testbed Of(NetworkDescription network) => new(network, null, null);

    /// <summary>The same with another description of the network, as a degraded one; hosts and links keep their numbers.</summary>
    public Testbed With(NetworkDescription network) => new(this, network);

    /// <summary>The same with every link between leaves and the first so many spines of each plane at a share of its rate.</summary>
    /// <exception cref="RefusedException">The network has no spines.</exception>
    public Testbed WithDegradedSpines(SpineDegradation degradation)
    {
        HashSet<int> hit =
        [
            .. Network
                .Switches.Select((s, i) => (s.Tier, s.Plane, Index: i))
                .Where(s => s.Tier == 1)
                .GroupBy(s => s.Plane)
                .SelectMany(g => g.Take(degradation.Spines))
                .Select(s => s.Index),
        ];
        return hit.Count == 0
            ? throw new RefusedException("--degrade-spines: the network has no spines")
            : With(
                Network.With([
                    .. Network.Links.Select(l =>
                        !l.A.IsHost && hit.Contains(l.Z.Index) ? l with { RateFraction = degradation.Fraction } : l
                    ),
                ])
            );
    }

    /// <summary>The first so many XPUs, or all.</summary>
    /// <exception cref="RefusedException">There are not so many.</exception>
    public Ranks FirstXpus(int? xpus) =>
        xpus > XpuCount
            ? throw new RefusedException(
                $"{xpus} {EndpointWord} are more than the {XpuCount} of the {(Designed is null ? "network" : "cluster")}; ask for fewer"
            )
            : RanksOf([.. Enumerable.Range(0, xpus ?? XpuCount)]);

    /// <summary>The XPUs at these places, in this order. XPUs that share a card take part as one, at the place of the first.</summary>
    public Ranks RanksOf(IReadOnlyList<int> places)
    {
        int[] hosts = [.. places.Select(p => _hostOfXpu[p]).Distinct()];
        return new(hosts, hosts.Length == 0 ? 1 : (places.Count + hosts.Length - 1) / hosts.Length);
    }

    /// <summary>The smallest rate that an XPU of some groups has of its card, shared cards divided.</summary>
    /// <param name="groups">Places of XPUs, group by group; all take part at once.</param>
    public DataRate CardRateOf(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        double[] rates = Network.HostRates();
        Dictionary<int, int> sharing = [];
        foreach (IReadOnlyList<int> group in groups)
        {
            foreach (int place in group)
            {
                int host = _hostOfXpu[place];
                sharing[host] = sharing.GetValueOrDefault(host) + 1;
            }
        }

        return DataRate.FromBitsPerSecond((long)sharing.Min(s => rates[s.Key] / s.Value));
    }

    /// <summary>
    /// What a card carries of a pattern: the data of each XPU behind it, or the result once where it is reduced or copied.
    /// </summary>
    /// <param name="workload">The pattern.</param>
    /// <param name="bytes">The size for one XPU.</param>
    /// <param name="ranks">Who takes part.</param>
    public static long CarriedBytes(string workload, long bytes, Ranks ranks) =>
        CarriedForEachXpu.Contains(workload) ? checked(bytes * ranks.XpusPerHost) : bytes;

    /// <summary>
    /// Makes a pattern for some of the XPUs as it takes this network: in levels over a scale-up domain, by way of a rail's own card over
    /// rail planes, an all-to-all with <see cref="AllToAllWindow"/>.
    /// </summary>
    /// <param name="request">The pattern; its number of XPUs is not looked at.</param>
    /// <param name="ranks">Who takes part.</param>
    /// <param name="seed">Seeds permutations and arrivals.</param>
    /// <exception cref="RefusedException">The pattern cannot be made, or has no way through the network.</exception>
    /// <exception cref="TooLargeException">It would not fit into memory.</exception>
    public TrafficDescription Workload(WorkloadRequest request, Ranks ranks, ulong seed)
    {
        string name = request.Name;
        long carried = CarriedBytes(name, request.Bytes, ranks);
        int window = WindowOf(request, carried, ranks);
        MemoryCheck.BeforeMaking(() => SizeOf(request, ranks), Network, new SimulationOptions());
        if (request.Shards is { } rule)
        {
            return Routed(Sharded(name, carried, ranks, window, rule));
        }

        if (Levels(request, ranks) is { } levels)
        {
            return Simulation.Traffic.Workload.Hierarchical(levels.Name, levels.Nodes, DataSize.FromBytes(carried), levels.HalvingDoubling);
        }

        TrafficDescription traffic = Simulation.Traffic.Workload.Create(
            name,
            ranks.Hosts,
            DataSize.FromBytes(carried),
            seed,
            window,
            Network.CardRate(),
            experts: request.Experts
        );
        return request.Relays ? Relayed(traffic) : Routed(traffic);
    }

    /// <summary>How large <see cref="Workload"/> of the same would be, without making any of it.</summary>
    /// <exception cref="RefusedException">The pattern is unknown.</exception>
    /// <exception cref="OverflowException">It has more flows than a 64-bit number counts.</exception>
    public TrafficSize SizeOf(WorkloadRequest request, Ranks ranks)
    {
        string name = request.Name;
        long carried = CarriedBytes(name, request.Bytes, ranks);
        long n = ranks.Count;
        if (request.Shards is not null && name == "all-reduce")
        {
            return checked(
                new TrafficSize(2 * ShardedPieces * n * (n - 1), 2 * ShardedPieces * n, 2 * n * (n - 1), DataSize.FromBytes(carried))
            );
        }

        return Levels(request, ranks) is { } levels
            ? Simulation.Traffic.Workload.SizeOfHierarchical(
                levels.Name,
                levels.Nodes.Count,
                levels.Nodes[0].Count,
                DataSize.FromBytes(carried),
                levels.HalvingDoubling
            )
            : Simulation.Traffic.Workload.SizeOf(
                name,
                ranks.Count,
                DataSize.FromBytes(carried),
                WindowOf(request, carried, ranks),
                experts: request.Experts
            );
    }

    private int WindowOf(WorkloadRequest request, long carried, Ranks ranks) =>
        request.Window
        ?? (Simulation.Traffic.Workload.IsExchange(request.Name) && ranks.Count > 1 ? AllToAllWindow.Of(Network, carried, ranks.Count) : 1);

    private (string Name, bool HalvingDoubling, IReadOnlyList<IReadOnlyList<int>> Nodes)? Levels(WorkloadRequest request, Ranks ranks) =>
        request.InLevels
        && Designed is { UsesScaleUp: true }
        && InLevels.TryGetValue(request.Name, out (string Name, bool HalvingDoubling) levels)
        && Designed.ByNode(ranks.Hosts) is { } nodes
            ? (levels.Name, levels.HalvingDoubling, nodes)
            : null;

    /// <summary>Traffic between hosts as it takes this network.</summary>
    /// <exception cref="RefusedException">A message has no way.</exception>
    public TrafficDescription Routed(TrafficDescription traffic) => Designed is null ? traffic : Designed.Routed(traffic);

    // As NCCL's PXN: one more transfer for each message to another node and rail, by way of the node's XPU on that rail.
    private TrafficDescription Relayed(TrafficDescription traffic) =>
        Designed is { UsesScaleUp: true }
            ? Designed.Relayed(traffic)
            : throw new RefusedException("--pxn relays messages over a node's scale-up domain; add --scale-up");

    private TrafficDescription Sharded(string name, long bytes, Ranks ranks, int window, ShardRule rule)
    {
        double[] rateOf = Network.HostRates(),
            rates = [.. ranks.Hosts.Select(h => rateOf[h])];
        bool equal = rule == ShardRule.Equal;
        return name switch
        {
            "all-reduce" => ShardedWorkload.AllReduce(
                ranks.Hosts,
                equal ? ShardShares.Equal(rates.Length) : ShardShares.ForAllReduce(rates),
                DataSize.FromBytes(bytes),
                ShardedPieces
            ),
            "all-to-all" => ShardedWorkload.AllToAll(
                ranks.Hosts,
                equal ? ShardShares.Equal(rates.Length) : ShardShares.ByRate(rates),
                DataSize.FromBytes(bytes),
                window
            ),
            _ => throw new RefusedException($"--shards divides an all-to-all or an all-reduce, not {name}"),
        };
    }
}
