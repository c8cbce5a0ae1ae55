using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>
/// Sites, buildings and halls of the file while the floor is being planned, and which of them each part of the network may use.
/// </summary>
internal sealed class FloorMap
{
    private readonly FloorGeometry _geometry;
    private readonly ClusterSpec _spec;
    private readonly int _racksPerRow;
    private readonly int _rowsCap;
    private readonly Dictionary<string, Zone> _zones = new(StringComparer.Ordinal);

    /// <summary>Draws the map.</summary>
    /// <param name="geometry">Measures.</param>
    /// <param name="spec">What was asked.</param>
    /// <param name="racksPerRow">Positions a row where the file does not say.</param>
    /// <param name="rowsCap">Rows of a default hall.</param>
    /// <param name="diagnostics">Takes what is wrong with the file's floor; null when that was said before.</param>
    public FloorMap(FloorGeometry geometry, ClusterSpec spec, int racksPerRow, int rowsCap, DiagnosticBag? diagnostics)
    {
        _geometry = geometry;
        _spec = spec;
        _racksPerRow = racksPerRow;
        _rowsCap = rowsCap;
        for (int s = 0; s < spec.Floor.Sites.Count; s++)
        {
            ReadSite(spec.Floor.Sites[s], s, diagnostics);
        }

        if (Buildings.Count == 0)
        {
            Buildings.Add(
                new BuildingState
                {
                    Index = 0,
                    Name = "building-1",
                    Site = "site-1",
                    SiteIndex = 0,
                    X = 0,
                    Y = 0,
                    Growable = true,
                    Planes = [],
                }
            );
        }
    }

    public List<BuildingState> Buildings { get; } = [];

    public List<HallState> Halls { get; } = [];

    /// <summary>Where the nodes of a pool (or service) and, in the layout pods, of one plane may stand.</summary>
    public Zone ZoneOf(PoolSpec pool, bool isService, int plane, DiagnosticBag? diagnostics)
    {
        if (pool.Place.Count > 0)
        {
            var named = new List<(HallState? Hall, BuildingState? Building)>();
            foreach (string name in pool.Place)
            {
                List<(HallState?, BuildingState?)> found = Find(name);
                if (found.Count == 0)
                {
                    diagnostics?.Error(
                        "LL5101",
                        $"pool '{pool.Name}' must stand in '{name}', but no hall, building or site has that name; name one of {Names()}",
                        "floor",
                        pool.Mark
                    );
                }

                named.AddRange(found);
            }

            if (named.Count > 0)
            {
                return Remember(named, restricted: true, keepTogether: false, suffix: "");
            }
        }

        bool pods = _spec.Backend.PlaneLayout == PlaneLayout.Pods && plane >= 0 && !isService;
        if (pods)
        {
            List<(HallState?, BuildingState?)> own = All(
                (hall, building) => hall.Contains(plane) || (hall.Count == 0 && building.Contains(plane))
            );
            if (own.Count > 0)
            {
                return Remember(own, restricted: true, keepTogether: false, suffix: "");
            }
        }

        List<(HallState?, BuildingState?)> open = All((hall, building) => hall.Count == 0 && building.Count == 0);
        if (!pods || open.Count == 0)
        {
            // Halls that planes claim come last for what belongs to no plane.
            open.AddRange(All((hall, building) => hall.Count > 0 || building.Count > 0));
        }

        return Remember(open, restricted: false, keepTogether: pods, suffix: pods ? FormattableString.Invariant($"|plane {plane}") : "");
    }

    /// <summary>One more default hall in a building.</summary>
    public HallState Grow(BuildingState building)
    {
        var hall = new HallState(
            building,
            Halls.Count,
            Buildings.Count == 1 ? $"hall-{building.Halls.Count + 1}" : $"{building.Name}-hall-{building.Halls.Count + 1}",
            _geometry.Rows ?? _rowsCap,
            _racksPerRow
        )
        {
            Trims = _geometry.Rows is null,
        };
        Halls.Add(hall);
        return hall;
    }

    /// <summary>A hall for what found no room.</summary>
    public HallState Overflow(int positions, int widest)
    {
        int perRow = Math.Max(_racksPerRow, 2 * widest);
        int rows = (positions / (perRow - widest + 1)) + 1;
        var hall = new HallState(Buildings[^1], Halls.Count, "no-room", rows, perRow) { Trims = true, IsOverflow = true };
        Halls.Add(hall);
        return hall;
    }

