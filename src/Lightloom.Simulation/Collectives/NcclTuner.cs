using System.Numerics;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>
/// NCCL's own cost model, by which it chooses algorithm and protocol by size: a latency by steps, a bandwidth by protocol, bounded by
/// generation and channel, and what trees lose by size. Constants of its public tuning tables (2.2x).
/// </summary>
/// <remarks>Left out: channels are fewer for small sizes, rings over PCIe, PAT, and reductions in the network's switches.</remarks>
public static class NcclTuner
{
    private enum Protocol
    {
        Ll,
        Ll128,
        Simple,
    }

    // Microseconds: what a start takes, a step over NVLink, a step over a NIC; by protocol.
    private static readonly double[] RingBase = [6.6, 14, 8.4];
    private static readonly double[] TreeBase = [6.8, 14, 8.4];
    private static readonly double[] RingInside = [0.6, 1.9, 3.4];
    private static readonly double[] TreeInside = [0.6, 1.25, 4];
    private static readonly double[] RingBetween = [2.7, 4, 14];
    private static readonly double[] TreeBetween = [5, 8.5, 14];
    private const double NvlsInside = 25;
    private const double NvlsBetween = 20.9;

    private const double Ll128Share = 0.92;
    private const double TreeShare = 0.92;

    // A long ring's steps of full rate wait for the NICs.
    private const double Plateau = 1.4;

    // GB/s by generation, on one node, two and more: LL in all; LL128 on rings and on trees, trees, and NVLS trees, each a channel.
    private static readonly double[][] LlMost =
    [
        [87.7, 22.5, 19],
        [141, 45, 35],
        [282, 90, 70],
    ];
    private static readonly double[][] RingLl128Most =
    [
        [20, 20, 20],
        [36.7, 36.7, 36.7],
        [40, 40, 40],
    ];
    private static readonly double[][] TreeLl128Most =
    [
        [20, 20, 20],
        [36.7, 36.7, 29],
        [55.6, 31.67, 20],
    ];
    private static readonly double[][] TreeMost =
    [
        [24, 23.6, 17.8],
        [38.7, 41.4, 36],
        [70, 42.8, 24],
    ];
    private static readonly double[][] NvlsTreeMost =
    [
        [24, 23.6, 17.8],
        [0, 57.7, 45.5],
        [0, 96, 80],
    ];

    // What is left of a tree's rate at 64 B, 128 B, 256 B and so on: by protocol.
    private static readonly double[][] TreeBySize =
    [
        [1, 1, 1, 1, 0.9, 0.8, 0.7, 0.7, 0.7, 0.7, 0.6, 0.5, 0.4, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1, 1, 1],
        [1, 1, 1, 1, 1, 0.9, 0.8, 0.8, 0.8, 0.7, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.8, 0.9, 0.9, 0.9, 0.9, 1, 1],
        [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.8, 0.7, 0.6, 0.6, 0.5, 0.5, 0.5, 0.5, 0.6, 0.7, 0.8, 0.7, 0.7, 0.8, 0.9, 0.9],
    ];

    /// <summary>What it would take.</summary>
    /// <param name="group">Who takes part.</param>
    /// <param name="kind">All-reduce, all-gather, reduce-scatter or broadcast.</param>
    /// <param name="size">The size as nccl-tests count it, at least a byte.</param>
    /// <exception cref="RefusedException">It has no choice for this collective, or the group is none.</exception>
    public static NcclChoice Choose(NcclGroup group, CollectiveKind kind, DataSize size)
    {
        NcclChoice best = All(group, kind, size).OrderBy(c => c.Time).First();
        return best with { Time = SimTime.Max(group.Launch, best.Time) };
    }

    /// <summary>Everything it chooses from, with what it expects; launches are not in it.</summary>
    /// <exception cref="RefusedException">It has no choice for this collective, or the group is none.</exception>
    public static IEnumerable<NcclChoice> All(NcclGroup group, CollectiveKind kind, DataSize size)
    {
        if (kind is CollectiveKind.AllToAll or CollectiveKind.SendReceive)
        {
            throw new RefusedException(
                $"NCCL runs {CollectiveWords.Kinds.Of(kind)} as sends and receives and tunes none of it; "
                    + "its tuner knows all-reduce, all-gather, reduce-scatter and broadcast"
            );
        }
        if (group.Ranks < 2 || group.Nodes < 1 || group.Ranks % group.Nodes != 0 || size.Bytes < 1)
        {
            throw new RefusedException("NCCL's tuner needs 2 ranks, as many on every node, and a byte");
        }
        if (group.Nodes > 1 && group.Nics == DataRate.Zero)
        {
            throw new RefusedException("ranks of several nodes need NICs with a rate above 0");
        }
        var found = new List<NcclChoice>();
        foreach (Protocol protocol in Enum.GetValues<Protocol>())
        {
            found.Add(Ring(group, kind, size, protocol));
            if (kind == CollectiveKind.AllReduce)
            {
                found.Add(Tree(group, size, protocol));
            }
        }
        if (kind == CollectiveKind.AllReduce && group.Nvls > DataRate.Zero)
        {
            found.Add(Nvls(group, size));
        }
        return found;
    }

