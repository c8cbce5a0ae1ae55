namespace Lightloom.Training.Machines;

/// <summary>How the ranks of a group lie in the network. Immutable.</summary>
/// <param name="Size">Ranks.</param>
/// <param name="Local">Ranks that share a scale-up domain; the fewest where domains differ.</param>
/// <param name="RingLeafShare">Of a ring's messages between domains: the share that passes a leaf's uplinks, 0 to 1.</param>
/// <param name="RingPodShare">The share that passes a spine's uplinks.</param>
/// <param name="AllLeafShare">Of an all-to-all's bytes between domains: the share that passes a leaf's uplinks.</param>
/// <param name="AllPodShare">The share that passes a spine's uplinks.</param>
public sealed record GroupShape(int Size, int Local, double RingLeafShare, double RingPodShare, double AllLeafShare, double AllPodShare)
{
    /// <summary>Groups that are looked at for one figure: enough to meet every position in a leaf, few enough for a million ranks.</summary>
    private const int Sampled = 256;

    /// <summary>Ranks that are looked at for one figure, at least two groups.</summary>
    private const int Visited = 1 << 15;

    /// <summary>Distance between neighbours in rank order.</summary>
    public long Stride { get; init; } = 1;

    /// <summary>A group of one, which sends nothing.</summary>
    public static GroupShape Alone { get; } = new(1, 1, 0, 0, 0, 0);

    /// <summary>True when no byte leaves a scale-up domain.</summary>
    public bool IsInside => Local == Size;

    /// <summary>Domains that the group spans, rounded up.</summary>
    public int Domains => (Size + Local - 1) / Local;

    /// <summary>What the ranks of groups that run at once find between them; the least favourable of those that were looked at.</summary>
    /// <param name="network">The network.</param>
    /// <param name="groups">XPUs of each group in rank order, all of one size.</param>
    public static GroupShape Of(NetworkShape network, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        int size = groups[0].Count;
        if (size == 1)
        {
            return Alone;
        }

        int step = Math.Max(1, groups.Count / Math.Clamp(Visited / size, 2, Sampled));
        int local = size;
        double ringLeaf = 0,
            ringPod = 0,
            allLeaf = 0,
            allPod = 0;
        for (int g = 0; g < groups.Count; g += step)
        {
            IReadOnlyList<int> xpus = groups[g];
            local = Math.Min(local, LocalOf(xpus, network));
            ringLeaf = Math.Max(ringLeaf, RingShare(xpus, network, network.Leaf));
            ringPod = Math.Max(ringPod, RingShare(xpus, network, network.Pod));
            allLeaf = Math.Max(allLeaf, PairShare(xpus, network, network.Leaf));
            allPod = Math.Max(allPod, PairShare(xpus, network, network.Pod));
        }

        return new(size, local, ringLeaf, ringPod, allLeaf, allPod);
    }

    // Ranks of the group in the domain that has fewest of them: its NICs carry the most for each rank.
    private static int LocalOf(IReadOnlyList<int> xpus, NetworkShape network)
    {
        Dictionary<int, int> members = [];
        foreach (int x in xpus)
        {
            members[network.Domain[x]] = members.GetValueOrDefault(network.Domain[x]) + 1;
        }

        return members.Values.Min();
    }

    // Of the messages that leave a domain on a ring through the group in its order: the share that leaves the leaf (or pod) too.
    private static double RingShare(IReadOnlyList<int> xpus, NetworkShape network, IReadOnlyList<int> part)
    {
        int leaving = 0,
            crossing = 0;
        for (int i = 0; i < xpus.Count; i++)
        {
            (int here, int next) = (xpus[i], xpus[(i + 1) % xpus.Count]);
            if (network.Domain[here] != network.Domain[next])
            {
                leaving++;
                crossing += part[here] != part[next] ? 1 : 0;
            }
        }

        return leaving == 0 ? 0 : (double)crossing / leaving;
    }

    // The same where each talks to all.
    private static double PairShare(IReadOnlyList<int> xpus, NetworkShape network, IReadOnlyList<int> part)
    {
        double domains = Pairs(xpus, network.Domain);
        return domains == 0 ? 0 : Math.Min(1, Pairs(xpus, part) / domains);
    }

    private static double Pairs(IReadOnlyList<int> xpus, IReadOnlyList<int> part)
    {
        Dictionary<int, long> count = [];
        foreach (int x in xpus)
        {
            count[part[x]] = count.GetValueOrDefault(part[x]) + 1;
        }

        double within = count.Values.Sum(c => (double)c * c);
        return ((double)xpus.Count * xpus.Count) - within;
    }
}
