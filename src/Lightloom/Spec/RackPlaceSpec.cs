namespace Lightloom.Spec;

/// <summary>A rack that stands elsewhere than Lightloom would put it.</summary>
public sealed record RackPlaceSpec
{
    /// <summary>A device in the rack, by the name that Lightloom gives it; patterns of <c>names</c> do not count.</summary>
    [Key(
        "holds",
        "A device in the rack, by Lightloom's own name for it (be-leaf-001, train-017).",
        Required = true,
        Example = "be-leaf-001"
    )]
    public string Holds { get; init; } = "";

    /// <summary>Name of the hall; null for the one that the rack stands in.</summary>
    [Key("hall", "Name of the hall; the rack's own when left out.", Example = "hall-1")]
    public string? Hall { get; init; }

    /// <summary>Row, from 1.</summary>
    [Key("row", "Row, from 1.", Required = true, Minimum = 1, Maximum = 10_000, Example = "1")]
    public int Row { get; init; }

    /// <summary>Position, from 1.</summary>
    [Key("position", "Rack position, from 1.", Required = true, Minimum = 1, Maximum = 10_000, Example = "1")]
    public int Position { get; init; }
}
