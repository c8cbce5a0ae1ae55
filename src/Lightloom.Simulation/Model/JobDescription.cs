using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>One of several jobs that share a network: a run of the traffic's flows under a name.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Workload">The pattern, one of <see cref="Traffic.Workload.Names"/>; empty for flows of no pattern.</param>
/// <param name="FirstFlow">Its first flow, as a place in <see cref="TrafficDescription.Flows"/>.</param>
/// <param name="FlowCount">How many flows it has.</param>
/// <param name="Start">When it starts.</param>
/// <param name="CollectiveHosts">The hosts that take part, for its bus bandwidth; 0 when it is no collective.</param>
/// <param name="CollectiveSize">The size of the collective; zero when it is none.</param>
public sealed record JobDescription(
    string Name,
    string Workload,
    int FirstFlow,
    int FlowCount,
    SimTime Start,
    int CollectiveHosts,
    DataSize CollectiveSize
);
