using System.Runtime.CompilerServices;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>Ultra Ethernet's network-signalled congestion control; the equations are in <c>Uet.Nscc.cs</c>.</summary>
internal readonly struct Nscc : IUetTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "nscc",
            Help = "Ultra Ethernet's network-signalled congestion control: a sender window steered by delay and marks",
            AcknowledgesByBytes = true,
            TakesFirstWindow = true,
            Trims = true,
            ReadsMarks = true,
            WindowPerPlane = true,
            Options = [.. UetOptions.Window, .. UetOptions.Marks],
        };

    /// <inheritdoc/>
    public static UetProfile Profile { get; } = new() { SenderWindow = true };

    /// <summary>
    /// By how much increases grow with the network: its bandwidth-delay product over that of the network in which the constants were chosen,
    /// 100 Gb/s and 12 us (Ultra Ethernet 1.0, htsim's <c>uec.cpp</c>).
    /// </summary>
    internal static double ScaleOf(double bandwidthDelay) => bandwidthDelay / 150_000;

    /// <summary>
    /// What a byte that came through without a mark adds for each picosecond that its delay stayed below the target, before the division by
    /// the window. The target itself counts against the round trip in which the constants were chosen.
    /// </summary>
    internal static double ProportionalIncrease(double alpha, int payload, double scale, long target)
    {
        const double referenceRoundTrip = 12_000_000;
        double relative = target / referenceRoundTrip;
        return alpha * payload * scale * relative / target;
    }

    /// <summary>
    /// The share of its window that a flow keeps when its average queueing delay exceeds the target; the rule and its figures are those of
    /// Ultra Ethernet 1.0 and of htsim's <c>uec.cpp</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Kept(long averageDelay, long target, double gamma, double leastKept) =>
        Math.Max(1 - gamma * (averageDelay - target) / averageDelay, leastKept);
}
