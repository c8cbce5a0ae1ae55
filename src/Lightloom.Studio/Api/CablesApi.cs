using System.Globalization;
using System.Net;
using System.Text;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Report;
using Lightloom.Studio.Projects;
using Lightloom.Studio.Views;
using Lightloom.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lightloom.Studio.Api;

/// <summary>Cables, labels, and the search for anything by name.</summary>
internal static class CablesApi
{
    public static void Map(IEndpointRouteBuilder app, Project project)
    {
        app.MapGet(
                "/api/cables",
                ([AsParameters] CableQuestion question, string? sort, int? offset, int? limit) =>
                {
                    DesignView view = DesignApi.ViewOf(project);
                    int[] rows = RowsOf(view, question, sort ?? "n");
                    (int from, int most) = FabricApi.Page(offset, limit);
                    return new CablesAnswer(rows.Length, from, [.. rows.Skip(from).Take(most).Select(view.Table.RowOf)]);
                }
            )
            .WithSummary("Cables, page by page, filtered and sorted");
        app.MapGet(
                "/api/cables/summary",
                ([AsParameters] CableQuestion question) =>
                {
                    DesignView view = DesignApi.ViewOf(project);
                    return SummaryOf(view.Design, RowsOf(view, question, "n"));
                }
            )
            .WithSummary("Cables that a filter leaves, by medium, product and length");
        app.MapGet("/api/cables/{id}", (string id) => CableOf(DesignApi.ViewOf(project), id))
            .WithSummary("A cable: why this product, and its channel piece by piece");
        app.MapGet("/api/labels", (string rack, string? format) => Labels(DesignApi.ViewOf(project), rack, format))
            .WithSummary("Labels of a rack's cables: as JSON, csv or a page to print")
            .Produces<LabelsAnswer>();
        app.MapGet("/api/search", (string q, int? limit) => Search(DesignApi.ViewOf(project), q, Math.Clamp(limit ?? 20, 1, 200)))
            .WithSummary("Anything by a part of its name");
    }

    private static int[] RowsOf(DesignView view, CableQuestion q, string sort)
    {
        CableFilter filter = new()
        {
            Role = Word(q.Role),
            Tier = Word(q.Tier),
            Plane = q.Plane,
            Product = Word(q.Product),
            Medium = Word(q.Medium),
            Kind = Word(q.Kind),
            Rack = Word(q.Rack),
            Device = Word(q.Device),
            MinM = q.MinM,
            MaxM = q.MaxM,
            Q = Word(q.Q),
        };
        try
        {
            return view.Table.RowsOf(filter, sort);
        }
        catch (ArgumentException e)
        {
            throw ApiException.Wrong(e.Message);
        }
    }

    private static string? Word(string? text) => text is { Length: > 0 and <= 200 } ? text : null;

    private static CablesSummary SummaryOf(ClusterDesign design, int[] rows)
    {
        const int Bins = 24;
        int longest = rows.Select(c => design.Cables.Cables[c].LengthMillimetres).DefaultIfEmpty(0).Max();
        // Steps that a person would choose: 1, 2 or 5 times a power of ten metres.
        double step = Step(longest / 1000.0 / Bins);
        int bins = Math.Max(1, (int)Math.Floor(longest / 1000.0 / step) + 1);
        int[] copper = new int[bins],
            fibre = new int[bins];
        Dictionary<int, (int Count, long Millimetres)> products = [];
        long total = 0;
        foreach (int c in rows)
        {
            Cable cable = design.Cables.Cables[c];
            (int count, long sum) = products.GetValueOrDefault(cable.Product);
            products[cable.Product] = (count + 1, sum + cable.LengthMillimetres);
            total += cable.LengthMillimetres;
            bool isFibre = cable.Product >= 0 && design.Cables.Products[cable.Product].Medium.IsFibre();
            (isFibre ? fibre : copper)[(int)Math.Floor(cable.LengthMillimetres / 1000.0 / step)]++;
        }

        return new(
            rows.Length,
            total / 1000.0,
            longest / 1000.0,
            Shares(p => p < 0 ? "none" : design.Cables.Products[p].Medium.ToWord()),
            Shares(p => p < 0 ? "none" : design.Cables.Products[p].Id),
            [
                .. Enumerable
                    .Range(0, bins)
                    .Select(b => new LengthBin(Math.Round(b * step, 6), Math.Round((b + 1) * step, 6), copper[b], fibre[b])),
            ]
        );

        CableShare[] Shares(Func<int, string> name) =>
            [
                .. products
                    .GroupBy(p => name(p.Key))
                    .Select(g => new CableShare(g.Key, g.Sum(p => p.Value.Count), g.Sum(p => p.Value.Millimetres) / 1000.0))
                    .OrderByDescending(s => s.Count),
            ];
    }

    // A round step is one of these, times a power of ten.
    private static readonly int[] Steps = [1, 2, 5, 10];

