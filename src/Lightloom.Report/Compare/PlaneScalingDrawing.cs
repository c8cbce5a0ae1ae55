using System.Globalization;
using System.Text;
using System.Text.Json;
using Lightloom.Experiments.Compare;
using Lightloom.Report.Drawing;

namespace Lightloom.Report.Compare;

/// <summary>Plane scaling as a picture and as JSON.</summary>
public static class PlaneScalingDrawing
{
    /// <summary>Efficiency by number of planes, for traffic inside planes and over all of them.</summary>
    public static string Render(IReadOnlyList<PlanePoint> points, string name)
    {
        const double Width = 760,
            Height = 400,
            Left = 66,
            Right = 24,
            Top = 76,
            Bottom = 58;
        Svg svg = new();
        List<PlanePoint> good = [.. points.Where(p => p.Reason.Length == 0)];
        int most = Math.Max(2, points.Count == 0 ? 2 : points.Max(p => p.Planes));
        double top = Math.Max(1.05, good.Count == 0 ? 1 : good.Max(p => Math.Max(p.WithinEfficiency, p.AcrossEfficiency)) * 1.04);
        double X(double planes) => Left + (planes - 1) / (most - 1) * (Width - Left - Right);
        double Y(double share) => Height - Bottom - share / top * (Height - Bottom - Top);
        svg.Text(
            20,
            26,
            "Throughput an XPU against "
                + (good.Count == 0 || good.Min(p => p.Planes) == 1 ? "one plane alone" : Words.Count(good.Min(p => p.Planes)) + " planes"),
            "h2"
        );
        svg.Text(
            20,
            46,
            TextWidth.Fit(name, 300, 12)
                + $": planes of {(good.Count > 0 ? Words.Count(good[0].Xpus / good[0].Planes) : "?")} XPUs, permutation, "
                + $"aggregation tier above",
            "s soft"
        );
        foreach (double share in new[] { 0, 0.25, 0.5, 0.75, 1 })
        {
            svg.Line(Left, Y(share), Width - Right, Y(share), "rule");
            svg.Text(Left - 8, Y(share) + 4, (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %", "xs soft", "end");
        }

        svg.Path(string.Create(CultureInfo.InvariantCulture, $"M{Left:0.#} {Y(0.9):0.#}H{Width - Right:0.#}"), "route", 1.5);
        svg.Text(Left - 8, Y(0.9) + 4, "90 %", "xs accent", "end");
        foreach (PlanePoint p in points)
        {
            svg.Text(X(p.Planes), Height - Bottom + 18, p.Planes.ToString(CultureInfo.InvariantCulture), "xs soft", "middle");
        }

        svg.Text((Left + Width - Right) / 2, Height - 14, "planes", "s soft", "middle");
        Series("p0", p => p.WithinEfficiency);
        Series("p1", p => p.AcrossEfficiency);
        svg.Rect(Left, 56, 11, 11, "p0", 2);
        svg.Text(Left + 16, 66, "traffic inside its plane", "s");
        svg.Rect(Left + 200, 56, 11, 11, "p1", 2);
        svg.Text(Left + 216, 66, "traffic over all planes", "s");
        return svg.Finish(Width, Height, "Efficiency by number of planes", standalone: true);

        void Series(string css, Func<PlanePoint, double> value)
        {
            StringBuilder path = new();
            foreach (PlanePoint p in good)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? "M" : "L")}{X(p.Planes):0.#} {Y(value(p)):0.#}");
            }

            if (path.Length > 0)
            {
                svg.Path(path.ToString(), "mesh", 1.5);
            }

            foreach (PlanePoint p in good)
            {
                svg.Circle(X(p.Planes), Y(value(p)), 5, css);
            }
        }
    }

    /// <summary>Writes the points as one JSON document.</summary>
    public static void WriteJson(IReadOnlyList<PlanePoint> points, string name, long bytes, Stream stream)
    {
        using Utf8JsonWriter json = new(stream, JsonText.Options);
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("bytes", bytes);
        json.WriteStartArray("points");
        foreach (PlanePoint p in points)
        {
            json.WriteStartObject();
            json.WriteNumber("planes", p.Planes);
            json.WriteNumber("xpus", p.Xpus);
            json.WriteString("reason", p.Reason);
            json.WriteNumber("backend_switches", p.BackendSwitches);
            json.WriteNumber("network_power_kw", Math.Round(p.Power.Kilowatts, 3));
            json.WriteNumber("latency_max_us", Math.Round(p.LatencyUs ?? 0, 6));
            json.WriteNumber("within_us", Math.Round(p.WithinUs, 6));
            json.WriteNumber("across_us", Math.Round(p.AcrossUs, 6));
            json.WriteNumber("within_efficiency", Math.Round(p.WithinEfficiency, 6));
            json.WriteNumber("across_efficiency", Math.Round(p.AcrossEfficiency, 6));
            if (p.FaultyPlane is { } faulty)
            {
                json.WriteNumber("faulty_plane", Math.Round(faulty, 6));
            }
            else
            {
                json.WriteNull("faulty_plane");
            }

            json.WriteNumber("faulty_plane_unfinished", p.FaultyPlaneUnfinished);
            json.WriteNumber("others_touched", p.OthersTouched);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }
}
