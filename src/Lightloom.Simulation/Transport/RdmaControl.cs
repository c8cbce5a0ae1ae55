using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>
/// When the senders of one partition may send: rates and windows. This base does nothing but send at line rate; a congestion control
/// overrides what it listens to. One instance serves
/// all flows of hosts with the same line; what it remembers of a flow is in <see cref="RdmaSender"/>, or in arrays
/// of its own.
/// </summary>
internal unsafe class RdmaControl
{
    protected World World { get; }
    protected Partition Partition { get; }

    /// <summary>Picoseconds a byte takes at the rate that one congestion state steers.</summary>
    public double LineByteTime { get; }

    /// <summary>Picoseconds there and back through empty queues.</summary>
    protected long RoundTrip { get; }

    /// <summary>Bytes under way in that time.</summary>
    protected double BandwidthDelay { get; }

    protected int Mtu { get; }
    protected int Payload { get; }

    /// <summary>The transport's constants, carried to that rate and round trip.</summary>
    protected TransportValues Values { get; }

    public RdmaControl(World world, Partition partition, HostLine line)
    {
        World = world;
        Partition = partition;
        LineByteTime = 8e12 / line.FlowBitsPerSecond;
        RoundTrip = line.RoundTrip;
        BandwidthDelay = line.BandwidthDelay;
        Values =
            line == world.Parameters.Lines[0]
                ? world.Parameters.Values
                : new TransportValues(world.Transport, world.Options, line.FlowBitsPerSecond, line.PortBitsPerSecond, line.RoundTrip);
        Mtu = world.Parameters.Mtu;
        Payload = world.Parameters.Payload;
    }

    /// <summary>Whether receivers tell senders at once of marked packets (congestion notification packets).</summary>
    public virtual bool NotifiesCongestion => false;

    /// <summary>Whether no packet can be lost, so that nobody waits for one.</summary>
    public virtual bool LosesNothing => false;

    /// <summary>Whether rates depend on all flows, so that <see cref="Refresh"/> must be asked before a packet goes.</summary>
    public virtual bool SharesRates => false;

    /// <summary>Packets that a sender may be behind its rate and make good.</summary>
    public virtual int CatchesUp => 0;

    /// <summary>A flow has begun, after <see cref="Start"/>; only asked where rates are shared.</summary>
    public virtual void Began(int flow, RdmaSender* sender) { }

    /// <summary>A flow has ended; only asked where rates are shared.</summary>
    public virtual void Ended(int flow) { }

    /// <summary>Brings all senders' rates up to date.</summary>
    public virtual void Refresh(long now) { }

    /// <summary>Whether each marked acknowledgement counts as <see cref="Congested"/>.</summary>
    public virtual bool HearsMarks => false;

    /// <summary>Receivers send one such notice for a flow in so many picoseconds.</summary>
    public virtual long NoticeInterval => 0;

    /// <summary>A flow begins, with its rate at line rate.</summary>
    /// <param name="sender">The flow's sender.</param>
    /// <param name="selective">Whether lost packets are repeated one by one; then a window bounds what may be missing.</param>
    public virtual void Start(RdmaSender* sender, bool selective)
    {
        sender->Window = selective ? 1.5 * BandwidthDelay : double.MaxValue;
        TakeInitialWindow(sender);
    }

    /// <summary>The window that the options give in place of the control's own.</summary>
    protected void TakeInitialWindow(RdmaSender* sender)
    {
        if (World.Options.InitialWindowBytes > 0)
        {
            sender->Window = World.Options.InitialWindowBytes;
        }
    }

    /// <summary>
    /// The window of a sender that may have a packet more under way whenever less than this is: the rule of the HPCC authors' ns-3.
    /// </summary>
    protected double BelowWindow(double bytes) => bytes + Mtu - 1;

    /// <summary>A flow has ended.</summary>
    public virtual void End(RdmaSender* sender) { }

    /// <summary>A packet of so many bytes has gone.</summary>
    public virtual void Sent(RdmaSender* sender, int size) { }

    /// <summary>
    /// An acknowledgement of so many packets has come, the youngest of which took <paramref name="delay"/> there and back.
    /// </summary>
    public virtual void Acknowledged(RdmaSender* sender, AckRecord* ack, uint packets, long delay, long now) { }

    /// <summary>Nothing has been answered for the sender's timeout; all that is under way counts as lost.</summary>
    public virtual void TimedOut(RdmaSender* sender, long now) { }

    /// <summary>The receiver says that packets arrive marked.</summary>
    public virtual void Congested(int flow, RdmaSender* sender, long now) { }

    /// <summary>A timer of the flow has come, perhaps one that this control has set.</summary>
    public virtual void Timer(int flow, RdmaSender* sender, long now) { }
}
