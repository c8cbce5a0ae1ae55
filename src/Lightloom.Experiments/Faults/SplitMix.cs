namespace Lightloom.Experiments.Faults;

/// <summary>
/// Random numbers that depend on nothing but a seed and a place (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
/// </summary>
internal struct SplitMix(ulong state)
{
    private ulong _state = state;

    /// <summary>The number at a place of a seed's sequence of sequences.</summary>
    public static ulong At(ulong seed, ulong place)
    {
        var random = new SplitMix(seed * 0x9E3779B97F4A7C15UL ^ (place + 1) * 0xD1B54A32D192ED03UL);
        random.Next();
        return random.Next();
    }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>In (0, 1].</summary>
    public double NextUnit() => ((Next() >> 11) + 1) * (1.0 / (1UL << 53));

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(NextUnit());
}
