using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;
using Lightloom.Units;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// The memory that a run will take beyond its network's description, before any of it is taken: for a caller who would rather
/// refuse a run than see it killed. An upper estimate; what depends on queues is bounded by the senders' windows. Immutable.
/// </summary>
/// <param name="Traffic">The description of the flows and triggers.</param>
/// <param name="FlowState">What the engine, transport and load balancing keep of every flow, and the results.</param>
/// <param name="Packets">Packets in queues and on wires, and what senders and receivers remember of them.</param>
/// <param name="Network">Ports, switches and routes.</param>
/// <param name="Flows">How many flows there are.</param>
public sealed record MemoryEstimate(DataSize Traffic, DataSize FlowState, DataSize Packets, DataSize Network, long Flows)
{
    /// <summary>The table of links' kinds, the calendars' buckets and the slabs that pools begin with.</summary>
    private const long Fixed = 16L << 20;

    /// <summary>
    /// A block of a pool is a power of two, so up to half of it is unused; a ring that has grown leaves its smaller ones.
    /// </summary>
    private const int PoolOverhead = 2;

    /// <summary>All of it.</summary>
    public DataSize Total => Traffic + FlowState + Packets + Network + DataSize.FromBytes(Fixed);

    /// <summary>Estimates a run whose traffic has not been made yet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="traffic">How large the traffic will be.</param>
    /// <param name="options">The options of the run; those that do not fit the network are not noticed here.</param>
    /// <exception cref="OverflowException">The bytes are more than a 64-bit number counts.</exception>
    public static MemoryEstimate Of(NetworkDescription network, TrafficSize traffic, SimulationOptions options)
    {
        checked
        {
            long connections = Connections.Most(network, options);
            TrafficSize wire = traffic with
            {
                Flows = traffic.Flows * connections,
                Concurrent = traffic.Concurrent * connections,
                LargestFlow = DataSize.FromBytes(traffic.LargestFlow.Bytes / connections + options.MtuBytes),
            };
            return new MemoryEstimate(
                DataSize.FromBytes(OfTraffic(connections == 1 ? traffic : traffic + wire)),
                DataSize.FromBytes(OfFlows(network, wire, options)),
                DataSize.FromBytes(OfPackets(network, connections == 1 ? traffic : wire, options)),
                DataSize.FromBytes(OfNetwork(network, options)),
                wire.Flows
            );
        }
    }

    /// <summary>Estimates a run whose traffic exists; <see cref="Traffic"/> is then spent already and stays zero.</summary>
    public static MemoryEstimate Of(NetworkDescription network, TrafficDescription traffic, SimulationOptions options) =>
        Of(network, TrafficSize.Of(traffic), options) with
        {
            Traffic = DataSize.Zero,
        };

    /// <summary>Why the run does not fit into so much, and what takes them; null when it fits.</summary>
    /// <param name="available">What there is, for example <see cref="AvailableMemory.Size"/>.</param>
    public string? Refusal(DataSize available)
    {
        if (Total <= available && Flows <= TrafficSize.MostFlows)
        {
            return null;
        }
        string flows = Flows.ToString("N0", CultureInfo.InvariantCulture);
        return Flows > TrafficSize.MostFlows
            ? $"the traffic has {flows} flows, and one run can number {TrafficSize.MostFlows.ToString("N0", CultureInfo.InvariantCulture)}"
            : $"the run would take about {Words(Total)} of memory ({Words(Traffic + FlowState)} for {flows} flows, "
                + $"{Words(Packets)} for packets, {Words(Network)} for the network), and {Words(available)} are free";
    }

    private static string Words(DataSize size) => Words(size.Bytes);

    private static string Words(long bytes) =>
        bytes >= 1L << 30
            ? (bytes / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture) + " GiB"
            : (bytes / (double)(1L << 20)).ToString("0", CultureInfo.InvariantCulture) + " MiB";

    private static long OfTraffic(TrafficSize traffic) =>
        checked(traffic.Flows * Unsafe.SizeOf<FlowDescription>() + 2 * traffic.Triggers * Unsafe.SizeOf<TriggerDescription>());

