using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Routing;

/// <summary>Finds the way of every cable over the floor, and its length.</summary>
/// <remarks>
/// A cable leaves its port sideways to the vertical manager of its rack that faces its destination, climbs to the tray above the row,
/// follows trays, and comes down likewise. Trays run along every row and cross the rows at fixed positions, so that the shortest way
/// between two rows uses exactly one crossing and has a closed form; a test compares it with a shortest-path search on the explicit graph.
/// Immutable; safe to use from several threads.
/// </remarks>
public sealed partial class CableRouter
{
    private readonly FloorGeometry _geometry;
    private readonly Network _network;
    private readonly Placement _placement;
    private readonly HallGrid[] _halls;
    private readonly RackPlace[] _racks;
    private readonly PortTable[] _tables;
    private readonly int _roles;
    private readonly int[] _unitHeight = new int[256];
    private readonly int _frameDrop;

    /// <summary>Prepares the routes of a placed network.</summary>
    public CableRouter(ClusterSpec spec, Network network, Placement placement)
        : this(new FloorGeometry(spec), network, placement) { }

    internal CableRouter(FloorGeometry geometry, Network network, Placement placement)
    {
        _geometry = geometry;
        _network = network;
        _placement = placement;
        _halls = [.. placement.Halls.Select(hall => new HallGrid(hall))];
        _racks = [.. placement.Racks.Select(rack => new RackPlace(rack))];
        for (int unit = 0; unit < _unitHeight.Length; unit++)
        {
            _unitHeight[unit] = geometry.HeightOfUnit(unit);
        }

        _frameDrop = Math.Abs(geometry.TrayHeight - geometry.FirstUnitHeight);
        FabricRole[] roles =
        [
            .. new[] { FabricRole.Backend, FabricRole.Frontend, FabricRole.Oob }.Union(network.LinkClasses.Select(c => c.Fabric)),
        ];
        _roles = roles.Max(r => r.Index) + 1;
        _tables = new PortTable[network.Groups.Count * _roles];
        var shared = new Dictionary<(Hardware.CatalogueEntry, FabricRole, bool), PortTable>();
        foreach (DeviceGroup group in network.Groups)
        {
            foreach (FabricRole role in roles)
            {
                bool own = group.IsNode || group.Fabric == role;
                if (!shared.TryGetValue((group.Model, role, own), out PortTable? table))
                {
                    shared[(group.Model, role, own)] = table = PortTable.Of(geometry, group, role);
                }

                _tables[(group.Index * _roles) + role.Index] = table;
            }
        }
    }

    /// <summary>The computed length, slack included, of every link of a class in millimetres.</summary>
    public int[] Lengths(LinkClass c) => Lengths(c, 1);

    /// <summary>The computed length of every <paramref name="stride"/>th link.</summary>
    internal int[] Lengths(LinkClass c, int stride)
    {
        var lengths = new int[(c.Links.Length + stride - 1) / stride];
        const int Chunk = 65536;
        int chunks = (lengths.Length + Chunk - 1) / Chunk;
        if (chunks <= 1)
        {
            Measure(c, lengths, 0, stride);
        }
        else
        {
            Parallel.For(
                0,
                chunks,
                chunk => Measure(c, lengths.AsSpan(chunk * Chunk, Math.Min(Chunk, lengths.Length - (chunk * Chunk))), chunk * Chunk, stride)
            );
        }

        return lengths;
    }

