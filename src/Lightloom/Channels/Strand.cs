using Lightloom.Cabling;

namespace Lightloom.Channels;

/// <summary>A way of a cable that needs a panel port of its own: what joins one A plug and one Z plug, or leads to one plug of a shuffle.</summary>
/// <param name="A">The plug in the A module.</param>
/// <param name="Z">The plug in the Z module.</param>
/// <param name="PieceA">Which of the cable's pieces at the A end it passes, where that end divides.</param>
/// <param name="PieceZ">Which of those at the Z end.</param>
/// <param name="Fibres">Fibres of it in use.</param>
/// <param name="Order">Its pieces as they are ordered.</param>
internal readonly record struct Strand(PieceEnd A, PieceEnd Z, int PieceA, int PieceZ, int Fibres, PatchedOrder Order);

/// <summary>The part of a leg between two sockets.</summary>
/// <param name="Leg">The leg in its cable.</param>
/// <param name="Path">The way of the leg.</param>
/// <param name="A">The plug in the A module.</param>
/// <param name="Z">The plug in the Z module.</param>
/// <param name="Strand">The strand over panels that carries it; the piece where there are none.</param>
internal readonly record struct Way(int Leg, int Path, PieceEnd A, PieceEnd Z, int Strand);
