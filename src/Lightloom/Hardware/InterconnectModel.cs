using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>A pluggable module, or an assembly whose ends cannot be unplugged from its cable (DAC, ACC, AEC, AOC, patch cord).</summary>
public sealed record InterconnectModel : CableEntry
{
    /// <summary>Kind, as the results name it.</summary>
    [Key("kind", "Kind, as the results name it.", Required = true)]
    public required InterconnectKind Kind { get; init; }

    /// <summary>The standard or agreement that it follows, or null.</summary>
    [Key("standard", "The standard or agreement that it follows.")]
    public Figure<string>? Standard { get; init; }

    /// <summary>
    /// The optical or electrical interface of a lane group: two ends link only when their families are equal (<c>dr</c>, <c>dr-2km</c>,
    /// <c>sr</c>, <c>fr4</c>, <c>lr4</c>, <c>cr</c> ...).
    /// </summary>
    [Key(
        "family",
        "The optical or electrical interface of a lane group: two ends link only when their families are "
            + "equal (dr, dr-2km, sr, fr4, lr4, cr ...)."
    )]
    public required string Family { get; init; }

    /// <summary>What all lanes carry together.</summary>
    [Key("rate_gbps", "What all lanes carry together.", Required = true, Minimum = 0.001, Maximum = 10_000_000)]
    public required Figure<DataRate> Rate { get; init; }

    /// <summary>Electrical lanes, or null.</summary>
    [Key("lanes", "Electrical lanes.", Minimum = 1, Maximum = 64)]
    public Figure<int>? Lanes { get; init; }

    /// <summary>Rate of one lane, or null.</summary>
    [Key("lane_rate_gbps", "Rate of one lane.", Minimum = 0.001, Maximum = 10_000_000)]
    public Figure<DataRate>? LaneRate { get; init; }

    /// <summary>
    /// Rate of one electrical lane of the cage, where a gearbox in the module makes it differ from <see cref="LaneRate"/>; null when they
    /// are equal.
    /// </summary>
    [Key(
        "host_lane_rate_gbps",
        "Rate of one electrical lane of the cage, where a gearbox in the module makes it differ from " + "lane_rate_gbps.",
        Minimum = 0.001,
        Maximum = 10_000_000
    )]
    public Figure<DataRate>? HostLaneRate { get; init; }

    /// <summary>
    /// Rate of one electrical lane at the tails of a splitting assembly, where a gearbox makes it differ from the head's; null when equal.
    /// </summary>
    [Key(
        "tail_lane_rate_gbps",
        "Rate of one electrical lane at the tails of a splitting assembly, where a gearbox makes it differ from the head's.",
        Minimum = 0.001,
        Maximum = 10_000_000
    )]
    public Figure<DataRate>? TailLaneRate { get; init; }

    /// <summary>Cages that the module, or the head end of an assembly, fits.</summary>
    [Key("form_factors", "Cages that the module, or the head end of an assembly, fits.", OneOrMany = true)]
    public required Figure<IReadOnlyList<FormFactor>> FormFactors { get; init; }

    /// <summary>Cages that the tail ends of a splitting assembly fit; empty when both ends are alike.</summary>
    [Key("tail_form_factors", "Cages that the tail ends of a splitting assembly fit; empty when both ends are alike.", OneOrMany = true)]
    public Figure<IReadOnlyList<FormFactor>>? TailFormFactors { get; init; }

    /// <summary>Thermal variants that are sold; empty when not said.</summary>
    [Key("thermal", "Thermal variants that are sold; empty when not said.", OneOrMany = true)]
    public Figure<IReadOnlyList<ThermalType>>? ThermalTypes { get; init; }

    /// <summary>What holds for every product of its kind.</summary>
    public InterconnectTraits Traits => InterconnectTraits.Of(Kind);

    /// <summary>True when module and cable are one piece, bought by length.</summary>
    public bool IsAssembly => Traits.IsAssembly;

    /// <summary>True for an assembly that divides one cage into several, a splitter.</summary>
    public bool DividesCage => TailFormFactors.OrEmpty().Count > 0;

    /// <summary>True for a module without a signal processor (LPO): the host must be able to drive it.</summary>
    [Key("linear", "True for a module without a signal processor (LPO): the host must be able to drive it.")]
    public Figure<bool>? IsLinear { get; init; }

