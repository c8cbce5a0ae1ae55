using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// Everything the threads of one run share: ports, switches, routes and flows. A port is written by the partition that owns its sending
/// node only.
/// </summary>
internal sealed unsafe partial class World : IDisposable
{
    public readonly NetworkDescription Network;

    /// <summary>What is on the wire: a flow for each connection.</summary>
    public readonly TrafficDescription Traffic;

    /// <summary>What connections there are, and of which messages.</summary>
    public readonly Connections Connections;
    public readonly SimulationOptions Options;
    public readonly Parameters Parameters;
    public readonly TransportDescription Transport;
    public readonly LoadBalancingDescription LoadBalancing;

    public readonly NativeArray<PortState> PortArray;
    public readonly PortState* Ports;
    public readonly int PortCount;
    public readonly NativeArray<PortClass> ClassArray = new(65536);
    public readonly PortClass* Classes;
    public readonly NativeArray<PortTally> TallyArray;
    public readonly PortTally* Tallies;
    public readonly NativeArray<PortRecord> RecordArray;
    public readonly PortRecord* Records;
    public readonly NativeArray<SwitchState> SwitchArray;
    public readonly SwitchState* Switches;
    public readonly int HostCount;
    public readonly int PlaneCount;

    /// <summary>Flows on the wire: connections.</summary>
    public readonly int FlowCount;

    /// <summary>
    /// The flows from here on are clocks: they carry nothing, belong to no message, and their timers say when the computation of a stream of
    /// operations ends.
    /// </summary>
    public readonly int FirstClock;

    /// <summary>Flows as they were asked for.</summary>
    public readonly int MessageCount;

    /// <summary>By uplink of a host: its place among the host's ports on that plane, its card. Empty where nothing asks.</summary>
    public readonly byte[] CardOfPort;

    /// <summary>
    /// Ports by host, then plane, then card, and by host and plane where the first of its cards' ports is, one more at the end; empty where
    /// no connection keeps a card.
    /// </summary>
    public readonly int[] PortsByCard = [];
    public readonly int[] FirstOfPlane = [];

    /// <summary>Which leaves are joined while links are dead and connections keep cards; null otherwise.</summary>
    public LeafReach? Reach { get; private set; }

    /// <summary>By host: its first uplink; the next host's first uplink ends the run. Uplinks are the first ports.</summary>
    public readonly NativeArray<int> HostPorts;

    /// <summary>By host and plane: its first living attachment to that plane, and how many there are.</summary>
    public readonly NativeArray<Attachment> Attachments;

    /// <summary>Hosts with several ports on one plane: all attachments, by host.</summary>
    public readonly NativeArray<Attachment> MoreAttachments;

    public readonly NativeArray<int> FlowSource;
    public readonly NativeArray<int> FlowDestination;
    public readonly NativeArray<long> FlowStart;
    public readonly NativeArray<long> FlowFinish;
    public readonly NativeArray<int> FlowRetransmitted;

    /// <summary>By flow: the class of its packets; empty where there is one class.</summary>
    public readonly byte[] FlowClass;

    /// <summary>By flow: the planes that packets of it have taken, a bit each; only where a host has several ports.</summary>
    public readonly NativeArray<ulong> FlowPlanes;

    /// <summary>
    /// What hosts may believe about each other, oldest first: by host, the planes on which it has a living port, a bit each. A sender
    /// learns of a change later than the network does, so each goes by the view that it has got.
    /// </summary>
    public readonly List<ulong[]> PlaneViews = [];

    /// <summary>By host: the view it goes by.</summary>
    public readonly int[] ViewOfHost;

    /// <summary>By link: its port from A to Z, and from Z to A.</summary>
    public readonly int[] UpPort;
    public readonly int[] DownPort;

    /// <summary>By host: the part of the run that owns it.</summary>
    public int[] PartOfHost = [];

    /// <summary>Transfers that never reach the network, or null.</summary>
    public readonly ScaleUp? ScaleUp;

    /// <summary>All parts of the run.</summary>
    public Partition[] Parts = [];

