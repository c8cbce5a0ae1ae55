using Lightloom.Diagnostics;

namespace Lightloom.Keys;

/// <summary>
/// A type as a file sees it: its keys, and the way from their values to a value of the type and back. Reader, schema, starter files and
/// docs are all made from these. The source generator makes one for each type whose properties carry <see cref="KeyAttribute"/>.
/// </summary>
/// <remarks>Immutable once made; safe for use from several threads.</remarks>
public abstract class KeyedType
{
    private readonly Dictionary<string, KeyedProperty> _byKey;

    /// <summary>Lists the keys of a type.</summary>
    private protected KeyedType(string name, Shorthand? shorthand, IReadOnlyList<KeyedProperty> properties)
    {
        Name = name;
        Shorthand = shorthand;
        Properties = properties;
        _byKey = new(properties.Count, StringComparer.Ordinal);
        foreach (KeyedProperty property in properties)
        {
            _byKey.Add(property.Name, property);
        }
    }

    /// <summary>The name of the type in C#.</summary>
    public string Name { get; }

    /// <summary>The properties that have keys; a type's own before those it inherits.</summary>
    public IReadOnlyList<KeyedProperty> Properties { get; }

    /// <summary>What a single value in place of the section means, or null when it means nothing.</summary>
    public Shorthand? Shorthand { get; }

    /// <summary>A value of the type of which every key has its default.</summary>
    public abstract object DefaultValue { get; }

    /// <summary>The property of a key, or null.</summary>
    public KeyedProperty? this[string key] => _byKey.GetValueOrDefault(key);

    /// <summary>The value of a key.</summary>
    /// <param name="section">A value of the type.</param>
    /// <param name="property">One of the <see cref="Properties"/>.</param>
    public abstract object? ValueOf(object section, KeyedProperty property);

    /// <summary>Makes a value of the type.</summary>
    /// <param name="values">The values read, in the order of the <see cref="Properties"/>; null leaves the default.</param>
    /// <param name="mark">Where the section starts in the file.</param>
    internal abstract object Make(object?[] values, SourceMark mark);

    /// <summary>The path of the first section below this one that has the key, as in <c>backend.planes</c>; null when none has.</summary>
    public string? PathTo(string key, string path = "", int depth = 4)
    {
        foreach (KeyedProperty property in Properties)
        {
            ValueShape shape = property.Shape.Element ?? property.Shape;
            if (shape.Kind != ValueKind.Section || depth == 0)
            {
                continue;
            }

            string below = path + property.Name + (property.Shape.Kind == ValueKind.List ? "[]" : "");
            if (shape.Section[key] is not null)
            {
                return $"{below}.{key}";
            }

            if (shape.Section.PathTo(key, below + ".", depth - 1) is { } deeper)
            {
                return deeper;
            }
        }

        return null;
    }
}
