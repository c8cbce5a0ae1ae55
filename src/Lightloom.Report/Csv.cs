using System.Text;

namespace Lightloom.Report;

/// <summary>
/// Fields of a comma-separated file after RFC 4180: quoted when they hold a comma, a quote or a line break, quotes doubled.
/// </summary>
internal static class Csv
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>True when the text must be quoted.</summary>
    public static bool NeedsQuotes(string text) => text.AsSpan().ContainsAny(Special);

    /// <summary>The text as one field.</summary>
    public static string Field(string? text) =>
        text is null ? ""
        : NeedsQuotes(text) ? "\"" + text.Replace("\"", "\"\"") + "\""
        : text;

    /// <summary>The text as one field in UTF-8.</summary>
    public static byte[] FieldBytes(string? text) => Encoding.UTF8.GetBytes(Field(text));
}
