using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>Lays out the floor by a given plan, closer and closer until everything has room.</summary>
/// <remarks>
/// The first layout decides the size of default halls and how close racks must stand, and says what there is to say; later ones may run at
/// the same time.
/// </remarks>
internal sealed class FloorPlanning(FloorGeometry geometry, ClusterSpec spec, Network network, DiagnosticBag diagnostics)
{
    private readonly Dictionary<Packing, SwitchAnchors> _anchors = [];
    private (int RacksPerRow, int Rows, int Halls)? _size;
    private bool _told;
    private Packing? _packing;

    /// <summary>One layout. It is complete unless the floor is too small even for the closest packing.</summary>
    public FloorCandidate LayOut(NetworkRackPosition position, bool upperAtCentroid)
    {
        (int racksPerRow, int rows, int halls) = _size ??= Size();
        bool separate = spec
            .Floor.Sites.SelectMany(s => s.Buildings)
            .SelectMany(b => b.Halls)
            .SelectMany(h => h.Fixed)
            .Any(f => f.Use is "leaf" or "spine");

        // What the first plan needed, the others need as well.
        for (Packing packing = _packing ?? Packing.Aligned; ; packing++)
        {
            var plan = new LayoutPlan(position, upperAtCentroid, packing, separate, racksPerRow, rows);
            FloorMap map = Map(racksPerRow, rows);
            RackDrafting drafting = Draft(map, packing);
            List<List<RowGroup>> zones = new RowGroupBuilder(spec, geometry, network, drafting, plan).Build();
            var layouter = new Layouter(map, plan, zones);
            bool complete = layouter.Run() && !drafting.TooLarge;
            if (!complete && packing != Packing.Dense)
            {
                continue;
            }

            if (complete && map.Halls.Count > halls && rows < geometry.MaxRows)
            {
                // Halls of equal size were too tight for this plan; slightly larger ones save a hall.
                rows++;
                packing--;
                continue;
            }

            if (!complete && _packing is null)
            {
                Explain(map, zones, layouter.Homeless, drafting.TooLarge ? null : drafting.MorePower);
            }

            _packing ??= packing;
            List<RackDraft> racks =
            [
                .. zones.SelectMany(rowGroups => rowGroups).SelectMany(rowGroup => rowGroup.Nodes.Concat(rowGroup.Network)),
            ];
            GiveOverflow(map, racks);
            return new FloorCandidate(network, plan, map, racks, complete);
        }
    }

    private FloorMap Map(int racksPerRow, int rows)
    {
        // What is said of the file is said once, however many plans are tried.
        return new FloorMap(geometry, spec, racksPerRow, rows, _told ? null : diagnostics);
    }

    private RackDrafting Draft(FloorMap map, Packing packing)
    {
        // Units share racks in the dense packing only, so that the others have the same racks.
        Packing key = packing == Packing.Dense ? Packing.Dense : Packing.Aligned;
        SwitchAnchors? known;
        lock (_anchors)
        {
            known = _anchors.GetValueOrDefault(key);
        }

        var drafting = new RackDrafting(geometry, spec, network, map, packing == Packing.Dense, known, _told ? null : diagnostics);
        lock (_anchors)
        {
            _anchors[key] = drafting.Anchors;
        }

        _told = true;
        return drafting;
    }

    /// <summary>
    /// Positions a row and rows a hall for default halls: the row that wastes the fewest positions, and halls of about equal size.
    /// </summary>
    private (int RacksPerRow, int Rows, int Halls) Size()
    {
        List<HallSpec> halls = [.. spec.Floor.Sites.SelectMany(site => site.Buildings).SelectMany(building => building.Halls)];
        if (halls.Count > 0)
        {
            // Row groups are cut to what an ordinary row of the file's halls leaves free.
            var free = new Dictionary<int, int>();
            var map = new FloorMap(geometry, spec, geometry.RacksPerRow, geometry.MaxRows, null);
            foreach (HallState hall in map.Halls)
            {
                for (int row = 0; row < hall.Rows; row++)
                {
                    int count = 0;
                    for (int position = 0; position < hall.RacksPerRow; position++)
                    {
                        count += hall[row, position] is SlotUse.KeepOut or SlotUse.Other ? 0 : 1;
                    }

                    free[count] = free.GetValueOrDefault(count) + 1;
                }
            }

            return (
                Math.Max(2, free.OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key).First().Key),
                geometry.MaxRows,
                int.MaxValue
            );
        }

