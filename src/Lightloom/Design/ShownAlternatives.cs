using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>The backends as a design shows them: the one that is built, and why each of the others is not.</summary>
internal static class ShownAlternatives
{
    /// <summary>All that were considered, in the order of the ranking.</summary>
    /// <param name="choices">What there was to choose.</param>
    /// <param name="built">The one that is built.</param>
    /// <param name="search">What was tried before it, and what not.</param>
    public static IReadOnlyList<Alternative> Of(NetworkChoices choices, BackendCandidate built, DesignSearch search)
    {
        if (!choices.HasBackend)
        {
            return [];
        }

        built = search.Backends.First(c => ReferenceEquals(c.Plan, built.Plan));
        List<BackendCandidate> before = [.. search.Backends.TakeWhile(c => !ReferenceEquals(c, built))];
        int failed = before.Count(c => search.FailureOf(c) is not null);
        int broken = before.Count(c => c.IsFeasible && search.FailureOf(c) is null && search.BreaksByItself(c) is not null);
        int untried = before.Count(c => c.IsFeasible && search.FailureOf(c) is null) - broken;
        Alternative chosen = built.Alternative with { Chosen = true, Reason = WhyBuilt(built, failed, broken, untried) };
        return [.. search.Backends.Select(c => ReferenceEquals(c, built) ? chosen : Lost(c) with { Chosen = false })];

        Alternative Lost(BackendCandidate c) =>
            search.FailureOf(c) is { } failure ? c.Alternative with { Feasible = false, Reason = failure }
            : !c.IsFeasible ? c.Alternative
            : search.BreaksByItself(c) is { } limit ? c.Alternative with { Feasible = false, Reason = limit }
            : search.WhyNotTried(c) is { } why ? c.Alternative with { Reason = why }
            : before.Count > 0
                ? c.Alternative with
                {
                    Reason = BackendRanking.WhyLost(c.Alternative, chosen, choices.Spec.Objectives.Minimize),
                }
            : c.Alternative;
    }

    private static string WhyBuilt(BackendCandidate built, int failed, int broken, int untried)
    {
        if (broken + untried == 0)
        {
            return failed == 0
                ? built.Alternative.Reason
                : FormattableString.Invariant($"the first that becomes a design; {failed:#,0} tried before it do not");
        }

        string[] others =
        [
            .. failed > 0 ? [FormattableString.Invariant($"{failed:#,0} tried do not become a design")] : Array.Empty<string>(),
            .. broken > 0 ? [FormattableString.Invariant($"{broken:#,0} break a limit by their switches alone")] : Array.Empty<string>(),
            .. untried > 0 ? [FormattableString.Invariant($"{untried:#,0} were not tried")] : Array.Empty<string>(),
        ];
        return $"the first that {(broken > 0 ? "keeps every limit" : "becomes a design")}; before it {string.Join(", ", others)}";
    }
}
