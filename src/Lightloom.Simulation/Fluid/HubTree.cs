namespace Lightloom.Simulation.Fluid;

/// <summary>
/// A plane of a fabric whose switches are alike, as a tree: what leaves a leaf, a pod, and so on spreads evenly over all links to the next
/// tier, so that these links are full at the same moment and stand for one hub of their capacity together.
/// </summary>
/// <remarks>
/// Exact where the plane is regular: within every group of a level (switches that are joined below and at that tier), each switch at the top
/// has as many links to each of the groups below, the switches below have as many upward links each, and all these links are alike. Then a
/// flow's equal shares at every switch are equal shares of all links of the level, upwards and downwards. A failed or slower link breaks
/// that for the plane. Immutable.
/// </remarks>
internal sealed class HubTree
{
    private readonly int[][] _group;
    private readonly double[][] _capacity;
    private readonly long[][] _delay;
    private readonly long[][] _topLatency;
    private readonly LinkGraph _graph;

    private HubTree(LinkGraph graph, int[][] group, double[][] capacity, long[][] delay, long[][] topLatency)
    {
        _graph = graph;
        (_group, _capacity, _delay, _topLatency) = (group, capacity, delay, topLatency);
        FirstHub = new int[Levels + 1];
        for (int level = 0; level < Levels; level++)
        {
            FirstHub[level + 1] = FirstHub[level] + capacity[level].Length;
        }
    }

    /// <summary>Levels that have hubs: leaves, pods, and so on, whether or not anything joins the last.</summary>
    public int Levels => _capacity.Length;

    /// <summary>By level: the number of its first hub; one more for their count.</summary>
    public int[] FirstHub { get; }

    /// <summary>The group of a leaf at a level; at level 0 every leaf is one.</summary>
    public int GroupOf(int level, int leaf) => _group[level][leaf];

    /// <summary>The capacity of a group's links to the next tier, one direction, in bits a second; 0 where there are none.</summary>
    public double CapacityOf(int level, int group) => _capacity[level][group];

    /// <summary>At which level two leaves are joined: 0 for one leaf, -1 when nothing joins them.</summary>
    public int Meet(int a, int b)
    {
        for (int level = 0; level < _group.Length; level++)
        {
            if (_group[level][a] == _group[level][b])
            {
                return level;
            }
        }
        return -1;
    }

    /// <summary>Propagation and switches from leaf to leaf, both leaves included, in picoseconds.</summary>
    public double LatencyOf(int a, int b, int meet)
    {
        double sum = _graph.Latency[a] + (meet > 0 ? _graph.Latency[b] : 0);
        for (int level = 1; level <= meet; level++)
        {
            (int above, int beside) = (_group[level][a], _group[level][b]);
            sum += _delay[level][above] + _delay[level][beside] + _topLatency[level][above];
            sum += level < meet ? _topLatency[level][beside] : 0;
        }
        return sum;
    }

    /// <summary>Picoseconds that a byte takes over the links between the two leaves, one after the other.</summary>
    public double ByteTimeOf(int a, int b, int meet, double[] byteTime)
    {
        double sum = 0;
        for (int level = 0; level < meet; level++)
        {
            sum += byteTime[FirstHub[level] + _group[level][a]] + byteTime[FirstHub[level] + _group[level][b]];
        }
        return sum;
    }

    /// <summary>By hub: picoseconds that a byte takes on one of its links.</summary>
    public double[] ByteTimes { get; private set; } = [];

    /// <summary>The tree of a plane; null where it is not regular.</summary>
    public static HubTree? Of(LinkGraph graph, int plane)
    {
        if (!graph.IsLayered)
        {
            return null;
        }
        int[] tops = [.. Enumerable.Range(0, graph.Switches).Where(s => graph.Plane[s] == plane)];
        int top = tops.Length == 0 ? -1 : tops.Max(s => graph.Tier[s]);
        // Level by level: the group that each switch belongs to, of those joined at its tier or below.
        var at = new int[graph.Switches];
        int count = 0;
        foreach (int s in tops)
        {
            at[s] = graph.Tier[s] == 0 ? count++ : -1;
        }
        List<int[]> groups = [(int[])at.Clone()];
        List<double[]> capacities = [];
        List<long[]> delays = [new long[count]],
            latencies = [new long[count]];
        List<double> byteTimes = [];
        for (int level = 1; level <= top; level++)
        {
            if (Level.Build(graph, plane, level, at, count) is not { } built)
            {
                return null;
            }
            capacities.Add(built.Capacity);
            byteTimes.AddRange(built.ByteTime);
            delays.Add(built.Delay);
            latencies.Add(built.TopLatency);
            (at, count) = (built.Group, built.Count);
            groups.Add(at);
        }
        return new(graph, [.. groups], [.. capacities], [.. delays], [.. latencies]) { ByteTimes = [.. byteTimes] };
    }

