using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// How long senders wait, reckoned from the longest path of the network: its round trip through empty queues and through full ones, in
/// picoseconds. Equations in <c>docs/models/timeouts.md</c>. Immutable.
/// </summary>
internal sealed class Timeouts
{
    /// <summary>What csg-htsim's Swift waits before it has measured a round trip, and the least it waits then.</summary>
    private const long FirstOfRoundTrips = 1_000_000_000;
    private const long LeastOfRoundTrips = 100_000_000;

    /// <summary>A measured timeout is doubled at most so many times.</summary>
    public const int MostDoublings = 6;

    /// <summary>PFC without other figures pauses an ingress at so many packets; see <c>Partition.PrepareFlowControl</c>.</summary>
    public const int PausePackets = 15;

    private readonly NetworkDescription _network;
    private readonly SimulationOptions _options;
    private readonly long _queueBytes;

    /// <summary>A full packet and its answer between the farthest hosts, each link at its slowest of that tier, through empty queues.</summary>
    public long RoundTrip { get; }

    /// <summary>The same with a full queue at every switch on the way; over cells with its own queue full and a round of credits.</summary>
    public long LoadedRoundTrip { get; }

    /// <summary>Exponent of the verbs' timeout.</summary>
    public int VerbsExponent { get; }

    /// <summary>What a sender waits before it knows more; <see cref="long.MaxValue"/> / 4 for ever.</summary>
    public long First { get; }

    /// <summary>The least that it ever waits.</summary>
    public long Least { get; }

    /// <summary>The longest that it ever waits, for patience with a whole run.</summary>
    public long Longest { get; }

    /// <param name="network">The network.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="transport">The run's transport.</param>
    /// <param name="values">Its constants.</param>
    /// <param name="queueBytes">Bytes of a full output queue.</param>
    /// <param name="ofQueues">The timeout by <see cref="TimeoutRule.Queues"/>.</param>
    public Timeouts(
        NetworkDescription network,
        SimulationOptions options,
        TransportDescription transport,
        TransportValues values,
        long queueBytes,
        long ofQueues
    )
    {
        _network = network;
        _options = options;
        _queueBytes = queueBytes;
        Hop[] hops = Hops();
        // In a cell fabric the first packet waits for a request and a grant: once more there and back.
        int trips = options.Cells is null ? 2 : 4;
        double bytes = options.MtuBytes + options.HeaderBytes + 2.0 * options.FrameGapBytes;
        RoundTrip = trips * network.DiameterLatencyPicoseconds() + (long)(bytes * hops.Sum(h => h.Crossings * h.SlowestByteTime));
        LoadedRoundTrip = Sum(RoundTrip, hops.Sum(Waiting));
        VerbsExponent = values.IsSet(VerbsTimeout.Option)
            ? (int)values[VerbsTimeout.Option]
            : VerbsTimeout.LongerThan(SimTime.FromPicoseconds(Sum(LoadedRoundTrip * VerbsTimeout.Option.Default, 0)));
        switch (transport.Timeout)
        {
            case TimeoutRule.Verbs:
                First = VerbsExponent == VerbsTimeout.Never ? Forever : VerbsTimeout.Of(VerbsExponent).Picoseconds;
                Least = First;
                Longest = First;
                break;
            case TimeoutRule.RoundTrips:
                First = Math.Max(FirstOfRoundTrips, Sum(LoadedRoundTrip, LoadedRoundTrip));
                Least = Math.Max(LeastOfRoundTrips, LoadedRoundTrip);
                Longest = (long)Math.Min(Forever, First * (double)(1 << MostDoublings));
                break;
            default:
                First = ofQueues;
                Least = ofQueues;
                Longest = ofQueues;
                break;
        }
    }

    /// <summary>Senders that never give up waiting.</summary>
    public const long Forever = long.MaxValue / 4;

    private static long Sum(double a, double b) => (long)Math.Min(a + b, Forever);

