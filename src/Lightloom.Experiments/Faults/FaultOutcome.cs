namespace Lightloom.Experiments.Faults;

/// <summary>Everything about one scenario.</summary>
/// <param name="Scenario">What failed.</param>
/// <param name="Graph">Exact, by the graph.</param>
/// <param name="Workloads">Simulated, in the order of the options; empty when fewer than two hosts are left.</param>
/// <param name="Strike">Simulated, the fault in mid-run.</param>
public sealed record FaultOutcome(
    FaultScenario Scenario,
    GraphOutcome Graph,
    IReadOnlyList<WorkloadOutcome> Workloads,
    StrikeOutcome Strike
)
{
    /// <summary>
    /// Whether a plane without a fault noticed: it dropped packets, or carried a twentieth more or less than before. Null without such a
    /// plane.
    /// </summary>
    public bool? OtherPlanesNoticed =>
        Strike.OtherPlanesDropped is not { } dropped
            ? null
            : dropped > 0 || Workloads.Any(w => w.OtherPlanesLoad is { } load && Math.Abs(load - 1) > 0.05);
}
