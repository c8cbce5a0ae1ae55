using Lightloom.Simulation.Memory;

namespace Lightloom.Simulation.Hybrid;

/// <summary>
/// A ring whose ranks no longer keep step, from a few steps that packets have shown: as <see cref="RingReplay"/>, but with each rank's times
/// drawn at random, and from the beginning of the collective.
/// </summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
internal sealed class SpreadRing
{
    private readonly int _ranks;
    private readonly int _measured;
    private readonly long[] _onTheWay;
    private readonly long[] _times;

    private SpreadRing(int ranks, long[] onTheWay, long[] times, long wire)
    {
        (_ranks, _onTheWay, _times, _measured) = (ranks, onTheWay, times, times.Length / ranks);
        Overlaps = (double)times.Count(t => t < 0.9 * wire) / times.Length;
    }

    /// <summary>The share of transfers that took less time of their own than their bytes at the rate of a host: the one before was still under way.</summary>
    public double Overlaps { get; }

    /// <summary>Takes what packets have shown.</summary>
    /// <param name="starts">By step, then by rank: when the rank began to send, in picoseconds; at least three steps.</param>
    /// <param name="ranks">Ranks of the ring.</param>
    /// <param name="wire">Picoseconds that a piece takes at the rate of a host.</param>
    public static SpreadRing Of(long[] starts, int ranks, long wire)
    {
        int measured = starts.Length / ranks - 1;
        var onTheWay = new long[ranks];
        var times = new long[(measured - 1) * ranks];
        for (int r = 0; r < ranks; r++)
        {
            int next = r + 1 == ranks ? 0 : r + 1;
            long least = long.MaxValue;
            for (int j = 0; j < measured; j++)
            {
                least = Math.Min(least, starts[(j + 1) * ranks + next] - starts[j * ranks + r]);
            }
            onTheWay[r] = Math.Max(0, least - wire);
            for (int j = 1; j < measured; j++)
            {
                long before = starts[j * ranks + next],
                    received = starts[(j + 1) * ranks + next];
                times[(j - 1) * ranks + r] = received - Math.Max(starts[j * ranks + r], before - onTheWay[r]);
            }
        }
        return new(ranks, onTheWay, times, wire);
    }

    /// <summary>How long after the first rank each begins the step after so many, if all begin the first at once.</summary>
    /// <param name="steps">So many.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public long[] StartsOf(long steps, CancellationToken cancellation)
    {
        long[] received = Run(steps, cancellation);
        long first = received.Min();
        return [.. Enumerable.Range(0, _ranks).Select(r => received[r == 0 ? _ranks - 1 : r - 1] - first)];
    }

    private long[] Run(long steps, CancellationToken cancellation)
    {
        long[] start = new long[_ranks],
            next = new long[_ranks],
            received = new long[_ranks];
        Array.Fill(received, long.MinValue / 2);
        for (long step = 0; step < steps; step++)
        {
            if (step % 256 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
            uint salt = Hash.Mix32((uint)step);
            for (int r = 0; r < _ranks; r++)
            {
                long time = _times[Hash.Below(Hash.Mix32(salt + (uint)r), _measured) * _ranks + r];
                received[r] = Math.Max(start[r], received[r] - _onTheWay[r]) + time;
                next[r + 1 == _ranks ? 0 : r + 1] = received[r];
            }
            (start, next) = (next, start);
        }
        return received;
    }
}