        FloorMap draftMap = Map(geometry.RacksPerRow, geometry.MaxRows);
        RackDrafting drafting = Draft(draftMap, Packing.Aligned);
        int longest = geometry.RacksPerRow;
        int shortest = geometry.RacksPerRowGiven || drafting.Blocks.Count > 20_000 ? longest : Math.Max(2, longest / 2);
        var estimate = new RowEstimate(geometry, network, drafting);
        var trials = new List<(int PerRow, long Positions, List<int> Rows)>();
        for (int perRow = longest; perRow >= shortest; perRow--)
        {
            List<List<int>> zones = estimate.PositionsByZone(perRow);
            List<int> rows = zones.ConvertAll(rowGroups => rowGroups.Sum(positions => (positions + perRow - 1) / perRow));
            if (rows.Sum() == 1 && !geometry.RacksPerRowGiven)
            {
                // All in one row: it is as long as it must be.
                return (Math.Max(2, zones[0][0]), geometry.MaxRows, int.MaxValue);
            }

            trials.Add((perRow, rows.Sum(r => (long)r) * perRow, rows));
        }

        // Long rows make few halls, so a longer row may waste a little more.
        long fewest = trials.Min(trial => trial.Positions);
        (int best, _, List<int> rowsByZone) = trials.First(trial => trial.Positions <= fewest * 1.05);
        if (geometry.Rows is { } given)
        {
            return (best, given, int.MaxValue);
        }

        int total = rowsByZone.Sum();
        int most = geometry.MaxRows;
        if (total <= most)
        {
            return (best, most, int.MaxValue);
        }

        // Halls of about equal size; a layout whose row groups do not divide into them takes a row more.
        int balanced = rowsByZone.Max(rows => (rows + Halls(rows) - 1) / Halls(rows));
        return (best, balanced, rowsByZone.Sum(Halls));

        int Halls(int rows) => (rows + most - 1) / most;
    }

    /// <summary>Says which limit binds and by how much.</summary>
    /// <param name="map">The halls.</param>
    /// <param name="zones">Everything that was to stand in them.</param>
    /// <param name="homeless">What found no place.</param>
    /// <param name="morePower">
    /// Where more power lets racks hold more; null where racks must offer more anyway, which is said then (<see cref="LeastRack"/>).
    /// </param>
    private void Explain(FloorMap map, List<List<RowGroup>> zones, IReadOnlyList<RackDraft> homeless, IReadOnlyList<string>? morePower)
    {
        if (homeless.Count == 0)
        {
            return;
        }

        bool roomLeft = homeless
            .DistinctBy(rack => (rack.Use, rack.IsUpper, rack.Span))
            .Any(rack => map.Halls.Any(hall => HasPosition(hall, rack)));
        int needed = zones.SelectMany(rowGroups => rowGroups).Sum(rowGroup => rowGroup.Positions);
        int missing = homeless.Sum(rack => rack.Span);
        if (roomLeft)
        {
            long demand = zones.SelectMany(rowGroups => rowGroups).Sum(rowGroup => rowGroup.Power);
            long offered = map.Halls.Sum(hall => hall.PowerLimit ?? 0);
            Power missingPower = Power.FromWatts(homeless.Sum(rack => rack.UsedPower) / 1000.0);
            diagnostics.Error(
                "LL5904",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the halls' power binds: the racks draw {Power.FromWatts(demand / 1000.0)}, the halls feed "
                        + $"{Power.FromWatts(offered / 1000.0)} by their power_kw, and racks that draw {missingPower} found "
                        + $"none; raise power_kw or add a hall"
                ),
                "floor"
            );
            return;
        }

        string fuller = morePower switch
        {
            null => "",
            { Count: 0 } => ", or let racks hold more (floor.rack.units, floor.rack.power_kw)",
            _ => $", or let racks hold more (floor.rack.units, floor.rack.power_kw: {string.Join("; ", morePower.Distinct().Take(3))})",
        };
        diagnostics.Error(
            "LL5901",
            string.Create(
                CultureInfo.InvariantCulture,
                $"rack positions bind: the design needs {needed} and {missing} of them found no place in the halls "
                    + $"that may take them; add rows, positions or halls{fuller}"
            ),
            "floor"
        );
    }

    private static bool HasPosition(HallState hall, RackDraft rack)
    {
        for (int slot = 0; slot < hall.Slots.Length; slot++)
        {
            if (hall.CanTake(rack, slot / hall.RacksPerRow, slot % hall.RacksPerRow))
            {
                return true;
            }
        }

        return false;
    }

    private static void GiveOverflow(FloorMap map, List<RackDraft> racks)
    {
        List<RackDraft> homeless = [.. racks.Where(rack => rack.Hall is null)];
        if (homeless.Count == 0)
        {
            return;
        }

        int widest = homeless.Max(rack => rack.Span);
        HallState hall = map.Overflow(homeless.Sum(rack => rack.Span), widest);
        int row = 0;
        int position = 0;
        foreach (RackDraft rack in homeless)
        {
            if (position + rack.Span > hall.RacksPerRow)
            {
                row++;
                position = 0;
            }

            hall.Put(rack, row, position);
            position += rack.Span;
        }
    }
}