    private static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(least, 0.05))));
        return Steps.Select(s => s * power).First(s => s >= Math.Max(least, 0.05) - 1e-12);
    }

    private static CableAnswer CableOf(DesignView view, string id)
    {
        int cable = FloorApi.CableOf(view, id);
        ClusterDesign design = view.Design;
        (LinkClass first, int firstIndex) = view.Cables.FirstOf(cable);
        List<CableLegAnswer> legs = [];
        foreach (int number in view.Cables.LinksOf(cable))
        {
            (LinkClass links, int index) = view.Links.At(number);
            Link link = links.Links[index];
            legs.Add(
                new(
                    legs.Count,
                    LabelA(design, links, link),
                    LabelZ(design, links, link),
                    design.Cables.LengthOfLink[links.Index][index] / 1000.0,
                    link.Rail >= 0 ? link.Rail : null
                )
            );
        }

        ChannelWalk walk = design.Channels.Walk();
        walk.Take(cable);
        int digits = CableNaming.PieceDigits(design.Channels);
        return new(
            view.Table.RowOf(cable),
            legs,
            WhyOf(design, first, design.Cables.LengthOfLink[first.Index][firstIndex], design.Cables.Cables[cable].Product),
            [.. walk.Steps.Select(s => StepOf(design, s, digits))],
            FloorApi.RouteOf(view, id)
        );
    }

    private static string LabelA(ClusterDesign design, LinkClass links, in Link link) =>
        CableNaming.Label(design, links.Fabric, link.A, link.ACage, design.Network.PortNameA(links, link));

    private static string LabelZ(ClusterDesign design, LinkClass links, in Link link) =>
        CableNaming.Label(design, links.Fabric, link.Z, link.ZCage, design.Network.PortNameZ(links, link));

    // The choice that covers this cable: its class, its product, and a range of lengths that holds its own.
    private static WhyAnswer? WhyOf(ClusterDesign design, LinkClass links, int length, int product)
    {
        ProductChoice? choice = design
            .Cables.Choices.Where(c => c.LinkClass == links.Index && c.Product == product)
            .MinBy(c => Math.Max(0, Math.Max(c.Shortest.Millimetres - length, length - c.Longest.Millimetres)));
        return choice is null
            ? null
            : new(
                choice.Reasons,
                product < 0 ? 0 : design.Cables.Products[product].Reach.Metres,
                product < 0 ? 0 : design.Cables.Products[product].RatedReach.Metres,
                Math.Round(choice.ReachUsed, 4),
                choice.Shortest.Metres,
                choice.Longest.Metres,
                choice.Links,
                choice.SecondSources,
                [.. choice.Candidates.Select(CandidateOf)]
            );
    }

    private static CandidateAnswer CandidateOf(InterconnectCandidate c) =>
        new()
        {
            Id = c.Head.Id == c.Tail.Id ? c.Head.Id : c.Head.Id + "+" + c.Tail.Id,
            Name = c.Head.Name,
            Medium = c.Medium?.ToWord(),
            Verdict = c.Verdict.ToWord(),
            ReachM = c.Reach.Metres,
            OrderLengthM = c.OrderLength > Units.Length.Zero ? c.OrderLength.Metres : null,
            Usd = c.Price?.Dollars,
            PowerW = c.Power?.Watts,
            LatencyNs = c.Latency?.Nanoseconds,
            LossDb = c.LossDb is { } loss ? Math.Round(loss, 3) : null,
            Reasons = c.Reasons,
        };

    private static ChannelStepAnswer StepOf(ClusterDesign design, ChannelStep s, int digits)
    {
        PieceArticle? article = s.Row.Article < 0 ? null : design.Channels.Articles[s.Row.Article];
        return new()
        {
            Leg = s.Leg,
            Path = s.Path,
            Seq = s.Sequence,
            Piece = CableNaming.PieceId(s.Piece, digits),
            Kind = article?.Kind.ToWord(),
            Part = article?.Id,
            OrderCode = article?.OrderCode,
            LengthM = s.Row.LengthMillimetres / 1000.0,
            OrderLengthM = article?.OrderLength.Metres,
            Fibres = article?.Fibres,
            Polarity = article?.Ends is { } ends ? ends.Polarity.ToWord() : null,
            LossDb = s.LossDb is { } loss ? Math.Round(loss, 4) : null,
            A = PlugOf(design, s.Row.A),
            Z = PlugOf(design, s.Row.Z),
        };
    }

    private static PlugAnswer PlugOf(ClusterDesign design, in PieceEnd end) =>
        end.Panel >= 0
            ? new(
                design.Channels.Panels[end.Panel].Name,
                end.Port.ToString(CultureInfo.InvariantCulture),
                end.Socket >= 0 ? end.Socket : null,
                true,
                end.Rear
            )
            : new(
                design.Network.NameOf(end.Device, end.Fabric, end.Port),
                design.Network.PortName(end.Device, end.Fabric, end.Port),
                end.Socket >= 0 ? end.Socket : null,
                false,
                null
            );

    private static IResult Labels(DesignView view, string rackName, string? format)
    {
        int rack = FloorApi.RackIndex(view, rackName);
        ClusterDesign design = view.Design;
        List<LabelRow> rows = [];
        foreach (int cable in view.Racks.CablesOf(rack))
        {
            Cable one = design.Cables.Cables[cable];
            string? product = one.Product < 0 ? null : design.Cables.Products[one.Product].Id;
            int leg = 0;
            foreach (int number in view.Cables.LinksOf(cable))
            {
                (LinkClass links, int index) = view.Links.At(number);
                Link link = links.Links[index];
                bool atA = design.Router.RackA(links, index) == rack,
                    atZ = design.Router.RackZ(links, index) == rack;
                (string a, string z) = (LabelA(design, links, link), LabelZ(design, links, link));
                double length = one.LengthMillimetres / 1000.0,
                    order = one.OrderLengthMillimetres / 1000.0;
                if (atA)
                {
                    rows.Add(new(view.Cables.IdOf(cable), leg, a, z, product, length, order));
                }

                if (atZ)
                {
                    rows.Add(new(view.Cables.IdOf(cable), leg, z, a, product, length, order));
                }

                leg++;
            }
        }

        string name = design.Placement.Racks[rack].Name;
        return format switch
        {
            null or "json" => Results.Json(new LabelsAnswer(name, rows), StudioJson.Default.LabelsAnswer),
            "csv" => Results.Text(Csv(rows), "text/csv; charset=utf-8"),
            "html" => Results.Text(Sheet(name, rows), "text/html; charset=utf-8"),
            _ => throw ApiException.Wrong("format is json, csv or html"),
        };
    }

    private static string Csv(List<LabelRow> rows)
    {
        StringBuilder text = new("cable_id,leg,label_here,label_there,product,length_m,order_length_m\n");
        foreach (LabelRow r in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Field(r.Cable)},{r.Leg},{Field(r.Here)},{Field(r.There)},{Field(r.Product ?? "")},{r.LengthM:0.###},{r.OrderLengthM:0.###}\n"
            );
        }

        return text.ToString();

        // A spreadsheet must not take a name for a formula.
        static string Field(string value)
        {
            value = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' ? "'" + value : value;
            return value.AsSpan().IndexOfAny(",\"\n\r") < 0 ? value : $"\"{value.Replace("\"", "\"\"")}\"";
        }
    }

    // A page of its own, as plain as a label printer wants it: no style, so that the policy of the page holds here too.
    private static string Sheet(string rack, List<LabelRow> rows)
    {
        StringBuilder html = new();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{Text(rack)}: labels</title>"
        );
        html.Append(CultureInfo.InvariantCulture, $"<h1>Pull sheet of rack {Text(rack)}</h1><p>{rows.Count:#,0} ends of cables</p>");
        html.Append(
            "<table border=\"1\" cellpadding=\"4\" cellspacing=\"0\"><thead><tr><th>cable<th>leg<th>here<th>there<th>product<th>length<tbody>"
        );
        foreach (LabelRow r in rows)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Text(r.Cable)}<td>{r.Leg}<td><b>{Text(r.Here)}</b><td>{Text(r.There)}<td>{Text(r.Product ?? "")}<td>{r.OrderLengthM:0.###} m"
            );
        }

        return html.Append("</table></html>").ToString();

        static string Text(string value) => WebUtility.HtmlEncode(PlainText.Line(value));
    }

    private static SearchAnswer Search(DesignView view, string text, int limit)
    {
        List<SearchRow> rows = [];
        if (text.Trim().Length == 0)
        {
            return new(rows);
        }

        ClusterDesign design = view.Design;
        Network network = design.Network;
        text = text.Trim();
        if (view.Cables.Find(text) is >= 0 and var cable)
        {
            CableRow row = view.Table.RowOf(cable);
            rows.Add(new("cable", row.Id, $"{row.A} to {row.Z}, {row.Product}"));
        }

        foreach (Floor.Rack rack in design.Placement.Racks.Where(r => Has(r.Name)).Take(limit))
        {
            rows.Add(new("rack", rack.Name, rack.Use.ToWord()));
        }

        foreach (DeviceGroup group in network.Groups)
        {
            for (int device = group.First; device < group.First + group.Count && rows.Count < limit; device++)
            {
                string name = network.NameOf(device);
                if (Has(name))
                {
                    rows.Add(
                        new("device", name, $"{group.Model.Name} in {design.Placement.Racks[design.Placement.RackOfDevice[device]].Name}")
                    );
                }
            }
        }

        foreach (var line in design.Bill.Lines.Where(l => Has(l.Id) || Has(l.Name)))
        {
            rows.Add(new("bill", line.Id, FormattableString.Invariant($"{line.Quantity:#,0} x {line.Name}")));
        }

        foreach (var d in design.Diagnostics.Where(d => Has(d.Id) || Has(d.Message)))
        {
            rows.Add(new("diagnostic", d.Id, d.Message));
        }

        return new([.. rows.Take(limit)]);

        bool Has(string name) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
