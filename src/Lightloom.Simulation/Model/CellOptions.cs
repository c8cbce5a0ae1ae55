using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>
/// A switch-scheduled fabric: virtual output queues at the ingress leaf, credits from the egress port's scheduler, cells sprayed over every
/// fabric link. Every parameter names its source; <i>assumed</i> means that no source was found and that the figure should be swept.
/// Immutable.
/// </summary>
public sealed record CellOptions
{
    /// <summary>True cells or bursts.</summary>
    public CellMode Mode { get; init; } = CellMode.Bursts;

    /// <summary>What one credit is worth. 4,096 bytes; chips allow 1 to 8,191 (Broadcom SDK 6.5.26, DNX).</summary>
    public DataSize Credit { get; init; } = DataSize.FromKibibytes(4);

    /// <summary>Most credit that a queue may hold. 128 KiB (Broadcom SDK, DNX).</summary>
    public DataSize Balance { get; init; } = DataSize.FromKibibytes(128);

    /// <summary>What a queue may send unasked. Assumed: chips have such thresholds, their policy is not published.</summary>
    public HungryPolicy Hungry { get; init; } = HungryPolicy.TopUp;

    /// <summary>With <see cref="HungryPolicy.TopUp"/>: the balance of a queue at rest. Assumed: one credit.</summary>
    public DataSize HungryBalance { get; init; } = DataSize.FromKibibytes(4);

    /// <summary>
    /// Credits are granted at this multiple of the port's rate. 1.02, assumed, out of the 1 to 5 % that descriptions name.
    /// </summary>
    public double CreditSpeedup { get; init; } = 1.02;

    /// <summary>Among whom credits go round. Assumed: ingress ports.</summary>
    public CreditShare Share { get; init; } = CreditShare.IngressPort;

    /// <summary>
    /// With <see cref="CreditShare.IngressSlice"/>: ingress ports on one slice, in the order of the leaf's links; null for the whole leaf.
    /// </summary>
    public int? SlicePorts { get; init; }

    /// <summary>
    /// What one cell carries of a packet, 16 to 4,096 bytes. 256 (Broadcom SDK: VSC256; the other form is 128). The last cell of a packet
    /// is shorter.
    /// </summary>
    public DataSize CellPayload { get; init; } = DataSize.FromBytes(256);

    /// <summary>Header and check of a cell; see <see cref="UsualHeader"/>.</summary>
    public DataSize CellHeader { get; init; } = UsualHeader(DataSize.FromBytes(256));

    /// <summary>
    /// Header and check of a cell that carries so much: 12 bytes for cells of 256 (11 and 1), 9 for cells of 128 (Broadcom SDK, the two
    /// forms that there are); 12 for any other.
    /// </summary>
    public static DataSize UsualHeader(DataSize payload) => DataSize.FromBytes(payload.Bytes == 128 ? 9 : 12);

    /// <summary>
    /// A control cell: a flow status, a credit or reachability. Assumed: 64 bytes. Control cells go before data and take no time of the
    /// data's.
    /// </summary>
    public DataSize ControlCell { get; init; } = DataSize.FromBytes(64);

    /// <summary>How cells are dealt to links. Shuffled round robin (descriptions of all vendors).</summary>
    public SprayOrder Spray { get; init; } = SprayOrder.ShuffledRoundRobin;

    /// <summary>
    /// Packet memory on a leaf's chip; what comes when it is full goes to external memory. 32 MiB (sources name 16 and 32 MB for
    /// Jericho2 and 3).
    /// </summary>
    public DataSize Sram { get; init; } = DataSize.FromMebibytes(32);

    /// <summary>
    /// A virtual output queue is full at so much; null for 40 us of its port's rate, the lower end of the 40 to 70 us that Juniper's
    /// architects name.
    /// </summary>
    public DataSize? VoqLimit { get; init; }

    /// <summary>The time of its port's rate that fills a virtual output queue whose bytes are left open.</summary>
    internal const double VoqPicoseconds = 40e6;

    /// <summary>What happens to the host that fills a queue.</summary>
    public VoqFullAction VoqFull { get; init; } = VoqFullAction.Pause;

    /// <summary>A paused host may go on when the queue is down to this share of its bound. Assumed: 0.8, PFC's 12 of 15 packets.</summary>
    public double ResumeShare { get; init; } = 0.8;

    /// <summary>Whether an egress port's scheduler stops while the port's own buffer is full (credit flow control of FMQ).</summary>
    public bool EgressFlowControl { get; init; } = true;

    /// <summary>
    /// The scheduler stops above so much in the egress buffer; null for as much that the port has one round trip of control and a credit
    /// left when the scheduler goes on: less would let it run dry before the first new packet comes.
    /// </summary>
    public DataSize? EgressPause { get; init; }

