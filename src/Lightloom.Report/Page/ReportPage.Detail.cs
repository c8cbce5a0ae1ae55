using System.Globalization;
using System.Text.Json;
using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Report.Drawing;
using Lightloom.Routing;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Report.Page;

/// <content>Floor, racks, interconnects, latency, cables, and where every figure comes from.</content>
public static partial class ReportPage
{
    private const int MostRacksDrawn = 12;
    private const int MostLinksListed = 6000;
    private const int MostChannelsDrawn = 4;
    private const int MostBaysDrawn = 2;
    private const int MostHallsListed = 60;

    private static void Floor(Html page, ClusterDesign design)
    {
        page.Section("floor", "Floor and trays");
        Figure(
            page,
            FloorDrawing.Render(design, standalone: false),
            "To scale; colours of the trays show how full they are. Also in floor.svg."
        );
        TrayReport trays = design.Trays;
        page.Raw("<ul>");
        if (trays.PeakFill is { } fill)
        {
            page.Element(
                "li",
                $"Fullest stretch of tray: {TrayPlace.Of(design.Placement, fill)}: "
                    + $"{Words.Percent(fill.Fill)} of its section with {Words.Number(fill.Cables, 0)} cables."
            );
        }

        if (trays.PeakWeight is { } weight)
        {
            page.Element(
                "li",
                $"Heaviest stretch: {TrayPlace.Of(design.Placement, weight)}: {Words.Number(weight.KilogramsPerMetre)} kg/m."
            );
        }

        if (trays.Longest is { } longest)
        {
            RouteBreakdown r = longest.Route;
            page.Element(
                "li",
                $"Longest cable: {Words.Number(r.Total.Metres)} m by {r.Route}. "
                    + string.Join(
                        ", ",
                        r.Parts.Where(p => p.Length > Length.Zero).Select(p => $"{Words.Number(p.Length.Metres)} m {p.Name}")
                    )
                    + $". {longest.Cause}"
            );
        }

        page.Element("li", $"{Words.Of(trays.Bundles, "bundle")} of cables.").Raw("</ul>");
        page.Table(null, "hall", "building", "#racks", "#rows", "#power of its racks", "#size");
        foreach (Hall hall in design.Placement.Halls.Take(MostHallsListed))
        {
            Rack[] racks = [.. design.Placement.Racks.Where(r => r.Hall == hall.Index)];
            page.Row()
                .Cell(hall.Name)
                .Cell(hall.Building)
                .Number(Words.Count(racks.Length))
                .Number(Words.Count(hall.Rows))
                .Number(Words.Watts(Units.Power.FromWatts(racks.Sum(r => r.UsedPower.Watts))))
                .Number(string.Create(CultureInfo.InvariantCulture, $"{hall.Width.Metres:0.#} × {hall.Depth.Metres:0.#} m"))
                .EndRow();
        }

        page.EndTable();
        if (design.Placement.Halls.Count > MostHallsListed)
        {
            page.Paragraph(
                $"{MostHallsListed} of {Words.Count(design.Placement.Halls.Count)} halls are listed; design.json has all.",
                "soft"
            );
        }

        page.Close("section");
    }

    private static void Racks(Html page, ClusterDesign design)
    {
        IReadOnlyList<RackDrawing.Pattern> patterns = RackDrawing.Patterns(design);
        RackDrawing.Pattern[] shown = [.. patterns.Take(MostRacksDrawn)];
        page.Section("racks", "Racks");
        int left = patterns.Count - shown.Length;
        int leftRacks = patterns.Skip(MostRacksDrawn).Sum(p => p.Names.Count);
        page.Paragraph(
            $"Racks that are filled alike are drawn once: {Words.Of(patterns.Count, "kind")} among "
                + $"{Words.Of(design.Placement.Racks.Count, "rack")}."
                + (left > 0 ? $" Left out here: {Words.Of(left, "kind")} with {Words.Of(leftRacks, "rack")}; bom.xlsx has every rack." : "")
        );
        bool trays = shown.Any(p => p.Items.Any(i => i.Tray is not null));
        Figure(
            page,
            RackDrawing.Render(design, shown),
            "Front view; the bar under each name is its power against the rack's limit."
                + (trays ? " Of rack-scale nodes compute trays are blue, switch trays green, power shelves grey." : "")
        );
        page.Table(null, "kind", "#racks", "holds", "which");
        RackContents contents = new(design.Network, design.Placement);
        foreach (RackDrawing.Pattern pattern in shown)
        {
            string holds = string.Join(", ", pattern.Items.GroupBy(i => contents.KindOf(i)).Select(g => $"{g.Count()} × {g.Key}"));
            string which =
                string.Join(", ", pattern.Names.Take(12))
                + (pattern.Names.Count > 12 ? $" and {Words.Count(pattern.Names.Count - 12)} more" : "");
            page.Row()
                .Cell("like " + pattern.Sample.Name, "whole")
                .Number(Words.Count(pattern.Names.Count))
                .Cell(holds)
                .Cell(which, "why")
                .EndRow();
        }

        page.EndTable().Close("section");
    }

