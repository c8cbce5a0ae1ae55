using System.Collections.Immutable;
using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>
/// One fabric of a design as the simulator sees it, and the way back: which host is which XPU, which link is which cable's, which switch is
/// which device.
/// </summary>
/// <remarks>
/// <para>Backend: a host is the network card (or cards) of one XPU, or one card that several XPUs share where a node has fewer cards than
/// XPUs. Its ports are its links in the order of planes. Frontend and management: a host is a node with all its ports on that
/// fabric.</para>
/// <para>A link's delay is forward error correction, modules and cable at its routed length, by the same figures as the design's latency
/// budget; lengths are rounded to a decimetre (half a nanosecond). The card's own time is left out, as it is mostly software:
/// <see cref="CardLatency"/> has it.</para> Immutable once built; safe to share between threads.
/// </remarks>
public sealed class DesignedNetwork
{
    private readonly Network _network;
    private readonly CablePlan? _cables;
    private readonly int[] _firstLinkOfClass;

    /// <summary>The fabric.</summary>
    public Fabric Fabric { get; }

    /// <summary>Hosts, switches and links for the engine.</summary>
    public NetworkDescription Network { get; }

    /// <summary>Per XPU, in the order of the pools' nodes: its host. Empty on fabrics other than the backend.</summary>
    public IReadOnlyList<int> HostOfXpu { get; }

    /// <summary>Per host: the node it belongs to.</summary>
    public IReadOnlyList<int> NodeOfHost { get; }

    /// <summary>Per host: the position of its (first) card in the node, its rail.</summary>
    public IReadOnlyList<int> RailOfHost { get; }

    /// <summary>Per switch of <see cref="Network"/>: the device in the design.</summary>
    public IReadOnlyList<int> DeviceOfSwitch { get; }

    /// <summary>What a network card adds at either end of a path, software included. Not part of simulated times.</summary>
    public Units.SimTime CardLatency { get; }

    /// <summary>The scale-up domains of the nodes, or null when their rate is not known or they have none.</summary>
    public ScaleUpDescription? ScaleUp { get; }

    /// <summary>Whether transfers inside a node take <see cref="ScaleUp"/> instead of the network.</summary>
    public bool UsesScaleUp => Network.ScaleUp is not null;

    /// <summary>What was assumed on the way, as sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Takes a fabric out of a design.</summary>
    /// <param name="design">The design.</param>
    /// <param name="of">Which of its fabrics.</param>
    /// <param name="scaleUp">
    /// Whether transfers inside a node take its scale-up domain. Rail planes that are never joined use it in any case, as nothing else
    /// bridges them.
    /// </param>
    /// <exception cref="RefusedException">The design has no such fabric, or a fabric without hosts.</exception>
    public DesignedNetwork(ClusterDesign design, FabricRole? of = null, bool scaleUp = false)
        : this(design.Spec, design.Network, design.Cables, of, scaleUp) { }

    /// <summary>Takes the backend out of a network that has been drawn and not placed: links have a length by their tier.</summary>
    /// <param name="spec">What was asked.</param>
    /// <param name="network">The network.</param>
    /// <param name="scaleUp">As for a design.</param>
    /// <exception cref="RefusedException">It has no backend, or one without hosts.</exception>
    public DesignedNetwork(ClusterSpec spec, Network network, bool scaleUp = false)
        : this(spec, network, null, FabricRole.Backend, scaleUp) { }

