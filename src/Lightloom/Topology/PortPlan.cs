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

    /// <summary>How uplink cages are divided; meaningless when there are none.</summary>
    public Breakout Up { get; init; }

    /// <summary>Uplink cage numbers, in port order; empty for a top tier.</summary>
    public int[] UpCages { get; init; } = [];

    /// <summary>Uplink ports of a fully used switch; the last cage may be part used.</summary>
    public int UpPorts { get; init; }

    /// <summary>The block of the uplink cages.</summary>
    public CageBlock? UpBlock { get; init; }

    /// <summary>Ports that go to no other tier, in the order in which they are held.</summary>
    public IReadOnlyList<OutwardPorts> Outward { get; init; } = [];

    /// <summary>Cage use of ports that go to no other tier.</summary>
    /// <param name="outward">One of <see cref="Outward"/>.</param>
    public CageUse UseOf(OutwardPorts outward) => Use(outward.Block, outward.Division);

    /// <summary>Cage use at the downlink end.</summary>
    public CageUse DownUse => Use(DownBlock, Down);

    /// <summary>Cage use at the uplink end.</summary>
    public CageUse UpUse => Use(UpBlock!, Up);

    private CageUse Use(CageBlock block, Breakout breakout) =>
        new(
            block.FormFactor.Value,
            block.Thermal == ThermalType.Any ? (Switch.LiquidCooled is { Value: true } ? ThermalType.Rhs : ThermalType.Ihs) : block.Thermal,
            block.CageRate.Value,
            block.Lanes.Value,
            breakout
        )
        {
            Plugs = PlugForms.Of(block.Takes.OrEmpty()),
        };

    /// <summary>All data cages downwards: a top tier, or a single leaf.</summary>
    /// <param name="model">The switch.</param>
    /// <param name="rate">Rate of a downlink.</param>
    /// <param name="purpose">What the cages must be for.</param>
    /// <param name="held">What may not be used.</param>
    /// <param name="why">Why there is no such port.</param>
    public static PortPlan? AllDown(SwitchModel model, DataRate rate, PortPurpose purpose, HeldPorts held, out string why)
    {
        why = $"{model.Id} has no cage that runs ports of {rate}";
        if (OutwardPorts.Of(model, held, out string reason) is not { } outward)
        {
            why = reason;
            return null;
        }

        PortPlan? best = null;
        foreach (CageBlock block in model.Cages)
        {
            if (block.Purpose != purpose || !TryBreakout(block, rate, out Breakout breakout))
            {
                continue;
            }

            List<int> cages = [];
            (PortBudget budget, HashSet<int> taken) = Beside(model, outward);
            for (int i = 0; i < block.Count.Value; i++)
            {
                int number = block.FirstNumber + i;
                if (!taken.Contains(number) && block.Allows(number, breakout) && budget.TryTake(number, breakout.Ways))
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
                };
            }
        }

        return best;
    }

    /// <summary>
    /// Cages of their own for downlinks of several rates, as many as are wanted of each; null when the switch has not that many. Ports that stay
    /// free are of the first rate.
    /// </summary>
    public static IReadOnlyList<PortPlan>? Share(
        SwitchModel model,
        IReadOnlyList<(DataRate Rate, int Ports)> wanted,
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
        foreach ((DataRate rate, int used) in wanted)
        {
            int free = shares.Count == 0 ? held.Free : 0;
            int ports = used + free;
            PortPlan? share = null;
            foreach (CageBlock block in model.Cages.Where(b => b.Purpose == PortPurpose.Network))
            {
                if (share is null && TryBreakout(block, rate, out Breakout breakout))
                {
                    // A block that turns out too small gives back nothing; such switches are refused rather than searched.
                    int count = Ceil(ports, breakout.Ways);
                    int[] cages = Take(block, breakout, count, oddFirst: false, budget, taken);
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
    /// <param name="why">Why there is no such division.</param>
    public static PortPlan? Divide(
        SwitchModel model,
        DataRate downRate,
        Breakout up,
        double oversubscription,
        int wantedDownPorts,
        PortPurpose downPurpose,
        PortPurpose upPurpose,
        HeldPorts held,
        out string why
    )
    {
        why = $"{model.Id} has no cage that runs ports of {downRate}";
        if (OutwardPorts.Of(model, held, out string tooFew) is not { } outward)
        {
            why = tooFew;
            return null;
        }

        PortPlan? best = null;
        foreach (CageBlock downBlock in model.Cages)
        {
            if (downBlock.Purpose != downPurpose || !TryBreakout(downBlock, downRate, out Breakout down))
            {
                continue;
            }

            foreach (CageBlock upBlock in model.Cages)
            {
                if (upBlock.Purpose != upPurpose || !upBlock.Breakouts.OrEmpty().Contains(up))
                {
                    continue;
                }

                PortPlan? plan = DivideBlocks(
                    model,
                    downBlock,
                    down,
                    upBlock,
                    up,
                    oversubscription,
                    wantedDownPorts,
                    held,
                    outward,
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
    public static bool TryBreakout(CageBlock block, DataRate rate, out Breakout breakout)
    {
        breakout = default;
        foreach (Breakout candidate in block.Breakouts.OrEmpty())
        {
            if (candidate.Rate == rate && candidate.Ways > breakout.Ways)
            {
                breakout = candidate;
            }
        }

        return breakout.Ways > 0;
    }

    private static PortPlan? DivideBlocks(
        SwitchModel model,
        CageBlock downBlock,
        Breakout down,
        CageBlock upBlock,
        Breakout up,
        double oversubscription,
        int wanted,
        HeldPorts held,
        IReadOnlyList<OutwardPorts> outward,
        out string why
    )
    {
        bool shared = ReferenceEquals(downBlock, upBlock);
        int outwardUp = outward.Where(o => ReferenceEquals(o.Block, upBlock)).Sum(o => o.Cages.Length);
        int cagesUp = upBlock.Count.Value - outwardUp;
        int allowedDown = 0;
        for (int i = 0; i < downBlock.Count.Value; i++)
        {
            allowedDown += downBlock.Allows(downBlock.FirstNumber + i, down) && !Holds(outward, downBlock.FirstNumber + i) ? 1 : 0;
        }

        int asked = wanted > 0 ? wanted + held.Free : 0;
        int most = asked > 0 ? Math.Min(allowedDown, Ceil(asked, down.Ways)) : allowedDown;
        if (most * down.Ways <= held.Free)
        {
            why = TooFewBeside(model, most * down.Ways, down.Rate, held);
            return null;
        }

        // A cell fabric's uplinks are what the box has: its designer fixed the speed-up.
        bool fixedUplinks = upBlock.Purpose == PortPurpose.Fabric;
        for (int cages = most; cages * down.Ways > held.Free; cages--)
        {
            int ports = asked > 0 ? Math.Min(asked, cages * down.Ways) : cages * down.Ways;
            int upPorts = fixedUplinks
                ? cagesUp * up.Ways
                : (int)Math.Ceiling((ports * down.Rate.Gbps / (oversubscription * up.Rate.Gbps)) - 1e-9);
            int upCages = Ceil(upPorts, up.Ways);
            int spare = (shared ? cagesUp - cages : cagesUp) - upCages;
            if (!fixedUplinks && wanted == 0 && upPorts > 4 && Ceil(Ceil(upPorts, 4) * 4, up.Ways) - upCages <= spare)
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
                TryAllocate(
                    model,
                    outward,
                    downBlock,
                    down,
                    cages,
                    upBlock,
                    up,
                    upCages,
                    oddFirst: false,
                    out int[] downCages,
                    out int[] upNumbers
                ) || TryAllocate(model, outward, downBlock, down, cages, upBlock, up, upCages, oddFirst: true, out downCages, out upNumbers)
            )
            {
                why = "";
                return new()
                {
                    Switch = model,
                    Down = down,
                    DownCages = downCages,
                    DownBlock = downBlock,
                    Up = up,
                    UpCages = upNumbers,
                    UpPorts = upPorts,
                    UpBlock = upBlock,
                    Free = held.Free,
                    Outward = outward,
                };
            }
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
    private static (PortBudget Budget, HashSet<int> Taken) Beside(SwitchModel model, IReadOnlyList<OutwardPorts> outward)
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
        $"{model.Id} has {ports} ports of {rate} beside its uplinks, and {held.Free} are to stay free (reserve)";

    private static bool TryAllocate(
        SwitchModel model,
        IReadOnlyList<OutwardPorts> outward,
        CageBlock downBlock,
        Breakout down,
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
        downCages = Take(downBlock, down, downCount, oddFirst, budget, taken);
        upCages = downCages.Length == downCount ? Take(upBlock, up, upCount, oddFirst: false, budget, taken) : [];
        return downCages.Length == downCount && upCages.Length == upCount;
    }

    private static int[] Take(CageBlock block, Breakout breakout, int count, bool oddFirst, PortBudget budget, HashSet<int> taken)
    {
        List<int> cages = new(count);
        for (int pass = 0; pass < (oddFirst ? 2 : 1) && cages.Count < count; pass++)
        {
            for (int i = oddFirst ? pass : 0; i < block.Count.Value && cages.Count < count; i += oddFirst ? 2 : 1)
            {
                int number = block.FirstNumber + i;
                if (!taken.Contains(number) && block.Allows(number, breakout) && budget.TryTake(number, breakout.Ways))
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
