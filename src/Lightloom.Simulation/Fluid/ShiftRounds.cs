namespace Lightloom.Simulation.Fluid;

/// <summary>
/// The rounds of a pairwise exchange, in which every rank sends to the one so many places on. Where leaves and pods hold ranks at even
/// distances, how many of a group's flows leave it in a round is arithmetic, so that a million rounds of a million flows are counted
/// without any of them.
/// </summary>
internal sealed class ShiftRounds
{
    private readonly int _ranks;
    private readonly List<Group> _groups;
    private readonly double _hostByteTime;
    private readonly double _ports;
    private readonly double[] _latency;
    private readonly double[] _packet;

    // Ranks at a distance of Stride, Count of them; Level and ByteTime: picoseconds a byte of one flow takes if it had all of them alone.
    // LinkByteTime: the same of one link; Links: those of the level in one plane, both directions.
    private readonly record struct Group(
        int Level,
        int Stride,
        int Count,
        double ByteTime,
        double LinkByteTime,
        double Beside,
        double Ways,
        double Links
    )
    {
        /// <summary>What so many flows that leave it load.</summary>
        public LevelLoad Left(double flows) => new(flows * ByteTime, flows * ByteTime / LinkByteTime, Links, Beside, Ways);
    }

    private ShiftRounds(int ranks, List<Group> groups, double hostByteTime, double ports, double[] latency, double[] packet)
    {
        (_ranks, _groups, _hostByteTime, _ports, _latency, _packet) = (ranks, groups, hostByteTime, ports, latency, packet);
    }

    /// <summary>The rounds over these hosts in rank order; null where they have to be solved one by one.</summary>
    public static ShiftRounds? Of(StepSolver solver, ReadOnlySpan<int> hosts)
    {
        LinkGraph graph = solver.Graph;
        if (!solver.IsCollapsed || !HostsAreAlike(graph, hosts, out double total))
        {
            return null;
        }
        HashSet<Group> groups = [];
        int levels = Enumerable.Range(0, graph.Planes).Max(p => solver.TreeOf(p).Levels);
        var latency = new double[levels + 1];
        var packet = new double[levels + 1];
        for (int plane = 0; plane < graph.Planes; plane++)
        {
            HubTree tree = solver.TreeOf(plane);
            int[] leafOf = new int[hosts.Length];
            double share = 0;
            for (int r = 0; r < hosts.Length; r++)
            {
                foreach (int port in graph.PortsOf(hosts[r]))
                {
                    if (graph.Plane[graph.Upper[port]] == plane)
                    {
                        leafOf[r] = graph.Upper[port];
                        share = graph.Capacity[2 * port] / total;
                    }
                }
            }
            if (share > 0 && !Add(tree, [.. Enumerable.Range(0, tree.Levels).Select(l => solver.WaysOf(plane, l))], leafOf, share, groups))
            {
                return null;
            }
            Measure(graph, tree, hosts, leafOf, latency, packet);
        }
        return new(hosts.Length, [.. groups], 8e12 / total, graph.PortsOfHosts, latency, packet);
    }

    // Every host has one port on each plane, of the plane's own rate.
    private static bool HostsAreAlike(LinkGraph graph, ReadOnlySpan<int> hosts, out double total)
    {
        total = 0;
        var rates = new double[graph.Planes];
        var seen = new double[graph.Planes];
        var met = new bool[graph.Hosts];
        for (int r = 0; r < hosts.Length; r++)
        {
            Array.Clear(seen);
            if (met[hosts[r]])
            {
                return false;
            }
            met[hosts[r]] = true;
            foreach (int port in graph.PortsOf(hosts[r]))
            {
                int plane = graph.Plane[graph.Upper[port]];
                if (seen[plane] != 0 || !graph.IsAlive(port) || graph.Capacity[2 * port] != graph.Capacity[2 * port + 1])
                {
                    return false;
                }
                seen[plane] = graph.Capacity[2 * port];
            }
            if (r == 0)
            {
                seen.CopyTo(rates, 0);
                total = rates.Sum();
            }
            if (!seen.AsSpan().SequenceEqual(rates))
            {
                return false;
            }
        }
        return total > 0;
    }

