using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>One <c>key: value</c> of a map.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
/// <param name="Mark">Where the key starts.</param>
public sealed record YamlEntry(string Key, YamlNode Value, SourceMark Mark);