    /// <summary>Where the metres of one link go; their sum is what <see cref="Lengths(LinkClass)"/> says.</summary>
    public RouteBreakdown Explain(LinkClass c, int link)
    {
        Link l = c.Links[link];
        Port a = PortAt(c.Fabric, l.A, l.ACage);
        Port z = PortAt(c.Fabric, l.Z, l.ZCage);
        TrayPath path = Path(a.Rack, z.Rack);
        Legs legs = LegsOf(a, z, path);
        int total = Total(c, a, z, legs, path);
        int frames = FramesOf(c, a, z, legs, path);
        int slack = total - legs.Sum - Saturate(path.Tray + (long)path.Duct) - frames;
        return new RouteBreakdown(
            Length.FromMillimetres(legs.AFace),
            Length.FromMillimetres(legs.AVertical),
            Length.FromMillimetres(path.Tray),
            Length.FromMillimetres(path.Duct),
            Length.FromMillimetres(legs.ZVertical),
            Length.FromMillimetres(legs.ZFace),
            Length.FromMillimetres(slack),
            path.Scope,
            RouteText(a.Rack, z.Rack)
        )
        {
            Frames = Length.FromMillimetres(frames),
        };
    }

    /// <summary>
    /// True for links that panels on their way divide into pieces. Twisted pair runs in one piece: its 100 m hold from port to port.
    /// </summary>
    internal static bool IsPatched(LinkClass c) => c.ACages.FormFactor != FormFactor.Rj45 && c.ZCages.FormFactor != FormFactor.Rj45;

    /// <summary>The pieces of a link's way where it passes panels, or null.</summary>
    internal PatchedRoute? Patch(LinkClass c, int link)
    {
        if (!IsPatched(c))
        {
            return null;
        }

        Link l = c.Links[link];
        Port a = PortAt(c.Fabric, l.A, l.ACage);
        Port z = PortAt(c.Fabric, l.Z, l.ZCage);
        TrayPath path = Path(a.Rack, z.Rack);
        int panels = PanelsIn(path.Scope);
        return panels == 0 ? null : Patch(a, z, LegsOf(a, z, path), path, panels);
    }

    /// <summary>How far apart two racks stand.</summary>
    public Scope ScopeOf(int rackA, int rackZ)
    {
        if (rackA == rackZ)
        {
            return Scope.SameRack;
        }

        ref readonly RackPlace a = ref _racks[rackA];
        ref readonly RackPlace z = ref _racks[rackZ];
        if (a.Hall == z.Hall)
        {
            return a.Row == z.Row ? Scope.SameRow : Scope.SameHall;
        }

        HallGrid h = _halls[a.Hall];
        HallGrid k = _halls[z.Hall];
        return h.Building == k.Building ? Scope.SameBuilding
            : h.Site == k.Site ? Scope.SameSite
            : Scope.BetweenSites;
    }

    /// <summary>
    /// The tray segments between two racks: row trays (<c>A03</c>), crossings (<c>A-X2</c>), hall exits (<c>A-E1</c>, <c>A-E2</c>) and the
    /// campus <c>duct</c>; <c>in-rack</c> inside one rack.
    /// </summary>
    public string RouteText(int rackA, int rackZ)
    {
        if (rackA == rackZ)
        {
            return "in-rack";
        }

        TrayPath path = Path(rackA, rackZ);
        string from = RowTray(rackA);
        string to = RowTray(rackZ);
        switch (path.Scope)
        {
            case Scope.SameRow:
                return from;
            case Scope.SameHall:
                return $"{from}>{Crossing(_racks[rackA].Hall, path.Crossing)}>{to}";
            default:
                HallGrid h = _halls[_racks[rackA].Hall];
                HallGrid k = _halls[_racks[rackZ].Hall];
                string duct = path.Scope == Scope.SameBuilding ? ">" : ">duct>";
                string leaving =
                    $"{from}>{Crossing(h.Index, h.ExitBy(path.Crossing))}>{h.Letter}-E{h.ExitNumber(path.Crossing, path.ExitA) + 1}";
                string entering =
                    $"{k.Letter}-E{k.ExitNumber(path.CrossingZ, path.ExitZ) + 1}>{Crossing(k.Index, k.ExitBy(path.CrossingZ))}>{to}";
                return leaving + duct + entering;
        }
    }

    /// <summary>Patch panels (mated pairs beside the modules' own) on the way between two racks.</summary>
    public int Panels(int rackA, int rackZ) => PanelsIn(ScopeOf(rackA, rackZ));

