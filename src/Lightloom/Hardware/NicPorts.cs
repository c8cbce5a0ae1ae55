using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>The network ports of a node on one of its networks, and the cages they come out of.</summary>
public sealed record NicPorts
{
    /// <summary>How many NIC ports (backend: one a rail), at least 1: a section with 0 stands for no ports, and none is read from it.</summary>
    [Key(
        "nics",
        "How many NIC ports (backend: one a rail); 0 for no such ports.",
        Required = true,
        Minimum = 0,
        Maximum = 1000000,
        After = "ports"
    )]
    public required Figure<int> Nics { get; init; }

    /// <summary>The rate of one NIC port.</summary>
    [Key("rate_gbps", "The rate of one NIC port.", Required = true, Minimum = 0.001, Maximum = 100_000)]
    public required Figure<DataRate> Rate { get; init; }

    /// <summary>
    /// How many cages the NICs have together: a DGX H100 brings 8 ports out of 4 twin-port OSFP, eight NICs with two cages each have 16. Equal
    /// to <see cref="Nics"/> by default; one of the two is a multiple of the other.
    /// </summary>
    [Key(
        "cages",
        "How many cages the NICs have together: a DGX H100 brings 8 ports out of 4 twin-port OSFP, eight dual-port NICs have 16. By default "
            + "as their NIC says, else equal to nics; one of the two is a multiple of the other. A NIC's rate is that of all its cages.",
        Minimum = 1,
        Maximum = 1000000
    )]
    public required Figure<int> Cages { get; init; }

    /// <summary>Mechanical form of a cage.</summary>
    [Key("form_factor", "Mechanical form of a cage.")]
    public required Figure<FormFactor> FormFactor { get; init; }

    /// <summary>Forms of plug that go in, where the maker says; by default what the agreements on the form allow.</summary>
    [Key(
        "takes",
        "Forms of plug that go in, where the maker says; by default what their NIC says, else what the agreements on the form allow.",
        OneOrMany = true
    )]
    public Figure<IReadOnlyList<FormFactor>>? Takes { get; init; }

    /// <summary>Electrical lanes of one NIC port (8 for 800G at 100G a lane, 4 for 400G).</summary>
    [Key("lanes", "Electrical lanes of one NIC port (8 for 800G at 100G a lane, 4 for 400G).", Minimum = 1, Maximum = 64, After = "a port")]
    public required Figure<int> LanesPerNic { get; init; }

    /// <summary>
    /// Every count of lanes that one port can run on, the usual one (<see cref="LanesPerNic"/>) first: a ConnectX-8 runs 800G on eight
    /// lanes of 100G or four of 200G. Empty when there is only the usual one.
    /// </summary>
    [Key(
        "lane_options",
        "Every count of lanes that one port can run on, the usual one (LanesPerNic) first: a ConnectX-8 runs "
            + "800G on eight lanes of 100G or four of 200G. Empty when there is only the usual one.",
        Minimum = 1,
        Maximum = 64,
        OneOrMany = true
    )]
    public Figure<IReadOnlyList<int>>? LaneOptions { get; init; }

    /// <summary>Thermal variant that the cage takes; hosts take flat-top.</summary>
    [Key("thermal", "Thermal variant that the cage takes; hosts take flat-top.")]
    public ThermalType Thermal { get; init; } = ThermalType.Rhs;

    /// <summary>The NIC's catalogue id, or null.</summary>
    [Key("nic", "The NIC's catalogue id.")]
    public string? NicModel { get; init; }

    /// <summary>What the ports speak, where that is not all that their NIC can run; null for what the NIC says.</summary>
    [Key("protocols", "What the ports speak; by default what their NIC says.", OneOrMany = true)]
    public Figure<IReadOnlyList<Protocol>>? Protocols { get; init; }

