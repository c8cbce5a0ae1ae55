namespace Lightloom.Simulation.Hybrid;

/// <summary>How much time a step of a ring takes on average over its ranks, waits for one another included. Immutable.</summary>
/// <param name="Step">Picoseconds a step.</param>
/// <param name="Begun">When the ranks began the last step that was shown, on average, in picoseconds.</param>
/// <param name="Behind">How much later the last rank began it.</param>
/// <param name="Shown">The number of that step.</param>
internal readonly record struct RingPace(double Step, double Begun, double Behind, int Shown)
{
    /// <summary>Measures it.</summary>
    /// <param name="starts">By step, then by rank: when the rank began to send, in picoseconds.</param>
    /// <param name="ranks">Ranks of the ring.</param>
    /// <param name="from">The step to measure from, before the last.</param>
    /// <param name="to">The step to measure to.</param>
    public static RingPace Of(long[] starts, int ranks, int from, int to)
    {
        double first = Mean(from),
            last = Mean(to),
            latest = starts.AsSpan(to * ranks, ranks).ToArray().Max();
        return new((last - first) / (to - from), last, latest - last, to);

        double Mean(int step)
        {
            double sum = 0;
            foreach (long start in starts.AsSpan(step * ranks, ranks))
            {
                sum += start;
            }
            return sum / ranks;
        }
    }

    /// <summary>When the last rank has received what the last of so many steps brings, if what was shown began at zero and at rest.</summary>
    public double Finish(long steps) => Begun + Step * (steps - Shown) + Behind;

    /// <summary>The same if ranks had spread out before what was shown.</summary>
    public double FinishOfAll(long steps) => Step * steps + Behind;
}
