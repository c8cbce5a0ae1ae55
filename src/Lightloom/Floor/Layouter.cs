using System.Runtime.InteropServices;
using Lightloom.Spec;

namespace Lightloom.Floor;

/// <summary>Gives the racks of every row group their positions on the floor.</summary>
internal sealed class Layouter
{
    private readonly FloorMap _map;
    private readonly LayoutPlan _plan;
    private readonly List<List<RowGroup>> _zones;
    private readonly List<RackDraft> _homeless = [];

    public Layouter(FloorMap map, LayoutPlan plan, List<List<RowGroup>> zones)
    {
        _map = map;
        _plan = plan;
        _zones = zones;
    }

    /// <summary>Racks that found no position.</summary>
    public IReadOnlyList<RackDraft> Homeless => _homeless;

    /// <summary>Lays out all row groups. False when something found no position.</summary>
    public bool Run()
    {
        foreach (List<RowGroup> rowGroups in _zones)
        {
            PutOnFixedPositions(rowGroups);
        }

        foreach (List<RowGroup> rowGroups in _zones)
        {
            var stream = new Stream(_map, rowGroups[0].Zone, _plan);
            if (rowGroups[0].Zone.KeepTogether)
            {
                stream.BeginTogether(rowGroups);
            }

            foreach (RowGroup rowGroup in rowGroups)
            {
                List<RackDraft> order = Order(rowGroup);
                if (order.Count > 0 && !stream.Lay(rowGroup, order))
                {
                    _homeless.AddRange(order.Where(rack => rack.Hall is null));
                    if (_plan.Packing != Packing.Dense)
                    {
                        return false;
                    }
                }
            }

            SqueezeIn(rowGroups[0].Zone);
        }

        return _homeless.Count == 0;
    }

    /// <summary>A last look for any position at all, wherever earlier racks left one.</summary>
    private void SqueezeIn(Zone zone)
    {
        // Positions only get fewer, so that like racks go on looking where the one before them stopped.
        var from = new Dictionary<(RackUse Use, bool IsUpper, int Span, HallState Hall), int>();
        _homeless.RemoveAll(rack =>
        {
            foreach (HallState hall in zone.Halls.Where(hall => hall.HasPowerFor(rack.UsedPower)))
            {
                ref int slot = ref CollectionsMarshal.GetValueRefOrAddDefault(from, (rack.Use, rack.IsUpper, rack.Span, hall), out _);
                for (; slot < hall.Slots.Length; slot++)
                {
                    if (hall.CanTake(rack, slot / hall.RacksPerRow, slot % hall.RacksPerRow))
                    {
                        hall.Put(rack, slot / hall.RacksPerRow, slot % hall.RacksPerRow);
                        return true;
                    }
                }
            }

            return false;
        });
    }

    /// <summary>Racks of switches and of services first take the positions that the file gives them, in floor order.</summary>
    private static void PutOnFixedPositions(List<RowGroup> rowGroups)
    {
        Zone zone = rowGroups[0].Zone;
        if (zone.Halls.Count == 0)
        {
            return;
        }

        var racks = rowGroups
            .SelectMany(rowGroup => rowGroup.Nodes.Where(rack => rack.Use == RackUse.Services).Concat(rowGroup.Network))
            .ToList();
        foreach (SlotUse use in new[] { SlotUse.Leaf, SlotUse.Spine, SlotUse.Services, SlotUse.Network })
        {
            int next = 0;
            foreach (HallState hall in zone.Halls)
            {
                for (int slot = 0; slot < hall.Slots.Length; slot++)
                {
                    if (hall.Slots[slot] != use)
                    {
                        continue;
                    }

                    while (next < racks.Count && (racks[next].Hall is not null || !racks[next].MayStandOn(use)))
                    {
                        next++;
                    }

                    if (next == racks.Count)
                    {
                        break;
                    }

                    if (hall.HasPowerFor(racks[next].UsedPower))
                    {
                        hall.Put(racks[next], slot / hall.RacksPerRow, slot % hall.RacksPerRow);
                    }
                }
            }
        }
    }

    /// <summary>
    /// The racks of a row group that have no position yet, in the order along the rows: racks of switches in the middle, or at an end, of
    /// the row in the row group's middle.
    /// </summary>
    private List<RackDraft> Order(RowGroup rowGroup)
    {
        List<RackDraft> nodes = [.. rowGroup.Nodes.Where(rack => rack.Hall is null)];
        List<RackDraft> network = [.. rowGroup.Network.Where(rack => rack.Hall is null)];
        if (network.Count == 0 || nodes.Count == 0)
        {
            return [.. nodes, .. network];
        }

        int perRow = _plan.RacksPerRow;
        int total = nodes.Sum(rack => rack.Span) + network.Count;
        bool atEnd = _plan.Position == NetworkRackPosition.EndOfRow;
        int wanted;
        if (total <= perRow)
        {
            wanted = atEnd ? total : (total - network.Count) / 2;
        }
        else
        {
            int rows = (total + perRow - 1) / perRow;
            int middle = (rows - 1) / 2;
            wanted = (middle * perRow) + (atEnd ? perRow - network.Count : (perRow - network.Count) / 2);
        }

        int index = 0;
        for (int positions = 0; index < nodes.Count && positions + nodes[index].Span <= wanted; index++)
        {
            positions += nodes[index].Span;
        }

        // The racks of one node stay together.
        while (index > 0 && index < nodes.Count && nodes[index].Devices.Count == 0)
        {
            index--;
        }

        return [.. nodes[..index], .. network, .. nodes[index..]];
    }

    /// <summary>Fills the halls of one zone, one after another.</summary>
    private sealed class Stream(FloorMap map, Zone zone, LayoutPlan plan)
    {
        private int _hall;
        private HallState? _fresh;