    private DesignedNetwork(ClusterSpec spec, Network network, CablePlan? cables, FabricRole? of, bool scaleUp)
    {
        FabricRole role = of ?? FabricRole.Backend;
        (_network, _cables) = (network, cables);
        Fabric =
            network.Fabrics.FirstOrDefault(f => f.Role == role)
            ?? throw new RefusedException($"{spec.Name} has no {role.InWords} network to simulate");
        Catalogue catalogue = spec.Catalogue;
        List<string> notes = [];

        Hosts hosts = HostsOf(network, role);
        _firstLinkOfClass = new int[network.LinkClasses.Count];
        Array.Fill(_firstLinkOfClass, -1);
        (List<SwitchDescription> switches, List<int> devices, int[] switchOfDevice) = SwitchesOf(network, catalogue, notes);
        List<LinkDescription> links = LinksOf(catalogue, hosts, switchOfDevice);

        // Nodes without a port here (services on the backend, spare cards) are no hosts.
        RouteRule routes = Fabric.Paths == PathRule.Shortest ? RouteRule.ShortestPaths : RouteRule.UpDown;
        (Network, HostOfXpu, NodeOfHost, RailOfHost) = Compact(switches, links, routes, hosts.OfXpu, hosts.Node, hosts.Rail);
        if (role == FabricRole.Backend)
        {
            ScaleUp = Domains(network, catalogue, notes);
            if (ScaleUp is not null && (scaleUp || RailPlanes))
            {
                Network = new(Network.HostCount, Network.Switches, Network.Links) { ScaleUp = ScaleUp, Routes = routes };
            }
        }

        DeviceOfSwitch = devices;
        CardLatency = Units.SimTime.FromNanoseconds(catalogue.Fact("nic-ns").Value);
        notes.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"times leave out the network cards themselves ({CardLatency.Microseconds:0.##} us a side, software included), "
                    + $"which the design's latency budget counts"
            )
        );
        Notes = notes;
    }

    /// <summary>Hosts in the order of nodes and cards, before those without a port are left out.</summary>
    /// <param name="First">By node: its first host; one more at the end.</param>
    /// <param name="CardsPerHost">By node.</param>
    /// <param name="OfXpu">By XPU: its host.</param>
    /// <param name="Node">By host: its node.</param>
    /// <param name="Rail">By host: its first card's place in the node.</param>
    private sealed record Hosts(int[] First, int[] CardsPerHost, List<int> OfXpu, List<int> Node, List<int> Rail);

    private static Hosts HostsOf(Network network, FabricRole role)
    {
        int nodes = network.NodeCount;
        Hosts result = new(new int[nodes + 1], new int[nodes], [], [], []);
        for (int node = 0; node < nodes; node++)
        {
            result.First[node] = result.Node.Count;
            DeviceGroup group = network.GroupOf(node);
            int cards = role != FabricRole.Backend ? 1 : group.Node!.Backend?.Nics.Value ?? 0;
            int xpus = group.Node!.Xpus.Value;
            int hosts = role == FabricRole.Backend && xpus > 0 && cards % xpus == 0 ? Math.Min(xpus, cards) : cards;
            result.CardsPerHost[node] = hosts == 0 ? 1 : cards / hosts;
            for (int h = 0; h < hosts; h++)
            {
                result.Node.Add(node);
                result.Rail.Add(h * result.CardsPerHost[node]);
            }

            for (int x = 0; x < xpus && hosts > 0 && role == FabricRole.Backend; x++)
            {
                result.OfXpu.Add(result.First[node] + (int)((long)x * hosts / xpus));
            }
        }

        result.First[nodes] = result.Node.Count;
        return result;
    }

    // Switches of this fabric only: their descriptions, their devices, and by device its switch or -1.
    private (List<SwitchDescription> Switches, List<int> Devices, int[] OfDevice) SwitchesOf(
        Network network,
        Catalogue catalogue,
        List<string> notes
    )
    {
        var switchOfDevice = new int[network.DeviceCount];
        Array.Fill(switchOfDevice, -1);
        List<SwitchDescription> switches = [];
        List<int> devices = [];
        bool pods = Fabric.PlaneLayout == PlaneLayout.Pods;
        var assumedModels = new SortedSet<string>(StringComparer.Ordinal);
        foreach (DeviceGroup group in network.Groups)
        {
            if (!group.IsOurSwitch || group.Fabric != Fabric.Role)
            {
                continue;
            }

            (SimTime latency, _, bool assumed) = LinkLatency.OfSwitch(group.Switch!, catalogue);
            if (assumed)
            {
                assumedModels.Add(group.Switch!.Id);
            }

            for (int d = group.First; d < group.First + group.Count; d++)
            {
                switchOfDevice[d] = switches.Count;
                devices.Add(d);
                // Pods are joined above their planes, so to a packet they are one plane.
                switches.Add(new(group.Tier - Tier.Leaf, pods ? 0 : Math.Max(0, group.Plane), latency, network.NameOf(d)));
            }
        }

        if (assumedModels.Count > 0)
        {
            notes.Add($"the latency of {string.Join(", ", assumedModels)} is assumed, as none is published");
        }

        return (switches, devices, switchOfDevice);
    }

    // Host links plane by plane, so that a host's k-th link is its port k.
    private List<LinkDescription> LinksOf(Catalogue catalogue, Hosts hosts, int[] switchOfDevice)
    {
        (int nodes, FabricRole role) = (_network.NodeCount, Fabric.Role);
        List<LinkDescription> links = new(Fabric.LinkClasses.Sum(c => c.Links.Length));
        foreach (
            LinkClass c in Fabric
                .LinkClasses.Where(c => c.To != Tier.External)
                .OrderBy(c => c.From)
                .ThenBy(c => c.Plane)
                .ThenBy(c => c.Index)
        )
        {
            _firstLinkOfClass[c.Index] = links.Count;
            LinkDelays delays = new(catalogue, c, _cables);
            for (int i = 0; i < c.Links.Length; i++)
            {
                Link link = c.Links[i];
                SimTime delay = delays.Of(i);
                NodeId a =
                    c.From != Tier.Host ? NodeId.Switch(switchOfDevice[link.A])
                    : link.A < nodes
                        ? NodeId.Host(hosts.First[link.A] + (role == FabricRole.Backend ? link.Rail / hosts.CardsPerHost[link.A] : 0))
                    : throw new RefusedException($"the {role.InWords} network has devices for hosts and cannot be simulated");
                links.Add(new(a, NodeId.Switch(switchOfDevice[link.Z]), c.Rate, delay));
            }
        }

        return links;
    }

    private bool RailPlanes => Fabric is { PlaneLayout: PlaneLayout.Rail, Planes: > 1 };

    private ScaleUpDescription? Domains(Network network, Catalogue catalogue, List<string> notes)
    {
        var domain = new int[Network.HostCount];
        var rate = new DataRate[Network.HostCount];
        bool any = false;
        for (int h = 0; h < domain.Length; h++)
        {
            NodeModel node = network.GroupOf(NodeOfHost[h]).Node!;
            domain[h] = -1;
            if (node.ScaleUpBytesPerSecond?.Value is { } bytes and > 0)
            {
                domain[h] = NodeOfHost[h];
                rate[h] = DataRate.FromBitsPerSecond(
                    (long)(bytes * 8 * Math.Max(1, (double)node.Xpus.Value / Math.Max(1, node.Backend?.Nics.Value ?? 1)))
                );
                any = true;
            }
        }

        if (!any)
        {
            return null;
        }

        // Nodes of several kinds: the slowest, as one figure holds for the run.
        SimTime latency = NodeOfHost
            .Distinct()
            .Select(n => network.GroupOf(n).Node!.ScaleUp)
            .Select(d => d?.LatencyIn(catalogue).Value ?? SimTime.FromNanoseconds(catalogue.Fact("scale-up-ns").Value))
            .Max();
        if (RailPlanes)
        {
            notes.Add(
                "rail planes are never joined: a message to another rail goes to that rail's XPU of its own node over the scale-up domain "
                    + "first, which costs no time here"
            );
        }

        return new(domain, rate, SimTime.Max(SimTime.FromPicoseconds(1), latency));
    }

    /// <summary>
    /// The traffic as it takes the network. On rail planes that are never joined, a message to another rail leaves its node by the card of
    /// that rail, which reaches it over the scale-up domain; elsewhere the traffic as it is.
    /// </summary>
    /// <exception cref="RefusedException">A message would have to change rails, and the nodes have no scale-up domain of known
    /// rate.</exception>
    public TrafficDescription Routed(TrafficDescription traffic)
    {
        if (!RailPlanes)
        {
            return traffic;
        }

        var hostOf = new Dictionary<(int Node, int Rail), int>();
        for (int h = 0; h < NodeOfHost.Count; h++)
        {
            hostOf[(NodeOfHost[h], RailOfHost[h])] = h;
        }

        FlowDescription Route(FlowDescription flow)
        {
            if (RailOfHost[flow.Source] == RailOfHost[flow.Destination])
            {
                return flow;
            }

            if (ScaleUp is null)
            {
                throw new RefusedException(
                    "rail planes are never joined and the nodes have no scale-up domain of known rate (scale_up_gbytes_s), "
                        + "so messages between rails have no way"
                );
            }

            return NodeOfHost[flow.Source] == NodeOfHost[flow.Destination]
                ? flow
                : flow with
                {
                    Source = hostOf[(NodeOfHost[flow.Source], RailOfHost[flow.Destination])],
                };
        }

        return new TrafficDescription([.. traffic.Flows.Select(Route)], traffic.Triggers)
        {
            Name = traffic.Name,
            CollectiveHosts = traffic.CollectiveHosts,
            CollectiveSize = traffic.CollectiveSize,
            Jobs = traffic.Jobs,
            Operations = traffic.Operations,
        };
    }

    /// <summary>
    /// The traffic with relays: a message to another node and rail first goes over the scale-up domain to its node's card on the receiver's
    /// rail, and from there when all of it has come.
    /// </summary>
    public TrafficDescription Relayed(TrafficDescription traffic)
    {
        var hostOf = new Dictionary<(int Node, int Rail), int>();
        for (int h = 0; h < NodeOfHost.Count; h++)
        {
            hostOf[(NodeOfHost[h], RailOfHost[h])] = h;
        }

        List<FlowDescription> flows = new(2 * traffic.Flows.Count);
        List<TriggerDescription> triggers = [.. traffic.Triggers];
        foreach (FlowDescription flow in traffic.Flows)
        {
            if (
                NodeOfHost[flow.Source] == NodeOfHost[flow.Destination]
                || RailOfHost[flow.Source] == RailOfHost[flow.Destination]
                || !hostOf.TryGetValue((NodeOfHost[flow.Source], RailOfHost[flow.Destination]), out int relay)
            )
            {
                flows.Add(flow with { Id = flows.Count + 1 });
                continue;
            }

            flows.Add(flow with { Destination = relay, DoneTrigger = -1, ReceivedTrigger = triggers.Count, Id = flows.Count + 1 });
            flows.Add(flow with { Source = relay, Start = SimTime.Zero, StartTrigger = triggers.Count, Id = flows.Count + 1 });
            triggers.Add(new TriggerDescription(TriggerKind.Oneshot, Id: triggers.Count + 1));
        }

        return new TrafficDescription(flows, triggers)
        {
            Name = traffic.Name,
            CollectiveHosts = traffic.CollectiveHosts,
            CollectiveSize = traffic.CollectiveSize,
        };
    }

    /// <summary>
    /// What to say of traffic inside nodes that takes the network although the nodes have a scale-up domain; null when there is none such.
    /// </summary>
    public string? InsideNodes(TrafficDescription traffic)
    {
        if (UsesScaleUp || ScaleUp is null)
        {
            return null;
        }

        long inside = traffic.Flows.Where(f => ScaleUp.Joins(f.Source, f.Destination)).Sum(f => f.Size.Bytes);
        double share = (double)inside / Math.Max(1, traffic.Flows.Sum(f => f.Size.Bytes));
        return inside == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{100 * share:0.#} % of the bytes stay inside a node and take the network all the same; "
                    + $"--scale-up gives them to the node's own domain"
            );
    }

    /// <summary>Hosts by node, in rail order, as collectives in levels need them; null when the nodes do not all have as many.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? ByNode(IReadOnlyList<int> hosts)
    {
        List<IReadOnlyList<int>> nodes =
        [
            .. hosts.GroupBy(h => NodeOfHost[h]).Select(g => (IReadOnlyList<int>)[.. g.OrderBy(h => RailOfHost[h])]),
        ];
        return nodes.All(n => n.Count == nodes[0].Count) ? nodes : null;
    }

    private static (
        NetworkDescription Network,
        IReadOnlyList<int> HostOfXpu,
        IReadOnlyList<int> NodeOfHost,
        IReadOnlyList<int> RailOfHost
    ) Compact(
        List<SwitchDescription> switches,
        List<LinkDescription> links,
        RouteRule routes,
        List<int> hostOfXpu,
        List<int> nodeOfHost,
        List<int> railOfHost
    )
    {
        var number = new int[nodeOfHost.Count];
        foreach (LinkDescription link in links)
        {
            if (link.A.IsHost)
            {
                number[link.A.Index] = 1;
            }
        }

        int count = 0;
        List<int> nodes = [],
            rails = [];
        for (int h = 0; h < number.Length; h++)
        {
            if (number[h] == 0)
            {
                number[h] = -1;
                continue;
            }

            number[h] = count++;
            nodes.Add(nodeOfHost[h]);
            rails.Add(railOfHost[h]);
        }

        if (count == 0)
        {
            throw new RefusedException("the network has no hosts to simulate");
        }

        for (int i = 0; count < number.Length && i < links.Count; i++)
        {
            if (links[i].A.IsHost)
            {
                links[i] = links[i] with { A = NodeId.Host(number[links[i].A.Index]) };
            }
        }

        return (new(count, switches, links) { Routes = routes }, [.. hostOfXpu.Select(h => number[h]).Where(h => h >= 0)], nodes, rails);
    }

    /// <summary>The link of the simulation that is a link of the design.</summary>
    /// <param name="linkClass">Its class, by <see cref="LinkClass.Index"/>.</param>
    /// <param name="index">Its place in the class.</param>
    public int LinkOf(int linkClass, int index) => _firstLinkOfClass[linkClass] + index;

    /// <summary>The class and the place in it of a link of the simulation.</summary>
    public (LinkClass Class, int Index) OriginOf(int link)
    {
        LinkClass best = Fabric.LinkClasses[0];
        int first = -1;
        foreach (LinkClass c in Fabric.LinkClasses)
        {
            int at = _firstLinkOfClass[c.Index];
            if (at <= link && at > first && c.Links.Length > 0)
            {
                (best, first) = (c, at);
            }
        }

        return (best, link - first);
    }

    /// <summary>Every link of the simulation that a cable of the design carries: what is lost when it is cut.</summary>
    public IReadOnlyList<int> LinksOfCable(int cable)
    {
        List<int> found = [];
        foreach (LinkClass c in Fabric.LinkClasses)
        {
            ImmutableArray<int> cables = _cables?.CableOfLink[c.Index] ?? [];
            for (int i = 0; i < cables.Length; i++)
            {
                if (cables[i] == cable)
                {
                    found.Add(LinkOf(c.Index, i));
                }
            }
        }

        return found;
    }

    /// <summary>What people call a host: its node, or the tray of it, and card, for example <c>train-003 rail 2</c>.</summary>
    public string NameOfHost(int host)
    {
        int node = NodeOfHost[host];
        if (Fabric.Role != FabricRole.Backend)
        {
            return _network.NameOf(node);
        }

        int cage = (RailOfHost[host] / (_network.GroupOf(node).Node!.Backend?.NicsPerCage ?? 1)) + 1;
        return $"{_network.NameOf(node, Fabric.Role, cage)} rail {RailOfHost[host]}";
    }
}