    private static void Interconnects(Html page, ClusterDesign design, IReadOnlyList<InterconnectSummary> products)
    {
        page.Section("interconnects", "Interconnects");
        Figure(
            page,
            LengthHistogram.Render(design, products),
            "Computed length of every cable; the ordered length is the next one that is sold."
        );
        page.Table(null, "product", "kind", "medium", "#cables", "#length", "#reach allowed", "#ordered in all", "second sources");
        foreach (InterconnectSummary one in products)
        {
            SecondSource? second = design.Bill.SecondSources.FirstOrDefault(s => s.Id == one.Id);
            string others =
                second is null ? ""
                : second.Alternatives.Count > 0 ? string.Join(", ", second.Alternatives)
                : second.Sellers.Count > 1 ? "one part; sold by " + string.Join(", ", second.Sellers)
                : "none in the catalogue";
            page.Row()
                .Raw("<td>")
                .Element("b", one.Id)
                .Raw("<br>")
                .Element("small", one.Product.Head.Name)
                .Raw("</td>")
                .Cell(one.Kind)
                .Cell(one.Medium)
                .Number(Words.Count(one.Cables))
                .Number(string.Create(CultureInfo.InvariantCulture, $"{one.Shortest.Metres:0.#} to {one.Longest.Metres:0.#} m"))
                .Number(Words.Number(one.Reach.Metres) + " m")
                .Number(Words.Number(one.OrderedTotalMetres, 0) + " m")
                .Cell(others, "why")
                .EndRow();
        }

        page.EndTable();
        Whys(page, design);
        page.Close("section");
    }

    // Classes of links that differ only in their plane share their reasons.
    private static void Whys(Html page, ClusterDesign design)
    {
        var whys = design
            .Cables.Choices.Select(c => (Choice: c, Links: design.Network.LinkClasses[c.LinkClass]))
            .GroupBy(c =>
                (
                    c.Links.Fabric,
                    c.Links.From,
                    c.Links.To,
                    c.Links.Rate,
                    Product: c.Choice.Product < 0 ? "none" : design.Cables.Products[c.Choice.Product].Id
                )
            )
            .ToArray();
        if (whys.Length == 0)
        {
            return;
        }

        page.Element("h3", "Why these products");
        foreach (var why in whys.Take(24))
        {
            ProductChoice longest = why.MaxBy(c => c.Choice.Longest).Choice;
            page.Raw("<details><summary>")
                .Text(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{why.Key.Fabric.ToWord()} {why.Key.From.ToWord()}-{why.Key.To.ToWord()}, "
                            + $"{Words.Count(why.Sum(c => c.Choice.Links))} links of {Words.Rate(why.Key.Rate)}, "
                            + $"{why.Min(c => c.Choice.Shortest.Metres):0.#} to {why.Max(c => c.Choice.Longest.Metres):0.#} m: "
                            + $"{why.Key.Product} ({Words.Percent(longest.ReachUsed)} of its reach)"
                    )
                )
                .Raw("</summary><ul>");
            foreach (string reason in longest.Reasons)
            {
                page.Element("li", reason);
            }

            page.Raw("</ul>");
            InterconnectCandidate[] others = [.. longest.Candidates.Where(c => c.Verdict != ProductVerdict.Chosen).Take(14)];
            if (others.Length > 0)
            {
                page.Table(
                    $"Others for the longest of these links ({others.Length} of {longest.Candidates.Count - 1})",
                    "product",
                    "verdict",
                    "reason"
                );
                foreach (InterconnectCandidate candidate in others)
                {
                    page.Row()
                        .Cell(
                            candidate.Head.Id == candidate.Tail.Id ? candidate.Head.Id : candidate.Head.Id + "+" + candidate.Tail.Id,
                            "id"
                        )
                        .Cell(candidate.Verdict.ToWord())
                        .Cell(string.Join("; ", candidate.Reasons.Take(3)), "why")
                        .EndRow();
                }

                page.EndTable();
            }

            page.Raw("</details>\n");
        }

