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

    /// <summary>Measured by a browser in DejaVu Sans, the face of machines that have no Helvetica: 357.4 pixels at 12.</summary>
    [Fact]
    public void A_route_is_not_taken_for_narrower_than_it_is() =>
        TextWidth.Of("longest cable: 49.67 m, B01>B-X2>B-E1>A-E1>A-X2>A01.", 12).ShouldBeInRange(357, 357.375 * 1.1);

    [Fact]
    public void The_longest_cable_is_drawn_in_every_hall_that_it_runs_through()
    {
        ClusterDesign design = TestDesigns.TwoHalls;
        string[] steps = design.Trays.Longest!.Route.Route.Split('>');
        steps.Length.ShouldBe(6, "from row to row of two halls, by a crossing and an exit each");
        XElement[] ways =
        [
            .. XDocument
                .Parse(FloorDrawing.Render(design))
                .Descendants()
                .Where(e => e.Name.LocalName == "path" && e.Attribute("class")?.Value == "route"),
        ];

        // Either half has its rack, its crossing in its row, and the wall.
        ways.Length.ShouldBe(2);
        ways.ShouldAllBe(w => w.Attribute("d")!.Value.Split('L', StringSplitOptions.None).Length == 3);
    }

    /// <summary>3 x 100G over 100G; 17 x 25G over 2 x 100G; and both downwards over 2 x 100G.</summary>
    [Fact]
    public void Each_kind_of_leaf_has_the_oversubscription_of_its_own()
    {
        string page = ReportPage.Render(Shop);
        string built = page[page.IndexOf("What was built", StringComparison.Ordinal)..];
        built = built[..built.IndexOf("</table>", StringComparison.Ordinal)];
        string[] rows =
        [
            .. built
                .Split("<tr")
                .Where(r =>
                    r.Contains("<td>frontend</td>", StringComparison.Ordinal) && r.Contains("<td>leaf</td>", StringComparison.Ordinal)
                ),
        ];
        rows.Length.ShouldBeGreaterThan(1);
        foreach (string row in rows)
        {
            string[] cells = [.. Regex.Matches(row, "<td[^>]*>([^<]*)</td>").Select(m => m.Groups[1].Value)];
            double up = Sum(cells[5]);
            double ratio = double.Parse(cells[6].Split(':')[0], System.Globalization.CultureInfo.InvariantCulture);
            ratio.ShouldBe(Sum(cells[4]) / up, 0.006, row);
        }

        static double Sum(string ports) =>
            Regex.Matches(ports, @"(\d+) × (\d+)G").Sum(m => int.Parse(m.Groups[1].Value) * (double)int.Parse(m.Groups[2].Value));
    }

    [Fact]
    public void What_the_network_costs_by_estimate_leads_where_prices_are_missing()
    {
        Bill.BillOfMaterials bill = Shop.Bill;
        bill.UnpricedLines.ShouldBeGreaterThan(0);
        string page = ReportPage.Render(Shop);
        string about = "about " + Words.Dollars(bill.Estimate.Total);
        string tile = about[..about.LastIndexOf(' ')] + (char)0xa0 + about[(about.LastIndexOf(' ') + 1)..];
        page.ShouldContain($"<span>network cost</span><b>{tile}</b><span>of which {Words.Dollars(bill.Capex)} has a price<");
        page.ShouldContain($"<td>Purchase</td><td class=\"n\">{about}</td>");
        page.ShouldContain($"years</td><td class=\"n\">about {Words.Dollars(bill.Estimate.Total + bill.Operation.NetworkEnergyCost)}</td>");
        page.ShouldNotContain(">total</td>");
        bill.Estimate.Parts.Sum(p => p.Money.Dollars).ShouldBe(bill.Estimate.Estimated.Dollars, 0.5);
    }

    [Fact]
    public void Links_to_the_outside_are_drawn_beside_the_tier_that_they_start_from()
    {
        TopologyDrawing.Render(Shop).ShouldContain(">fw: 4 × 25G<");
        ClusterDesign backend = TestDesigns.Of(
            """
            lightloom: 1
            name: outside
            pools: [{name: train, node: dgx-h100, nodes: 8}]
            backend: {tiers: 2, external: [{name: border, tier: spine, links: 4, rate_gbps: 400}]}
            """
        );
        TopologyDrawing.Render(backend).ShouldContain(">border: 4 × 400G<");
    }

    [Fact]
    public void Names_of_switches_are_not_cut_in_the_picture_of_four_networks() => TopologyDrawing.Render(Shop).ShouldNotContain("…");

    [Fact]
    public void A_page_without_a_backend_lists_no_defaults_of_one() => ReportPage.Render(Shop).ShouldNotContain(">backend.");

    [Fact]
    public void A_reason_for_which_many_backends_lost_is_said_once()
    {
        ClusterDesign design = TestDesigns.Of(
            """
            lightloom: 1
            name: many
            pools: [{name: train, node: dgx-h100, nodes: 8}]
            """
        );
        design.Alternatives.Count.ShouldBeGreaterThan(100);
        string page = ReportPage.Render(design);
        string table = page[page.IndexOf("What else was considered", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("</table>", StringComparison.Ordinal)];
        string[] reasons = [.. Regex.Matches(table, "<td class=\"why\">([^<]*)</td>").Select(m => m.Groups[1].Value)];
        reasons.Length.ShouldBeGreaterThan(2);
        reasons.ShouldBeUnique();
    }

    private static readonly Lazy<ClusterDesign> LazyShop = new(() =>
        TestDesigns.Of(
            """
            lightloom: 1
            name: shop
            pools: [{name: gpu, node: g4, nodes: 20}]
            services: [{name: hv, node: hv, nodes: 40}, {name: san, node: san, nodes: 8}]
            networks:
              storage: {homing: dual, oversubscription: {leaf: 2.0}}
              migrate: {homing: single, oversubscription: {leaf: 5.0}}
            backend: {enabled: false}
            frontend: {homing: dual, oversubscription: {leaf: 4.0}, external: [{name: fw, tier: leaf, links: 4, rate_gbps: 25}]}
            floor: {rack: {power_kw: 10}}
            catalog:
              nodes:
                g4:
                  xpus: 4
                  backend: {nics: 0}
                  frontend: {nics: 2, rate_gbps: 100}
                  networks: {storage: {nics: 2, rate_gbps: 100}}
                  power_w: 3000
                  rack_units: 2
                hv:
                  xpus: 0
                  backend: {nics: 0}
                  frontend: {nics: 2, rate_gbps: 25}
                  networks: {storage: {nics: 2, rate_gbps: 25}, migrate: {nics: 1, rate_gbps: 10, form_factor: rj45}}
                  power_w: 700
                  rack_units: 1
                san:
                  xpus: 0
                  backend: {nics: 0}
                  frontend: {nics: 2, rate_gbps: 25}
                  networks: {storage: {nics: 4, rate_gbps: 100}}
                  power_w: 1100
                  rack_units: 2
            """
        )
    );

    private static ClusterDesign Shop => LazyShop.Value;
}
