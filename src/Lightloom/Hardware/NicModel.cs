using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>A NIC, DPU or IPU: its rates, how it can be divided over planes, what its transport can do.</summary>
public sealed record NicModel : PricedEntry
{
    /// <summary>What it is: NIC, SuperNIC, DPU, IPU or transport; or null.</summary>
    [Key("kind", "What it is: NIC, SuperNIC, DPU, IPU or transport.")]
    public string? Kind { get; init; }

    /// <summary>The highest rate of one port, or null.</summary>
    [Key("max_rate_gbps", "The highest rate of one port.", Minimum = 0.001, Maximum = 10_000_000)]
    public Figure<DataRate>? MaxRate { get; init; }

    /// <summary>Port configurations, as published.</summary>
    [Key("port_configs", "Port configurations, as published.", OneOrMany = true)]
    public Figure<IReadOnlyList<Breakout>>? PortConfigs { get; init; }

    /// <summary>Cages of one card, or null where that is not known.</summary>
    [Key("cages", "Cages of one card.", Minimum = 1, Maximum = 64)]
    public Figure<int>? Cages { get; init; }

    /// <summary>
    /// Rates that the electrical lanes of its ports run at, fastest first, as its maker says or as the networks tell that it speaks (EDR is
    /// four lanes of 25G, HDR of 50G, NDR of 100G); null where that is not known.
    /// </summary>
    [Key(
        "lane_rates_gbps",
        "Rates that the electrical lanes of its ports run at, fastest first; ports of nodes that name it run their rate on as many lanes of "
            + "each as their cage has.",
        OneOrMany = true
    )]
    public Figure<IReadOnlyList<DataRate>>? LaneRates { get; init; }

    /// <summary>The most electrical lanes of one port, where its cage has contacts for more; null where those count.</summary>
    [Key("lanes", "The most electrical lanes of one port; by default as many as its cage has contacts for.", Minimum = 1, Maximum = 64)]
    public Figure<int>? MostLanes { get; init; }

    /// <summary>Into how many planes it can be divided, or null.</summary>
    [Key("max_planes", "Into how many planes it can be divided.", Minimum = 1, Maximum = 64)]
    public Figure<int>? MaxPlanes { get; init; }

    /// <summary>Cages it is sold with.</summary>
    [Key("form_factors", "Cages it is sold with.", OneOrMany = true)]
    public Figure<IReadOnlyList<FormFactor>>? FormFactors { get; init; }

    /// <summary>Forms of plug that go into its cages, as its maker says; null where nothing is said.</summary>
    [Key("takes", "Forms of plug that go into its cages, as its maker says; for the ports of nodes that name it.", OneOrMany = true)]
    public Figure<IReadOnlyList<FormFactor>>? Takes { get; init; }

    /// <summary>True when its maker says that it drives modules without a signal processor (LPO); null where nothing is said.</summary>
    [Key("linear", "True when its maker says that it drives modules without a signal processor (LPO).")]
    public Figure<bool>? DrivesLinear { get; init; }

    /// <summary>What is said of packet spraying, or null.</summary>
    [Key("packet_spraying", "What is said of packet spraying.")]
    public Figure<string>? PacketSpraying { get; init; }

    /// <summary>What is said of out-of-order delivery, or null.</summary>
    [Key("out_of_order_delivery", "What is said of out-of-order delivery.")]
    public Figure<string>? OutOfOrderDelivery { get; init; }

    /// <summary>What is said of congestion control, or null.</summary>
    [Key("congestion_control", "What is said of congestion control.")]
    public Figure<string>? CongestionControl { get; init; }

    /// <summary>When it can be had, or null.</summary>
    [Key("availability", "When it can be had.")]
    public Figure<string>? Availability { get; init; }

    /// <summary>Transports it speaks.</summary>
    [Key("transports", "Transports it speaks.", OneOrMany = true)]
    public Figure<IReadOnlyList<string>>? Transports { get; init; }

    /// <summary>What its ports can run, by default as its transports tell; null when neither is known.</summary>
    [Key(
        "protocols",
        "What its ports can run; by default as its transports tell: InfiniBand where one is named so, Ethernet for any other.",
        OneOrMany = true
    )]
    public Figure<IReadOnlyList<Protocol>>? Protocols { get; init; }

    /// <summary>
    /// How many cages a port of <paramref name="rate"/> comes out of: 1, or all of the card's where it makes up that rate by a port a cage and
    /// by no single one.
    /// </summary>
    internal int CagesFor(DataRate rate) =>
        Cages is { Value: > 1 and var cages }
        && rate.BitsPerSecond % cages == 0
        && PortConfigs.OrEmpty().Contains(new(cages, rate / cages))
        && !PortConfigs.OrEmpty().Contains(new(1, rate))
            ? cages
            : 1;

    // RoCE, Ultra Ethernet, MRC, Falcon and SRD all run over Ethernet; InfiniBand is its own network.
    private static IReadOnlyList<Protocol> OfTransports(IReadOnlyList<string> transports) =>
        [
            .. transports
                .Select(t => t.Contains("InfiniBand", StringComparison.OrdinalIgnoreCase) ? Protocol.InfiniBand : Protocol.Ethernet)
                .Distinct()
                .Order(),
        ];

    internal override CatalogueItem Complete(EntryContext context)
    {
        context.DemandDistinct("port_configs", PortConfigs?.Value, static b => b.ToString());
        context.DemandDistinct("form_factors", FormFactors?.Value, FormFactorWords.ToWord);
        context.DemandDistinct("takes", Takes?.Value, FormFactorWords.ToWord);
        CageDefaults.DemandLaneRates(LaneRates, "lane_rates_gbps", context);
        return ((NicModel)base.Complete(context)) with
        {
            Protocols =
                Protocols is { Value.Count: > 0 } ? Protocols
                : Transports is { Value.Count: > 0 } ? Transports.To(OfTransports)
                : null,
        };
    }
}
