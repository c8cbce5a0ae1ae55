namespace Lightloom.Keys;

/// <summary>
/// Ties a property to its key in a file. The source generator makes one description of all keys, and the reader, the JSON Schema, the
/// commented starter files and the docs are made from that.
/// </summary>
/// <param name="name">The key. Its ending names the unit of a quantity: <c>_m</c>, <c>_mm</c>, <c>_gbps</c>, <c>_w</c>,
/// <c>_kw</c>, <c>_usd</c>, <c>_kg</c>, <c>_ns</c> and others (README of the generator).</param>
/// <param name="description">One sentence for a person who edits the file.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyAttribute(string name, string description) : Attribute
{
    /// <summary>The key in the file.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence for a person who edits the file.</summary>
    public string Description { get; } = description;

    /// <summary>True when the file must have it.</summary>
    public bool Required { get; init; }

    /// <summary>The smallest value allowed, in the key's unit.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value allowed, in the key's unit.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>True when the number must be greater than <see cref="Minimum"/>, not equal to it.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>The words allowed, separated by <c>|</c>, for a text that is not an enum.</summary>
    public string? OneOf { get; init; }

    /// <summary>A value to show in starter files and remedies, as YAML; needed where the default is to leave the key out.</summary>
    public string? Example { get; init; }

    /// <summary>True when a single value may stand for a list of one.</summary>
    public bool OneOrMany { get; init; }

    /// <summary>What is written behind the value where it is shown: <c>U</c>, <c>an end</c>; null for nothing.</summary>
    public string? After { get; init; }
}
