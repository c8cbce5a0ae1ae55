using Lightloom.Simulation.Model;
using static Lightloom.Simulation.Model.TransportOption;

namespace Lightloom.Simulation.Transport;

/// <summary>The constants of Ultra Ethernet's congestion controls and of those that share their machinery, as options.</summary>
internal static class UetOptions
{
    private const string Uet = "Ultra Ethernet 1.0, 3.6.13, and uet-htsim, uec.cpp";
    private const string Pulls = "uet-htsim, uec.cpp, pull pacer";
    private const string Oversubscribed = "uet-htsim, oversubscribed_cc.cpp";

    public static readonly TransportOption Gamma = Plain("gamma", "share of the excess delay that is given up", 0, 1, 0.8, Uet);
    public static readonly TransportOption LeastKept = Plain(
        "least-kept",
        "least of its window that a flow keeps in a decrease",
        0,
        1,
        0.5,
        Uet
    );
    public static readonly TransportOption DelayWeight = Plain(
        "delay-weight",
        "weight of one sample in the average delay",
        0,
        1,
        0.0125,
        Uet
    );
    public static readonly TransportOption Target = new()
    {
        Name = "target-us",
        Help = "queueing delay that is aimed at; 1 round trip where switches do not trim",
        Unit = "us",
        Least = 0.001,
        Most = 1e6,
        Default = 0.75,
        Scale = ValueScale.RoundTrip,
        Source = Uet,
    };
    public static readonly TransportOption Alpha = Plain(
        "alpha",
        "proportional increase, in packets at 12 us and 100 Gb/s",
        0,
        1000,
        4,
        Uet
    );
    public static readonly TransportOption FairIncrease = Plain(
        "fair-increase",
        "increase while delay is high and unmarked, in packets at 12 us and 100 Gb/s",
        0,
        1000,
        5,
        Uet
    );
    public static readonly TransportOption Eta = Plain(
        "eta",
        "increase a round trip, in packets at 12 us and 100 Gb/s",
        0,
        1000,
        0.15,
        Uet
    );
    public static readonly TransportOption FastIncrease = Plain(
        "fast-increase",
        "bytes gained for each byte acknowledged on an empty way, at 12 us and 100 Gb/s",
        0,
        1000,
        0.25,
        Uet
    );
    public static readonly TransportOption QuickAdapt = Plain(
        "quick-adapt",
        "delay in targets from which the window is set anew",
        0,
        1000,
        4,
        Uet
    );
    public static readonly TransportOption Gate = new()
    {
        Name = "quick-adapt-gate",
        Help = "it is set anew only when what got through is below the largest window by 2 to this power",
        Least = 0,
        Most = 30,
        Whole = true,
        Default = 3,
        Source = Uet,
    };
    public static readonly TransportOption MostWindow = Plain(
        "max-window",
        "largest window, in bandwidth-delay products",
        0.01,
        1000,
        1.5,
        Uet
    );

    public static readonly TransportOption PullRate = Plain(
        "pull-rate",
        "share of its line that a receiver deals out",
        0.01,
        1,
        0.99,
        Pulls
    );
    public static readonly TransportOption Congestion = Plain(
        "congestion-threshold",
        "share of marked packets from which a receiver on an oversubscribed fabric slows its credit",
        0,
        1,
        0.3,
        Oversubscribed
    );
    public static readonly TransportOption Slowing = Plain("slowing", "part of the excess marks that slows it", 0, 1, 0.5, Oversubscribed);
    public static readonly TransportOption Quickening = Plain(
        "quickening",
        "what a look without marks adds, doubling",
        0,
        1,
        0.01,
        Oversubscribed
    );
    public static readonly TransportOption LookTrips = Plain(
        "look-interval",
        "time between looks, in round trips, 0.75 to 1.25 of it",
        0.01,
        1000,
        1.5,
        Oversubscribed
    );
    public static readonly TransportOption LeastShare = Plain(
        "least-share",
        "least of its share of the fabric that a receiver keeps dealing",
        0,
        1,
        0.9,
        Oversubscribed
    );

    public static readonly TransportOption LateCredit = new()
    {
        Name = "late-credit",
        Help = "1: a message that has arrived goes on to draw credit in advance, as in uet-htsim (default with --topo)",
        Least = 0,
        Most = 1,
        Whole = true,
        Default = 0,
        Source = Pulls,
    };

    /// <summary>How switches mark for Ultra Ethernet.</summary>
    public static readonly IReadOnlyList<TransportOption> Marks = Marking.Options(
        0.2,
        0.8,
        1,
        ValueScale.BandwidthDelayPackets,
        "uet-htsim, main_uec.cpp: a fifth and four fifths of a bandwidth-delay product"
    );

    /// <summary>What steers a sender's window.</summary>
    public static readonly IReadOnlyList<TransportOption> Window =
    [
        Gamma,
        LeastKept,
        DelayWeight,
        Target,
        Alpha,
        FairIncrease,
        Eta,
        FastIncrease,
        QuickAdapt,
        Gate,
        MostWindow,
    ];

    /// <summary>What slows a receiver's credit over an oversubscribed fabric.</summary>
    public static readonly IReadOnlyList<TransportOption> Slows = [Congestion, Slowing, Quickening, LookTrips, LeastShare];
}
