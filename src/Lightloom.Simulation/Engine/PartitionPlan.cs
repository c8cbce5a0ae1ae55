using Lightloom.Simulation.Events;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// How a run is divided. In time: into conservative windows no longer than the lookahead, the shortest link upwards, where the network has
/// tiers and nothing acts against the direction of packets. In space: each part, one thread's, owns some hosts and switches. Leaves are cut
/// into runs of equal hosts, hosts follow their first leaf, and the switches above are dealt out in turn, as every leaf talks to all of
/// them.
/// </summary>
internal sealed class PartitionPlan
{
    /// <summary>How many parts, and so threads.</summary>
    public int Count { get; } = 1;

    /// <summary>By host.</summary>
    public int[] OfHost { get; }

    /// <summary>By switch.</summary>
    public int[] OfSwitch { get; }

    /// <summary>The longest window, in picoseconds; 0 when the run has to go from event to event.</summary>
    public long Window { get; }

    /// <summary>Tiers of switches.</summary>
    public int Tiers { get; }

    /// <summary>Why there are fewer parts than asked for; empty otherwise.</summary>
    public string Note { get; } = "";

    public PartitionPlan(NetworkDescription network, TrafficDescription traffic, SimulationOptions options)
    {
        OfHost = new int[network.HostCount];
        OfSwitch = new int[network.Switches.Count];
        foreach (SwitchDescription description in network.Switches)
        {
            Tiers = Math.Max(Tiers, description.Tier + 1);
        }
        string why = "";
        if (options.Cells is not null)
        {
            why = "a cell fabric's schedulers see all leaves at once";
        }
        else if (options.CutThrough)
        {
            why = "with cut-through a packet arrives before its sender has it off its hands";
        }
        else if (options.FlowControl != FlowControl.None || options.HasClasses)
        {
            why = "pauses and credits act on the link before, too soon for threads that meet once a link delay";
        }
        else
        {
            bool onArrival = LoadBalancings.Find(options.LoadBalancing).ActsOnArrival(options, network.PlaneCount);
            Window = LongestWindow(network, onArrival);
            why = Window == 0 ? "the network has links inside one tier, or links upwards that take no time" : "";
            if (onArrival && Window is > 0 and < ShortestWindow)
            {
                Window = 0;
                why = "adaptive switches decide when a packet arrives, and threads cannot meet as often as the shortest links ask for";
            }
        }
        if (options.EventByEvent)
        {
            Window = 0;
        }
        if (options.Threads == 1)
        {
            return;
        }
        if (why.Length == 0 && Transports.Find(options.Transport).ReadsTelemetry)
        {
            why = "telemetry records stay with one thread";
        }
        if (why.Length == 0 && Transports.Find(options.Transport).KnowsAllFlows)
        {
            why = "the rates of the yardstick depend on all flows at once";
        }
        if (why.Length > 0)
        {
            Note = "one thread only: " + why;
            return;
        }
        var leafOfHost = new int[network.HostCount];
        Array.Fill(leafOfHost, -1);
        var firstHost = new int[network.Switches.Count];
        Array.Fill(firstHost, int.MaxValue);
        foreach (LinkDescription link in network.Links)
        {
            if (link.A.IsHost)
            {
                if (leafOfHost[link.A.Index] < 0)
                {
                    leafOfHost[link.A.Index] = link.Z.Index;
                }
                firstHost[link.Z.Index] = Math.Min(firstHost[link.Z.Index], link.A.Index);
            }
        }
        int leaves = firstHost.Count(h => h != int.MaxValue);
        int count = Math.Min(options.Threads, leaves);
        if (count < 2)
        {
            Note = "one thread only: the network has one leaf";
            return;
        }
        int dealt = 0;
        for (int s = 0; s < network.Switches.Count; s++)
        {
            OfSwitch[s] = firstHost[s] == int.MaxValue ? dealt++ % count : (int)((long)firstHost[s] * count / network.HostCount);
        }
        for (int h = 0; h < network.HostCount; h++)
        {
            OfHost[h] = OfSwitch[leafOfHost[h]];
        }
        if (!TriggersStayAtHome(traffic, OfHost))
        {
            Array.Clear(OfHost);
            Array.Clear(OfSwitch);
            Note = "one thread only: triggers start flows on other leaves without delay, so threads could not run ahead of each other";
            return;
        }
        if (network.ScaleUp is { } domains && !DomainsStayAtHome(domains, traffic, OfHost))
        {
            Array.Clear(OfHost);
            Array.Clear(OfSwitch);
            Note = "one thread only: the hosts of a scale-up domain hang on leaves of several parts";
            return;
        }
        Count = count;
    }

    // Picoseconds. Each window costs a visit of every switch, however little happens in it.
    private const long ShortestWindow = 100_000;

    private static bool DomainsStayAtHome(ScaleUpDescription domains, TrafficDescription traffic, int[] ofHost)
    {
        foreach (FlowDescription flow in traffic.Flows)
        {
            if (ofHost[flow.Source] != ofHost[flow.Destination] && domains.Joins(flow.Source, flow.Destination))
            {
                return false;
            }
        }
        return true;
    }

    // What goes up in a window must not arrive in it; what goes down may, as the far end takes its turn later.
    // A switch that decides on arrival has to know of the packet before its own latency has passed.
    private static long LongestWindow(NetworkDescription network, bool onArrival)
    {
        long window = Calendar.OffsetLimit - 1;
        foreach (LinkDescription link in network.Links)
        {
            int near = TierOf(network, link.A),
                far = TierOf(network, link.Z);
            if (near == far)
            {
                return 0;
            }
            NodeId upper = near < far ? link.Z : link.A;
            window = Math.Min(window, link.Delay.Picoseconds + (onArrival ? 0 : network.Switches[upper.Index].Latency.Picoseconds));
        }
        return window;
    }

    /// <summary>A host stands below every switch.</summary>
    public static int TierOf(NetworkDescription network, NodeId node) => node.IsHost ? -1 : network.Switches[node.Index].Tier;

    // A rank's operations belong to one part, and so must the ends of its flows.
    private static bool OperationsStayAtHome(TrafficDescription traffic, OperationGraph operations, int[] ofHost)
    {
        int Part(int operation) => ofHost[operations.HostOfRank[operations.Rank[operation]]];
        for (int f = 0; f < operations.SendOf.Length; f++)
        {
            if (
                ofHost[traffic.Flows[f].Source] != Part(operations.SendOf[f])
                || ofHost[traffic.Flows[f].Destination] != Part(operations.ReceiveOf[f])
            )
            {
                return false;
            }
        }
        return true;
    }

    private static bool TriggersStayAtHome(TrafficDescription traffic, int[] ofHost)
    {
        if (traffic.Triggers.Count == 0)
        {
            return true;
        }
        if (traffic.Operations is { } operations)
        {
            return OperationsStayAtHome(traffic, operations, ofHost);
        }
        var home = new int[traffic.Triggers.Count];
        Array.Fill(home, -1);
        bool Same(int trigger, int part)
        {
            if (trigger < 0)
            {
                return true;
            }
            if (home[trigger] < 0)
            {
                home[trigger] = part;
            }
            return home[trigger] == part;
        }
        foreach (FlowDescription flow in traffic.Flows)
        {
            if (
                !Same(flow.StartTrigger, ofHost[flow.Source])
                || !Same(flow.DoneTrigger, ofHost[flow.Source])
                || !Same(flow.ReceivedTrigger, ofHost[flow.Destination])
            )
            {
                return false;
            }
        }
        return true;
    }
}
