using Lightloom.Simulation.Collectives;
using Lightloom.Units;

namespace Lightloom.Training.Timing;

/// <summary>
/// Asks for a few sizes and answers others along the line through the fixed part and the rate of those, which is exact where rates do not
/// hang on the size.
/// </summary>
/// <param name="inner">What answers.</param>
/// <param name="calibrated">
/// Whether the cluster's transport and load balancing add what was measured of them: they are asked for the power of two that is nearest,
/// as what they add depends on the size.
/// </param>
/// <remarks>Safe to share between threads where <paramref name="inner"/> is.</remarks>
public sealed class ProbedCollectives(ICollectiveTime inner, bool calibrated) : ICollectiveTime
{
    // Large enough that bandwidth decides.
    private static readonly DataSize Probe = DataSize.FromBytes(1L << 30);

    /// <inheritdoc/>
    public int Ranks => inner.Ranks;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        double bytes = request.Size.Bytes;
        DataSize probe = calibrated ? DataSize.FromBytes(1L << (int)Math.Clamp(Math.Round(Math.Log2(Math.Max(1, bytes))), 12, 40)) : Probe;
        CollectiveTiming timing = inner.Of(request with { Size = probe });
        SimTime time = calibrated ? timing.Calibrated ?? timing.Time : timing.Time;
        double perByte = Math.Max(0, (time - timing.Fixed).Seconds) / probe.Bytes;
        return timing with { Time = SimTime.FromSeconds(timing.Fixed.Seconds + (bytes * perByte)) };
    }
}
