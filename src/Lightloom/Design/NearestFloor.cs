using System.Globalization;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>Which of the floor's keys gives room to a design that found none: one hall longer, wider or fed with more power, or fuller racks.</summary>
internal static class NearestFloor
{
    private static readonly int[] Steps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
    private static readonly double[] Powers = [1.05, 1.1, 1.25, 1.5, 2, 3];
    private static readonly double[] RackPowers = [1.1, 1.25, 1.5, 2, 3];

    /// <summary>The first change that becomes a design: <c>racks_per_row: 5 of hall h1 (floor.sites)</c>; null where none does.</summary>
    /// <param name="spec">What was asked.</param>
    /// <param name="works">True when a changed file is a design.</param>
    public static string? Change(ClusterSpec spec, Func<ClusterSpec, bool> works)
    {
        // The nearest of every key is looked for at once, so that one key with many steps does not hide another.
        List<IEnumerator<(string Words, FloorSpec Floor)>> keys = [.. Keys(spec.Floor).Select(k => k.GetEnumerator())];
        for (int step = 0; step < Steps.Length && keys.Count > 0; step++)
        {
            keys.RemoveAll(k => !k.MoveNext());
            if (keys.Select(k => k.Current).FirstOrDefault(c => works(spec with { Floor = c.Floor })) is { Words: { } words })
            {
                return words;
            }
        }

        return null;
    }

    private static IEnumerable<IEnumerable<(string Words, FloorSpec Floor)>> Keys(FloorSpec floor)
    {
        foreach ((HallSpec hall, Func<HallSpec, FloorSpec> with) in Halls(floor))
        {
            if (hall.RacksPerRow is { } perRow)
            {
                yield return Steps.Select(s => (Of(hall, "racks_per_row", perRow + s), with(hall with { RacksPerRow = perRow + s })));
            }

            if (hall.Rows is { } rows)
            {
                yield return Steps.Select(s => (Of(hall, "rows", rows + s), with(hall with { Rows = rows + s })));
            }

            if (hall.PowerLimit is { } power)
            {
                yield return Powers
                    .Select(p => Math.Ceiling(power.Kilowatts * p))
                    .Select(kw => (Of(hall, "power_kw", kw), with(hall with { PowerLimit = Power.FromWatts(kw * 1000) })));
            }
        }

        if (floor.RacksPerRow is { } inRow)
        {
            yield return Steps.Select(s => (Own("racks_per_row", inRow + s), floor with { RacksPerRow = inRow + s }));
        }

        if (floor.Rows is { } all)
        {
            yield return Steps.Select(s => (Own("rows", all + s), floor with { Rows = all + s }));
        }

        if (floor.Rack.PowerLimit is { } rack)
        {
            yield return RackPowers
                .Select(p => Math.Ceiling(rack.Kilowatts * p))
                .Select(kw =>
                    (Own("rack.power_kw", kw), floor with { Rack = floor.Rack with { PowerLimit = Power.FromWatts(kw * 1000) } })
                );
        }
    }

    private static IEnumerable<(HallSpec Hall, Func<HallSpec, FloorSpec> With)> Halls(FloorSpec floor)
    {
        foreach ((int s, SiteSpec site) in floor.Sites.Index())
        {
            foreach ((int b, BuildingSpec building) in site.Buildings.Index())
            {
                foreach ((int h, HallSpec hall) in building.Halls.Index())
                {
                    yield return (
                        hall,
                        changed =>
                            floor with
                            {
                                Sites = With(
                                    floor.Sites,
                                    s,
                                    site with
                                    {
                                        Buildings = With(site.Buildings, b, building with { Halls = With(building.Halls, h, changed) }),
                                    }
                                ),
                            }
                    );
                }
            }
        }
    }

    private static IReadOnlyList<T> With<T>(IReadOnlyList<T> list, int at, T item) => [.. list.Take(at), item, .. list.Skip(at + 1)];

    private static string Of(HallSpec hall, string key, double value) => $"{key}: {Number(value)} of hall {hall.Name} (floor.sites)";

    private static string Own(string key, double value) => $"floor.{key}: {Number(value)}";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
