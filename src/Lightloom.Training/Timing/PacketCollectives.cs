using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Hybrid;
using Lightloom.Units;

namespace Lightloom.Training.Timing;

/// <summary>
/// Times from packets, of which the fluid engine says what no bandwidth shortens: so that what software leaves of a rate is taken off the
/// bytes alone.
/// </summary>
/// <param name="packets">Runs them.</param>
/// <param name="fluid">The same network without packets.</param>
/// <remarks>Not safe to share between threads.</remarks>
internal sealed class PacketCollectives(HybridCollectives packets, FluidCollectives fluid) : ICollectiveTime
{
    /// <inheritdoc/>
    public int Ranks => packets.Ranks;

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        CollectiveTiming timing = packets.Of(request),
            ideal = fluid.Of(request);
        return timing with { Fixed = ideal.Fixed < timing.Time ? ideal.Fixed : SimTime.Zero, Bound = ideal.Bound };
    }
}
