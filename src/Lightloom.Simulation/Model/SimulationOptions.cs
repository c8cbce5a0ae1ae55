using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Transport;
using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>How a run behaves; every default is the one of the published parameters. Immutable.</summary>
public sealed record SimulationOptions
{
    /// <summary>How hosts decide when to send: the word of one of <c>Transports.All</c>.</summary>
    public string Transport { get; init; } = "nscc";

    /// <summary>
    /// Constants of the transport by the words of its <see cref="TransportDescription.Options"/>, each in its option's unit; those left out
    /// are the preset's or the default.
    /// </summary>
    public IReadOnlyDictionary<string, double> TransportOptions { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// A published set of those constants: the word of one of <see cref="TransportDescription.Presets"/>; null for the defaults.
    /// </summary>
    public string? Preset { get; init; }

    /// <summary>How packets are spread over paths: the word of one of <c>LoadBalancings.All</c>.</summary>
    public string LoadBalancing { get; init; } = "oblivious";

    /// <summary>How a host with ports on several planes spreads packets over them.</summary>
    public PlanePolicy PlanePolicy { get; init; } = PlanePolicy.ShortestQueue;

    /// <summary>Whether a flow's congestion control has one state or one for each plane.</summary>
    public CongestionState CongestionState { get; init; } = CongestionState.Global;

    /// <summary>Entropy values a flow may use, a power of two up to 65,536.</summary>
    public int Paths { get; init; } = 64;

    /// <summary>A full packet, header included; 64 to 32,767 bytes.</summary>
    public DataSize Mtu { get; init; } = DataSize.FromBytes(4150);

    /// <summary>A header, and every control packet; at least 1 byte and smaller than the MTU.</summary>
    public DataSize Header { get; init; } = DataSize.FromBytes(64);

    /// <summary>Packets that a message makes.</summary>
    public long PacketsOf(DataSize message) => PacketsOf(message.Bytes);

    /// <summary>What a message puts on the wire, headers included.</summary>
    public DataSize WireSizeOf(DataSize message) => message + Header * PacketsOf(message.Bytes);

    /// <summary>
    /// Each output queue, up to 1 GiB; null for those of the links, where they have some, else one bandwidth-delay product (five without
    /// trimming).
    /// </summary>
    public DataSize? Queue { get; init; }

    /// <summary>Marking begins here, at every port; null for the transport's <c>kmin-bytes</c>.</summary>
    public DataSize? EcnLow { get; init; }

    /// <summary>Every packet is marked above this, at every port; null for the transport's <c>kmax-bytes</c>.</summary>
    public DataSize? EcnHigh { get; init; }

    /// <summary>Whether a full queue trims packets to headers instead of dropping them.</summary>
    public bool Trim { get; init; } = true;

    /// <summary>
    /// A receiver acknowledges at the latest after so much; null for 16 KiB, or where that is more than a short window leaves room for, less
    /// (docs/models/nscc.md).
    /// </summary>
    public DataSize? AckThreshold { get; init; }

    /// <summary>A sender's first window, at least a packet; null for the transport's own.</summary>
    public DataSize? InitialWindow { get; init; }

    /// <summary>How lossless links are kept lossless.</summary>
    public FlowControl FlowControl { get; init; } = FlowControl.None;

    /// <summary>PFC: what waits of a port when its sender is stopped; null for 15 packets.</summary>
    public DataSize? PauseAt { get; init; }

    /// <summary>PFC: what waits of a port when its sender may go on; null for 12 packets.</summary>
    public DataSize? ResumeAt { get; init; }

    /// <summary>
    /// Classes of data, each with a queue of its own at every switch port, in the order of strict priority; at most 8. Empty for one class.
    /// A flow names its class by its place here.
    /// </summary>
    public IReadOnlyList<TrafficClass> Classes { get; init; } = [];

    /// <summary>
    /// The buffer that all ports of a switch share by dynamic thresholds; null for queues of <see cref="Queue"/> each.
    /// </summary>
    public DataSize? SharedBuffer { get; init; }

    /// <summary>Lossless classes in a shared buffer: an ingress is paused when its bytes exceed this share of what is free.</summary>
    public double PauseAlpha { get; init; } = 1.0 / 16;

    /// <summary>
    /// Lossless classes: room beside the buffer for what arrives after a pause was asked for, by ingress and class; null for what the
    /// link needs.
    /// </summary>
    public DataSize? Headroom { get; init; }

    /// <summary>Whether switches keep classes apart or share their buffers.</summary>
    internal bool HasClasses => Classes.Count > 0 || SharedBuffer is not null;

    /// <summary>Whether a RoCE receiver keeps packets that arrive out of order (selective repeat) or drops them (go-back-N).</summary>
    public bool SelectiveRepeat { get; init; }

    /// <summary>Probability that a link corrupts a packet.</summary>
    public double PacketErrorRate { get; init; }

    /// <summary>Whether links repair corrupted packets themselves (LLR); otherwise the packet is lost.</summary>
    public bool LinkRetry { get; init; }

    /// <summary>Whether switches forward a packet's head before its tail has come.</summary>
    public bool CutThrough { get; init; }

    /// <summary>Whether every switch hashes with the same salt, which polarises traffic over tiers.</summary>
    public bool UnsaltedHash { get; init; }

    /// <summary>
    /// The switch-scheduled fabric in place of packet switches above the leaves' host ports; null for packet switching. Load balancing,
    /// flow control, marking, trimming and cut-through are then the fabric's own business and these options of theirs do nothing.
    /// </summary>
    public CellOptions? Cells { get; init; }

    /// <summary>
    /// What each frame takes of a link beyond its own: 20 for Ethernet's preamble and gap, none as htsim has it. Links of a cell fabric
    /// have none.
    /// </summary>
    public DataSize FrameGap { get; init; }

    /// <summary>Seeds everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads to run on.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Stops at this time; null to run until nothing is left to happen.</summary>
    public SimTime? End { get; init; }

    /// <summary>Faults over time.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>
    /// From a fault to the moment switches stop using the dead link, and the first peer of a host hears that its port is dead.
    /// </summary>
    public SimTime Detection { get; init; } = SimTime.FromMicroseconds(10);

    /// <summary>
    /// Time to tell one peer of a host that has lost or regained a port, one peer after the other; zero tells all at once.
    /// </summary>
    public SimTime PeerUpdate { get; init; }

    /// <summary>Samples queues and links this often for a trace; null for no trace.</summary>
    public SimTime? TraceInterval { get; init; }

    /// <summary>Goes from event to event even where time could go in windows: the way to check one by the other.</summary>
    internal bool EventByEvent { get; init; }

    /// <summary>Samples kept at most, at least 2; when a run has more, neighbours are joined and the interval doubles.</summary>
    public int TraceSamples { get; init; } = 512;

    /// <summary>Link directions whose series are kept: half of them the busiest, half those with the fullest queues.</summary>
    public int TraceLinks { get; init; } = 32;

    // What the engine computes with: raw numbers, 0 (of the headroom, -1) where an option leaves a figure to the network.
    internal int MtuBytes => (int)Mtu.Bytes;
    internal int HeaderBytes => (int)Header.Bytes;
    internal long QueueBytes => Queue?.Bytes ?? 0;
    internal long EcnLowBytes => EcnLow?.Bytes ?? 0;
    internal long EcnHighBytes => EcnHigh?.Bytes ?? 0;
    internal long AckBytes => AckThreshold?.Bytes ?? 0;
    internal long InitialWindowBytes => InitialWindow?.Bytes ?? 0;
    internal long PauseBytes => PauseAt?.Bytes ?? 0;
    internal long ResumeBytes => ResumeAt?.Bytes ?? 0;
    internal long SharedBufferBytes => SharedBuffer?.Bytes ?? 0;
    internal long HeadroomBytes => Headroom?.Bytes ?? -1;
    internal int FrameGapBytes => (int)FrameGap.Bytes;
    internal long EndPicoseconds => End?.Picoseconds ?? 0;
    internal long DetectionPicoseconds => Detection.Picoseconds;
    internal long PeerUpdatePicoseconds => PeerUpdate.Picoseconds;
    internal long TracePicoseconds => TraceInterval?.Picoseconds ?? 0;

    internal long PacketsOf(long bytes) => (bytes + MtuBytes - HeaderBytes - 1) / (MtuBytes - HeaderBytes);
}
