using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>A map of keys to values; keys are unique, because the parser reports the second of two.</summary>
public sealed class YamlMap : YamlNode
{
    private readonly Dictionary<string, YamlEntry> _byKey;

    internal YamlMap(IReadOnlyList<YamlEntry> entries, Dictionary<string, YamlEntry> byKey, SourceMark mark)
        : base(mark)
    {
        Entries = entries;
        _byKey = byKey;
    }

    /// <summary>The entries in the file's order.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; }

    /// <summary>The entry of a key, or null.</summary>
    public YamlEntry? this[string key] => _byKey.GetValueOrDefault(key);

    /// <inheritdoc/>
    public override string Noun => "a map";
}
