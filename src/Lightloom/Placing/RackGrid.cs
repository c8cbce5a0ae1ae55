using Lightloom.Floor;
using Lightloom.Routing;

namespace Lightloom.Placing;

/// <summary>The positions of all halls while racks are moved: which rack stands where, and what may move where.</summary>
internal sealed class RackGrid
{
    private const int Empty = -1;
    private const int Blocked = -2;

    private readonly RackDraft[] _racks;
    private readonly RackPlace[] _places;
    private readonly bool[] _isMovable;
    private readonly int[][] _slots;
    private readonly HallState[] _halls;
    private readonly int[] _perRow;

    /// <summary>The positions as <paramref name="candidate"/> fills them.</summary>
    /// <param name="candidate">A layout.</param>
    /// <param name="links">Racks without links stay where they are.</param>
    /// <param name="exchangesOnly">
    /// True where the file says where racks of switches stand: they then only change places with each other.
    /// </param>
    public RackGrid(FloorCandidate candidate, RackLinks links, bool exchangesOnly)
    {
        ExchangesOnly = exchangesOnly;
        _racks = candidate.Order;
        _places = [.. candidate.Placement.Racks.Select(rack => new RackPlace(rack))];
        int count = candidate.Placement.Halls.Count;
        _slots = new int[count][];
        _halls = new HallState[count];
        _perRow = new int[count];
        for (int i = 0; i < _racks.Length; i++)
        {
            _halls[_places[i].Hall] = _racks[i].Hall!;
        }

        _isMovable = new bool[_racks.Length];
        for (int i = 0; i < _racks.Length; i++)
        {
            _isMovable[i] = _racks[i] is { Use: RackUse.Network, IsFixed: false } && !_racks[i].Hall!.IsOverflow && links.Of(i).Length > 0;
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
    }

    /// <summary>True where racks of switches only change places with each other.</summary>
    public bool ExchangesOnly { get; }

    /// <summary>Number of racks.</summary>
    public int Racks => _racks.Length;

    /// <summary>Number of halls.</summary>
    public int Halls => _slots.Length;

    /// <summary>Where every rack stands, by its index.</summary>
    public ReadOnlySpan<RackPlace> Places => _places;

    /// <summary>Rows of a hall that are built.</summary>
    public int RowsOf(int hall) => _slots[hall].Length / _perRow[hall];

    /// <summary>Rack positions in a row of a hall.</summary>
    public int PositionsOf(int hall) => _perRow[hall];

    /// <summary>True for a rack of switches that has links and no fixed place.</summary>
    public bool IsMovable(int rack) => _isMovable[rack];

    /// <summary>Power of a rack in milliwatts.</summary>
    public long PowerOf(int rack) => _racks[rack].UsedPower;

    /// <summary>True for a rack of switches.</summary>
    public bool IsOfSwitches(int rack) => _racks[rack].Use == RackUse.Network;

    /// <summary>What a hall still has for racks that come to it, in milliwatts; null when it has no limit.</summary>
    public long? PowerLeft(int hall) => _halls[hall].PowerLimit - _halls[hall].UsedPower;

    /// <summary>What stands at a position of a hall: a rack, or less than 0 where none may or does.</summary>
    public int RackAt(int hall, int row, int position) => _slots[hall][(row * _perRow[hall]) + position];

    /// <summary>
    /// Where a movable rack of switches may stand, the others staying or making room: empty positions and those of movable racks of
    /// switches, in floor order.
    /// </summary>
    public List<RackPlace> PlacesFor(int rack)
    {
        List<RackPlace> places = [];
        ForPlaces(rack, (hall, slot) => places.Add(At(hall, slot)));
        return places;
    }

    /// <summary>How many places <see cref="PlacesFor"/> lists.</summary>
    public int CountPlacesFor(int rack)
    {
        int count = 0;
        ForPlaces(rack, (_, _) => count++);
        return count;
    }

    /// <summary>
    /// The racks of a row, by position; empty when one of them must stay where it is or is part of a system of several.
    /// </summary>
    public List<int> RowToOrder(int hall, int row)
    {
        List<int> racks = RacksOfRow(hall, row);
        return racks.TrueForAll(MayShift) ? racks : [];
    }

    /// <summary>
    /// The rows of a hall that hold racks, when all of them may change places; empty when a rack, or a position, must stay as it is.
    /// </summary>
    public List<int> RowsToOrder(int hall)
    {
        List<int> rows = [];
        for (int row = 0; row < RowsOf(hall); row++)
        {
            List<int> racks = RacksOfRow(hall, row);
            int taken = racks.Sum(r => _racks[r].Span);
            int blocked = Enumerable.Range(0, _perRow[hall]).Count(p => RackAt(hall, row, p) == Blocked);
            if (racks.Exists(r => _racks[r].IsPartOfSeveral || _racks[r].IsFixed) || blocked != taken - racks.Count)
            {
                return [];
            }

            if (racks.Count > 0)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>The racks of a row, by position.</summary>
    public List<int> RacksIn(int hall, int row) => RacksOfRow(hall, row);

    /// <summary>True when a row holds racks, and none but racks of switches that have found room.</summary>
    public bool IsRowOfSwitches(int hall, int row, out List<int> racks)
    {
        racks = RacksOfRow(hall, row);
        return racks.Count > 0 && racks.TrueForAll(rack => _racks[rack].Use == RackUse.Network && !_racks[rack].Hall!.IsOverflow);
    }

    /// <summary>Moves racks and keeps account of the halls' power.</summary>
    public void Commit(List<RackMove> moves)
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

    /// <summary>
    /// Puts the racks of <paramref name="moves"/> at their new places without touching anything else; returns the old ones.
    /// </summary>
    /// <remarks>For a trial: <see cref="Restore"/> must follow before anything is committed.</remarks>
    public RackPlace[] Try(List<RackMove> moves)
    {
        var old = new RackPlace[moves.Count];
        for (int i = 0; i < moves.Count; i++)
        {
            old[i] = _places[moves[i].Rack];
            _places[moves[i].Rack] = moves[i].To;
        }

        return old;
    }

    /// <summary>Undoes <see cref="Try"/>.</summary>
    public void Restore(List<RackMove> moves, RackPlace[] old)
    {
        for (int i = 0; i < moves.Count; i++)
        {
            _places[moves[i].Rack] = old[i];
        }
    }

    /// <summary>Writes the places into the racks of the layout.</summary>
    public void Save()
    {
        for (int i = 0; i < _racks.Length; i++)
        {
            _racks[i].Hall = _halls[_places[i].Hall];
            _racks[i].Row = _places[i].Row;
            _racks[i].Position = _places[i].Left;
        }
    }

    /// <summary>What would move if one row went to the place of another; null when a position between must stay as it is.</summary>
    public List<RackMove>? StageRow(int hall, int from, int to)
    {
        var moves = new List<RackMove>();
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

                    moves.Add(new RackMove(there, new RackPlace(hall, place, p, step)));
                }
            }
        }

        return moves;
    }