    /// <summary>
    /// The scheduler goes on at this share of <see cref="EgressPause"/>. Two thirds: on and off at 30 and 20 (Broadcom SDK).
    /// </summary>
    public double EgressResumeShare { get; init; } = 2.0 / 3;

    /// <summary>
    /// A link's queue marks cells above so many of them; 0 never marks. Assumed: 67, what a link fed at random at load 0.9 exceeds once in
    /// a million (M/D/1).
    /// </summary>
    public int CongestionCells { get; init; } = 67;

    /// <summary>
    /// A mark lowers the credit rate of the port that the marked cell goes to, once a control round trip, to what the fabric has brought it
    /// since the mark before, less this share of its rate (twice that when the queue was four times the threshold); every round trip
    /// without a mark raises it by as much. Assumed, rule and figure: 1/32.
    /// </summary>
    public double CongestionStep { get; init; } = 1.0 / 32;

    /// <summary>
    /// Whether links to a device that has lost some of its ways to a destination are withdrawn in proportion (Input Balanced Mode of Meta's
    /// DSF).
    /// </summary>
    public bool InputBalanced { get; init; } = true;

    /// <summary>
    /// From a packet's last bit at the ingress leaf to its virtual output queue, and from a cell at the egress leaf to the port; null
    /// for the network's own latency of tier 0. No source was found; 0.6 to 1.0 us is the range to sweep.
    /// </summary>
    public SimTime? LeafLatency { get; init; }

    /// <summary>
    /// From a cell at a fabric element to its output link; null for the network's own. No source was found; 0.3 to 0.6 us
    /// is the range to sweep.
    /// </summary>
    public SimTime? ElementLatency { get; init; }

    /// <summary>
    /// A sender's patience in a fabric that loses nothing but what faults destroy, for transports that time single packets.
    /// 1,350 us, the time-out of go-back-N in conweave-ns3.
    /// </summary>
    public SimTime RetransmitTimeout { get; init; } = SimTime.FromMicroseconds(1350);

    // What the engine computes with: raw numbers, 0 where an option leaves a figure to the network.
    internal int CreditBytes => (int)Credit.Bytes;
    internal int BalanceBytes => (int)Balance.Bytes;
    internal int HungryBytes => (int)HungryBalance.Bytes;
    internal int CellBytes => (int)CellPayload.Bytes;
    internal int CellHeaderBytes => (int)CellHeader.Bytes;
    internal int ControlCellBytes => (int)ControlCell.Bytes;
    internal long SramBytes => Sram.Bytes;
    internal long VoqBytes => VoqLimit?.Bytes ?? 0;
    internal long EgressPauseBytes => EgressPause?.Bytes ?? 0;

    /// <summary>The network with this fabric's latencies, where they are given.</summary>
    internal NetworkDescription Timed(NetworkDescription network)
    {
        if (LeafLatency is null && ElementLatency is null)
        {
            return network;
        }
        IReadOnlyList<SwitchDescription> switches =
        [
            .. network.Switches.Select(s => s with { Latency = (s.Tier == 0 ? LeafLatency : ElementLatency) ?? s.Latency }),
        ];
        return new NetworkDescription(network.HostCount, switches, network.Links) { ScaleUp = network.ScaleUp };
    }

    internal void Check()
    {
        static void Require(bool holds, string message)
        {
            if (!holds)
            {
                throw new RefusedException(message);
            }
        }
        Require(Credit.Bytes is >= 64 and <= 65_536, "a credit must be worth 64 to 65536 bytes");
        Require(
            Balance >= Credit + (Hungry == HungryPolicy.TopUp ? HungryBalance : DataSize.Zero) && Balance <= DataSize.FromMebibytes(1024),
            "a queue must be able to hold its balance at rest and one credit"
        );
        Require(CreditSpeedup is > 0 and <= 4, "the credit speed-up must be in (0, 4]");
        Require(SlicePorts is null or > 0, "a slice needs at least one port");
        Require(CellPayload.Bytes is >= 16 and <= 4096, "a cell must carry 16 to 4096 bytes");
        Require(
            CellHeader.Bytes <= 256 && ControlCell.Bytes <= 1024,
            "a cell's header may have 0 to 256 bytes and a control cell 0 to 1024"
        );
        Require(VoqLimit != DataSize.Zero && EgressPause != DataSize.Zero, "a bound of a queue must be above zero");
        Require(
            ResumeShare is > 0 and < 1 && EgressResumeShare is > 0 and < 1,
            "the shares at which senders and schedulers go on must be between 0 and 1"
        );
        Require(
            CongestionCells >= 0 && CongestionStep is >= 0 and <= 0.5,
            "the congestion threshold may not be negative, and its step must be 0 to 0.5"
        );
        Require(!(LeafLatency < SimTime.Zero || ElementLatency < SimTime.Zero), "latencies may not be negative");
        Require(RetransmitTimeout > SimTime.Zero, "the retransmission timeout must be positive");
    }
}
