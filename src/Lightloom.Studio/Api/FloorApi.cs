using Lightloom.Channels;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Studio.Projects;
using Lightloom.Studio.Views;
using Lightloom.Topology;
using Lightloom.Units;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lightloom.Studio.Api;

/// <summary>Halls, racks, trays and the ways of cables.</summary>
internal static class FloorApi
{
    public static void Map(IEndpointRouteBuilder app, Project project)
    {
        app.MapGet("/api/floor", () => FloorOf(DesignApi.ViewOf(project))).WithSummary("Halls with their grids");
        app.MapGet("/api/floor/racks", () => Results.Bytes(RackColumns(DesignApi.ViewOf(project)), Columns.MediaType))
            .WithSummary("All racks as binary columns");
        app.MapGet("/api/trays", () => Results.Bytes(TrayColumns(DesignApi.ViewOf(project)), Columns.MediaType))
            .WithSummary("All stretches of tray as binary columns");
        app.MapGet("/api/racks/{name}", (string name) => RackOf(DesignApi.ViewOf(project), name)).WithSummary("A rack, unit by unit");
        app.MapGet("/api/cables/{id}/route", (string id) => RouteOf(DesignApi.ViewOf(project), id)).WithSummary("A cable's way in metres");
        app.MapPost(
                "/api/floor/move",
                (MoveRequest body, double? wait_s, HttpRequest request, CancellationToken cancel) =>
                    Move(project, body with { Revision = ProjectApi.Revision(request, body.Revision) }, wait_s, cancel)
            )
            .WithSummary("Moves a rack, or lets two change places");
    }

    /// <summary>The cable of that id.</summary>
    public static int CableOf(DesignView view, string id) =>
        view.Cables.Find(id) is >= 0 and var cable ? cable : throw ApiException.NotFound($"there is no cable '{Yaml.Excerpt.Of(id)}'");

    /// <summary>The rack of that name.</summary>
    public static int RackIndex(DesignView view, string name) =>
        view.Racks.Find(name) is >= 0 and var rack ? rack : throw ApiException.NotFound($"there is no rack '{Yaml.Excerpt.Of(name)}'");

    /// <summary>A cable's way, by its longest leg.</summary>
    public static RouteAnswer RouteOf(DesignView view, string id)
    {
        int cable = CableOf(view, id);
        (LinkClass links, int index) = LongestLeg(view, cable);
        RouteBreakdown route = view.Design.Router.Explain(links, index);
        return new(
            view.Cables.IdOf(cable),
            [.. view.Design.Router.Points(links, index).Select(p => new[] { p.X, p.Y, p.Z })],
            route.Total.Metres,
            route.Route,
            [.. route.Parts.Where(p => p.Length > Length.Zero).Select(p => new RoutePart(p.Name, p.Length.Metres))]
        );
    }

    private static (LinkClass Class, int Index) LongestLeg(DesignView view, int cable)
    {
        (LinkClass Class, int Index) longest = view.Cables.FirstOf(cable);
        int most = -1;
        foreach (int number in view.Cables.LinksOf(cable))
        {
            (LinkClass links, int index) = view.Links.At(number);
            if (view.Design.Cables.LengthOfLink[links.Index][index] > most)
            {
                (longest, most) = ((links, index), view.Design.Cables.LengthOfLink[links.Index][index]);
            }
        }

        return longest;
    }

    private static FloorAnswer FloorOf(DesignView view)
    {
        Placement placement = view.Design.Placement;
        double[] power = new double[placement.Halls.Count];
        int[] racks = new int[placement.Halls.Count];
        foreach (Rack rack in placement.Racks)
        {
            power[rack.Hall] += rack.UsedPower.Watts;
            racks[rack.Hall]++;
        }

        LongestCable? longest = view.Design.Trays.Longest;
        int longestCable = longest is null ? -1 : view.Design.Cables.CableOfLink[longest.LinkClass.Index][longest.Link];
        return new(
            [.. placement.Halls.Select(h => HallOf(h, power[h.Index], racks[h.Index]))],
            placement.Racks.Count,
            [.. Enum.GetValues<RackUse>().Select(u => u.ToWord())],
            view.Design.Trays.FillLimit,
            view.Design.Trays.WeightLimit,
            view.Design.Spec.Catalogue.Fact("rack-unit-height-m").Value,
            longest is null
                ? null
                : new(
                    longestCable < 0 ? null : view.Cables.IdOf(longestCable),
                    longest.Route.Total.Metres,
                    longest.Route.Route,
                    longest.Cause
                )
        );
    }

