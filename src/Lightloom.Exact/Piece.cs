namespace Lightloom.Exact;

/// <summary>Something that takes one of several places.</summary>
/// <param name="Places">Places that it may take, by number, each once.</param>
/// <param name="Costs">What it costs by itself at each of them, whatever the others do.</param>
/// <param name="Start">Index into <paramref name="Places"/> of where it stands now.</param>
/// <param name="Weight">What it counts against a <see cref="PlaceLimit"/>, 0 or more.</param>
public sealed record Piece(IReadOnlyList<int> Places, IReadOnlyList<long> Costs, int Start, long Weight = 0);