    /// <summary>The links between two tiers, or of a graph: how often the longest path crosses such a link and how it can be there.</summary>
    private readonly record struct Hop(int Crossings, int Queues, double SlowestByteTime, double NominalByteTime, int Ports, long Delay);

    // A path goes up and down again: host links and the links of each tier twice, with a switch's queue before each but the first.
    private Hop[] Hops()
    {
        int top = _network.Switches.Max(s => s.Tier);
        bool graph = _network.Routes == RouteRule.ShortestPaths;
        var slowest = new double[graph ? 2 : top + 1];
        var nominal = new double[slowest.Length];
        var delay = new long[slowest.Length];
        var ports = new int[_network.Switches.Count];
        foreach (LinkDescription link in _network.Links)
        {
            int tier =
                link.A.IsHost ? 0
                : graph ? 1
                : Math.Min(top, _network.Switches[link.A.Index].Tier + 1);
            double byteTime = 8e12 / link.Rate.BitsPerSecond;
            nominal[tier] = Math.Max(nominal[tier], byteTime);
            slowest[tier] = Math.Max(slowest[tier], byteTime / link.RateFraction);
            delay[tier] = Math.Max(delay[tier], link.Delay.Picoseconds);
            ports[link.Z.Index]++;
            if (!link.A.IsHost)
            {
                ports[link.A.Index]++;
            }
        }
        int most = ports.Max();
        int between = _network.Diameter() - 2;
        var hops = new Hop[slowest.Length];
        for (int tier = 0; tier < hops.Length; tier++)
        {
            int crossings =
                tier == 0 ? 2
                : graph ? between
                : 2;
            hops[tier] = new Hop(crossings, tier == 0 ? 1 : crossings, slowest[tier], nominal[tier], most, delay[tier]);
        }
        return hops;
    }

    // What full queues before these links keep a packet waiting.
    private double Waiting(Hop hop)
    {
        if (_options.Cells is { } cells)
        {
            return hop.Queues == 1 ? CreditLoop(cells, hop.NominalByteTime) : 0;
        }
        double ingress = 2.0 * hop.Delay / hop.NominalByteTime + 2.0 * _options.MtuBytes;
        double bytes = _options switch
        {
            { SharedBufferBytes: > 0 } => _options.SharedBufferBytes,
            { Classes.Count: > 0 } => _options.Classes.Count * (double)_queueBytes,
            // Every other port of the switch has sent for this one until it was told to wait.
            { FlowControl: FlowControl.Pfc } => (hop.Ports - 1)
                * (ingress + (_options.PauseBytes > 0 ? _options.PauseBytes : PausePackets * (double)_options.MtuBytes)),
            { FlowControl: FlowControl.Cbfc } => (hop.Ports - 1) * Math.Max(_options.QueueBytes, ingress + Partition.CreditUpdateBytes),
            _ => _queueBytes,
        };
        return hop.Queues * bytes * hop.NominalByteTime;
    }

    // A packet waits behind its own sender's full virtual output queue, and for a round of credits of everybody who may send to its port.
    // Credits go round, so no other queue's length matters: whoever has something waiting is served once a round.
    private double CreditLoop(CellOptions cells, double byteTime)
    {
        int[] hosts = new int[_network.Switches.Count];
        foreach (LinkDescription link in _network.Links)
        {
            hosts[link.Z.Index] += link.A.IsHost ? 1 : 0;
        }
        double sources =
            cells.Share == CreditShare.IngressPort ? hosts.Sum()
            : cells.SlicePorts is { } slice ? hosts.Sum(ports => Math.Ceiling(ports / (double)slice))
            : hosts.Count(ports => ports > 0);
        double turn = Math.Max(cells.CreditBytes, _options.MtuBytes + (double)_options.FrameGapBytes);
        double round = sources / _network.PlaneCount * turn * byteTime / Math.Min(1, cells.CreditSpeedup);
        return round + (cells.VoqBytes > 0 ? cells.VoqBytes * byteTime : CellOptions.VoqPicoseconds);
    }
}