    private static HallAnswer HallOf(Hall hall, double power, int racks) =>
        new()
        {
            Name = hall.Name,
            Letter = hall.Letter,
            Building = hall.Building,
            Site = hall.Site,
            XM = (hall.BuildingX + hall.X).Metres,
            YM = (hall.BuildingY + hall.Y).Metres,
            WidthM = hall.Width.Metres,
            DepthM = hall.Depth.Metres,
            Rows =
            [
                .. Enumerable
                    .Range(1, hall.Rows)
                    .Select(row =>
                    {
                        (Units.Length from, Units.Length to) = hall.RowExtent(row);
                        return new RowAnswer(row, hall.RowY[row - 1].Metres, from.Metres, to.Metres, Hall.PortsFaceDown(row));
                    }),
            ],
            RacksPerRow = hall.RacksPerRow,
            RackPitchM = hall.RackPitch.Metres,
            RackDepthM = hall.RackDepth.Metres,
            FirstRackXM = hall.FirstRackX.Metres,
            CrossingsXM = [.. hall.CrossingX.Select(x => x.Metres)],
            PowerLimitW = hall.PowerLimit?.Watts,
            PowerW = power,
            Racks = racks,
            Overflow = hall.IsOverflow,
        };

    private static byte[] RackColumns(DesignView view)
    {
        Placement placement = view.Design.Placement;
        IReadOnlyList<Rack> racks = placement.Racks;
        Hall HallOf(int r) => placement.Halls[racks[r].Hall];
        RackFigures figures = view.Racks;
        return new Columns(racks.Count)
            .Float("x_m", r => (HallOf(r).BuildingX + HallOf(r).X + HallOf(r).RackX(racks[r].Position)).Metres)
            .Float("y_m", r => (HallOf(r).BuildingY + HallOf(r).Y + HallOf(r).RowExtent(racks[r].Row).From).Metres)
            .Float("width_m", r => (HallOf(r).RackPitch * racks[r].Span).Metres)
            .Float("depth_m", r => HallOf(r).RackDepth.Metres)
            .Short("hall", r => racks[r].Hall)
            .Short("row", r => racks[r].Row)
            .Short("position", r => racks[r].Position)
            .Byte("span", r => racks[r].Span)
            .Byte("use", r => (int)racks[r].Use)
            .Float("power_w", r => racks[r].UsedPower.Watts)
            .Float("power_limit_w", r => racks[r].PowerLimit.Watts)
            .Byte("used_units", r => Math.Min(255, racks[r].UsedUnits))
            .Byte("units", r => Math.Min(255, racks[r].Units))
            .Int("cables", r => figures.Ends[r])
            .Float("longest_m", r => figures.LongestMillimetres[r] / 1000.0)
            .Float("optical", r => figures.Ends[r] == 0 ? 0 : (double)figures.Optical[r] / figures.Ends[r])
            .Short("devices", r => Math.Min(65535, racks[r].Devices.Count))
            .Words("use", [.. Enum.GetValues<RackUse>().Select(u => u.ToWord())])
            .Words("hall", [.. placement.Halls.Select(h => h.Name)])
            .Words("names", [.. racks.Select(r => r.Name)])
            .ToBytes();
    }

    private static byte[] TrayColumns(DesignView view)
    {
        Placement placement = view.Design.Placement;
        IReadOnlyList<TraySegment> segments = view.Design.Trays.Segments;
        (double X0, double Y0, double X1, double Y1)[] ends = [.. segments.Select(s => EndsOf(placement.Halls[s.Hall], s))];
        return new Columns(segments.Count)
            .Short("hall", i => segments[i].Hall)
            .Short("row", i => segments[i].Row)
            .Short("at", i => segments[i].At)
            .Byte("crossing", i => segments[i].IsCrossing ? 1 : 0)
            .Byte("trays", i => Math.Min(255, segments[i].Trays))
            .Float("x0_m", i => ends[i].X0)
            .Float("y0_m", i => ends[i].Y0)
            .Float("x1_m", i => ends[i].X1)
            .Float("y1_m", i => ends[i].Y1)
            .Float("cables", i => segments[i].Cables)
            .Float("fill", i => segments[i].Fill)
            .Float("kg_per_m", i => segments[i].KilogramsPerMetre)
            .ToBytes();
    }

