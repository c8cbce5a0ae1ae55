namespace Lightloom.Spec;

/// <summary>A rack whose place and use the file decides.</summary>
public sealed record FixedRackSpec
{
    /// <summary>Row, from 1.</summary>
    [Key("row", "Row, from 1.", Required = true, Minimum = 1, Maximum = 10_000, Example = "1")]
    public int Row { get; init; }

    /// <summary>Position, from 1.</summary>
    [Key("position", "Rack position, from 1.", Required = true, Minimum = 1, Maximum = 10_000, Example = "1")]
    public int Position { get; init; }

    /// <summary>
    /// What stands there: <c>leaf</c>, <c>spine</c>, <c>network</c>, <c>nodes</c>, <c>services</c>, or <c>other</c> for equipment that is
    /// not part of the design.
    /// </summary>
    [Key("use", "What stands there.", OneOf = "leaf|spine|network|nodes|services|other", Required = true, Example = "other")]
    public string Use { get; init; } = "other";
}