    /// <summary>Medium to rated reach. A product without a reach is shown but never chosen.</summary>
    [Key("reach_m", "Medium to rated reach. A product without a reach is shown but never chosen.", Minimum = 0.01, Maximum = 1e7)]
    public required Figure<IReadOnlyDictionary<Medium, Length>> Reach { get; init; }

    /// <summary>
    /// Medium to the reach over a line with amplifiers, where that is more than <see cref="Reach"/>, which needs none. Shown in the refusal
    /// of a longer link; the line system itself is not designed.
    /// </summary>
    [Key(
        "amplified_reach_m",
        "Medium to the reach over a line with amplifiers, where that is more than reach_m, which needs none.",
        Minimum = 0.01,
        Maximum = 1e7
    )]
    public Figure<IReadOnlyDictionary<Medium, Length>>? AmplifiedReach { get; init; }

    /// <summary>
    /// What one kilometre of fibre loses at its wavelengths, where that is not the plant's figure: modules near 1550 nm lose less.
    /// </summary>
    [Key(
        "attenuation_db_per_km",
        "What one kilometre of fibre loses at its wavelengths, where that is not the plant's figure: modules near 1550 nm lose less.",
        Minimum = 0,
        Maximum = 100
    )]
    public Figure<double>? AttenuationDbPerKm { get; init; }

    /// <summary>Shortest link allowed.</summary>
    [Key("min_reach_m", "Shortest link allowed.", Minimum = 0, Maximum = 1e6)]
    public Figure<Length>? MinReach { get; init; }

    /// <summary>Connectors a module has: 2 for a twin-port module; null for one.</summary>
    [Key("connectors_per_end", "Connectors a module has: 2 for a twin-port module; one unless given.", Minimum = 1, Maximum = 16)]
    public Figure<int>? ConnectorsPerEnd { get; init; }

    /// <summary>Connectors a module has, one unless more are known.</summary>
    public int Connectors => ConnectorsPerEnd?.Value ?? 1;

    /// <summary>Medium to the channel insertion loss allowed, in decibels; missing when not known.</summary>
    [Key("loss_budget_db", "Medium to the channel insertion loss allowed, in decibels.", Minimum = 0, Maximum = 100)]
    public Figure<IReadOnlyDictionary<Medium, double>>? LossBudgetDb { get; init; }

    /// <summary>Typical power of one end (head end of a splitter), or null.</summary>
    [Key("power_w", "Typical power of one end (head end of a splitter).", Minimum = 0, Maximum = 1e8, After = "an end")]
    public Figure<Power>? PowerTypical { get; init; }

    /// <summary>Maximum power of one end (head end of a splitter), or null.</summary>
    [Key("power_max_w", "Maximum power of one end (head end of a splitter).", Minimum = 0, Maximum = 1e8, After = "an end")]
    public Figure<Power>? PowerMaximum { get; init; }

    /// <summary>Maximum power of one tail of a splitter, where it is not the same as the head's.</summary>
    [Key(
        "tail_power_max_w",
        "Maximum power of one tail of a splitter, where it is not the same as the head's.",
        Minimum = 0,
        Maximum = 1e8,
        After = "a tail"
    )]
    public Figure<Power>? TailPowerMaximum { get; init; }

    /// <summary>
    /// Typical power of a module by how it is used, where it turns lanes off: <c>1x200</c> of a 400G module. Missing uses draw
    /// <see cref="PowerTypical"/>.
    /// </summary>
    [Key(
        "mode_power_w",
        "Typical power of one end by how it is used, where idle lanes are turned off: {1x200: 5}.",
        Minimum = 0,
        Maximum = 1e8
    )]
    public Figure<IReadOnlyDictionary<Breakout, Power>>? ModePowerTypical { get; init; }

    /// <summary>Maximum power of a module by how it is used; missing uses draw <see cref="PowerMaximum"/>.</summary>
    [Key("mode_power_max_w", "Maximum power of one end by how it is used: {1x200: 6.5}.", Minimum = 0, Maximum = 1e8)]
    public Figure<IReadOnlyDictionary<Breakout, Power>>? ModePowerMaximum { get; init; }

