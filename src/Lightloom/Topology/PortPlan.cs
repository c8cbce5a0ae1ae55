using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>How one switch's faceplate is divided between downlinks and uplinks, cage by cage.</summary>
/// <remarks>
/// Immutable. Ports are numbered from 0 in the order of their cages; a port's cage is <c>Cages[port / Ways]</c> and its leg <c>port %
/// Ways</c>.
/// </remarks>
internal sealed class PortPlan
{
    /// <summary>The switch.</summary>
    public required SwitchModel Switch { get; init; }

    /// <summary>How downlink cages are divided.</summary>
    public required Breakout Down { get; init; }

    /// <summary>Downlink cage numbers, in port order.</summary>
    public required int[] DownCages { get; init; }

    /// <summary>Downlink ports that may be used: all legs of all downlink cages but those that stay free.</summary>
    public int DownPorts => (DownCages.Length * Down.Ways) - Free;

    /// <summary>Downlink ports that stay free: the last ones.</summary>
    public int Free { get; init; }

    /// <summary>The block of the downlink cages.</summary>
    public required CageBlock DownBlock { get; init; }

    /// <summary>Rate at which the lanes of the downlink cages run, where that is slower than their own; null for their own.</summary>
    public DataRate? SlowerLane { get; init; }

    /// <summary>Rate at which the lanes of the downlink cages run.</summary>
    public DataRate DownLane => SlowerLane ?? DownBlock.LaneRate;

    /// <summary>How uplink cages are divided; meaningless when there are none.</summary>
    public Breakout Up { get; init; }

    /// <summary>Uplink cage numbers, in port order; empty for a top tier.</summary>
    public int[] UpCages { get; init; } = [];

    /// <summary>Uplink ports of a fully used switch; the last cage may be part used.</summary>
    public int UpPorts { get; init; }

    /// <summary>The block of the uplink cages.</summary>
    public CageBlock? UpBlock { get; init; }

    /// <summary>
    /// Further downlink cages of the same leaf, for hosts of other rates or lanes that share it: a division for each, with no ports that stay free.
    /// </summary>
    public IReadOnlyList<PortPlan> Also { get; init; } = [];

    /// <summary>This division, then those of <see cref="Also"/>.</summary>
    public IEnumerable<PortPlan> Downlinks => Also.Prepend(this);

    /// <summary>The division of a share of this leaf.</summary>
    public PortPlan Of(LeafShare share) => share.Division == 0 ? this : Also[share.Division - 1];

    /// <summary>The same leaf with these downlink cages, and others for hosts of other rates.</summary>
    public PortPlan With(int[] downCages, IReadOnlyList<PortPlan> also) => Copy(downCages, Free, also);

    /// <summary>The same division of these downlink cages alone.</summary>
    public PortPlan OnCages(int[] downCages) => Copy(downCages, free: 0, []);

    private PortPlan Copy(int[] downCages, int free, IReadOnlyList<PortPlan> also) =>
        new()
        {
            Switch = Switch,
            Down = Down,
            DownCages = downCages,
            DownBlock = DownBlock,
            SlowerLane = SlowerLane,
            Up = Up,
            UpCages = UpCages,
            UpPorts = UpPorts,
            UpBlock = UpBlock,
            Free = free,
            Outward = Outward,
            Also = also,
        };

    /// <summary>Ports that go to no other tier, in the order in which they are held.</summary>
    public IReadOnlyList<OutwardPorts> Outward { get; init; } = [];

    /// <summary>Cage use of ports that go to no other tier.</summary>
    /// <param name="outward">One of <see cref="Outward"/>.</param>
    public CageUse UseOf(OutwardPorts outward) => UseOf(Switch, outward.Block, outward.Division, outward.Block.LaneRate);

    /// <summary>Cage use at the downlink end.</summary>
    public CageUse DownUse => UseOf(Switch, DownBlock, Down, DownLane);

    /// <summary>Cage use at the uplink end.</summary>
    public CageUse UpUse => UseOf(Switch, UpBlock!, Up, UpBlock!.LaneRate);

    /// <summary>How a cage of a switch is used.</summary>
    /// <param name="model">The switch.</param>
    /// <param name="block">The cage's block.</param>
    /// <param name="breakout">How it is divided.</param>
    /// <param name="lane">Rate at which its lanes run.</param>
    public static CageUse UseOf(SwitchModel model, CageBlock block, Breakout breakout, DataRate lane) =>
        new(
            block.FormFactor.Value,
            block.Thermal == ThermalType.Any ? (model.LiquidCooled is { Value: true } ? ThermalType.Rhs : ThermalType.Ihs) : block.Thermal,
            lane == block.LaneRate ? block.CageRate.Value : lane * block.Lanes.Value,
            block.Lanes.Value,
            breakout
        )
        {
            Plugs = PlugForms.Of(block.Takes.OrEmpty()),
            LaneRates = LaneRateSet.Of(block.LaneRates.OrEmpty()),
        };

