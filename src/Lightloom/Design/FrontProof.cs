using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// Carries through what <c>explore</c> is about to call best or put on the front of cost, power and hops. What does not become a design gives
/// way to what is behind it; what was not carried through, since no more attempts may be made, is neither.
/// </summary>
internal static class FrontProof
{
    /// <summary>
    /// Logical links that are carried through for the front after the chosen design, in all: a measure of work that is the same on every
    /// machine. Some twenty fronts of a thousand XPUs, and two designs of a hundred thousand in eight planes.
    /// </summary>
    private const long MostLinks = 4_000_000;

    /// <summary>All backends as they are shown, the chosen one first.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="search">A search that has run.</param>
    /// <param name="found">What it found.</param>
    public static IReadOnlyList<Alternative> Of(ClusterSpec spec, DesignSearch search, Attempt found)
    {
        if (found.Stage != AttemptStage.Complete)
        {
            int tried = search.Backends.Count(c => search.FailureOf(c) is not null);
            return
            [
                .. search
                    .Backends.Select(c => Known(c, search))
                    .Select(c =>
                        c.IsFeasible
                            ? c.Rejected(
                                new(
                                    RejectionCode.LaterStage,
                                    search.WhyNotTried(c)
                                        ?? FormattableString.Invariant($"not tried: {tried:#,0} others were, and none becomes a design")
                                )
                            )
                            : c
                    )
                    .Select(c => c.Alternative with { Chosen = false, Pareto = false }),
            ];
        }

        search.Renew();
        long links = 0;
        while (
            search.MayTry
            && links < MostLinks
            && BackendRanking
                .Front(
                    search.Backends.Select(c => Known(c, search)).Where(c => c.IsFeasible && (search.IsProven(c) || !search.IsDoubtful(c)))
                )
                .FirstOrDefault(c => !search.IsProven(c))
                is { } next
        )
        {
            links += next.Plan!.Links;
            if (search.Try(next) is { } attempt)
            {
                search.Note(attempt);
            }
        }

        return
        [
            .. BackendRanking
                .Rank([.. search.Backends.Select(c => Known(c, search))], spec.Objectives, search.IsProven)
                .Select(c => Shown(c, search)),
        ];
    }

    private static Alternative Shown(BackendCandidate c, DesignSearch search) =>
        search.IsProven(c) ? c.Alternative with { Proven = true }
        : c.IsFeasible && search.WhyNotTried(c) is { } why ? c.Alternative with { Reason = why }
        : c.Alternative;

    private static BackendCandidate Known(BackendCandidate c, DesignSearch search) =>
        !c.IsFeasible ? c
        : (search.FailureOf(c) ?? search.BreaksByItself(c)) is { } why ? c.Rejected(new(RejectionCode.LaterStage, why))
        : c;
}
