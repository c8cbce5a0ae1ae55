using Lightloom.Floor;
using Lightloom.Spec;

namespace Lightloom.Tests.Routing;

/// <summary>The trays as an explicit graph, searched by Dijkstra: what the router's closed form must agree with.</summary>
internal sealed class TrayGraph
{
    private readonly Placement _placement;
    private readonly List<List<(int To, long Length)>> _edges = [];
    private readonly Dictionary<(int Hall, int Row, int Boundary), int> _points = [];

    public TrayGraph(ClusterSpec spec, Placement placement)
    {
        _placement = placement;
        var geometry = new FloorGeometry(spec);
        var exits = new List<(int Point, Hall Hall, long X, long Y)>();
        foreach (Hall hall in placement.Halls)
        {
            for (int row = 0; row < hall.Rows; row++)
            {
                for (int boundary = 0; boundary <= hall.RacksPerRow; boundary++)
                {
                    _points[(hall.Index, row, boundary)] = Point();
                    if (boundary > 0)
                    {
                        Join(_points[(hall.Index, row, boundary - 1)], _points[(hall.Index, row, boundary)], hall.RackPitch.Millimetres);
                    }
                }

                foreach (int boundary in hall.CrossingAfter)
                {
                    if (row > 0)
                    {
                        Join(
                            _points[(hall.Index, row - 1, boundary)],
                            _points[(hall.Index, row, boundary)],
                            (hall.RowY[row] - hall.RowY[row - 1]).Millimetres
                        );
                    }
                }
            }

            foreach (int crossing in hall.SpreadsWays ? Enumerable.Range(0, hall.CrossingAfter.Count) : [hall.ExitCrossing])
            {
                int exitBoundary = hall.CrossingAfter[crossing];
                long x = hall.X.Millimetres + hall.CrossingX[crossing].Millimetres;
                int near = Point();
                Join(near, _points[(hall.Index, 0, exitBoundary)], hall.RowY[0].Millimetres);
                exits.Add((near, hall, x, hall.Y.Millimetres));
                int far = Point();
                Join(far, _points[(hall.Index, hall.Rows - 1, exitBoundary)], (hall.Depth - hall.RowY[^1]).Millimetres);
                exits.Add((far, hall, x, (hall.Y + hall.Depth).Millimetres));
            }
        }

        var entrances = new Dictionary<int, int>();
        foreach ((int point, Hall hall, long x, long y) in exits)
        {
            if (!entrances.TryGetValue(hall.BuildingIndex, out int entrance))
            {
                entrances[hall.BuildingIndex] = entrance = Point();
                foreach ((int otherBuilding, int other) in entrances.Where(e => e.Key != hall.BuildingIndex))
                {
                    Hall there = placement.Halls.First(h => h.BuildingIndex == otherBuilding);
                    Join(
                        entrance,
                        other,
                        Math.Abs((hall.BuildingX - there.BuildingX).Millimetres)
                            + Math.Abs((hall.BuildingY - there.BuildingY).Millimetres)
                            + (2L * geometry.DuctDrop)
                    );
                }
            }

            Join(point, entrance, Math.Abs(x) + Math.Abs(y));
            foreach (
                (int other, Hall otherHall, long otherX, long otherY) in exits.Where(e =>
                    e.Hall.BuildingIndex == hall.BuildingIndex && e.Point < point && e.Hall != hall
                )
            )
            {
                Join(point, other, Math.Abs(x - otherX) + Math.Abs(y - otherY));
            }
        }
    }

    /// <summary>Distances from either edge of a rack.</summary>
    public long[] From(int rack)
    {
        var distance = new long[_edges.Count];
        Array.Fill(distance, long.MaxValue);
        var queue = new PriorityQueue<int, long>();
        foreach (int start in Edges(rack))
        {
            distance[start] = 0;
            queue.Enqueue(start, 0);
        }

        while (queue.TryDequeue(out int point, out long at))
        {
            if (at > distance[point])
            {
                continue;
            }

            foreach ((int to, long length) in _edges[point])
            {
                if (at + length < distance[to])
                {
                    distance[to] = at + length;
                    queue.Enqueue(to, at + length);
                }
            }
        }

        return distance;
    }

    /// <summary>The distance to the nearer edge of a rack.</summary>
    public long To(long[] distance, int rack) => Edges(rack).Min(point => distance[point]);

    private IEnumerable<int> Edges(int rack)
    {
        Rack r = _placement.Racks[rack];
        yield return _points[(r.Hall, r.Row - 1, r.Position - 1)];
        yield return _points[(r.Hall, r.Row - 1, r.Position - 1 + r.Span)];
    }

    private int Point()
    {
        _edges.Add([]);
        return _edges.Count - 1;
    }

    private void Join(int a, int b, long length)
    {
        _edges[a].Add((b, length));
        _edges[b].Add((a, length));
    }
}
