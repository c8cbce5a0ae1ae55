using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lightloom.Design;
using Lightloom.Report.Drawing;
using Lightloom.Report.Page;

namespace Lightloom.Report.Tests;

public class PageTest
{
    public static TheoryData<int> Designs => [.. Enumerable.Range(0, TestDesigns.All.Count)];

    [Theory]
    [MemberData(nameof(Designs))]
    public void Pictures_are_well_formed_and_need_nothing_else(int which)
    {
        ClusterDesign design = TestDesigns.All[which];
        foreach (string svg in new[] { TopologyDrawing.Render(design), FloorDrawing.Render(design) })
        {
            XDocument picture = XDocument.Parse(svg);
            picture.Root!.Name.LocalName.ShouldBe("svg");
            picture.Descendants().Attributes().ShouldAllBe(a => a.Name.LocalName != "href");
            svg.ShouldNotContain("NaN");
            svg.ShouldNotContain("∞");
        }
    }

    [Fact]
    public void Pictures_have_plain_colours_that_renderers_without_variables_show_and_dark_ones_only_when_asked_for()
    {
        string svg = TopologyDrawing.Render(TestDesigns.All[0]);
        svg.ShouldNotContain("var(");
        string css = XDocument.Parse(svg).Descendants().Single(e => e.Name.LocalName == "style").Value;
        int at = css.IndexOf("@media", StringComparison.Ordinal);
        (string light, string dark) = (css[..at], css[(css.IndexOf('{', at) + 1)..]);

        // What is not coloured is black: each filled or stroked class that the picture uses has its colour before any query.
        foreach (string name in (string[])["bg", "panel", "leaf", "spine", "host", "mesh", "pill", "soft"])
        {
            Regex.IsMatch(light, $@"\.ll \.{name}\{{[^}}]*(fill|stroke):#[0-9a-f]{{3,6}}").ShouldBeTrue(name);
        }

        // Dark rules override light ones of the same selector, and say colours only.
        foreach (Match rule in Regex.Matches(dark, @"([^{}]+)\{([^{}]+)\}"))
        {
            light.ShouldContain(rule.Groups[1].Value + "{");
            rule.Groups[2].Value.Split(';').ShouldAllBe(d => Regex.IsMatch(d, @"^(fill|stroke):#[0-9a-f]{3,6}$"));
        }
    }

    [Fact]
    public void Every_shape_of_a_page_has_a_rule_that_colours_it()
    {
        string page = ReportPage.Render(
            TestDesigns.Of(
                """
                lightloom: 1
                name: outside
                pools: [{name: train, node: dgx-h100, nodes: 4}]
                services: [{name: storage, node: storage-2x200, nodes: 2}]
                backend: {switch: nvidia-sn5610}
                frontend: {tiers: 2, external: [{name: border, tier: spine, links: 2, rate_gbps: 400}]}
                floor: {panels_at_racks: rack}
                """
            )
        );
        string[] names =
        [
            .. Regex
                .Matches(page, "<(?:rect|circle|path|polygon|ellipse)[^>]*?class=\"([^\"]*)\"")
                .SelectMany(m => m.Groups[1].Value.Split(' '))
                .Distinct(),
        ];
        names.ShouldContain("external");
        names.Where(n => !Regex.IsMatch(page, $@"\.{n}[{{,.\s:]")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void Nothing_is_drawn_outside_of_the_picture(int which)
    {
        ClusterDesign design = TestDesigns.All[which];
        foreach (string svg in new[] { TopologyDrawing.Render(design), FloorDrawing.Render(design) })
        {
            XElement root = XDocument.Parse(svg).Root!;
            double[] box =
            [
                .. root.Attribute("viewBox")!
                    .Value.Split(' ')
                    .Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture)),
            ];
            foreach (XElement rect in root.Descendants().Where(e => e.Name.LocalName == "rect"))
            {
                double X(string name) =>
                    double.Parse(rect.Attribute(name)?.Value ?? "0", System.Globalization.CultureInfo.InvariantCulture);
                X("x").ShouldBeGreaterThanOrEqualTo(0);
                (X("x") + X("width")).ShouldBeLessThanOrEqualTo(box[2] + 0.01);
                (X("y") + X("height")).ShouldBeLessThanOrEqualTo(box[3] + 0.01);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void The_page_loads_nothing_and_stays_small(int which)
    {
        string page = ReportPage.Render(TestDesigns.All[which]);
        page.Length.ShouldBeLessThan(3_000_000);
        Regex.IsMatch(page, """<(link|img|iframe|object|embed|script[^>]+src)""").ShouldBeFalse();
        Regex.IsMatch(page, """(@import|url\(|src=|fetch\(|XMLHttpRequest)""").ShouldBeFalse();
        Regex
            .Matches(page, "https?://[^\"<\\s]+\"")
            .ShouldAllBe(m =>
                page.Substring(m.Index - 6, 6).StartsWith("href=\"", StringComparison.Ordinal)
                || page.Substring(m.Index - 7, 7) == "xmlns=\""
            );
    }

    [Fact]
    public void Names_cannot_put_markup_into_the_page()
    {
        string page = ReportPage.Render(TestDesigns.Hostile);
        page.ShouldNotContain("<script>alert");
        page.ShouldNotContain("<i>-0");
        page.ShouldContain("&lt;script&gt;alert(&quot;1&quot;)");
    }

    [Fact]
    public void The_list_of_cables_is_escaped_too()
    {
        string data = Regex
            .Match(ReportPage.Render(TestDesigns.Hostile), "id=\"cable-data\">(.*?)</script>", RegexOptions.Singleline)
            .Groups[1]
            .Value;
        data.ShouldNotContain("<");
        System
            .Text.Json.JsonDocument.Parse(data)
            .RootElement.GetProperty("rows")
            .GetArrayLength()
            .ShouldBe((int)TestDesigns.Hostile.Network.LinkCount);
    }

    [Fact]
    public void Two_runs_give_the_same_page() => ReportPage.Render(TestDesigns.Planes).ShouldBe(ReportPage.Render(TestDesigns.Planes));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a<b>&\"c\" 'd'", "a&lt;b&gt;&amp;&quot;c&quot; &#39;d&#39;")]
    [InlineData("bell\u0007", "bell\ufffd")]
    [InlineData("tab\tand 日本 😀", "tab\tand 日本 😀")]
    public void Text_is_made_safe(string text, string safe) => Markup.Escape(text).ShouldBe(safe);

    [Fact]
    public void Half_a_character_is_replaced() => Markup.Escape("half " + (char)0xd800).ShouldBe("half \ufffd");
}
