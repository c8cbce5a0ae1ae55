using System.Collections;

namespace Lightloom.Training.Machines;

/// <summary>
/// The groups of one kind that the ranks of a job form, each as XPUs in rank order: made as they are asked for, so that a million ranks
/// cost nothing until somebody looks.
/// </summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class RankGroups : IReadOnlyList<IReadOnlyList<int>>
{
    private readonly RankMap _ranks;
    private readonly Lazy<GroupShape> _shape;

    internal RankGroups(RankMap ranks, int size, long stride, int rails = 1)
    {
        _ranks = ranks;
        Key = new(size, stride, ranks.Ranks, ranks.Rule, rails, ranks.TakenOfDomain);
        _shape = new(() => size == rails ? GroupShape.Alone : GroupShape.Of(ranks.Network, this) with { Stride = stride });
    }

    /// <summary>What tells these groups from others on the same network.</summary>
    public RankGroupsKey Key { get; }

    /// <summary>Ranks of a group.</summary>
    public int Size => Key.Size / Key.Rails;

    /// <summary>How they lie in the network.</summary>
    public GroupShape Shape => _shape.Value;

    /// <summary>
    /// One group a rail instead: the i-th ranks of the scale-up domains, as hierarchical collectives run between domains. Every domain
    /// must have as many ranks of a group.
    /// </summary>
    public RankGroups Rails => Shape.Local == 1 ? this : new(_ranks, Key.Size, Key.Stride, Shape.Local);

    /// <inheritdoc/>
    public int Count => checked((int)(Key.Ranks / Key.Size * Key.Rails));

    /// <inheritdoc/>
    public IReadOnlyList<int> this[int index]
    {
        get
        {
            long group = index / Key.Rails;
            long first = (group / Key.Stride * Key.Size * Key.Stride) + (group % Key.Stride);
            int[] xpus = new int[Size];
            for (int i = 0; i < xpus.Length; i++)
            {
                xpus[i] = _ranks.XpuOf(first + (((i * (long)Key.Rails) + (index % Key.Rails)) * Key.Stride));
            }

            return xpus;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<IReadOnlyList<int>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
