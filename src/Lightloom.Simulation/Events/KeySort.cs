using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lightloom.Simulation.Events;

/// <summary>
/// Sorts event keys, of which there are a few up to some ten thousand and which are spread evenly but for those that are nearly equal.
/// </summary>
internal static unsafe class KeySort
{
    /// <summary>Below this many keys insertion wins.</summary>
    private const int InsertionLimit = 24;

    /// <summary>Most bits that one pass looks at.</summary>
    private const int MostBits = 10;

    /// <summary>Sorts numbers that are not negative, smallest first.</summary>
    public static void Sort(Span<long> numbers)
    {
        fixed (
            long* start = numbers,
                scratch = new long[numbers.Length]
        )
        {
            Sort((ulong*)start, (ulong*)scratch, numbers.Length);
        }
    }

    /// <summary>Sorts keys, smallest first.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="scratch">Room for as many.</param>
    /// <param name="n">How many.</param>
    /// <remarks>
    /// One counting pass over the highest bits in which the keys differ leaves runs so short that insertion finishes the job; where many
    /// keys share those bits (senders that started together stay in step) the same is done once more inside the run.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(ulong* keys, ulong* scratch, int n)
    {
        if (n > InsertionLimit)
        {
            ulong first = keys[0];
            ulong differ = 0;
            for (int i = 1; i < n; i++)
            {
                differ |= keys[i] ^ first;
            }
            if (differ == 0)
            {
                return;
            }
            int top = 64 - BitOperations.LeadingZeroCount(differ);
            int bits = Math.Min(Math.Min(MostBits, top), BitOperations.Log2((uint)n));
            int down = top - bits;
            ulong mask = (1UL << bits) - 1;
            int bins = 1 << bits;
            int* counts = stackalloc int[(1 << MostBits) + 1];
            new Span<int>(counts, bins + 1).Clear();
            for (int i = 0; i < n; i++)
            {
                counts[(int)((keys[i] >> down) & mask) + 1]++;
            }
            int largest = 0;
            for (int b = 0; b < bins; b++)
            {
                largest = Math.Max(largest, counts[b + 1]);
                counts[b + 1] += counts[b];
            }
            for (int i = 0; i < n; i++)
            {
                ulong key = keys[i];
                scratch[counts[(int)((key >> down) & mask)]++] = key;
            }
            if (largest > InsertionLimit)
            {
                Buffer.MemoryCopy(scratch, keys, (long)n * sizeof(ulong), (long)n * sizeof(ulong));
                // Each count now stands at the end of its own bin.
                int from = 0;
                for (int b = 0; b < bins; b++)
                {
                    int to = counts[b];
                    if (to - from > 1)
                    {
                        Sort(keys + from, scratch, to - from);
                    }
                    from = to;
                }
                return;
            }
            Insert(scratch, keys, n);
        }
        else
        {
            Insert(keys, keys, n);
        }
    }

    // Keys that are nearly in order, or few, from one place to another or to where they are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Insert(ulong* source, ulong* keys, int n)
    {
        for (int i = 0; i < n; i++)
        {
            ulong key = source[i];
            int at = i;
            while (at > 0 && keys[at - 1] > key)
            {
                keys[at] = keys[at - 1];
                at--;
            }
            keys[at] = key;
        }
    }
}
