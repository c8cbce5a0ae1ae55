using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Traffic;

/// <summary>
/// The connections that carry messages. A host that has several cards on one plane is no single sender: nothing steers packets over two
/// cards, so the library above cuts a message into one connection for each card, as NCCL does with merged NICs. A connection keeps its
/// card at either end. Under <see cref="PlanePolicy.Stripe"/> it keeps one plane, too, and so one port.
/// </summary>
/// <remarks>
/// There are as many connections as the end with more ports has, and every one has whole packets; docs/models/planes.md. Where each message
/// is one connection, nothing is copied. Immutable; safe to share between threads.
/// </remarks>
internal sealed class Connections
{
    private readonly byte[] _sourceCard = [];
    private readonly byte[] _destinationCard = [];
    private readonly sbyte[] _plane = [];

    private Connections(TrafficDescription messages)
    {
        Messages = messages;
        Clocks = messages.Operations?.RankOfStream.Length ?? 0;
        Wire =
            Clocks == 0
                ? messages
                : new([.. messages.Flows, .. ClocksOf(messages.Operations!)], messages.Triggers) { Operations = messages.Operations };
    }

    // A flow has two ends; a clock's other end is never looked at.
    private static IEnumerable<FlowDescription> ClocksOf(OperationGraph operations) =>
        operations
            .RankOfStream.Select(r => operations.HostOfRank[r])
            .Select(h => new FlowDescription(h, h == 0 ? 1 : 0, DataSize.Zero, StartTrigger: 0));

    /// <summary>
    /// The last flows of <see cref="Wire"/> that are no connections: one without bytes for each stream of operations, whose timer is the
    /// stream's.
    /// </summary>
    public int Clocks { get; }

    /// <summary>What was asked for.</summary>
    public TrafficDescription Messages { get; }

    /// <summary>One flow for each connection, in the order of the messages; the triggers that its flows name are the messages'.</summary>
    public TrafficDescription Wire { get; }

    /// <summary>By message: its first connection; one more at the end. Empty where each message is one connection.</summary>
    public int[] First { get; } = [];

    /// <summary>By connection: its message. Empty where each message is one connection.</summary>
    public int[] MessageOf { get; } = [];

    /// <summary>Whether connections keep a card or a plane at all.</summary>
    public bool Tied => _sourceCard.Length > 0;

    /// <summary>The card of its source that a connection keeps: the place of a port among the source's ports on a plane.</summary>
    public int SourceCard(int connection) => _sourceCard[connection];

    /// <summary>The card of its destination that a connection keeps.</summary>
    public int DestinationCard(int connection) => _destinationCard[connection];

    /// <summary>The plane that a connection keeps; -1 where each of its packets may take any.</summary>
    public int Plane(int connection) => _plane[connection];

    /// <summary>The most connections that a message can have on a network.</summary>
    public static int Most(NetworkDescription network, SimulationOptions options) =>
        Most(PortsByPlane(network), network.PlaneCount, options.PlanePolicy == PlanePolicy.Stripe && network.PlaneCount > 1);

    /// <summary>Cuts messages into connections.</summary>
    /// <param name="network">The network.</param>
    /// <param name="messages">What is to be sent; messages inside a scale-up domain stay whole.</param>
    /// <param name="options">Plane policy and packet size count.</param>
    public static Connections Of(NetworkDescription network, TrafficDescription messages, SimulationOptions options)
    {
        bool striped = options.PlanePolicy == PlanePolicy.Stripe && network.PlaneCount > 1;
        int[] ports = PortsByPlane(network);
        return Most(ports, network.PlaneCount, striped) == 1 ? new(messages) : new(network, messages, options, ports, striped);
    }