        /// <summary>Starts in a hall that holds all the row groups, if one can be had by not cutting them.</summary>
        public void BeginTogether(List<RowGroup> rowGroups)
        {
            int rows = rowGroups.Sum(rowGroup => (rowGroup.Positions + plan.RacksPerRow - 1) / plan.RacksPerRow);
            foreach (HallState hall in zone.Halls.Concat(zone.Growable.SelectMany(building => building.Halls)))
            {
                int left = hall.Rows - hall.NextRow - (hall.NextPosition > 0 ? 1 : 0);
                if (left >= rows)
                {
                    _fresh = hall;
                    return;
                }
            }

            if (zone.Growable.Count > 0)
            {
                _fresh = map.Grow(zone.Growable[^1]);
            }
        }

        public bool Lay(RowGroup rowGroup, List<RackDraft> racks)
        {
            if (plan.Packing != Packing.Aligned)
            {
                return LayOneByOne(racks);
            }

            long power = racks.Sum(rack => rack.UsedPower);
            while (Current() is { } hall)
            {
                if (hall.HasPowerFor(power) && TryLay(hall, racks, rowGroup.Nodes.Count == 0))
                {
                    return true;
                }

                if (IsUntouched(hall))
                {
                    // Larger than any hall: it is cut rather than refused.
                    return LayOneByOne(racks);
                }

                Advance();
            }

            return false;
        }

        private static bool IsUntouched(HallState hall) => hall is { NextRow: 0, NextPosition: 0 };

        private HallState? Current()
        {
            if (_fresh is not null)
            {
                return _fresh;
            }

            if (_hall < zone.Halls.Count)
            {
                return zone.Halls[_hall];
            }

            int rest = _hall - zone.Halls.Count;
            foreach (BuildingState building in zone.Growable)
            {
                if (rest < building.Halls.Count)
                {
                    return building.Halls[rest];
                }

                rest -= building.Halls.Count;
            }

            // The last of the buildings grows without limit.
            return zone.Growable.Count > 0 ? map.Grow(zone.Growable[^1]) : null;
        }

        private void Advance()
        {
            if (_fresh is null)
            {
                _hall++;
                return;
            }

            // A zone that began in a fresh hall goes on in another one.
            _fresh = zone.Growable.Count > 0 ? map.Grow(zone.Growable[^1]) : null;
            _hall = _fresh is null ? _hall + 1 : _hall;
        }

        private static bool TryLay(HallState hall, List<RackDraft> racks, bool centred)
        {
            int positions = racks.Sum(rack => rack.Span);
            bool oneRow = positions <= hall.RacksPerRow;
            for (int row = hall.NextRow; row < hall.Rows; row++)
            {
                int from = row == hall.NextRow ? hall.NextPosition : 0;
                if (!oneRow && from > 0)
                {
                    continue;
                }

                int start = centred && oneRow && from == 0 ? (hall.RacksPerRow - positions) / 2 : from;
                List<(int Row, int Position)>? places =
                    Simulate(hall, racks, row, start, oneRow) ?? (start == from ? null : Simulate(hall, racks, row, from, oneRow));
                if (places is not null)
                {
                    for (int i = 0; i < racks.Count; i++)
                    {
                        hall.Put(racks[i], places[i].Row, places[i].Position);
                    }

                    (int lastRow, int lastPosition) = places[^1];
                    int next = lastPosition + racks[^1].Span;
                    hall.Remember(next >= hall.RacksPerRow ? lastRow + 1 : lastRow, next >= hall.RacksPerRow ? 0 : next);
                    return true;
                }

                if (!oneRow)
                {
                    // A later start leaves still less room.
                    return false;
                }
            }

            return false;
        }

        /// <summary>The positions that the racks would take from a place on, in one row or several, or null when they do not fit.</summary>
        private static List<(int Row, int Position)>? Simulate(HallState hall, List<RackDraft> racks, int row, int from, bool oneRow)
        {
            var places = new List<(int, int)>(racks.Count);
            int position = from;
            foreach (RackDraft rack in racks)
            {
                while (!hall.CanTake(rack, row, position))
                {
                    if (++position >= hall.RacksPerRow)
                    {
                        position = 0;
                        row++;
                        if (oneRow || row >= hall.Rows)
                        {
                            return null;
                        }
                    }
                }

                places.Add((row, position));
                position += rack.Span;
                if (position >= hall.RacksPerRow && places.Count < racks.Count)
                {
                    position = 0;
                    row++;
                    if (oneRow || row >= hall.Rows)
                    {
                        return null;
                    }
                }
            }

            return places;
        }

        private bool LayOneByOne(List<RackDraft> racks)
        {
            foreach (RackDraft rack in racks)
            {
                if (!LayOne(rack))
                {
                    return false;
                }
            }

            return true;
        }

        private bool LayOne(RackDraft rack)
        {
            while (Current() is { } hall)
            {
                if (hall.HasPowerFor(rack.UsedPower) && Next(hall, rack) is var (row, position))
                {
                    hall.Put(rack, row, position);
                    return true;
                }

                if (hall.Building.Growable && rack.Span > hall.RacksPerRow)
                {
                    // Wider than a row of any hall that could be added.
                    return false;
                }

                Advance();
            }

            return false;
        }

        private static (int Row, int Position)? Next(HallState hall, RackDraft rack)
        {
            int row = hall.NextRow;
            int position = hall.NextPosition;
            while (row < hall.Rows)
            {
                for (; position < hall.RacksPerRow; position++)
                {
                    if (hall.CanTake(rack, row, position))
                    {
                        hall.Remember(row, position + rack.Span);
                        return (row, position);
                    }
                }

                row++;
                position = 0;
            }

            return null;
        }
    }
}
