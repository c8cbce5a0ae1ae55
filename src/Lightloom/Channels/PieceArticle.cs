using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>
/// Pieces that are the same thing to a buyer and lie the same way round from A to Z. Articles of one order code are one line of the bill.
/// </summary>
public sealed record PieceArticle
{
    /// <summary>Number in <see cref="ChannelPlan.Articles"/>.</summary>
    public int Index { get; init; }

    /// <summary>What they are.</summary>
    public required PieceKind Kind { get; init; }

    /// <summary>The part's id in the catalogue, or one made up for fibre that the catalogue has not; also its key in the price book.</summary>
    public required string Id { get; init; }

    /// <summary>What is ordered, length and all: <c>fibre-mpo12-om4:b-ff:lszh@15m</c>.</summary>
    public required string OrderCode { get; init; }

    /// <summary>Length to order; zero for what has none.</summary>
    public required Length OrderLength { get; init; }

    /// <summary>Fibres of one piece; 0 for copper and for a cassette.</summary>
    public required int Fibres { get; init; }

    /// <summary>The order of the fibres and the plugs; null for assemblies.</summary>
    public FibreEnds? Ends { get; init; }

    /// <summary>The jacket; unknown for assemblies, cassettes, and fibre of which nobody says.</summary>
    public FibreJacket Jacket { get; init; }

    /// <summary>The product of the links that such pieces carry, null for a trunk or cassette. Pieces of several products may share it.</summary>
    public LinkProduct? Product { get; init; }

    /// <summary>The catalogue's entry of a passive part, or null.</summary>
    public PassiveModel? Passive { get; init; }

    /// <summary>How many are bought, spares not counted.</summary>
    public required long Quantity { get; init; }
}
