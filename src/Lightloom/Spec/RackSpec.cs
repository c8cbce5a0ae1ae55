using Lightloom.Units;

namespace Lightloom.Spec;

/// <summary>An ordinary rack. What is null takes the catalogue's fact.</summary>
public sealed record RackSpec
{
    /// <summary>Usable height.</summary>
    [Key("units", "Rack units.", Minimum = 4, Maximum = 64, Example = "52")]
    public int? Units { get; init; }

    /// <summary>Outer width.</summary>
    [Key("width_mm", "Outer width.", Minimum = 400, Maximum = 2000, Example = "700")]
    public Length? Width { get; init; }

    /// <summary>Outer depth.</summary>
    [Key("depth_mm", "Outer depth.", Minimum = 600, Maximum = 2000, Example = "1200")]
    public Length? Depth { get; init; }

    /// <summary>Power that a rack of nodes may draw.</summary>
    [Key("power_kw", "Power that one rack may draw.", Minimum = 0.5, Maximum = 2000, Example = "60")]
    public Power? PowerLimit { get; init; }

    /// <summary>What a rack may weigh with all that stands in it.</summary>
    [Key("weight_kg", "What one rack may weigh with all that stands in it.", Minimum = 100, Maximum = 10000, Example = "1500")]
    public Mass? WeightLimit { get; init; }

    /// <summary>Units kept free in every rack for patch panels and cable management.</summary>
    [Key("reserved_units", "Units kept free in every rack for panels and cable managers.", Minimum = 0, Maximum = 40, Example = "2")]
    public int? ReservedUnits { get; init; }

    /// <summary>Most nodes in one rack, whatever room and power are left; null for no such limit.</summary>
    [Key("max_nodes", "Most nodes in one rack, whatever room and power are left.", Minimum = 1, Maximum = 64, Example = "4")]
    public int? MaxNodes { get; init; }
}
