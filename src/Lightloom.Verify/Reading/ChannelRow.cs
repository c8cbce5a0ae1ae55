namespace Lightloom.Verify.Reading;

/// <summary>
/// One row of channels.csv: a piece on the way of a leg of a cable. Loss in hundred-thousandths of a decibel, -1 for none.
/// </summary>
internal readonly record struct ChannelRow(int Line, int Cable, int Leg, int Path, int Sequence, int Piece, int Loss);
