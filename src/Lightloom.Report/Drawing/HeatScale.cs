using System.Globalization;

namespace Lightloom.Report.Drawing;

/// <summary>Six colours from cold to hot for a share of what is possible; the same as the floor's trays.</summary>
internal static class HeatScale
{
    private static readonly double[] Bounds = [0.2, 0.4, 0.6, 0.8, 0.9];

    /// <summary>How many colours there are.</summary>
    public static int Classes => Bounds.Length + 1;

    /// <summary>The colour of a share, 0 to 5.</summary>
    public static int Class(double share)
    {
        int c = 0;
        while (c < Bounds.Length && share >= Bounds[c])
        {
            c++;
        }

        return c;
    }

    /// <summary>Draws the key from a point to the right.</summary>
    public static void Key(Svg svg, double x, double y, string what)
    {
        svg.Text(x, y + 10, what, "s soft");
        x += TextWidth.Of(what, 12) + 14;
        for (int c = 0; c < Classes; c++)
        {
            string text =
                c == 0 ? "under 20 %"
                : c == Bounds.Length ? "90 % and more"
                : string.Create(CultureInfo.InvariantCulture, $"{Bounds[c - 1] * 100:0}-{Bounds[c] * 100:0} %");
            svg.Rect(x, y, 20, 11, "f" + c.ToString(CultureInfo.InvariantCulture), 2);
            svg.Text(x + 26, y + 10, text, "s soft");
            x += TextWidth.Of(text, 12) + 46;
        }
    }
}
