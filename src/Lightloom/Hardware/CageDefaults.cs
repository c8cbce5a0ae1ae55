using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>What is usual today for a cage of a rate, where a file does not say; each value says that it is assumed.</summary>
internal static class CageDefaults
{
    /// <summary>The form of a cage of that rate.</summary>
    public static Figure<FormFactor> FormOf(DataRate cage)
    {
        FormFactor form = cage.Gbps switch
        {
            > 800 => FormFactor.Osfp224,
            > 400 => FormFactor.Osfp,
            > 100 => FormFactor.Qsfp112,
            > 50 => FormFactor.Qsfp28,
            > 40 => FormFactor.Sfp56,
            > 25 => FormFactor.QsfpPlus,
            > 10 => FormFactor.Sfp28,
            > 1 => FormFactor.SfpPlus,
            _ => FormFactor.Rj45,
        };
        return Figures.Assume(form, "Not given: " + form.ToWord() + ", usual for " + cage.ToString() + ".");
    }

    /// <summary>The lanes of a port or cage of that rate and form.</summary>
    public static Figure<int> LanesOf(DataRate rate, FormFactor form)
    {
        double lane = form == FormFactor.Osfp224 && rate.Gbps <= 800 ? 100 : BestLane(form)?.Gbps ?? rate.Gbps;
        int lanes = Math.Clamp((int)Math.Ceiling(rate.Gbps / lane), 1, 64);
        while (rate.BitsPerSecond % lanes != 0)
        {
            lanes--;
        }

        return Figures.Assume(lanes, "Not given: lanes of " + (rate / lanes).ToString() + ", usual for such a cage.");
    }

    /// <summary>The fastest lane that a form is made for; null for a jack whose pairs are no lanes.</summary>
    public static DataRate? BestLane(FormFactor form) =>
        form switch
        {
            FormFactor.Osfp224 => DataRate.FromGbps(200),
            FormFactor.Qsfp56 or FormFactor.QsfpDd or FormFactor.Sfp56 => DataRate.FromGbps(50),
            FormFactor.Qsfp28 or FormFactor.Sfp28 => DataRate.FromGbps(25),
            FormFactor.QsfpPlus or FormFactor.SfpPlus => DataRate.FromGbps(10),
            FormFactor.Sfp => DataRate.FromGbps(1),
            FormFactor.Rj45 => null,
            _ => DataRate.FromGbps(100),
        };

    /// <summary>How many electrical lanes a form has contacts for.</summary>
    public static int ContactsOf(FormFactor form) =>
        form switch
        {
            FormFactor.Osfp or FormFactor.Osfp224 or FormFactor.QsfpDd800 or FormFactor.QsfpDd => 8,
            FormFactor.Qsfp112 or FormFactor.Qsfp56 or FormFactor.Qsfp28 or FormFactor.QsfpPlus or FormFactor.Rj45 => 4,
            FormFactor.Sfp112 or FormFactor.Sfp56 or FormFactor.Sfp28 or FormFactor.SfpPlus or FormFactor.Sfp => 1,
            _ => 0,
        };

    /// <summary>Every halving of a cage down to one lane.</summary>
    public static Figure<IReadOnlyList<Breakout>> Halvings(DataRate rate, int lanes)
    {
        var breakouts = new Breakout[System.Numerics.BitOperations.TrailingZeroCount(lanes) + 1];
        for (int i = 0; i < breakouts.Length; i++)
        {
            breakouts[i] = new(1 << i, rate / (1 << i));
        }

        return Figures.Assume<IReadOnlyList<Breakout>>(breakouts, "Not given: every halving of the cage down to one lane.");
    }

    /// <summary>Fills in and checks the blocks of a switch.</summary>
    /// <param name="blocks">The blocks as written; a single one of a short form has a count alone.</param>
    /// <param name="beside">What is written beside <c>cages</c>: the short form's cages, or breakouts that all blocks share.</param>
    /// <param name="liquid">True for a liquid-cooled box.</param>
    /// <param name="context">The entry.</param>
    public static IReadOnlyList<CageBlock> Complete(IReadOnlyList<CageBlock> blocks, CageForm? beside, bool liquid, EntryContext context)
    {
        bool isShort = blocks.Count == 1 && !context.IsGiven("cages[0].count") && context.IsGiven("cages") && blocks[0].CageRate is null;
        var result = new CageBlock[blocks.Count];
        int next = 1;
        for (int i = 0; i < result.Length; i++)
        {
            string prefix = isShort ? "" : FormattableString.Invariant($"cages[{i}].");
            CageBlock block = isShort && beside is not null ? Short(blocks[i], beside) : blocks[i];
            if (block.CageRate is null || block.Count is null)
            {
                if (isShort && !context.Failed)
                {
                    context.Error(CatalogueProblem.Missing, "rate_gbps is missing; add it beside cages", context.Map.Mark);
                }

                return [];
            }

            result[i] = Complete(block, isShort ? null : beside?.Breakouts, prefix, next, liquid, context);
            next = result[i].FirstNumber + block.Count.Value;
        }

        return result;
    }