    /// <summary>All data cages downwards: a top tier, or a single leaf.</summary>
    /// <param name="model">The switch.</param>
    /// <param name="rate">Rate of a downlink.</param>
    /// <param name="purpose">What the cages must be for.</param>
    /// <param name="held">What may not be used.</param>
    /// <param name="why">Why there is no such port.</param>
    /// <param name="lane">Rate at which the lanes of the cages are to run; null for their own.</param>
    public static PortPlan? AllDown(
        SwitchModel model,
        DataRate rate,
        PortPurpose purpose,
        HeldPorts held,
        out string why,
        DataRate? lane = null
    )
    {
        why = NoPorts(model, rate, lane);
        if (OutwardPorts.Of(model, held, out string reason) is not { } outward)
        {
            why = reason;
            return null;
        }

        PortPlan? best = null;
        foreach (CageBlock block in model.Cages)
        {
            if (block.Purpose != purpose || !TryBreakout(block, rate, lane, out Breakout breakout))
            {
                continue;
            }

            List<int> cages = [];
            (PortBudget budget, HashSet<int> taken) = Beside(model, outward);
            for (int i = 0; i < block.Count.Value; i++)
            {
                int number = block.FirstNumber + i;
                if (
                    !taken.Contains(number)
                    && block.Allows(number, breakout, lane ?? block.LaneRate)
                    && budget.TryTake(number, breakout.Ways)
                )
                {
                    cages.Add(number);
                }
            }

            int ports = cages.Count * breakout.Ways;
            if (ports > 0 && ports <= held.Free)
            {
                why = TooFewBeside(model, ports, rate, held);
            }
            else if (ports - held.Free > (best?.DownPorts ?? 0))
            {
                best = new()
                {
                    Switch = model,
                    Down = breakout,
                    DownCages = [.. cages],
                    DownBlock = block,
                    Free = held.Free,
                    Outward = outward,
                    SlowerLane = Slower(block, lane),
                };
            }
        }

        return best;
    }

    /// <summary>
    /// Cages of their own for downlinks of several rates or lanes (null: the cages' own), as many as are wanted of each; null when the switch has
    /// not that many. Ports that stay free are of the first rate.
    /// </summary>
    public static IReadOnlyList<PortPlan>? Share(
        SwitchModel model,
        IReadOnlyList<(DataRate Rate, DataRate? Lane, int Ports)> wanted,
        HeldPorts held,
        out string why
    )
    {
        if (OutwardPorts.Of(model, held, out why) is not { } outward)
        {
            return null;
        }

        (PortBudget budget, HashSet<int> taken) = Beside(model, outward);
        List<PortPlan> shares = [];
        foreach ((DataRate rate, DataRate? lane, int used) in wanted)
        {
            int free = shares.Count == 0 ? held.Free : 0;
            int ports = used + free;
            PortPlan? share = null;
            foreach (CageBlock block in model.Cages.Where(b => b.Purpose == PortPurpose.Network))
            {
                if (share is null && TryBreakout(block, rate, lane, out Breakout breakout))
                {
                    // A block that turns out too small gives back nothing; such switches are refused rather than searched.
                    int count = Ceil(ports, breakout.Ways);
                    int[] cages = Take(block, breakout, lane ?? block.LaneRate, count, oddFirst: false, budget, taken);
                    share =
                        cages.Length < count
                            ? null
                            : new()
                            {
                                Switch = model,
                                Down = breakout,
                                DownCages = cages,
                                DownBlock = block,
                                Free = free,
                                Outward = outward,
                                SlowerLane = Slower(block, lane),
                            };
                }
            }

            if (share is null)
            {
                why = $"{model.Id} has no {ports} ports of {rate} beside the others";
                return null;
            }

            shares.Add(share);
        }

        return shares;
    }

