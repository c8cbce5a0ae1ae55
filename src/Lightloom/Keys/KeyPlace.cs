using Lightloom.Yaml;

namespace Lightloom.Keys;

/// <summary>Where a value of a file stands, for a type that wraps the value.</summary>
/// <param name="Path">Its path: <c>backend.rate_gbps</c>, <c>cages[0].count</c>.</param>
/// <param name="Node">The value as written.</param>
/// <param name="Context">What the reader was given to ask, or null.</param>
public readonly record struct KeyPlace(string Path, YamlNode Node, KeyContext? Context);
