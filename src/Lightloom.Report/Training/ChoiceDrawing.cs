using System.Globalization;
using Lightloom.Report.Drawing;
using Lightloom.Training.Choosing;

namespace Lightloom.Report.Training;

/// <summary>Draws designs by what they take and what they do.</summary>
internal static class ChoiceDrawing
{
    private const double Width = 1100;
    private const double Height = 380;
    private const double Left = 80;

    /// <summary>Step time over cost or power, a point a different pair; the front filled, the winner ringed.</summary>
    public static string Scatter(WorkloadChoice choice, bool power)
    {
        ScoredDesign[] scored = [.. choice.Designs.Where(d => d.Score is not null)];
        double Taken(ScoredDesign d) => power ? d.Score!.Watts / 1000 : d.Score!.Usd / 1e6;
        double[] taken = [.. scored.Select(Taken)],
            steps = [.. scored.Select(d => d.Score!.Step.Step)];
        double roomX = Math.Max((taken.Max() - taken.Min()) * 0.05, taken.Max() * 0.005),
            roomY = Math.Max((steps.Max() - steps.Min()) * 0.1, steps.Max() * 0.0005);
        Axis x = new(taken.Min() - roomX, taken.Max() + roomX, Left, Width - 20),
            y = new(steps.Min() - roomY, steps.Max() + roomY, Height - 50, 20);
        Svg svg = new();
        foreach (double tick in x.Ticks(8))
        {
            svg.Line(x.At(tick), 20, x.At(tick), Height - 50, "rule", 0.5);
            svg.Text(x.At(tick), Height - 34, Axis.Label(tick), "xs soft", "middle");
        }

        foreach (double tick in y.Ticks(5))
        {
            svg.Line(Left, y.At(tick), Width - 20, y.At(tick), "rule", 0.5);
            svg.Text(Left - 8, y.At(tick) + 4, tick.ToString("0.####", CultureInfo.InvariantCulture), "xs soft", "end");
        }

        svg.Text(Width / 2, Height - 12, power ? "kW of the backend" : "million USD of the backend", "s", "middle");
        svg.Text(Left - 60, 14, "step, s", "s");
        // Thousands of makes fall on a few dozen points; the front is drawn last, on top.
        foreach (
            IGrouping<(double, double), ScoredDesign> at in scored
                .GroupBy(d => (Math.Round(x.At(Taken(d)), 1), Math.Round(y.At(d.Score!.Step.Step), 1)))
                .OrderBy(g => g.Any(d => d.OnFront))
        )
        {
            bool front = at.Any(d => d.OnFront);
            svg.Circle(at.Key.Item1, at.Key.Item2, front ? 5 : 3, front ? "p0" : "ghost");
            if (at.FirstOrDefault(d => d.OnFront) is { } one)
            {
                svg.Text(at.Key.Item1 + 8, at.Key.Item2 - 6, one.Number.ToString(CultureInfo.InvariantCulture), "xs soft");
            }
        }

        ScoredDesign winner = choice.Winner;
        svg.Circle(x.At(Taken(winner)), y.At(winner.Score!.Step.Step), 9, "s2", 2);
        return svg.Finish(Width, Height, power ? "Step time over power" : "Step time over cost", standalone: false);
    }
}
