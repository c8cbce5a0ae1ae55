using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>What came of one collective. Immutable.</summary>
/// <param name="Model">Whose model answered.</param>
/// <param name="Kind">The collective.</param>
/// <param name="Ranks">XPUs that took part.</param>
/// <param name="Size">The size, as nccl-tests count it.</param>
/// <param name="Timing">The answer.</param>
/// <param name="HostRate">The rate of a rank's cards together, shared cards divided.</param>
/// <param name="WallTime">How long it took to find out.</param>
public sealed record CollectiveRun(
    CollectiveModel Model,
    CollectiveKind Kind,
    int Ranks,
    DataSize Size,
    CollectiveTiming Timing,
    DataRate HostRate,
    TimeSpan WallTime
)
{
    /// <summary>The collective and how it was run, for example <c>all-reduce-ring</c>.</summary>
    public string Name => $"{CollectiveWords.Kinds.Of(Kind)}-{CollectiveWords.Algorithms.Of(Timing.Algorithm)}";

    /// <summary>The size over the time.</summary>
    public DataRate AlgorithmRate =>
        Timing.Time <= SimTime.Zero ? DataRate.Zero : DataRate.FromBitsPerSecond((long)(Size.Bytes * 8 / Timing.Time.Seconds));

    /// <summary>The algorithm's rate times the collective's factor: what a link would have to carry.</summary>
    public DataRate BusRate =>
        DataRate.FromBitsPerSecond((long)(AlgorithmRate.BitsPerSecond * Collective.BusFactor(CollectiveWords.Kinds.Of(Kind), Ranks)));

    /// <summary>Events of the packet engine; 0 where no packet was run.</summary>
    public long Events { get; init; }

    /// <summary>Links that packets crossed.</summary>
    public long PacketHops { get; init; }

    /// <summary>Threads that it ran on.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What transport and load balancing add; null where that is not known.</summary>
    public FluidTerms? Terms { get; init; }

    /// <summary>The rate that a link would have to carry to take some other time.</summary>
    public DataRate BusRateIn(SimTime time) =>
        DataRate.FromBitsPerSecond(
            time <= SimTime.Zero ? 0 : (long)(Size.Bytes * 8 / time.Seconds * Collective.BusFactor(CollectiveWords.Kinds.Of(Kind), Ranks))
        );

    /// <summary>What was left out or assumed, as sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
