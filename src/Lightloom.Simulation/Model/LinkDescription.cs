using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>A full-duplex link. By convention <paramref name="A"/> is the end on the lower tier.</summary>
/// <param name="A">The lower end: a host or a switch.</param>
/// <param name="Z">The upper end: a switch.</param>
/// <param name="Rate">The rate in each direction, above zero.</param>
/// <param name="Delay">Propagation from end to end, at least 1 ps.</param>
/// <param name="RateFraction">
/// The share of the rate that the link still carries; its queue and marking thresholds shrink with it. 1 for a sound link, 0.25 for the
/// degraded link of htsim's <c>-failed</c>.
/// </param>
/// <param name="DegradedDownwardsOnly">The fraction holds from Z to A only, as htsim has it between core and aggregation.</param>
/// <param name="QueueUp">The queue at A towards Z where A is a switch; zero to leave it to the run.</param>
/// <param name="QueueDown">The queue at Z towards A; zero to leave it to the run.</param>
public readonly record struct LinkDescription(
    NodeId A,
    NodeId Z,
    DataRate Rate,
    SimTime Delay,
    double RateFraction = 1,
    bool DegradedDownwardsOnly = false,
    DataSize QueueUp = default,
    DataSize QueueDown = default
)
{
    /// <summary>The share of the rate that one direction still carries.</summary>
    /// <param name="upwards">From A to Z.</param>
    public double FractionOf(bool upwards) => upwards && DegradedDownwardsOnly ? 1 : RateFraction;
}