    /// <summary>The halls in which something stands, as results show them. The state's numbers are mapped to theirs.</summary>
    public List<Hall> Draw(out int[] indexOf)
    {
        indexOf = new int[Halls.Count];
        var used = Halls.Where(hall => hall.RowsInUse > 0).ToList();
        var x = new long[Halls.Count];
        var y = new long[Halls.Count];
        foreach (BuildingState building in Buildings)
        {
            Arrange([.. used.Where(hall => hall.Building == building)], x, y);
        }

        int? crossEvery = CrossEvery(used.Count(hall => !hall.IsOverflow));
        var drawn = new List<Hall>();
        foreach (HallState hall in used)
        {
            indexOf[hall.Index] = drawn.Count;
            BuildingState b = hall.Building;
            Hall picture = HallBuilder.Draw(
                _geometry,
                drawn.Count,
                hall.Name,
                (b.Name, b.Index, b.X, b.Y),
                (b.Site, b.SiteIndex),
                x[hall.Index],
                y[hall.Index],
                RowsOf(hall),
                hall.RacksPerRow,
                hall.PowerLimit is { } limit ? Power.FromWatts(limit / 1000.0) : null,
                crossEvery
            );
            drawn.Add(hall.IsOverflow ? picture with { IsOverflow = true } : picture);
        }

        return drawn;
    }

    // The more halls a default floor has, the more leaves each of them: crossings follow, every fifth rack or every second. A floor of the
    // file's own has what the file says.
    private int? CrossEvery(int halls) =>
        _spec.Floor.Sites.Count > 0 || _spec.Floor.Trays.CrossEveryRacks is not null || halls < 3 ? null
        : halls < 6 ? 5
        : 2;

    private static int RowsOf(HallState hall) => hall.Trims ? Math.Max(1, hall.RowsInUse) : hall.Rows;

    /// <summary>Halls whose place the file leaves open stand in a grid beside those whose place it gives.</summary>
    private void Arrange(List<HallState> halls, long[] x, long[] y)
    {
        var open = halls.Where(hall => hall.X is null || hall.Y is null).ToList();
        long start = 0;
        foreach (HallState hall in halls.Where(hall => hall is { X: not null, Y: not null }))
        {
            x[hall.Index] = hall.X!.Value;
            y[hall.Index] = hall.Y!.Value;
            start = Math.Max(start, hall.X.Value + _geometry.HallWidth(hall.RacksPerRow) + _geometry.HallGap);
        }

        if (open.Count == 0)
        {
            return;
        }

        // As square as it gets, and back and forth, so that halls filled one after another are neighbours and the middle one stands in the
        // middle.
        long width = open.Max(hall => _geometry.HallWidth(hall.RacksPerRow)) + _geometry.HallGap;
        long depth = open.Max(hall => _geometry.HallDepth(RowsOf(hall))) + _geometry.HallGap;
        int columns = Math.Clamp((int)Math.Ceiling(Math.Sqrt((double)open.Count * depth / width)), 1, open.Count);
        for (int i = 0; i < open.Count; i++)
        {
            int bank = i / columns;
            int column = bank % 2 == 0 ? i % columns : columns - 1 - (i % columns);
            x[open[i].Index] = start + (column * width);
            y[open[i].Index] = bank * depth;
        }
    }

    private void ReadSite(SiteSpec site, int index, DiagnosticBag? diagnostics)
    {
        if (index > 0 && (site.X is null || site.Y is null))
        {
            diagnostics?.Warning(
                "LL5007",
                $"site '{site.Name}' {Assumed(site.X, site.Y, (long)index * _geometry.SiteGap, "of the first")}",
                site.Name
            );
        }

        long siteX = site.X?.Millimetres ?? (long)index * _geometry.SiteGap;
        long siteY = site.Y?.Millimetres ?? 0;
        for (int i = 0; i < site.Buildings.Count; i++)
        {
            BuildingSpec spec = site.Buildings[i];
            if (i > 0 && (spec.X is null || spec.Y is null))
            {
                diagnostics?.Warning(
                    "LL5007",
                    $"building '{spec.Name}' {Assumed(spec.X, spec.Y, (long)i * _geometry.BuildingGap, "of the site's first")}",
                    spec.Name
                );
            }

            var building = new BuildingState
            {
                Index = Buildings.Count,
                Name = spec.Name,
                Site = site.Name,
                SiteIndex = index,
                X = siteX + (spec.X?.Millimetres ?? (long)i * _geometry.BuildingGap),
                Y = siteY + (spec.Y?.Millimetres ?? 0),
                Growable = spec.Halls.Count == 0,
                Planes = spec.Planes,
            };
            Buildings.Add(building);
            foreach (HallSpec hall in spec.Halls)
            {
                ReadHall(building, hall, diagnostics);
            }
        }
    }

    // Which coordinate is missing, and what stands for it.
    private static string Assumed(Length? x, Length? y, long gap, string first) =>
        x is null && y is null
            ? $"has no coordinates; it is taken to lie {Length.FromMillimetres(gap)} east {first}; give x_m and y_m, because they decide optics"
        : x is null ? $"has no x_m; it is taken to lie {Length.FromMillimetres(gap)} east; give x_m, because it decides optics"
        : "has no y_m, and 0 m is taken; give y_m, because it decides optics";

