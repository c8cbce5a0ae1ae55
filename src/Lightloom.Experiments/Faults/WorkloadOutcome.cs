using Lightloom.Units;

namespace Lightloom.Experiments.Faults;

/// <summary>
/// One workload in the sound network and in the faulty one, once everybody knows of the fault: the same hosts and the same flows in both.
/// </summary>
public sealed record WorkloadOutcome
{
    /// <summary>The workload.</summary>
    public required string Name { get; init; }

    /// <summary>True when some of those who took part are cut off: the collective stops, and what follows is of the rest.</summary>
    public required bool Stops { get; init; }

    /// <summary>Hosts that take part in both runs.</summary>
    public required int Hosts { get; init; }

    /// <summary>Completion in the sound network, the mean over the runs.</summary>
    public required SimTime Sound { get; init; }

    /// <summary>
    /// Completion in the faulty network, the mean over the runs; null when one does not complete within twenty times the
    /// sound time.
    /// </summary>
    public required SimTime? Faulty { get; init; }

    /// <summary>The least and the largest inflation of a run; infinite when it does not complete.</summary>
    public required (double Least, double Largest) Spread { get; init; }

    /// <summary>
    /// XPUs whose last flow, sent or received, ends later by the factor of <see cref="FaultStudyOptions.SlowedFrom"/> or more.
    /// </summary>
    public required int Slowed { get; init; }

    /// <summary>By how much: the median factor of the slowed ones, 1 when there is none.</summary>
    public required double MedianSlowdown { get; init; }

    /// <summary>The largest factor of all who took part.</summary>
    public required double WorstSlowdown { get; init; }

    /// <summary>
    /// Bytes that the planes without a fault carried, over what they carried in the sound network; null without such a plane.
    /// </summary>
    public required double? OtherPlanesLoad { get; init; }

    /// <summary>Faulty over sound completion; null when it does not complete.</summary>
    public double? Inflation =>
        Faulty is not { } faulty ? null
        : Sound == SimTime.Zero ? 1
        : (double)faulty.Picoseconds / Sound.Picoseconds;
}
