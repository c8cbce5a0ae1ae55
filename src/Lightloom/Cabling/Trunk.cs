using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>Trunk cables between two halls: what the fibres of many links are gathered into between their panels.</summary>
/// <param name="HallA">Index of one hall in the placement.</param>
/// <param name="HallZ">Index of the other, larger than <paramref name="HallA"/>.</param>
/// <param name="Medium">Fibre grade.</param>
/// <param name="Cables">Cables that pass through.</param>
/// <param name="Fibres">Their fibres.</param>
/// <param name="FibresPerTrunk">Fibres of one trunk.</param>
/// <param name="Count">Trunks.</param>
/// <param name="Length">Length to order of each: the longest ordered length of a cable that passes through.</param>
public sealed record Trunk(int HallA, int HallZ, Medium Medium, long Cables, long Fibres, int FibresPerTrunk, int Count, Length Length);
