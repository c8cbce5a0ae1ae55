using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>A passive part of the fibre plant: a fibre cable between modules, a trunk, a panel.</summary>
public sealed record PassiveModel : CatalogueEntry
{
    /// <summary>What it is.</summary>
    public required PassiveKind Kind { get; init; }

    /// <summary>Fibre grade, or null for a panel of any grade.</summary>
    public Figure<Medium>? Medium { get; init; }

    /// <summary>Connector at the A end, or head, as <see cref="InterconnectModel.Connector"/> writes it.</summary>
    public Figure<string>? Connector { get; init; }

    /// <summary>Connector at the Z ends, or tails; equal to <see cref="Connector"/> for a plain cable.</summary>
    public Figure<string>? TailConnector { get; init; }

    /// <summary>Tails: 1 for a plain cable, 2 for a 1:2 splitter.</summary>
    public Figure<int>? Tails { get; init; }

    /// <summary>Fibres in it, or null.</summary>
    public Figure<int>? Fibres { get; init; }

    /// <summary>Ports of a panel, or null.</summary>
    public Figure<int>? Ports { get; init; }

    /// <summary>Height of a panel in rack units, or null.</summary>
    public Figure<int>? RackUnits { get; init; }

    /// <summary>Outer diameter of the cable, or null.</summary>
    public Figure<Diameter>? OuterDiameter { get; init; }

    /// <summary>Smallest bend radius, or null.</summary>
    public Figure<Length>? BendRadius { get; init; }

    /// <summary>Mass of one metre of cable, or null.</summary>
    public Figure<Mass>? WeightPerMetre { get; init; }

    /// <summary>
    /// Lengths that are sold, ascending; empty when it is made to order (the fact <c>fibre-lengths-m</c> then holds) or has no length.
    /// </summary>
    public Figure<IReadOnlyList<Length>>? CatalogueLengths { get; init; }

    /// <summary>Public prices of one; may be empty.</summary>
    public IReadOnlyList<Price> Prices { get; init; } = [];

    /// <summary>The price of one of the given length, or null.</summary>
    public ChosenPrice? BestPrice(Length? length = null) => ChosenPrice.Of(Prices, length);
}
