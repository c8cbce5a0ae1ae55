namespace Lightloom.Spec;

/// <summary>Rack positions that must stay empty: a column, a cooling unit, a door.</summary>
public sealed record KeepOutSpec
{
    /// <summary>Row, from 1.</summary>
    [Key("row", "Row, from 1.", Required = true, Minimum = 1, Maximum = 10_000, Example = "1")]
    public int Row { get; init; }

    /// <summary>First position, from 1.</summary>
    [Key("from", "First rack position, from 1.", Required = true, Minimum = 1, Maximum = 10_000, Example = "1")]
    public int From { get; init; }

    /// <summary>Last position; the first when null.</summary>
    [Key("to", "Last rack position; the same as from when absent.", Minimum = 1, Maximum = 10_000, Example = "2")]
    public int? To { get; init; }

    /// <summary>Why, or null.</summary>
    [Key("reason", "Why.", Example = "column")]
    public string? Reason { get; init; }
}
