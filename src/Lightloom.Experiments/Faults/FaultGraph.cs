using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Faults;

/// <summary>
/// Reachability and capacity of a designed network under faults, by counting and by maximum flow. Exact for packets that climb and then
/// descend, never the other way round, as every Clos routes; planes are joined nowhere but in hosts, and hosts do not forward.
/// </summary>
/// <remarks>Immutable once built; safe to share between threads.</remarks>
public sealed class FaultGraph
{
    private readonly DesignedNetwork _designed;
    private readonly int[] _weight;
    private readonly int[][] _hostLinks;
    private readonly int[] _leafNumber;
    private readonly int _leaves;
    private readonly int[] _byTier;
    private readonly int[][] _linksBelow;
    private readonly bool[] _firstHalf;
    private readonly int[] _soundReach;
    private readonly long _soundBisection;

    /// <summary>XPUs of the network; nodes on fabrics other than the backend.</summary>
    public int Endpoints { get; }

    /// <summary>The bisection of the sound network, one way.</summary>
    public Units.DataRate SoundBisection => Units.DataRate.FromBitsPerSecond(_soundBisection);

    /// <summary>Prepares.</summary>
    public FaultGraph(DesignedNetwork designed)
    {
        _designed = designed;
        NetworkDescription network = designed.Network;
        _weight = new int[network.HostCount];
        if (designed.HostOfXpu.Count == 0)
        {
            Array.Fill(_weight, 1);
        }

        foreach (int host in designed.HostOfXpu)
        {
            _weight[host]++;
        }

        Endpoints = _weight.Sum();
        _hostLinks = network.HostLinks();
        _leafNumber = new int[network.Switches.Count];
        Array.Fill(_leafNumber, -1);
        var below = new List<int>[network.Switches.Count];
        for (int i = 0; i < network.Links.Count; i++)
        {
            LinkDescription link = network.Links[i];
            if (!link.A.IsHost)
            {
                (below[link.Z.Index] ??= []).Add(i);
            }
            else if (_leafNumber[link.Z.Index] < 0)
            {
                _leafNumber[link.Z.Index] = _leaves++;
            }
        }

        _linksBelow = [.. below.Select(b => b?.ToArray() ?? [])];
        _byTier = [.. Enumerable.Range(0, network.Switches.Count).OrderBy(s => network.Switches[s].Tier)];

        _firstHalf = FirstHalf();
        var sound = new double[network.Links.Count];
        Array.Fill(sound, 1);
        _soundReach = Reach(sound, _weight);
        _soundBisection = Bisection(sound);
    }

    // Who lost some of those who are still there: the cut-off do not count, neither then nor now.
    private int Partly(double[] left, bool[] cut)
    {
        var sound = new double[left.Length];
        Array.Fill(sound, 1);
        int[] weights = [.. _weight.Select((w, h) => cut[h] ? 0 : w)];
        int[] before = Reach(sound, weights),
            after = Reach(left, weights);
        int partly = 0;
        for (int h = 0; h < cut.Length; h++)
        {
            partly += !cut[h] && after[h] < before[h] ? _weight[h] : 0;
        }

        return partly;
    }

    /// <summary>Examines a scenario.</summary>
    public GraphOutcome Examine(FaultScenario scenario)
    {
        NetworkDescription network = _designed.Network;
        double[] left = scenario.FractionsOf(network);
        bool[] cut = CutOff(left, out int cutOff, out int partly);
        double hosts = 0,
            hostsSound = 0,
            worstHost = 1;
        bool anyHost = false;
        for (int h = 0; h < network.HostCount; h++)
        {
            double whole = 0,
                still = 0;
            foreach (int link in _hostLinks[h])
            {
                whole += network.Links[link].Rate.BitsPerSecond;
                still += network.Links[link].Rate.BitsPerSecond * left[link];
            }

            hosts += still;
            hostsSound += whole;
            if (!cut[h])
            {
                anyHost = true;
                worstHost = Math.Min(worstHost, still / whole);
            }
        }

        var nodes = new HashSet<int>();
        for (int h = 0; h < cut.Length; h++)
        {
            if (cut[h])
            {
                nodes.Add(_designed.NodeOfHost[h]);
            }
        }

        (double fabric, double leaf) = Tiers(left);
        return new()
        {
            HostCutOff = cut,
            CutOff = cutOff,
            PartlyCutOff = partly,
            NodesHit = nodes.Count,
            HostsLeft = hosts / hostsSound,
            WorstHostLeft = anyHost ? worstHost : 0,
            WorstLeafLeft = leaf,
            FabricLeft = fabric,
            BisectionLeft = _soundBisection == 0 ? 1 : (double)Bisection(left) / _soundBisection,
        };
    }

