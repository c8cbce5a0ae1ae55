using Lightloom.Units;

namespace Lightloom.Experiments.Compare;

/// <summary>A cluster of so many planes: what it is and what it did. Immutable.</summary>
public sealed record PlanePoint
{
    /// <summary>Planes, each as large as the file's cluster.</summary>
    public required int Planes { get; init; }

    /// <summary>XPUs of all planes.</summary>
    public required long Xpus { get; init; }

    /// <summary>Why there are no figures; empty when there are.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Switches of the backend.</summary>
    public long BackendSwitches { get; init; }

    /// <summary>Typical power of the whole network.</summary>
    public Power Power { get; init; }

    /// <summary>Unloaded latency of the longest backend path, in microseconds, or null.</summary>
    public double? LatencyUs { get; init; }

    /// <summary>A permutation inside every plane at once, in microseconds.</summary>
    public double WithinUs { get; init; }

    /// <summary>A permutation over the XPUs of all planes, in microseconds.</summary>
    public double AcrossUs { get; init; }

    /// <summary>Per XPU, throughput of the permutations inside planes over that of one plane alone; 1 is linear.</summary>
    public double WithinEfficiency { get; init; }

    /// <summary>The same of the permutation over all planes.</summary>
    public double AcrossEfficiency { get; init; }

    /// <summary>
    /// With a spine of plane 0 dead: how much longer plane 0's permutation takes, as a factor; null where there is no spine to lose, and
    /// where the permutation does not end at all.
    /// </summary>
    public double? FaultyPlane { get; init; }

    /// <summary>With a spine of plane 0 dead: flows of plane 0 that did not end, for want of a way or of time.</summary>
    public int FaultyPlaneUnfinished { get; init; }

    /// <summary>With a spine of plane 0 dead: flows of other planes whose completion time changed at all.</summary>
    public int OthersTouched { get; init; }
}
