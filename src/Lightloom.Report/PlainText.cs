using System.Buffers;

namespace Lightloom.Report;

/// <summary>
/// Text of others (a name in a cluster file, a part's id) made safe to show: it can neither steer a terminal nor turn what stands beside it
/// around.
/// </summary>
/// <remarks>
/// Replaced by U+FFFD are the control characters C0 (tab and line ends excepted), DEL and C1, which begin escape sequences; the characters
/// that embed, override or isolate a direction of writing; the separators of lines and paragraphs; halves of surrogate pairs; and what no
/// XML document may hold. Every writer of text for people goes through here: tables, pages, pictures, workbooks, the terminal.
/// </remarks>
public static class PlainText
{
    private const char Replacement = '\ufffd';
    private static readonly SearchValues<char> Suspects = SearchValues.Create(AllSuspects());

    /// <summary>The text without what is not safe to show; tabs and line ends stay.</summary>
    public static string Of(string text)
    {
        int first = text.AsSpan().IndexOfAny(Suspects);
        return first < 0 ? text : string.Create(text.Length, text, Clean);
    }

    /// <summary>The text on one line: as <see cref="Of"/>, with tabs and line ends replaced too.</summary>
    public static string Line(string text)
    {
        string plain = Of(text);
        return plain.AsSpan().IndexOfAny('\t', '\n', '\r') < 0
            ? plain
            : plain.Replace('\t', Replacement).Replace('\n', Replacement).Replace('\r', Replacement);
    }

    private static void Clean(Span<char> result, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result[i] = c;
                result[i + 1] = text[++i];
                continue;
            }

            result[i] = Suspects.Contains(c) ? Replacement : c;
        }
    }

    private static string AllSuspects() => string.Concat(Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(IsSuspect));

    private static bool IsSuspect(char c) =>
        c is < ' ' and not ('\t' or '\n' or '\r')
        || c is >= '\u007f' and <= '\u009f'
        || c is '\u2028' or '\u2029'
        || c is >= '\u202a' and <= '\u202e'
        || c is >= '\u2066' and <= '\u2069'
        || c is '\ufffe' or '\uffff'
        || char.IsSurrogate(c);
}