    /// <summary>What would move if a rack took a position of a hall; null when it may not.</summary>
    /// <remarks>
    /// An empty position is taken, another rack of switches changes places with it; along its own row the racks between make room, so that
    /// nodes keep their order.
    /// </remarks>
    /// <param name="rack">A movable rack.</param>
    /// <param name="hall">The hall.</param>
    /// <param name="slot">The position: row times positions a row, plus position, from 0.</param>
    public List<RackMove>? Stage(int rack, int hall, int slot)
    {
        int there = _slots[hall][slot];
        RackPlace from = _places[rack];
        RackPlace to = At(hall, slot);
        if (there == rack || there == Blocked || _racks[rack].Span != 1)
        {
            return null;
        }

        bool sameZone = _racks[rack].RowGroup!.Zone.Allows(_halls[hall]);
        if (there == Empty)
        {
            return !ExchangesOnly && sameZone && (hall == from.Hall || _halls[hall].HasPowerFor(_racks[rack].UsedPower))
                ? [new(rack, to)]
                : null;
        }

        if (_racks[there].Use == RackUse.Network)
        {
            return IsMovable(there) && sameZone && MayExchange(rack, there, hall) ? [new(rack, to), new(there, from)] : null;
        }

        return !ExchangesOnly && hall == from.Hall && to.Row == from.Row ? StageShift(rack, to) : null;
    }

    private void ForPlaces(int rack, Action<int, int> found)
    {
        for (int hall = 0; hall < _slots.Length; hall++)
        {
            bool allowed = _racks[rack].RowGroup!.Zone.Allows(_halls[hall]);
            for (int slot = 0; slot < _slots[hall].Length && (allowed || hall == _places[rack].Hall); slot++)
            {
                int there = _slots[hall][slot];
                bool exchange = there >= 0 && IsMovable(there) && _racks[there].Span == 1;
                if (there == rack || (allowed && ((there == Empty && !ExchangesOnly) || exchange)))
                {
                    found(hall, slot);
                }
            }
        }
    }

    private bool MayExchange(int rack, int other, int hall)
    {
        int home = _places[rack].Hall;
        if (!_racks[other].RowGroup!.Zone.Allows(_halls[home]))
        {
            return false;
        }

        long difference = _racks[rack].UsedPower - _racks[other].UsedPower;
        return hall == home || (_halls[hall].HasPowerFor(difference) && _halls[home].HasPowerFor(-difference));
    }

    private List<RackMove>? StageShift(int rack, in RackPlace to)
    {
        RackPlace from = _places[rack];
        int row = from.Row * _perRow[from.Hall];
        int step = to.Left > from.Left ? 1 : -1;
        List<RackMove> moves = [new(rack, to)];
        for (int p = from.Left + step; ; p += step)
        {
            int other = _slots[from.Hall][row + p];
            if (other < 0 || !MayShift(other))
            {
                return null;
            }

            moves.Add(new(other, At(from.Hall, row + p - step)));
            if (p == to.Left)
            {
                return moves;
            }
        }
    }

    /// <summary>Racks that are part of a larger system keep their places.</summary>
    private bool MayShift(int rack) => _racks[rack] is { Span: 1, IsFixed: false, IsPartOfSeveral: false };

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

    private void Mark(in RackPlace place, int first, int rest)
    {
        for (int p = place.Left; p < place.Right; p++)
        {
            _slots[place.Hall][(place.Row * _perRow[place.Hall]) + p] = p == place.Left ? first : rest;
        }
    }

    private RackPlace At(int hall, int slot) => new(hall, slot / _perRow[hall], slot % _perRow[hall], 1);
}
