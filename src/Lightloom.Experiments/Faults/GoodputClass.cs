namespace Lightloom.Experiments.Faults;

/// <summary>Parts that are alike to the goodput of a year: so many of them, failing so often, each failure at the same cost.</summary>
public sealed record GoodputClass
{
    /// <summary>The kind's word.</summary>
    public required string Name { get; init; }

    /// <summary>How many there are.</summary>
    public required long Population { get; init; }

    /// <summary>Failures of one part in a year of its running time.</summary>
    public required double FailuresPerYear { get; init; }

    /// <summary>Mean hours from the failure to the end of the repair.</summary>
    public required double RepairHours { get; init; }

    /// <summary>
    /// Share of the cluster that a failure takes out of the job, 0 to 1: nodes with an XPU that is cut off, the mean over instances.
    /// </summary>
    public double LostShare { get; init; }

    /// <summary>Factor of the collective's time while the part is out, at least 1.</summary>
    public double Slowdown { get; init; } = 1;

    /// <summary>
    /// Of <see cref="Slowdown"/>, what the lost bandwidth alone explains, at least 1: every further global fault costs it again, while the
    /// tail of an overloaded network comes once. 0 for all of it.
    /// </summary>
    public double Bandwidth { get; init; }

    /// <summary>The factor of lost bandwidth, in force.</summary>
    internal double BandwidthFactor => Bandwidth <= 0 ? Slowdown : Math.Clamp(Bandwidth, 1, Slowdown);

    /// <summary>Whether slowdowns of several multiply; otherwise the worst one counts. See <see cref="FaultKind.IsGlobal"/>.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Share of failures that stop the job, 0 to 1, because they cut off one who takes part.</summary>
    public double InterruptShare { get; init; }

    /// <summary>Share of time that one part is out: MTTR / (MTBF + MTTR).</summary>
    public double Unavailability => FailuresPerYear <= 0 ? 0 : RepairHours / (GoodputModel.HoursPerYear / FailuresPerYear + RepairHours);
}