    private static (double X0, double Y0, double X1, double Y1) EndsOf(Hall hall, TraySegment s)
    {
        double x = (hall.BuildingX + hall.X).Metres,
            y = (hall.BuildingY + hall.Y).Metres;
        if (!s.IsCrossing)
        {
            double from = hall.RackX(s.At).Metres;
            return (x + from, y + hall.RowY[s.Row - 1].Metres, x + from + hall.RackPitch.Metres, y + hall.RowY[s.Row - 1].Metres);
        }

        double at = x + hall.CrossingX[s.At].Metres;
        return (
            at,
            y + (s.Row == 0 ? 0 : hall.RowY[s.Row - 1].Metres),
            at,
            y + (s.Row == hall.Rows ? hall.Depth.Metres : hall.RowY[s.Row].Metres)
        );
    }

    private static RackAnswer RackOf(DesignView view, string name)
    {
        int index = RackIndex(view, name);
        Placement placement = view.Design.Placement;
        Rack rack = placement.Racks[index];
        return new()
        {
            Name = rack.Name,
            Hall = placement.Halls[rack.Hall].Name,
            Row = rack.Row,
            Position = rack.Position,
            Span = rack.Span,
            Use = rack.Use.ToWord(),
            Units = rack.Units,
            UsedUnits = rack.UsedUnits,
            PowerW = rack.UsedPower.Watts,
            PowerLimitW = rack.PowerLimit.Watts,
            Cables = view.Racks.CablesOf(index).Length,
            LongestM = view.Racks.LongestMillimetres[index] / 1000.0,
            Items = [.. view.Contents.Of(index).Select(item => ItemOf(view, item)).OrderBy(i => i.Unit)],
            Panels =
            [
                .. view
                    .Design.Channels.Panels.Where(p => p.Frame.Rack == index)
                    .Select(p => new RackPanelAnswer(p.Name, p.Id, p.Unit, p.Units, p.Ports, p.UsedPorts)),
            ],
            Previous = Beside(placement, rack, -1),
            Next = Beside(placement, rack, 1),
        };
    }

    private static string? Beside(Placement placement, Rack rack, int step) =>
        placement
            .Racks.Where(r => r.Hall == rack.Hall && r.Row == rack.Row && (r.Position - rack.Position) * step > 0)
            .MinBy(r => Math.Abs(r.Position - rack.Position))
            ?.Name;

    private static RackItemAnswer ItemOf(DesignView view, RackItem item)
    {
        DeviceGroup group = view.Design.Network.GroupOf(item.Device);
        DeviceSize size = DeviceSize.Of(view.Design.Spec, group.Model);
        return new(
            view.Contents.NameOf(item),
            view.Design.Network.NameOf(item.Device),
            view.Contents.KindOf(item),
            group.IsNode ? null : group.Tier.ToWord(),
            group.IsNode ? null : group.Fabric.ToWord(),
            group.Model.Id,
            item.Unit,
            item.Units,
            item.Tray is { } tray ? tray.Model.PowerMaximum?.Value.Watts
                : size.PowerAssumed ? null
                : size.Power.Watts,
            "rear"
        );
    }

