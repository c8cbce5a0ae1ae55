using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>What interconnects and passive parts have alike: ends with connectors, fibres, lengths that are sold, and a cable's measures.</summary>
public abstract record CableEntry : PricedEntry
{
    /// <summary>
    /// Connector at each end, or at the head of what divides, for example <c>MPO-12/APC</c>; <c>integral</c> for an assembly; null when not
    /// known.
    /// </summary>
    [Key("connector", "Connector at each end, or at the head of what divides, for example MPO-12/APC; integral for an assembly.")]
    public Figure<string>? Connector { get; init; }

    /// <summary>Fibres in it, of a module those that a full-rate link uses; null for copper and where it is not known.</summary>
    [Key("fibres", "Fibres in it, of a module those that a full-rate link uses; none for copper.", Minimum = 1, Maximum = 10000)]
    public Figure<int>? Fibres { get; init; }

    /// <summary>
    /// Lengths that are sold, ascending; null when it has no length or is made to order (for fibre the fact <c>fibre-lengths-m</c> then
    /// holds).
    /// </summary>
    [Key(
        "lengths_m",
        "Lengths that are sold, ascending, for what is bought by length; fibre without any is made to order (the fact fibre-lengths-m).",
        Minimum = 0.01,
        Maximum = 200_000,
        OneOrMany = true
    )]
    public Figure<IReadOnlyList<Length>>? CatalogueLengths { get; init; }

    /// <summary>Outer diameter of the cable, or null.</summary>
    [Key("outer_diameter_mm", "Outer diameter of the cable.", Minimum = 0.1, Maximum = 200)]
    public Figure<Diameter>? OuterDiameter { get; init; }

    /// <summary>Smallest bend radius, or null.</summary>
    [Key("bend_radius_mm", "Smallest bend radius.", Minimum = 0, Maximum = 1e6)]
    public Figure<Length>? BendRadius { get; init; }

    /// <summary>Mass of one metre of cable, or null.</summary>
    [Key("weight_kg_per_m", "Mass of one metre of cable.", Minimum = 0, Maximum = 100)]
    public Figure<Mass>? WeightPerMetre { get; init; }
}
