namespace Lightloom.Channels;

/// <summary>A row of channels.csv: one piece on the way of one leg of a cable.</summary>
/// <param name="Leg">The leg in the cable, in the order of the cable's rows in cables.csv.</param>
/// <param name="Path">The parallel way of the leg between two sockets, from 0.</param>
/// <param name="Sequence">Place on the way, from 0 at the A end.</param>
/// <param name="Piece">The piece's number.</param>
/// <param name="LossDb">What it loses, with the mating at its Z end when that is a panel's; null where loss means nothing.</param>
public readonly record struct ChannelStep(int Leg, int Path, int Sequence, long Piece, double? LossDb);
