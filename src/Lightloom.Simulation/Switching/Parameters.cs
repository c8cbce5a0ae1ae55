using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Switching;

/// <summary>The numbers that options leave open, worked out from the network as htsim works them out.</summary>
internal sealed class Parameters
{
    public readonly int Mtu;
    public readonly int Header;
    public readonly int Payload;

    /// <summary>The fastest port of a card.</summary>
    public readonly long HostBitsPerSecond;

    /// <summary>All ports of the fastest card together.</summary>
    public readonly long CardBitsPerSecond;

    /// <summary>
    /// What one congestion state steers: a port where each plane has its own or a flow stays on one plane, a whole card otherwise.
    /// </summary>
    public readonly long FlowBitsPerSecond;

    /// <summary>
    /// Round trip of a full packet and its acknowledgement between the farthest hosts through empty queues, in picoseconds.
    /// </summary>
    public readonly long RoundTrip;
    public readonly long BandwidthDelay;
    public readonly long QueueBytes;
    public readonly long EcnLowBytes;
    public readonly long EcnHighBytes;

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
        Mtu = options.Mtu;
        Header = options.HeaderBytes;
        Payload = Mtu - Header;
        HostBitsPerSecond = network.HostBitsPerSecond();
        CardBitsPerSecond = network.CardBitsPerSecond();
        FlowBitsPerSecond =
            options.CongestionState == CongestionState.PerPlane || options.PlanePolicy is PlanePolicy.Hash or PlanePolicy.Rail
                ? HostBitsPerSecond
                : CardBitsPerSecond;
        int hops = network.Diameter();
        double byteTime = 8e12 / HostBitsPerSecond;
        // In a cell fabric the first packet waits for a request and a grant: once more there and back.
        int trips = options.Cells is null ? 2 : 4;
        RoundTrip = trips * network.DiameterLatencyPicoseconds() + (long)((Mtu + Header) * byteTime * hops);
        BandwidthDelay = (long)(RoundTrip * 1e-12 * (FlowBitsPerSecond / 8));
        long packets = (long)Math.Ceiling(RoundTrip * 1e-12 * (HostBitsPerSecond / 8) / Mtu);
        Trim = options.Trim && options.FlowControl == FlowControl.None && options.Cells is null && transport.Trims;
        // A bandwidth-delay product, and five where overflow means loss, unless the transport is made for another queue.
        QueueBytes =
            options.QueueBytes > 0 ? options.QueueBytes
            : transport.QueuePackets > 0 ? transport.QueuePackets * Mtu
            : packets * Mtu * (Trim ? 1 : 5);
        EcnLowBytes = options.EcnLowBytes > 0 ? options.EcnLowBytes : (long)Math.Ceiling(packets * 0.2) * Mtu;
        EcnHighBytes = options.EcnHighBytes > 0 ? options.EcnHighBytes : (long)Math.Ceiling(packets * 0.8) * Mtu;
        Marks = options.Cells is null && transport.ReadsMarks;
        EcnOnLastHop = !transport.ReceiverCredit;
        // Two priority queues and three hops of incast have to fit.
        RetransmitTimeout = 15_000_000 + (long)(Math.Max(QueueBytes, packets * Mtu) * 6.0 * byteTime);
        if (options.Cells is not null)
        {
            RetransmitTimeout = Math.Max(RetransmitTimeout, options.Cells.RetransmitTimeout.Picoseconds);
        }
        Timeouts = new Timeouts(network, options, transport, QueueBytes, RetransmitTimeout);
        AckBytes = options.AckBytes;
    }

    /// <summary>Picoseconds a byte takes at a rate, times 65,536: exact wherever a byte takes a whole number of picoseconds.</summary>
    public static uint ByteTime(double bitsPerSecond) => (uint)Math.Min(uint.MaxValue, Math.Round(8e12 / bitsPerSecond * 65536));
}
