namespace Lightloom.Simulation.Hybrid;

/// <summary>
/// How quickly the ranks of an exchange get on once they have lost the common time of their first rounds, and how far the last is behind.
/// Immutable.
/// </summary>
/// <remarks>
/// A rank sends to the one after it, the one after that and so on, a window of transfers at a time. Ranks that began together meet at
/// destinations more and more often, until they have spread over some rounds; from then on all get on at one rate. How far the slowest is
/// behind grows with a power of the rounds: not at all where ranks are pulled together, with the root where none waits for another, with the
/// third root where a surface grows so (Kardar, Parisi and Zhang, 1986). docs/models/hybrid.md has the equations.
/// </remarks>
internal readonly record struct ExchangePace
{
    // Between the root and the third root, which the first rounds do not tell from each other.
    private const double MostPower = (1.0 / 2 + 1.0 / 3) / 2;

    // Twice as much as lies between them: the power is measured between two moments.
    private const double PowerError = 1.0 / 6;

    /// <summary>When the last rank is done, in picoseconds.</summary>
    public double Finish { get; private init; }

    /// <summary>The share by which the answer is apart from that of the rate of the second quarter of the measured time.</summary>
    public double RateError { get; private init; }

    /// <summary>The share by which the answer moves, to either side, if the slowest falls behind with a sixth more or less as power.</summary>
    public double LateError { get; private init; }

    /// <summary>Measures it.</summary>
    /// <param name="starts">By rank, then by round: when the rank began to send, in picoseconds.</param>
    /// <param name="ends">By rank: when all that it sent had arrived and it knew.</param>
    /// <param name="rounds">Rounds that were shown, more than the window.</param>
    /// <param name="all">Rounds in all.</param>
    public static ExchangePace Of(long[] starts, long[] ends, int rounds, long all)
    {
        // What follows the first rank's last round is no longer as with all rounds: whoever is done leaves others more room.
        long until = long.MaxValue;
        for (int r = 0; r < ends.Length; r++)
        {
            until = Math.Min(until, starts[r * rounds + rounds - 1]);
        }
        (double Mean, double Least, double Spread) quarter = Begun(starts, rounds, until / 4),
            half = Begun(starts, rounds, until / 2),
            last = Begun(starts, rounds, until);
        double rate = (last.Mean - half.Mean) / (until - until / 2),
            left = all - rounds,
            late = (last.Mean - last.Least) / rate,
            grown = all / last.Mean,
            power = half.Spread <= 0 ? MostPower : Math.Clamp(Math.Log2(last.Spread / half.Spread), 0, MostPower),
            behind = late * Math.Pow(grown, power);
        // The last rounds end as the last of those that were shown.
        double finish = ends.Average(e => (double)e) + left / rate + behind;
        double before = (half.Mean - quarter.Mean) / (until / 2 - until / 4);
        double apart = left / before - left / rate;
        return new()
        {
            Finish = finish,
            RateError = Math.Abs(apart) / finish,
            LateError = late * (Math.Pow(grown, power + PowerError) - Math.Pow(grown, power - PowerError)) / 2 / finish,
        };
    }

    // How many rounds ranks have begun by then: the mean, the slowest rank's, and the standard deviation.
    private static (double Mean, double Least, double Spread) Begun(long[] starts, int rounds, long time)
    {
        int ranks = starts.Length / rounds;
        double sum = 0,
            squares = 0,
            least = rounds;
        for (int r = 0; r < ranks; r++)
        {
            ReadOnlySpan<long> own = starts.AsSpan(r * rounds, rounds);
            int begun = 0;
            while (begun < rounds && own[begun] <= time)
            {
                begun++;
            }
            // Between two rounds a rank is so far on its way to the next.
            double count = begun;
            if (begun > 0 && begun < rounds)
            {
                count += (time - own[begun - 1]) / (double)(own[begun] - own[begun - 1]);
            }
            sum += count;
            squares += count * count;
            least = Math.Min(least, count);
        }
        double mean = sum / ranks;
        return (mean, least, Math.Sqrt(Math.Max(0, squares / ranks - mean * mean)));
    }
}
