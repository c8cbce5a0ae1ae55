using System.Collections.Concurrent;
using System.Reflection;
using Lightloom.Diagnostics;

namespace Lightloom.Spec;

/// <summary>
/// A type of the specification as the file sees it: its keys, each with the property behind it. Reader, schema, starter files and docs are
/// all made from these.
/// </summary>
/// <remarks>Built on first use and kept, so a file pays only for the sections that it has. Safe for use from several threads.</remarks>
internal sealed class KeyedType
{
    private static readonly ConcurrentDictionary<Type, KeyedType> Known = new();

    private readonly Dictionary<string, KeyedProperty> _byKey;

    private KeyedType(Type type)
    {
        Type = type;
        var properties = new List<KeyedProperty>();
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<KeyAttribute>() is { } key)
            {
                properties.Add(new(key, property));
            }
            else if (property.PropertyType == typeof(SourceMark) && property.CanWrite)
            {
                Mark = property;
            }
        }

        Properties = properties;
        _byKey = properties.ToDictionary(p => p.Key.Name, StringComparer.Ordinal);
        Shorthand = type.GetCustomAttribute<ShorthandAttribute>();
    }

    /// <summary>The .NET type.</summary>
    public Type Type { get; }

    /// <summary>The properties that have keys; a type's own before those it inherits.</summary>
    public IReadOnlyList<KeyedProperty> Properties { get; }

    /// <summary>The property that takes the section's place in the file, or null.</summary>
    public PropertyInfo? Mark { get; }

    /// <summary>What a single value in place of the section means, or null when it means nothing.</summary>
    public ShorthandAttribute? Shorthand { get; }

    /// <summary>The property of a key, or null.</summary>
    public KeyedProperty? this[string key] => _byKey.GetValueOrDefault(key);

    /// <summary>The keys of a type.</summary>
    public static KeyedType Of(Type type) => Known.GetOrAdd(type, static t => new KeyedType(t));

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

            string below = path + property.Key.Name + (property.Shape.Kind == ValueKind.List ? "[]" : "");
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
