namespace Lightloom.Exact;

/// <summary>What the pieces at some places may weigh together.</summary>
/// <param name="Places">The places.</param>
/// <param name="Most">The most that they may weigh.</param>
public sealed record PlaceLimit(IReadOnlySet<int> Places, long Most);
