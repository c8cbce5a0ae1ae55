namespace Lightloom.Yaml;

/// <summary>A user's text made fit for a one-line message: control characters shown as a dot, and no longer than a line bears.</summary>
public static class Excerpt
{
    private const int Longest = 48;

    /// <summary>The text, shortened to 48 characters and without control characters.</summary>
    public static string Of(string text)
    {
        ReadOnlySpan<char> head = text.AsSpan(0, Math.Min(text.Length, Longest));
        bool clean = true;
        foreach (char c in head)
        {
            clean &= !IsUnprintable(c);
        }

        if (clean && text.Length <= Longest)
        {
            return text;
        }

        Span<char> shown = stackalloc char[head.Length];
        for (int i = 0; i < head.Length; i++)
        {
            shown[i] = IsUnprintable(head[i]) ? '·' : head[i];
        }

        return text.Length > Longest ? string.Concat(shown, "…") : new string(shown);
    }

    // Surrogates are shown as dots too: cutting a pair in half would make the message unwritable as UTF-8.
    private static bool IsUnprintable(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\ufeff' or '\uffff' or '\ufffe';
}