    /// <summary>When time goes in windows, by port: the next port in the ready list that it is in.</summary>
    public int* NextReady;

    /// <summary>
    /// When time goes in windows, by switch: the first of the ports into it that it has looked at and that still have something under way.
    /// </summary>
    public int* StillReady;

    /// <summary>What acknowledgements say.</summary>
    public readonly AckStore Acks = new();

    public RouteTables Routes;
    public bool[]? DeadLinks;

    // Event numbers: a port's next arrival, then hosts, flows, ports' services, ports' pauses.
    public readonly uint HostEvents;
    public readonly uint FlowEvents;
    public readonly uint ServiceEvents;
    public readonly uint PauseEvents;

    /// <summary>The first of the cell fabric's events; it numbers them itself.</summary>
    public readonly uint CellEvents;

    /// <summary>The first of the switches' events: the next packet inside the switch joins its queue.</summary>
    public readonly uint LatencyEvents;

    /// <summary>Switches choose a port when a packet arrives; the packet then spends their latency in their pipeline.</summary>
    public readonly bool DecidesOnArrival;

    /// <summary>By switch: packets that have their port and have not joined its queue; empty unless <see cref="DecidesOnArrival"/>.</summary>
    public readonly NativeArray<SwitchPipeline> Pipelines;

    /// <summary>Services end as events of their own, because somebody upstream must hear of it at once.</summary>
    public readonly bool Eager;

    public World(
        NetworkDescription network,
        Connections connections,
        SimulationOptions options,
        TransportDescription transport,
        LoadBalancingDescription loadBalancing
    )
    {
        Network = network;
        Connections = connections;
        Traffic = connections.Wire;
        Options = options;
        Transport = transport;
        LoadBalancing = loadBalancing;
        Parameters = new Parameters(network, options, transport);
        CheckQueues(options, Parameters);
        HostCount = network.HostCount;
        PlaneCount = network.PlaneCount;
        FlowCount = Traffic.Flows.Count;
        FirstClock = FlowCount - connections.Clocks;
        MessageCount = connections.Messages.Flows.Count;
        ScaleUp = network.ScaleUp is { } domains ? new ScaleUp(domains, Traffic) : null;
        DecidesOnArrival = loadBalancing.ActsOnArrival(options, PlaneCount);
        Pipelines = new NativeArray<SwitchPipeline>(DecidesOnArrival ? network.Switches.Count : 0);
        Eager = (options.FlowControl != FlowControl.None || options.HasClasses) && options.Cells is null;

        int[][] hostLinks = network.HostLinks();
        UpPort = new int[network.Links.Count];
        DownPort = new int[network.Links.Count];
        PortCount = NumberPorts(hostLinks);
        PortArray = new NativeArray<PortState>(PortCount);
        Ports = PortArray.Pointer;
        Classes = ClassArray.Pointer;
        TallyArray = new NativeArray<PortTally>(PortCount);
        Tallies = TallyArray.Pointer;
        RecordArray = new NativeArray<PortRecord>(PortCount);
        Records = RecordArray.Pointer;
        SwitchArray = new NativeArray<SwitchState>(network.Switches.Count);
        Switches = SwitchArray.Pointer;
        long top = (long)PortCount * (options.Cells is null ? 3 : 6) + HostCount + FlowCount + Pipelines.Length;
        if (top >= 1L << Calendar.IdBits)
        {
            throw new RefusedException($"{PortCount} ports and {FlowCount} flows are more than one run can number; simulate fewer");
        }
        HostEvents = (uint)PortCount;
        FlowEvents = HostEvents + (uint)HostCount;
        ServiceEvents = FlowEvents + (uint)FlowCount;
        PauseEvents = ServiceEvents + (uint)PortCount;
        CellEvents = PauseEvents + (uint)PortCount;
        // Packets wait inside switches or in a cell fabric, never both.
        LatencyEvents = CellEvents;

        HostPorts = new NativeArray<int>(HostCount + 1);
        Attachments = new NativeArray<Attachment>(HostCount * PlaneCount);
        MoreAttachments = new NativeArray<Attachment>(CountLinks(hostLinks));
        int first = 0;
        for (int h = 0; h < HostCount; h++)
        {
            HostPorts[h] = first;
            first += hostLinks[h].Length;
        }
        HostPorts[HostCount] = first;
        CardOfPort = connections.Tied ? Cards(hostLinks) : [];
        if (connections.Tied)
        {
            PortsByCard = new int[CardOfPort.Length];
            FirstOfPlane = new int[HostCount * PlaneCount + 1];
            SortPorts(hostLinks);
        }

        for (int i = 0; i < network.Links.Count; i++)
        {
            WritePorts(i);
        }
        for (int s = 0; s < network.Switches.Count; s++)
        {
            ref SwitchState state = ref SwitchArray[s];
            state.Plane = network.Switches[s].Plane;
            if (DecidesOnArrival)
            {
                Pipelines[s].Latency = network.Switches[s].Latency.Picoseconds;
            }
            state.Tier = network.Switches[s].Tier;
            state.Salt = SwitchState.SaltOf(s, options);
            state.Random = Hash.Mix32((uint)options.Seed ^ 0x5bd1e995u + (uint)s * 0x85ebca6bu) | 1;
        }
        ViewOfHost = new int[HostCount];
        WriteAttachments(hostLinks, null);
        Routes = new RouteTables(network, Switches, UpPort, DownPort, null, !options.UnsaltedHash, options.Seed);
        if (options.CutThrough && options.Cells is null)
        {
            AllowCutThrough();
        }

        FlowSource = new NativeArray<int>(FlowCount);
        FlowDestination = new NativeArray<int>(FlowCount);
        FlowStart = new NativeArray<long>(FlowCount);
        FlowFinish = new NativeArray<long>(FlowCount);
        FlowRetransmitted = new NativeArray<int>(FlowCount);
        FlowPlanes = new NativeArray<ulong>(FlowCount);
        FlowClass = options.HasClasses ? new byte[FlowCount] : [];
        WriteFlows();
    }

