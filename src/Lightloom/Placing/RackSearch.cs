using System.Runtime.InteropServices;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Placing;

/// <summary>
/// Moves single racks of switches to where their cables cost less: into empty positions, in exchange with other racks of switches, along
/// their row, or a row of them at once.
/// </summary>
/// <remarks>
/// The cost of a rack is that of the links (a sample of them in large designs) to every other rack. A rack is tried at the positions around
/// the weighted median of the racks that it is linked to, and the best trial is kept if it is cheaper. The work is bounded by a count of
/// evaluated links, not by time, so that the result repeats.
/// </remarks>
internal sealed class RackSearch
{
    private const int SampleLinks = 100_000;
    private const long Budget = 2_500_000;
    private const int Passes = 3;
    private const int BinWidth = 250;
    private const int Empty = -1;
    private const int Blocked = -2;

    private readonly FloorGeometry _geometry;
    private readonly CableRouter _router;
    private readonly CableCost _cost;
    private readonly RackDraft[] _racks;
    private readonly RackPlace[] _places;
    private readonly bool[] _isMoved;
    private readonly List<int> _moved = [];
    private readonly int[][] _slots;
    private readonly HallState[] _halls;
    private readonly int[] _perRow;
    private readonly double[] _hallWeight;
    private readonly double[] _rowWeight;
    private readonly double[] _positionWeight;
    private Edge[] _edges = [];
    private int[] _firstEdge = [];
    private long _work;

    private RackSearch(FloorGeometry geometry, Network network, FloorCandidate candidate, CableCost cost)
    {
        _geometry = geometry;
        _router = new CableRouter(geometry, network, candidate.Placement);
        _cost = cost;
        _racks = candidate.Order;
        _places = [.. candidate.Placement.Racks.Select(rack => new RackPlace(rack))];
        _isMoved = new bool[_racks.Length];
        int count = candidate.Placement.Halls.Count;
        _slots = new int[count][];
        _halls = new HallState[count];
        _perRow = new int[count];
        for (int i = 0; i < _racks.Length; i++)
        {
            _halls[_places[i].Hall] = _racks[i].Hall!;
        }

        for (int h = 0; h < count; h++)
        {
            // Rows beyond the last one in use stay unbuilt.
            _perRow[h] = _halls[h].RacksPerRow;
            _slots[h] =
            [
                .. _halls[h]
                    .Slots.Take(candidate.Placement.Halls[h].Rows * _perRow[h])
                    .Select(slot => slot == SlotUse.Free ? Empty : Blocked),
            ];
        }

        for (int i = 0; i < _racks.Length; i++)
        {
            if (!_racks[i].IsFixed)
            {
                _slots[_places[i].Hall][(_places[i].Row * _perRow[_places[i].Hall]) + _places[i].Left] = i;
            }
        }

        _hallWeight = new double[count];
        _rowWeight = new double[candidate.Placement.Halls.Max(hall => hall.Rows)];
        _positionWeight = new double[candidate.Placement.Halls.Max(hall => hall.RacksPerRow)];
        ReadLinks(network);
    }

    /// <summary>Improves a candidate in place and returns how many moves were made.</summary>
    public static int Improve(FloorGeometry geometry, Network network, FloorCandidate candidate, CableCost cost) =>
        new RackSearch(geometry, network, candidate, cost).Run();

    private int Run()
    {
        int moves = 0;
        for (int pass = 0; pass < Passes && _work < Budget; pass++)
        {
            int before = moves;
            moves += MoveRows();
            for (int rack = 0; rack < _racks.Length && _work < Budget; rack++)
            {
                if (IsMovable(rack) && TryMove(rack))
                {
                    moves++;
                }
            }

            if (moves == before)
            {
                break;
            }
        }

        for (int i = 0; i < _racks.Length; i++)
        {
            _racks[i].Hall = _halls[_places[i].Hall];
            _racks[i].Row = _places[i].Row;
            _racks[i].Position = _places[i].Left;
        }

        return moves;
    }

