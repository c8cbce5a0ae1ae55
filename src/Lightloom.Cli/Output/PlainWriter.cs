using System.Text;
using Lightloom.Report;

namespace Lightloom.Cli.Output;

/// <summary>A writer to a terminal that lets no control character of a name through; tabs and line ends pass.</summary>
internal sealed class PlainWriter(TextWriter inner) : TextWriter
{
    /// <summary>The writer without this rule, for what the command line itself does to the terminal.</summary>
    public TextWriter Inner => inner;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => inner.Write(PlainText.Of(value.ToString()));

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(value is null ? null : PlainText.Of(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : PlainText.Of(value));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
