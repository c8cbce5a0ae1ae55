using Lightloom.Training.Plans;

namespace Lightloom.Training.Machines;

/// <summary>Which XPU each rank is, and what that means for groups of ranks. Immutable; safe to share between threads.</summary>
/// <remarks>
/// Ranks are numbered tensor-parallel fastest, then context, data, pipeline, as Megatron does; a placement says which XPU a rank is.
/// </remarks>
public sealed class RankMap
{
    /// <summary>Groups that are looked at for one figure: enough to meet every position in a leaf, few enough for a million ranks.</summary>
    private const int Sampled = 256;

    /// <summary>Ranks that are looked at for one figure, at least two groups.</summary>
    private const int Visited = 1 << 15;

    private readonly NetworkShape _network;
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
        (_network, _parallelism, _cache) = (network, parallelism, cache);
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

    /// <summary>The scale-up domain of an XPU.</summary>
    public int DomainOf(int xpu) => _network.Domain[xpu];

    /// <summary>The XPUs of every group of a size and stride, in rank order.</summary>
    public IEnumerable<int[]> Groups(int size, long stride)
    {
        long span = size * stride;
        for (long g = 0; g < Ranks / size; g++)
        {
            long first = (g / stride * span) + (g % stride);
            int[] xpus = new int[size];
            for (int i = 0; i < size; i++)
            {
                xpus[i] = XpuOf(first + (i * stride));
            }

            yield return xpus;
        }
    }

    /// <summary>What the ranks of one kind of group find between them; the least favourable of the groups that were looked at.</summary>
    /// <param name="size">Ranks of a group.</param>
    /// <param name="stride">Distance between neighbours in rank order.</param>
    public GroupShape Group(int size, long stride)
    {
        return size == 1 ? GroupShape.Alone
            : _cache is null ? Look(size, stride)
            : _cache.Of(size, stride, _parallelism.Xpus, () => Look(size, stride));
    }

    private GroupShape Look(int size, long stride)
    {
        long ranks = _parallelism.Xpus;
        long span = size * stride;
        long groups = ranks / size;
        long step = Math.Max(1, groups / Math.Clamp(Visited / size, 2, Sampled));
        int local = size;
        double ringLeaf = 0,
            ringPod = 0,
            allLeaf = 0,
            allPod = 0;
        int[] xpus = new int[size];
        for (long g = 0; g < groups; g += step)
        {
            long first = (g / stride * span) + (g % stride);
            for (int i = 0; i < size; i++)
            {
                xpus[i] = XpuOf(first + (i * stride));
            }

            local = Math.Min(local, LocalOf(xpus));
            ringLeaf = Math.Max(ringLeaf, RingShare(xpus, _network.Leaf));
            ringPod = Math.Max(ringPod, RingShare(xpus, _network.Pod));
            allLeaf = Math.Max(allLeaf, PairShare(xpus, _network.Leaf));
            allPod = Math.Max(allPod, PairShare(xpus, _network.Pod));
        }

        return new(size, local, ringLeaf, ringPod, allLeaf, allPod) { Stride = stride };
    }

    // Ranks of the group in the domain that has fewest of them: its NICs carry the most for each rank.
    private int LocalOf(int[] xpus)
    {
        Dictionary<int, int> members = [];
        foreach (int x in xpus)
        {
            members[_network.Domain[x]] = members.GetValueOrDefault(_network.Domain[x]) + 1;
        }

        return members.Values.Min();
    }

    // Of the messages that leave a domain on a ring through the group in its order: the share that leaves the leaf (or pod) too.
    private double RingShare(int[] xpus, IReadOnlyList<int> part)
    {
        int leaving = 0,
            crossing = 0;
        for (int i = 0; i < xpus.Length; i++)
        {
            int next = xpus[(i + 1) % xpus.Length];
            if (_network.Domain[xpus[i]] != _network.Domain[next])
            {
                leaving++;
                crossing += part[xpus[i]] != part[next] ? 1 : 0;
            }
        }

        return leaving == 0 ? 0 : (double)crossing / leaving;
    }

    // The same where each talks to all.
    private double PairShare(int[] xpus, IReadOnlyList<int> part)
    {
        double domains = Pairs(xpus, _network.Domain);
        return domains == 0 ? 0 : Math.Min(1, Pairs(xpus, part) / domains);
    }

    private static double Pairs(int[] xpus, IReadOnlyList<int> part)
    {
        Dictionary<int, long> count = [];
        foreach (int x in xpus)
        {
            count[part[x]] = count.GetValueOrDefault(part[x]) + 1;
        }

        double within = count.Values.Sum(c => (double)c * c);
        return ((double)xpus.Length * xpus.Length) - within;
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
