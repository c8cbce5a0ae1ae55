using Lightloom.Simulation.Model;

namespace Lightloom.Experiments;

/// <summary>A share of a network's links that is out from the start, drawn by seed.</summary>
internal static class FailedLinks
{
    /// <summary>
    /// By link: whether it is out. Only links between switches: a host without a port on a plane of its peer has no way to it.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="share">The share of the links between switches, from 0 to 0.5; rounded to whole links.</param>
    /// <param name="seed">Seeds the draw.</param>
    public static bool[] Draw(NetworkDescription network, double share, ulong seed)
    {
        int[] open = [.. Enumerable.Range(0, network.Links.Count).Where(l => !network.Links[l].A.IsHost)];
        var dead = new bool[network.Links.Count];
        ulong state = seed;
        // The first cards of a deck that is shuffled only so far.
        for (int i = 0; i < (int)Math.Round(share * open.Length); i++)
        {
            int pick = i + (int)(Next(ref state) % (ulong)(open.Length - i));
            (open[i], open[pick]) = (open[pick], open[i]);
            dead[open[i]] = true;
        }

        return dead;
    }

    // SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    private static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
