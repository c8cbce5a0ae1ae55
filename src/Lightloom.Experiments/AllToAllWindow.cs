using Lightloom.Simulation.Model;

namespace Lightloom.Experiments;

/// <summary>
/// How many transfers of an all-to-all each rank has under way at once, unless somebody says otherwise: one rule for every command.
/// </summary>
public static class AllToAllWindow
{
    /// <summary>Collective libraries keep at least so many transfers in flight.</summary>
    public const int Least = 8;

    /// <summary>
    /// Enough transfers to fill two unloaded round trips at line rate, at least <see cref="Least"/>, at most one to every other rank.
    /// </summary>
    /// <param name="network">The network; its longest path and its fastest host's rate, all ports together, count.</param>
    /// <param name="bytes">The buffer of each rank, in bytes.</param>
    /// <param name="ranks">Ranks that take part, at least 2.</param>
    public static int Of(NetworkDescription network, long bytes, int ranks)
    {
        double roundTripBytes = 2 * network.DiameterLatency().Picoseconds * 1e-12 * network.CardRate().BitsPerSecond / 8;
        double chunk = Math.Max(1, bytes / (double)ranks);
        return (int)Math.Clamp(Math.Ceiling(2 * roundTripBytes / chunk), Least, Math.Max(Least, ranks - 1));
    }
}
