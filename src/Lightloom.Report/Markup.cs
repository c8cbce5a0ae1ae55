using System.Text;

namespace Lightloom.Report;

/// <summary>Text made safe for HTML and SVG, in content and in quoted attributes.</summary>
internal static class Markup
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(
        "<>&\"'\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\v\f\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\ufffe\uffff"
    );

    /// <summary>
    /// The text with everything escaped that markup gives a meaning to; characters that XML forbids become the replacement character.
    /// </summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Special) && !HasLoneSurrogate(text))
        {
            return text;
        }

        StringBuilder result = new(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (pair)
            {
                result.Append(c).Append(text[++i]);
                continue;
            }

            result.Append(
                c switch
                {
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '&' => "&amp;",
                    '"' => "&quot;",
                    '\'' => "&#39;",
                    '\t' or '\n' or '\r' => c.ToString(),
                    < ' ' or '\ufffe' or '\uffff' => "\ufffd",
                    _ => char.IsSurrogate(c) ? "\ufffd" : c.ToString(),
                }
            );
        }

        return result.ToString();
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
