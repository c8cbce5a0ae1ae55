using System.Globalization;
using System.Text;

namespace Lightloom.Report.Drawing;

/// <summary>Draws the share of flows that were done after so long, and by how much they are slower than in an empty network.</summary>
internal static class DistributionChart
{
    private const double Width = 1100;
    private const double Height = 306;
    private const double Top = 62;
    private const double Bottom = 30;
    private const int MostPoints = 400;

    /// <summary>The picture.</summary>
    /// <param name="microseconds">Completion times, smallest first; at least one.</param>
    /// <param name="slowdowns">Slowdowns against the closed form, smallest first; may be empty.</param>
    public static string Render(double[] microseconds, double[] slowdowns)
    {
        Svg svg = new();
        bool both = slowdowns.Length > 0;
        Panel(svg, 56, both ? 548 : Width - 20, "flow completion time", "µs", microseconds, 0);
        if (both)
        {
            Panel(svg, 612, Width - 20, "slowdown against the closed form of an empty network", "×", slowdowns, 1);
        }

        return svg.Finish(Width, Height, "Flows by completion time", standalone: false);
    }

    private static void Panel(Svg svg, double left, double right, string title, string unit, double[] sorted, int colour)
    {
        double floor = Height - Bottom;
        bool logarithmic = sorted[0] > 0 && sorted[^1] > 20 * sorted[0];
        double from =
            logarithmic ? sorted[0]
            : sorted[^1] < 3 * sorted[0] ? sorted[0] - (sorted[^1] - sorted[0]) * 0.15
            : 0;
        Axis x = new(from, sorted[^1], left, right - 14, logarithmic),
            y = new(0, 1, floor, Top);
        svg.Text(left, 18, title + (logarithmic ? $" ({unit}, logarithmic)" : $" ({unit})"), "b");
        for (double share = 0; share <= 1.001; share += 0.25)
        {
            svg.Line(left, y.At(share), right, y.At(share), "cold");
            svg.Text(left - 6, y.At(share) + 4, string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %"), "xs soft", "end");
        }

        double beyond = double.MinValue;
        foreach (double tick in x.Ticks(6))
        {
            double at = x.At(tick);
            string label = Axis.Label(tick);
            double half = TextWidth.Of(label, 11) / 2;
            if (at - half > beyond)
            {
                svg.Line(at, floor, at, floor + 4, "rule");
                svg.Text(at, floor + 17, label, "xs soft", "middle");
                beyond = at + half + 6;
            }
        }

        svg.Path(Curve(sorted, x, y, left, right), $"s{colour}", 2);
        double key = left;
        (string Name, double Share, string Css)[] marks = [("p50", 0.5, "p2"), ("p99", 0.99, "p1"), ("max", 1, "p4")];
        for (int i = 0; i < marks.Length; i++)
        {
            (string name, double share, string css) = marks[i];
            double value = Rank(sorted, share);
            svg.Line(x.At(value), floor, x.At(value), y.At(share), $"s{(i == 0 ? 2 : i == 1 ? 1 : 3)} dash");
            svg.Circle(x.At(value), y.At(share), 4.5, css, 0);
            string text = $"{name} {Axis.Label(value)}{(unit == "µs" ? " µs" : "×")}";
            svg.Circle(key + 5, 38, 4.5, css, 0);
            svg.Text(key + 15, 42, text, "s");
            key += TextWidth.Of(text, 12) + 34;
        }
    }

    private static double Rank(double[] sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];

    private static string Curve(double[] sorted, Axis x, Axis y, double left, double right)
    {
        StringBuilder path = new();
        path.Append(CultureInfo.InvariantCulture, $"M{left:0.##} {y.At(0):0.##}");
        int points = Math.Min(MostPoints, sorted.Length);
        for (int k = 1; k <= points; k++)
        {
            int rank = (int)((long)k * sorted.Length / points);
            double share = (double)rank / sorted.Length;
            path.Append(CultureInfo.InvariantCulture, $"H{x.At(sorted[rank - 1]):0.##}V{y.At(share):0.##}");
        }

        return path.Append(CultureInfo.InvariantCulture, $"H{right:0.##}").ToString();
    }
}