        if (whys.Length > 24)
        {
            page.Paragraph($"{Words.Count(whys.Length - 24)} more kinds of links are left out here.", "soft");
        }
    }

    private static void Latency(Html page, ClusterDesign design)
    {
        page.Section("latency", "Latency budget");
        page.Paragraph(
            "One way, without load: NICs, error correction and modules, cable at its real length, switches. "
                + "Serialisation of the message is not in it."
        );
        foreach (LatencyBudget budget in design.Latency)
        {
            page.Element(
                "h3",
                $"{Words.Role(budget.Fabric)}: {Us(budget.Shortest)} shortest, {Us(budget.Typical)} typical, {Us(budget.Longest)} longest"
            );
            page.Table(null, "part", "#each", "#times", "#sum", "source", "");
            foreach (
                LatencyPath path in budget.Fabric == FabricRole.Backend
                    ? new[] { budget.Shortest, budget.Typical, budget.Longest }
                    : [budget.Typical]
            )
            {
                page.Row("sum")
                    .Cell($"{path.Name}: {path.Description}")
                    .Cell(null)
                    .Cell(null)
                    .Number(Us(path))
                    .Cell(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{path.CableMetres:0.#} m of cable, {Words.Of(path.Switches, "switch", "switches")}"
                        ),
                        "why"
                    )
                    .Cell(null)
                    .EndRow();
                foreach (LatencyTerm term in path.Terms)
                {
                    page.Row()
                        .Cell(term.Name)
                        .Number(string.Create(CultureInfo.InvariantCulture, $"{term.Each.Nanoseconds:0.#} ns"))
                        .Number("× " + Words.Count(term.Times))
                        .Number(string.Create(CultureInfo.InvariantCulture, $"{term.Total.Nanoseconds:0.#} ns"))
                        .Cell(term.Source, "why")
                        .Raw("<td>")
                        .Raw(term.Assumed ? "<span class=\"tag warn\">assumed</span>" : "")
                        .Raw("</td>")
                        .EndRow();
                }
            }

            page.EndTable();
        }

        ScaleUp(page, design);
        page.Close("section");

        static string Us(LatencyPath path) => string.Create(CultureInfo.InvariantCulture, $"{path.Total.Microseconds:0.000} µs");
    }

    private static void Panels(Html page, ClusterDesign design)
    {
        IReadOnlyList<PanelDrawing.Bay> bays = PanelDrawing.Bays(design);
        if (bays.Count == 0)
        {
            return;
        }

        PanelDrawing.Bay[] shown =
        [
            .. bays.OrderByDescending(b => b.UsedPorts).ThenBy(b => b.Name, StringComparer.Ordinal).Take(MostBaysDrawn),
        ];
        page.Element("h3", "Patch panels");
        Figure(
            page,
            PanelDrawing.Render(design, shown),
            bays.Count > shown.Length
                ? $"Front view of the fullest {shown.Length} of {Words.Of(bays.Count, "bay")}; bom.xlsx lists every panel and every trunk."
                : "Front view; bom.xlsx lists every panel and every trunk."
        );
        page.Table(null, "hall", "#bays", "#panels", "#ports", "#in use");
        foreach (IGrouping<int, PatchPanel> hall in design.Channels.Panels.GroupBy(p => p.Frame.Hall).Take(MostHallsListed))
        {
            page.Row()
                .Cell(design.Placement.Halls[hall.Key].Name)
                .Number(Words.Count(hall.Select(p => p.Bay).Distinct().Count()))
                .Number(Words.Count(hall.Count()))
                .Number(Words.Count(hall.Sum(p => p.Ports)))
                .Number(Words.Count(hall.Sum(p => p.UsedPorts)))
                .EndRow();
        }

        page.EndTable();
    }

    private static void Cables(Html page, ClusterDesign design)
    {
        page.Section("cables", "Cables");
        long links = design.Network.LinkCount;
        page.Table(null, "network", "tiers", "#rate", "#links", "#cables");
        foreach (Fabric fabric in design.Network.Fabrics)
        {
            foreach (LinkSummary one in LinkSummary.Of(design, fabric))
            {
                page.Row()
                    .Cell(fabric.Role.ToWord())
                    .Cell($"{one.From.ToWord()} to {one.To.ToWord()}")
                    .Number(Words.Rate(one.Rate))
                    .Number(Words.Count(one.LogicalLinks))
                    .Number(Words.Count(one.Cables))
                    .EndRow();
            }
        }

        page.EndTable();
        IReadOnlyList<DrawnChannel> channels = ChannelDrawing.Choose(design, MostChannelsDrawn);
        if (channels.Count > 0)
        {
            page.Element("h3", "From module to module");
            Figure(
                page,
                ChannelDrawing.Render(design, channels),
                "Of each kind of channel the longest, one leg of it. pieces.csv has every piece with both ends, channels.csv every channel."
            );
        }

        Panels(page, design);
        page.Element("h3", "Every link");

        if (links > MostLinksListed)
        {
            page.Paragraph(
                $"{Words.Count(links)} links are too many for a page. cables.csv has one row for each, with both ends down to the lane, "
                    + $"route, loss and labels; bom.xlsx has a pull sheet for every rack."
            );
        }
        else
        {
            page.Paragraph("Every link, both ends; cables.csv has also lane, route, loss, bundle and labels.");
            page.Raw(
                "<div id=\"cable-list\" hidden><div class=\"find\"><input id=\"cable-find\" type=\"search\" placeholder=\"find: device, "
                    + "rack, port, product ...\" aria-label=\"Find cables\"><span id=\"cable-say\" class=\"soft\"></span></div><div "
                    + "class=\"rows\" id=\"cable-rows\" tabindex=\"0\"><table><thead><tr>"
            );
            foreach (string head in CableHeads)
            {
                page.Element("th", head);
            }

            page.Raw(
                "</tr></thead><tbody></tbody></table></div></div><noscript><p class=\"soft\">The list needs JavaScript; "
                    + "cables.csv holds the same rows.</p></noscript>\n<script type=\"application/json\" id=\"cable-data\">"
            );
            page.Raw(CableData(design)).Raw("</script>\n");
        }

        page.Close("section");
    }

    private static readonly string[] CableHeads =
    [
        "cable",
        "network",
        "tiers",
        "A rack",
        "A U",
        "A device",
        "A port",
        "Z rack",
        "Z U",
        "Z device",
        "Z port",
        "product",
        "length m",
        "order m",
    ];

    // Columns that repeat hold numbers into a dictionary, so that thousands of rows stay small. The writer escapes what HTML would read.
    private static string CableData(ClusterDesign design)
    {
        Network network = design.Network;
        Dictionary<string, int>?[] dictionaries =
        [
            null,
            new(),
            new(),
            new(),
            null,
            new(),
            new(),
            new(),
            null,
            new(),
            new(),
            new(),
            null,
            null,
        ];
        using MemoryStream stream = new();
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteStartArray("heads");
        foreach (string head in CableHeads)
        {
            json.WriteStringValue(head);
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        CableIds[] ids = CableIds.Of(design);
        foreach (LinkClass links in network.LinkClasses)
        {
            for (int i = 0; i < links.Links.Length; i++)
            {
                Link link = links.Links[i];
                int number = design.Cables.CableOfLink[links.Index][i];
                Cable cable = number < 0 ? new(-1, 0, 0, -1) : design.Cables.Cables[number];
                json.WriteStartArray();
                json.WriteStringValue(number < 0 ? "" : ids[links.Index].IdOf(number));
                Word(1, links.Fabric.ToWord());
                Word(2, links.TierWord);
                Word(3, design.Placement.Racks[design.Router.RackA(links, i)].Name);
                json.WriteNumberValue(design.Placement.UnitOfPort(network, link.A, links.Fabric, link.ACage));
                Word(5, network.NameOf(link.A, links.Fabric, link.ACage));
                Word(6, network.Ports.Shown(network.GroupOf(link.A), links.Fabric, link.ACage, link.ALane, links.ACages.Breakout));
                Word(7, design.Placement.Racks[design.Router.RackZ(links, i)].Name);
                json.WriteNumberValue(design.Placement.UnitOfPort(network, link.Z, links.Fabric, link.ZCage));
                Word(9, network.NameOf(link.Z, links.Fabric, link.ZCage));
                Word(10, network.Ports.Shown(network.GroupOf(link.Z), links.Fabric, link.ZCage, link.ZLane, links.ZCages.Breakout));
                Word(11, cable.Product < 0 ? "" : design.Cables.Products[cable.Product].Id);
                json.WriteNumberValue(Math.Round(design.Cables.LengthOfLink[links.Index][i] / 1000.0, 2));
                json.WriteNumberValue(cable.OrderLengthMillimetres / 1000.0);
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("dict");
        foreach (Dictionary<string, int>? words in dictionaries)
        {
            if (words is null)
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartArray();
            foreach (string word in words.Keys)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);

        void Word(int column, string word)
        {
            Dictionary<string, int> words = dictionaries[column]!;
            if (!words.TryGetValue(word, out int at))
            {
                words[word] = at = words.Count;
            }

            json.WriteNumberValue(at);
        }
    }

    private static IEnumerable<CatalogueEntry> Used(ClusterDesign design)
    {
        IEnumerable<CatalogueEntry> modules = design.Cables.Products.SelectMany(p => new CatalogueEntry[] { p.A, p.Z });
        return design.Network.Groups.Select(g => g.Model).Concat(modules).DistinctBy(e => e.Id);
    }

    private static void Parts(Html page, ClusterDesign design)
    {
        page.Section("parts", "Parts, and what is assumed about them");
        page.Table(
            "A figure that nobody published and that the design cannot do without is assumed; here is each one.",
            "part",
            "trust",
            "sources",
            "assumed"
        );
        foreach (CatalogueEntry part in Used(design))
        {
            string sources = part.UserDefined
                ? "the file"
                : string.Join(", ", CatalogueFigures.SourcesOf(part).Order(StringComparer.Ordinal));
            page.Row()
                .Raw("<td>")
                .Element("b", part.Id)
                .Raw("<br>")
                .Element("small", part.Name)
                .Raw("</td><td>")
                .Element(
                    "span",
                    part.Confidence.ToWord(),
                    part.Confidence switch
                    {
                        Confidence.High => "tag ok",
                        Confidence.Medium => "tag note",
                        _ => "tag warn",
                    }
                )
                .Raw("</td>")
                .Cell(sources, "why")
                .Raw("<td class=\"why\">");
            foreach (
                ShownFigure figure in CatalogueFigures
                    .Of(part)
                    .Where(f => f.Assumed is not null)
                    .OrderBy(f => f.Key, StringComparer.Ordinal)
            )
            {
                page.Element("span", "assumed", "tag warn").Text($" {figure.Key}: {figure.Assumed}").Raw("<br>");
            }

            page.Raw("</td>").EndRow();
        }

        page.EndTable().Close("section");
    }

    private static void Sources(Html page, ClusterDesign design)
    {
        HashSet<string> ids =
        [
            .. Used(design).SelectMany(CatalogueFigures.SourcesOf),
            .. design.Bill.Lines.Where(l => l.Source is not null).SelectMany(l => l.Source!.Split(' ')),
            .. design.Bill.Failures.SelectMany(f => f.SourceIds),
            .. design.Latency.SelectMany(b => b.Longest.Terms).SelectMany(t => t.Source.Split([' ', ',', ';'])),
        ];
        page.Section("sources", "Sources");
        page.Raw("<ul>");
        foreach (Source source in design.Spec.Catalogue.Sources.Values.Where(s => ids.Contains(s.Id)))
        {
            page.Raw("<li>").Element("b", source.Id).Text(": " + source.Title);
            foreach (
                string url in (source.Url ?? "")
                    .Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries)
                    .Where(u => Uri.TryCreate(u, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            )
            {
                page.Raw($" <a rel=\"noreferrer\" href=\"{Markup.Escape(url)}\">").Text(url).Raw("</a>");
            }

            page.Raw("</li>\n");
        }

        page.Raw("</ul>")
            .Paragraph(
                $"Lightloom {DesignJson.Version}. Prices, power and failure rates are those of the catalogue and of the file's price book; "
                    + $"see docs/models/bill.md for how they are added up.",
                "soft"
            )
            .Close("section");
    }
}
