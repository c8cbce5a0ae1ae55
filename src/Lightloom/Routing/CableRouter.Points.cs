using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Routing;

/// <summary>This part draws a cable's way: the points at which it turns.</summary>
public sealed partial class CableRouter
{
    /// <summary>
    /// The points at which a link's cable turns, from port to port, in metres in the region: eastwards, northwards, above the floor. Each
    /// stretch runs along one axis, and together they are as long as the route without slack and panels; a duct between buildings is drawn
    /// from entrance to entrance, as its depth is not.
    /// </summary>
    public IReadOnlyList<(double X, double Y, double Z)> Points(LinkClass c, int link)
    {
        Link l = c.Links[link];
        Port a = PortAt(c.Fabric, l.A, l.ACage);
        Port z = PortAt(c.Fabric, l.Z, l.ZCage);
        TrayPath path = Path(a.Rack, z.Rack);
        List<(double X, double Y, double Z)> points = [];
        (long x, long y) = CornerOf(a.Rack);
        (long endX, long endY) = CornerOf(z.Rack);
        if (path.Scope == Scope.SameRack)
        {
            bool left = LegsOf(a, z, path).AFace == a.FromLeft && a.FromLeft + z.FromLeft <= a.Width - a.FromLeft + z.Width - z.FromLeft;
            long manager = x + (left ? 0 : a.Width);
            Add(x + a.FromLeft, y, a.Height);
            Add(manager, y, a.Height);
            Add(manager, y, z.Height);
            Add(endX + z.FromLeft, y, z.Height);
            return points;
        }

        long tray = _geometry.TrayHeight;
        long fromX = BoundaryX(a.Rack, path.SideA);
        long toX = BoundaryX(z.Rack, path.SideZ);
        Add(x + a.FromLeft, y, a.Height);
        Add(fromX, y, a.Height);
        Add(fromX, y, tray);
        if (path.Scope == Scope.SameHall)
        {
            long crossing = BoundaryX(a.Rack, _halls[_racks[a.Rack].Hall].CrossingAfter[path.Crossing]);
            Add(crossing, y, tray);
            Add(crossing, endY, tray);
        }
        else if (path.Scope > Scope.SameHall)
        {
            AddWayBetweenHalls(points, a.Rack, z.Rack, path);
        }

        Add(toX, endY, tray);
        Add(toX, endY, z.Height);
        Add(endX + z.FromLeft, endY, z.Height);
        return points;

        void Add(long px, long py, long pz) => AddPoint(points, px, py, pz);
    }

    private void AddWayBetweenHalls(List<(double X, double Y, double Z)> points, int rackA, int rackZ, in TrayPath path)
    {
        HallGrid h = _halls[_racks[rackA].Hall];
        HallGrid k = _halls[_racks[rackZ].Hall];
        long tray = _geometry.TrayHeight;
        long leaveX = BoundaryX(rackA, h.CrossingAfter[h.ExitBy(path.Crossing)]);
        long enterX = BoundaryX(rackZ, k.CrossingAfter[k.ExitBy(path.CrossingZ)]);
        long wallA = h.BuildingY + h.Y + h.ExitY[path.ExitA];
        long wallZ = k.BuildingY + k.Y + k.ExitY[path.ExitZ];
        AddPoint(points, leaveX, CornerOf(rackA).Y, tray);
        AddPoint(points, leaveX, wallA, tray);
        if (h.Building != k.Building)
        {
            AddPoint(points, h.BuildingX, wallA, tray);
            AddPoint(points, h.BuildingX, h.BuildingY, tray);
            AddPoint(points, k.BuildingX, h.BuildingY, tray);
            AddPoint(points, k.BuildingX, k.BuildingY, tray);
            AddPoint(points, k.BuildingX, wallZ, tray);
        }
        else
        {
            AddPoint(points, enterX, wallA, tray);
        }

        AddPoint(points, enterX, wallZ, tray);
        AddPoint(points, enterX, CornerOf(rackZ).Y, tray);
    }

    // The left edge of a rack's positions, at the ports of its row.
    private (long X, long Y) CornerOf(int rack)
    {
        Hall hall = _placement.Halls[_racks[rack].Hall];
        return (BoundaryX(rack, _racks[rack].Left), (hall.BuildingY + hall.Y + hall.RowY[_racks[rack].Row]).Millimetres);
    }

    // A boundary between positions in the hall of a rack.
    private long BoundaryX(int rack, int boundary)
    {
        Hall hall = _placement.Halls[_racks[rack].Hall];
        return (hall.BuildingX + hall.X + hall.FirstRackX + (hall.RackPitch * boundary)).Millimetres;
    }

    private static void AddPoint(List<(double X, double Y, double Z)> points, long x, long y, long z)
    {
        (double, double, double) point = (x / 1000.0, y / 1000.0, z / 1000.0);
        if (points.Count == 0 || points[^1] != point)
        {
            points.Add(point);
        }
    }
}