    /// <summary>
    /// Divides the cages so that downlink capacity over uplink capacity is at most <paramref name="oversubscription"/> when every wired
    /// downlink is used.
    /// </summary>
    /// <param name="model">The switch.</param>
    /// <param name="downRate">Rate of a downlink.</param>
    /// <param name="up">How uplink cages are to be divided.</param>
    /// <param name="oversubscription">Downlink over uplink capacity allowed.</param>
    /// <param name="wantedDownPorts">Downlinks that a whole unit needs, or 0 for as many as fit.</param>
    /// <param name="downPurpose">What the downlink cages must be for.</param>
    /// <param name="upPurpose">What the uplink cages must be for.</param>
    /// <param name="held">What may not be used. Uplinks match the ports that stay free too: they are kept to be used one day.</param>
    /// <param name="lane">Rate at which the lanes of the downlink cages are to run; null for their own.</param>
    /// <param name="why">Why there is no such division.</param>
    /// <param name="multiple">What the number of uplinks is to be a multiple of.</param>
    public static PortPlan? Divide(
        SwitchModel model,
        DataRate downRate,
        Breakout up,
        double oversubscription,
        int wantedDownPorts,
        PortPurpose downPurpose,
        PortPurpose upPurpose,
        HeldPorts held,
        DataRate? lane,
        out string why,
        int multiple = 1
    )
    {
        why = NoPorts(model, downRate, lane);
        if (OutwardPorts.Of(model, held, out string tooFew) is not { } outward)
        {
            why = tooFew;
            return null;
        }

        PortPlan? best = null;
        foreach (CageBlock downBlock in model.Cages)
        {
            if (downBlock.Purpose != downPurpose || !TryBreakout(downBlock, downRate, lane, out Breakout down))
            {
                continue;
            }

            foreach (CageBlock upBlock in model.Cages)
            {
                if (upBlock.Purpose != upPurpose || !upBlock.Breakouts.OrEmpty().Contains(up))
                {
                    continue;
                }

                DownSide downs = new(downBlock, down, Slower(downBlock, lane));
                PortPlan? plan = DivideBlocks(
                    model,
                    downs,
                    upBlock,
                    up,
                    oversubscription,
                    wantedDownPorts,
                    held,
                    outward,
                    multiple,
                    out string reason
                );
                if (plan is null)
                {
                    why = reason;
                }
                else if (
                    best is null
                    || plan.DownPorts > best.DownPorts
                    || (plan.DownPorts == best.DownPorts && plan.UpPorts > best.UpPorts)
                )
                {
                    best = plan;
                }
            }
        }

        return best;
    }

    /// <summary>The breakout of a block that gives ports of exactly <paramref name="rate"/>, the most ways first.</summary>
    /// <param name="block">The block.</param>
    /// <param name="rate">Rate of a port.</param>
    /// <param name="lane">Rate at which the lanes of its cages are to run; null for their own.</param>
    /// <param name="breakout">The breakout.</param>
    public static bool TryBreakout(CageBlock block, DataRate rate, DataRate? lane, out Breakout breakout) =>
        block.TryDivide(rate, lane ?? block.LaneRate, out breakout);

    private static string NoPorts(SwitchModel model, DataRate rate, DataRate? lane) =>
        $"{model.Id} has no cage that runs ports of {rate}{(lane is { } slow ? $" on lanes of {slow}" : "")}";

    private static DataRate? Slower(CageBlock block, DataRate? lane) => lane == block.LaneRate ? null : lane;

    /// <summary>Cages for downlinks: their block, how each is divided, and the rate of its lanes where that is not their own.</summary>
    private readonly record struct DownSide(CageBlock Block, Breakout Division, DataRate? SlowerLane)
    {
        public DataRate Lane => SlowerLane ?? Block.LaneRate;
    }

