using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>
/// NCCL's own cost model, by which it chooses algorithm and protocol by size: a latency by steps and a bandwidth by protocol. Constants of
/// its public tuning tables (2.8 and, for NVLS, later).
/// </summary>
/// <remarks>Left out: the number of channels, which shrinks for small sizes, and its correction factors of trees by size.</remarks>
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
    private static readonly double[] TreeBase = [6.8, 14, 0];
    private static readonly double[] RingInside = [0.6, 1.9, 3.4];
    private static readonly double[] TreeInside = [0.6, 1.25, 4];
    private static readonly double[] RingBetween = [2.7, 4, 14];
    private static readonly double[] TreeBetween = [5, 8.5, 14];
    private const double NvlsBase = 23;
    private const double NvlsBetween = 18;

    private const double Ll128Share = 0.92;
    private const double TreeShare = 0.9;

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
        double share = protocol switch
        {
            Protocol.Ll => group.Nodes == 1 ? 1 / 3.0 : 1 / 4.0,
            Protocol.Ll128 => Ll128Share,
            _ => 1,
        };
        double ratio = kind == CollectiveKind.Broadcast ? 1 : (double)group.Ranks / steps;
        return Made("ring", protocol, latency, slowest * share * ratio, size);
    }

    private static NcclChoice Tree(NcclGroup group, DataSize size, Protocol protocol)
    {
        double latency =
            TreeBase[(int)protocol]
            + 2 * ((group.Ranks / group.Nodes - 1) * TreeInside[(int)protocol] + Math.Log2(group.Nodes) * TreeBetween[(int)protocol]);
        // Between two nodes each has a neighbour in one direction only, so that its NICs carry twice as much.
        double nics = group.Nodes == 2 ? 2.0 * group.Nics.BitsPerSecond : group.Nics.BitsPerSecond;
        double slowest = group.Nodes == 1 ? group.ScaleUp.BitsPerSecond : Math.Min(group.ScaleUp.BitsPerSecond, nics);
        double share = protocol switch
        {
            Protocol.Ll => 1 / 3.8,
            Protocol.Ll128 => Ll128Share,
            _ => 1,
        };
        return Made("tree", protocol, latency, slowest * TreeShare * share * 0.5, size);
    }

    private static NcclChoice Nvls(NcclGroup group, DataSize size)
    {
        double nics = group.Nodes == 2 ? 2.0 * group.Nics.BitsPerSecond : group.Nics.BitsPerSecond;
        int ranks = group.Ranks / group.Nodes;
        double inside = group.Nvls.BitsPerSecond * (double)ranks / (2 * Math.Max(1, ranks - 1));
        double rate = group.Nodes == 1 ? inside : Math.Min(inside, nics * 0.5);
        double latency = NvlsBase + (group.Nodes == 1 ? 0 : 2 * Math.Log2(group.Nodes) * NvlsBetween);
        return Made(group.Nodes == 1 ? "nvls" : "nvls-tree", Protocol.Simple, latency, rate, size);
    }

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
