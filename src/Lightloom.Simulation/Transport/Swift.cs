using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using static Lightloom.Simulation.Model.TransportOption;

namespace Lightloom.Simulation.Transport;

/// <summary>Swift: a window by delay. Packets are placed where they belong, as its hardware does: selective repeat always.</summary>
internal sealed unsafe class Swift : RdmaControl, IRdmaTransport
{
    private const string Htsim = "uet-htsim and csg-htsim, swift.cpp; the paper prints no figure";

    private static readonly TransportOption IncreaseOption = Plain(
        "ai",
        "packets that a round trip below the target adds",
        0,
        1000,
        1,
        Htsim
    );
    private static readonly TransportOption BetaOption = Plain("beta", "share of the excess delay that is given up", 0, 1, 0.8, Htsim);
    private static readonly TransportOption DecreaseOption = Plain("max-mdf", "most of its window that a flow gives up", 0, 1, 0.5, Htsim);
    private static readonly TransportOption BaseOption = new()
    {
        Name = "base-target-us",
        Help = "delay that is no congestion, before hops and flows are counted",
        Unit = "us",
        Least = 0.001,
        Most = 1e6,
        Default = 20.0 / 14.0227,
        Scale = ValueScale.RoundTrip,
        Source = Htsim + ": 20 us where the round trip is 14.02 us",
    };
    private static readonly TransportOption HopOption = Plain(
        "hop-scaling",
        "what each hop adds to the target, in base targets",
        0,
        100,
        1 / 6.55,
        Htsim
    );
    private static readonly TransportOption RangeOption = Plain(
        "fs-range",
        "most that small windows add to the target, in base targets (flow scaling)",
        0,
        1000,
        5,
        Htsim
    );
    private static readonly TransportOption MostScaledOption = Plain(
        "fs-max-cwnd",
        "window in packets that adds nothing",
        1,
        1e6,
        100,
        Htsim
    );
    private static readonly TransportOption LeastScaledOption = Plain(
        "fs-min-cwnd",
        "window in packets that adds most",
        0.001,
        1000,
        0.1,
        Htsim
    ) with
    {
        NotAbove = MostScaledOption,
    };
    private static readonly TransportOption MostOption = Plain(
        "max-cwnd",
        "largest window in packets, or 1.5 BDP where that is more",
        1,
        1e6,
        100,
        Htsim
    );
    private static readonly TransportOption LeastOption = Plain("min-cwnd", "smallest window in packets", 0.0001, 1000, 0.1, Htsim) with
    {
        NotAbove = MostOption,
    };

    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "swift",
            Help = "Swift: a window steered by delay",
            TakesFirstWindow = true,
            // After how many round trips it takes another path.
            DrawnBefore = 1,
            Timeout = TimeoutRule.RoundTrips,
            FlowControl = FlowControl.None,
            Options =
            [
                IncreaseOption,
                BetaOption,
                DecreaseOption,
                BaseOption,
                HopOption,
                RangeOption,
                LeastScaledOption,
                MostScaledOption,
                LeastOption,
                MostOption,
            ],
            Presets =
            [
                new()
                {
                    Name = "swift-htsim-14us",
                    Help = "htsim's base target as it stands, for a round trip of 14 us",
                    Source = Htsim,
                    Values = [new(BaseOption, 20)],
                },
            ],
        };

    /// <inheritdoc/>
    public static RdmaControl Create(World world, Partition partition, HostLine line) => new Swift(world, partition, line);

    /// <summary>The share of its window that a flow keeps when a round trip took longer than the target.</summary>
    internal static double Kept(long delay, double target, double beta, double mostDecrease) =>
        Math.Max(1 - beta * (delay - target) / delay, 1 - mostDecrease);

    /// <summary>So many timeouts in a row bring the window to its least.</summary>
    private const int TimeoutsToReset = 5;

    /// <summary>
    /// The smoothed round trip and its mean deviation after one more sample: Jacobson's estimator (RFC 6298, section 2), as htsim's
    /// <c>swift.cpp</c> has it.
    /// </summary>
    internal static (long Smoothed, long Deviation) Sampled(long smoothed, long deviation, long delay) =>
        smoothed == 0 ? (delay, delay / 2) : (smoothed + (delay - smoothed) / 8, deviation + (Math.Abs(delay - smoothed) - deviation) / 4);

    /// <summary>
    /// The window after one more timeout: the most that a decrease takes, once a round trip; after several in a row the least there is.
    /// </summary>
    internal static double AfterTimeout(double window, int timeoutsInARow, bool mayDecrease, double mostDecrease, double least) =>
        timeoutsInARow >= TimeoutsToReset ? least
        : mayDecrease ? window * (1 - mostDecrease)
        : window;

    /// <summary>How long to wait for an answer.</summary>
    internal static long TimeoutOf(long smoothed, long deviation, long least) => Math.Max(smoothed + 4 * deviation, least);

    private readonly long _leastTimeout;
    private readonly double _increase;
    private readonly double _beta;
    private readonly double _mostDecrease;
    private readonly long _base;
    private readonly double _perHop;
    private readonly double _range;
    private readonly double _scaleA;
    private readonly double _scaleB;
    private readonly double _leastScaled;
    private readonly double _leastWindow;
    private readonly double _mostWindow;

    private Swift(World world, Partition partition, HostLine line)
        : base(world, partition, line)
    {
        _leastTimeout = world.Parameters.Timeouts.Least;
        TransportValues values = Values;
        _increase = values[IncreaseOption];
        _beta = values[BetaOption];
        _mostDecrease = values[DecreaseOption];
        _base = values.Picoseconds(BaseOption);
        _perHop = _base * values[HopOption];
        _range = _base * values[RangeOption];
        _leastScaled = values[LeastScaledOption];
        double most = 1 / Math.Sqrt(Math.Max(values[MostScaledOption], _leastScaled * 1.001));
        _scaleA = _range / (1 / Math.Sqrt(_leastScaled) - most);
        _scaleB = -_scaleA * most;
        _leastWindow = values[LeastOption] * Payload;
        _mostWindow = Math.Max(Math.Max(values[MostOption] * Payload, 1.5 * BandwidthDelay), _leastWindow);
    }

    /// <inheritdoc/>
    public override void Start(RdmaSender* sender, bool selective)
    {
        sender->Window = Clamp(1.5 * BandwidthDelay);
        sender->RepathAfter = 5 + Hash.Below(Hash.Next(ref sender->Random), 3);
        sender->LeastDelay = long.MaxValue;
        TakeInitialWindow(sender);
    }

    private double Clamp(double window) => Math.Clamp(window, _leastWindow, _mostWindow);

    /// <inheritdoc/>
    public override void Acknowledged(RdmaSender* sender, AckRecord* ack, uint packets, long delay, long now)
    {
        int hops = World.Network.Diameter();
        double windowPackets = Math.Max(_leastScaled, sender->Window / Payload);
        double scaling = Math.Clamp(_scaleA / Math.Sqrt(windowPackets) + _scaleB, 0, _range);
        double unscaled = _base + _perHop * hops;
        double target = unscaled + scaling;
        double acknowledged = Math.Max(1u, packets);
        (sender->SmoothedRoundTrip, sender->Deviation) = Sampled(sender->SmoothedRoundTrip, sender->Deviation, delay);
        sender->Timeout = TimeoutOf(sender->SmoothedRoundTrip, sender->Deviation, _leastTimeout);
        sender->TimeoutsInARow = packets > 0 ? 0 : sender->TimeoutsInARow;
        if (delay < target)
        {
            sender->Window +=
                sender->Window >= Payload
                    ? Payload * _increase * acknowledged * Payload / sender->Window
                    : _increase * acknowledged * Payload;
        }
        else if (now - sender->LastDecrease > delay)
        {
            sender->Window *= Kept(delay, target, _beta, _mostDecrease);
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
        bool mayDecrease = now - sender->LastDecrease >= sender->SmoothedRoundTrip;
        sender->Window = AfterTimeout(sender->Window, sender->TimeoutsInARow, mayDecrease, _mostDecrease, _leastWindow);
        sender->LastDecrease = sender->TimeoutsInARow < TimeoutsToReset && mayDecrease ? now : sender->LastDecrease;
        sender->Window = Clamp(sender->Window);
        SetRate(sender);
    }

    // Below one packet the window becomes a pause between packets.
    private void SetRate(RdmaSender* sender) =>
        sender->Rate = sender->Window >= Mtu ? LineByteTime : Math.Max(LineByteTime, RoundTrip / sender->Window);
}