    private static void CheckQueues(SimulationOptions options, Parameters parameters)
    {
        if (!parameters.LossyQueues)
        {
            return;
        }
        if (parameters.ShortestQueueBytes < parameters.Mtu)
        {
            throw new RefusedException(
                $"a queue of {parameters.ShortestQueueBytes} bytes holds no packet of {parameters.Mtu}; "
                    + $"make every queue {parameters.Mtu} bytes or more"
            );
        }
        bool given = options.EcnHighBytes > 0 || options.TransportOptions.ContainsKey(Marking.High);
        if (given && parameters.EcnHighBytes > parameters.ShortestQueueBytes)
        {
            string option = options.EcnHighBytes > 0 ? "--ecn-bytes" : Marking.High;
            throw new RefusedException(
                $"marking from {parameters.EcnLowBytes} to {parameters.EcnHighBytes} bytes ({option}) goes beyond a queue of "
                    + $"{parameters.ShortestQueueBytes} bytes; mark at {parameters.ShortestQueueBytes} bytes at the most"
            );
        }
    }

    private void WriteFlows()
    {
        for (int f = 0; f < FlowCount; f++)
        {
            FlowDescription flow = Traffic.Flows[f];
            if (flow.Source >= HostCount || flow.Destination >= HostCount)
            {
                throw new RefusedException(
                    $"flow {f} names host {Math.Max(flow.Source, flow.Destination)} and the network has {HostCount}"
                );
            }
            long packets = Options.PacketsOf(flow.Size.Bytes);
            if (packets > int.MaxValue)
            {
                throw new RefusedException($"flow {f} has {packets} packets, and one flow may have {int.MaxValue}; make it smaller");
            }
            if (flow.Class < 0 || flow.Class >= Math.Max(1, Options.Classes.Count))
            {
                throw new RefusedException(
                    $"flow {f} is of class {flow.Class} and there {(Options.Classes.Count > 1 ? $"are {Options.Classes.Count}" : "is one")}"
                );
            }
            if (Options.HasClasses)
            {
                FlowClass[f] = (byte)flow.Class;
            }
            FlowSource[f] = flow.Source;
            FlowDestination[f] = flow.Destination;
            FlowStart[f] = -1;
            FlowFinish[f] = -1;
        }
    }

