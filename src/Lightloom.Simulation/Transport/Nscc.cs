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
    /// The share of its window that a flow keeps when its average queueing delay exceeds the target; the rule and its figures are those of
    /// Ultra Ethernet 1.0 and of htsim's <c>uec.cpp</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Kept(long averageDelay, long target, double gamma, double leastKept) =>
        Math.Max(1 - gamma * (averageDelay - target) / averageDelay, leastKept);
}
