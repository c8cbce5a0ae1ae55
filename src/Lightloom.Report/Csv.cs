using System.Buffers;
using System.Text;

namespace Lightloom.Report;

/// <summary>
/// Fields of a comma-separated file after RFC 4180: quoted when they hold a comma, a quote or a line break, quotes doubled. A text that a
/// spreadsheet would take for a formula gets an apostrophe in front.
/// </summary>
internal static class Csv
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    // What Excel and LibreOffice begin a formula with, in both widths, and the white space that they skip before it.
    private static readonly SearchValues<char> BeginsFormula = SearchValues.Create("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20");

    /// <summary>True when the text must be quoted.</summary>
    public static bool NeedsQuotes(string text) => text.AsSpan().ContainsAny(Special);

    /// <summary>
    /// The text as no formula and without control characters, not yet quoted; for a field put together from several parts.
    /// </summary>
    public static string Neutral(string text)
    {
        string plain = PlainText.Of(text);
        return plain.Length > 0 && BeginsFormula.Contains(plain[0]) ? "'" + plain : plain;
    }

    /// <summary>The text as one field.</summary>
    public static string Field(string? text)
    {
        if (text is null)
        {
            return "";
        }

        string neutral = Neutral(text);
        return NeedsQuotes(neutral) ? "\"" + neutral.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : neutral;
    }

    /// <summary>The text as one field in UTF-8.</summary>
    public static byte[] FieldBytes(string? text) => Encoding.UTF8.GetBytes(Field(text));
}
