using Lightloom.Units;

namespace Lightloom.Spec;

/// <summary>Widths of the aisles between rows.</summary>
public sealed record AisleSpec
{
    /// <summary>Cold aisle (fronts face it).</summary>
    [Key("cold_m", "Width of a cold aisle.", Minimum = 0.5, Maximum = 20, Example = "1.2")]
    public Length? Cold { get; init; }

    /// <summary>Hot aisle (backs face it).</summary>
    [Key("hot_m", "Width of a hot aisle.", Minimum = 0.5, Maximum = 20, Example = "1.2")]
    public Length? Hot { get; init; }
}
