using Lightloom.Simulation.Engine;
using Lightloom.Simulation.LoadBalancing;

namespace Lightloom.Simulation.Model;

/// <summary>
/// What a load balancing says of itself. Each states one in its own file; <c>LoadBalancings.All</c> lists them. Immutable.
/// </summary>
public sealed record LoadBalancingDescription
{
    /// <summary>The word in cluster files, on command lines, in tables and JSON: lower case, without spaces.</summary>
    public required string Name { get; init; }

    /// <summary>One line of help: what it is, without a full stop.</summary>
    public required string Help { get; init; }

    /// <summary>A flow's packets follow each other on one path, so that they do not overtake.</summary>
    public bool OnePath { get; init; }

    /// <summary>Its switches choose a port anew for each packet, whatever the entropy value says.</summary>
    public bool SwitchesSpread { get; init; }

    /// <summary>Its hosts give packets of one flow different entropy values, of so many as the run allows.</summary>
    public bool VariesEntropy => !OnePath && !SwitchesSpread;

    /// <summary>
    /// Its hosts draw each packet's entropy value out of the same ones for every flow, until something is known of one; others walk over a
    /// set of values that is the flow's own.
    /// </summary>
    public bool DrawsEachValue { get; init; }

    /// <summary>Whether a flow's packets follow each other on one path in a run with these options.</summary>
    internal bool KeepsOrder(SimulationOptions options) => OnePath || (options.Paths == 1 && !SwitchesSpread);

    /// <summary>
    /// Its switches look at their queues when a packet arrives, and the packet joins the chosen queue a switch latency later.
    /// </summary>
    public bool DecidesOnArrival { get; init; }

    /// <summary>It keeps a byte for each entropy value of a flow under way.</summary>
    public bool RemembersPaths { get; init; }

    /// <summary>
    /// Whether the switches of a run with these options choose ports when packets arrive, a switch latency before they join a queue: not in
    /// a cell fabric, and not where entropy values name the plane and are hashed.
    /// </summary>
    internal bool ActsOnArrival(SimulationOptions options, int planes) =>
        DecidesOnArrival && options.Cells is null && !EntropyNamesPlanes(options, planes);

    /// <summary>Whether a packet's entropy value also names its plane, so that hashing makes both choices.</summary>
    public static bool EntropyNamesPlanes(SimulationOptions options, int planes) =>
        options.PlanePolicy == PlanePolicy.WeightedEntropy && planes > 1;
}
