using Lightloom.Units;

namespace Lightloom.Spec;

/// <summary>Overhead cable trays: one along every row, crossings between the rows.</summary>
public sealed record TraySpec
{
    /// <summary>Height of the tray above the floor.</summary>
    [Key("height_m", "Height of the trays above the floor.", Minimum = 1, Maximum = 20, Example = "2.75")]
    public Length? Height { get; init; }

    /// <summary>Inner width.</summary>
    [Key("width_mm", "Inner width of a tray.", Minimum = 50, Maximum = 3000, Example = "600")]
    public Length? Width { get; init; }

    /// <summary>Usable depth.</summary>
    [Key("depth_mm", "Usable depth of a tray.", Minimum = 20, Maximum = 1000, Example = "100")]
    public Length? Depth { get; init; }

    /// <summary>Share of the cross-section that cables may fill.</summary>
    [Key("max_fill", "Share of a tray's cross-section that cables may fill.", Minimum = 0.05, Maximum = 1, Example = "0.5")]
    public double? MaxFill { get; init; }

    /// <summary>Load that a metre of tray carries.</summary>
    [Key("max_kg_per_m", "Load that a metre of tray carries.", Minimum = 1, Maximum = 2000, Example = "50")]
    public double? MaxKgPerMetre { get; init; }

    /// <summary>Trays one above another, or null: one, and over a default floor as many as the load asks.</summary>
    [Key(
        "count",
        "Trays one above another on every way; by default one, and over a default floor as many as the load asks.",
        Minimum = 1,
        Maximum = 16,
        Example = "1"
    )]
    public int? Count { get; init; }

    /// <summary>A crossing tray every this many rack positions, besides the two at the rows' ends.</summary>
    [Key(
        "cross_every_racks",
        "A crossing tray every this many rack positions, besides the two at the ends of the rows.",
        Minimum = 1,
        Maximum = 1000,
        Example = "10"
    )]
    public int? CrossEveryRacks { get; init; }
}