    /// <summary>Complains where a rate cannot be divided into the lanes that are given.</summary>
    public static void DemandWholeLanes(DataRate rate, int lanes, string path, EntryContext context)
    {
        if (rate.BitsPerSecond % lanes != 0)
        {
            context.Contradiction($"{rate} cannot be divided into {lanes} lanes; correct lanes", path);
        }
    }

    /// <summary>Complains of lane rates that stand twice or that no lane runs at; true where there are none.</summary>
    public static bool DemandLaneRates(Figure<IReadOnlyList<DataRate>>? rates, string path, EntryContext context)
    {
        context.DemandDistinct(path, rates?.Value, static r => r.ToString());
        DataRate odd = rates.OrEmpty().FirstOrDefault(r => !LaneRateSet.All.Contains(r));
        if (odd > DataRate.Zero)
        {
            DataRate nearest = LaneRateSet.All.MinBy(r => Math.Abs(r.BitsPerSecond - odd.BitsPerSecond));
            context.Contradiction($"no lane runs at {odd}; the nearest rate of a lane is {nearest}", path);
        }

        return odd == DataRate.Zero;
    }

    private static CageBlock Complete(
        CageBlock block,
        Figure<IReadOnlyList<Breakout>>? shared,
        string prefix,
        int next,
        bool liquid,
        EntryContext context
    )
    {
        DataRate rate = block.CageRate.Value;
        Figure<FormFactor> form = block.FormFactor ?? FormOf(rate);
        Figure<int> lanes = block.Lanes ?? LanesOf(rate, form.Value);
        DemandWholeLanes(rate, lanes.Value, prefix + "lanes", context);
        bool own = block.Breakouts is { Value.Count: > 0 };
        Figure<IReadOnlyList<Breakout>> breakouts =
            own ? block.Breakouts!
            : shared is { Value.Count: > 0 } ? shared
            : Halvings(rate, lanes.Value);
        string path = own ? prefix + "breakouts" : "breakouts";
        context.DemandDistinct(path, breakouts.Value, static b => b.ToString());
        foreach (Breakout breakout in breakouts.Value)
        {
            if (breakout.Rate * breakout.Ways > rate || breakout.Ways > lanes.Value)
            {
                context.Contradiction(
                    $"{breakout} does not fit a cage of {rate} and {lanes} lanes; correct breakouts, rate_gbps or lanes",
                    path
                );
            }
        }

        Figure<IReadOnlyList<DataRate>>? laneRates = LaneRatesOf(block, rate / lanes.Value, prefix + "lane_rates_gbps", context);
        if (laneRates is null && context.UserDefined && !own && shared is not { Value.Count: > 0 })
        {
            laneRates = UsualLaneRates(rate / lanes.Value);
        }

        ThermalType usual =
            form.Value is not (FormFactor.Osfp or FormFactor.Osfp224) ? ThermalType.Any
            : liquid ? ThermalType.Rhs
            : ThermalType.Ihs;
        return block with
        {
            FormFactor = form,
            Lanes = lanes,
            Breakouts = breakouts,
            LaneRates = laneRates,
            FirstNumber = context.IsGiven(prefix + "first") ? block.FirstNumber : next,
            Thermal = context.IsGiven(prefix + "thermal") ? block.Thermal : usual,
        };
    }

    // The list as it is given, with the mistakes that it can hold.
    private static Figure<IReadOnlyList<DataRate>>? LaneRatesOf(CageBlock block, DataRate own, string path, EntryContext context)
    {
        if (block.LaneRates is not { Value.Count: > 0 } given)
        {
            return null;
        }

        if (DemandLaneRates(given, path, context) && given.Value.Max() != own)
        {
            context.Contradiction(
                $"the fastest of lane_rates_gbps is {given.Value.Max()}, rate_gbps by lanes makes {own}; correct lane_rates_gbps, rate_gbps "
                    + "or lanes",
                path
            );
        }

        return given;
    }

    // What a cage's lanes usually run at: their own rate and the next slower one.
    private static Figure<IReadOnlyList<DataRate>>? UsualLaneRates(DataRate own)
    {
        DataRate slower = LaneRateSet.All.LastOrDefault(r => r < own);
        return slower > DataRate.Zero && LaneRateSet.All.Contains(own)
            ? Figures.Assume<IReadOnlyList<DataRate>>(
                [own, slower],
                $"Not given: lanes of {own} also run at {slower}, as on every switch of the catalogue whose maker lists its lane rates."
            )
            : null;
    }

    private static CageBlock Short(CageBlock block, CageForm beside) =>
        block with
        {
            CageRate = beside.CageRate,
            FormFactor = beside.FormFactor,
            Lanes = beside.Lanes,
            Breakouts = beside.Breakouts,
            LaneRates = beside.LaneRates,
            FirstNumber = beside.FirstNumber,
            Thermal = beside.Thermal,
            Purpose = beside.Purpose,
            Restrictions = beside.Restrictions,
            Takes = beside.Takes,
        };
}
