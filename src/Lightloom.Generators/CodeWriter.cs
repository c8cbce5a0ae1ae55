using System.Text;

namespace Lightloom.Generators;

/// <summary>Writes lines of C#, indented by the blocks that they stand in.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line; an empty one without blanks.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>Opens a block in braces; disposing of it closes it.</summary>
    /// <param name="end">What follows the closing brace.</param>
    public IDisposable Block(string end = "")
    {
        Line("{");
        _depth++;
        return new Closing(this, end);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private sealed class Closing(CodeWriter writer, string end) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}" + end);
        }
    }
}