    /// <summary>True when the ports drive modules without a signal processor (LPO); null when nobody says so.</summary>
    [Key("linear", "True when the ports drive modules without a signal processor (LPO); by default what their NIC says.")]
    public Figure<bool>? DrivesLinear { get; init; }

    /// <summary>Into how many planes one NIC port can be divided at most: by lanes unless the NIC says less. At least 1.</summary>
    [Key(
        "max_planes",
        "Into how many planes one NIC port can be divided at most: by lanes unless the NIC says less. At " + "least 1.",
        Minimum = 1,
        Maximum = 64
    )]
    public required Figure<int> MaxPlanes { get; init; }

    /// <summary>False when the NIC has no single port of the full rate (a ConnectX-8 runs 800G Ethernet as 2x400GbE only).</summary>
    [Key("single_port", "False when the NIC has no single port of the full rate (a ConnectX-8 runs 800G Ethernet as 2x400GbE only).")]
    public Figure<bool>? SinglePortAllowed { get; init; }

    /// <summary>What the maker prints beside each cage, cage by cage; null where that is not known.</summary>
    [Key("cage_names", "What the maker prints beside each cage, cage by cage.", OneOrMany = true)]
    public Figure<IReadOnlyList<string>>? CageNames { get; init; }

    /// <summary>What the maker calls each NIC port, port by port; null where that is not known.</summary>
    [Key("port_names", "What the maker calls each NIC port, port by port.", OneOrMany = true)]
    public Figure<IReadOnlyList<string>>? PortNames { get; init; }

    /// <summary>The XPU that each NIC port serves, port by port, from 0; null where that is not known.</summary>
    [Key("port_xpus", "The XPU that each NIC port serves, port by port, from 0.", Minimum = 0, Maximum = 100000, OneOrMany = true)]
    public Figure<IReadOnlyList<int>>? PortXpus { get; init; }

    /// <summary>NICs that share one cage; 1 where a NIC has one or several of its own.</summary>
    public int NicsPerCage => Math.Max(1, Nics.Value / Cages.Value);

    /// <summary>Cages of one NIC; 1 where NICs share cages.</summary>
    public int CagesPerNic => Math.Max(1, Cages.Value / Nics.Value);

    /// <summary>The rate of one lane.</summary>
    public DataRate LaneRate => Rate.Value / LanesPerNic.Value;

    /// <summary>True when a port can run on lanes of <paramref name="rate"/>.</summary>
    public bool SupportsLaneRate(DataRate rate)
    {
        DataRate port = Rate.Value;
        return LaneRate == rate || LaneOptions.OrEmpty().Any(lanes => port / lanes == rate);
    }

    /// <summary>
    /// The ports with lanes of <paramref name="rate"/> among those that they can run on, as a file writes it under <c>lane_options</c>; null
    /// where their rate is no multiple of it, their cages have no contacts for so many, or they run on it already.
    /// </summary>
    /// <param name="rate">Rate of a lane.</param>
    internal NicPorts? AlsoOn(DataRate rate)
    {
        if (rate <= DataRate.Zero || Rate.Value.BitsPerSecond % rate.BitsPerSecond != 0 || SupportsLaneRate(rate))
        {
            return null;
        }

        int lanes = Rate.Value.DividedBy(rate);
        return HasContactsFor(lanes, Cages.Value)
            ? this with
            {
                LaneOptions = Figures.Assume<IReadOnlyList<int>>(
                    [LanesPerNic.Value, .. LaneOptions.OrEmpty().Append(lanes).Where(n => n != LanesPerNic.Value).Distinct()],
                    "To be asked of the maker of the NIC."
                ),
                LanesOfCard = false,
            }
            : null;
    }

    /// <summary>All lanes of one cage together.</summary>
    public DataRate CageRate => Rate.Value * NicsPerCage / CagesPerNic;

    // What the ports' own entry leaves to their card, so that a card that is replaced later still counts.
    private bool TakesOfCard { get; init; }

