namespace Lightloom.Simulation.Traffic;

/// <summary>Lays several descriptions of traffic side by side on one network.</summary>
public static class TrafficMix
{
    /// <summary>All flows of all parts, each part with triggers of its own; flows keep their order, part after part.</summary>
    /// <param name="parts">What runs together.</param>
    /// <param name="name">What a report calls it.</param>
    public static TrafficDescription Of(IReadOnlyList<TrafficDescription> parts, string name = "")
    {
        List<FlowDescription> flows = new(parts.Sum(p => p.Flows.Count));
        List<TriggerDescription> triggers = new(parts.Sum(p => p.Triggers.Count));
        foreach (TrafficDescription part in parts)
        {
            int offset = triggers.Count;
            int Move(int trigger) => trigger < 0 ? trigger : trigger + offset;
            foreach (FlowDescription flow in part.Flows)
            {
                flows.Add(flow with
                {
                    StartTrigger = Move(flow.StartTrigger), DoneTrigger = Move(flow.DoneTrigger), ReceivedTrigger = Move(flow.ReceivedTrigger), Id = flows.Count + 1,
                });
            }

            triggers.AddRange(part.Triggers);
        }

        return new(flows, triggers) { Name = name };
    }
}