    private int PanelsIn(Scope scope) => PanelsOfFloor(scope) + (EndsAtRacks(scope) ? 2 : 0);

    // True where the file asks for a panel in the rack at either end.
    private bool EndsAtRacks(Scope scope) =>
        _geometry.PanelsAtRacks switch
        {
            RackPanels.Rack => scope > Scope.SameRack,
            RackPanels.Row => scope > Scope.SameRow,
            RackPanels.Hall => scope > Scope.SameHall,
            _ => false,
        };

    private int PanelsOfFloor(Scope scope) =>
        scope switch
        {
            Scope.SameRack or Scope.SameRow => 0,
            Scope.SameHall => _geometry.PanelsBetweenRows,
            Scope.SameBuilding => _geometry.PanelsBetweenHalls,
            _ => _geometry.PanelsBetweenBuildings,
        };

    /// <summary>The rack at the A end of a link; it differs from the device's rack only for a node of several racks.</summary>
    public int RackA(LinkClass c, int link) => RackAt(c.Fabric, c.Links[link].A, c.Links[link].ACage);

    /// <summary>The rack at the Z end of a link.</summary>
    public int RackZ(LinkClass c, int link) => RackAt(c.Fabric, c.Links[link].Z, c.Links[link].ZCage);

    /// <summary>Where a port is in the region, in millimetres: eastwards, northwards, above the floor.</summary>
    internal (double X, double Y, double Z) PositionOf(FabricRole fabric, int device, int cage)
    {
        Port port = PortAt(fabric, device, cage);
        RackPlace rack = _racks[port.Rack];
        Hall hall = _placement.Halls[rack.Hall];
        double x = (hall.BuildingX + hall.X + hall.FirstRackX + (hall.RackPitch * rack.Left)).Millimetres + port.FromLeft;
        double y = (hall.BuildingY + hall.Y + hall.RowY[rack.Row]).Millimetres;
        return (x, y, port.Height);
    }

    internal int RackAt(FabricRole fabric, int device, int cage)
    {
        PortTable table = _tables[(_network.GroupOfDevice[device] * _roles) + fabric.Index];
        return _placement.RackOfDevice[device] + table.RackOffset[table.IndexOf(cage)];
    }

    /// <summary>
    /// The shortest way over the trays between two different racks, from the vertical manager of either that faces the other.
    /// </summary>
    internal TrayPath Path(int rackA, int rackZ) =>
        rackA == rackZ
            ? new TrayPath(Scope.SameRack, 0, 0, _racks[rackA].Left, _racks[rackA].Left, -1, 0, 0)
            : PathBetween(_racks[rackA], _racks[rackZ]);

