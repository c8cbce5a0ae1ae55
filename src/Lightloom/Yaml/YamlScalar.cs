using Lightloom.Diagnostics;

namespace Lightloom.Yaml;

/// <summary>A single value: a word, a number or a text. Its type is decided by who reads it, never guessed from its looks.</summary>
public sealed class YamlScalar : YamlNode
{
    internal YamlScalar(string text, bool quoted, SourceMark mark)
        : base(mark)
    {
        Text = text;
        IsQuoted = quoted;
    }

    /// <summary>The text, quotes and escapes resolved.</summary>
    public string Text { get; }

    /// <summary>True when it was written in quotes or as a block, and so can only be text.</summary>
    public bool IsQuoted { get; }

    /// <summary>True for an empty value, <c>~</c> or <c>null</c>: the key is there, its value is not.</summary>
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <inheritdoc/>
    public override string Noun => IsNull ? "nothing" : $"'{Excerpt.Of(Text)}'";
}
