using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Transport;

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

    /// <summary>Bytes of a full packet, header included.</summary>
    public int Mtu { get; init; } = 4150;

    /// <summary>Bytes of a header, and of every control packet.</summary>
    public int HeaderBytes { get; init; } = 64;

    /// <summary>Packets that a message of so many bytes makes.</summary>
    public long PacketsOf(long bytes) => (bytes + Mtu - HeaderBytes - 1) / (Mtu - HeaderBytes);

    /// <summary>What a message puts on the wire, headers included, in bytes.</summary>
    public long WireBytesOf(long bytes) => bytes + PacketsOf(bytes) * HeaderBytes;

    /// <summary>
    /// Bytes of each output queue; 0 for those of the links, where they have some, else one bandwidth-delay product (five without trimming).
    /// </summary>
    public long QueueBytes { get; init; }

    /// <summary>Marking begins here, in bytes; 0 for 0.2 bandwidth-delay products.</summary>
    public long EcnLowBytes { get; init; }

    /// <summary>Every packet is marked from here, in bytes; 0 for 0.8 bandwidth-delay products.</summary>
    public long EcnHighBytes { get; init; }

    /// <summary>Whether a full queue trims packets to headers instead of dropping them.</summary>
    public bool Trim { get; init; } = true;

    /// <summary>A receiver acknowledges at the latest after so many bytes.</summary>
    public long AckBytes { get; init; } = 16384;

    /// <summary>A sender's first window in bytes; 0 for 1.5 bandwidth-delay products.</summary>
    public long InitialWindowBytes { get; init; }

    /// <summary>How lossless links are kept lossless.</summary>
    public FlowControl FlowControl { get; init; } = FlowControl.None;

    /// <summary>PFC: a port's ingress bytes that stop the sender; 0 for 15 packets.</summary>
    public long PauseBytes { get; init; }

    /// <summary>PFC: a port's ingress bytes that let it go on; 0 for 12 packets.</summary>
    public long ResumeBytes { get; init; }

    /// <summary>
    /// Classes of data, each with a queue of its own at every switch port, in the order of strict priority; at most 8. Empty for one class.
    /// A flow names its class by its place here.
    /// </summary>
    public IReadOnlyList<TrafficClass> Classes { get; init; } = [];

    /// <summary>
    /// Bytes of the buffer that all ports of a switch share by dynamic thresholds; 0 for queues of <see cref="QueueBytes"/> each.
    /// </summary>
    public long SharedBufferBytes { get; init; }

    /// <summary>Lossless classes in a shared buffer: an ingress is paused when its bytes exceed this share of what is free.</summary>
    public double PauseAlpha { get; init; } = 1.0 / 16;

    /// <summary>
    /// Lossless classes: bytes beside the buffer for what arrives after a pause was asked for, by ingress and class; -1 for what the link
    /// needs.
    /// </summary>
    public long HeadroomBytes { get; init; } = -1;

    /// <summary>Whether switches keep classes apart or share their buffers.</summary>
    internal bool HasClasses => Classes.Count > 0 || SharedBufferBytes > 0;

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
    /// Bytes of a link that each frame takes beyond its own: 20 for Ethernet's preamble and gap, 0 as htsim has it. Links of a cell fabric
    /// have none.
    /// </summary>
    public int FrameGapBytes { get; init; }

    /// <summary>Seeds everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads to run on.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Stops at this time; 0 to run until nothing is left to happen.</summary>
    public long EndPicoseconds { get; init; }

    /// <summary>Faults over time.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>
    /// From a fault to the moment switches stop using the dead link, and the first peer of a host hears that its port is dead, in
    /// picoseconds.
    /// </summary>
    public long DetectionPicoseconds { get; init; } = 10_000_000;

    /// <summary>
    /// Time to tell one peer of a host that has lost or regained a port, one peer after the other, in picoseconds; 0 tells all at once.
    /// </summary>
    public long PeerUpdatePicoseconds { get; init; }

    /// <summary>Samples queues and links this often for a trace; 0 for no trace.</summary>
    public long TracePicoseconds { get; init; }

    /// <summary>Goes from event to event even where time could go in windows: the way to check one by the other.</summary>
    internal bool EventByEvent { get; init; }

    /// <summary>Samples kept at most, at least 2; when a run has more, neighbours are joined and the interval doubles.</summary>
    public int TraceSamples { get; init; } = 512;

    /// <summary>Link directions whose series are kept: half of them the busiest, half those with the fullest queues.</summary>
    public int TraceLinks { get; init; } = 32;
}
