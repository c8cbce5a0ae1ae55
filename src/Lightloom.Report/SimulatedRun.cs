using Lightloom.Design;
using Lightloom.Experiments;
using Lightloom.Simulation.Model;

namespace Lightloom.Report;

/// <summary>
/// One simulation as its files show it: what ran on what, what came of it, and the design it ran on where there was one. Immutable.
/// </summary>
/// <param name="Title">A few words for headings, for example <c>all-to-all, 4 MiB over 512 XPUs</c>.</param>
/// <param name="Network">The network.</param>
/// <param name="Traffic">The traffic.</param>
/// <param name="Result">The result, best with a trace.</param>
/// <param name="Design">The design the network was taken from; null for a topology file.</param>
/// <param name="Designed">The way back from the network to the design; null for a topology file.</param>
public sealed record SimulatedRun(
    string Title,
    NetworkDescription Network,
    TrafficDescription Traffic,
    SimulationResult Result,
    ClusterDesign? Design = null,
    DesignedNetwork? Designed = null
)
{
    /// <summary>What people call hosts, switches, ports and cables.</summary>
    public INetworkNames Names { get; } =
        Design is null || Designed is null ? new NumberedNames(Network) : new DesignNames(Design, Designed);
}
