using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Puts frontends in the order of the objective, and says of one that was taken why the others lost.</summary>
internal static class FrontendRanking
{
    /// <summary>
    /// Share of the cost of one leaf model, or of the file's order of models, below which others are taken: several are more to run and to keep
    /// spares of.
    /// </summary>
    public const double WorthAnotherModel = 0.95;

    /// <summary>
    /// Share of the cost on the hosts' own lanes below which leaves of other lanes are taken: these need a gearbox in the cable, which fewer products
    /// have, but no network is built for that alone.
    /// </summary>
    private const double WorthUnlikeLanes = 0.85;

    /// <summary>
    /// Share of the cost with lines to the outside on hosts' leaves below which leaves without hosts are bought for these although there are as many
    /// switches in all: no network is built of dearer leaves for a plug.
    /// </summary>
    private const double WorthLeavesForOutside = 0.85;

    /// <summary>An estimate may be off by so much: of those that are as close, the one of the fewest models and switches comes first.</summary>
    public const double Margin = 0.03;

    /// <summary>Best first: what is sold, is simple to run and on the hosts' own lanes, then by the objective; of those that are close, the simplest.</summary>
    /// <param name="plans">Feasible ones, in any order.</param>
    /// <param name="objectives">What they are judged by.</param>
    public static IReadOnlyList<FrontendPlan> Rank(IReadOnlyList<FrontendPlan> plans, ObjectivesSpec objectives)
    {
        bool soldFirst = objectives.Availability == SwitchAvailability.Shipping;
        double ownLanes = plans
            .Where(p => p.Misfit == 0 && !p.MayPartAtPanels && !p.FallsShort && !NotSold(p) && p.Kind != FrontendKind.SlowerLanes)
            .Select(p => Weight(p, objectives.Minimize))
            .DefaultIfEmpty(0)
            .Min();
        FrontendPlan? onHostsLeaves = plans
            .Where(p => !p.Plane.Leaves.HasLeavesForOutsideAlone && !p.MayPartAtPanels && !p.FallsShort && !NotSold(p))
            .MinBy(p => Weight(p, objectives.Minimize));
        FrontendPlan? simple = plans
            .Where(p => p.Kind == FrontendKind.Plain)
            .OrderBy(NotSold)
            .ThenBy(p => p.FallsShort)
            .ThenBy(p => p.MayPartAtPanels)
            .ThenBy(Misfit)
            .ThenBy(p => Measure(p, objectives.Minimize))
            .ThenBy(p => p.Estimate.Usd)
            .FirstOrDefault();
        List<FrontendPlan> ranked =
        [
            .. plans
                .OrderBy(ClassOf)
                .ThenBy(p => Measure(p, objectives.Minimize))
                .ThenBy(p => p.Estimate.Usd)
                .ThenBy(p => p.Estimate.Watts)
                .ThenBy(p => p.Switches.Leaf.Id, StringComparer.Ordinal)
                .ThenBy(p => p.Switches.Spine.Id, StringComparer.Ordinal),
        ];
        FrontendPlan first = ranked[0];
        double most = Weight(first, objectives.Minimize) * (1 + Margin);
        int close = ranked.TakeWhile(p => IsLike(p) && Weight(p, objectives.Minimize) <= most).Count();
        return [.. ranked.Take(close).OrderBy(p => p.ModelCount).ThenBy(p => p.SwitchCount), .. ranked.Skip(close)];

        bool IsLike(FrontendPlan p) =>
            ClassOf(p) == ClassOf(first)
            && (objectives.Minimize != DesignObjective.Latency || p.Plane.Hops.Longest == first.Plane.Hops.Longest);

        (bool, bool, bool, bool, bool, bool, (int, int)) ClassOf(FrontendPlan p) =>
            (
                NotSold(p),
                p.IsLast,
                p.FallsShort,
                IsForPlugsAlone(p),
                p.MayPartAtPanels,
                p.Kind == FrontendKind.SlowerLanes,
                (AfterSimple(p), Misfit(p))
            );

        // Where hosts' leaves have the plugs, others for the lines outside are bought where that saves much, or switches and cost.
        bool IsForPlugsAlone(FrontendPlan p) =>
            p.Plane.Leaves.HasLeavesForOutsideAlone
            && onHostsLeaves is { } hosts
            && Weight(p, objectives.Minimize) / Weight(hosts, objectives.Minimize) is var share
            && share >= (p.SwitchCount < hosts.SwitchCount ? 1 : WorthLeavesForOutside);

        int Misfit(FrontendPlan p) => Weight(p, objectives.Minimize) < WorthUnlikeLanes * ownLanes ? 0 : p.Misfit;

        bool NotSold(FrontendPlan p) => soldFirst && p.IsAnnounced;

        int AfterSimple(FrontendPlan p) =>
            p.Kind != FrontendKind.SeveralModels || simple is not { } one ? 1
            : Weight(p, objectives.Minimize) < Weight(one, objectives.Minimize) * WorthAnotherModel && Misfit(p) <= Misfit(one) ? 0
            : 2;
    }

    /// <summary>What an objective makes as small as it can.</summary>
    public static double Measure(FrontendPlan plan, DesignObjective objective) =>
        objective switch
        {
            DesignObjective.Capex => plan.Estimate.Usd,
            DesignObjective.Power => plan.Estimate.Watts,
            _ => plan.Plane.Hops.Longest,
        };

