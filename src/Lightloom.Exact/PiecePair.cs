namespace Lightloom.Exact;

/// <summary>What two pieces cost together, by the places of both.</summary>
/// <param name="A">Index of one piece.</param>
/// <param name="Z">Index of the other.</param>
/// <param name="Costs">One row for every place of A, and in it one figure for every place of Z.</param>
public sealed record PiecePair(int A, int Z, IReadOnlyList<long> Costs);
