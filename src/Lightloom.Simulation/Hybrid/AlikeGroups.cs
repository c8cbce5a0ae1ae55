using System.Buffers.Binary;
using System.Security.Cryptography;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Hybrid;

/// <summary>
/// Which of the groups that run a collective at once have to be run in packets: groups that share no link do not know of each other, and of
/// those that lie in the network alike one stands for all.
/// </summary>
/// <remarks>
/// <para>A group whose hosts are on one leaf uses nothing but their own links. One that leaves its leaf may meet every other that does so in
/// the same part of the network, where a part is what links between switches hold together: a plane, say. Such groups stay together.</para>
/// <para>Alike is what has the same rates, and the same hosts on the same leaves of the same pods and parts but for their names; lengths of
/// cables may differ, and the longest are run. Where routes are shortest paths of a graph without tiers, which leaf it is counts, too.</para>
/// Immutable once built; safe to share between threads.
/// </remarks>
internal sealed class AlikeGroups
{
    private readonly NetworkDescription _network;
    private readonly int[][] _ports;
    private readonly int[] _partOf;
    private readonly double[] _up;

    // From pods to parts: by switch, which of them it is in; by its number, how many switches it has and the rate of their uplinks.
    private readonly (int[] Of, int[] Members, double[] Rate)[] _levels;
    private readonly List<int>[] _hostsOfDomain;

    /// <summary>Looks at a network.</summary>
    public AlikeGroups(NetworkDescription network)
    {
        _network = network;
        _ports = network.HostLinks();
        int switches = network.Switches.Count;
        _up = new double[switches];
        foreach (LinkDescription link in network.Links.Where(l => !l.A.IsHost))
        {
            _up[link.A.Index] += RateOf(link);
        }
        int top = network.Switches.Select(s => s.Tier).Append(0).Max();
        int[] heights =
            network.Routes == RouteRule.ShortestPaths ? [int.MaxValue] : [.. Enumerable.Range(1, Math.Max(0, top - 1)), int.MaxValue];
        _levels = [.. heights.Select(LevelOf)];
        _partOf = _levels[^1].Of;
        _hostsOfDomain = [];
        if (network.ScaleUp is { } domains)
        {
            _hostsOfDomain = [.. Enumerable.Range(0, domains.DomainOfHost.Append(-1).Max() + 1).Select(_ => new List<int>())];
            for (int h = 0; h < network.HostCount; h++)
            {
                if (domains.DomainOfHost[h] >= 0)
                {
                    _hostsOfDomain[domains.DomainOfHost[h]].Add(h);
                }
            }
        }
    }

    // What links to switches of no higher tier than that hold together.
    private (int[] Of, int[] Members, double[] Rate) LevelOf(int tier)
    {
        int switches = _network.Switches.Count;
        DisjointSets sets = new(switches);
        foreach (LinkDescription link in _network.Links.Where(l => !l.A.IsHost))
        {
            if (_network.Switches[link.Z.Index].Tier <= tier)
            {
                sets.Join(link.A.Index, link.Z.Index);
            }
        }
        int[] of = [.. Enumerable.Range(0, switches).Select(sets.Find)];
        var members = new int[switches];
        var rate = new double[switches];
        for (int s = 0; s < switches; s++)
        {
            members[of[s]]++;
            rate[of[s]] += _up[s];
        }
        return (of, members, rate);
    }

    /// <summary>The groups to run, in the order in which they are given.</summary>
    /// <param name="groups">By group: its hosts, in rank order.</param>
    public int[][] ToRun(int[][] groups)
    {
        if (groups.Length == 1)
        {
            return groups;
        }
        Dictionary<string, (int[] Groups, long Length)> kinds = new(StringComparer.Ordinal);
        foreach (int[] together in Together(groups))
        {
            long length = together.Sum(g => groups[g].Sum(h => _ports[h].Sum(l => _network.Links[l].Delay.Picoseconds)));
            string shape = ShapeOf(together.Select(g => groups[g]));
            if (!kinds.TryGetValue(shape, out var longest) || length > longest.Length)
            {
                kinds[shape] = (together, length);
            }
        }
        return [.. kinds.Values.SelectMany(k => k.Groups).Order().Select(g => groups[g])];
    }

