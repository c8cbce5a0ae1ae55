using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>A passive part of the fibre plant: a fibre cable between modules, a trunk, a panel.</summary>
public sealed record PassiveModel : PricedEntry
{
    /// <summary>What it is.</summary>
    [Key("kind", "What it is.", Required = true)]
    public required PassiveKind Kind { get; init; }

    /// <summary>Fibre grade, or null for a panel of any grade.</summary>
    [Key("medium", "Fibre grade; none for a panel of any grade.")]
    public Figure<Medium>? Medium { get; init; }

    /// <summary>Connector at the A end, or head, as <see cref="InterconnectModel.Connector"/> writes it.</summary>
    [Key("connector", "Connector at the A end, or head, as an interconnect writes it.")]
    public Figure<string>? Connector { get; init; }

    /// <summary>Connector at the Z ends, or tails; equal to <see cref="Connector"/> for a plain cable.</summary>
    [Key("tail_connector", "Connector at the Z ends, or tails; equal to connector for a plain cable.")]
    public Figure<string>? TailConnector { get; init; }

    /// <summary>Tails: 1 for a plain cable, 2 for a 1:2 splitter.</summary>
    [Key("tails", "Tails: 1 for a plain cable, 2 for a 1:2 splitter.", Minimum = 1, Maximum = 64)]
    public Figure<int>? Tails { get; init; }

    /// <summary>Fibres in it, or null.</summary>
    [Key("fibres", "Fibres in it.", Minimum = 1, Maximum = 10000)]
    public Figure<int>? Fibres { get; init; }

    /// <summary>Ports of a panel, or null.</summary>
    [Key("ports", "Ports of a panel.", Minimum = 1, Maximum = 10000)]
    public Figure<int>? Ports { get; init; }

    /// <summary>Height of a panel in rack units, or null.</summary>
    [Key("rack_units", "Height of a panel in rack units.", Minimum = 1, Maximum = 60, After = "U")]
    public Figure<int>? RackUnits { get; init; }

    /// <summary>Outer diameter of the cable, or null.</summary>
    [Key("outer_diameter_mm", "Outer diameter of the cable.", Minimum = 0.1, Maximum = 200)]
    public Figure<Diameter>? OuterDiameter { get; init; }

    /// <summary>Smallest bend radius, or null.</summary>
    [Key("bend_radius_mm", "Smallest bend radius.", Minimum = 0, Maximum = 1e6)]
    public Figure<Length>? BendRadius { get; init; }

    /// <summary>Mass of one metre of cable, or null.</summary>
    [Key("weight_kg_per_m", "Mass of one metre of cable.", Minimum = 0, Maximum = 100)]
    public Figure<Mass>? WeightPerMetre { get; init; }

    /// <summary>
    /// Lengths that are sold, ascending; empty when it is made to order (the fact <c>fibre-lengths-m</c> then holds) or has no length.
    /// </summary>
    [Key(
        "lengths_m",
        "Lengths that are sold, ascending; empty when it is made to order (the fact fibre-lengths-m then " + "holds) or has no length.",
        Minimum = 0.01,
        Maximum = 200_000,
        OneOrMany = true
    )]
    public Figure<IReadOnlyList<Length>>? CatalogueLengths { get; init; }

    internal override CatalogueItem Complete(EntryContext context)
    {
        context.DemandAscending("lengths_m", CatalogueLengths?.Value);
        return ((PassiveModel)base.Complete(context)) with { TailConnector = TailConnector ?? Connector };
    }
}
