using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>Swift: a window by delay. Packets are placed where they belong, as its hardware does: selective repeat always.</summary>
internal sealed unsafe class Swift : RdmaControl, IRdmaTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "swift",
            Help = "Swift: a window steered by delay",
            Timeout = TimeoutRule.RoundTrips,
            FlowControl = FlowControl.None,
        };

    /// <inheritdoc/>
    public static RdmaControl Create(World world, Partition partition) => new Swift(world, partition);

    private const double Increase = 1;
    private const double Beta = 0.8;
    private const double MostDecrease = 0.5;
    private const double LeastWindow = 0.1;
    private const double MostWindow = 100;

    /// <summary>The share of its window that a flow keeps when a round trip took longer than the target.</summary>
    internal static double Kept(long delay, double target) => Math.Max(1 - Beta * (delay - target) / delay, 1 - MostDecrease);

    /// <summary>So many timeouts in a row bring the window to its least.</summary>
    private const int TimeoutsToReset = 5;

    /// <summary>
    /// The smoothed round trip and its mean deviation after one more sample: Jacobson's estimator (RFC 6298, section 2), as htsim's
    /// <c>swift.cpp</c> has it.
    /// </summary>
    internal static (long Smoothed, long Deviation) Sampled(long smoothed, long deviation, long delay) =>
        smoothed == 0 ? (delay, delay / 2) : (smoothed + (delay - smoothed) / 8, deviation + (Math.Abs(delay - smoothed) - deviation) / 4);

    /// <summary>How long to wait for an answer.</summary>
    internal static long TimeoutOf(long smoothed, long deviation, long least) => Math.Max(smoothed + 4 * deviation, least);

    private readonly long _leastTimeout;
    private readonly long _base;
    private readonly long _perHop;
    private readonly double _scaleA;
    private readonly double _scaleB;

    private Swift(World world, Partition partition)
        : base(world, partition)
    {
        _leastTimeout = world.Parameters.Timeouts.Least;
        _base = (long)(RoundTrip * (20.0 / 14.0227));
        _perHop = (long)(_base / 6.55);
        double flowScale = 5.0 * _base;
        _scaleA = flowScale / (1 / Math.Sqrt(LeastWindow) - 1 / Math.Sqrt(MostWindow));
        _scaleB = -_scaleA / Math.Sqrt(MostWindow);
    }

    /// <inheritdoc/>
    public override void Start(RdmaSender* sender, bool selective)
    {
        sender->Window = Clamp(1.5 * BandwidthDelay);
        sender->RepathAfter = 5 + Hash.Below(Hash.Next(ref sender->Random), 3);
        sender->LeastDelay = long.MaxValue;
        TakeInitialWindow(sender);
    }

    private double Clamp(double window) => Math.Clamp(window, LeastWindow * Payload, Math.Max(MostWindow * Payload, 1.5 * BandwidthDelay));

    /// <inheritdoc/>
    public override void Acknowledged(RdmaSender* sender, AckRecord* ack, uint packets, long delay, long now)
    {
        int hops = World.Network.Diameter();
        double windowPackets = Math.Max(LeastWindow, sender->Window / Payload);
        double scaling = Math.Clamp(_scaleA / Math.Sqrt(windowPackets) + _scaleB, 0, 5.0 * _base);
        double unscaled = _base + (double)_perHop * hops;
        double target = unscaled + scaling;
        double acknowledged = Math.Max(1u, packets);
        (sender->SmoothedRoundTrip, sender->Deviation) = Sampled(sender->SmoothedRoundTrip, sender->Deviation, delay);
        sender->Timeout = TimeoutOf(sender->SmoothedRoundTrip, sender->Deviation, _leastTimeout);
        sender->TimeoutsInARow = packets > 0 ? 0 : sender->TimeoutsInARow;
        if (delay < target)
        {
            sender->Window +=
                sender->Window >= Payload
                    ? Payload * Increase * acknowledged * Payload / sender->Window
                    : Increase * acknowledged * Payload;
        }
        else if (now - sender->LastDecrease > delay)
        {
            sender->Window *= Kept(delay, target);
            sender->LastDecrease = now;
        }
        sender->Window = Clamp(sender->Window);
        SetRate(sender);

        sender->LeastDelay = Math.Min(sender->LeastDelay, delay);
        if (now >= sender->RoundTripEnd)
        {
            sender->BadRoundTrips = sender->LeastDelay > unscaled ? sender->BadRoundTrips + 1 : 0;
            sender->LeastDelay = long.MaxValue;
            sender->RoundTripEnd = now + delay;
            if (sender->BadRoundTrips >= sender->RepathAfter)
            {
                // Delay that no decrease cures comes from the path: take another.
                sender->Repaths++;
                sender->BadRoundTrips = 0;
                sender->RepathAfter = 5 + Hash.Below(Hash.Next(ref sender->Random), 3);
            }
        }
    }

    /// <inheritdoc/>
    public override void TimedOut(RdmaSender* sender, long now)
    {
        sender->Timeout = Math.Min(Timeouts.Forever, sender->Timeout * (++sender->TimeoutsInARow <= Timeouts.MostDoublings ? 2 : 1));
        if (sender->TimeoutsInARow >= TimeoutsToReset)
        {
            sender->Window = LeastWindow * Payload;
        }
        else if (now - sender->LastDecrease >= sender->SmoothedRoundTrip)
        {
            sender->Window *= 1 - MostDecrease;
            sender->LastDecrease = now;
        }
        sender->Window = Clamp(sender->Window);
        SetRate(sender);
    }

    // Below one packet the window becomes a pause between packets.
    private void SetRate(RdmaSender* sender) =>
        sender->Rate = sender->Window >= Mtu ? LineByteTime : Math.Max(LineByteTime, RoundTrip / sender->Window);
}