    private static long OfFlows(NetworkDescription network, TrafficSize traffic, SimulationOptions options)
    {
        checked
        {
            // World: source, destination, retransmissions, next in the card's round; start, finish, planes; class.
            long engine = 4 * sizeof(int) + 3 * sizeof(long) + 1;
            long triggers = traffic.Triggers == 0 ? 0 : 3 * sizeof(int);
            // The result, and the completion times that percentiles sort.
            long result = Unsafe.SizeOf<FlowResult>() + 2 * sizeof(long);
            // Each part keeps state for all flows, as a flow's two ends may lie in different parts.
            int planes = options.CongestionState == CongestionState.PerPlane ? network.PlaneCount : 0;
            long transport =
                Math.Max(
                    Unsafe.SizeOf<UetSender>() + Unsafe.SizeOf<UetReceiver>(),
                    Unsafe.SizeOf<RdmaSender>() + Unsafe.SizeOf<RdmaReceiver>()
                )
                + planes * (long)(Unsafe.SizeOf<UetCongestion>() + Unsafe.SizeOf<UetPlaneReceipt>());
            long balancer = BalancerBytes + (network.PlaneCount > 1 ? EntropySetBytes : 0);
            return traffic.Flows * (engine + triggers + result + options.Threads * (transport + balancer))
                + traffic.Triggers * (Unsafe.SizeOf<TriggerDescription>() + 3L * sizeof(int));
        }
    }

    /// <summary>The largest state that a balancer keeps of a flow, whether it runs or not: REPS'.</summary>
    private const int BalancerBytes = 48;

    /// <summary>A flow's place in the entropy sets by plane.</summary>
    private const int EntropySetBytes = 224;

    /// <summary>No block of a pool is smaller.</summary>
    private const int SmallestBlock = 64;

    private static long OfPackets(NetworkDescription network, TrafficSize traffic, SimulationOptions options)
    {
        checked
        {
            var parameters = new Parameters(options.Cells?.Timed(network) ?? network, options, Transports.Find(options.Transport));
            long window = Math.Max(options.InitialWindowBytes, (long)(1.5 * parameters.BandwidthDelay)) / parameters.Mtu + 2;
            long inFlow = Math.Min(options.PacketsOf(traffic.LargestFlow.Bytes), window);
            long flows = Math.Min(traffic.Flows, traffic.Concurrent);
            // A record and a received bit for each packet of the window, the values a balancer draws, then packet and acknowledgement.
            long records = Math.Max(SmallestBlock, (long)BitOperations.RoundUpToPowerOf2((ulong)inFlow) * sizeof(ulong));
            long values =
                network.PlaneCount > 1 && options.PlanePolicy == PlanePolicy.WeightedEntropy
                    ? 3L * options.Paths + sizeof(ushort) * Math.Max(256, 4 * window * network.PlaneCount)
                : LoadBalancings.Find(options.LoadBalancing).RemembersPaths ? options.Paths + 2 * SmallestBlock
                : 0;
            long packets = inFlow * (Unsafe.SizeOf<Packet>() + Unsafe.SizeOf<AckRecord>());
            return PoolOverhead * flows * (records + values + packets);
        }
    }

    private static long OfNetwork(NetworkDescription network, SimulationOptions options)
    {
        checked
        {
            long ports = 2L * network.Links.Count;
            long classes = options.HasClasses ? Math.Max(1, options.Classes.Count) * 64L : 0;
            // Every port's data and control ring begins with sixteen packets.
            long port =
                Unsafe.SizeOf<PortState>()
                + Unsafe.SizeOf<PortTally>()
                + Unsafe.SizeOf<PortRecord>()
                + 3 * sizeof(int)
                + (options.Cells is null ? 2 * 16 * Unsafe.SizeOf<Packet>() : 4 * 64)
                + classes;
            long hosts = network.HostCount * (64L + network.PlaneCount * (16L + sizeof(ulong)));
            return ports * port + hosts + OfRoutes(network);
        }
    }

    // Switches above leaves know the way to every leaf of their plane: the table, and while it is made the pairs of leaf and port.
    private static long OfRoutes(NetworkDescription network)
    {
        var leaves = new long[network.PlaneCount];
        var above = new long[network.PlaneCount];
        foreach (SwitchDescription description in network.Switches)
        {
            (description.Tier == 0 ? leaves : above)[description.Plane]++;
        }
        long bytes = network.Switches.Count * (long)Unsafe.SizeOf<SwitchState>();
        for (int plane = 0; plane < leaves.Length; plane++)
        {
            bytes = checked(bytes + leaves[plane] * above[plane] * (2L * sizeof(int) + 2 * sizeof(long)));
        }
        return bytes;
    }
}
