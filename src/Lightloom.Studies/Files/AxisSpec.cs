using Lightloom.Diagnostics;
using Lightloom.Keys;

namespace Lightloom.Studies.Files;

/// <summary>One thing that a study varies, and over which values.</summary>
public sealed record AxisSpec
{
    /// <summary>A place of the cluster file, or an option with its dashes.</summary>
    [Key(
        "vary",
        "A place of the cluster file (backend.planes, pools[0].nodes) or an option of the command with its dashes (--size).",
        Required = true,
        Example = "backend.planes"
    )]
    public string Vary { get; init; } = "";

    /// <summary>The values, in order; or else a range.</summary>
    [Key("values", "The values: words, numbers, lists or sections. Or give from and to.", Example = "1, 2, 4")]
    public IReadOnlyList<StudyValue> Values { get; init; } = [];

    /// <summary>The lower end of a range.</summary>
    [Key("from", "The lower end of a range of numbers.", Example = "1")]
    public double? From { get; init; }

    /// <summary>The upper end of a range.</summary>
    [Key("to", "The upper end of the range.", Example = "4")]
    public double? To { get; init; }

    /// <summary>How many numbers a grid takes of the range, both ends among them.</summary>
    [Key("count", "How many numbers a grid takes of the range, both ends among them.", Minimum = 2, Maximum = 1_000_000, Example = "4")]
    public int? Count { get; init; }

    /// <summary>Equal differences or equal ratios.</summary>
    [Key("scale", "Spread of the numbers: equal differences (linear) or equal ratios (log).")]
    public AxisScale Scale { get; init; }

    /// <summary>Whether numbers are rounded to whole ones.</summary>
    [Key("whole", "True when the numbers of the range are rounded to whole ones.")]
    public bool Whole { get; init; }

    /// <summary>What is written behind each number of the range.</summary>
    [Key("unit", "Written behind each number of the range: KiB, MiB.", Example = "KiB")]
    public string Unit { get; init; } = "";

    /// <summary>Where the axis starts in the file.</summary>
    public SourceMark Mark { get; init; }
}
