using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>How long SimAI's analytical mode takes for one collective: a bus bandwidth, and a table below 1 MiB. For comparison only.</summary>
public static class SimaiModel
{
    private const long TableEnds = 1 << 20;

    private static readonly (int Ranks, int Microseconds)[] Small = [(2, 10), (4, 12), (8, 15), (16, 66), (32, 135), (64, 200), (128, 320)];

    /// <summary>The time of a collective.</summary>
    /// <param name="group">Who takes part.</param>
    /// <param name="kind">Which; a send-recv is none of SimAI's.</param>
    /// <param name="size">The size as nccl-tests count it, at least 2 bytes.</param>
    /// <exception cref="RefusedException">SimAI has no figure for it; below 1 MiB it says 0 there, which nothing takes.</exception>
    public static SimTime Time(SimaiGroup group, CollectiveKind kind, DataSize size)
    {
        if (group.Nodes < 1 || group.RanksPerNode < 1 || group.Ranks < 2 || size.Bytes < 2 || group.Efficiency is not (> 0 and <= 1))
        {
            throw new RefusedException("SimAI's closed form needs 2 ranks, 2 bytes and an efficiency above 0 and at most 1");
        }
        if (kind == CollectiveKind.SendReceive)
        {
            throw new RefusedException(
                "SimAI's closed form has no send-recv; it has all-reduce, all-gather, reduce-scatter, all-to-all and broadcast"
            );
        }
        int n = group.Ranks;
        if (size.Bytes < TableEnds)
        {
            (int, int Microseconds) row = Array.Find(Small, r => r.Ranks == n);
            return row.Microseconds > 0
                ? SimTime.FromMicroseconds(row.Microseconds)
                : throw new RefusedException(
                    $"below 1 MiB SimAI has a table for {string.Join(", ", Small.Select(r => r.Ranks))} ranks only, and says 0 for {n}; "
                        + $"take one of them, or 1MiB and more"
                );
        }
        double seconds = size.Bytes / (double)(1L << 30) / (group.Efficiency * BusRate(group, kind));
        return SimTime.FromSeconds(
            kind switch
            {
                CollectiveKind.AllReduce => 2 * seconds * (n - 1) / n,
                CollectiveKind.Broadcast => seconds,
                _ => seconds * (n - 1) / n,
            }
        );
    }

    /// <summary>The bus bandwidth that SimAI gives a collective, in 2^30 bytes a second.</summary>
    /// <exception cref="RefusedException">The group has several nodes and no NICs.</exception>
    public static double BusRate(SimaiGroup group, CollectiveKind kind)
    {
        double inside = group.ScaleUpGibibytesPerSecond;
        double outside = group.NicGibibytesPerSecond * group.NicsPerNode;
        if (group.Nodes == 1)
        {
            return inside > 0 ? inside : throw new RefusedException("ranks of one node need a scale-up rate above 0");
        }
        if (!(outside > 0))
        {
            throw new RefusedException("ranks of several nodes need NICs with a rate above 0");
        }
        int g = group.RanksPerNode;
        if (kind == CollectiveKind.AllToAll)
        {
            return outside / g * (group.Ranks - 1) / ((group.Nodes - 1) * (double)g);
        }
        if (g == 1)
        {
            return outside;
        }
        bool cross = group.CrossNic switch
        {
            SimaiCrossNic.Auto => outside > inside,
            var given => given == SimaiCrossNic.Yes,
        };
        return Math.Min(cross ? inside * g / (g - 1) : inside, outside);
    }
}
