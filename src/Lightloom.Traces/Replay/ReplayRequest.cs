using Lightloom.Experiments;
using Lightloom.Simulation.Model;
using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Replay;

/// <summary>A trace that shall run on a network: rank r on XPU r. Immutable.</summary>
/// <param name="Graph">The trace.</param>
/// <param name="Name">What reports call it.</param>
/// <param name="TakesXpus">Whether the trace does not say how many ranks it has, so that somebody else does.</param>
public sealed record ReplayRequest(TraceGraph Graph, string Name, bool TakesXpus) : TrafficRequest
{
    /// <inheritdoc/>
    public override string Origin => "the trace of --replay";

    /// <inheritdoc/>
    public override bool SaysXpus => !TakesXpus;

    /// <inheritdoc/>
    public override TrafficDescription On(Testbed bed, ulong seed)
    {
        if (Graph.RankCount > bed.XpuCount)
        {
            throw new RefusedException(
                $"the trace has {Graph.RankCount} ranks and the network {bed.XpuCount} {bed.EndpointWord}; simulate a network of "
                    + $"{Graph.RankCount} or more"
            );
        }

        if (bed.Network.HostCount < 2)
        {
            throw new RefusedException("a replay needs a network of at least two hosts");
        }

        return bed.Routed(new ReplayMaker(Graph, [.. bed.HostsOfXpus.Take(Graph.RankCount)]).Make(Name));
    }
}