    // What joins the groups of one level into those of the next.
    private sealed record Level(int[] Group, int Count, double[] Capacity, double[] ByteTime, long[] Delay, long[] TopLatency)
    {
        public static Level? Build(LinkGraph graph, int plane, int tier, int[] below, int count)
        {
            // Groups that a switch of this tier joins become one.
            DisjointSets joined = new(count);
            var links = new long[count];
            for (int s = 0; s < graph.Switches; s++)
            {
                if (graph.Plane[s] != plane || graph.Tier[s] != tier)
                {
                    continue;
                }
                int first = -1;
                foreach (int link in graph.DownOf(s))
                {
                    if (!graph.IsAlive(link))
                    {
                        return null;
                    }
                    int g = below[~graph.Lower[link]];
                    links[g]++;
                    if (first >= 0)
                    {
                        joined.Join(first, g);
                    }
                    first = g;
                }
            }
            var number = new int[count];
            int next = 0;
            for (int g = 0; g < count; g++)
            {
                number[g] = joined.Find(g) == g ? next++ : number[joined.Find(g)];
            }
            return Check(graph, plane, tier, below, count, links, number, next);
        }

        private static Level? Check(LinkGraph graph, int plane, int tier, int[] below, int count, long[] links, int[] number, int groups)
        {
            var members = new int[groups];
            var linksOfChild = new long[groups];
            for (int g = 0; g < count; g++)
            {
                members[number[g]]++;
                ref long expected = ref linksOfChild[number[g]];
                if (members[number[g]] > 1 && expected != links[g])
                {
                    return null;
                }
                expected = links[g];
            }
            var rate = new double[groups];
            var delay = new long[groups];
            var latency = new long[groups];
            var perPair = new int[groups];
            var upOf = new int[count];
            var seen = new Dictionary<int, int>();
            var group = new int[graph.Switches];
            Array.Fill(group, -1);
            for (int s = 0; s < graph.Switches; s++)
            {
                if (graph.Plane[s] != plane || graph.Tier[s] > tier)
                {
                    continue;
                }
                if (graph.Tier[s] < tier)
                {
                    group[s] = below[s] >= 0 ? number[below[s]] : -1;
                    if (graph.Tier[s] == tier - 1 && below[s] >= 0 && !SameUpward(graph.UpOf(s).Length, ref upOf[below[s]]))
                    {
                        return null;
                    }
                    continue;
                }
                ReadOnlySpan<int> down = graph.DownOf(s);
                if (down.Length == 0)
                {
                    continue;
                }
                int g = group[s] = number[below[~graph.Lower[down[0]]]];
                if (!TopIsRegular(graph, s, below, members[g], seen, ref perPair[g], ref rate[g], ref delay[g], ref latency[g]))
                {
                    return null;
                }
            }
            var capacity = new double[count];
            var byteTime = new double[count];
            for (int g = 0; g < count; g++)
            {
                capacity[g] = links[g] * rate[number[g]];
                byteTime[g] = rate[number[g]] > 0 ? 8e12 / rate[number[g]] : 0;
            }
            return new(group, groups, capacity, byteTime, delay, latency);
        }

        private static bool SameUpward(int links, ref int expected)
        {
            if (expected == 0)
            {
                expected = links + 1;
            }
            return expected == links + 1;
        }

        // A switch at the top has as many links to each group below it, all of one rate and delay.
        private static bool TopIsRegular(
            LinkGraph graph,
            int s,
            int[] below,
            int members,
            Dictionary<int, int> seen,
            ref int perPair,
            ref double rate,
            ref long delay,
            ref long latency
        )
        {
            seen.Clear();
            ReadOnlySpan<int> down = graph.DownOf(s);
            foreach (int link in down)
            {
                (double up, double back) = (graph.Capacity[2 * link], graph.Capacity[2 * link + 1]);
                if (rate == 0)
                {
                    (rate, delay, latency, perPair) = (up, graph.Delay[link], graph.Latency[s], down.Length / members);
                }
                if (up != rate || back != rate || graph.Delay[link] != delay || graph.Latency[s] != latency)
                {
                    return false;
                }
                int g = below[~graph.Lower[link]];
                seen[g] = seen.GetValueOrDefault(g) + 1;
            }
            if (seen.Count != members)
            {
                return false;
            }
            foreach (int links in seen.Values)
            {
                if (links != perPair)
                {
                    return false;
                }
            }
            return true;
        }
    }
}
