namespace Lightloom.Routing;

/// <summary>Where a frame of patch panels stands: at an exit of a hall, or at a crossing of a row.</summary>
/// <param name="Hall">Index of the hall.</param>
/// <param name="Row">0 for a frame at the hall's exit; else the row, from 1.</param>
/// <param name="At">The exit, 0 for the wall at the smaller y, or the crossing.</param>
public readonly record struct FramePlace(int Hall, int Row, int At) : IComparable<FramePlace>
{
    /// <summary>Order over the floor: hall, row, place in it.</summary>
    public int CompareTo(FramePlace other) => (Hall, Row, At).CompareTo((other.Hall, other.Row, other.At));
}
