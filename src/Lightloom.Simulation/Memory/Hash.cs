using System.Runtime.CompilerServices;

namespace Lightloom.Simulation.Memory;

/// <summary>Mixing functions: for hashing switches, and for the generators of ports and flows.</summary>
internal static class Hash
{
    /// <summary>A bijection of 32 bits in which every input bit reaches every output bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix32(uint x)
    {
        x ^= x >> 16;
        x *= 0x7feb352d;
        x ^= x >> 15;
        x *= 0x846ca68b;
        x ^= x >> 16;
        return x;
    }

    /// <summary>The next value of a 32-bit xorshift generator whose state is never zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Next(ref uint state)
    {
        uint x = state;
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        state = x;
        // The raw sequence is weak in its low bits; a multiplication makes any part of it usable.
        return x * 0x9E3779B1u ^ (x >> 15);
    }

    /// <summary>The hash of a result: covers every flow's completion time, in the order of the flows.</summary>
    public static string OfTimes(ReadOnlySpan<long> finish)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (long time in finish)
        {
            hash = (hash ^ (ulong)time) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 29;
        }
        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A value below <paramref name="limit"/> from 32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Below(uint random, int limit) => (int)(((ulong)random * (uint)limit) >> 32);
}