    private void ReadHall(BuildingState building, HallSpec spec, DiagnosticBag? diagnostics)
    {
        var hall = new HallState(
            building,
            Halls.Count,
            spec.Name,
            spec.Rows ?? _geometry.Rows ?? _geometry.MaxRows,
            spec.RacksPerRow ?? _racksPerRow
        )
        {
            Trims = spec.Rows is null && _geometry.Rows is null,
            X = spec.X?.Millimetres,
            Y = spec.Y?.Millimetres,
            PowerLimit = spec.PowerLimit?.Milliwatts,
            Planes = spec.Planes,
        };
        Halls.Add(hall);
        foreach (KeepOutSpec keepOut in spec.KeepOuts)
        {
            int to = keepOut.To ?? keepOut.From;
            if (keepOut.Row > hall.Rows || to > hall.RacksPerRow || keepOut.From > to)
            {
                diagnostics?.Warning(
                    "LL5006",
                    $"hall '{spec.Name}': the keep-out at row {keepOut.Row}, positions {keepOut.From} to {to}, lies "
                        + $"outside its {hall.Rows} rows of {hall.RacksPerRow} positions",
                    spec.Name
                );
            }

            for (int position = keepOut.From; position <= Math.Min(to, hall.RacksPerRow) && keepOut.Row <= hall.Rows; position++)
            {
                hall[keepOut.Row - 1, position - 1] = SlotUse.KeepOut;
            }
        }

        foreach (FixedRackSpec rack in spec.Fixed)
        {
            if (rack.Row > hall.Rows || rack.Position > hall.RacksPerRow)
            {
                diagnostics?.Warning(
                    "LL5006",
                    $"hall '{spec.Name}': the fixed rack at row {rack.Row}, position {rack.Position}, lies outside its "
                        + $"{hall.Rows} rows of {hall.RacksPerRow} positions",
                    spec.Name
                );
                continue;
            }

            if (hall[rack.Row - 1, rack.Position - 1] != SlotUse.Free)
            {
                diagnostics?.Warning(
                    "LL5006",
                    $"hall '{spec.Name}': row {rack.Row}, position {rack.Position} is named twice; the first use holds",
                    spec.Name
                );
                continue;
            }

            hall[rack.Row - 1, rack.Position - 1] = rack.Use switch
            {
                "leaf" => SlotUse.Leaf,
                "spine" => SlotUse.Spine,
                "network" => SlotUse.Network,
                "nodes" => SlotUse.Nodes,
                "services" => SlotUse.Services,
                _ => SlotUse.Other,
            };
        }
    }

    private List<(HallState? Hall, BuildingState? Building)> Find(string name)
    {
        var found = new List<(HallState?, BuildingState?)>();
        foreach (BuildingState building in Buildings)
        {
            if (building.Name == name || building.Site == name)
            {
                AddAll(building, found);
                continue;
            }

            found.AddRange(building.Halls.Where(hall => hall.Name == name).Select(hall => ((HallState?)hall, (BuildingState?)null)));
        }

        return found;
    }

    private List<(HallState? Hall, BuildingState? Building)> All(Func<IReadOnlyList<int>, IReadOnlyList<int>, bool> planes)
    {
        var found = new List<(HallState?, BuildingState?)>();
        foreach (BuildingState building in Buildings)
        {
            if (building.Growable)
            {
                if (planes([], building.Planes))
                {
                    found.Add((null, building));
                }

                continue;
            }

            found.AddRange(
                building.Halls.Where(hall => planes(hall.Planes, building.Planes)).Select(hall => ((HallState?)hall, (BuildingState?)null))
            );
        }

        return found;
    }

    private static void AddAll(BuildingState building, List<(HallState? Hall, BuildingState? Building)> found)
    {
        if (building.Growable)
        {
            found.Add((null, building));
            return;
        }

        found.AddRange(building.Halls.Select(hall => ((HallState?)hall, (BuildingState?)null)));
    }

    private string Names() =>
        string.Join(", ", Buildings.Select(b => b.Name).Concat(Halls.Select(h => h.Name)).Take(8).Select(name => $"'{name}'"));

    private Zone Remember(List<(HallState? Hall, BuildingState? Building)> parts, bool restricted, bool keepTogether, string suffix)
    {
        string key =
            string.Join(
                ',',
                parts.Select(p =>
                    p.Hall is { } h ? FormattableString.Invariant($"h{h.Index}") : FormattableString.Invariant($"b{p.Building!.Index}")
                )
            ) + suffix;
        if (!_zones.TryGetValue(key, out Zone? zone))
        {
            _zones[key] = zone = new Zone
            {
                Key = key,
                Halls = [.. parts.Where(p => p.Hall is not null).Select(p => p.Hall!).Distinct()],
                Growable = [.. parts.Where(p => p.Building is not null).Select(p => p.Building!).Distinct()],
                Restricted = restricted,
                KeepTogether = keepTogether,
            };
        }

        return zone;
    }
}
