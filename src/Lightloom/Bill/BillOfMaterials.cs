using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>What is bought, counted four ways that are kept apart and reconciled, with its cost and power.</summary>
public sealed class BillOfMaterials
{
    /// <summary>Lines, in the order of bom.csv.</summary>
    public required IReadOnlyList<BillLine> Lines { get; init; }

    /// <summary>Switches.</summary>
    public required long Switches { get; init; }

    /// <summary>Logical links: MAC to MAC after breakout.</summary>
    public required long LogicalLinks { get; init; }

    /// <summary>Cages in use at both ends.</summary>
    public required long Cages { get; init; }

    /// <summary>Pluggable modules.</summary>
    public required long Transceivers { get; init; }

    /// <summary>Assemblies that a technician pulls.</summary>
    public required long Cables { get; init; }

    /// <summary>Fibres in those cables.</summary>
    public required long Fibres { get; init; }

    /// <summary>Racks, all kinds.</summary>
    public required int Racks { get; init; }

    /// <summary>Cost of the network: switches, interconnects, fibre and panels, spares.</summary>
    public required Money Capex { get; init; }

    /// <summary>Lines without a price.</summary>
    public required int UnpricedLines { get; init; }

    /// <summary>Typical power of the network: switches and interconnects.</summary>
    public required Power NetworkPowerTypical { get; init; }

    /// <summary>Maximum power of the network.</summary>
    public required Power NetworkPowerMaximum { get; init; }

    /// <summary>Power of nodes and network together, maximum figures.</summary>
    public required Power ItPower { get; init; }
}
