using Lightloom.Simulation.Events;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>
/// How large a traffic is, known before any of it is made: counts fit where the flows themselves would not. Immutable.
/// </summary>
/// <param name="Flows">Flows, at least 0.</param>
/// <param name="Triggers">Triggers that chain them.</param>
/// <param name="Concurrent">The most flows that can be under way at once.</param>
/// <param name="LargestFlow">The largest flow's payload.</param>
public readonly record struct TrafficSize(long Flows, long Triggers, long Concurrent, DataSize LargestFlow)
{
    /// <summary>Flows that one run can number.</summary>
    public static long MostFlows => (1L << Calendar.IdBits) - 1;

    /// <summary>The size of a traffic that exists; all flows count as concurrent unless a trigger holds them back.</summary>
    public static TrafficSize Of(TrafficDescription traffic)
    {
        long free = 0;
        DataSize largest = DataSize.Zero;
        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            FlowDescription flow = traffic.Flows[f];
            free += flow.StartTrigger < 0 ? 1 : 0;
            largest = DataSize.Max(largest, flow.Size);
        }
        if (traffic.Operations is { } operations)
        {
            return new TrafficSize(traffic.Flows.Count, traffic.Triggers.Count, operations.WidestStep(), largest);
        }
        // What a trigger starts takes the place of what has finished, except where a barrier opens for many at once.
        long waiting = traffic.Flows.Count - free;
        long opened = traffic.Triggers.Any(t => t.Kind == TriggerKind.Barrier) ? waiting : Math.Min(waiting, free);
        return new TrafficSize(traffic.Flows.Count, traffic.Triggers.Count, free + opened, largest);
    }

    /// <summary>Both at once.</summary>
    /// <exception cref="OverflowException">There are more flows than a 64-bit number counts.</exception>
    public static TrafficSize operator +(TrafficSize a, TrafficSize b) =>
        checked(
            new TrafficSize(
                a.Flows + b.Flows,
                a.Triggers + b.Triggers,
                a.Concurrent + b.Concurrent,
                DataSize.Max(a.LargestFlow, b.LargestFlow)
            )
        );
}