    private bool LinearOfCard { get; init; }

    private bool CagesOfCard { get; init; }

    private bool LanesOfCard { get; init; }

    /// <summary>The ports with what their card says where their own entry says nothing.</summary>
    /// <param name="card">The NIC that they name, or null.</param>
    internal NicPorts On(NicModel? card)
    {
        bool takes = TakesOfCard || Takes is not { Value.Count: > 0 };
        bool linear = LinearOfCard || DrivesLinear is null;
        int perNic = CagesOfCard || (Cages.IsAssumed && Cages.Value == Nics.Value) ? card?.CagesFor(Rate.Value) ?? 1 : 0;
        bool lanes = LanesOfCard || LaneOptions is not { Value.Count: > 0 };
        bool several = perNic > 1 && (lanes ? [] : LaneOptions.OrEmpty()).Append(LanesPerNic.Value).All(n => n % perNic == 0);
        Figure<int> cages =
            several ? Figures.Assume(Nics.Value * perNic, $"Not given: {card!.Id} has {perNic} cages.")
            : CagesOfCard ? Figures.Assume(Nics.Value, "Not given: one cage a NIC port.")
            : Cages;
        return this with
        {
            Cages = cages,
            CagesOfCard = several,
            LaneOptions = lanes ? LaneOptionsOn(card, cages.Value) : LaneOptions,
            LanesOfCard = lanes,
            Takes = takes ? card?.Takes : Takes,
            TakesOfCard = takes,
            DrivesLinear = linear ? card?.DrivesLinear : DrivesLinear,
            LinearOfCard = linear,
        };
    }

    /// <summary>
    /// The counts of lanes that a port can run on, the usual one first: those of its card's lane rates that its cage has contacts for. Null
    /// where the usual count is the only one, and where no card says: that a port runs on slower lanes is for a maker to say.
    /// </summary>
    private Figure<IReadOnlyList<int>>? LaneOptionsOn(NicModel? card, int cages)
    {
        if (card?.LaneRates is not { Value.Count: > 0 } said)
        {
            return null;
        }

        int most = card.MostLanes?.Value ?? int.MaxValue;
        int[] counts =
        [
            .. said
                .Value.Where(r => Rate.Value.BitsPerSecond % r.BitsPerSecond == 0)
                .Select(r => Rate.Value.DividedBy(r))
                .Where(n => n <= most && HasContactsFor(n, cages))
                .Prepend(LanesPerNic.Value)
                .Distinct(),
        ];
        return counts.Length > 1 ? said.To<IReadOnlyList<int>>(_ => counts) : null;
    }

    // True where so many cages have contacts for all NICs on so many lanes each, and as many in every cage.
    private bool HasContactsFor(int lanes, int cages)
    {
        long all = (long)lanes * Nics.Value;
        return all <= (long)CageDefaults.ContactsOf(FormFactor.Value) * cages && all % cages == 0;
    }

