using System.Collections.Concurrent;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Machines;

/// <summary>
/// Groups that several plans on one network share. Rail-aligned ranks are XPUs in order, so what a group finds depends on its size, its
/// stride, the number of ranks and how many of a domain are taken alone; with other placements every plan is asked anew.
/// </summary>
/// <remarks>Safe to share between threads.</remarks>
public sealed class GroupCache(NetworkShape network, PlacementRule rule)
{
    private readonly ConcurrentDictionary<RankGroupsKey, RankGroups> _known = new();

    /// <summary>The map of a plan's ranks, with what is known already.</summary>
    public RankMap MapOf(Parallelism parallelism) => new(network, parallelism, rule, rule == PlacementRule.RailAligned ? this : null);

    internal RankGroups Of(RankGroups made) => _known.GetOrAdd(made.Key, made);
}
