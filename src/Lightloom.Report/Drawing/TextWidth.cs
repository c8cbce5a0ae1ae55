namespace Lightloom.Report.Drawing;

/// <summary>How wide a text is in a Helvetica-like face, so that boxes fit it and nothing is cut.</summary>
internal static class TextWidth
{
    // Advance widths in thousandths of an em from the blank on: of Helvetica and of DejaVu Sans, which stands in for it on machines
    // without, the wider of each, so that a text that fits here fits in any face of the style sheet.
    private static readonly short[] Ascii =
    [
        .. (short[])[318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337],
        .. (short[])[636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556],
        .. (short[])[1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 500, 667, 557, 863, 748, 787],
        .. (short[])[667, 787, 722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838, 556],
        .. (short[])[500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612],
        .. (short[])[635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838],
    ];

    /// <summary>Width in pixels at a font size; on the safe side.</summary>
    public static double Of(string text, double size)
    {
        int thousandths = 0;
        foreach (char c in text)
        {
            thousandths +=
                c is >= ' ' and <= '~' ? Ascii[c - ' ']
                : c == '·' ? 333
                : c is '×' ? 838
                : c > 0x1fff ? 1050
                : 770;
        }

        return thousandths * size / 1000;
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
