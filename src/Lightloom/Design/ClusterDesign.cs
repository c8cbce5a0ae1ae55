using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// The finished design: what was asked, the network, where it stands, its cables and its bill. Reports, exports and simulations read this
/// and nothing else.
/// </summary>
public sealed record ClusterDesign
{
    /// <summary>What was asked, defaults filled in.</summary>
    public required ClusterSpec Spec { get; init; }

    /// <summary>Devices and links.</summary>
    public required Network Network { get; init; }

    /// <summary>Backends that were considered, the chosen one first; one entry when the file left no choice.</summary>
    public required IReadOnlyList<Alternative> Alternatives { get; init; }

    /// <summary>Frontends and management networks that were tried and did not become a design, in the order in which they were.</summary>
    public IReadOnlyList<PassedOver> PassedOver { get; init; } = [];

    /// <summary>Racks and places.</summary>
    public required Placement Placement { get; init; }

    /// <summary>Routes over the placement: explains every cable's length.</summary>
    public required CableRouter Router { get; init; }

    /// <summary>Cables with products and lengths.</summary>
    public required CablePlan Cables { get; init; }

    /// <summary>The pieces that the cables consist of, and the channels that they make up.</summary>
    public required ChannelPlan Channels { get; init; }

    /// <summary>Fill and weight of the trays, bundles, the longest cable.</summary>
    public required TrayReport Trays { get; init; }

    /// <summary>Unloaded latency by fabric, as far as it could be computed.</summary>
    public required IReadOnlyList<LatencyBudget> Latency { get; init; }

    /// <summary>Counts, cost, power.</summary>
    public required BillOfMaterials Bill { get; init; }

    /// <summary>Everything worth saying: errors, then warnings, then notes.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>The latency budget of a fabric, or null.</summary>
    public LatencyBudget? LatencyOf(FabricRole fabric) => Latency.FirstOrDefault(l => l.Fabric == fabric);
}
