using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>A value in a YAML file, with its place: a scalar, a list or a map.</summary>
/// <remarks>
/// Immutable once parsed. An alias is the very node that its anchor names, so a tree may share nodes; <see cref="Weight"/> counts them as
/// often as they are reached.
/// </remarks>
public abstract class YamlNode
{
    private protected YamlNode(SourceMark mark) => Mark = mark;

    /// <summary>Where the value starts.</summary>
    public SourceMark Mark { get; }

    /// <summary>Nodes from here down, aliases expanded, this one included.</summary>
    public int Weight { get; internal set; } = 1;

    /// <summary>Levels from here down, this one included.</summary>
    public int Height { get; internal set; } = 1;

    /// <summary>What a person would call it: <c>text</c>, <c>a list</c>, <c>a map</c>.</summary>
    public abstract string Noun { get; }
}
