using Lightloom.Simulation.Collectives;
using Lightloom.Training.Machines;
using Lightloom.Units;

namespace Lightloom.Training.Timing;

/// <summary>Remembers what has been answered, since the collectives of a job ask for the same groups again and again.</summary>
/// <param name="inner">What answers.</param>
/// <remarks>Safe to share between threads; one question is answered at a time.</remarks>
public sealed class KnownCollectives(ICollectiveTime inner) : ICollectiveTime
{
    private readonly Lock _one = new();
    private readonly Dictionary<(CollectiveKind, DataSize, CollectiveAlgorithm?, object Groups), CollectiveTiming> _known = [];

    /// <inheritdoc/>
    public int Ranks => inner.Ranks;

    /// <summary>Questions that were different from one another.</summary>
    public int Distinct => _known.Count;

    /// <summary>The largest relative error that an answer says of itself; 0 where all are whole.</summary>
    public double LargestError => _known.Values.Select(t => t.Error).DefaultIfEmpty(0).Max();

    /// <inheritdoc/>
    public CollectiveTiming Of(CollectiveRequest request)
    {
        object groups = KeyOf(request.Groups);
        lock (_one)
        {
            if (!_known.TryGetValue((request.Kind, request.Size, request.Algorithm, groups), out CollectiveTiming? timing))
            {
                timing = inner.Of(request);
                _known[(request.Kind, request.Size, request.Algorithm, groups)] = timing;
            }

            return timing;
        }
    }

    /// <summary>What tells groups apart: those of a job by what they are, others as objects.</summary>
    internal static object KeyOf(IReadOnlyList<IReadOnlyList<int>> groups) => groups is RankGroups { Key: var key } ? key : groups;
}
