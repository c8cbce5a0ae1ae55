using System.Globalization;
using Lightloom.Experiments.Compare;
using Lightloom.Report.Drawing;

namespace Lightloom.Report.Compare;

/// <summary>Draws a comparison: bars a scenario, one colour a column.</summary>
internal static class ComparisonDrawing
{
    private const double Width = 1100,
        Left = 220,
        Right = 90,
        Top = 62,
        Bar = 15,
        Gap = 13;

    /// <summary>How much of the cards' rate each scenario used, with the 90 % that the claim is about.</summary>
    public static string Utilisation(Comparison comparison, bool standalone)
    {
        Svg svg = new();
        double height = Frame(
            svg,
            comparison,
            "payload over what the busiest card could carry in the time (longer is better)",
            out double[] tops
        );
        double unit = Width - Left - Right;
        foreach (double share in new[] { 0, 0.25, 0.5, 0.75, 1 })
        {
            svg.Line(Left + unit * share, Top - 8, Left + unit * share, height - 26, "rule");
            svg.Text(
                Left + unit * share,
                height - 10,
                (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
                "xs soft",
                "middle"
            );
        }

        svg.Path(string.Create(CultureInfo.InvariantCulture, $"M{Left + unit * 0.9:0.#} {Top - 8:0.#}V{height - 26:0.#}"), "route", 1.5);
        svg.Text(Left + unit * 0.9, height - 10, "90 %", "xs accent", "middle");
        Bars(
            svg,
            comparison,
            tops,
            (_, _, o) => (o.Utilisation * unit, (o.Utilisation * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %"),
            // A bar that ends just before the line has its label behind it.
            o => (o.Utilisation is > 0.84 and < 0.9 ? 0.9 : o.Utilisation) * unit + 6,
            o => (o.Utilisation * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %"
        );
        return svg.Finish(Width, height, "Utilisation by scenario and design", standalone);
    }

    /// <summary>Each scenario's time over the best possible.</summary>
    public static string Completion(Comparison comparison, bool standalone)
    {
        Svg svg = new();
        double height = Frame(
            svg,
            comparison,
            "flow completion in us, logarithmic: bar to the median, line to the 99th percentile, mark at the slowest",
            out double[] tops
        );
        List<Outcome> all = [.. comparison.Outcomes.SelectMany(o => o).Where(o => o.Reason.Length == 0 && o.FctUs.P50 > 0)];
        double least = all.Count == 0 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(all.Min(o => o.FctUs.P50))));
        double most = all.Count == 0 ? 10 : Math.Pow(10, Math.Ceiling(Math.Log10(all.Max(o => o.FctUs.Max))));
        double decades = Math.Max(1, Math.Log10(most / least)),
            unit = (Width - Left - Right) / decades;
        double X(double us) => Math.Max(0, Math.Log10(Math.Max(us, least) / least) * unit);
        for (double at = least; at <= most * 1.001; at *= 10)
        {
            svg.Line(Left + X(at), Top - 8, Left + X(at), height - 26, "rule");
            svg.Text(Left + X(at), height - 10, at.ToString("#,0.###", CultureInfo.InvariantCulture) + " us", "xs soft", "middle");
        }

        Bars(
            svg,
            comparison,
            tops,
            (y, c, o) =>
            {
                double p99 = X(o.FctUs.P99),
                    max = X(o.FctUs.Max),
                    middle = y + (Bar - 2) / 2;
                svg.Line(Left + X(o.FctUs.P50), middle, Left + p99, middle, "mesh", 2.5);
                svg.Circle(Left + max, middle, 3.5, "p" + Colour(c));
                return (X(o.FctUs.P50), "");
            },
            (o) => Math.Max(X(o.FctUs.Max), X(o.FctUs.P99)) + 8,
            o => o.FctUs.Max.ToString("#,0.#", CultureInfo.InvariantCulture)
        );
        return svg.Finish(Width, height, "Flow completion by scenario and design", standalone);
    }

    /// <summary>The fullest queue of each scenario.</summary>
    public static string Buffers(Comparison comparison, bool standalone)
    {
        Svg svg = new();
        double height = Frame(svg, comparison, "fullest switch queue, KiB (shorter is better)", out double[] tops);
        double most = Math.Max(1, comparison.Outcomes.SelectMany(o => o).Select(o => o.BufferPeakBytes).DefaultIfEmpty(1).Max());
        double unit = (Width - Left - Right) / most;
        svg.Line(Left, Top - 8, Left, height - 26, "rule");
        Bars(
            svg,
            comparison,
            tops,
            (_, _, o) => (o.BufferPeakBytes * unit, (o.BufferPeakBytes / 1024.0).ToString("#,0", CultureInfo.InvariantCulture) + Loss(o))
        );
        return svg.Finish(Width, height, "Buffer peaks by scenario and design", standalone);
    }

    private static string Loss(Outcome o) =>
        (o.Lost > 0 ? $", {Words.Count(o.Lost)} lost" : "") + (o.Trimmed > 0 ? $", {Words.Count(o.Trimmed)} trimmed" : "");

    private static double Frame(Svg svg, Comparison comparison, string heading, out double[] tops)
    {
        svg.Text(16, 20, heading, "s soft");
        double x = 16;
        for (int c = 0; c < comparison.Columns.Count; c++)
        {
            string label = comparison.Columns[c].Label;
            svg.Rect(x, 32, 11, 11, "p" + Colour(c), 2);
            svg.Text(x + 16, 42, label, "s");
            x += TextWidth.Of(label, 12) + 40;
        }

        tops = new double[comparison.Scenarios.Count];
        double y = Top;
        for (int s = 0; s < comparison.Scenarios.Count; s++)
        {
            tops[s] = y;
            double block = comparison.Columns.Count * Bar;
            svg.Text(Left - 10, y + block / 2 + 3, comparison.Scenarios[s].Title, "s", "end");
            y += block + Gap;
        }

        return y + 20;
    }

    private static void Bars(
        Svg svg,
        Comparison comparison,
        double[] tops,
        Func<double, int, Outcome, (double Length, string Label)> measure,
        Func<Outcome, double>? labelAt = null,
        Func<Outcome, string>? label = null
    )
    {
        for (int s = 0; s < comparison.Scenarios.Count; s++)
        {
            for (int c = 0; c < comparison.Columns.Count; c++)
            {
                Outcome o = comparison.Outcomes[c][s];
                double y = tops[s] + c * Bar;
                if (o.Reason.Length > 0)
                {
                    svg.Text(Left + 6, y + Bar - 4, o.Reason, "xs soft");
                    continue;
                }

                (double length, string text) = measure(y, c, o);
                string name = $"{comparison.Scenarios[s].Title}, {comparison.Columns[c].Label}";
                svg.Rect(Left, y, Math.Max(1, length), Bar - 2, "p" + Colour(c), 2, name);
                string unfinished = o.Unfinished > 0 ? $" ({Words.Count(o.Unfinished)} unfinished)" : "";
                svg.Text(
                    Left + (labelAt?.Invoke(o) ?? Math.Max(1, length) + 6),
                    y + Bar - 4,
                    (label?.Invoke(o) ?? text) + unfinished,
                    "xs"
                );
            }
        }
    }

    private static string Colour(int column) => (column % 8).ToString(CultureInfo.InvariantCulture);
}
