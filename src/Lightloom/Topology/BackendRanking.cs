using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// Puts backends in the order of the objective, marks the Pareto front, and says of each feasible one why it lost or won.
/// </summary>
internal static class BackendRanking
{
    /// <summary>The feasible ones first, best first; of backends that differ only in a spine that is not built, one.</summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="objectives">What they are judged by.</param>
    /// <param name="counts">Whether a feasible one may be chosen or on the front; null for all.</param>
    public static List<BackendCandidate> Rank(
        IReadOnlyList<BackendCandidate> candidates,
        ObjectivesSpec objectives,
        Func<BackendCandidate, bool>? counts = null
    ) => Marked(Order(candidates, objectives), objectives, counts ?? (_ => true));

    /// <summary>
    /// Candidates that are in their order, marked anew: the chosen one and the front are those of the ones that <paramref name="counts"/>
    /// holds for. The chosen one comes first.
    /// </summary>
    /// <param name="ordered">The feasible ones first, best first.</param>
    /// <param name="objectives">What they are judged by.</param>
    /// <param name="counts">Whether a feasible one may be chosen or on the front.</param>
    private static List<BackendCandidate> Marked(
        IReadOnlyList<BackendCandidate> ordered,
        ObjectivesSpec objectives,
        Func<BackendCandidate, bool> counts
    )
    {
        List<BackendCandidate> marked = [.. ordered];
        List<BackendCandidate> counted = [.. marked.Where(c => c.IsFeasible && counts(c))];
        if (counted.Count == 0)
        {
            return marked;
        }

        int first = marked.FindIndex(c => ReferenceEquals(c, counted[0]));
        marked.RemoveAt(first);
        marked.Insert(0, counted[0]);
        Alternative best = counted[0].Alternative;
        HashSet<BackendCandidate> front = new(Front(counted), ReferenceEqualityComparer.Instance);
        for (int i = 0; i < marked.Count; i++)
        {
            Alternative a = marked[i].Alternative;
            if (marked[i].IsFeasible)
            {
                string reason =
                    i == 0 ? WhyChosen(best, [.. counted.Select(c => c.Alternative)], objectives.Minimize)
                    : i <= first ? "ahead of the chosen one by estimate, and not carried through"
                    : WhyLost(a, best, objectives.Minimize);
                marked[i] = marked[i] with
                {
                    Alternative = a with { Reason = reason, Chosen = i == 0, Pareto = front.Contains(marked[i]) },
                };
            }
        }

        return marked;
    }

    private static string WhyChosen(Alternative best, IReadOnlyList<Alternative> feasible, DesignObjective objective) =>
        feasible.Count == 1 ? "the only feasible one"
        : best.NotSold.Length == 0 && feasible.Count(f => f.NotSold.Length == 0) is var sold && sold < feasible.Count
            ? FormattableString.Invariant($"least {Word(objective)} of {sold:#,0} feasible ones that are sold")
        : FormattableString.Invariant($"least {Word(objective)} of {feasible.Count:#,0} feasible ones");

    private static List<BackendCandidate> Order(IReadOnlyList<BackendCandidate> candidates, ObjectivesSpec objectives)
    {
        DesignObjective objective = objectives.Minimize;
        bool soldFirst = objectives.Availability == SwitchAvailability.Shipping;
        // Alike shapes differ only in names; the ids break the tie so that the order repeats.
        return
        [
            .. candidates
                .OrderBy(c => c.Alternative.Feasible ? 0 : 1)
                .ThenBy(c => soldFirst && c.Alternative.NotSold.Length > 0)
                .ThenBy(c => Measure(c.Alternative, objective))
                .ThenBy(c => c.Alternative.EstimatedUsd)
                .ThenBy(c => c.Alternative.EstimatedWatts)
                .ThenBy(c => c.Alternative.Planes)
                .ThenBy(c => c.Alternative.AssumedShare)
                .ThenBy(c => c.Alternative.Leaf, StringComparer.Ordinal)
                .ThenBy(c => c.Alternative.Spine, StringComparer.Ordinal)
                // Where no spine is built, the spines that were tried make no difference.
                .DistinctBy(c =>
                    c.Alternative.Feasible && c.Alternative.Tiers == 1
                        ? (object)(c.Alternative.Paradigm, c.Alternative.PlaneLayout, c.Alternative.Planes, c.Alternative.Leaf)
                        : c
                ),
        ];
    }

    private static string Word(DesignObjective objective) =>
        objective switch
        {
            DesignObjective.Capex => "cost",
            DesignObjective.Power => "power",
            _ => "longest path",
        };

    /// <summary>Why <paramref name="a"/> lost against <paramref name="best"/>.</summary>
    public static string WhyLost(Alternative a, Alternative best, DesignObjective objective)
    {
        string what = Word(objective);
        double mine = Measure(a, objective),
            its = Measure(best, objective);
        return a.NotSold.Length > 0 && best.NotSold.Length == 0 && mine < its * 1.0005 ? $"not sold yet ({a.NotSold})"
            : mine > its * 1.0005 ? FormattableString.Invariant($"{what} {(mine / its - 1) * 100:0.#} % above the chosen one")
            : a.EstimatedUsd > best.EstimatedUsd * 1.0005
                ? FormattableString.Invariant($"equal {what}, cost {(a.EstimatedUsd / best.EstimatedUsd - 1) * 100:0.#} % higher")
            : a.EstimatedWatts > best.EstimatedWatts * 1.0005
                ? FormattableString.Invariant(
                    $"equal {(objective == DesignObjective.Capex ? what : what + " and cost")}, power {(a.EstimatedWatts / best.EstimatedWatts - 1) * 100:0.#} % higher"
                )
            : "an equal; the chosen one comes first by planes, priced share and name";
    }

    /// <summary>Those that no other is as good as in cost, power and hops and better in one; of equals the first.</summary>
    public static IReadOnlyList<BackendCandidate> Front(IEnumerable<BackendCandidate> feasible)
    {
        List<BackendCandidate> front = [];
        Dictionary<int, double> leastWattsByHops = [];
        // In order of cost, one stays on the front only when nothing cheaper needs neither more power nor more hops.
        foreach (
            BackendCandidate c in feasible
                .OrderBy(c => c.Alternative.EstimatedUsd)
                .ThenBy(c => c.Alternative.EstimatedWatts)
                .ThenBy(c => c.Alternative.LongestHops)
        )
        {
            Alternative a = c.Alternative;
            bool dominated = leastWattsByHops.Any(e => e.Key <= a.LongestHops && e.Value <= a.EstimatedWatts);
            if (!dominated)
            {
                front.Add(c);
                leastWattsByHops[a.LongestHops] = Math.Min(
                    a.EstimatedWatts,
                    leastWattsByHops.GetValueOrDefault(a.LongestHops, double.PositiveInfinity)
                );
            }
        }

        return front;
    }

    /// <summary>What an objective makes as small as it can.</summary>
    public static double Measure(Alternative a, DesignObjective objective) =>
        objective switch
        {
            DesignObjective.Capex => a.EstimatedUsd,
            DesignObjective.Power => a.EstimatedWatts,
            _ => a.LongestHops,
        };
}