    /// <summary>What both ends together add to a link's latency beside propagation and the host's FEC, or null.</summary>
    [Key(
        "latency_ns",
        "What both ends together add to a link's latency beside propagation and the host's FEC.",
        Minimum = 0,
        Maximum = 1e12,
        After = "both ends"
    )]
    public Figure<SimTime>? Latency { get; init; }

    /// <summary>Propagation delay of one metre; the value of the medium holds by default.</summary>
    [Key("propagation_ns_per_m", "Propagation delay of one metre; the value of the medium holds by default.", Minimum = 0, Maximum = 1e12)]
    public Figure<SimTime>? PropagationPerMetre { get; init; }

    /// <summary>Forward error correction that it needs, or null.</summary>
    [Key("fec", "Forward error correction that it needs.")]
    public Figure<string>? Fec { get; init; }

    /// <summary>What it carries, where it does not carry anything that its lanes do; null when it does, or nobody says.</summary>
    [Key(
        "protocols",
        "What it carries, where it does not carry anything that its lanes do; by default Ethernet for a coherent module and a "
            + "twisted pair, which carry Ethernet's frames and not only its lanes.",
        OneOrMany = true
    )]
    public Figure<IReadOnlyList<Protocol>>? Protocols { get; init; }

    /// <summary>How the module or assembly can be divided, itself included (1x800). Never empty for a usable product.</summary>
    [Key(
        "breakouts",
        "How the module or assembly can be divided, itself included (1x800). Never empty for a usable " + "product.",
        OneOrMany = true
    )]
    public required Figure<IReadOnlyList<Breakout>> Breakouts { get; init; }

    /// <summary>
    /// The maker's part numbers of what is sold under several: of a splitting assembly by division and tail (<c>2x400 qsfp112</c>), of a
    /// module or straight assembly by its plug (<c>qsfp112</c>, <c>osfp-flat</c>); null when not known.
    /// </summary>
    [Key(
        "parts",
        "The maker's part numbers of what is sold under several: of a splitting assembly by division and tail, as "
            + "2x400 qsfp112; of a module or straight assembly by its plug, as qsfp112 or osfp-flat."
    )]
    public Figure<IReadOnlyDictionary<string, string>>? Parts { get; init; }

    /// <summary>
    /// Which class of the article's distance table it belongs to (<c>passive-dac</c>, <c>active-dac</c>, <c>aoc-or-sr8</c>, <c>dr8</c>,
    /// <c>2xdr4-or-2fr4</c>, <c>lr8</c>); none when the article names none.
    /// </summary>
    [Key(
        "article_class",
        "Which class of the article's distance table it belongs to (passive-dac, active-dac, aoc-or-sr8, dr8, "
            + "2xdr4-or-2fr4, lr8); none when the article names none."
    )]
    public string? ArticleClass { get; init; }

    /// <summary>Mean hours between failures of one end, or null.</summary>
    [Key("mtbf_h", "Mean hours between failures of one end.", Minimum = 1, Maximum = 1e12)]
    public Figure<double>? MtbfHours { get; init; }

    /// <inheritdoc/>
    public override ChosenPrice? BestPrice(Length? length = null) => base.BestPrice(IsAssembly ? length : null);

    /// <summary>How its lanes share its fibres (<see cref="InterconnectTraits.OpticsOf"/>).</summary>
    public Optics Optics => Traits.OpticsOf(LineLane);

    /// <summary>The rate of one lane of the line, or null where it is not given.</summary>
    public DataRate? LineLane => LaneRate?.Value ?? (Lanes is { Value: > 0 and var lanes } ? Rate.Value / lanes : null);

    private Figure<string> UsualConnector(int lanes)
    {
        string usual = Hardware.Connectors.Usual(Optics, lanes);
        return Figures.Assume(usual, $"Not given: usual for {Kind.ToWord()} modules of {lanes} lane{(lanes == 1 ? "" : "s")}.");
    }

