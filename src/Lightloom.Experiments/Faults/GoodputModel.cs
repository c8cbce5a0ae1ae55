namespace Lightloom.Experiments.Faults;

/// <summary>
/// Expected goodput of a year: useful work over the work of a year without faults, for one job on the whole cluster. Parts fail and are
/// repaired independently, both times exponential; years are sampled one by one, each starting in the stationary state.
/// </summary>
/// <remarks>
/// The state is the number of parts out, by class; its cost is by the rule of <see cref="Goodput"/>. Deterministic for any number of
/// threads: each year has random numbers of its own, and sums are taken in the order of the years.
/// </remarks>
public sealed class GoodputModel
{
    /// <summary>Hours in a year, as the bill counts them.</summary>
    public const double HoursPerYear = 8766;

    private readonly IReadOnlyList<GoodputClass> _classes;

    /// <summary>Work lost by an interruption, in hours: the restart, and half a checkpoint interval on the average.</summary>
    public double InterruptionHours { get; init; }

    /// <summary>Share of a step's time that waits for the network, 0 to 1: slowdowns act on it alone.</summary>
    public double NetworkShare { get; init; } = 1;

    /// <summary>Keeps the classes.</summary>
    /// <exception cref="ArgumentException">A class has a rate, time, share or factor out of range.</exception>
    public GoodputModel(IReadOnlyList<GoodputClass> classes)
    {
        _classes = classes;
        foreach (GoodputClass c in classes)
        {
            if (
                c.Population < 0
                || c.FailuresPerYear < 0
                || c.RepairHours <= 0
                || c.LostShare is not (>= 0 and <= 1)
                || c.Slowdown < 1
                || c.InterruptShare is not (>= 0 and <= 1)
            )
            {
                throw new ArgumentException(
                    $"{c.Name}: population and rate must be at least 0, the repair time positive, shares in [0, 1], "
                        + $"the slowdown at least 1",
                    nameof(classes)
                );
            }
        }
    }

    /// <summary>
    /// Goodput of a state, 0 to 1. Lost shares combine as if placed at random: the product of 1 - share. Of global classes the factors of
    /// lost bandwidth multiply, and the largest remainder of a slowdown, its tail, counts once; of the others the worst slowdown counts, as
    /// a synchronous job waits for its slowest member; and the two multiply.
    /// </summary>
    /// <param name="down">By class: parts that are out.</param>
    public double Goodput(ReadOnlySpan<long> down)
    {
        double left = 1,
            local = 1,
            global = 1,
            tail = 1;
        for (int c = 0; c < down.Length; c++)
        {
            if (down[c] > 0)
            {
                GoodputClass one = _classes[c];
                left *= Math.Pow(1 - one.LostShare, down[c]);
                if (one.IsGlobal)
                {
                    global *= Math.Pow(one.BandwidthFactor, down[c]);
                    tail = Math.Max(tail, one.Slowdown / one.BandwidthFactor);
                }
                else
                {
                    local = Math.Max(local, one.Slowdown);
                }
            }
        }

        return left / (1 - NetworkShare + NetworkShare * local * global * tail);
    }

    /// <summary>The slowdown that the rule gives when one part of each of two classes is out.</summary>
    public static double Combine(GoodputClass first, GoodputClass second)
    {
        if (first.IsGlobal && second.IsGlobal)
        {
            return first.BandwidthFactor
                * second.BandwidthFactor
                * Math.Max(first.Slowdown / first.BandwidthFactor, second.Slowdown / second.BandwidthFactor);
        }

        return first.IsGlobal || second.IsGlobal ? first.Slowdown * second.Slowdown : Math.Max(first.Slowdown, second.Slowdown);
    }

    /// <summary>
    /// The expected share of the cluster in the job, in closed form: the product over classes of (1 - U s)^M for M parts that are out for a
    /// share U of the time and take a share s each. It is the expected goodput when nothing slows or interrupts.
    /// </summary>
    public double ExpectedCapacity()
    {
        double product = 1;
        foreach (GoodputClass c in _classes)
        {
            product *= Math.Pow(1 - c.Unavailability * c.LostShare, c.Population);
        }

        return product;
    }

