namespace Lightloom.Simulation.Hybrid;

/// <summary>
/// Carries a ring on from the steps that packets have shown: a rank sends on what it has received as soon as its card is free, and takes
/// for it what it took before.
/// </summary>
/// <remarks>
/// received(r, j) = max(start(r, j), received(r, j - 1) - l(r)) + t(r, j), start(r + 1, j + 1) = received(r, j). l is what a byte is on its
/// way, so that the card is free that much before its last byte is received; t is taken in turn from the later half of the measured steps.
/// Not safe to share.
/// </remarks>
internal sealed class RingReplay
{
    private readonly int _ranks;
    private readonly int _steps;
    private readonly long[] _starts;
    private readonly int _from;
    private readonly long[] _onTheWay;
    private readonly long[] _times;

    /// <summary>Takes what packets have shown.</summary>
    /// <param name="starts">By step, then by rank: when the rank began to send, in picoseconds; at least three steps.</param>
    /// <param name="ranks">Ranks of the ring.</param>
    /// <param name="wire">Picoseconds that a piece takes at the rate of a host.</param>
    public RingReplay(long[] starts, int ranks, long wire)
    {
        (_ranks, _starts, _steps) = (ranks, starts, starts.Length / ranks);
        int measured = _steps - 1;
        _from = Math.Max(1, measured / 2);
        _onTheWay = new long[ranks];
        _times = new long[(measured - _from) * ranks];
        for (int r = 0; r < ranks; r++)
        {
            long least = long.MaxValue;
            for (int j = 0; j < measured; j++)
            {
                least = Math.Min(least, Received(r, j) - At(r, j));
            }
            _onTheWay[r] = Math.Max(0, least - wire);
            for (int j = _from; j < measured; j++)
            {
                _times[(j - _from) * ranks + r] = Received(r, j) - Math.Max(At(r, j), Received(r, j - 1) - _onTheWay[r]);
            }
        }
    }

    /// <summary>When the last rank has received what the last step brings.</summary>
    /// <param name="steps">Steps in all, at least as many as were shown.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public long Finish(long steps, CancellationToken cancellation)
    {
        long[] start = _starts[((_steps - 1) * _ranks)..],
            next = new long[_ranks],
            received = new long[_ranks];
        for (int r = 0; r < _ranks; r++)
        {
            received[r] = Received(r, _steps - 2);
        }
        int measured = _times.Length / _ranks;
        for (long step = _steps - 1; step < steps; step++)
        {
            if (step % 256 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
            ReadOnlySpan<long> times = _times.AsSpan((int)((step - _steps + 1) % measured) * _ranks, _ranks);
            for (int r = 0; r < _ranks; r++)
            {
                received[r] = Math.Max(start[r], received[r] - _onTheWay[r]) + times[r];
                next[r + 1 == _ranks ? 0 : r + 1] = received[r];
            }
            (start, next) = (next, start);
        }
        return received.Max();
    }

    private long At(int rank, int step) => _starts[step * _ranks + rank];

    private long Received(int rank, int step) => At(rank + 1 == _ranks ? 0 : rank + 1, step + 1);
}