    /// <summary>
    /// Moves rows that hold no nodes towards the middle of what they are linked to; the rows between make room and keep their order.
    /// </summary>
    private int MoveRows()
    {
        int moves = 0;
        for (int hall = 0; hall < _slots.Length && _work < Budget; hall++)
        {
            int rows = _slots[hall].Length / _perRow[hall];
            for (int row = 0; row < rows && _work < Budget; row++)
            {
                List<int> racks = RacksOfRow(hall, row);
                if (racks.Count == 0 || !racks.TrueForAll(rack => _racks[rack].Use == RackUse.Network && !_racks[rack].Hall!.IsOverflow))
                {
                    continue;
                }

                List<int> wanted =
                [
                    .. racks.Where(IsMovable).Select(Target).Where(target => target.Hall == hall).Select(target => target.Row).Order(),
                ];
                if (wanted.Count == 0)
                {
                    continue;
                }

                int target = wanted[wanted.Count / 2];
                double bestGain = 1e-6;
                int best = -1;
                for (int to = Math.Max(0, target - 1); to <= Math.Min(rows - 1, target + 1); to++)
                {
                    if (to != row && StageRow(hall, row, to) is { } trial && Gain(trial) is var gain && gain > bestGain)
                    {
                        (bestGain, best) = (gain, to);
                    }
                }

                if (best >= 0)
                {
                    Commit(StageRow(hall, row, best)!);
                    moves++;
                }
            }
        }

        return moves;
    }

    private List<int> RacksOfRow(int hall, int row)
    {
        var racks = new List<int>();
        for (int p = 0; p < _perRow[hall]; p++)
        {
            if (_slots[hall][(row * _perRow[hall]) + p] is >= 0 and var rack)
            {
                racks.Add(rack);
            }
        }

        return racks;
    }

    /// <summary>What would move if one row went to the place of another; null when a position between must stay as it is.</summary>
    private List<(int Rack, RackPlace To)>? StageRow(int hall, int from, int to)
    {
        var moves = new List<(int, RackPlace)>();
        for (int row = Math.Min(from, to); row <= Math.Max(from, to); row++)
        {
            int place =
                row == from ? to
                : from < to ? row - 1
                : row + 1;
            int step;
            for (int p = 0; p < _perRow[hall]; p += step)
            {
                int there = _slots[hall][(row * _perRow[hall]) + p];
                step = there >= 0 ? _racks[there].Span : 1;
                if (there == Blocked)
                {
                    return null;
                }

                if (there >= 0)
                {
                    if (_racks[there].IsPartOfSeveral)
                    {
                        // A node of several racks may go on in the next row.
                        return null;
                    }

                    moves.Add((there, new RackPlace(hall, place, p, step)));
                }
            }
        }

        return moves;
    }

    private bool IsMovable(int rack) =>
        _racks[rack] is { Use: RackUse.Network, IsFixed: false }
        && !_racks[rack].Hall!.IsOverflow
        && _firstEdge[rack + 1] > _firstEdge[rack];

    private bool TryMove(int rack)
    {
        (int hall, int row, int position) = Target(rack);
        double bestGain = 1e-6;
        (int Hall, int Slot) best = (-1, -1);
        for (int r = Math.Max(0, row - 1); r <= Math.Min((_slots[hall].Length / _perRow[hall]) - 1, row + 1); r++)
        {
            for (int p = Math.Max(0, position - 2); p <= Math.Min(_perRow[hall] - 1, position + 2); p++)
            {
                Consider(rack, hall, (r * _perRow[hall]) + p, ref bestGain, ref best);
            }
        }

        // Near where it stands, too: the median may be a place that nothing may take.
        RackPlace at = _places[rack];
        for (int p = Math.Max(0, at.Left - 3); p <= Math.Min(_perRow[at.Hall] - 1, at.Left + 3); p++)
        {
            Consider(rack, at.Hall, (at.Row * _perRow[at.Hall]) + p, ref bestGain, ref best);
        }

        if (best.Hall < 0)
        {
            return false;
        }

        Stage(rack, best.Hall, best.Slot, out List<(int Rack, RackPlace To)> moves);
        Commit(moves);
        return true;
    }

    private void Consider(int rack, int hall, int slot, ref double bestGain, ref (int Hall, int Slot) best)
    {
        if (_work >= Budget || !Stage(rack, hall, slot, out List<(int Rack, RackPlace To)> moves))
        {
            return;
        }

        double gain = Gain(moves);
        if (gain > bestGain)
        {
            bestGain = gain;
            best = (hall, slot);
        }
    }