    private static async Task<StateAnswer> Move(Project project, MoveRequest body, double? seconds, CancellationToken cancel)
    {
        DesignView before = DesignApi.ViewOf(project);
        int rack = RackIndex(before, body.Rack);
        Placement placement = before.Design.Placement;
        Rack moved = placement.Racks[rack];
        if (moved.Devices.Count == 0)
        {
            throw new ApiException(422, $"{moved.Name} is a further rack of a node that begins in another; move that one");
        }

        Hall? hall = body.Hall is null
            ? placement.Halls[moved.Hall]
            : placement.Halls.FirstOrDefault(h => h.Name == body.Hall || h.Letter == body.Hall);
        if (hall is null || body.Row < 1 || body.Row > hall.Rows || body.Position < 1 || body.Position > hall.RacksPerRow)
        {
            throw new ApiException(
                422,
                hall is null
                    ? $"there is no hall '{Yaml.Excerpt.Of(body.Hall!)}'"
                    : $"{hall.Name} has rows 1 to {hall.Rows} of {hall.RacksPerRow} positions"
            );
        }

        RackPlaceSpec place = new()
        {
            Holds = before.Design.Network.GroupOf(moved.Devices[0]).OwnNameOf(moved.Devices[0]),
            Hall = hall.Name,
            Row = body.Row,
            Position = body.Position,
        };
        IReadOnlyList<RackPlaceSpec> places = [.. before.Design.Spec.Floor.Places.Where(p => !HoldsOneOf(before, p, moved)), place];
        string list = "[" + string.Join(", ", places.Select(InYaml)) + "]";
        StateAnswer state = await ProjectApi.Change(
            project,
            body.Revision,
            text => SpecPath.Set(text, "floor.places", list, out string problem) ?? throw new ApiException(422, problem),
            FormattableString.Invariant($"rack {moved.Name} to {hall.Letter}{body.Row:00}-{body.Position:00}"),
            seconds,
            cancel
        );
        DesignView? after = project.State.Outcome.View;
        return state.Phase == "ready" && after is not null
            ? state with
            {
                Moved = Difference(before, after, FormattableString.Invariant($"{hall.Letter}{body.Row:00}-{body.Position:00}")),
            }
            : state;
    }

    private static bool HoldsOneOf(DesignView view, RackPlaceSpec place, Rack rack) =>
        rack.Devices.Any(d => view.Design.Network.GroupOf(d).OwnNameOf(d) == place.Holds);

    private static string InYaml(RackPlaceSpec p) =>
        FormattableString.Invariant($"{{holds: {p.Holds}, hall: {Quoted(p.Hall!)}, row: {p.Row}, position: {p.Position}}}");

    private static string Quoted(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && char.IsAsciiLetter(name[0])
            ? name
            : "\"" + name.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    private static MovedAnswer Difference(DesignView before, DesignView after, string rack)
    {
        ReadOnlySpan<Cabling.Cable> then = before.Design.Cables.Cables.AsSpan(),
            now = after.Design.Cables.Cables.AsSpan();
        long shorter = 0,
            longer = 0,
            metres = 0;
        for (int cable = 0; cable < Math.Min(then.Length, now.Length); cable++)
        {
            int more = now[cable].LengthMillimetres - then[cable].LengthMillimetres;
            (shorter, longer) = (shorter + (more < 0 ? 1 : 0), longer + (more > 0 ? 1 : 0));
            metres += more;
        }

        return new(
            rack,
            shorter + longer + Math.Abs((long)now.Length - then.Length),
            shorter,
            longer,
            metres / 1000.0,
            Math.Round(after.Figures.CapexUsd - before.Figures.CapexUsd, 2),
            [before.Figures.LongestCableM, after.Figures.LongestCableM],
            ProductsOf(before, after)
        );
    }

    private static BillDiff[] ProductsOf(DesignView before, DesignView after)
    {
        Dictionary<(string Category, string Id), Bill.BillLine> then = before.Design.Bill.Lines.ToDictionary(l => (l.Category, l.Id)),
            now = after.Design.Bill.Lines.ToDictionary(l => (l.Category, l.Id));
        return
        [
            .. then
                .Keys.Union(now.Keys)
                .Select(k => (A: then.GetValueOrDefault(k), B: now.GetValueOrDefault(k)))
                .Where(l => l.A?.Quantity != l.B?.Quantity)
                .Select(l => new BillDiff(
                    (l.A ?? l.B)!.Id,
                    (l.A ?? l.B)!.Name,
                    (l.A ?? l.B)!.Category,
                    l.A?.Quantity ?? 0,
                    l.B?.Quantity ?? 0,
                    l.A?.Total?.Dollars,
                    l.B?.Total?.Dollars
                )),
        ];
    }
}
