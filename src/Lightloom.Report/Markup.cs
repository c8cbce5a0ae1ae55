namespace Lightloom.Report;

/// <summary>Text made safe for HTML, SVG and other XML, in content and in quoted attributes.</summary>
internal static class Markup
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("<>&\"'");

    /// <summary>
    /// The text with everything escaped that markup gives a meaning to, and without what is not safe to show (<see cref="PlainText.Of"/>).
    /// </summary>
    public static string Escape(string text)
    {
        string plain = PlainText.Of(text);
        return !plain.AsSpan().ContainsAny(Special)
            ? plain
            : plain
                .Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
                .Replace("\"", "&quot;", StringComparison.Ordinal)
                .Replace("'", "&#39;", StringComparison.Ordinal);
    }
}