    /// <summary>How much cheaper the cables were after some moves.</summary>
    private double Gain(List<(int Rack, RackPlace To)> moves)
    {
        _moved.Clear();
        foreach ((int moved, _) in moves)
        {
            _moved.Add(moved);
            _isMoved[moved] = true;
        }

        double before = CostOfMoved();
        var old = new RackPlace[moves.Count];
        for (int i = 0; i < moves.Count; i++)
        {
            old[i] = _places[moves[i].Rack];
            _places[moves[i].Rack] = moves[i].To;
        }

        double gain = before - CostOfMoved();
        for (int i = 0; i < moves.Count; i++)
        {
            _places[moves[i].Rack] = old[i];
            _isMoved[moves[i].Rack] = false;
        }

        return gain;
    }

    /// <summary>What would move where if the rack took that slot; false when it may not.</summary>
    private bool Stage(int rack, int hall, int slot, out List<(int Rack, RackPlace To)> moves)
    {
        moves = [];
        int there = _slots[hall][slot];
        RackPlace from = _places[rack];
        RackPlace to = At(hall, slot);
        if (there == rack || there == Blocked || _racks[rack].Span != 1)
        {
            return false;
        }

        bool sameZone = _racks[rack].RowGroup!.Zone.Allows(_halls[hall]);
        if (there == Empty)
        {
            if (!sameZone || (hall != from.Hall && !_halls[hall].HasPowerFor(_racks[rack].UsedPower)))
            {
                return false;
            }

            moves.Add((rack, to));
            return true;
        }

        if (_racks[there].Use == RackUse.Network)
        {
            if (!IsMovable(there) || !sameZone || !_racks[there].RowGroup!.Zone.Allows(_halls[from.Hall]))
            {
                return false;
            }

            long difference = _racks[rack].UsedPower - _racks[there].UsedPower;
            if (hall != from.Hall && !(_halls[hall].HasPowerFor(difference) && _halls[from.Hall].HasPowerFor(-difference)))
            {
                return false;
            }

            moves.Add((rack, to));
            moves.Add((there, from));
            return true;
        }

        // Along its own row the racks between make room, so that nodes keep their order.
        if (hall != from.Hall || to.Row != from.Row)
        {
            return false;
        }

        int step = to.Left > from.Left ? 1 : -1;
        moves.Add((rack, to));
        for (int p = from.Left + step; ; p += step)
        {
            int other = _slots[hall][(from.Row * _perRow[hall]) + p];
            if (other < 0 || !MayShift(other))
            {
                return false;
            }

            moves.Add((other, At(hall, (from.Row * _perRow[hall]) + p - step)));
            if (p == to.Left)
            {
                return true;
            }
        }
    }

    /// <summary>Racks that are part of a larger system keep their places.</summary>
    private bool MayShift(int rack) => _racks[rack] is { Span: 1, IsFixed: false, IsPartOfSeveral: false };

    private void Commit(List<(int Rack, RackPlace To)> moves)
    {
        foreach ((int rack, _) in moves)
        {
            Mark(_places[rack], Empty, Empty);
            _halls[_places[rack].Hall].UsedPower -= _racks[rack].UsedPower;
        }

        foreach ((int rack, RackPlace to) in moves)
        {
            _places[rack] = to;
            Mark(to, rack, Blocked);
            _halls[to.Hall].UsedPower += _racks[rack].UsedPower;
        }
    }

    private void Mark(in RackPlace place, int first, int rest)
    {
        for (int p = place.Left; p < place.Right; p++)
        {
            _slots[place.Hall][(place.Row * _perRow[place.Hall]) + p] = p == place.Left ? first : rest;
        }
    }

    private RackPlace At(int hall, int slot) => new(hall, slot / _perRow[hall], slot % _perRow[hall], 1);

    private double CostOfMoved()
    {
        double sum = 0;
        foreach (int rack in _moved)
        {
            int other = -1;
            long laid = 0;
            for (int e = _firstEdge[rack]; e < _firstEdge[rack + 1]; e++)
            {
                ref readonly Edge edge = ref _edges[e];
                if (edge.Other != other)
                {
                    other = edge.Other;
                    laid = WithSlack(_router.PathBetween(_places[rack], _places[other]));
                }

                double cost = edge.Weight * _cost.Of((int)Math.Min(int.MaxValue, edge.Base + laid));

                // A link between two racks that both move is met twice.
                sum += _isMoved[edge.Other] ? cost / 2 : cost;
            }

            _work += _firstEdge[rack + 1] - _firstEdge[rack];
        }

        return sum;
    }

