namespace Lightloom.Generators;

/// <summary>A property whose value's keys stand beside those of its section.</summary>
/// <param name="Property">Its name in C#.</param>
/// <param name="Type">The type of its value, fully qualified.</param>
/// <param name="Unset">Members of that type that are required but have no key.</param>
internal sealed record BesideModel(string Property, string Type, EquatableArray<string> Unset);
