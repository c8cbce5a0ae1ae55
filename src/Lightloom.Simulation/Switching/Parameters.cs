using System.Globalization;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Switching;

/// <summary>The numbers that options leave open, worked out from the network as htsim works them out.</summary>
internal sealed class Parameters
{
    private const long UsualMostAckBytes = 16 << 10;

    public readonly int Mtu;
    public readonly int Header;
    public readonly int Payload;

    /// <summary>The fastest port of a card.</summary>
    public readonly long HostBitsPerSecond;

    /// <summary>All ports of the fastest host together.</summary>
    public readonly long CardBitsPerSecond;

    /// <summary>
    /// What one congestion state steers: a port where each plane has its own or a connection stays on one plane, otherwise a whole card
    /// with its ports on all planes, of which a host may have several.
    /// </summary>
    public readonly long FlowBitsPerSecond;

    /// <summary>
    /// Round trip of a full packet and its acknowledgement between the farthest hosts through empty queues, in picoseconds.
    /// </summary>
    public readonly long RoundTrip;
    public readonly long BandwidthDelay;
    public readonly long QueueBytes;

    /// <summary>The hosts' lines, that of the fastest first; by host which it has, empty where all hosts are alike.</summary>
    public readonly IReadOnlyList<HostLine> Lines;
    public readonly int[] LineOfHost;

    /// <summary>The queue of a switch's port to a host, by the rate of its link in bits a second.</summary>
    public readonly IReadOnlyDictionary<long, PortQueue> LastHops;

    /// <summary>All other switch ports' queues.</summary>
    public PortQueue Everywhere => new(QueueBytes, EcnLowBytes, EcnHighBytes);

    /// <summary>The shortest and the longest output queue of a switch, whether the run or the link says so.</summary>
    public readonly long ShortestQueueBytes;
    public readonly long LongestQueueBytes;

    /// <summary>Whether a switch's port has a queue of its own that overflows.</summary>
    public readonly bool LossyQueues;

    /// <summary>Whether some link says how long its queues are, and whether that holds in this run.</summary>
    public readonly bool LinksHaveQueues;
    public readonly bool LinksSayQueues;

    /// <summary>The transport's constants on this network.</summary>
    public readonly TransportValues Values;

    /// <summary>Marking begins here: bytes at a port of the hosts' rate where <see cref="EcnByRate"/>, else at any.</summary>
    public readonly long EcnLowBytes;

    /// <summary>Every packet is marked above this.</summary>
    public readonly long EcnHighBytes;

    /// <summary>The thresholds are published for a line rate, so that a port of another rate has others in proportion.</summary>
    public readonly bool EcnByRate;

    /// <summary>Probability of a mark just below the upper threshold (Pmax).</summary>
    public readonly double EcnMost;

    /// <summary>Receiver credit keeps the last hop in check by itself, so marks there would only mislead the sender.</summary>
    public readonly bool EcnOnLastHop;

    /// <summary>Whether switches mark at all: not for transports that never look.</summary>
    public readonly bool Marks;
    public readonly long RetransmitTimeout;

    /// <summary>How long senders wait for an answer.</summary>
    public readonly Timeouts Timeouts;
    public readonly bool Trim;
    public readonly long AckBytes;

