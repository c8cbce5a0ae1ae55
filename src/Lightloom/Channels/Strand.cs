using Lightloom.Cabling;

namespace Lightloom.Channels;

/// <summary>A way of a cable that needs a panel port of its own: what joins one A plug and one Z plug, or leads to one plug of a shuffle.</summary>
/// <param name="A">The plug in the A module.</param>
/// <param name="Z">The plug in the Z module.</param>
/// <param name="PieceA">Which of the cable's pieces at the A end it passes, where that end divides.</param>
/// <param name="PieceZ">Which of those at the Z end.</param>
/// <param name="Fibres">Fibres of it in use.</param>
/// <param name="Order">Its pieces as they are ordered; null where it passes no panel although others of the cable do.</param>
/// <param name="Computed">Computed length in millimetres of a strand that passes no panel.</param>
/// <param name="Ordered">Its ordered length.</param>
internal readonly record struct Strand(
    PieceEnd A,
    PieceEnd Z,
    int PieceA,
    int PieceZ,
    int Fibres,
    PatchedOrder? Order,
    int Computed,
    int Ordered
)
{
    /// <summary>True where it runs from module to module without a panel.</summary>
    public bool IsDirect => Order is null;
}

/// <summary>The part of a leg between two sockets.</summary>
/// <param name="Leg">The leg in its cable.</param>
/// <param name="Path">The way of the leg.</param>
/// <param name="A">The plug in the A module.</param>
/// <param name="Z">The plug in the Z module.</param>
/// <param name="Strand">The strand over panels that carries it; the piece where there are none.</param>
internal readonly record struct Way(int Leg, int Path, PieceEnd A, PieceEnd Z, int Strand);
