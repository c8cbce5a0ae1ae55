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
        ExitX = hall.X.Millimetres + hall.CrossingX[hall.ExitCrossing].Millimetres;
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

    /// <summary>y of the hall's corner in its building.</summary>
    public long Y { get; }

    /// <summary>x of both exits in the building.</summary>
    public long ExitX { get; }

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
            return between;
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
