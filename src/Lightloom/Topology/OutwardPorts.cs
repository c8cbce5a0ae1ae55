using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Cages of a switch for links that go to no other tier: to the other leaf of a pair, or to what is outside the design.</summary>
/// <param name="Block">The block of the cages.</param>
/// <param name="Division">How they are divided.</param>
/// <param name="Cages">Their numbers, in port order.</param>
/// <param name="Ports">Ports in use; the last cage may be part used.</param>
internal sealed record OutwardPorts(CageBlock Block, Breakout Division, int[] Cages, int Ports)
{
    private const int TwinPortLanes = 8;

    /// <summary>
    /// Takes the last cages of a switch for what is held, so that hosts and uplinks keep the first; null when it has not that many.
    /// </summary>
    /// <param name="model">The switch.</param>
    /// <param name="held">What is held.</param>
    /// <param name="why">Why it cannot.</param>
    public static IReadOnlyList<OutwardPorts>? Of(SwitchModel model, HeldPorts held, out string why)
    {
        why = "";
        int inUse = held.InUse.GetValueOrDefault(model.Id);
        if (held.Outward.Count == 0 && inUse == 0)
        {
            return [];
        }

        PortBudget budget = new(model);
        HashSet<int> taken = [];
        List<OutwardPorts> outward = [];
        if (inUse > 0 && InUse(model, inUse, budget, taken) is not { Count: > 0 })
        {
            why = $"{model.Id} has no port left beside the {inUse} in use (existing)";
            return null;
        }

        List<OutwardPorts> occupied = inUse > 0 ? Occupied(model, taken) : [];
        foreach ((DataRate? asked, int ports, bool ownPlugs) in held.Outward)
        {
            DataRate rate = asked ?? Fastest(model);
            OutwardPorts? found = null;
            // Uplink cages come last on the faceplate of a leaf that has some. A plug of its own goes into the slowest cage that runs its rate:
            // what is sold at 10G is an SFP+, which a cage of 25G takes and one of 100G does not.
            IEnumerable<CageBlock> last = model.Cages.Where(b => b.Purpose == PortPurpose.Network).Reverse();
            foreach (CageBlock block in ownPlugs ? last.OrderBy(b => b.CageRate.Value) : last)
            {
                if (found is null && TryDivision(block, rate, ownPlugs, out Breakout division))
                {
                    int count = (ports + division.Ways - 1) / division.Ways;
                    int[] cages = TakeLast(block, division, count, budget, taken);
                    found = cages.Length < count ? null : new(block, division, cages, ports);
                }
            }

            if (found is null)
            {
                why = ownPlugs
                    ? $"{model.Id} has no {ports} cages or sockets for links of {rate} out of its tier, each with a plug of its own (external; "
                        + "breakout: true of the entry takes legs of breakout cables)"
                    : $"{model.Id} has no {ports} ports of {rate} for links out of its tier (external, peer_links)";
                return null;
            }

            outward.Add(found);
        }

        return [.. outward, .. occupied];
    }

    /// <summary>
    /// How a cage is divided for links of a rate. Where each has a plug of its own: two of them in the two sockets of a twin-port module, which
    /// cages of eight lanes take, or one alone.
    /// </summary>
    private static bool TryDivision(CageBlock block, DataRate rate, bool ownPlugs, out Breakout division)
    {
        if (!ownPlugs)
        {
            return PortPlan.TryBreakout(block, rate, lane: null, out division);
        }

        division = block
            .Breakouts.OrEmpty()
            .Where(b => b.Rate == rate && (b.Ways == 1 || (b.Ways == 2 && TakesTwinPorts(block) && rate * 2 == block.CageRate.Value)))
            .OrderByDescending(b => b.Ways)
            .FirstOrDefault();
        return division.Ways > 0;
    }

    private static bool TakesTwinPorts(CageBlock block) =>
        block.Lanes.Value == TwinPortLanes && block.FormFactor.Value is (FormFactor.Osfp or FormFactor.Osfp224 or FormFactor.QsfpDd800);

    /// <summary>
    /// The last cages of a switch in stock, whose ports are in use already; empty when it has no others. Ports count as the cage is undivided
    /// or, where each of its halves is a port of its own, by those.
    /// </summary>
    private static HashSet<int> InUse(SwitchModel model, int ports, PortBudget budget, HashSet<int> taken)
    {
        int cages = 0;
        foreach (CageBlock block in model.Cages.Where(b => b.Purpose == PortPurpose.Network).Reverse())
        {
            Breakout whole = Whole(block);
            for (int number = block.FirstNumber + block.Count.Value - 1; number >= block.FirstNumber; number--, cages++)
            {
                if (ports > 0)
                {
                    budget.TryTake(number, whole.Ways);
                    taken.Add(number);
                    ports -= whole.Ways;
                }
            }
        }

        return taken.Count < cages ? taken : [];
    }

    private static List<OutwardPorts> Occupied(SwitchModel model, HashSet<int> taken) =>
        [
            .. model
                .Cages.Select(b =>
                    (Block: b, Cages: taken.Where(n => n >= b.FirstNumber && n < b.FirstNumber + b.Count.Value).Order().ToArray())
                )
                .Where(b => b.Cages.Length > 0)
                .Select(b => new OutwardPorts(b.Block, Whole(b.Block), b.Cages, b.Cages.Length * Whole(b.Block).Ways)),
        ];

    /// <summary>A cage as it comes: its fastest ports, as many as there are of them.</summary>
    private static Breakout Whole(CageBlock block) =>
        block
            .Breakouts.OrEmpty()
            .OrderByDescending(b => b.Rate)
            .ThenByDescending(b => b.Ways)
            .FirstOrDefault(new Breakout(1, block.CageRate.Value));

    /// <summary>The fastest port that the switch can be divided into.</summary>
    public static DataRate Fastest(SwitchModel model) =>
        model.Cages.Where(b => b.Purpose == PortPurpose.Network).SelectMany(b => b.Breakouts.OrEmpty()).Max(b => (DataRate?)b.Rate)
        ?? DataRate.Zero;

    private static int[] TakeLast(CageBlock block, Breakout division, int count, PortBudget budget, HashSet<int> taken)
    {
        List<int> cages = new(count);
        for (int number = block.FirstNumber + block.Count.Value - 1; number >= block.FirstNumber && cages.Count < count; number--)
        {
            if (!taken.Contains(number) && block.Allows(number, division) && budget.TryTake(number, division.Ways))
            {
                taken.Add(number);
                cages.Add(number);
            }
        }

        cages.Reverse();
        return [.. cages];
    }
}
