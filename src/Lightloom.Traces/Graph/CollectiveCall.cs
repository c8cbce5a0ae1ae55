namespace Lightloom.Traces.Graph;

/// <summary>One collective of a trace: what it is, and each rank's part in it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Bytes">The buffer of each rank, for an all-gather the whole result.</param>
/// <param name="Ranks">Who takes part, in the order of the group.</param>
/// <param name="Operations">By member: its operation.</param>
internal sealed record CollectiveCall(TraceCollective Kind, long Bytes, IReadOnlyList<int> Ranks, int[] Operations);
