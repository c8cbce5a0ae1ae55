using System.Reflection;

namespace Lightloom.Spec;

/// <summary>A property of the specification together with its key in the file and the shape of its value.</summary>
/// <param name="Key">Name, description and bounds.</param>
/// <param name="Property">Where the value goes.</param>
internal sealed record KeyedProperty(KeyAttribute Key, PropertyInfo Property)
{
    private ValueShape? _shape;

    /// <summary>What the value must look like.</summary>
    public ValueShape Shape => _shape ??= ValueShape.Of(Property.PropertyType, Key.Name);

    /// <summary>The words allowed for a text or an enum; empty when any text is.</summary>
    public IReadOnlyList<string> Words => Key.OneOf is { } words ? words.Split('|') : Shape.Words;
}