    /// <summary>Why one is taken: what it is best of, and by how much the best of other leaves, of other spines and of one model for all lost.</summary>
    /// <param name="taken">The one.</param>
    /// <param name="all">All that were feasible, in their order.</param>
    public static IEnumerable<string> Why(FrontendPlan taken, IReadOnlyList<FrontendPlan> all)
    {
        FrontendField field = taken.Field;
        if (!field.LeafIsFree && !field.SpineIsFree)
        {
            yield break;
        }

        string what = field.Objectives.Minimize switch
        {
            DesignObjective.Capex => "cost",
            DesignObjective.Power => "power",
            _ => "longest path",
        };
        bool isFirst = ReferenceEquals(taken, all[0]);
        yield return FormattableString.Invariant(
            $"{Name(taken)}: {(isFirst ? "comes first" : "taken")} of {Counted.Of(field.Feasible, "feasible choice")} of switches, by {what} as the bill would say "
        )
            + "(the catalogue's median a gigabit where there is no price)"
            + FormattableString.Invariant($"; {Counted.Of(field.NotFeasible, "other")} could not be sized or cabled")
            + (
                field.Pruned > 0
                    ? FormattableString.Invariant(
                        $", and {Counted.Of(field.Pruned, "choice")} came to more than it by leaves and the fewest spines alone"
                    )
                    : ""
            );
        HashSet<FrontendPlan> said = new(ReferenceEqualityComparer.Instance) { taken };
        (string Of, Func<FrontendPlan, bool> Is)[] others =
        [
            ("of other leaves", p => p.LeafIds != taken.LeafIds),
            ("of other spines above such leaves", p => p.LeafIds == taken.LeafIds && p.SpineId != taken.SpineId),
            ("of one model for all tiers", p => p.IsOneModel),
            ("of several leaf models", p => p.Kind == FrontendKind.SeveralModels),
        ];
        foreach ((string of, Func<FrontendPlan, bool> isIt) in others)
        {
            if ((of != "of one model for all tiers" || !taken.IsOneModel) && all.FirstOrDefault(isIt) is { } best && said.Add(best))
            {
                yield return $"the best {of}, {Name(best)}: {WhyLost(best, taken, what, field.Objectives)}";
            }
        }
    }

    private static string WhyLost(FrontendPlan plan, FrontendPlan taken, string what, ObjectivesSpec objectives)
    {
        double mine = Measure(plan, objectives.Minimize),
            its = Measure(taken, objectives.Minimize);
        string less = Math.Abs((mine / its) - 1) < 0.0005 ? $"equal {what}" : "";
        string more = FormattableString.Invariant($"{Math.Abs((mine / its) - 1) * 100:0.#} % {(mine < its ? "lower" : "higher")}");
        return mine >= its * 1.0005 ? $"{what} {more}"
            : plan.IsAnnounced && !taken.IsAnnounced ? $"not sold yet, {what} {more}"
            : plan.Misfit > taken.Misfit ? $"{what} {more}, but lanes unlike the hosts'"
            : plan.FallsShort && !taken.FallsShort ? $"{what} {more}, but some links are longer than their cables reach"
            : plan.Plane.Leaves.HasLeavesForOutsideAlone && !taken.Plane.Leaves.HasLeavesForOutsideAlone
                ? $"{what} {more}, but leaves for the lines outside alone"
            : plan.IsLast && !taken.IsLast ? $"{what} {more}; such are for the case that no others find cables"
            : plan.Kind == FrontendKind.SlowerLanes && taken.Kind != FrontendKind.SlowerLanes
                ? $"{what} {more}, but cages below their own lanes"
            : plan.Kind == FrontendKind.SeveralModels && taken.Kind != FrontendKind.SeveralModels
                ? $"{what} {more}: less than 5 % is not worth another model to run"
            : plan.MayPartAtPanels && !taken.MayPartAtPanels ? $"{what} {more}, but legs of one socket may part at panels"
            : plan.Estimate.Usd > taken.Estimate.Usd * 1.0005
                ? FormattableString.Invariant($"equal {what}, cost {((plan.Estimate.Usd / taken.Estimate.Usd) - 1) * 100:0.#} % higher")
            : mine < its * 0.9995 || plan.ModelCount > taken.ModelCount || plan.SwitchCount > taken.SwitchCount
                ? (less.Length > 0 ? less : $"{what} {more}") + Simpler(plan, taken)
            : "an equal; the one taken comes first by power and name";
    }

    private static string Simpler(FrontendPlan plan, FrontendPlan taken) =>
        plan.ModelCount > taken.ModelCount ? $", and {Counted.Of(plan.ModelCount, "model")} to run instead of {taken.ModelCount}"
        : plan.SwitchCount > taken.SwitchCount
            ? FormattableString.Invariant($", and {plan.SwitchCount:#,0} switches instead of {taken.SwitchCount:#,0}")
        : ", and it became no design";

    private static string Name(FrontendPlan plan) =>
        plan.SpineId is not { } spine || plan.IsOneModel ? plan.Names : $"{plan.LeafIds} under {spine}";

    private static double Weight(FrontendPlan plan, DesignObjective objective) =>
        objective == DesignObjective.Power ? plan.Estimate.Watts : plan.Estimate.Usd;
}