    /// <summary>
    /// The weighted median place of the racks that a rack is linked to: the hall with the most weight, then row and position in it.
    /// </summary>
    private (int Hall, int Row, int Position) Target(int rack)
    {
        Array.Clear(_hallWeight);
        for (int e = _firstEdge[rack]; e < _firstEdge[rack + 1]; e++)
        {
            _hallWeight[_places[_edges[e].Other].Hall] += _edges[e].Weight;
        }

        int best = 0;
        for (int hall = 1; hall < _hallWeight.Length; hall++)
        {
            best = _hallWeight[hall] > _hallWeight[best] ? hall : best;
        }

        Span<double> rows = _rowWeight.AsSpan(0, _slots[best].Length / _perRow[best]);
        Span<double> positions = _positionWeight.AsSpan(0, _perRow[best]);
        rows.Clear();
        positions.Clear();
        for (int e = _firstEdge[rack]; e < _firstEdge[rack + 1]; e++)
        {
            RackPlace place = _places[_edges[e].Other];
            if (place.Hall == best)
            {
                rows[place.Row] += _edges[e].Weight;
                positions[place.Left] += _edges[e].Weight;
            }
        }

        return (best, Median(rows, _hallWeight[best]), Median(positions, _hallWeight[best]));
    }

    private static int Median(ReadOnlySpan<double> weights, double total)
    {
        double below = 0;
        for (int at = 0; at < weights.Length; at++)
        {
            below += weights[at];
            if (2 * below >= total)
            {
                return at;
            }
        }

        return weights.Length - 1;
    }

    /// <summary>Sums up links by pairs of racks, and within a pair by the length that does not depend on where the racks stand.</summary>
    private void ReadLinks(Network network)
    {
        int stride = (int)Math.Max(1, network.LinkCount / SampleLinks);
        var bins = new Dictionary<long, double>();
        foreach (LinkClass links in network.LinkClasses)
        {
            int step = links.Links.Length <= 1024 ? 1 : stride;
            int[] lengths = _router.Lengths(links, step);
            double share = CableCost.Share(links) * step;
            for (int i = 0; i < lengths.Length; i++)
            {
                ref readonly Link link = ref links.Links[i * step];
                int a = _router.RackAt(links.Fabric, link.A, link.ACage);
                int z = _router.RackAt(links.Fabric, link.Z, link.ZCage);
                if (a != z)
                {
                    TrayPath path = _router.Path(a, z);
                    long bin = Math.Clamp((lengths[i] - WithSlack(path)) / BinWidth, 0, 255);
                    CollectionsMarshal.GetValueRefOrAddDefault(
                        bins,
                        ((long)Math.Min(a, z) << 36) | ((long)Math.Max(a, z) << 8) | bin,
                        out _
                    ) += share;
                }
            }
        }

        // In this order, all edges of a rack that go to the same other rack follow each other, so that its way is found once.
        long[] keys = [.. bins.Keys];
        Array.Sort(keys);
        _firstEdge = new int[_racks.Length + 1];
        foreach (long key in keys)
        {
            _firstEdge[First(key) + 1]++;
            _firstEdge[Second(key) + 1]++;
        }

        for (int i = 0; i < _racks.Length; i++)
        {
            _firstEdge[i + 1] += _firstEdge[i];
        }

        _edges = new Edge[_firstEdge[^1]];
        int[] next = _firstEdge[..^1];
        foreach (long key in keys)
        {
            int middle = ((int)(key & 255) * BinWidth) + (BinWidth / 2);
            _edges[next[First(key)]++] = new Edge(Second(key), bins[key], middle);
            _edges[next[Second(key)]++] = new Edge(First(key), bins[key], middle);
        }

        static int First(long key) => (int)(key >> 36);

        static int Second(long key) => (int)(key >> 8) & 0xFFFFFFF;
    }

    private long WithSlack(in TrayPath path)
    {
        long laid = path.Tray + (long)path.Duct;
        return laid + (laid * _geometry.SlackPerMillion / 1_000_000);
    }

    /// <summary>Links to another rack: their weight, and the part of their length that does not run along trays and ducts.</summary>
    private readonly record struct Edge(int Other, double Weight, int Base);
}
