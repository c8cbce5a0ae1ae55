using Lightloom.Units;

namespace Lightloom.Simulation.Traffic;

/// <summary>How a collective's data is divided over ranks whose network cards differ, and the time that no division can beat.</summary>
/// <remarks>
/// A share is a fraction of the whole; shares sum to 1. The bounds count payload at the card's rate and nothing else: no header, no
/// latency, no queue. docs/models/heterogeneous.md derives them. Pure functions; safe from any thread.
/// </remarks>
public static class ShardShares
{
    /// <summary>The same share for each rank.</summary>
    public static double[] Equal(int ranks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        var shares = new double[ranks];
        Array.Fill(shares, 1.0 / ranks);
        return shares;
    }

    /// <summary>Shares in proportion to the rates: right for an all-to-all, in which a rank sends about what it holds.</summary>
    /// <param name="bitsPerSecond">Each rank's rate.</param>
    public static double[] ByRate(IReadOnlyList<double> bitsPerSecond)
    {
        double sum = Sum(bitsPerSecond);
        return [.. bitsPerSecond.Select(r => r / sum)];
    }

    /// <summary>
    /// Shares that let every rank of a direct all-reduce finish together. A rank sends its own contribution to everybody else's shard
    /// whatever its share is, and then hands its shard to everybody, (1 + (n - 2) w) times the buffer in all, so the share is (T B - 1) /
    /// (n - 2) and none below zero.
    /// </summary>
    /// <param name="bitsPerSecond">Each rank's rate.</param>
    public static double[] ForAllReduce(IReadOnlyList<double> bitsPerSecond)
    {
        double total = Sum(bitsPerSecond);
        int n = bitsPerSecond.Count;
        if (n <= 2)
        {
            return Equal(n);
        }

        // Ranks too slow to deserve a shard drop out, the slowest first, until the rest is consistent.
        var held = new bool[n];
        Array.Fill(held, true);
        while (true)
        {
            int holders = 0;
            double rate = 0;
            for (int i = 0; i < n; i++)
            {
                if (held[i])
                {
                    holders++;
                    rate += bitsPerSecond[i];
                }
            }

            double time = (n - 2 + holders) / rate;
            bool dropped = false;
            for (int i = 0; i < n; i++)
            {
                if (held[i] && time * bitsPerSecond[i] < 1)
                {
                    held[i] = false;
                    dropped = true;
                }
            }

            if (!dropped)
            {
                return [.. bitsPerSecond.Select((r, i) => held[i] ? ((time * r) - 1) / (n - 2) : 0)];
            }
        }
    }

    /// <summary>
    /// Seconds that an all-to-all takes at least: the rank that is last to send, or to receive, n S w (1 - w) bytes at its rate.
    /// </summary>
    /// <param name="shares">Each rank's share.</param>
    /// <param name="bitsPerSecond">Each rank's rate.</param>
    /// <param name="size">The mean buffer of a rank, S.</param>
    public static double AllToAllSeconds(IReadOnlyList<double> shares, IReadOnlyList<double> bitsPerSecond, DataSize size)
    {
        double worst = 0;
        for (int i = 0; i < shares.Count; i++)
        {
            worst = Math.Max(worst, 8.0 * shares.Count * size.Bytes * shares[i] * (1 - shares[i]) / bitsPerSecond[i]);
        }

        return worst;
    }

    /// <summary>
    /// Seconds that a direct all-reduce takes at least, reduce-scatter and all-gather overlapping: S (1 + (n - 2) w) bytes at the rate of
    /// the rank that is last.
    /// </summary>
    /// <param name="shares">Each rank's share.</param>
    /// <param name="bitsPerSecond">Each rank's rate.</param>
    /// <param name="size">The buffer of each rank, S.</param>
    public static double AllReduceSeconds(IReadOnlyList<double> shares, IReadOnlyList<double> bitsPerSecond, DataSize size)
    {
        double worst = 0;
        for (int i = 0; i < shares.Count; i++)
        {
            worst = Math.Max(worst, 8.0 * size.Bytes * (1 + ((shares.Count - 2) * shares[i])) / bitsPerSecond[i]);
        }

        return worst;
    }

    private static double Sum(IReadOnlyList<double> rates)
    {
        double sum = 0;
        foreach (double rate in rates)
        {
            if (!(rate > 0) || double.IsInfinity(rate))
            {
                throw new ArgumentException("every rank needs a positive rate", nameof(rates));
            }

            sum += rate;
        }

        return sum > 0 ? sum : throw new ArgumentException("there are no ranks", nameof(rates));
    }
}
