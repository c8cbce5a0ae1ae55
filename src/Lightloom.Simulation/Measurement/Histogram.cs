using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lightloom.Simulation.Measurement;

/// <summary>Counts values in bins that are at most one part in 128 wide, so that recording every packet costs one increment.</summary>
internal sealed class Histogram
{
    private const int Mantissa = 7;
    private readonly long[] _counts = new long[(64 - Mantissa + 1) << Mantissa];

    public long Count { get; private set; }

    public long Maximum { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value)
    {
        Count++;
        if (value > Maximum)
        {
            Maximum = value;
        }
        _counts[BinOf(value)]++;
    }

    public void Add(Histogram other)
    {
        Count += other.Count;
        Maximum = Math.Max(Maximum, other.Maximum);
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>
    /// The value below which this share of all values lies, by nearest rank, to the width of a bin; never above the maximum.
    /// </summary>
    public long Percentile(double share)
    {
        if (Count == 0)
        {
            return 0;
        }
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(Maximum, TopOf(i));
            }
        }
        return Maximum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BinOf(long value)
    {
        int exponent = BitOperations.Log2((ulong)value >> Mantissa | 1);
        return exponent == 0 && value < (1 << Mantissa)
            ? (int)value
            : ((exponent + 1) << Mantissa) + (int)((value >> exponent) & ((1 << Mantissa) - 1));
    }

    private static long TopOf(int bin)
    {
        if (bin < 1 << Mantissa)
        {
            return bin;
        }
        int exponent = (bin >> Mantissa) - 1;
        long low = ((1L << Mantissa) | (long)(bin & ((1 << Mantissa) - 1))) << exponent;
        return low + (1L << exponent) - 1;
    }
}
