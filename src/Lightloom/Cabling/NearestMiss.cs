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

    /// <summary>The rejected product that misses by least, with what it misses; says so where there is none.</summary>
    /// <param name="candidates">As <see cref="InterconnectSelector.Rank"/> orders them: rejected ones nearest first.</param>
    public static string InWords(IReadOnlyList<InterconnectCandidate> candidates)
    {
        InterconnectCandidate? nearest = candidates.FirstOrDefault(k => k.Verdict == ProductVerdict.Rejected);
        return nearest is null ? "the catalogue has no interconnects" : $"{nearest.Head.Id}: {string.Join("; ", nearest.Reasons)}";
    }

    /// <summary>The distance of a product that breaks these rules.</summary>
    internal static double Of(IReadOnlyCollection<Rejection> broken) =>
        broken.Sum(b =>
            b.Code switch
            {
                RejectionCode.Unpublished or RejectionCode.Excluded => 1000,
                RejectionCode.Reach or RejectionCode.Loss or RejectionCode.MinimumReach => 0,
                RejectionCode.Rate => 5,
                RejectionCode.LineSystem => 0.5,
                _ => 1,
            }
        ) + broken.Max(b => b.Doublings); // A link that is too long misses reach and loss for one cause.
}
