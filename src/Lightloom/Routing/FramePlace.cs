namespace Lightloom.Routing;

/// <summary>Where patch panels stand: in a frame at an exit of a hall or at a crossing of a row, or in a rack.</summary>
/// <param name="Hall">Index of the hall.</param>
/// <param name="Row">0 for a frame at the hall's exit; else the row, from 1.</param>
/// <param name="At">The exit, 0 for the wall at the smaller y, or the crossing; the rack's position for panels in a rack.</param>
/// <param name="Rack">The rack in <see cref="Floor.Placement.Racks"/>, or -1 for a frame of its own.</param>
public readonly record struct FramePlace(int Hall, int Row, int At, int Rack = -1) : IComparable<FramePlace>
{
    /// <summary>Order over the floor: hall, row, place in it; frames before racks.</summary>
    public int CompareTo(FramePlace other) => (Hall, Row, Rack, At).CompareTo((other.Hall, other.Row, other.Rack, other.At));
}
