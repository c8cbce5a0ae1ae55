using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Lightloom.Experiments.Compare;
using Lightloom.Report.Compare;

namespace Lightloom.Report.Tests.Compare;

/// <summary>The picture's marks are read back by the scales that are drawn beside them, as a reader with a ruler would.</summary>
public class PlaneScalingDrawingTest
{
    private static readonly PlanePoint[] Points =
    [
        Point(1, 64, 1, 1),
        Point(2, 128, 0.991, 0.713),
        new()
        {
            Planes = 3,
            Xpus = 192,
            Reason = "no switch has so many ports",
        },
        Point(4, 256, 0.875, 0.42),
        Point(8, 512, 1.13, 0.0625),
    ];

    [Fact]
    public void Every_mark_stands_where_its_number_is_on_the_scales()
    {
        XElement[] all = [.. Drawing("planes").Descendants()];
        (double from, double to) = Scale(all, "0 %", "100 %", "y");
        (double one, double eight) = Scale(all, "1", "8", "x");
        foreach ((string css, Func<PlanePoint, double> value) in new[] { ("p0", Within), ("p1", (Func<PlanePoint, double>)Across) })
        {
            var marks = all.Where(e => e.Name.LocalName == "circle" && (string?)e.Attribute("class") == css)
                .Select(e =>
                    (
                        Planes: 1 + (Number(e, "cx") - one) / (eight - one) * 7,
                        Share: (Number(e, "cy") - (from - TextBelowLine)) / (to - from)
                    )
                )
                .ToArray();
            PlanePoint[] good = [.. Points.Where(p => p.Reason.Length == 0)];
            marks.Length.ShouldBe(good.Length, css);
            for (int i = 0; i < good.Length; i++)
            {
                marks[i].Planes.ShouldBe(good[i].Planes, 0.01, css);
                // A hundredth of a pixel is written, two decimals of a share are what an eye can tell.
                marks[i].Share.ShouldBe(value(good[i]), 0.002, css);
            }
        }
    }

    [Fact]
    public void Nothing_is_drawn_outside_the_picture()
    {
        XElement svg = Drawing("planes").Root!;
        double width = Number(svg, "width"),
            height = Number(svg, "height");
        foreach (XElement circle in svg.Descendants().Where(e => e.Name.LocalName == "circle"))
        {
            Number(circle, "cx").ShouldBeInRange(5, width - 5);
            Number(circle, "cy").ShouldBeInRange(60, height - 5);
        }
    }

    [Fact]
    public void A_count_of_planes_without_figures_has_its_place_on_the_scale_and_no_mark()
    {
        XElement[] all = [.. Drawing("planes").Descendants()];
        all.Count(e => e.Name.LocalName == "text" && e.Value == "3").ShouldBe(1);
        all.Count(e => e.Name.LocalName == "circle").ShouldBe(8);
    }

    [Fact]
    public void A_long_or_hostile_name_stays_inside_the_picture_and_is_text()
    {
        XDocument svg = Drawing("</svg><script>alert(1)</script> " + new string('W', 300));
        svg.Descendants().ShouldAllBe(e => e.Name.LocalName != "script");
        svg.Descendants().Where(e => e.Name.LocalName == "text").ShouldAllBe(e => e.Value.Length < 160);
    }

    [Fact]
    public void No_point_at_all_is_an_empty_picture() => XDocument.Parse(PlaneScalingDrawing.Render([], "none")).Root.ShouldNotBeNull();

    [Fact]
    public void The_document_holds_the_same_numbers()
    {
        using MemoryStream stream = new();
        PlaneScalingDrawing.WriteJson(Points, "planes", 1 << 20, stream);
        JsonElement[] points = [.. JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("points").EnumerateArray()];
        points.Select(p => p.GetProperty("within_efficiency").GetDouble()).ShouldBe(Points.Select(Within));
        points.Select(p => p.GetProperty("across_efficiency").GetDouble()).ShouldBe(Points.Select(Across));
        points.Select(p => p.GetProperty("xpus").GetInt64()).ShouldBe(Points.Select(p => p.Xpus));
        points[2].GetProperty("reason").GetString().ShouldBe("no switch has so many ports");
    }

    // The base line of a text on the scale is this much below the line that it names.
    private const double TextBelowLine = 4;

    private static double Within(PlanePoint p) => p.WithinEfficiency;

    private static double Across(PlanePoint p) => p.AcrossEfficiency;

    private static PlanePoint Point(int planes, long xpus, double within, double across) =>
        new()
        {
            Planes = planes,
            Xpus = xpus,
            Power = Power.FromWatts(1000 * planes),
            WithinUs = 10,
            AcrossUs = 20,
            WithinEfficiency = within,
            AcrossEfficiency = across,
        };

    private static XDocument Drawing(string name) => XDocument.Parse(PlaneScalingDrawing.Render(Points, name));

    private static (double From, double To) Scale(XElement[] all, string from, string to, string axis) =>
        (
            Number(all.Last(e => e.Name.LocalName == "text" && e.Value == from), axis),
            Number(all.Last(e => e.Name.LocalName == "text" && e.Value == to), axis)
        );

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
