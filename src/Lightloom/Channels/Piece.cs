namespace Lightloom.Channels;

/// <summary>A row of pieces.csv: a piece between two of its plugs. A piece with several tails has a row for each pair that a leg joins.</summary>
/// <param name="Number">The piece's number from 0.</param>
/// <param name="Article">What it is, as a number in <see cref="ChannelPlan.Articles"/>; -1 for none.</param>
/// <param name="LengthMillimetres">Computed length of the piece.</param>
/// <param name="A">The plug towards the A end of its cables.</param>
/// <param name="Z">The plug towards the Z end.</param>
public readonly record struct Piece(long Number, int Article, int LengthMillimetres, PieceEnd A, PieceEnd Z);
