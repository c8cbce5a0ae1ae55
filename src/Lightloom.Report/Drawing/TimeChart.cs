using System.Globalization;
using System.Text;
using Lightloom.Simulation.Model;

namespace Lightloom.Report.Drawing;

/// <summary>Draws a run over time: how busy its links were, how full its queues, and the busiest links one by one.</summary>
internal static class TimeChart
{
    private const double Width = 1100;
    private const double Left = 64;
    private const double Right = 1080;
    private const double PanelHeight = 130;
    private const int MostCells = 128;

    /// <summary>Utilisation, flows done and queues; at least two samples.</summary>
    public static string Overview(IReadOnlyList<TraceSample> trace, int flows)
    {
        Svg svg = new();
        Axis x = new(0, trace[^1].Time.Microseconds, Left, Right);
        double y = 0;
        y = Panel(
            svg,
            x,
            y,
            trace,
            "share of the rate, and of the flows",
            1,
            "%",
            [
                ("links between switches that carry, mean", t => t.CarryingUtilisation),
                ("busiest link", t => t.MaximumUtilisation),
                ("flows done", t => (double)t.FlowsFinished / Math.Max(1, flows)),
            ]
        );
        (string unit, double bytes) = Unit(trace.Max(t => t.LargestQueue.Bytes));
        y = Panel(svg, x, y, trace, $"fullest queue ({unit})", null, "", [("", t => t.LargestQueue.Bytes / bytes)]);
        (unit, double all) = Unit(trace.Max(t => t.Queued.Bytes));
        y = Panel(svg, x, y, trace, $"all switch queues together ({unit})", null, "", [("", t => t.Queued.Bytes / all)]);
        Time(svg, x, y - 18);
        return svg.Finish(Width, y + 18, "Links and queues over time", standalone: false);
    }

    /// <summary>One strip a link, coloured by how busy it was, or by how long its queue was.</summary>
    public static string Strips(IReadOnlyList<TraceSample> trace, IReadOnlyList<LinkSeries> series, INetworkNames names, bool queues)
    {
        Svg svg = new();
        const double Label = 400,
            Row = 19;
        Axis x = new(0, trace[^1].Time.Microseconds, Label, Right);
        long most = queues ? Math.Max(1, series.Max(s => s.Queue.Max().Bytes)) : 1;
        HeatScale.Key(svg, Left - 40, 8, queues ? "length over the longest:" : "busy share:");
        double y = 32;
        foreach (LinkSeries one in series)
        {
            (string from, string to) = names.Ends(one.Link, one.Upwards);
            svg.Text(Label - 10, y + 13, TextWidth.Fit($"{from} → {to}", Label - 20, 11), "xs", "end");
            Strip(svg, x, y, Row - 3, trace, i => queues ? one.Queue[i].Bytes / (double)most : one.Utilisation[i]);
            y += Row;
        }

        Time(svg, x, y + 2);
        return svg.Finish(Width, y + 40, queues ? "The fullest queues over time" : "The busiest links over time", standalone: false);
    }

    // Equal neighbours are one rectangle, so a steady link costs little.
    private static void Strip(Svg svg, Axis x, double y, double height, IReadOnlyList<TraceSample> trace, Func<int, double> value)
    {
        int cells = Math.Min(MostCells, trace.Count);
        double before = 0;
        int css = -1;
        for (int c = 0; c <= cells; c++)
        {
            int next = -1;
            double at = c < cells ? x.At(StartOf(trace, c * trace.Count / cells)) : x.At(trace[^1].Time.Microseconds);
            if (c < cells)
            {
                double sum = 0;
                int from = c * trace.Count / cells,
                    to = (c + 1) * trace.Count / cells,
                    known = 0;
                for (int i = from; i < to; i++)
                {
                    double v = value(i);
                    sum += double.IsNaN(v) ? 0 : v;
                    known += double.IsNaN(v) ? 0 : 1;
                }

                next = known == 0 ? -1 : HeatScale.Class(sum / known);
            }

            if (c > 0 && (next != css || c == cells))
            {
                if (css >= 0)
                {
                    svg.Rect(before, y, at - before, height, "f" + css.ToString(CultureInfo.InvariantCulture));
                }

                before = at;
            }

            if (c == 0)
            {
                before = at;
            }

            css = next;
        }
    }

    private static (string Name, double Bytes) Unit(long most) => most >= 10 << 20 ? ("MiB", 1 << 20) : ("KiB", 1 << 10);

    private static double StartOf(IReadOnlyList<TraceSample> trace, int sample) => sample == 0 ? 0 : trace[sample - 1].Time.Microseconds;

    private static double Panel(
        Svg svg,
        Axis x,
        double top,
        IReadOnlyList<TraceSample> trace,
        string title,
        double? most,
        string unit,
        (string Name, Func<TraceSample, double> Of)[] lines
    )
    {
        double largest = most ?? Math.Max(1e-3, trace.Max(t => lines.Max(l => l.Of(t))));
        double head = top + 34,
            floor = head + PanelHeight;
        Axis y = new(0, largest * (most is null ? 1.05 : 1), floor, head);
        double key = Left;
        svg.Text(key, top + 18, title, "b");
        key += TextWidth.Of(title, 13) + 26;
        for (int i = 0; i < lines.Length && lines.Length > 1; i++)
        {
            svg.Line(key, top + 14, key + 18, top + 14, $"s{i}", 2.5);
            svg.Text(key + 24, top + 18, lines[i].Name, "s soft");
            key += TextWidth.Of(lines[i].Name, 12) + 46;
        }

        foreach (double tick in y.Ticks(4))
        {
            svg.Line(Left, y.At(tick), Right, y.At(tick), "cold");
            svg.Text(
                Left - 6,
                y.At(tick) + 4,
                unit == "%" ? string.Create(CultureInfo.InvariantCulture, $"{tick * 100:0} %") : Axis.Label(tick),
                "xs soft",
                "end"
            );
        }

        for (int i = lines.Length - 1; i >= 0; i--)
        {
            StringBuilder path = new();
            path.Append(CultureInfo.InvariantCulture, $"M{x.At(0):0.#} {y.At(0):0.#}");
            foreach (TraceSample sample in trace)
            {
                path.Append(CultureInfo.InvariantCulture, $"L{x.At(sample.Time.Microseconds):0.#} {y.At(lines[i].Of(sample)):0.#}");
            }

            svg.Path(path.ToString(), $"s{i}", 1.6);
        }

        return floor + 20;
    }

    private static void Time(Svg svg, Axis x, double y)
    {
        foreach (double tick in x.Ticks(10))
        {
            svg.Line(x.At(tick), y, x.At(tick), y + 4, "rule");
            svg.Text(x.At(tick), y + 17, Axis.Label(tick), "xs soft", "middle");
        }

        svg.Text(Right, y + 32, "simulated time, µs", "xs soft", "end");
    }
}