    /// <summary>Samples years.</summary>
    public GoodputEstimate Sample(int years, ulong seed, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 2);
        var goodput = new double[years];
        var interruptions = new double[years];
        var failures = new long[years][];
        Parallel.For(
            0,
            years,
            new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            y =>
            {
                failures[y] = new long[_classes.Count];
                (goodput[y], interruptions[y]) = Year(SplitMix.At(seed, (ulong)y), failures[y]);
            }
        );
        double mean = goodput.Average();
        double deviation = Math.Sqrt(goodput.Sum(g => (g - mean) * (g - mean)) / (years - 1));
        double half = StudentT(years - 1) * deviation / Math.Sqrt(years);
        double[] sorted = [.. goodput.Order()];
        return new()
        {
            Years = years,
            Mean = mean,
            Low = mean - half,
            High = mean + half,
            WorstOf20 = sorted[Math.Max(0, (int)Math.Ceiling(0.05 * years) - 1)],
            Worst = sorted[0],
            InterruptionsPerYear = interruptions.Average(),
            FailuresPerYear = [.. _classes.Select((_, c) => failures.Average(f => f[c]))],
        };
    }

    private (double Goodput, double Interruptions) Year(ulong seed, long[] failures)
    {
        var random = new SplitMix(seed);
        var down = new long[_classes.Count];
        for (int c = 0; c < down.Length; c++)
        {
            down[c] = Binomial(ref random, _classes[c].Population, _classes[c].Unavailability);
        }

        double now = 0,
            work = 0,
            interruptions = 0;
        double goodput = Goodput(down);
        while (true)
        {
            double total = 0;
            for (int c = 0; c < down.Length; c++)
            {
                total += Failing(c) + Repairing(c);
            }

            double next = total <= 0 ? HoursPerYear : now + random.NextExponential() / total;
            if (next >= HoursPerYear)
            {
                work += goodput * (HoursPerYear - now);
                break;
            }

            work += goodput * (next - now);
            now = next;
            double pick = random.NextUnit() * total;
            int last = -1;
            for (int c = 0; c < down.Length; c++)
            {
                double fail = Failing(c),
                    repair = Repairing(c);
                if (fail > 0 && pick <= fail)
                {
                    down[c]++;
                    failures[c]++;
                    double share = _classes[c].InterruptShare;
                    if (share > 0 && random.NextUnit() <= share)
                    {
                        interruptions++;
                        work -= Math.Min(InterruptionHours, HoursPerYear - now) * goodput;
                    }

                    last = -1;
                    break;
                }

                pick -= fail;
                if (repair > 0 && pick <= repair)
                {
                    down[c]--;
                    last = -1;
                    break;
                }

                pick -= repair;
                last = repair > 0 ? c : last;
            }

            // Rounding may leave a crumb behind the last class.
            if (last >= 0)
            {
                down[last]--;
            }

            goodput = Goodput(down);
        }

        return (Math.Max(0, work) / HoursPerYear, interruptions);

        double Failing(int c) => (_classes[c].Population - down[c]) * _classes[c].FailuresPerYear / HoursPerYear;
        double Repairing(int c) => down[c] / _classes[c].RepairHours;
    }

    // By the gaps between successes: exact, and quick as few parts are out (Devroye, Non-Uniform Random Variate Generation, 1986, X.4).
    private static long Binomial(ref SplitMix random, long count, double share)
    {
        if (share <= 0)
        {
            return 0;
        }

        if (share >= 1)
        {
            return count;
        }

        double log = Math.Log(1 - share);
        long found = 0;
        double at = 0;
        while (true)
        {
            at += Math.Floor(Math.Log(random.NextUnit()) / log) + 1;
            if (at > count)
            {
                return found;
            }

            found++;
        }
    }

    // The 97.5th percentile of Student's t by the expansion in 1/degrees (Abramowitz and Stegun 26.7.5); off by less than 1 % from three
    // degrees up.
    private static double StudentT(int degrees)
    {
        const double z = 1.959963985;
        double n = degrees,
            z3 = z * z * z,
            z5 = z3 * z * z,
            z7 = z5 * z * z;
        return z
            + (z3 + z) / (4 * n)
            + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
            + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
    }
}
