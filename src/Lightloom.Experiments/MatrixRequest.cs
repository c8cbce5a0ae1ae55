using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Experiments;

/// <summary>Traffic between hosts that was written down, as a connection matrix. Immutable.</summary>
/// <param name="Traffic">Its flows; hosts as the network numbers them.</param>
public sealed record MatrixRequest(TrafficDescription Traffic) : TrafficRequest
{
    /// <inheritdoc/>
    public override TrafficDescription On(Testbed bed, ulong seed) => bed.Routed(Traffic);
}