    /// <summary>As <see cref="Path"/>, between two different places.</summary>
    internal TrayPath PathBetween(in RackPlace a, in RackPlace z)
    {
        if (a.Hall == z.Hall)
        {
            HallGrid hall = _halls[a.Hall];
            if (a.Row == z.Row)
            {
                return a.Left < z.Left
                    ? new TrayPath(Scope.SameRow, (z.Left - a.Right) * hall.Pitch, 0, a.Right, z.Left, -1, 0, 0)
                    : new TrayPath(Scope.SameRow, (a.Left - z.Right) * hall.Pitch, 0, a.Left, z.Right, -1, 0, 0);
            }

            int crossing = hall.BestCrossing(a, z);
            int at = hall.CrossingAfter[crossing];
            int from = a.Nearest(at);
            int to = z.Nearest(at);
            int along = (Math.Abs(from - at) + Math.Abs(to - at)) * hall.Pitch;
            return new TrayPath(Scope.SameHall, along + Math.Abs(hall.RowY[a.Row] - hall.RowY[z.Row]), 0, from, to, crossing, 0, 0);
        }

        HallGrid h = _halls[a.Hall];
        HallGrid k = _halls[z.Hall];
        bool oneBuilding = h.Building == k.Building;
        (int byA, int byZ) = oneBuilding ? HallGrid.Exits(h, k, a, z) : (-1, -1);
        int leave = h.CrossingAfter[h.ExitBy(byA)];
        int enter = k.CrossingAfter[k.ExitBy(byZ)];
        (long exitXOfA, long exitXOfZ) = (h.ExitX(byA), k.ExitX(byZ));
        int sideA = a.Nearest(leave);
        int sideZ = z.Nearest(enter);
        int inHalls = (Math.Abs(sideA - leave) * h.Pitch) + (Math.Abs(sideZ - enter) * k.Pitch);
        long best = long.MaxValue;
        int exitA = 0;
        int exitZ = 0;
        for (int i = 0; i < 2; i++)
        {
            long out1 = Math.Abs(h.RowY[a.Row] - h.ExitY[i]);
            for (int j = 0; j < 2; j++)
            {
                long out2 = Math.Abs(k.RowY[z.Row] - k.ExitY[j]);
                long between = oneBuilding
                    ? Math.Abs(exitXOfA - exitXOfZ) + Math.Abs(h.Y + h.ExitY[i] - k.Y - k.ExitY[j])
                    : Math.Abs(exitXOfA) + Math.Abs(h.Y + h.ExitY[i]) + Math.Abs(exitXOfZ) + Math.Abs(k.Y + k.ExitY[j]);
                if (out1 + out2 + between < best)
                {
                    (best, exitA, exitZ) = (out1 + out2 + between, i, j);
                }
            }
        }

        long duct = oneBuilding ? 0 : (2L * _geometry.DuctDrop) + Math.Abs(h.BuildingX - k.BuildingX) + Math.Abs(h.BuildingY - k.BuildingY);
        Scope scope =
            oneBuilding ? Scope.SameBuilding
            : h.Site == k.Site ? Scope.SameSite
            : Scope.BetweenSites;
        return new TrayPath(scope, Saturate(best + inHalls), Saturate(duct), sideA, sideZ, byA, (byte)exitA, (byte)exitZ)
        {
            CrossingZ = byZ,
        };
    }

    /// <summary>The halls in plain numbers, by index.</summary>
    internal IReadOnlyList<HallGrid> Halls => _halls;

    /// <summary>The place of a rack.</summary>
    internal ref readonly RackPlace PlaceOf(int rack) => ref _racks[rack];

    internal string RowTray(int rack) => $"{_halls[_racks[rack].Hall].Letter}{_racks[rack].Row + 1:00}";

    internal string Crossing(int hall, int crossing) => $"{_halls[hall].Letter}-X{crossing + 1}";

    private static int Saturate(long millimetres) => (int)Math.Min(millimetres, int.MaxValue);

    /// <summary>
    /// Fills <paramref name="lengths"/> with those of every <paramref name="stride"/>th link, from the <paramref name="first"/>th such one
    /// on.
    /// </summary>
    internal void Measure(LinkClass c, Span<int> lengths, int first, int stride)
    {
        Link[] links = c.Links;
        int lastA = -1;
        int lastZ = -1;
        TrayPath path = default;
        for (int i = 0; i < lengths.Length; i++)
        {
            ref readonly Link l = ref links[(first + i) * stride];
            Port a = PortAt(c.Fabric, l.A, l.ACage);
            Port z = PortAt(c.Fabric, l.Z, l.ZCage);
            if (a.Rack != lastA || z.Rack != lastZ)
            {
                // Links come in the order of their devices, so that neighbours often share both racks.
                path = Path(a.Rack, z.Rack);
                (lastA, lastZ) = (a.Rack, z.Rack);
            }

            lengths[i] = Total(c, a, z, LegsOf(a, z, path), path);
        }
    }

