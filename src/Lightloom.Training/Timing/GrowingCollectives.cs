using Lightloom.Simulation.Collectives;
using Lightloom.Units;

namespace Lightloom.Training.Timing;

/// <summary>
/// Asks for small buffers and doubles them until the line through the last two answers says of the whole what the line before said; so that
/// gradients of gigabytes need no more packets than it takes for rates to be steady.
/// </summary>
/// <param name="inner">What answers; its time grows evenly with the size once rates are steady.</param>
/// <remarks>Not safe to share between threads.</remarks>
internal sealed class GrowingCollectives(ICollectiveTime inner) : ICollectiveTime
{
    /// <summary>Messages of the first try: some tens of round trips of a port of 400G.</summary>
    private const long SmallestMessage = 1 << 20;

    /// <summary>What is smaller than so many times the first try is asked for as it is.</summary>
    private const int WorthIt = 8;

    /// <summary>Two lines that agree as closely as that are the same.</summary>
    private const double Steady = 0.01;

    /// <inheritdoc/>
    public int Ranks => inner.Ranks;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        long bytes = request.Size.Bytes;
        long messages = request.Kind == CollectiveKind.SendReceive ? 1 : request.Groups[0].Count;
        long size = SmallestMessage * messages;
        if (bytes < WorthIt * size)
        {
            return inner.Of(request);
        }

        CollectiveTiming before = Ask(size);
        double guess = -1;
        for (size *= 2; size <= bytes / 2; size *= 2)
        {
            CollectiveTiming now = Ask(size);
            double slope = (now.Time - before.Time).Seconds / (size / 2.0);
            double time = now.Time.Seconds + (slope * (bytes - size));
            double error = guess < 0 ? 1 : Math.Abs((time / guess) - 1);
            if (error <= Steady)
            {
                return now with { Time = SimTime.FromSeconds(time), Error = Math.Max(error, now.Error) };
            }

            (before, guess) = (now, time);
        }

        return inner.Of(request);

        CollectiveTiming Ask(long part) => inner.Of(request with { Size = DataSize.FromBytes(part) });
    }
}
