using System.Collections.Immutable;
using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>What the trays carry: fill and weight of every stretch, the fullest and the heaviest, and the longest cable.</summary>
/// <remarks>
/// Every piece counts where it lies: cords to the frames of panels, trunks between them. Legs of one piece may part; each then counts as its
/// share of it. What runs between halls is counted up to the halls' walls.
/// </remarks>
public sealed class TrayReport
{
    /// <summary>Trays that a default floor has at most on one way: two beside each other, four high.</summary>
    private const int MostTrays = 8;

    /// <summary>Every stretch that carries a cable: by hall, rows first, then crossings.</summary>
    public required IReadOnlyList<TraySegment> Segments { get; init; }

    /// <summary>The stretch with the highest fill, or null when no cable leaves its rack.</summary>
    public TraySegment? PeakFill { get; init; }

    /// <summary>The stretch with the highest weight a metre, or null when no cable leaves its rack.</summary>
    public TraySegment? PeakWeight { get; init; }

    /// <summary>Share of the cross-section that the file (or the catalogue) allows.</summary>
    public required double FillLimit { get; init; }

    /// <summary>Kilograms a metre that the file (or the catalogue) allows.</summary>
    public required double WeightLimit { get; init; }

    /// <summary>Stretches above the fill limit.</summary>
    public required int SegmentsOverFill { get; init; }

    /// <summary>Stretches above the weight limit.</summary>
    public required int SegmentsOverWeight { get; init; }

    /// <summary>The longest cable, or null when there is none.</summary>
    public LongestCable? Longest { get; init; }

    /// <summary>Number of bundles.</summary>
    public required int Bundles { get; init; }

