namespace Lightloom.Simulation.Fluid;

/// <summary>
/// How much more than the mean the fullest of many links gets when paths are drawn at random: the largest of so many Poisson numbers.
/// </summary>
internal static class Unevenness
{
    // exp(-gamma): the largest of N numbers is, on average, about the one that a share of this over N exceeds.
    private const double OfLargest = 0.5615;

    /// <summary>The excess of the fullest link, as a share of the mean; 0 where nothing is drawn.</summary>
    /// <param name="mean">Paths that a link carries on average, above 0.</param>
    /// <param name="links">Links that paths are drawn from, all together.</param>
    /// <remarks>
    /// Solves Pr(Poisson(mean) at least x) = exp(-gamma) / links for x, by Wilson and Hilferty's approximation of the gamma distribution,
    /// which continues the Poisson distribution between whole numbers.
    /// </remarks>
    public static double Excess(double mean, double links)
    {
        if (mean <= 0 || links < 2)
        {
            return 0;
        }
        double z = NormalQuantile(OfLargest / links);
        double low = mean,
            high = mean + 50 + 20 * Math.Sqrt(mean);
        for (int i = 0; i < 60; i++)
        {
            double x = (low + high) / 2;
            double expected = 1 - 1 / (9 * x) + z / (3 * Math.Sqrt(x));
            if (Math.Cbrt(mean / x) > expected)
            {
                low = x;
            }
            else
            {
                high = x;
            }
        }
        return low / mean - 1;
    }

    // Abramowitz and Stegun, 26.2.23; within 4.5e-4.
    private static double NormalQuantile(double probability)
    {
        double p = Math.Min(probability, 1 - probability);
        double t = Math.Sqrt(-2 * Math.Log(p));
        double x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        return probability < 0.5 ? -x : x;
    }
}