    // Groups that could meet on a link, as places in the list.
    private IEnumerable<int[]> Together(int[][] groups)
    {
        DisjointSets sets = new(groups.Length);
        var firstIn = new Dictionary<int, int>();
        var firstOn = new Dictionary<int, int>();
        for (int g = 0; g < groups.Length; g++)
        {
            foreach (int host in Senders(groups[g]))
            {
                Meet(firstOn, host, g);
            }
            foreach (var part in LinksOf(groups[g]).GroupBy(l => _partOf[l.Z.Index]))
            {
                if (part.Any(l => l.Z.Index != part.First().Z.Index))
                {
                    Meet(firstIn, part.Key, g);
                }
            }
        }
        return Enumerable.Range(0, groups.Length).GroupBy(sets.Find).Select(s => s.ToArray());

        void Meet(Dictionary<int, int> first, int place, int group)
        {
            if (!first.TryAdd(place, group))
            {
                sets.Join(first[place], group);
            }
        }
    }

    // Between parts that nothing joins, a message leaves by the card of its node that is on the receiver's part.
    private IEnumerable<int> Senders(int[] group)
    {
        HashSet<int> parts = [.. LinksOf(group).Select(l => _partOf[l.Z.Index])];
        return parts.Count == 1 || _network.ScaleUp is not { } domains
            ? group
            : group
                .Where(h => domains.DomainOfHost[h] >= 0)
                .SelectMany(h => _hostsOfDomain[domains.DomainOfHost[h]])
                .Where(h => _ports[h].Any(l => parts.Contains(_partOf[_network.Links[l].Z.Index])))
                .Concat(group)
                .Distinct();
    }

    private IEnumerable<LinkDescription> LinksOf(int[] group) => group.SelectMany(h => _ports[h]).Select(l => _network.Links[l]);

    // Names by first appearance instead of numbers, told to a hash: a million hosts need no text that says them all.
    private string ShapeOf(IEnumerable<int[]> groups)
    {
        using Shape shape = new();
        Dictionary<int, int> leaves = [],
            domains = [],
            hosts = [];
        Dictionary<int, int>[] places = [.. _levels.Select(_ => new Dictionary<int, int>())];
        foreach (int[] group in groups)
        {
            shape.Add(-1);
            bool byName = _network.Routes == RouteRule.ShortestPaths && LinksOf(group).Select(l => l.Z.Index).Distinct().Skip(1).Any();
            foreach (int host in group)
            {
                shape.Add(Named(hosts, host));
                if (_network.ScaleUp is { } scaleUp)
                {
                    shape.Add(Named(domains, scaleUp.DomainOfHost[host]));
                    shape.Add(scaleUp.RateOfHost[host].BitsPerSecond);
                }
                shape.Add(_ports[host].Length);
                foreach (int port in _ports[host])
                {
                    LinkDescription link = _network.Links[port];
                    int leaf = link.Z.Index;
                    shape.Add(RateOf(link));
                    shape.Add(byName ? leaf : Named(leaves, leaf));
                    shape.Add(_up[leaf]);
                    shape.Add(_network.Switches[leaf].Latency.Picoseconds);
                    for (int i = 0; i < _levels.Length; i++)
                    {
                        int place = _levels[i].Of[leaf];
                        shape.Add(Named(places[i], place));
                        shape.Add(_levels[i].Members[place]);
                        shape.Add(_levels[i].Rate[place]);
                    }
                }
            }
        }
        return shape.Text();
    }

    private sealed class Shape : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly byte[] _buffer = new byte[4096];
        private int _used;

        public void Add(long number)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_used), number);
            _used += sizeof(long);
            if (_used == _buffer.Length)
            {
                Flush();
            }
        }

        public void Add(double number) => Add(BitConverter.DoubleToInt64Bits(number));

        public string Text()
        {
            Flush();
            return Convert.ToHexString(_hash.GetHashAndReset());
        }

        private void Flush()
        {
            _hash.AppendData(_buffer, 0, _used);
            _used = 0;
        }

        public void Dispose() => _hash.Dispose();
    }

    private static int Named(Dictionary<int, int> names, int number)
    {
        names.TryAdd(number, names.Count);
        return names[number];
    }

    private static double RateOf(LinkDescription link) => link.Rate.BitsPerSecond * link.RateFraction;
}
