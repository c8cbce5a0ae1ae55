using Lightloom.Training.Plans;

namespace Lightloom.Training.Machines;

/// <summary>Which XPU each rank is, and what that means for groups of ranks. Immutable; safe to share between threads.</summary>
/// <remarks>
/// Ranks are numbered tensor-parallel fastest, then context, data, pipeline, as Megatron does; a placement says which XPU a rank is.
/// </remarks>
public sealed class RankMap
{
    private readonly Parallelism _parallelism;
    private readonly int[]? _xpuOfRank;
    private readonly GroupCache? _cache;

    /// <summary>Deals ranks to XPUs.</summary>
    /// <param name="network">The network; it has at least as many XPUs as the job has ranks.</param>
    /// <param name="parallelism">The job.</param>
    /// <param name="rule">How.</param>
    /// <param name="cache">Groups that are known already, or null.</param>
    public RankMap(NetworkShape network, Parallelism parallelism, PlacementRule rule, GroupCache? cache = null)
    {
        (Network, Rule, _parallelism, _cache) = (network, rule, parallelism, cache);
        _xpuOfRank = rule switch
        {
            PlacementRule.PipelineInner => PipelineInner(parallelism),
            PlacementRule.Scattered => Scattered(network, (int)parallelism.Xpus),
            _ => null,
        };
    }

    /// <summary>The XPU of a rank.</summary>
    public int XpuOf(long rank) => _xpuOfRank is null ? (int)rank : _xpuOfRank[rank];

    /// <summary>Ranks of the job.</summary>
    public long Ranks => _parallelism.Xpus;

    /// <summary>The network that they lie in.</summary>
    public NetworkShape Network { get; }

    /// <summary>Which XPU each rank is.</summary>
    public PlacementRule Rule { get; }

    /// <summary>All groups of a size and stride.</summary>
    /// <param name="size">Ranks of a group.</param>
    /// <param name="stride">Distance between neighbours in rank order.</param>
    public RankGroups Groups(int size, long stride)
    {
        RankGroups made = new(this, size, stride);
        return _cache is null ? made : _cache.Of(made);
    }

    /// <summary>What the ranks of one kind of group find between them; the least favourable of the groups that were looked at.</summary>
    /// <param name="size">Ranks of a group.</param>
    /// <param name="stride">Distance between neighbours in rank order.</param>
    public GroupShape Group(int size, long stride) => Groups(size, stride).Shape;

    private static int[] PipelineInner(Parallelism p)
    {
        int[] xpus = new int[p.Xpus];
        int inner = p.Tensor * p.Context;
        for (int stage = 0; stage < p.Pipeline; stage++)
        {
            for (int d = 0; d < p.Data; d++)
            {
                for (int i = 0; i < inner; i++)
                {
                    xpus[(((stage * p.Data) + d) * inner) + i] = (((d * p.Pipeline) + stage) * inner) + i;
                }
            }
        }

        return xpus;
    }

    // One domain of each leaf group in turn.
    private static int[] Scattered(NetworkShape network, int ranks)
    {
        List<List<int>> domains = [];
        for (int x = 0; x < ranks; x++)
        {
            if (x == 0 || network.Domain[x] != network.Domain[x - 1])
            {
                domains.Add([]);
            }

            domains[^1].Add(x);
        }

        List<Queue<List<int>>> units = [.. domains.GroupBy(d => network.Leaf[d[0]]).Select(g => new Queue<List<int>>(g))];
        List<int> order = [];
        while (order.Count < ranks)
        {
            foreach (Queue<List<int>> unit in units)
            {
                if (unit.TryDequeue(out List<int>? next))
                {
                    order.AddRange(next);
                }
            }
        }

        return [.. order];
    }
}
