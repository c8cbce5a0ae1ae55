using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>What is said where every design that came to a bill breaks a limit: which limits bind, and the fewest that must give way.</summary>
/// <param name="spec">What was asked.</param>
/// <param name="billed">All attempts that came to a bill.</param>
/// <param name="carry">Carries a changed file through: why it is no design, or null when it is one.</param>
/// <param name="attempt">Carries one through as far as it goes; null where it cannot even be sized.</param>
internal sealed class LimitRefusal(
    ClusterSpec spec,
    IReadOnlyList<Attempt> billed,
    Func<ClusterSpec, Carried> carry,
    Func<ClusterSpec, Attempt?> attempt
)
{
    /// <summary>Sets of values that are carried through before one is named, at most.</summary>
    private const int MostCarried = 3;

    private readonly LimitsSpec _limits = spec.Objectives.Limits;

    /// <summary>
    /// The closest attempt's diagnostics with its errors replaced by one for every limit that must give way (LL7901 to LL7904), and in the first
    /// a set of values that was carried through and works. No smaller set of limits was found to do.
    /// </summary>
    /// <param name="closest">The attempt whose worst limit is broken least.</param>
    public IReadOnlyList<Diagnostic> Of(Attempt closest)
    {
        // Those that no attempt keeps must give way whatever else does.
        LimitKind[] never = [.. Enum.GetValues<LimitKind>().Where(k => billed.All(a => Breaks(a, k)))];
        (Attempt Of, LimitsSpec Raised)? works = Fewest(never);
        Attempt meant = works?.Of ?? closest;
        List<Diagnostic> errors = [];
        foreach (LimitKind kind in Broken(meant).Union(never).Order())
        {
            string key = "objectives.limits." + LimitWords.Key(kind);
            string said = $"no design that was tried keeps {key}{(never.Contains(kind) ? Nearest(kind) : AndOthers(kind))}";
            said += errors.Count == 0 ? Works(works) : "";
            said += kind == LimitKind.Capex ? OfPrices(works?.Of ?? Closest(kind)) : "";
            errors.Add(new(LimitWords.Id(kind), Severity.Error, said, key, spec.MarkOf(key)));
        }

        return [.. errors, .. closest.Diagnostics.Where(d => d.Severity != Severity.Error)];
    }

    private bool Breaks(Attempt of, LimitKind kind) => of.Values!.Value.Ratio(kind, _limits) > 1;

    private LimitKind[] Broken(Attempt of) => [.. Enum.GetValues<LimitKind>().Where(k => Breaks(of, k))];

    private Attempt Closest(LimitKind kind) => billed.MinBy(a => a.Values!.Value.Ratio(kind, _limits) ?? 0)!;

    // A limit on cost binds what has a price: how much of the bill that is not.
    private static string OfPrices(Attempt of) =>
        of.Design!.Bill.PricesLacking is { Length: > 0 } lacking ? $"; the limit holds what has a price: {lacking}" : "";

    private string Nearest(LimitKind kind)
    {
        Attempt nearest = Closest(kind);
        return $": the closest has {LimitWords.Above(kind, nearest.Values!.Value, _limits)} ({Words(nearest)})";
    }

    // One that keeps this limit breaks another: which, and by how much.
    private string AndOthers(LimitKind kind)
    {
        Attempt keeps = billed.Where(a => !Breaks(a, kind)).MinBy(a => a.Excess)!;
        IEnumerable<string> others = Broken(keeps)
            .Select(k => $"{LimitWords.Amount(k, keeps.Values!.Value)}, where {LimitWords.Key(k)} allows {LimitWords.Limit(k, _limits)}");
        return $" and the other limits: the closest with {LimitWords.Amount(kind, keeps.Values!.Value)} ({Words(keeps)}) has "
            + Listed.InWords(others);
    }

    private static string Works((Attempt Of, LimitsSpec Raised)? works) =>
        works is { } found ? $"; it works with {LimitWords.InFile(found.Raised)} ({Words(found.Of)})" : "";

    /// <summary>
    /// The attempt for which the fewest limits must be raised, nearest first, with them raised; null where none that was carried through again
    /// is a design.
    /// </summary>
    /// <param name="never">Limits that no attempt keeps.</param>
    private (Attempt Of, LimitsSpec Raised)? Fewest(LimitKind[] never)
    {
        Attempt[] nearest = [.. billed.OrderBy(a => Broken(a).Length).ThenBy(a => a.Excess)];
        int fewest = Broken(nearest[0]).Length;
        IEnumerable<Attempt> smaller = fewest > Math.Max(1, never.Length) ? Smaller(never, fewest) : [];
        foreach (Attempt of in smaller.Concat(nearest.Take(MostCarried)))
        {
            LimitsSpec raised = LimitWords.Raised(_limits, of.Values!.Value);
            if (carry(With(raised, spec.Objectives.Minimize)).Lacks is null)
            {
                return (of, raised);
            }
        }

        return null;
    }

    // Designs of the file without some of its limits, which then keep all others: as few of them as nobody came by with.
    private IEnumerable<Attempt> Smaller(LimitKind[] never, int fewest)
    {
        LimitKind[] open = [.. Broken(billed.MinBy(a => a.Excess)!).Union(billed.SelectMany(Broken)).Except(never)];
        foreach (LimitKind[] free in Sets(never, open).Where(s => s.Length > 0 && s.Length < fewest).OrderBy(s => s.Length))
        {
            DesignObjective least =
                free is [LimitKind.Power] ? DesignObjective.Power
                : free is [LimitKind.Latency] ? DesignObjective.Latency
                : spec.Objectives.Minimize;
            if (attempt(With(LimitWords.Without(_limits, free), least)) is { Stage: AttemptStage.Complete } design)
            {
                yield return design;
            }
        }
    }

    private static IEnumerable<LimitKind[]> Sets(LimitKind[] always, LimitKind[] open) =>
        Enumerable.Range(0, 1 << open.Length).Select(bits => (LimitKind[])[.. always, .. open.Where((_, i) => (bits >> i & 1) == 1)]);

    private ClusterSpec With(LimitsSpec limits, DesignObjective minimize) =>
        spec with
        {
            Objectives = spec.Objectives with { Limits = limits, Minimize = minimize },
        };

    private static string Words(Attempt attempt)
    {
        List<string> words = [];
        if (attempt.Selection.Backend is { Plan: not NoBackend, Alternative: var backend })
        {
            words.Add(backend.Leaf == backend.Spine ? backend.Leaf : $"{backend.Leaf} and {backend.Spine}");
            words.Add(Counted.Of(backend.Tiers, "tier"));
            words.Add(Counted.Of(backend.Planes, "plane"));
        }

        words.AddRange(
            attempt.Selection.Further.Prepend(attempt.Selection.Frontend).OfType<FrontendPlan>().Select(p => $"{p.Network.Role} {p.Names}")
        );
        return string.Join(", ", words);
    }
}