    // Rings pass every node once, so that of a ring's steps as many go between nodes as a ring over the nodes would have.
    private static NcclChoice Ring(NcclGroup group, CollectiveKind kind, DataSize size, Protocol protocol)
    {
        int turns = kind == CollectiveKind.AllReduce ? 2 : 1;
        int steps = turns * (group.Ranks - 1),
            between = group.Nodes == 1 ? 0 : turns * (group.Nodes - 1);
        double latency = RingBase[(int)protocol] + (steps - between) * RingInside[(int)protocol] + between * RingBetween[(int)protocol];
        double slowest = group.Nodes == 1 ? group.ScaleUp.BitsPerSecond : Math.Min(group.ScaleUp.BitsPerSecond, group.Nics.BitsPerSecond);
        double rate = protocol switch
        {
            Protocol.Ll => Math.Min(Most(LlMost, group), slowest / 2),
            Protocol.Ll128 => Math.Min(slowest * Ll128Share, group.Channels * Most(RingLl128Most, group)),
            _ => slowest,
        };
        if (
            protocol == Protocol.Simple
            && group.Nodes > 1
            && kind == CollectiveKind.AllReduce
            && size.Bytes / ((long)group.Channels * group.Ranks) >= 64
        )
        {
            latency *= Plateau;
        }
        double ratio = kind == CollectiveKind.Broadcast ? 1 : (double)group.Ranks / steps;
        return Made("ring", protocol, latency, rate * ratio, size);
    }

    private static NcclChoice Tree(NcclGroup group, DataSize size, Protocol protocol)
    {
        double latency =
            TreeBase[(int)protocol]
            + 2 * ((group.Ranks / group.Nodes - 1) * TreeInside[(int)protocol] + Math.Log2(group.Nodes) * TreeBetween[(int)protocol]);
        // Between two nodes each has a neighbour in one direction only, so that its NICs carry twice as much.
        double nics = group.Nodes == 2 ? 2.0 * group.Nics.BitsPerSecond : group.Nics.BitsPerSecond;
        double slowest = group.Nodes == 1 ? group.ScaleUp.BitsPerSecond : Math.Min(group.ScaleUp.BitsPerSecond, nics);
        double rate = Math.Min(slowest * TreeShare, group.Channels * Most(TreeMost, group));
        rate = protocol switch
        {
            Protocol.Ll => Math.Min(rate / 3.8, Most(LlMost, group)),
            Protocol.Ll128 => Math.Min(rate * (group.Nodes == 1 ? 7 / 9.0 : 120 / 128.0), group.Channels * Most(TreeLl128Most, group)),
            _ => rate,
        };
        double[] bySize = TreeBySize[(int)protocol];
        int order = size.Bytes < 64 ? bySize.Length : BitOperations.Log2((ulong)size.Bytes >> 6);
        return Made("tree", protocol, latency, rate * (order < bySize.Length ? bySize[order] : 1) * 0.5, size);
    }

    private static NcclChoice Nvls(NcclGroup group, DataSize size)
    {
        double nics = group.Nodes == 2 ? 2.0 * group.Nics.BitsPerSecond : group.Nics.BitsPerSecond;
        int ranks = group.Ranks / group.Nodes;
        double inside = group.Nvls.BitsPerSecond * (double)ranks / (2 * Math.Max(1, ranks - 1));
        double most = group.Channels * Most(NvlsTreeMost, group);
        double rate = group.Nodes == 1 ? inside : Math.Min(inside, Math.Min(nics, most) * 0.5);
        double latency = NvlsInside + (group.Nodes == 1 ? 0 : 2 * Math.Log2(group.Nodes) * NvlsBetween);
        return Made(group.Nodes == 1 ? "nvls" : "nvls-tree", Protocol.Simple, latency, rate, size);
    }

    // GB/s of a table in bits a second.
    private static double Most(double[][] table, NcclGroup group) => 8e9 * table[(int)group.Generation][Math.Min(group.Nodes, 3) - 1];

    private static NcclChoice Made(string algorithm, Protocol protocol, double latency, double rate, DataSize size)
    {
        var time = SimTime.FromSeconds(latency * 1e-6 + size.Bytes * 8 / rate);
        return new(
            algorithm,
            protocol switch
            {
                Protocol.Ll => "ll",
                Protocol.Ll128 => "ll128",
                _ => "simple",
            },
            time
        );
    }
}
