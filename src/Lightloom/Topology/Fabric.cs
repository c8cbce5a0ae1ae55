using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>One of the cluster's networks: its tiers, its link classes, and what its shape promises.</summary>
public sealed record Fabric
{
    /// <summary>Backend, frontend or management.</summary>
    public required FabricRole Role { get; init; }

    /// <summary>The kind of network, as <c>backend.topology</c> names it.</summary>
    public string Topology { get; init; } = "clos";

    /// <summary>Which paths its switches use.</summary>
    public PathRule Paths { get; init; }

    /// <summary>What its ports speak; the network ports of leaves where cells run above them.</summary>
    public Protocol Protocol { get; init; }

    /// <summary>Who schedules.</summary>
    public required Paradigm Paradigm { get; init; }

    /// <summary>Number of planes, at least 1.</summary>
    public required int Planes { get; init; }

    /// <summary>How planes are cut.</summary>
    public required PlaneLayout PlaneLayout { get; init; }

    /// <summary>Tiers from the leaf up.</summary>
    public required IReadOnlyList<TierOfSwitches> Tiers { get; init; }

    /// <summary>Links, by class.</summary>
    public required IReadOnlyList<LinkClass> LinkClasses { get; init; }

    /// <summary>
    /// Built oversubscription: downlink capacity over uplink capacity of a fully used switch, by tier that has uplinks; of two leaves without a
    /// spine, the ports that are in use over their peer links.
    /// </summary>
    public required IReadOnlyDictionary<Tier, double> Oversubscription { get; init; }

    /// <summary>True for leaves joined by peer links instead of spines.</summary>
    public bool IsPair => LinkClasses.Any(c => c.From == Tier.Leaf && c.To == Tier.Leaf);

    /// <summary>Half of what crosses the narrowest tier, all planes together.</summary>
    public required DataRate Bisection { get; init; }

    /// <summary>XPUs that this shape (same switches, tiers, planes, oversubscription) could reach.</summary>
    public required long MaxXpus { get; init; }

    /// <summary>Switches that the shortest, typical and longest path between two hosts of a plane pass.</summary>
    public required (int Shortest, int Typical, int Longest) Hops { get; init; }

    /// <summary>Shortest paths between two hosts that are farthest apart, on all planes that both share.</summary>
    public required long PathDiversity { get; init; }

    /// <summary>
    /// Switch-scheduled only: fabric bandwidth over network bandwidth net of the cell tax at the given frame size; null otherwise.
    /// </summary>
    public double? FabricSpeedUp { get; init; }

    /// <summary>Sentences that say how the counts came about, in the order of the reasoning.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
