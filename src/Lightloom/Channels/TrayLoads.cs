using Lightloom.Routing;

namespace Lightloom.Channels;

/// <summary>
/// What the trays of all halls carry, as differences along every row and crossing, so that a cable costs the same however far it runs.
/// </summary>
/// <remarks>Whole numbers, so that loads gathered by several threads add up to the same bytes in any order.</remarks>
internal sealed class TrayLoads
{
    /// <summary>Parts into which one cable can be divided: every number of legs to 10, and 16, divides it.</summary>
    public const int CableParts = 5040;

    private readonly CableRouter _router;
    private readonly IReadOnlyList<HallGrid> _halls;
    private readonly int[] _start;
    private readonly Load[] _loads;

    /// <summary>Empty trays over the halls of <paramref name="router"/>.</summary>
    public TrayLoads(CableRouter router)
    {
        _router = router;
        IReadOnlyList<HallGrid> halls = _halls = router.Halls;
        _start = new int[halls.Count + 1];
        for (int hall = 0; hall < halls.Count; hall++)
        {
            _start[hall + 1] =
                _start[hall]
                + (halls[hall].RowY.Length * RowSlots(halls[hall]))
                + (halls[hall].CrossingAfter.Length * CrossingSlots(halls[hall]));
        }

        _loads = new Load[_start[^1]];
    }

    /// <summary>Adds what lies on the way between two racks.</summary>
    public void Lay(int rackA, int rackZ, in TrayShare share)
    {
        if (rackA == rackZ || share.AtA.Parts + share.Between.Parts + share.AtZ.Parts == 0)
        {
            return;
        }

        TrayPath path = _router.Path(rackA, rackZ);
        ref readonly RackPlace a = ref _router.PlaceOf(rackA);
        ref readonly RackPlace z = ref _router.PlaceOf(rackZ);
        if (path.Scope == Scope.SameRow)
        {
            AlongRow(a.Hall, a.Row, path.SideA, path.SideZ, share.Between);
            return;
        }

        if (path.Scope == Scope.SameHall)
        {
            int at = _halls[a.Hall].CrossingAfter[path.Crossing];
            AlongRow(a.Hall, a.Row, path.SideA, at, share.AtA);
            AlongRow(z.Hall, z.Row, at, path.SideZ, share.AtZ);
            AlongCrossing(a.Hall, path.Crossing, Math.Min(a.Row, z.Row) + 1, Math.Max(a.Row, z.Row) + 1, share.Between);
            return;
        }

        LayToWall(a, path.SideA, path.Crossing, path.ExitA, share.AtA);
        LayToWall(z, path.SideZ, path.CrossingZ, path.ExitZ, share.AtZ);
    }

    /// <summary>Adds a load along a row's tray between two boundaries of rack positions.</summary>
    private void AlongRow(int hall, int row, int from, int to, in Load load) =>
        Add(_start[hall] + (row * RowSlots(_halls[hall])), Math.Min(from, to), Math.Max(from, to), load);

    /// <summary>
    /// Adds a load along a crossing. Stretch 0 runs from the first wall to row 0, stretch r from row r - 1 to row r, the last to the other
    /// wall.
    /// </summary>
    private void AlongCrossing(int hall, int crossing, int from, int to, in Load load) =>
        Add(_start[hall] + (_halls[hall].RowY.Length * RowSlots(_halls[hall])) + (crossing * CrossingSlots(_halls[hall])), from, to, load);

    /// <summary>Adds all of another.</summary>
    public void Add(TrayLoads other)
    {
        for (int i = 0; i < _loads.Length; i++)
        {
            _loads[i] += other._loads[i];
        }
    }

    /// <summary>The loads of a row's stretches, by rack position from 0.</summary>
    public IEnumerable<Load> Row(int hall, int row) => Sum(_start[hall] + (row * RowSlots(_halls[hall])), RowSlots(_halls[hall]) - 1);

    /// <summary>The loads of a crossing's stretches.</summary>
    public IEnumerable<Load> Crossing(int hall, int crossing) =>
        Sum(
            _start[hall] + (_halls[hall].RowY.Length * RowSlots(_halls[hall])) + (crossing * CrossingSlots(_halls[hall])),
            CrossingSlots(_halls[hall]) - 1
        );

    private void LayToWall(in RackPlace rack, int side, int crossing, int exit, in Load load)
    {
        HallGrid hall = _halls[rack.Hall];
        int by = hall.ExitBy(crossing);
        AlongRow(rack.Hall, rack.Row, side, hall.CrossingAfter[by], load);
        (int from, int to) = exit == 0 ? (0, rack.Row + 1) : (rack.Row + 1, hall.RowY.Length + 1);
        AlongCrossing(rack.Hall, by, from, to, load);
    }

    private static int RowSlots(HallGrid hall) => hall.CrossingAfter[^1] + 1;

    private static int CrossingSlots(HallGrid hall) => hall.RowY.Length + 2;

    private void Add(int start, int from, int to, in Load load)
    {
        _loads[start + from] += load;
        _loads[start + to] -= load;
    }

    private IEnumerable<Load> Sum(int start, int count)
    {
        Load sum = default;
        for (int i = 0; i < count; i++)
        {
            sum += _loads[start + i];
            yield return sum;
        }
    }

    /// <summary>
    /// Cables in <see cref="CableParts"/>, cross-section in thousandths of a square millimetre, weight in milligrams a metre.
    /// </summary>
    public readonly record struct Load(long Parts, long Area, long Weight)
    {
        public static Load operator +(Load a, Load b) => new(a.Parts + b.Parts, a.Area + b.Area, a.Weight + b.Weight);

        public static Load operator *(Load load, int times) => new(load.Parts * times, load.Area * times, load.Weight * times);

        public static Load operator -(Load a, Load b) => new(a.Parts - b.Parts, a.Area - b.Area, a.Weight - b.Weight);
    }
}