    internal override CatalogueItem Complete(EntryContext context)
    {
        if (Rate is null)
        {
            return this;
        }

        Check(context);
        Figure<int>? lanes = Lanes;
        if (context.UserDefined && lanes is null && LaneRate is null)
        {
            double usual = Rate.Value.Gbps >= 1600 ? 200 : 100;
            lanes = Figures.Assume(
                Math.Max(1, (int)Math.Round(Rate.Value.Gbps / usual)),
                FormattableString.Invariant($"Not given: lanes of {usual} Gb/s, usual for that rate.")
            );
        }

        Figure<DataRate>? laneRate = LaneRate ?? lanes?.To(n => Rate.Value / n);
        if (Family is null && !context.UserDefined)
        {
            context.Error(CatalogueProblem.Missing, "family is missing; add it", context.Map.Mark);
        }

        context.DemandWord("connector", Connector?.Value, Hardware.Connectors.Known);
        bool isWhole = Breakouts is not { Value.Count: > 0 } && context.UserDefined;
        return ((InterconnectModel)base.Complete(context)) with
        {
            Protocols =
                Protocols is { Value.Count: > 0 } ? Protocols
                : Traits.Protocols is { } own ? Figures.Assume(own, "Not given: its line carries Ethernet's frames.")
                : null,
            Lanes = lanes,
            LaneRate = laneRate,
            Family = Family ?? Traits.FamilyOf((laneRate ?? Rate).Value),
            ArticleClass = ArticleClass ?? (context.UserDefined ? Traits.ArticleClass : null),
            FormFactors = FormFactors ?? context.Follow<IReadOnlyList<FormFactor>>("form_factors", []),
            Reach = Reach ?? context.Follow("reach_m", ((Figure<IReadOnlyDictionary<Medium, Length>>?)null).OrEmpty()),
            Connector = MpoPolish.OfModule(
                Connector
                    ?? (IsAssembly ? context.Follow("kind", "integral") : null)
                    ?? (context.UserDefined ? UsualConnector(lanes?.Value ?? 1) : null),
                [.. Reach.OrEmpty().Keys],
                lanes?.Value,
                laneRate?.Value
            ),
            Breakouts = isWhole
                ? Figures.Assume<IReadOnlyList<Breakout>>([new Breakout(1, Rate.Value)], "Not given: not divided.")
                : Breakouts ?? context.Follow<IReadOnlyList<Breakout>>("breakouts", []),
        };
    }

    private void Check(EntryContext context)
    {
        context.DemandDistinct("form_factors", FormFactors?.Value, FormFactorWords.ToWord);
        context.DemandDistinct("tail_form_factors", TailFormFactors?.Value, FormFactorWords.ToWord);
        context.DemandDistinct("thermal", ThermalTypes?.Value, ThermalTypeWords.ToWord);
        context.DemandDistinct("breakouts", Breakouts?.Value, static b => b.ToString());
        context.DemandAscending("lengths_m", CatalogueLengths?.Value);
        foreach (Medium medium in Reach.OrEmpty().Keys.Where(m => !Traits.Media.Contains(m)))
        {
            context.Contradiction(
                $"{Kind.ToWord()} runs over {string.Join(", ", Traits.Media.Select(MediumWords.ToWord))}, not over {medium.ToWord()}; "
                    + "correct kind or reach_m",
                "reach_m"
            );
        }

        foreach (string plug in Prices.Select(p => p.Plug).OfType<string>())
        {
            string form =
                plug.EndsWith("-fin", StringComparison.Ordinal) || plug.EndsWith("-flat", StringComparison.Ordinal)
                    ? plug[..plug.LastIndexOf('-')]
                    : plug;
            if (!FormFactors.OrEmpty().Concat(TailFormFactors.OrEmpty()).Any(f => f.ToWord() == form))
            {
                context.Contradiction($"it is not sold as {plug}; correct plug of the price or form_factors", "prices_usd");
            }
        }

        foreach (Breakout breakout in Breakouts.OrEmpty())
        {
            if (breakout.Rate * breakout.Ways > Rate.Value)
            {
                context.Contradiction($"{breakout} is more than its {Rate}; correct the breakout or rate_gbps", "breakouts");
            }
        }
    }

    /// <summary>By the id alone: it tells entries apart, and hashing every figure of one would take longer than looking it up.</summary>
    public override int GetHashCode() => string.GetHashCode(Id, StringComparison.Ordinal);
}
