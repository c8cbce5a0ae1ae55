using Lightloom.Simulation.Network;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Parallel;

/// <summary>
/// Which part of the run owns which hosts and switches. There may be more parts than threads: a part is also the piece of the network whose ports and
/// packets a processor's cache can hold while it works through a window. Leaves are cut into runs of equal hosts, hosts follow their first leaf, and the switches above are
/// dealt out in turn, as every leaf talks to all of them.
/// </summary>
internal sealed class PartitionPlan
{
    /// <summary>How many parts.</summary>
    public int Count { get; }

    /// <summary>How many threads work on them.</summary>
    public int Threads { get; } = 1;

    /// <summary>Below so many ports dividing costs more than it saves on one thread (docs/performance.md).</summary>
    private const int PortsPerPart = 4096;

    /// <summary>Each part has room for every flow's state, about so many bytes each; together they may take so many.</summary>
    private const long FlowBytes = 450;
    private const long MostFlowBytes = 64L << 20;

    /// <summary>By host.</summary>
    public int[] OfHost { get; }

    /// <summary>By switch.</summary>
    public int[] OfSwitch { get; }

    /// <summary>Why there are fewer parts than asked for; empty otherwise.</summary>
    public string Note { get; } = "";

    public PartitionPlan(NetworkDescription network, TrafficDescription traffic, SimulationOptions options)
    {
        OfHost = new int[network.HostCount];
        OfSwitch = new int[network.Switches.Count];
        Count = 1;
        int ports = 2 * network.Links.Count;
        int wanted = (int)Math.Min(ports / PortsPerPart, MostFlowBytes / (FlowBytes * Math.Max(1, traffic.Flows.Count)));
        wanted = Math.Max(wanted, options.Threads);
        if (wanted <= 1)
        {
            return;
        }
        if (options.Cells is not null)
        {
            Note = options.Threads == 1 ? "" : "one thread only: a cell fabric's schedulers see all leaves at once";
            return;
        }
        if (options.CutThrough)
        {
            Note = options.Threads == 1 ? "" : "one thread only: with cut-through a packet arrives before its sender has it off its hands";
            return;
        }
        if (options.FlowControl != FlowControl.None)
        {
            Note = options.Threads == 1 ? "" : "one thread only: pauses and credits act on the link before, too soon for threads that meet once a link delay";
            return;
        }
        if (options.Transport == TransportKind.Hpcc)
        {
            Note = options.Threads == 1 ? "" : "one thread only: telemetry records of HPCC stay with one thread";
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
        int[] leaves = [.. Enumerable.Range(0, network.Switches.Count).Where(s => firstHost[s] != int.MaxValue).OrderBy(s => firstHost[s])];
        int count = Math.Min(wanted, leaves.Length);
        if (count < 2)
        {
            Note = options.Threads > 1 ? "one thread only: the network has one leaf" : "";
            return;
        }
        foreach (int leaf in leaves)
        {
            OfSwitch[leaf] = (int)((long)firstHost[leaf] * count / network.HostCount);
        }
        for (int h = 0; h < network.HostCount; h++)
        {
            OfHost[h] = OfSwitch[leafOfHost[h]];
        }
        int dealt = 0;
        for (int s = 0; s < network.Switches.Count; s++)
        {
            if (firstHost[s] == int.MaxValue)
            {
                OfSwitch[s] = dealt++ % count;
            }
        }
        if (!TriggersStayAtHome(traffic, OfHost))
        {
            Array.Clear(OfHost);
            Array.Clear(OfSwitch);
            Note = options.Threads == 1 ? "" : "one thread only: triggers start flows on other leaves without delay, so threads could not run ahead of each other";
            return;
        }
        if (network.ScaleUp is { } domains && !DomainsStayAtHome(domains, traffic, OfHost))
        {
            Array.Clear(OfHost);
            Array.Clear(OfSwitch);
            Note = options.Threads == 1 ? "" : "one thread only: the hosts of a scale-up domain hang on leaves of several parts";
            return;
        }
        Count = count;
        Threads = Math.Min(options.Threads, count);
    }

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

    private static bool TriggersStayAtHome(TrafficDescription traffic, int[] ofHost)
    {
        if (traffic.Triggers.Count == 0)
        {
            return true;
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
            if (!Same(flow.StartTrigger, ofHost[flow.Source]) || !Same(flow.DoneTrigger, ofHost[flow.Source]) ||
                !Same(flow.ReceivedTrigger, ofHost[flow.Destination]))
            {
                return false;
            }
        }
        return true;
    }
}
