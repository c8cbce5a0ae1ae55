using Lightloom.Hardware;

namespace Lightloom.Cabling;

/// <summary>The tiers on which one kind of cable or module serves what another was taken for.</summary>
/// <param name="Kept">What such a tier keeps, both ends of every article.</param>
/// <param name="Left">What is left out, in words.</param>
internal sealed record FewerKinds(
    IReadOnlyDictionary<TierKey, IReadOnlySet<InterconnectModel>> Kept,
    IReadOnlyList<(TierKey Tier, string Words)> Left
);
