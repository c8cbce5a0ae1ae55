using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>A list of values.</summary>
public sealed class YamlList : YamlNode
{
    internal YamlList(IReadOnlyList<YamlNode> items, SourceMark mark)
        : base(mark) => Items = items;

    /// <summary>The values in the file's order.</summary>
    public IReadOnlyList<YamlNode> Items { get; }

    /// <inheritdoc/>
    public override string Noun => "a list";
}
