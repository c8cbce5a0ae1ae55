using Lightloom.Catalog;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>A sized backend: every plane's plan and the switches it uses.</summary>
internal sealed class BackendPlan
{
    public required Paradigm Paradigm { get; init; }

    public required PlaneLayout Layout { get; init; }

    public required int Planes { get; init; }

    public required SwitchModel Leaf { get; init; }

    public required SwitchModel Spine { get; init; }

    public required SwitchModel SuperSpine { get; init; }

    /// <summary>One plan for each plane (rail), or one that all planes repeat (nic-split) or that holds them as pods (pods).</summary>
    public required IReadOnlyList<PlanePlan> Plans { get; init; }

    /// <summary>How often each plan is built.</summary>
    public int Copies => Layout == PlaneLayout.NicSplit ? Planes : 1;

    /// <summary>Tiers of the tallest plane.</summary>
    public int Tiers => Plans.Max(p => p.Tiers);

    /// <summary>Leaves over all planes.</summary>
    public long Leaves => Plans.Sum(p => (long)p.LeafCount) * Copies;

    /// <summary>Spines over all planes.</summary>
    public long Spines => Plans.Sum(p => (long)p.Spines) * Copies;

    /// <summary>Super-spines over all planes.</summary>
    public long SuperSpines => Plans.Sum(p => (long)p.SuperSpines) * Copies;
}
