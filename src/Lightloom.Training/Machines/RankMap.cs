using Lightloom.Training.Plans;

namespace Lightloom.Training.Machines;

/// <summary>Which XPU each rank is, and what that means for groups of ranks. Immutable; safe to share between threads.</summary>
/// <remarks>
/// Ranks are numbered tensor-parallel fastest, then context, data, pipeline, as Megatron does; a placement says which XPU a rank is.
/// Rail-aligned ranks are XPUs in order, but for those of a domain that would part a group which fits into one.
/// </remarks>
public sealed class RankMap
{
    private readonly Parallelism _parallelism;
    private readonly int[]? _xpuOfRank;
    private readonly GroupCache? _cache;
    private readonly (int Taken, int Size) _domain;

    /// <summary>Deals ranks to XPUs.</summary>
    /// <param name="network">The network; it has at least as many XPUs as the job has ranks.</param>
    /// <param name="parallelism">The job.</param>
    /// <param name="rule">How.</param>
    /// <param name="cache">Groups that are known already, or null.</param>
    public RankMap(NetworkShape network, Parallelism parallelism, PlacementRule rule, GroupCache? cache = null)
    {
        (Network, Rule, _parallelism, _cache) = (network, rule, parallelism, cache);
        _domain = rule == PlacementRule.RailAligned ? WholeGroups(network, parallelism) : default;
        _xpuOfRank = rule switch
        {
            PlacementRule.PipelineInner => PipelineInner(parallelism),
            PlacementRule.Scattered => Scattered(network, (int)parallelism.Xpus),
            _ => null,
        };
    }

    /// <summary>The XPU of a rank.</summary>
    public int XpuOf(long rank) =>
        _xpuOfRank is not null ? _xpuOfRank[rank]
        : _domain.Taken == 0 ? (int)rank
        : (int)((rank / _domain.Taken * _domain.Size) + (rank % _domain.Taken));

    /// <summary>How many XPUs of each scale-up domain the job takes; 0 where it takes all of one before the next.</summary>
    public int TakenOfDomain => _domain.Taken;

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

    // Groups that would lie across two domains lie in one where the job leaves XPUs enough idle for it: of 72 XPUs a job whose experts
    // lie on 64 takes 64 of each domain, as schedulers of such racks do.
    private static (int Taken, int Size) WholeGroups(NetworkShape network, Parallelism p)
    {
        IReadOnlyList<int> domains = network.Domain;
        int size = Run(0);
        int unit = 1;
        foreach (long extent in new[] { p.Tensor, (long)p.Tensor * p.Context, (long)p.Tensor * p.Expert })
        {
            unit = extent <= size ? Math.Max(unit, (int)extent) : unit;
        }

        int taken = size / unit * unit;
        if (taken == size || (domains.Count / size * (long)taken) < p.Xpus)
        {
            return default;
        }

        for (int at = size; at < domains.Count; at += size)
        {
            if (domains[at] == domains[at - 1] || Run(at) != size)
            {
                return default;
            }
        }

        return (taken, size);

        int Run(int from)
        {
            int to = from;
            while (to < domains.Count && domains[to] == domains[from])
            {
                to++;
            }

            return to - from;
        }
    }

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
