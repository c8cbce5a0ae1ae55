namespace Lightloom.Keys;

/// <summary>A key of a file: what it is called, what it means, and what its value may be. Made by the source generator.</summary>
/// <param name="index">Its place among the keys of its type.</param>
/// <param name="name">The key.</param>
/// <param name="shape">What the value must look like.</param>
public sealed class KeyedProperty(int index, string name, ValueShape shape)
{
    /// <summary>Its place among the keys of its type.</summary>
    public int Index { get; } = index;

    /// <summary>The key.</summary>
    public string Name { get; } = name;

    /// <summary>What the value must look like.</summary>
    public ValueShape Shape { get; } = shape;

    /// <summary>One sentence for a person who edits the file.</summary>
    public string Description { get; init; } = "";

    /// <summary>True when the file must have it.</summary>
    public bool Required { get; init; }

    /// <summary>The smallest value allowed, in the key's unit.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value allowed, in the key's unit.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>True when the number must be greater than <see cref="Minimum"/>, not equal to it.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>The only texts allowed, for a text that is not an enum; empty when any is.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>A value to show in starter files and remedies, as YAML; null when the default serves.</summary>
    public string? Example { get; init; }

    /// <summary>True when a single value may stand for a list of one.</summary>
    public bool OneOrMany { get; init; }

    /// <summary>What is written behind the value where it is shown: <c>U</c>, <c>an end</c>; null for nothing.</summary>
    public string? After { get; init; }

    /// <summary>The words allowed for a text or an enum; empty when any text is.</summary>
    public IReadOnlyList<string> Words => OneOf.Count > 0 ? OneOf : (Shape.Element ?? Shape).Words;
}