    public Parameters(NetworkDescription network, SimulationOptions options, TransportDescription transport)
    {
        Mtu = options.MtuBytes;
        Header = options.HeaderBytes;
        Payload = Mtu - Header;
        HostBitsPerSecond = network.HostBitsPerSecond();
        CardBitsPerSecond = network.CardBitsPerSecond();
        bool onePort =
            options.CongestionState == CongestionState.PerPlane
            || options.PlanePolicy is PlanePolicy.Hash or PlanePolicy.Rail or PlanePolicy.Stripe;
        FlowBitsPerSecond = onePort ? HostBitsPerSecond : network.OneCardBitsPerSecond();
        int hops = network.Diameter();
        double byteTime = 8e12 / HostBitsPerSecond;
        // In a cell fabric the first packet waits for a request and a grant: once more there and back.
        int trips = options.Cells is null ? 2 : 4;
        RoundTrip = trips * network.DiameterLatencyPicoseconds() + (long)((Mtu + Header) * byteTime * hops);
        var fastest = new HostLine(FlowBitsPerSecond, HostBitsPerSecond, CardBitsPerSecond, RoundTrip);
        (Lines, LineOfHost) = HostLine.Of(network, fastest, onePort, Mtu + Header);
        BandwidthDelay = fastest.BandwidthDelay;
        long packets = fastest.Packets(Mtu);
        Trim = options.Trim && options.FlowControl == FlowControl.None && options.Cells is null && transport.Trims;
        // A bandwidth-delay product, and five where overflow means loss, unless the transport is made for another queue.
        QueueBytes =
            options.QueueBytes > 0 ? options.QueueBytes
            : transport.QueuePackets > 0 ? transport.QueuePackets * Mtu
            : packets * Mtu * (Trim ? 1 : 5);
        LossyQueues = options is { FlowControl: FlowControl.None, Cells: null, HasClasses: false };
        LinksHaveQueues = network.Links.Any(l => l.QueueUp > DataSize.Zero || l.QueueDown > DataSize.Zero);
        LinksSayQueues = LinksHaveQueues && LossyQueues && options.QueueBytes == 0;
        ShortestQueueBytes = LongestQueueBytes = QueueBytes;
        if (LinksSayQueues)
        {
            long[] queues =
            [
                .. network
                    .Links.Select(l => l.QueueDown.Bytes)
                    .Concat(network.Links.Where(l => !l.A.IsHost).Select(l => l.QueueUp.Bytes))
                    .Distinct()
                    .Select(bytes => bytes > 0 ? bytes : QueueBytes),
            ];
            ShortestQueueBytes = queues.Min();
            LongestQueueBytes = queues.Max();
        }
        Values = new TransportValues(transport, options, FlowBitsPerSecond, HostBitsPerSecond, RoundTrip);
        foreach (TransportOption option in transport.Options)
        {
            if (option.NotAbove is { } limit && Values[option] > Values[limit])
            {
                throw new RefusedException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{transport.Name}'s {option.Name}={Values[option]:0.########} is above its {limit.Name}={Values[limit]:0.########}; "
                            + $"the nearest value of {option.Name} is {Values[limit]:0.########}"
                    )
                );
            }
        }
        TransportOption? low = transport.OptionOf(Marking.Low);
        TransportOption? high = transport.OptionOf(Marking.High);
        EcnMost = transport.OptionOf(Marking.Most) is { } most ? Values[most] : 1;
        // htsim's queues all mark at the same bytes; the papers' thresholds belong to a line rate.
        EcnByRate =
            low?.Scale == ValueScale.LineRate && options.EcnLowBytes == 0 && Values.ScaleOf(low) != ValueScale.BandwidthDelayPackets;
        EcnLowBytes =
            options.EcnLowBytes > 0 ? options.EcnLowBytes
            : low is not null ? (long)Values.AtPort(low)
            : 0;
        EcnHighBytes =
            options.EcnHighBytes > 0 ? options.EcnHighBytes
            : high is not null ? (long)Values.AtPort(high)
            : 0;
        if (EcnLowBytes > EcnHighBytes)
        {
            throw new RefusedException(
                $"marking begins at {EcnLowBytes} bytes ({Marking.Low}), which is above the {EcnHighBytes} bytes ({Marking.High}) "
                    + $"from which it is sure; the nearest value of {Marking.Low} is {EcnHighBytes}"
            );
        }
        Marks = options.Cells is null && transport.ReadsMarks;
        EcnOnLastHop = !transport.ReceiverCredit;
        LastHops = network
            .Links.Where(l => l.A.IsHost)
            .Select(l => l.Rate.BitsPerSecond)
            .Distinct()
            .ToDictionary(rate => rate, rate => QueueFor(rate, options, transport));
        RetransmitTimeout = 15_000_000 + Drain(network, packets * Mtu, byteTime);
        if (options.Cells is not null)
        {
            RetransmitTimeout = Math.Max(RetransmitTimeout, options.Cells.RetransmitTimeout.Picoseconds);
        }
        Timeouts = new Timeouts(network, options, transport, Values, LongestQueueBytes, RetransmitTimeout);
        AckBytes = AckBytesOf(options, fastest);
    }

    // Two priority queues and three hops of incast have to fit, each drained by the slowest link. A slow host's counts as such only where
    // the queue to it is as long as everybody's.
    private long Drain(NetworkDescription network, long bandwidthDelay, double byteTime)
    {
        bool own = LastHops.Values.Any(queue => queue.Bytes != QueueBytes);
        double slowest = network.Links.Where(l => !own || !l.A.IsHost).Select(l => 8e12 / l.Rate.BitsPerSecond).Prepend(byteTime).Max();
        var drain = (long)(Math.Max(LongestQueueBytes, bandwidthDelay) * 6.0 * slowest);
        return own ? Math.Max(drain, LastHops.Max(queue => (long)(queue.Value.Bytes * 6.0 * (8e12 / queue.Key)))) : drain;
    }

    // A queue of one length in bytes would keep packets for a slow host as many times longer as it is slower, beyond every target and
    // timeout that is reckoned from round trips. What somebody gave in bytes or packets stays what it is, and so does a queue whose overflow
    // is a loss: it is memory, which does not shrink with the line.
    private PortQueue QueueFor(long rate, SimulationOptions options, TransportDescription transport)
    {
        if (rate == HostBitsPerSecond)
        {
            return Everywhere;
        }
        var line = new HostLine(rate, rate, rate, HostLine.RoundTripAt(rate, HostBitsPerSecond, RoundTrip, Mtu + Header));
        bool given = !Trim || options.QueueBytes > 0 || transport.QueuePackets > 0 || LinksSayQueues;
        long bytes = given ? QueueBytes : line.Packets(Mtu) * Mtu * (Trim ? 1 : 5);
        TransportOption? low = transport.OptionOf(Marking.Low);
        TransportOption? high = transport.OptionOf(Marking.High);
        if (low is null || high is null || options.EcnHighBytes > 0 || Values.ScaleOf(low) != ValueScale.BandwidthDelayPackets)
        {
            return Everywhere with { Bytes = bytes };
        }
        var values = new TransportValues(transport, options, rate, rate, line.RoundTrip);
        return new PortQueue(bytes, (long)values.AtPort(low), (long)values.AtPort(high));
    }

    /// <summary>Bytes after which a receiver acknowledges at the latest what a sender of this line sends.</summary>
    public long AckBytesOf(SimulationOptions options, HostLine line) =>
        options.AckBytes > 0 ? options.AckBytes : UsualAckBytes(line.BandwidthDelay, Mtu);

    // A window of 1.5 bandwidth-delay products keeps a link full while what the receiver holds back, and the packet that is being sent, are
    // no more than its half product to spare. At the rates for which 16 KiB was chosen that is many times as much.
    private static long UsualAckBytes(long bandwidthDelay, int mtu) => Math.Clamp((bandwidthDelay / 2) - mtu, 1, UsualMostAckBytes);

    /// <summary>Picoseconds a byte takes at a rate, times 65,536: exact wherever a byte takes a whole number of picoseconds.</summary>
    public static uint ByteTime(double bitsPerSecond) => (uint)Math.Min(uint.MaxValue, Math.Round(8e12 / bitsPerSecond * 65536));
}