    // A switch may begin to send before it has the whole packet only if no port of it is faster than the one the packet comes on.
    private void AllowCutThrough()
    {
        var fastest = new uint[Network.Switches.Count];
        Array.Fill(fastest, uint.MaxValue);
        for (int i = 0; i < PortCount; i++)
        {
            if (Records[i].Owner >= 0)
            {
                fastest[Records[i].Owner] = Math.Min(fastest[Records[i].Owner], Classes[Ports[i].Class].ByteTime);
            }
        }
        for (int i = 0; i < PortCount; i++)
        {
            if (Tallies[i].Peer >= 0 && Classes[Ports[i].Class].ByteTime <= fastest[Tallies[i].Peer])
            {
                Ports[i].Flags |= PortState.CutThrough;
            }
        }
    }

    private int NumberPorts(int[][] hostLinks)
    {
        int next = 0;
        foreach (int[] links in hostLinks)
        {
            foreach (int link in links)
            {
                UpPort[link] = next++;
            }
        }
        // A switch's ports lie side by side, so that its queues share pages.
        var perSwitch = new int[Network.Switches.Count + 1];
        foreach (LinkDescription link in Network.Links)
        {
            perSwitch[link.Z.Index]++;
            if (!link.A.IsHost)
            {
                perSwitch[link.A.Index]++;
            }
        }
        for (int s = 0; s < perSwitch.Length; s++)
        {
            int count = perSwitch[s];
            perSwitch[s] = next;
            next += count;
        }
        for (int i = 0; i < Network.Links.Count; i++)
        {
            LinkDescription link = Network.Links[i];
            DownPort[i] = perSwitch[link.Z.Index]++;
            if (!link.A.IsHost)
            {
                UpPort[i] = perSwitch[link.A.Index]++;
            }
        }
        return next;
    }

    private void WritePorts(int index)
    {
        LinkDescription link = Network.Links[index];
        PortState* up = Ports + UpPort[index];
        PortState* down = Ports + DownPort[index];
        WritePort(up, index, link.A, link.Z, link.FractionOf(upwards: true));
        WritePort(down, index, link.Z, link.A, link.FractionOf(upwards: false));
    }

    private void WritePort(PortState* port, int index, NodeId from, NodeId to, double fraction)
    {
        long at = port - Ports;
        PortRecord* record = Records + at;
        record->Link = index;
        record->Owner = from.IsHost ? ~from.Index : from.Index;
        record->Random = Hash.Mix32((uint)Options.Seed * 0x2545F491u + (uint)at * 0x9E3779B9u) | 1;
        Tallies[at].Peer = to.IsHost ? ~to.Index : to.Index;
        port->Flags = (ushort)((from.IsHost ? PortState.FromHost : 0) | (to.IsHost ? PortState.ToHost : 0));
        SetRate(port, fraction);
    }

    /// <summary>Gives a port a share of its link's rate; its queue and thresholds shrink with it.</summary>
    public void SetRate(PortState* port, double fraction)
    {
        long at = port - Ports;
        LinkDescription link = Network.Links[Records[at].Link];
        bool fromHost = (port->Flags & PortState.FromHost) != 0;
        bool marks =
            Parameters.Marks && !fromHost && !Options.HasClasses && ((port->Flags & PortState.ToHost) == 0 || Parameters.EcnOnLastHop);
        port->Flags = (ushort)(marks ? port->Flags | PortState.EcnEnabled : port->Flags & ~PortState.EcnEnabled);
        bool classes = Options.HasClasses && !fromHost;
        double queue =
            classes ? Parameters.QueueBytes
            : fromHost || Eager || Options.Cells is not null || Transport.KnowsAllFlows ? Unbounded
            : QueueOf(link, at) * fraction;
        uint byteTime = Parameters.ByteTime(link.Rate.BitsPerSecond * fraction);
        bool ethernet = Options.Cells is null || link.A.IsHost;
        double thresholds = Parameters.EcnByRate ? fraction * link.Rate.BitsPerSecond / Parameters.HostBitsPerSecond : fraction;
        PortQueue last = QueueFor(link, at);
        port->Class = ClassOf(
            new PortClass
            {
                ByteTime = byteTime,
                GapTime = ethernet ? (uint)(((long)Options.FrameGapBytes * byteTime) >> 16) : 0,
                Delay = link.Delay.Picoseconds + (DecidesOnArrival ? 0 : LatencyAfter(at)),
                // With classes every data packet "overflows" into the queue of its class.
                Capacity = classes ? 0 : (int)Math.Min(Unbounded, queue),
                ControlCapacity = 2 * (int)Math.Min(Unbounded, queue),
                EcnLow = (int)Math.Min(Unbounded, last.EcnLow * thresholds),
                EcnHigh = (int)Math.Min(Unbounded, last.EcnHigh * thresholds),
            }
        );
    }

