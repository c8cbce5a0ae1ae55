using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Placing;

/// <summary>
/// Puts racks where <c>floor.places</c> wants them, after everything has found a place: a rack goes to a free position, or changes places
/// with the rack that stands there. Racks keep their numbers, so that everything but their place stays as it was.
/// </summary>
internal static class GivenPlaces
{
    /// <summary>The id of the errors.</summary>
    public const string Impossible = "LL5907";

    /// <summary>The placement with all wishes met; as it was, with errors, where one cannot be.</summary>
    public static Placement Apply(ClusterSpec spec, Network network, Placement placement, DiagnosticBag diagnostics)
    {
        IReadOnlyList<RackPlaceSpec> wishes = spec.Floor.Places;
        if (wishes.Count == 0 || !placement.IsComplete)
        {
            return placement;
        }

        Rack[] racks = [.. placement.Racks];
        HashSet<int> placed = [];
        for (int i = 0; i < wishes.Count; i++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"floor.places[{i}]");
            if (Move(spec, network, placement, racks, placed, wishes[i]) is { } problem)
            {
                diagnostics.Error(Impossible, problem, key, spec.MarkOf(key));
                return placement;
            }
        }

        if (HallWithoutPower(placement, racks) is { } weak)
        {
            diagnostics.Error(Impossible, weak, "floor.places", spec.MarkOf("floor.places"));
            return placement;
        }

        Placement moved = placement with { Racks = racks };
        return moved.Cost is { } cost ? moved with { Cost = Recounted(spec, network, moved, cost) } : moved;
    }

    private static string? Move(
        ClusterSpec spec,
        Network network,
        Placement placement,
        Rack[] racks,
        HashSet<int> placed,
        RackPlaceSpec wish
    )
    {
        int device = Find(network, wish.Holds);
        if (device < 0)
        {
            return $"no device is called '{Excerpt.Of(wish.Holds)}'; take a name of design.json's devices, as Lightloom gives it";
        }

        int index = placement.RackOfDevice[device];
        Rack rack = racks[index];
        Hall? hall = wish.Hall is null ? placement.Halls[rack.Hall] : placement.Halls.FirstOrDefault(h => h.Name == wish.Hall);
        if (hall is null)
        {
            return $"no hall in use is called '{Excerpt.Of(wish.Hall!)}'; halls are {string.Join(", ", placement.Halls.Select(h => h.Name))}";
        }

        if (wish.Row > hall.Rows || wish.Position + rack.Span - 1 > hall.RacksPerRow)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"row {wish.Row}, position {wish.Position} is outside of {hall.Name}, which has rows 1 to {hall.Rows} of {hall.RacksPerRow} "
                    + $"positions; take one of these"
            );
        }

        if (!placed.Add(index))
        {
            return $"the rack of '{Excerpt.Of(wish.Holds)}' is placed twice; keep one of the two";
        }

        if (Forbidden(spec, hall, wish, rack.Span) is { } why)
        {
            return why;
        }

        (int, int, int) from = (rack.Hall, rack.Row, rack.Position);
        if (from == (hall.Index, wish.Row, wish.Position))
        {
            return null;
        }

        int[] there =
        [
            .. racks
                .Where(r => r.Index != index && r.Hall == hall.Index && r.Row == wish.Row)
                .Where(r => r.Position < wish.Position + rack.Span && wish.Position < r.Position + r.Span)
                .Select(r => r.Index),
        ];
        if (there.Length > 1 || (there.Length == 1 && (racks[there[0]].Span != rack.Span || racks[there[0]].Position != wish.Position)))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{racks[there[0]].Name} is in the way and not as wide; take the position of a rack that covers {rack.Span}, or a free one"
            );
        }

        if (there.Length == 1 && placed.Contains(there[0]))
        {
            return $"row {wish.Row}, position {wish.Position} is given to another rack above; take another position";
        }

        racks[index] = At(rack, hall, wish.Row, wish.Position);
        if (there.Length == 1)
        {
            Hall home = placement.Halls[from.Item1];
            racks[there[0]] = At(racks[there[0]], home, from.Item2, from.Item3);
        }

        return null;
    }

    // What the file keeps empty, or for other use.
    private static string? Forbidden(ClusterSpec spec, Hall hall, RackPlaceSpec wish, int span)
    {
        HallSpec? given = spec.Floor.Sites.SelectMany(s => s.Buildings).SelectMany(b => b.Halls).FirstOrDefault(h => h.Name == hall.Name);
        if (given is null)
        {
            return null;
        }

        for (int position = wish.Position; position < wish.Position + span; position++)
        {
            if (given.KeepOuts.Any(k => k.Row == wish.Row && k.From <= position && position <= (k.To ?? k.From)))
            {
                return $"row {wish.Row}, position {position} of {hall.Name} must stay empty (keep_outs); take another position";
            }

            if (given.Fixed.FirstOrDefault(f => f.Row == wish.Row && f.Position == position) is { } taken)
            {
                return $"row {wish.Row}, position {position} of {hall.Name} is fixed for use: {taken.Use}; take another position";
            }
        }

        return null;
    }

    private static string? HallWithoutPower(Placement placement, Rack[] racks)
    {
        foreach (Hall hall in placement.Halls.Where(h => h.PowerLimit is not null))
        {
            Power used = Power.Zero;
            foreach (Rack rack in racks.Where(r => r.Hall == hall.Index))
            {
                used += rack.UsedPower;
            }

            if (used > hall.PowerLimit!.Value)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{hall.Name} would feed {used.Kilowatts:#,0.#} kW, more than its {hall.PowerLimit.Value.Kilowatts:#,0.#} kW; move "
                        + $"fewer racks there"
                );
            }
        }

        return null;
    }

    private static Rack At(Rack rack, Hall hall, int row, int position) =>
        new()
        {
            Index = rack.Index,
            Hall = hall.Index,
            Row = row,
            Position = position,
            Span = rack.Span,
            Use = rack.Use,
            Units = rack.Units,
            UsedUnits = rack.UsedUnits,
            PowerLimit = rack.PowerLimit,
            UsedPower = rack.UsedPower,
            Devices = rack.Devices,
            Name = string.Create(CultureInfo.InvariantCulture, $"{hall.Letter}{row:00}-{position:00}"),
        };

    private static int Find(Network network, string name)
    {
        foreach (DeviceGroup group in network.Groups)
        {
            for (
                int device = group.First;
                name.StartsWith(group.NamePrefix, StringComparison.Ordinal) && device < group.First + group.Count;
                device++
            )
            {
                if (group.OwnNameOf(device) == name)
                {
                    return device;
                }
            }
        }

        return -1;
    }

    // What the pass gained, less what the wishes cost.
    private static PlacementCost Recounted(ClusterSpec spec, Network network, Placement moved, PlacementCost cost)
    {
        (double dollars, double millimetres) = new CableCost(spec.Catalogue).Total(network, new CableRouter(spec, network, moved), 1);
        return cost with { After = Money.FromDollars(dollars), TotalLengthAfter = Length.FromMillimetres((long)Math.Round(millimetres)) };
    }
}
