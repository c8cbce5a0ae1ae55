namespace Lightloom.Channels;

/// <summary>A row of channels.csv: one piece on the way of one leg of a cable.</summary>
/// <param name="Leg">The leg in the cable, in the order of the cable's rows in cables.csv.</param>
/// <param name="Path">The parallel way of the leg between two sockets, from 0.</param>
/// <param name="Sequence">Place on the way, from 0 at the A end.</param>
/// <param name="Row">The piece with the plugs that the way passes.</param>
/// <param name="LossDb">What it loses, with the mating at its Z end when that is a panel's; null where loss means nothing.</param>
public readonly record struct ChannelStep(int Leg, int Path, int Sequence, Piece Row, double? LossDb)
{
    /// <summary>The piece's number.</summary>
    public long Piece => Row.Number;
}
