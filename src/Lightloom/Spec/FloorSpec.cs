using Lightloom.Units;

namespace Lightloom.Spec;

/// <summary>
/// Where everything stands. What the file leaves open takes the catalogue's facts; with no sites, one building of as many default halls as
/// are needed.
/// </summary>
public sealed record FloorSpec
{
    /// <summary>Ordinary racks.</summary>
    [Key("rack", "Ordinary racks.")]
    public RackSpec Rack { get; init; } = new();

    /// <summary>Rows of a default hall; null sizes it to need.</summary>
    [Key("rows", "Rows of a default hall.", Minimum = 1, Maximum = 1000, Example = "20")]
    public int? Rows { get; init; }

    /// <summary>Rack positions a row of a default hall.</summary>
    [Key("racks_per_row", "Rack positions in a row of a default hall.", Minimum = 2, Maximum = 1000, Example = "20")]
    public int? RacksPerRow { get; init; }

    /// <summary>Aisles.</summary>
    [Key("aisles", "Widths of the aisles.")]
    public AisleSpec Aisles { get; init; } = new();

    /// <summary>Trays.</summary>
    [Key("trays", "Overhead cable trays.")]
    public TraySpec Trays { get; init; } = new();

    /// <summary>Where switches stand.</summary>
    [Key("network_racks", "Where the racks of switches stand.")]
    public NetworkRackPosition NetworkRacks { get; init; } = NetworkRackPosition.Auto;

    /// <summary>Slack added to every cable as a share of its route.</summary>
    [Key("slack_fraction", "Slack added to every cable, as a share of its route.", Minimum = 0, Maximum = 1, Example = "0.1")]
    public double? SlackFraction { get; init; }

    /// <summary>Service loop at each end.</summary>
    [Key("service_loop_m", "Service loop at each end of a cable.", Minimum = 0, Maximum = 20, Example = "1.0")]
    public Length? ServiceLoop { get; init; }

    /// <summary>Patch panels (mated pairs) on a link between halls.</summary>
    [Key("panels_between_halls", "Patch panels on a link between two halls.", Minimum = 0, Maximum = 8, Example = "2")]
    public int? PanelsBetweenHalls { get; init; }

    /// <summary>Patch panels (mated pairs) on a link between buildings.</summary>
    [Key("panels_between_buildings", "Patch panels on a link between two buildings.", Minimum = 0, Maximum = 8, Example = "2")]
    public int? PanelsBetweenBuildings { get; init; }

    /// <summary>Patch panels on a link between two rows of one hall.</summary>
    [Key("panels_between_rows", "Patch panels on a link between two rows of one hall.", Minimum = 0, Maximum = 8, Example = "0")]
    public int? PanelsBetweenRows { get; init; }

    /// <summary>Which links end in a patch panel in the rack at either end.</summary>
    [Key("panels_at_racks", "Links with a patch panel in the rack at either end: those that leave the rack, the row or the hall.")]
    public RackPanels PanelsAtRacks { get; init; } = RackPanels.None;

    /// <summary>How racks are moved to where their cables cost less.</summary>
    [Key("optimize", "How racks are moved to where cables cost less: by a heuristic (true), by a solver (exact), not at all (false).")]
    public FloorSearch Optimize { get; init; } = FloorSearch.Heuristic;

    /// <summary>Racks that stand elsewhere than Lightloom would put them, in the order in which they are moved.</summary>
    [Key("places", "Racks that stand elsewhere than Lightloom would put them; each changes places with what stands there.")]
    public IReadOnlyList<RackPlaceSpec> Places { get; init; } = [];

    /// <summary>Sites; empty for one default site and building.</summary>
    [Key("sites", "Sites, their buildings and halls.")]
    public IReadOnlyList<SiteSpec> Sites { get; init; } = [];
}
