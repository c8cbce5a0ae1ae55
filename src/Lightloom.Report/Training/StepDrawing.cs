using System.Globalization;
using Lightloom.Report.Drawing;
using Lightloom.Training.Timing;

namespace Lightloom.Report.Training;

/// <summary>Draws a training step: what it consists of, and what the stages of its pipeline do when.</summary>
internal static class StepDrawing
{
    private const double Width = 1100;
    private const double Left = 90;
    private const double Right = 1080;
    private const double Row = 22;
    private const int MostStages = 16;

    /// <summary>One bar of the step's parts, and below it what is hidden, kind by kind.</summary>
    public static string Breakdown(StepTime step)
    {
        Svg svg = new();
        Axis x = new(0, step.Step, Left, Right);
        (string Name, double Seconds, string Css)[] parts =
        [
            ("compute", step.Compute, "p0"),
            .. step.Communication.Select(c => (TrainingReport.Word(c.Kind) + " exposed", c.Exposed, "p" + (1 + (int)c.Kind))),
            ("bubble", step.Bubble, "keep"),
            ("optimizer", step.Optimizer, "p6"),
            ("overhead", step.Overhead, "p7"),
        ];
        double at = 0,
            key = Left;
        svg.Text(0, 30, "step", "b");
        foreach ((string name, double seconds, string css) in parts.Where(p => p.Seconds > step.Step * 1e-4))
        {
            svg.Rect(
                x.At(at),
                14,
                x.At(at + seconds) - x.At(at),
                Row + 4,
                css,
                0,
                Say($"{name}: {seconds:0.####} s, {100 * seconds / step.Step:0.0} %")
            );
            at += seconds;
            svg.Rect(key, 50, 11, 11, css, 2);
            string label = Say($"{name} {100 * seconds / step.Step:0.0} %");
            svg.Text(key + 16, 60, label, "s");
            key += 32 + TextWidth.Of(label, 12);
        }

        double y = 78;
        foreach (CommunicationShare c in step.Communication.Where(c => c.Total > 0))
        {
            svg.Text(0, y + 14, TrainingReport.Word(c.Kind) + (c.Backend ? " backend" : " scale-up"), "s");
            double exposed = x.At(c.Exposed) - Left,
                hidden = x.At(c.Total) - Left - exposed;
            svg.Rect(Left, y, exposed, 17, "p" + (1 + (int)c.Kind), 0, Say($"exposed {c.Exposed:0.####} s"));
            svg.Rect(Left + exposed, y, hidden, 17, "ghost", 0, Say($"overlapped {c.Overlapped:0.####} s"));
            svg.Text(
                Left + exposed + hidden + 6,
                y + 13,
                Say($"{c.Exposed:0.000} s exposed, {c.Overlapped:0.000} s overlapped"),
                "xs soft"
            );
            y += 23;
        }

        return svg.Finish(Width, y + 6, "What a step consists of", standalone: false);
    }

    /// <summary>Stages over time: forward, backward, and the gaps between.</summary>
    /// <param name="stages">Tasks by stage.</param>
    public static string Timeline(IReadOnlyList<IReadOnlyList<PipelineTask>> stages)
    {
        Svg svg = new();
        double end = stages.Max(s => s[^1].End);
        Axis x = new(0, end, Left, Right);
        int every = (stages.Count + MostStages - 1) / MostStages;
        double y = 8;
        for (int s = 0; s < stages.Count; s += every)
        {
            svg.Text(0, y + 15, Say($"stage {s}"), "s");
            svg.Rect(Left, y, Right - Left, Row - 3, "empty");
            foreach (PipelineTask t in stages[s])
            {
                double width = Math.Max(0.3, x.At(t.End) - x.At(t.Start) - 0.4);
                string chunk = t.Chunk > 0 || stages[s].Any(o => o.Chunk > 0) ? Say($", chunk {t.Chunk}") : "";
                svg.Rect(
                    x.At(t.Start),
                    y,
                    width,
                    Row - 3,
                    t.Forward ? "p0" : "p2",
                    0,
                    Say($"{(t.Forward ? "forward" : "backward")} {t.MicroBatch}{chunk}: {1000 * t.Start:0.#} to {1000 * t.End:0.#} ms")
                );
            }

            y += Row;
        }

        foreach (double tick in x.Ticks(8))
        {
            svg.Line(x.At(tick), 8, x.At(tick), y, "rule", 0.5);
            svg.Text(x.At(tick), y + 14, Say($"{1000 * tick:0.##} ms"), "xs soft", "middle");
        }

        return svg.Finish(Width, y + 22, "Stages of the pipeline over time", standalone: false);
    }

    /// <summary>MFU over the number of XPUs, replicas added with their share of the batch.</summary>
    /// <param name="points">On the designed network.</param>
    /// <param name="beyond">On the same network repeated; begins with the last of those; may be empty.</param>
    public static string Scaling(IReadOnlyList<(long Xpus, double Mfu)> points, IReadOnlyList<(long Xpus, double Mfu)> beyond)
    {
        Svg svg = new();
        (long Xpus, double Mfu)[] all = [.. points, .. beyond.Skip(1)];
        Axis x = new(all[0].Xpus, all[^1].Xpus, Left, Right - 40, logarithmic: true);
        Axis y = new(0, all.Max(p => p.Mfu) * 1.15, 230, 40);
        foreach (double tick in y.Ticks(4))
        {
            svg.Line(Left, y.At(tick), Right, y.At(tick), "rule", 0.5);
            svg.Text(Left - 8, y.At(tick) + 4, Say($"{100 * tick:0} %"), "xs soft", "end");
        }

        foreach ((long xpus, _) in all)
        {
            svg.Text(x.At(xpus), 248, Short(xpus), "xs soft", "middle");
        }

        Curve(points, "p0", "s0");
        Curve(beyond, "p1", "s1 dash");
        svg.Circle(Left + 5, 14, 4, "p0");
        svg.Text(Left + 15, 18, "the designed network", "s");
        if (beyond.Count > 0)
        {
            svg.Circle(Left + 175, 14, 4, "p1");
            svg.Text(Left + 185, 18, "the same network beside itself, joined above without oversubscription", "s");
        }

        return svg.Finish(Width, 262, "MFU over the number of XPUs", standalone: false);

        void Curve(IReadOnlyList<(long Xpus, double Mfu)> curve, string dot, string line)
        {
            string path = "";
            foreach ((long xpus, double mfu) in curve)
            {
                path += (path.Length == 0 ? "M" : "L") + Say($"{x.At(xpus):0.#} {y.At(mfu):0.#}");
                svg.Circle(x.At(xpus), y.At(mfu), 3.5, dot, 0);
            }

            if (path.Length > 0)
            {
                svg.Path(path, line, 2);
            }
        }
    }

    // As people say sizes of clusters: 1K, 64K, 1M.
    private static string Short(long xpus) =>
        xpus % (1 << 20) == 0 ? Say($"{xpus >> 20}M")
        : xpus % 1024 == 0 ? Say($"{xpus >> 10}K")
        : Say($"{xpus:#,0}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