    /// <summary>Nodes that lose at least one XPU to a component's fault. As <see cref="Examine"/>, without the capacities.</summary>
    public int NodesHit(FaultScenario scenario)
    {
        bool[] cut = CutOff(scenario.FractionsOf(_designed.Network), out _, out _);
        var nodes = new HashSet<int>();
        for (int h = 0; h < cut.Length; h++)
        {
            if (cut[h])
            {
                nodes.Add(_designed.NodeOfHost[h]);
            }
        }

        return nodes.Count;
    }

    private bool[] CutOff(double[] left, out int cutOff, out int partly)
    {
        int[] reach = Reach(left, _weight);
        var cut = new bool[reach.Length];
        cutOff = 0;
        bool lost = false;
        for (int h = 0; h < reach.Length; h++)
        {
            // Whoever is part of a half still is not cut off: of two pods the one that is left can go on.
            cut[h] = reach[h] == 0 ? _soundReach[h] > 0 : 2L * (reach[h] + _weight[h]) < _soundReach[h] + _weight[h];
        }

        for (int h = 0; h < reach.Length; h++)
        {
            cutOff += cut[h] ? _weight[h] : 0;
            lost |= !cut[h] && reach[h] < _soundReach[h];
        }

        partly = lost ? Partly(left, cut) : 0;

        return cut;
    }

    /// <summary>By host: the weight of the other hosts that it reaches.</summary>
    private int[] Reach(double[] left, int[] weight)
    {
        NetworkDescription network = _designed.Network;
        int words = (_leaves + 63) / 64;
        var sets = new ulong[network.Switches.Count][];
        foreach (int s in _byTier)
        {
            ulong[] set = sets[s] = new ulong[words];
            if (_leafNumber[s] >= 0)
            {
                set[_leafNumber[s] >> 6] |= 1UL << (_leafNumber[s] & 63);
            }

            foreach (int link in _linksBelow[s])
            {
                if (left[link] > 0)
                {
                    Union(set, sets[network.Links[link].A.Index]);
                }
            }
        }

        // From the top down: what is below me, and whatever those above me reach.
        for (int i = _byTier.Length - 1; i >= 0; i--)
        {
            foreach (int link in _linksBelow[_byTier[i]])
            {
                if (left[link] > 0)
                {
                    Union(sets[network.Links[link].A.Index], sets[_byTier[i]]);
                }
            }
        }

        // Hosts behind the same leaves share their fate.
        var groups = new Dictionary<string, (int[] Leaves, List<int> Hosts)>(StringComparer.Ordinal);
        for (int h = 0; h < network.HostCount; h++)
        {
            int[] leaves = [.. _hostLinks[h].Where(l => left[l] > 0).Select(l => network.Links[l].Z.Index).Distinct().Order()];
            string key = string.Join(',', leaves);
            if (!groups.TryGetValue(key, out (int[] Leaves, List<int> Hosts) group))
            {
                groups[key] = group = (leaves, []);
            }

            group.Hosts.Add(h);
        }

        (int[] Leaves, List<int> Hosts)[] all = [.. groups.Values];
        int[] weights = [.. all.Select(g => g.Hosts.Sum(h => weight[h]))];
        var result = new int[network.HostCount];
        var mine = new ulong[words];
        foreach ((int[] leaves, List<int> hosts) in all)
        {
            Array.Clear(mine);
            foreach (int leaf in leaves)
            {
                Union(mine, sets[leaf]);
            }

            int reached = 0;
            for (int g = 0; g < all.Length; g++)
            {
                foreach (int leaf in all[g].Leaves)
                {
                    int number = _leafNumber[leaf];
                    if ((mine[number >> 6] >> (number & 63) & 1) != 0)
                    {
                        reached += weights[g];
                        break;
                    }
                }
            }

            foreach (int host in hosts)
            {
                result[host] = leaves.Length == 0 ? 0 : reached - weight[host];
            }
        }

        return result;
    }

