namespace Lightloom.Verify.Reading;

/// <summary>
/// One row of cables.csv. Texts are numbers among the table's names; lengths in millimetres, losses in thousandths of a decibel.
/// </summary>
internal readonly record struct CableRow
{
    public required int Line { get; init; }
    public required int Cable { get; init; }
    public required int Fabric { get; init; }
    public required int Plane { get; init; }
    public required int Rail { get; init; }
    public required int Tier { get; init; }
    public required CableEnd A { get; init; }
    public required CableEnd Z { get; init; }

    /// <summary>Megabits a second.</summary>
    public required long Rate { get; init; }
    public required int Breakout { get; init; }
    public required int Product { get; init; }
    public required int Kind { get; init; }
    public required long Length { get; init; }
    public required long Ordered { get; init; }
    public required long Reach { get; init; }

    /// <summary>-1 where the field is empty, as for copper.</summary>
    public required long Loss { get; init; }
    public required int Route { get; init; }
    public required int Bundle { get; init; }
}