    /// <summary>Fills in what is usual where the file does not say, and checks that the values go together.</summary>
    /// <param name="path">The key of the ports: <c>backend</c>.</param>
    /// <param name="context">The entry.</param>
    /// <param name="alike">Trays that bring them, all printed alike: names may be listed for one.</param>
    internal NicPorts? Complete(string path, EntryContext context, int alike = 1)
    {
        if (Nics is null or { Value: 0 } || Rate is null)
        {
            return null;
        }

        Figure<int> cages = Cages ?? Figures.Assume(Nics.Value, "Not given: one cage a NIC port.");
        if (Nics.Value % cages.Value != 0 && cages.Value % Nics.Value != 0)
        {
            int nearest = NearestCages(Nics.Value, cages.Value);
            context.Contradiction($"{path}: {Nics} nics and {cages} cages do not divide evenly; {nearest} do", path + ".cages");
        }

        if (alike > 1 && Nics.Value % alike == 0 && cages.Value % alike == 0)
        {
            return (
                this with
                {
                    CageNames = Repeated(CageNames, cages.Value, alike),
                    PortNames = Repeated(PortNames, Nics.Value, alike),
                }
            ).Complete(path, context);
        }

        int perNic = Math.Max(1, cages.Value / Nics.Value);

        CheckNames(path, nics: Nics.Value, cages.Value, context);
        Figure<FormFactor> form = FormFactor ?? CageDefaults.FormOf(Rate.Value * Math.Max(1, Nics.Value / cages.Value) / perNic);
        Figure<int> lanes =
            LanesPerNic
            ?? (
                perNic == 1
                    ? CageDefaults.LanesOf(Rate.Value, form.Value)
                    : CageDefaults.LanesOf(Rate.Value / perNic, form.Value).To(n => n * perNic)
            );
        CageDefaults.DemandWholeLanes(Rate.Value, lanes.Value, path + ".lanes", context);
        if (LaneOptions.OrEmpty().Append(lanes.Value).FirstOrDefault(n => n % perNic != 0) is > 0 and var uneven)
        {
            context.Contradiction(
                $"{path}: {uneven} lanes of a NIC do not divide over its {perNic} cages; {Math.Max(1, uneven / perNic) * perNic} do",
                path + ".lanes"
            );
        }

        bool hot = form.Value is Lightloom.Hardware.FormFactor.Osfp or Lightloom.Hardware.FormFactor.Osfp224;
        return this with
        {
            Cages = cages,
            FormFactor = form,
            LanesPerNic = lanes,
            Protocols = Protocols is { Value.Count: > 0 } ? Protocols : null,
            LaneOptions = LaneOptions is { Value.Count: > 0 } ? LaneOptions : null,
            Thermal =
                context.IsGiven(path + ".thermal") ? Thermal
                : hot ? ThermalType.Rhs
                : ThermalType.Any,
            MaxPlanes = MaxPlanes ?? Figures.Assume(lanes.Value, "Not given: a plane a lane."),
        };
    }

    private static Figure<IReadOnlyList<string>>? Repeated(Figure<IReadOnlyList<string>>? names, int count, int alike) =>
        names is { } of && of.Value.Count == count / alike
            ? new(Enumerable.Repeat(of.Value, alike).SelectMany(n => n).ToArray(), of.Origin)
            : names;

    // The count of cages nearest to one that does not go with so many NICs.
    private static int NearestCages(int nics, int cages)
    {
        int more = Math.Max(1, (int)Math.Round((double)cages / nics)) * nics;
        int fewer = Enumerable.Range(1, nics).Where(n => nics % n == 0).MinBy(n => Math.Abs(n - cages));
        return Math.Abs(fewer - cages) <= Math.Abs(more - cages) ? fewer : more;
    }

    private void CheckNames(string path, int nics, int cages, EntryContext context)
    {
        Check("cage_names", CageNames?.Value.Count, cages, "cages");
        Check("port_names", PortNames?.Value.Count, nics, "nics");
        Check("port_xpus", PortXpus?.Value.Count, nics, "nics");

        foreach (string name in (CageNames?.Value ?? []).Concat(PortNames?.Value ?? []))
        {
            if (
                name.Length is 0 or > 32
                || !char.IsAsciiLetterOrDigit(name[0])
                || !name.All(c => char.IsAsciiLetterOrDigit(c) || " ./:_-".Contains(c))
            )
            {
                context.Contradiction(
                    $"{path}: a port cannot be called '{Lightloom.Yaml.Excerpt.Of(name)}'; write at most 32 letters, digits, blanks and ./:_-",
                    path + ".port_names"
                );
            }
        }

        void Check(string key, int? listed, int count, string of)
        {
            if (listed is { } n && n != count)
            {
                context.Contradiction($"{path}: {key} lists {n}, there are {count} {of}; list one for each", path + "." + key);
            }
        }
    }
}