    private static void Union(ulong[] into, ulong[] other)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] |= other[i];
        }
    }

    private (double Fabric, double Leaf) Tiers(double[] left)
    {
        NetworkDescription network = _designed.Network;
        var tiers = new Dictionary<int, (double Whole, double Still)>();
        var leaves = new (double Whole, double Still, double Hosts)[network.Switches.Count];
        for (int i = 0; i < network.Links.Count; i++)
        {
            LinkDescription link = network.Links[i];
            double rate = link.Rate.BitsPerSecond;
            if (link.A.IsHost)
            {
                leaves[link.Z.Index].Hosts += rate * left[i];
                continue;
            }

            int tier = network.Switches[link.A.Index].Tier;
            (double whole, double still) = tiers.GetValueOrDefault(tier);
            tiers[tier] = (whole + rate, still + rate * left[i]);
            if (_leafNumber[link.A.Index] >= 0)
            {
                leaves[link.A.Index].Whole += rate;
                leaves[link.A.Index].Still += rate * left[i];
            }
        }

        double leaf = leaves.Where(l => l.Whole > 0 && l.Hosts > 0).Select(l => l.Still / l.Whole).DefaultIfEmpty(1).Min();
        return (tiers.Values.Select(t => t.Still / t.Whole).DefaultIfEmpty(1).Min(), leaf);
    }

    // Half of each plane's leaves, so that whatever passes between the halves passes the spines; where a plane is one leaf, half of its
    // hosts.
    private bool[] FirstHalf()
    {
        NetworkDescription network = _designed.Network;
        var leaves = new Dictionary<int, List<int>>();
        for (int s = 0; s < _leafNumber.Length; s++)
        {
            if (_leafNumber[s] >= 0)
            {
                if (!leaves.TryGetValue(network.Switches[s].Plane, out List<int>? list))
                {
                    leaves[network.Switches[s].Plane] = list = [];
                }

                list.Add(s);
            }
        }

        var first = new HashSet<int>(leaves.Values.SelectMany(l => l.Take(l.Count / 2)));
        var seen = new Dictionary<int, int>();
        var result = new bool[network.HostCount];
        for (int h = 0; h < result.Length; h++)
        {
            // A host of several planes sits at the same place in each of them; its first port decides.
            int leaf = network.Links[_hostLinks[h][0]].Z.Index;
            int turn = seen[leaf] = seen.GetValueOrDefault(leaf) + 1;
            result[h] = leaves[network.Switches[leaf].Plane].Count == 1 ? turn % 2 == 1 : first.Contains(leaf);
        }

        // Where all hosts have their first port on the same half, as nodes with a port on each of two leaves, every other host is of the
        // first half.
        if (result.All(f => f) || !result.Contains(true))
        {
            for (int h = 0; h < result.Length; h++)
            {
                result[h] = h % 2 == 0;
            }
        }

        return result;
    }

    // Each switch twice: packets enter its upper copy while they climb and its lower copy while they descend, so that no path turns upwards
    // again.
    private long Bisection(double[] left)
    {
        NetworkDescription network = _designed.Network;
        int count = network.Switches.Count;
        int source = 2 * count,
            sink = source + 1;
        var pairs = new Dictionary<(int From, int To), long>();
        for (int i = 0; i < network.Links.Count; i++)
        {
            LinkDescription link = network.Links[i];
            long rate = (long)(link.Rate.BitsPerSecond * left[i]);
            if (rate == 0)
            {
                continue;
            }

            if (link.A.IsHost)
            {
                Count(_firstHalf[link.A.Index] ? (source, link.Z.Index) : (count + link.Z.Index, sink), rate);
            }
            else
            {
                Count((link.A.Index, link.Z.Index), rate);
                Count((count + link.Z.Index, count + link.A.Index), rate);
            }
        }

        var flow = new MaximumFlow(2 * count + 2);
        for (int s = 0; s < count; s++)
        {
            flow.Add(s, count + s, long.MaxValue / 4);
        }

        foreach (((int from, int to), long rate) in pairs)
        {
            flow.Add(from, to, rate);
        }

        return flow.Between(source, sink);

        void Count((int, int) pair, long rate) => pairs[pair] = pairs.GetValueOrDefault(pair) + rate;
    }
}
