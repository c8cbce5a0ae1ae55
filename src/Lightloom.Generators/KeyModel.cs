namespace Lightloom.Generators;

/// <summary>A property with a key.</summary>
/// <param name="Property">Its name in C#.</param>
/// <param name="Type">Its declared type, fully qualified.</param>
/// <param name="Key">Its key in files.</param>
/// <param name="Arguments">The initializers of its <c>KeyedProperty</c>, as C#: description, bounds, example.</param>
/// <param name="Shape">The expression that makes its <c>ValueShape</c>.</param>
/// <param name="Beside">The property with <c>[KeysBeside]</c> whose value has it, or null when the section itself has it.</param>
/// <param name="IsRequired">True when C# demands that it be set.</param>
internal sealed record KeyModel(
    string Property,
    string Type,
    string Key,
    EquatableArray<string> Arguments,
    string Shape,
    BesideModel? Beside,
    bool IsRequired
);
