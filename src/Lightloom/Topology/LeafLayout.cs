namespace Lightloom.Topology;

/// <summary>A plane's leaves for one leaf switch and one way of dividing its uplink cages: what they serve, and their units.</summary>
internal sealed class LeafLayout
{
    /// <summary>Port division of every leaf.</summary>
    public required IReadOnlyList<PortPlan> Ports { get; init; }

    /// <summary>Units, in the order of their nodes.</summary>
    public required IReadOnlyList<PlanUnit> Units { get; init; }

    /// <summary>What the leaves serve.</summary>
    public required IReadOnlyList<LeafShare> Shares { get; init; }

    /// <summary>By unit: how many leaves it brings.</summary>
    public required IReadOnlyList<int> UnitLeaves { get; init; }

    /// <summary>How the counts came about: sentences that are made when a plan is taken, as most are not.</summary>
    public required IReadOnlyList<Func<string>> Reasons { get; init; }

    /// <summary>Uplinks of all leaves.</summary>
    public required long Uplinks { get; init; }

    /// <summary>The different numbers of uplinks that a leaf has, in the order in which they occur.</summary>
    public required int[] UplinkCounts { get; init; }
}