    private Connections(NetworkDescription network, TrafficDescription messages, SimulationOptions options, int[] ports, bool striped)
    {
        Messages = messages;
        int planes = network.PlaneCount;
        List<FlowDescription> flows = new(messages.Flows.Count);
        List<int> messageOf = new(messages.Flows.Count);
        List<byte> sourceCard = [],
            destinationCard = [];
        List<sbyte> plane = [];
        List<(byte Source, byte Destination, sbyte Plane)> ways = [];
        First = new int[messages.Flows.Count + 1];
        int payload = options.MtuBytes - options.HeaderBytes;
        for (int m = 0; m < messages.Flows.Count; m++)
        {
            FlowDescription message = messages.Flows[m];
            First[m] = flows.Count;
            ways.Clear();
            if (network.ScaleUp?.Joins(message.Source, message.Destination) != true)
            {
                AddWays(ways, ports, planes, message.Source, message.Destination, striped);
            }
            if (ways.Count == 0)
            {
                ways.Add((0, 0, -1));
            }
            long packets = Math.Max(1, (message.Size.Bytes + payload - 1) / payload);
            long parts = Math.Min(packets, ways.Count);
            long left = message.Size.Bytes;
            for (int part = 0; part < parts; part++)
            {
                long bytes = part == parts - 1 ? left : Math.Min(left, (packets / parts + (part < packets % parts ? 1 : 0)) * payload);
                left -= bytes;
                // Messages of fewer packets than cards begin with a card each in turn.
                (byte source, byte destination, sbyte at) = ways[(int)((parts == ways.Count ? 0 : m) + (long)part) % ways.Count];
                flows.Add(message with { Size = DataSize.FromBytes(bytes) });
                messageOf.Add(m);
                sourceCard.Add(source);
                destinationCard.Add(destination);
                plane.Add(at);
            }
        }
        First[^1] = flows.Count;
        if (messages.Operations is { } operations)
        {
            Clocks = operations.RankOfStream.Length;
            foreach (FlowDescription clock in ClocksOf(operations))
            {
                flows.Add(clock);
                messageOf.Add(-1);
                sourceCard.Add(0);
                destinationCard.Add(0);
                plane.Add(-1);
            }
        }
        Wire = new TrafficDescription(flows, messages.Triggers) { Operations = messages.Operations };
        MessageOf = [.. messageOf];
        _sourceCard = [.. sourceCard];
        _destinationCard = [.. destinationCard];
        _plane = [.. plane];
    }

    // By host and plane: how many ports.
    private static int[] PortsByPlane(NetworkDescription network)
    {
        var ports = new int[network.HostCount * network.PlaneCount];
        foreach (LinkDescription link in network.Links)
        {
            if (link.A.IsHost)
            {
                ports[link.A.Index * network.PlaneCount + network.Switches[link.Z.Index].Plane]++;
            }
        }
        return ports;
    }

    private static int Most(int[] ports, int planes, bool striped)
    {
        int most = 1;
        for (int host = 0; host < ports.Length / planes; host++)
        {
            ReadOnlySpan<int> own = ports.AsSpan(host * planes, planes);
            int cards = 0,
                all = 0;
            foreach (int count in own)
            {
                cards = Math.Max(cards, count);
                all += count;
            }
            most = Math.Max(most, striped ? all : cards);
        }
        return most;
    }

    // As many as the end with more ports has, on each plane if a connection keeps its plane, over all planes at once otherwise.
    private static void AddWays(
        List<(byte Source, byte Destination, sbyte Plane)> ways,
        int[] ports,
        int planes,
        int from,
        int to,
        bool striped
    )
    {
        int cardsFrom = 0,
            cardsTo = 0;
        for (int plane = 0; plane < planes; plane++)
        {
            int here = ports[from * planes + plane],
                there = ports[to * planes + plane];
            if (here == 0 || there == 0)
            {
                continue;
            }
            if (striped)
            {
                Pair(ways, here, there, (sbyte)plane);
            }
            cardsFrom = Math.Max(cardsFrom, here);
            cardsTo = Math.Max(cardsTo, there);
        }
        if (!striped && cardsFrom > 0)
        {
            Pair(ways, cardsFrom, cardsTo, -1);
        }
    }

    private static void Pair(List<(byte Source, byte Destination, sbyte Plane)> ways, int here, int there, sbyte plane)
    {
        for (int i = 0; i < Math.Max(here, there); i++)
        {
            ways.Add(((byte)(i % here), (byte)(i % there), plane));
        }
    }
}