    private int Total(LinkClass c, in Port a, in Port z, in Legs legs, in TrayPath path) =>
        path.Scope > Scope.SameRack && PanelsIn(path.Scope) is > 0 and var panels && IsPatched(c)
            ? Patch(a, z, legs, path, panels).Total
            : Piece((long)legs.Sum + path.Tray + path.Duct);

    /// <summary>A piece of cable along a route: its share of slack and a service loop at either end come on top.</summary>
    private int Piece(long route)
    {
        long slack = ((route * _geometry.SlackPerMillion) + 999_999) / 1_000_000;
        return Saturate(route + slack + (2L * _geometry.ServiceLoop));
    }

    // What panels add to the route: down to a frame and up again at either side that has one; in a rack, past the panels.
    private int FramesOf(LinkClass c, in Port a, in Port z, in Legs legs, in TrayPath path)
    {
        if (!IsPatched(c))
        {
            return 0;
        }

        int frames = Math.Min(2, PanelsOfFloor(path.Scope)) * 2 * _frameDrop;
        return EndsAtRacks(path.Scope) ? frames + (2 * AtRack) + ToRackPanel(a) - legs.AVertical + ToRackPanel(z) - legs.ZVertical : frames;
    }

    // From the farthest socket of a panel to the manager at the side of its rack.
    private int PanelFace => (_geometry.Pitch + _geometry.FaceplateWidth) / 2;

    // From the lowest panel of a rack, which stand above its devices, to the tray.
    private int AtRack => PanelFace + Math.Abs(_geometry.TrayHeight - _geometry.HeightOfUnit(_geometry.UsableUnits + 1));

    // From a port along the manager to whichever panel of its rack is farthest.
    private int ToRackPanel(in Port port) =>
        PanelFace
        + Math.Max(
            Math.Abs(port.Height - _geometry.HeightOfUnit(_geometry.UsableUnits + 1)),
            Math.Abs(port.Height - _geometry.HeightOfUnit(_geometry.RackUnits))
        );

    private PatchedRoute Patch(in Port a, in Port z, in Legs legs, in TrayPath path, int panels)
    {
        if (!EndsAtRacks(path.Scope))
        {
            return PatchInFrames(legs, path, panels, _racks[a.Rack], _racks[z.Rack]);
        }

        int cordA = Piece(legs.AFace + ToRackPanel(a));
        int cordZ = Piece(legs.ZFace + ToRackPanel(z));
        FramePlace rackA = InRack(a.Rack);
        FramePlace rackZ = InRack(z.Rack);
        int between = panels - 2;
        if (between == 0)
        {
            return new(cordA, Piece((2L * AtRack) + path.Tray + path.Duct), cordZ, rackA, rackZ, panels, 0);
        }

        // From its rack the link runs to the frames as from a port at the lowest panel, and its way is divided there as any other.
        PatchedRoute frames = PatchInFrames(new(0, AtRack, AtRack, 0), path, between, _racks[a.Rack], _racks[z.Rack]);
        return between == 1
            ? new(cordA, frames.CordZ, cordZ, frames.FrameA, rackZ, panels, 0) { RackA = rackA, LinkA = frames.CordA }
            : frames with
            {
                CordA = cordA,
                CordZ = cordZ,
                Panels = panels,
                RackA = rackA,
                LinkA = frames.CordA,
                RackZ = rackZ,
                LinkZ = frames.CordZ,
            };
    }

    private FramePlace InRack(int rack) => new(_racks[rack].Hall, _racks[rack].Row + 1, _placement.Racks[rack].Position, rack);

