namespace Lightloom.Report.Drawing;

/// <summary>How wide a text is in a Helvetica-like face, so that boxes fit it and nothing is cut.</summary>
internal static class TextWidth
{
    private const string Narrow = "iljtfrI.,:;'|!()[]{}/\\ -·";
    private const string Wide = "mwMW@%—";

    /// <summary>Width in pixels at a font size; on the safe side.</summary>
    public static double Of(string text, double size)
    {
        double em = 0;
        foreach (char c in text)
        {
            em +=
                Narrow.Contains(c) ? 0.34
                : Wide.Contains(c) ? 0.9
                : char.IsUpper(c) ? 0.72
                : c > 0x2fff ? 1.05
                : 0.575;
        }

        return em * size;
    }

    /// <summary>The text, shortened with an ellipsis when it is wider than allowed.</summary>
    public static string Fit(string text, double width, double size)
    {
        if (Of(text, size) <= width)
        {
            return text;
        }

        int keep = text.Length;
        while (keep > 1 && Of(text.AsSpan(0, keep).ToString() + "…", size) > width)
        {
            keep--;
        }

        return text[..keep].TrimEnd() + "…";
    }

    /// <summary>The text in lines no wider than allowed, broken at blanks; a word that is too long is shortened.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double size, int mostLines)
    {
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Of(longer, size) > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        lines.Add(line);
        if (lines.Count > mostLines)
        {
            lines = [.. lines.Take(mostLines - 1), string.Join(' ', lines.Skip(mostLines - 1))];
        }

        return [.. lines.Select(l => Fit(l, width, size))];
    }
}
