using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Yaml;

namespace Lightloom.Cabling;

/// <summary>What there is to say about one link that is asked for by itself: every product ranked, and what a design would take.</summary>
/// <param name="Candidates">As <see cref="InterconnectSelector.Rank"/> orders them.</param>
/// <param name="InDesign">
/// What a design would take, which uses less of a rated reach unless its file says otherwise; null where that is the same product, or where
/// nothing serves.
/// </param>
public sealed record InterconnectAnswer(IReadOnlyList<InterconnectCandidate> Candidates, InterconnectCandidate? InDesign)
{
    /// <summary>True when a product serves the link.</summary>
    public bool IsServed => Candidates is [{ Verdict: ProductVerdict.Chosen }, ..];

    /// <summary>The answer to one question.</summary>
    /// <param name="catalogue">The products.</param>
    /// <param name="link">The link.</param>
    /// <param name="spec">By what products are judged.</param>
    public static InterconnectAnswer To(Catalogue catalogue, LinkQuestion link, InterconnectSpec spec)
    {
        IReadOnlyList<InterconnectCandidate> candidates = new InterconnectSelector(catalogue, spec).Rank(link);
        return new(candidates, InDesignOf(catalogue, link, spec, candidates));
    }

    /// <summary>The first of <paramref name="exclude"/> that names neither a kind nor a product of the catalogue, with what is near it.</summary>
    public static string? UnknownExclusion(Catalogue catalogue, IReadOnlyList<string> exclude)
    {
        string[] known = [.. InterconnectKindWords.All, .. catalogue.Interconnects.Keys];
        return exclude.FirstOrDefault(e => !known.Contains(e, StringComparer.OrdinalIgnoreCase)) is { } stranger
            ? $"no kind or interconnect is called '{Excerpt.Of(stranger)}'"
                + Nearest.Suggestion(stranger, known, $"; kinds are {string.Join(", ", InterconnectKindWords.All)}")
            : null;
    }

    /// <summary>The refusal of a link that no product serves: what comes closest, and what that misses.</summary>
    public Diagnostic Refusal() =>
        new(
            NearestMiss.Unserved,
            Severity.Error,
            $"no interconnect of the catalogue serves this link; closest: {NearestMiss.InWords(Candidates)}",
            ""
        );

    private static InterconnectCandidate? InDesignOf(
        Catalogue catalogue,
        LinkQuestion link,
        InterconnectSpec spec,
        IReadOnlyList<InterconnectCandidate> candidates
    )
    {
        double usual = new InterconnectSpec().ReachDerating;
        if (spec.ReachDerating <= usual || candidates is not [{ Verdict: ProductVerdict.Chosen } chosen, ..])
        {
            return null;
        }

        InterconnectCandidate? other = new InterconnectSelector(catalogue, spec with { ReachDerating = usual }).Choose(link);
        return other is null || other.Head.Id != chosen.Head.Id || other.Tail.Id != chosen.Tail.Id ? other : null;
    }
}
