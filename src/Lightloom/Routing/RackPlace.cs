using Lightloom.Floor;

namespace Lightloom.Routing;

/// <summary>A rack's place in plain numbers, for the routes' inner loop.</summary>
/// <param name="hall">Hall.</param>
/// <param name="row">Row, from 0.</param>
/// <param name="position">First position, from 0.</param>
/// <param name="span">Positions covered.</param>
internal readonly struct RackPlace(int hall, int row, int position, int span)
{
    public RackPlace(Rack rack)
        : this(rack.Hall, rack.Row - 1, rack.Position - 1, rack.Span) { }

    /// <summary>Hall.</summary>
    public readonly int Hall = hall;

    /// <summary>Row, from 0.</summary>
    public readonly int Row = row;

    /// <summary>The boundary between rack positions at its left edge; also the place of one vertical manager.</summary>
    public readonly int Left = position;

    /// <summary>The boundary at its right edge; also the place of the other vertical manager.</summary>
    public readonly int Right = position + span;

    /// <summary>True when the row's ports face towards larger y, so that left and right are exchanged.</summary>
    public readonly bool Mirrored = !Lightloom.Floor.Hall.PortsFaceDown(row + 1);

    /// <summary>The edge nearer to a boundary; the left one where both are equally near.</summary>
    public int Nearest(int boundary) => Math.Abs(Left - boundary) <= Math.Abs(Right - boundary) ? Left : Right;
}