    private static bool Add(HubTree tree, int[] ways, int[] leafOf, double share, HashSet<Group> groups)
    {
        for (int level = 0; level < tree.Levels; level++)
        {
            int count = tree.FirstHub[level + 1] - tree.FirstHub[level];
            var first = new int[count];
            var last = new int[count];
            var stride = new int[count];
            var members = new int[count];
            for (int r = 0; r < leafOf.Length; r++)
            {
                int g = tree.GroupOf(level, leafOf[r]);
                if (members[g] == 1)
                {
                    stride[g] = r - last[g];
                }
                else if (members[g] > 1 && r - last[g] != stride[g])
                {
                    return false;
                }
                (first[g], last[g]) = (members[g] == 0 ? r : first[g], r);
                members[g]++;
            }
            double links = 0;
            for (int g = 0; g < count; g++)
            {
                links += 2 * tree.CapacityOf(level, g) * tree.ByteTimes[tree.FirstHub[level] + g] / 8e12;
            }
            for (int g = 0; g < count; g++)
            {
                // A group that holds everybody is left by nobody.
                if (members[g] > 0 && members[g] < leafOf.Length)
                {
                    double capacity = tree.CapacityOf(level, g);
                    if (capacity <= 0)
                    {
                        return false;
                    }
                    double one = tree.ByteTimes[tree.FirstHub[level] + g];
                    groups.Add(
                        new Group(
                            level,
                            Math.Max(1, stride[g]),
                            members[g],
                            share * 8e12 / capacity,
                            one,
                            capacity * one / 8e12,
                            ways[level],
                            links
                        )
                    );
                }
            }
        }
        return true;
    }

    // The longest way that flows meeting at each level take: those of regular planes are as long as each other, but for their hosts' links.
    private static void Measure(LinkGraph graph, HubTree tree, ReadOnlySpan<int> hosts, int[] leafOf, double[] latency, double[] packet)
    {
        long link = 0;
        double byteTime = 0;
        foreach (int host in hosts)
        {
            foreach (int port in graph.PortsOf(host))
            {
                link = Math.Max(link, graph.Delay[port]);
                byteTime = Math.Max(byteTime, 8e12 / graph.Capacity[2 * port + 1]);
            }
        }
        for (int meet = 0; meet < latency.Length; meet++)
        {
            var lastOf = new Dictionary<int, int>();
            foreach (int leaf in leafOf)
            {
                if (meet > tree.Levels || tree.GroupOf(meet, leaf) < 0)
                {
                    continue;
                }
                int other = lastOf.TryGetValue(tree.GroupOf(meet, leaf), out int before) ? before : leaf;
                if (tree.Meet(leaf, other) == meet)
                {
                    latency[meet] = Math.Max(latency[meet], 2 * link + tree.LatencyOf(leaf, other, meet));
                    packet[meet] = Math.Max(packet[meet], byteTime + tree.ByteTimeOf(leaf, other, meet, tree.ByteTimes));
                }
                lastOf.TryAdd(tree.GroupOf(meet, leaf), leaf);
            }
        }
    }

    /// <summary>What binds all rounds at once: every rank sends to every other.</summary>
    public StepLoad Together()
    {
        double most = (_ranks - 1) * _hostByteTime;
        int bound = StepLoad.HostLink,
            meet = 0;
        StepLoad levels = default;
        foreach (Group group in _groups)
        {
            meet = Math.Max(meet, group.Level + 1);
            LevelLoad load = group.Left((double)group.Count * (_ranks - group.Count));
            levels = Fuller(levels, group.Level, load);
            double byteTime = load.ByteTime;
            if (byteTime > most * (1 + 1e-12))
            {
                (most, bound) = (byteTime, group.Level);
            }
        }
        return Made(levels, most, meet, bound, _ranks - 1);
    }

    // Groups that differ share the links of their level.
    private static StepLoad Fuller(StepLoad step, int level, LevelLoad load)
    {
        LevelLoad known =
            level == 0 ? step.Leaf
            : level == 1 ? step.Spine
            : step.Upper;
        return load.ByteTime > known.ByteTime ? step.With(level, load with { Links = load.Links - known.Links }) : step;
    }

    private StepLoad Made(StepLoad levels, double most, int meet, int bound, double flows) =>
        new(most, _packet[meet], _latency[meet], bound)
        {
            MeanPacketByteTime = _packet[meet],
            MeanLatency = _latency[meet],
            HostByteTime = flows * _hostByteTime,
            HostFlows = flows,
            Ports = _ports,
            Leaf = levels.Leaf,
            Spine = levels.Spine,
            Upper = levels.Upper,
        };

    /// <summary>What binds the round in which every rank sends so many places on, from 1 to one less than there are ranks.</summary>
    public StepLoad Of(int places)
    {
        double most = _hostByteTime;
        int bound = StepLoad.HostLink,
            meet = 0;
        StepLoad levels = default;
        foreach (Group group in _groups)
        {
            int stay = 0;
            if (places % group.Stride == 0)
            {
                stay += Math.Max(0, group.Count - places / group.Stride);
            }
            if ((_ranks - places) % group.Stride == 0)
            {
                stay += Math.Max(0, group.Count - (_ranks - places) / group.Stride);
            }
            int leave = group.Count - stay;
            if (leave > 0)
            {
                meet = Math.Max(meet, group.Level + 1);
                LevelLoad load = group.Left(leave);
                levels = Fuller(levels, group.Level, load);
                double byteTime = load.ByteTime;
                if (byteTime > most * (1 + 1e-12))
                {
                    (most, bound) = (byteTime, group.Level);
                }
            }
        }
        return Made(levels, most, meet, bound, 1);
    }
}
