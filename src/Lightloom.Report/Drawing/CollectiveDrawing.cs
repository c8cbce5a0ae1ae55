using System.Globalization;
using Lightloom.Experiments;
using Lightloom.Units;

namespace Lightloom.Report.Drawing;

/// <summary>Draws bus bandwidth over the size of a collective, as nccl-tests' users know it.</summary>
internal static class CollectiveDrawing
{
    private const double Width = 1100;
    private const double Left = 72;
    private const double Right = 1060;
    private const double Top = 44;
    private const double Floor = 300;

    /// <summary>The picture.</summary>
    /// <param name="runs">The runs, the smallest size first; at least two.</param>
    public static string BusRates(IReadOnlyList<CollectiveRun> runs)
    {
        Svg svg = new();
        double host = Gigabytes(runs[0].HostRate);
        Axis x = new(runs[0].Size.Bytes, runs[^1].Size.Bytes, Left, Right, logarithmic: true),
            y = new(0, 1.1 * Math.Max(host, runs.Max(r => Gigabytes(r.BusRate))), Floor, Top);
        foreach (double tick in y.Ticks(5))
        {
            svg.Line(Left, y.At(tick), Right, y.At(tick), "rule", 0.5);
            svg.Text(Left - 8, y.At(tick) + 4, Say($"{tick:0.##}"), "xs soft", "end");
        }

        svg.Text(0, Top - 8, "GB/s", "xs soft");
        int every = (runs.Count + 15) / 16;
        for (int i = 0; i < runs.Count; i += every)
        {
            svg.Text(x.At(runs[i].Size.Bytes), Floor + 17, runs[i].Size.ToString(), "xs soft", "middle");
        }

        svg.Line(Left, y.At(host), Right, y.At(host), "rule dash", 1.5);
        svg.Text(Right, y.At(host) - 5, "a rank's cards", "xs soft", "end");
        Curve(svg, x, y, runs, r => Gigabytes(r.BusRate), 0);
        bool real = runs.All(r => r.Timing.Calibrated is not null && r.Terms is not null);
        if (real)
        {
            Curve(svg, x, y, runs, r => Gigabytes(r.BusRateIn(r.Timing.Calibrated!.Value)), 1);
        }

        svg.Circle(Left + 5, 14, 4.5, "p0", 0);
        svg.Text(Left + 15, 18, real ? "ideal" : "bus bandwidth", "s");
        if (real)
        {
            svg.Circle(Left + 75, 14, 4.5, "p1", 0);
            svg.Text(Left + 85, 18, $"as {runs[0].Terms!.Transport}, {runs[0].Terms!.LoadBalancing}", "s");
        }

        return svg.Finish(Width, Floor + 30, "Bus bandwidth over the size", standalone: false);
    }

    private static void Curve(Svg svg, Axis x, Axis y, IReadOnlyList<CollectiveRun> runs, Func<CollectiveRun, double> value, int colour)
    {
        string path = "";
        foreach (CollectiveRun run in runs)
        {
            path += (path.Length == 0 ? "M" : "L") + Say($"{x.At(run.Size.Bytes):0.#} {y.At(value(run)):0.#}");
            svg.Circle(x.At(run.Size.Bytes), y.At(value(run)), 3, $"p{colour}", 0);
        }

        svg.Path(path, $"s{colour}", 2);
    }

    private static double Gigabytes(DataRate rate) => rate.Gbps / 8;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
