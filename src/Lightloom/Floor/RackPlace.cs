namespace Lightloom.Floor;

/// <summary>A rack's place in plain numbers, for the routes' inner loop.</summary>
internal readonly struct RackPlace(Rack rack)
{
    /// <summary>Hall.</summary>
    public readonly int Hall = rack.Hall;

    /// <summary>Row, from 0.</summary>
    public readonly int Row = rack.Row - 1;

    /// <summary>The boundary between rack positions at its left edge; also the place of one vertical manager.</summary>
    public readonly int Left = rack.Position - 1;

    /// <summary>The boundary at its right edge; also the place of the other vertical manager.</summary>
    public readonly int Right = rack.Position - 1 + rack.Span;

    /// <summary>True when the row's ports face towards larger y, so that left and right are exchanged.</summary>
    public readonly bool Mirrored = !Floor.Hall.PortsFaceDown(rack.Row);

    /// <summary>The edge nearer to a boundary; the left one where both are equally near.</summary>
    public int Nearest(int boundary) => Math.Abs(Left - boundary) <= Math.Abs(Right - boundary) ? Left : Right;
}