    private static PortPlan? DivideBlocks(
        SwitchModel model,
        DownSide downs,
        CageBlock upBlock,
        Breakout up,
        double oversubscription,
        int wanted,
        HeldPorts held,
        IReadOnlyList<OutwardPorts> outward,
        int multiple,
        out string why
    )
    {
        (CageBlock downBlock, Breakout down, _) = downs;
        bool shared = ReferenceEquals(downBlock, upBlock);
        int outwardUp = outward.Where(o => ReferenceEquals(o.Block, upBlock)).Sum(o => o.Cages.Length);
        int cagesUp = upBlock.Count.Value - outwardUp;
        int allowedDown = 0;
        for (int i = 0; i < downBlock.Count.Value; i++)
        {
            int number = downBlock.FirstNumber + i;
            allowedDown += downBlock.Allows(number, down, downs.Lane) && !Holds(outward, number) ? 1 : 0;
        }

        int asked = wanted > 0 ? wanted + held.Free : 0;
        int most = asked > 0 ? Math.Min(allowedDown, Ceil(asked, down.Ways)) : allowedDown;

        // A cell fabric's uplinks are what the box has: its designer fixed the speed-up.
        bool fixedUplinks = upBlock.Purpose == PortPurpose.Fabric;
        for (int cages = most; cages * down.Ways > held.Free; cages--)
        {
            int ports = asked > 0 ? Math.Min(asked, cages * down.Ways) : cages * down.Ways;
            int upPorts = fixedUplinks
                ? cagesUp * up.Ways
                : Ceil((int)Math.Ceiling((ports * down.Rate.Gbps / (oversubscription * up.Rate.Gbps)) - 1e-9), multiple) * multiple;
            int upCages = Ceil(upPorts, up.Ways);
            int spare = (shared ? cagesUp - cages : cagesUp) - upCages;
            if (!fixedUplinks && multiple == 1 && wanted == 0 && upPorts > 4 && Ceil(Ceil(upPorts, 4) * 4, up.Ways) - upCages <= spare)
            {
                // A software profile can leave cages over (4x200 on odd cages only). Eleven uplinks divide over no few spines; twelve do,
                // and cost nothing more.
                upPorts = Ceil(upPorts, 4) * 4;
                upCages = Ceil(upPorts, up.Ways);
            }

            if (upCages > (shared ? cagesUp - cages : cagesUp))
            {
                continue;
            }

            if (
                TryAllocate(model, outward, downs, cages, upBlock, up, upCages, oddFirst: false, out int[] downCages, out int[] upNumbers)
                || TryAllocate(model, outward, downs, cages, upBlock, up, upCages, oddFirst: true, out downCages, out upNumbers)
            )
            {
                why = "";
                return new()
                {
                    Switch = model,
                    Down = down,
                    DownCages = downCages,
                    DownBlock = downBlock,
                    SlowerLane = downs.SlowerLane,
                    Up = up,
                    UpCages = upNumbers,
                    UpPorts = upPorts,
                    UpBlock = upBlock,
                    Free = held.Free,
                    Outward = outward,
                };
            }
        }

        // A box that carries some of these ports without the reserve is refused for it alone.
        if (
            held.Free > 0
            && DivideBlocks(model, downs, upBlock, up, oversubscription, wanted: 0, HeldPorts.None, outward, multiple, out _) is { } whole
        )
        {
            why = TooFewBeside(model, whole.DownPorts, down.Rate, held);
            return null;
        }

        why =
            $"{model.Id} cannot carry {down} down and {up} up within its limits of logical ports"
            + (
                model.MaxLogicalPorts is { } max
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $" ({max} in all"
                            + $"{(
                                model.MaxLogicalPortsPerGroup?.Value > 0
                                    ? $", {model.MaxLogicalPortsPerGroup} per {model.CagesPerPortGroup} cages"
                                    : ""
                            )})"
                    )
                    : ""
            );
        return null;
    }

    private static bool Holds(IReadOnlyList<OutwardPorts> outward, int cage) => outward.Any(o => o.Cages.Contains(cage));

    /// <summary>What a switch has left beside the ports that go to no other tier.</summary>
    public static (PortBudget Budget, HashSet<int> Taken) Beside(SwitchModel model, IReadOnlyList<OutwardPorts> outward)
    {
        PortBudget budget = new(model);
        HashSet<int> taken = [];
        foreach (OutwardPorts ports in outward)
        {
            foreach (int cage in ports.Cages)
            {
                budget.TryTake(cage, ports.Division.Ways);
                taken.Add(cage);
            }
        }

        return (budget, taken);
    }

    private static string TooFewBeside(SwitchModel model, int ports, DataRate rate, HeldPorts held) =>
        $"the reserve does not fit: {model.Id} has {Counted.Of(ports, "port")} of {rate} beside its uplinks, and "
        + $"{held.Free} are to stay free (reserve)";

    private static bool TryAllocate(
        SwitchModel model,
        IReadOnlyList<OutwardPorts> outward,
        DownSide downs,
        int downCount,
        CageBlock upBlock,
        Breakout up,
        int upCount,
        bool oddFirst,
        out int[] downCages,
        out int[] upCages
    )
    {
        (PortBudget budget, HashSet<int> taken) = Beside(model, outward);
        downCages = Take(downs.Block, downs.Division, downs.Lane, downCount, oddFirst, budget, taken);
        upCages = downCages.Length == downCount ? Take(upBlock, up, upBlock.LaneRate, upCount, oddFirst: false, budget, taken) : [];
        return downCages.Length == downCount && upCages.Length == upCount;
    }

    /// <summary>Takes cages of a block that may be divided so, in faceplate order or the odd ones first, while the box's ports suffice.</summary>
    public static int[] Take(
        CageBlock block,
        Breakout breakout,
        DataRate lane,
        int count,
        bool oddFirst,
        PortBudget budget,
        HashSet<int> taken
    )
    {
        List<int> cages = new(count);
        for (int pass = 0; pass < (oddFirst ? 2 : 1) && cages.Count < count; pass++)
        {
            for (int i = oddFirst ? pass : 0; i < block.Count.Value && cages.Count < count; i += oddFirst ? 2 : 1)
            {
                int number = block.FirstNumber + i;
                if (!taken.Contains(number) && block.Allows(number, breakout, lane) && budget.TryTake(number, breakout.Ways))
                {
                    taken.Add(number);
                    cages.Add(number);
                }
            }
        }

        return [.. cages];
    }

    private static int Ceil(int a, int b) => (a + b - 1) / b;
}
