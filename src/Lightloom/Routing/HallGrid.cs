using Lightloom.Floor;

namespace Lightloom.Routing;

/// <summary>A hall's tray grid in plain numbers (millimetres), for the routes' inner loop.</summary>
internal sealed class HallGrid
{
    public HallGrid(Hall hall)
    {
        Index = hall.Index;
        Letter = hall.Letter;
        Building = hall.BuildingIndex;
        Site = hall.SiteIndex;
        Pitch = (int)hall.RackPitch.Millimetres;
        RowY = [.. hall.RowY.Select(y => (int)y.Millimetres)];
        CrossingAfter = [.. hall.CrossingAfter];
        ExitCrossing = hall.ExitCrossing;
        BuildingX = hall.BuildingX.Millimetres;
        BuildingY = hall.BuildingY.Millimetres;
        Y = hall.Y.Millimetres;
        _crossingX = [.. hall.CrossingX.Select(x => hall.X.Millimetres + x.Millimetres)];
        SpreadsWays = hall.SpreadsWays;
        ExitY = [0, hall.Depth.Millimetres];
        Before = new int[hall.RacksPerRow + 1];
        After = new int[hall.RacksPerRow + 1];
        int crossing = 0;
        for (int boundary = 0; boundary <= hall.RacksPerRow; boundary++)
        {
            if (crossing + 1 < CrossingAfter.Length && CrossingAfter[crossing + 1] <= boundary)
            {
                crossing++;
            }

            Before[boundary] = crossing;
            After[boundary] = CrossingAfter[crossing] == boundary ? crossing : crossing + 1;
        }
    }

    public int Index { get; }

    public string Letter { get; }

    public int Building { get; }

    public int Site { get; }

    public int Pitch { get; }

    public int[] RowY { get; }

    public int[] CrossingAfter { get; }

    public int ExitCrossing { get; }

    public long BuildingX { get; }

    public long BuildingY { get; }

    private readonly long[] _crossingX;

    /// <summary>y of the hall's corner in its building.</summary>
    public long Y { get; }

    /// <inheritdoc cref="Hall.SpreadsWays"/>
    public bool SpreadsWays { get; }

    /// <summary>The crossing by which a way leaves the hall: that of the way, or the hall's own exit where it names none (-1).</summary>
    public int ExitBy(int crossing) => crossing < 0 ? ExitCrossing : crossing;

    /// <summary>x, in the building, of the exits at a crossing.</summary>
    public long ExitX(int crossing) => _crossingX[ExitBy(crossing)];

    /// <summary>Number of an exit from 0: the two of the middle crossing first, then those of the others, two by two.</summary>
    public int ExitNumber(int crossing, int wall)
    {
        int by = ExitBy(crossing);
        int turn =
            by == ExitCrossing ? 0
            : by < ExitCrossing ? by + 1
            : by;
        return (2 * turn) + wall;
    }

    /// <summary>
    /// The crossings by which the way between racks of two halls of one building leaves the one and enters the other, so that it is shortest; of
    /// several such crossings that run on from hall to hall one in turn. -1 where the halls leave by their own exits.
    /// </summary>
    public static (int Leave, int Enter) Exits(HallGrid h, HallGrid k, in RackPlace a, in RackPlace z)
    {
        if (!h.SpreadsWays || !k.SpreadsWays)
        {
            return (-1, -1);
        }

        long best = long.MaxValue;
        (int Leave, int Enter) taken = (-1, -1);
        // Past the crossings beside a rack's edges nothing is gained.
        ReadOnlySpan<int> leaves = [h.Before[a.Left], h.After[a.Left], h.Before[a.Right], h.After[a.Right]];
        ReadOnlySpan<int> enters = [k.Before[z.Left], k.After[z.Left], k.Before[z.Right], k.After[z.Right]];
        foreach (int leave in leaves)
        {
            foreach (int enter in enters)
            {
                if (Cost(h, k, a, z, leave, enter) is var cost && cost < best)
                {
                    (best, taken) = (cost, (leave, enter));
                }
            }
        }

        int alike = 0;
        int common = Math.Min(h.CrossingAfter.Length, k.CrossingAfter.Length);
        Span<int> at = stackalloc int[common];
        for (int i = 0; i < common; i++)
        {
            if (Cost(h, k, a, z, i, i) == best)
            {
                at[alike++] = i;
            }
        }

        return alike == 0 ? taken : (at[Turn(a, z) % alike], at[Turn(a, z) % alike]);
    }

    // Along the rows and from wall to wall; what runs across the rows is the same by every crossing.
    private static long Cost(HallGrid h, HallGrid k, in RackPlace a, in RackPlace z, int leave, int enter)
    {
        int atH = h.CrossingAfter[leave],
            atK = k.CrossingAfter[enter];
        return ((long)Math.Abs(a.Nearest(atH) - atH) * h.Pitch)
            + ((long)Math.Abs(z.Nearest(atK) - atK) * k.Pitch)
            + Math.Abs(h._crossingX[leave] - k._crossingX[enter]);
    }

    // Which of several ways of one length a pair of racks takes: the same from either end.
    private static int Turn(in RackPlace a, in RackPlace z) => a.Row + z.Row + a.Left + z.Left;

    /// <summary>y of the exits from the hall's corner: through the wall at the smaller y, and at the larger.</summary>
    public long[] ExitY { get; }

    /// <summary>The crossing at or before each boundary between rack positions.</summary>
    private int[] Before { get; }

    /// <summary>The crossing at or after each boundary.</summary>
    private int[] After { get; }

    /// <summary>The crossing that makes the way between racks of two rows shortest; the first such one.</summary>
    /// <remarks>The cost is the sum of the distances from a crossing to either rack's nearer edge. It falls towards both racks and rises
    /// beyond them, so that the best crossing is
    /// next to one of their edges.</remarks>
    public int BestCrossing(in RackPlace a, in RackPlace z)
    {
        int low = Math.Min(a.Right, z.Right);
        int high = Math.Max(a.Left, z.Left);
        if (low <= high && After[low] is var between && CrossingAfter[between] <= high)
        {
            int last = Before[high];
            return SpreadsWays && last > between ? between + (Turn(a, z) % (last - between + 1)) : between;
        }

        int best = -1;
        int bestCost = int.MaxValue;
        Try(Before[Math.Min(low, high)], a, z, ref best, ref bestCost);
        Try(After[Math.Min(low, high)], a, z, ref best, ref bestCost);
        Try(Before[Math.Max(low, high)], a, z, ref best, ref bestCost);
        Try(After[Math.Max(low, high)], a, z, ref best, ref bestCost);
        return best;
    }

    private void Try(int crossing, in RackPlace a, in RackPlace z, ref int best, ref int bestCost)
    {
        int at = CrossingAfter[crossing];
        int cost = Math.Abs(a.Nearest(at) - at) + Math.Abs(z.Nearest(at) - at);
        if (cost < bestCost || (cost == bestCost && crossing < best))
        {
            (best, bestCost) = (crossing, cost);
        }
    }
}
