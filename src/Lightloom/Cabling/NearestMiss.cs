using Lightloom.Diagnostics;

namespace Lightloom.Cabling;

/// <summary>How far a rejected product is from serving a link, and which of several comes closest.</summary>
/// <remarks>
/// A broken rule counts one. An amount counts by how often it must double: a link of twice the reach, or three decibels too many, weigh as
/// much as a plug of another form; a line system that is missing half of that. Another rate counts five rules; what cannot be bought, or was excluded, comes last.
/// </remarks>
public static class NearestMiss
{
    /// <summary>The id of the refusal of links that nothing serves.</summary>
    public const string Unserved = "LL6901";

    /// <summary>A product that breaks more rules than these is no near miss, but something else.</summary>
    private const double MostRules = 2;

    /// <summary>The rejected product that misses by least, with what it misses; says so where there is none.</summary>
    /// <param name="candidates">As <see cref="InterconnectSelector.Rank"/> orders them: rejected ones nearest first.</param>
    public static string InWords(IReadOnlyList<InterconnectCandidate> candidates) =>
        candidates.FirstOrDefault(k => k.Verdict == ProductVerdict.Rejected) is { } nearest
            ? Words(nearest)
            : "the catalogue has no interconnects";

    /// <summary>The same where the nearest is near enough to be of use; null where every product is another thing altogether.</summary>
    /// <param name="candidates">As <see cref="InterconnectSelector.Rank"/> orders them: rejected ones nearest first.</param>
    public static string? OfUse(IReadOnlyList<InterconnectCandidate> candidates) =>
        candidates.FirstOrDefault(k => k.Verdict == ProductVerdict.Rejected && IsNear(k.Rejections)) is { } near ? Words(near) : null;

    /// <summary>The distance of a product that breaks these rules.</summary>
    internal static double Of(IReadOnlyCollection<Rejection> broken) => broken.Sum(b => Weight(b.Code)) + broken.Max(b => b.Doublings); // A link that is too long misses reach and loss for one cause.

    /// <summary>
    /// True where a reader can do something with it: it is excluded and nothing else, or it breaks two rules at most beside its length,
    /// carries the rate, and has a partner for the other end.
    /// </summary>
    private static bool IsNear(IReadOnlyList<Rejection> broken) =>
        broken.All(b => b.Code == RejectionCode.Excluded)
        || (broken.Sum(b => Weight(b.Code)) <= MostRules && broken.All(b => b.Code != RejectionCode.Peer));

    private static string Words(InterconnectCandidate candidate) => $"{candidate.Head.Id}: {string.Join("; ", candidate.Reasons)}";

    private static double Weight(RejectionCode code) =>
        code switch
        {
            RejectionCode.Unpublished or RejectionCode.Excluded => 1000,
            RejectionCode.Reach or RejectionCode.Loss or RejectionCode.MinimumReach => 0,
            RejectionCode.Rate => 5,
            RejectionCode.LineSystem => 0.5,
            _ => 1,
        };
}