    private PatchedRoute PatchInFrames(in Legs legs, in TrayPath path, int panels, in RackPlace rackA, in RackPlace rackZ)
    {
        HallGrid h = _halls[rackA.Hall];
        HallGrid k = _halls[rackZ.Hall];
        FramePlace frameA;
        FramePlace frameZ;
        long trayA;
        long trayZ;
        if (path.Scope == Scope.SameHall)
        {
            // Between rows the panels hang where the crossing leaves either row.
            int at = h.CrossingAfter[path.Crossing];
            (frameA, frameZ) = (new(h.Index, rackA.Row + 1, path.Crossing), new(h.Index, rackZ.Row + 1, path.Crossing));
            trayA = (long)Math.Abs(path.SideA - at) * h.Pitch;
            trayZ = (long)Math.Abs(path.SideZ - at) * h.Pitch;
        }
        else
        {
            (frameA, frameZ) = (
                new(h.Index, 0, h.ExitNumber(path.Crossing, path.ExitA)),
                new(k.Index, 0, k.ExitNumber(path.CrossingZ, path.ExitZ))
            );
            trayA =
                ((long)Math.Abs(path.SideA - h.CrossingAfter[h.ExitBy(path.Crossing)]) * h.Pitch)
                + Math.Abs(h.RowY[rackA.Row] - h.ExitY[path.ExitA]);
            trayZ =
                ((long)Math.Abs(path.SideZ - k.CrossingAfter[k.ExitBy(path.CrossingZ)]) * k.Pitch)
                + Math.Abs(k.RowY[rackZ.Row] - k.ExitY[path.ExitZ]);
        }

        // Every piece is long enough for the lowest panel of its frame, so that those of one way are alike whatever panel they get.
        long between = path.Tray + (long)path.Duct - trayA - trayZ;
        int cordA = Piece(legs.AFace + legs.AVertical + trayA + _frameDrop);
        int jumper = Piece(_frameDrop + _geometry.FaceplateWidth);
        return panels == 1
            ? new(cordA, 0, Piece(_frameDrop + between + trayZ + legs.ZVertical + legs.ZFace), frameA, frameA, 1, 0)
            : new(
                cordA,
                Piece((2L * _frameDrop) + between),
                Piece(_frameDrop + trayZ + legs.ZVertical + legs.ZFace),
                frameA,
                frameZ,
                panels,
                jumper
            );
    }

    private Legs LegsOf(in Port a, in Port z, in TrayPath path)
    {
        if (path.Scope == Scope.SameRack)
        {
            int left = a.FromLeft + z.FromLeft;
            int right = a.Width - a.FromLeft + z.Width - z.FromLeft;
            return left <= right
                ? new Legs(a.FromLeft, Math.Abs(a.Height - z.Height), 0, z.FromLeft)
                : new Legs(a.Width - a.FromLeft, Math.Abs(a.Height - z.Height), 0, z.Width - z.FromLeft);
        }

        return new Legs(
            path.SideA == _racks[a.Rack].Left ? a.FromLeft : a.Width - a.FromLeft,
            Math.Abs(_geometry.TrayHeight - a.Height),
            Math.Abs(_geometry.TrayHeight - z.Height),
            path.SideZ == _racks[z.Rack].Left ? z.FromLeft : z.Width - z.FromLeft
        );
    }

    private Port PortAt(FabricRole fabric, int device, int cage)
    {
        PortTable table = _tables[(_network.GroupOfDevice[device] * _roles) + fabric.Index];
        int index = table.IndexOf(cage);
        int rack = _placement.RackOfDevice[device] + table.RackOffset[index];
        int height = _unitHeight[_placement.UnitOfDevice[device]] + table.Height[index];
        int fromLeft = table.FromLeft[index];

        // Looking at the ports of a row that faces the other way, left is at the larger x.
        return new Port(rack, _racks[rack].Mirrored ? table.Width - fromLeft : fromLeft, height, table.Width);
    }

    /// <summary>
    /// A port: its rack, its distance from the left (smaller x) edge of the rack's positions, its height above the floor, and the width of
    /// those positions.
    /// </summary>
    private readonly record struct Port(int Rack, int FromLeft, int Height, int Width);

    private readonly record struct Legs(int AFace, int AVertical, int ZVertical, int ZFace)
    {
        public int Sum => AFace + AVertical + ZVertical + ZFace;
    }
}
