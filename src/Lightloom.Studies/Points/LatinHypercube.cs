namespace Lightloom.Studies.Points;

/// <summary>
/// Samples spread evenly over every axis: each is divided into as many equal parts as there are samples, and each part of each axis holds
/// exactly one sample (McKay, Beckman and Conover, Technometrics 21, 1979).
/// </summary>
internal sealed class LatinHypercube
{
    private readonly double[][] _shares;

    /// <summary>Draws the samples.</summary>
    /// <param name="samples">How many.</param>
    /// <param name="axes">How many axes.</param>
    /// <param name="seed">The same seed gives the same samples on every machine.</param>
    public LatinHypercube(int samples, int axes, ulong seed)
    {
        ulong state = seed;
        _shares = new double[axes][];
        for (int a = 0; a < axes; a++)
        {
            int[] order = [.. Enumerable.Range(0, samples)];
            for (int i = samples - 1; i > 0; i--)
            {
                int other = (int)(Uniform(ref state) * (i + 1));
                (order[i], order[other]) = (order[other], order[i]);
            }

            _shares[a] = new double[samples];
            for (int i = 0; i < samples; i++)
            {
                _shares[a][i] = (order[i] + Uniform(ref state)) / samples;
            }
        }
    }

    /// <summary>Where a sample lies on an axis, 0 to below 1.</summary>
    public double Share(int sample, int axis) => _shares[axis][sample];

    // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014); the top 53 bits.
    private static double Uniform(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