    /// <summary>Warnings about full or heavy trays.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Lays every cable into its trays and sums up.</summary>
    public static TrayReport Compute(
        ClusterSpec spec,
        Network network,
        Placement placement,
        CableRouter router,
        CablePlan plan,
        ChannelPlan channels
    )
    {
        var geometry = new FloorGeometry(spec);
        TrayLoads loads = LoadsOf(spec.Catalogue, network, router, plan, channels);
        List<TraySegment> segments = [.. SegmentsOf(geometry, placement, loads).Select(s => Stacked(s, TraysFor(spec, geometry, s)))];
        TraySegment? fill = null;
        TraySegment? weight = null;
        int overFill = 0;
        int overWeight = 0;
        foreach (TraySegment segment in segments)
        {
            fill = fill is null || segment.Fill > fill.Value.Fill ? segment : fill;
            weight = weight is null || segment.KilogramsPerMetre > weight.Value.KilogramsPerMetre ? segment : weight;
            overFill += segment.Fill > geometry.MaxFill ? 1 : 0;
            overWeight += segment.KilogramsPerMetre > geometry.MaxKilogramsPerMetre ? 1 : 0;
        }

        var diagnostics = new DiagnosticBag();
        if (fill is { } peak && peak.Fill > geometry.MaxFill)
        {
            diagnostics.Warning(
                "LL5010",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"cables fill {peak.Fill * 100:0} % of the {NameOf(placement, peak)} ({peak.Cables:0} cables), above "
                        + $"the limit of {geometry.MaxFill * 100:0} %; {overFill} stretches of tray are too full; trays "
                        + $"{RoundUp(geometry.TrayWidth * peak.Fill / geometry.MaxFill)} mm wide, or several one above another, "
                        + $"would do (floor.trays)"
                ),
                NameOf(placement, peak)
            );
        }
        else if (fill is { } near && near.Fill > geometry.PlannedFill)
        {
            diagnostics.Note(
                "LL5012",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"cables fill {near.Fill * 100:0} % of the {NameOf(placement, near)}: below the limit of "
                        + $"{geometry.MaxFill * 100:0} %, but above the {geometry.PlannedFill * 100:0} % that leaves room to "
                        + $"grow"
                ),
                NameOf(placement, near)
            );
        }

        SayStacked(segments, placement, diagnostics);
        if (weight is { } heavy && heavy.KilogramsPerMetre > geometry.MaxKilogramsPerMetre)
        {
            diagnostics.Warning(
                "LL5011",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"cables weigh {heavy.KilogramsPerMetre:0.#} kg on every metre of the {NameOf(placement, heavy)}, "
                        + $"above the limit of {geometry.MaxKilogramsPerMetre:0.#} kg; {overWeight} stretches of tray are too "
                        + $"heavy; shorten the supports' span, add trays, or use fibre there"
                ),
                NameOf(placement, heavy)
            );
        }

        return new TrayReport
        {
            Segments = segments,
            PeakFill = fill,
            PeakWeight = weight,
            FillLimit = geometry.MaxFill,
            WeightLimit = geometry.MaxKilogramsPerMetre,
            SegmentsOverFill = overFill,
            SegmentsOverWeight = overWeight,
            Longest = LongestOf(network, placement, router, plan),
            Bundles = plan.BundleCount,
            Diagnostics = diagnostics,
        };
    }

    // A default floor is ours to mend: where one tray would be too full or too heavy there are several, each with room to grow. On a floor of
    // the file's own there are as many as the file says.
    private static int TraysFor(ClusterSpec spec, FloorGeometry geometry, in TraySegment one)
    {
        if (spec.Floor.Trays.Count is { } given)
        {
            return given;
        }

        bool tooMuch = one.Fill > geometry.MaxFill || one.KilogramsPerMetre > geometry.MaxKilogramsPerMetre;
        bool own = spec.Floor is { Sites.Count: > 0 } or { Trays.Width: not null } or { Trays.Depth: not null };
        return own || !tooMuch
            ? 1
            : Math.Clamp(
                (int)Math.Ceiling(Math.Max(one.Fill / geometry.PlannedFill, one.KilogramsPerMetre / geometry.MaxKilogramsPerMetre)),
                1,
                MostTrays
            );
    }

    private static TraySegment Stacked(in TraySegment one, int trays) =>
        trays == 1 ? one : one with { Trays = trays, Fill = one.Fill / trays, KilogramsPerMetre = one.KilogramsPerMetre / trays };

    private static void SayStacked(List<TraySegment> segments, Placement placement, DiagnosticBag diagnostics)
    {
        if (segments.Count == 0 || segments.MaxBy(s => s.Trays) is not { Trays: > 1 } most)
        {
            return;
        }

        double metres = segments.Where(s => s.Trays > 1).Sum(s => (s.Trays - 1) * s.Length.Metres);
        diagnostics.Note(
            "LL5013",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{segments.Count(s => s.Trays > 1)} stretches carry more than one tray holds and have several one above another, up to "
                    + $"{most.Trays} in the {NameOf(placement, most)}: {metres:#,0} m more tray"
            ),
            NameOf(placement, most)
        );
    }

    /// <summary>
    /// The name of a stretch of tray: <c>tray of row A03 above position 12</c>, <c>crossing A-X2 between rows A03 and A04</c>.
    /// </summary>
    public static string NameOf(Placement placement, TraySegment segment)
    {
        Hall hall = placement.Halls[segment.Hall];
        if (!segment.IsCrossing)
        {
            return FormattableString.Invariant($"tray of row {hall.Letter}{segment.Row:00} above position {segment.At}");
        }

        string crossing = FormattableString.Invariant($"crossing {hall.Letter}-X{segment.At + 1}");
        return segment.Row == 0 ? $"{crossing} between the wall and row {hall.Letter}01"
            : segment.Row == hall.Rows ? FormattableString.Invariant($"{crossing} between row {hall.Letter}{hall.Rows:00} and the wall")
            : FormattableString.Invariant($"{crossing} between rows {hall.Letter}{segment.Row:00} and {hall.Letter}{segment.Row + 1:00}");
    }

    private static int RoundUp(double millimetres) => (int)Math.Ceiling(millimetres / 50) * 50;

    private static TrayLoads LoadsOf(Catalogue catalogue, Network network, CableRouter router, CablePlan plan, ChannelPlan channels)
    {
        TrayShares shares = new(catalogue, router, plan, channels);
        var total = new TrayLoads(router);
        const int Chunk = 1 << 16;
        for (int c = 0; c < network.LinkClasses.Count; c++)
        {
            LinkClass links = network.LinkClasses[c];
            ImmutableArray<int> cables = plan.CableOfLink[c];
            int chunks = (cables.Length + Chunk - 1) / Chunk;
            if (chunks <= 1)
            {
                Lay(0, cables.Length, total);
                continue;
            }

            Parallel.For(
                0,
                chunks,
                () => new TrayLoads(router),
                (chunk, _, own) =>
                {
                    Lay(chunk * Chunk, Math.Min(cables.Length, (chunk + 1) * Chunk), own);
                    return own;
                },
                own =>
                {
                    lock (total)
                    {
                        total.Add(own);
                    }
                }
            );

            void Lay(int from, int to, TrayLoads into)
            {
                // Neighbours often lie between the same racks and lay the same: those are counted, and multiplied once.
                int rackA = -1;
                int rackZ = -1;
                int kind = -1;
                int alike = 0;
                int last = from;
                TrayShare sum = default;
                for (int i = from; i < to; i++)
                {
                    int cable = cables[i];
                    if (cable < 0 || plan.Cables[cable].Product < 0)
                    {
                        // Nothing serves the link; the plan says so.
                        continue;
                    }

                    ref readonly Link link = ref links.Links[i];
                    int a = router.RackAt(links.Fabric, link.A, link.ACage);
                    int z = router.RackAt(links.Fabric, link.Z, link.ZCage);
                    int next = shares.KindOf(cable);
                    if (a != rackA || z != rackZ || next != kind)
                    {
                        sum += shares.Of(kind, alike, links, last, cables[last]);
                        (kind, alike) = (next, 0);
                    }

                    if (a != rackA || z != rackZ)
                    {
                        into.Lay(rackA, rackZ, sum);
                        (rackA, rackZ, sum) = (a, z, default);
                    }

                    last = i;
                    if (next >= 0)
                    {
                        alike++;
                    }
                    else
                    {
                        sum += shares.Of(links, i, cable);
                    }
                }

                if (alike > 0)
                {
                    sum += shares.Of(kind, alike, links, last, cables[last]);
                }

                into.Lay(rackA, rackZ, sum);
            }
        }

        return total;
    }

    private static List<TraySegment> SegmentsOf(FloorGeometry geometry, Placement placement, TrayLoads loads)
    {
        var segments = new List<TraySegment>();
        double section = (double)geometry.TrayWidth * geometry.TrayDepth * 1000;
        foreach (Hall hall in placement.Halls)
        {
            for (int row = 0; row < hall.Rows; row++)
            {
                int at = 0;
                foreach (TrayLoads.Load load in loads.Row(hall.Index, row))
                {
                    at++;
                    Keep(hall, row + 1, at, false, load, hall.RackPitch);
                }
            }

            for (int crossing = 0; crossing < hall.CrossingX.Count; crossing++)
            {
                int row = 0;
                foreach (TrayLoads.Load load in loads.Crossing(hall.Index, crossing))
                {
                    Length from = row == 0 ? Length.Zero : hall.RowY[row - 1];
                    Length to = row == hall.Rows ? hall.Depth : hall.RowY[row];
                    Keep(hall, row, crossing, true, load, to - from);
                    row++;
                }
            }
        }

        return segments;

        void Keep(Hall hall, int row, int at, bool isCrossing, in TrayLoads.Load load, Length length)
        {
            if (load.Parts > 0)
            {
                segments.Add(
                    new TraySegment(
                        hall.Index,
                        row,
                        at,
                        isCrossing,
                        (double)load.Parts / TrayLoads.CableParts,
                        load.Area / section,
                        load.Weight / 1e6,
                        length
                    )
                );
            }
        }
    }

    private static LongestCable? LongestOf(Network network, Placement placement, CableRouter router, CablePlan plan)
    {
        int bestClass = -1;
        int bestLink = -1;
        int longest = -1;
        for (int c = 0; c < plan.LengthOfLink.Count; c++)
        {
            ImmutableArray<int> lengths = plan.LengthOfLink[c];
            for (int i = 0; i < lengths.Length; i++)
            {
                if (lengths[i] > longest)
                {
                    (bestClass, bestLink, longest) = (c, i, lengths[i]);
                }
            }
        }

        if (bestLink < 0)
        {
            return null;
        }

        LinkClass links = network.LinkClasses[bestClass];
        Link link = links.Links[bestLink];
        RouteBreakdown route = router.Explain(links, bestLink);
        Rack a = placement.Racks[router.RackA(links, bestLink)];
        Rack z = placement.Racks[router.RackZ(links, bestLink)];
        string cause =
            FormattableString.Invariant(
                $"{network.NameOf(link.A, links.Fabric, link.ACage)} in {a.Name} and {network.NameOf(link.Z, links.Fabric, link.ZCage)} in {z.Name} stand {Words(route.Scope)}; "
            )
            + FormattableString.Invariant($"{route.Tray.Metres:#,0.0} of {route.Total.Metres:#,0.0} m run along trays ({route.Route}), ")
            + (route.Duct > Length.Zero ? FormattableString.Invariant($"{route.Duct.Metres:#,0.0} m through the campus duct, ") : "")
            + (
                route.Frames > Length.Zero
                    ? FormattableString.Invariant($"{route.Frames.Metres:#,0.0} m down to panels and up again, ")
                    : ""
            )
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{(route.AFaceplate + route.AVertical + route.ZVertical + route.ZFaceplate).Metres:0.0} m between "
                    + $"ports and trays, {route.Slack.Metres:0.0} m are slack"
            );
        return new LongestCable(links, bestLink, route, cause);
    }

    private static string Words(Scope scope) =>
        scope switch
        {
            Scope.SameRack => "in one rack",
            Scope.SameRow => "in one row",
            Scope.SameHall => "in two rows of one hall",
            Scope.SameBuilding => "in two halls of one building",
            Scope.SameSite => "in two buildings of one site",
            _ => "on two sites",
        };
}