    // What the run says goes before what the link says.
    private long QueueOf(LinkDescription link, long port)
    {
        int own = (int)(port == UpPort[Records[port].Link] ? link.QueueUp : link.QueueDown).Bytes;
        return own > 0 && Parameters.LinksSayQueues ? own : QueueFor(link, port).Bytes;
    }

    private PortQueue QueueFor(LinkDescription link, long port)
    {
        bool toHost = link.A.IsHost && port != UpPort[Records[port].Link];
        return toHost ? Parameters.LastHops[link.Rate.BitsPerSecond] : Parameters.Everywhere;
    }

    /// <summary>From the end of a service to the moment the packet joins the next queue, in picoseconds.</summary>
    public long DelayToQueue(PortState* port) => Classes[port->Class].Delay + (DecidesOnArrival ? LatencyAfter(port - Ports) : 0);

    private long LatencyAfter(long port) => Tallies[port].Peer is >= 0 and int at ? Network.Switches[at].Latency.Picoseconds : 0;

    private static int CountLinks(int[][] hostLinks)
    {
        int count = 0;
        foreach (int[] links in hostLinks)
        {
            count += links.Length;
        }
        return count;
    }

    private const int Unbounded = int.MaxValue / 2;

    // A table of class numbers by hash, one more than the number so that 0 is free; at most half full.
    private readonly int[] _classNumbers = new int[1 << 17];
    private int _classCount;

    private ushort ClassOf(PortClass wanted)
    {
        uint mask = (uint)_classNumbers.Length - 1;
        uint at = Hash.Mix32((uint)wanted.Delay ^ Hash.Mix32(wanted.ByteTime ^ Hash.Mix32((uint)wanted.Capacity + wanted.GapTime)));
        for (; _classNumbers[at & mask] != 0; at++)
        {
            int number = _classNumbers[at & mask] - 1;
            PortClass* known = Classes + number;
            if (
                known->Delay == wanted.Delay
                && known->ByteTime == wanted.ByteTime
                && known->GapTime == wanted.GapTime
                && known->Capacity == wanted.Capacity
                && known->ControlCapacity == wanted.ControlCapacity
                && known->EcnLow == wanted.EcnLow
                && known->EcnHigh == wanted.EcnHigh
            )
            {
                return (ushort)number;
            }
        }
        if (_classCount > ushort.MaxValue)
        {
            throw new RefusedException("the network has more than 65,536 different link rates and delays; round the cable lengths");
        }
        Classes[_classCount] = wanted;
        _classNumbers[at & mask] = ++_classCount;
        return (ushort)(_classCount - 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        PortArray.Dispose();
        ClassArray.Dispose();
        TallyArray.Dispose();
        RecordArray.Dispose();
        SwitchArray.Dispose();
        Pipelines.Dispose();
        HostPorts.Dispose();
        Attachments.Dispose();
        MoreAttachments.Dispose();
        FlowSource.Dispose();
        FlowDestination.Dispose();
        FlowStart.Dispose();
        FlowFinish.Dispose();
        FlowRetransmitted.Dispose();
        FlowPlanes.Dispose();
        Routes.Dispose();
        Acks.Dispose();
    }
}
