using System.Runtime.CompilerServices;

namespace Lightloom.Simulation.Cells;

/// <summary>How many cells each cell found before it when it joined a link's queue, the one in service included.</summary>
internal sealed class LinkQueues
{
    private const int Bins = 4096;
    private readonly long[] _counts = new long[Bins];
    private long _sum;

    public long Count { get; private set; }

    public int Maximum { get; private set; }

    public double Mean => Count == 0 ? 0 : (double)_sum / Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int found)
    {
        Count++;
        _sum += found;
        if (found > Maximum)
        {
            Maximum = found;
        }
        _counts[Math.Min(found, Bins - 1)]++;
    }

    /// <summary>The share of cells that found more than so many.</summary>
    public double ShareAbove(int limit)
    {
        long above = 0;
        for (int i = limit + 1; i < Bins; i++)
        {
            above += _counts[i];
        }
        return Count == 0 ? 0 : (double)above / Count;
    }

    /// <summary>By nearest rank; what lies beyond the last bin counts as the maximum.</summary>
    public int Percentile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < Bins - 1; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return i;
            }
        }
        return Maximum;
    }
}
