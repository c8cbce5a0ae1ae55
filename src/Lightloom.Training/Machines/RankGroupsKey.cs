using Lightloom.Training.Plans;

namespace Lightloom.Training.Machines;

/// <summary>What tells one kind of groups from another on the same network. Immutable.</summary>
/// <param name="Size">Ranks of a group.</param>
/// <param name="Stride">Distance between neighbours in rank order.</param>
/// <param name="Ranks">Ranks of the job.</param>
/// <param name="Rule">Which XPU each rank is.</param>
/// <param name="Rails">Into how many a group is dealt, rank by rank; 1 for whole groups.</param>
/// <param name="TakenOfDomain">XPUs of each scale-up domain that the job takes; 0 where it takes all of one before the next.</param>
public readonly record struct RankGroupsKey(int Size, long Stride, long Ranks, PlacementRule Rule, int Rails, int TakenOfDomain = 0);
