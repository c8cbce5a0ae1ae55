using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>What runs on the network: flows, and the triggers that chain them. Immutable; safe to share between threads.</summary>
public sealed class TrafficDescription
{
    /// <summary>The flows; results come in this order.</summary>
    public IReadOnlyList<FlowDescription> Flows { get; }

    /// <summary>The triggers; flows refer to the place in this list.</summary>
    public IReadOnlyList<TriggerDescription> Triggers { get; }

    /// <summary>What a report calls it, for example <c>all-reduce</c>; empty for a connection matrix.</summary>
    public string Name { get; init; } = "";

    /// <summary>The hosts that take part in the collective, for its bus bandwidth; 0 when it is none.</summary>
    public int CollectiveHosts { get; init; }

    /// <summary>The size of the collective, as collective benchmarks count it; zero when it is none.</summary>
    public DataSize CollectiveSize { get; init; }

    /// <summary>The jobs that the flows belong to, when several share the network; empty otherwise.</summary>
    public IReadOnlyList<JobDescription> Jobs { get; init; } = [];

    /// <summary>
    /// The operations that start the flows and wait for them; null where only times and triggers do. Each flow then waits for a trigger
    /// that never fires, as <see cref="OfOperations"/> makes it.
    /// </summary>
    public OperationGraph? Operations { get; init; }

    /// <summary>The traffic of a graph of operations.</summary>
    /// <param name="flows">The flows; what they say of triggers and starts is not looked at.</param>
    /// <param name="operations">What starts them, and waits for them.</param>
    /// <param name="name">What a report calls it.</param>
    public static TrafficDescription OfOperations(IReadOnlyList<FlowDescription> flows, OperationGraph operations, string name = "") =>
        new(
            [.. flows.Select(f => f with { StartTrigger = 0, DoneTrigger = -1, ReceivedTrigger = -1 })],
            [new TriggerDescription(TriggerKind.Barrier, int.MaxValue)]
        )
        {
            Operations = operations,
            Name = name,
        };

    /// <summary>
    /// Joins the traffic of several jobs of the first class, each under a name and from a start of its own. Hosts keep their numbers.
    /// </summary>
    public static TrafficDescription Of(IReadOnlyList<(string Name, TrafficDescription Traffic, SimTime Start)> parts) =>
        Of([.. parts.Select(p => (p.Name, p.Traffic, p.Start, 0))]);

    /// <summary>
    /// Joins the traffic of several jobs, each under a name, from a start of its own and in a class. Hosts keep their numbers.
    /// </summary>
    public static TrafficDescription Of(IReadOnlyList<(string Name, TrafficDescription Traffic, SimTime Start, int Class)> parts)
    {
        var flows = new List<FlowDescription>();
        var triggers = new List<TriggerDescription>();
        var jobs = new List<JobDescription>();
        foreach ((string name, TrafficDescription traffic, SimTime start, int which) in parts)
        {
            int shift = triggers.Count;
            int Moved(int trigger) => trigger < 0 ? trigger : trigger + shift;
            jobs.Add(
                new JobDescription(
                    name,
                    traffic.Name,
                    flows.Count,
                    traffic.Flows.Count,
                    start,
                    traffic.CollectiveHosts,
                    traffic.CollectiveSize
                )
            );
            foreach (FlowDescription flow in traffic.Flows)
            {
                flows.Add(
                    flow with
                    {
                        Start = flow.Start + start,
                        StartTrigger = Moved(flow.StartTrigger),
                        DoneTrigger = Moved(flow.DoneTrigger),
                        ReceivedTrigger = Moved(flow.ReceivedTrigger),
                        Id = flows.Count + 1,
                        Class = which,
                    }
                );
            }
            triggers.AddRange(traffic.Triggers);
        }
        return new TrafficDescription(flows, triggers) { Jobs = jobs };
    }

    /// <summary>Keeps flows and triggers.</summary>
    /// <exception cref="RefusedException">A flow refers to a trigger that does not exist, has no bytes, or goes from a host to
    /// itself.</exception>
    public TrafficDescription(IReadOnlyList<FlowDescription> flows, IReadOnlyList<TriggerDescription>? triggers = null)
    {
        Flows = flows;
        Triggers = triggers ?? [];
        for (int i = 0; i < flows.Count; i++)
        {
            FlowDescription flow = flows[i];
            if (flow.Source == flow.Destination || flow.Source < 0 || flow.Destination < 0 || flow.Start < SimTime.Zero)
            {
                throw new ArgumentException($"flow {i}: needs two different hosts and a start of at least 0", nameof(flows));
            }
            if (flow.StartTrigger >= Triggers.Count || flow.DoneTrigger >= Triggers.Count || flow.ReceivedTrigger >= Triggers.Count)
            {
                throw new ArgumentException($"flow {i}: names a trigger that does not exist", nameof(flows));
            }
        }
    }
}
