using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>The finished design: what was asked, the network, where it stands, its cables and its bill. Reports, exports and simulations read this and nothing else.</summary>
public sealed class ClusterDesign
{
    /// <summary>What was asked, defaults filled in.</summary>
    public required ClusterSpec Spec { get; init; }

    /// <summary>Devices and links.</summary>
    public required Network Network { get; init; }

    /// <summary>Racks and places.</summary>
    public required Placement Placement { get; init; }

    /// <summary>Cables with products and lengths.</summary>
    public required CablePlan Cables { get; init; }

    /// <summary>Counts, cost, power.</summary>
    public required BillOfMaterials Bill { get; init; }

    /// <summary>Everything worth saying, errors last sorted by id within a severity.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }
}
