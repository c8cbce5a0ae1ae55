using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Traffic;

/// <summary>
/// How unevenly ranks are asked for: experts of a mixture, each on a rank, whose popularity falls as a power of their place (Zipf's law).
/// Immutable.
/// </summary>
/// <remarks>
/// The k-th most popular of E experts gets the share k^-s / (1^-s + ... + E^-s) of all tokens; which expert is the k-th is drawn by seed.
/// Experts lie in blocks on the ranks, as many on each, so that several experts a rank even the load out.
/// </remarks>
public sealed record ExpertLoad
{
    /// <summary>Zipf's exponent, 0 to 10; 0 is an even load, 1 gives the first expert twice what the second gets.</summary>
    public double Skew { get; init; }

    /// <summary>Experts, a multiple of the ranks; null for one a rank.</summary>
    public int? Experts { get; init; }

    /// <summary>Every rank is asked for alike.</summary>
    public static ExpertLoad Even { get; } = new();

    /// <summary>By rank: the share of all tokens that its experts get; they sum to 1.</summary>
    /// <param name="ranks">Ranks, at least 1.</param>
    /// <param name="seed">Draws which experts are popular.</param>
    /// <exception cref="RefusedException">The ranks do not divide the experts, or the skew is out of range.</exception>
    public double[] Shares(int ranks, ulong seed)
    {
        double[] weights = Weights(ranks);
        int[] order = [.. Enumerable.Range(0, weights.Length)];
        new Random((int)(seed ^ (seed >> 32))).Shuffle(order);
        int each = weights.Length / ranks;
        var shares = new double[ranks];
        for (int k = 0; k < weights.Length; k++)
        {
            shares[order[k] / each] += weights[k];
        }
        return shares;
    }

    /// <summary>The largest share that a rank can have, whatever the seed.</summary>
    /// <exception cref="RefusedException">As for <see cref="Shares"/>.</exception>
    public double LargestShare(int ranks)
    {
        double[] weights = Weights(ranks);
        return weights.Take(weights.Length / ranks).Sum();
    }

    // By place in popularity.
    private double[] Weights(int ranks)
    {
        int experts = Experts ?? ranks;
        if (experts < ranks || experts % ranks != 0)
        {
            throw new RefusedException(
                $"{experts} experts do not divide evenly over {ranks} ranks; take --experts {Math.Max(1, experts / ranks) * (long)ranks}"
            );
        }
        if (Skew is not (>= 0 and <= 10))
        {
            throw new RefusedException("the skew of experts is Zipf's exponent, 0 (even) to 10");
        }
        var weights = new double[experts];
        for (int k = 0; k < experts; k++)
        {
            weights[k] = Math.Pow(k + 1, -Skew);
        }
        double sum = weights.Sum();
        for (int k = 0; k < experts; k++)
        {
            weights[k] /= sum;
        }
        return weights;
    }
}
