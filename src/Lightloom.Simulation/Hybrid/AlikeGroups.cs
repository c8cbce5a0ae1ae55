using System.Globalization;
using System.Text;
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
/// <para>Alike is what has the same rates, and the same hosts on the same leaves of the same parts but for their names; lengths of cables may
/// differ, and the longest are run.</para> Immutable once built; safe to share between threads.
/// </remarks>
internal sealed class AlikeGroups
{
    private readonly NetworkDescription _network;
    private readonly int[][] _ports;
    private readonly int[] _partOf;
    private readonly string[] _leaf;
    private readonly string[] _part;
    private readonly List<int>[] _hostsOfDomain;

    /// <summary>Looks at a network.</summary>
    public AlikeGroups(NetworkDescription network)
    {
        _network = network;
        _ports = network.HostLinks();
        int switches = network.Switches.Count;
        DisjointSets parts = new(switches);
        var up = new double[switches];
        foreach (LinkDescription link in network.Links.Where(l => !l.A.IsHost))
        {
            parts.Join(link.A.Index, link.Z.Index);
            up[link.A.Index] += RateOf(link);
        }
        _partOf = [.. Enumerable.Range(0, switches).Select(parts.Find)];
        var rate = new double[switches];
        var members = new int[switches];
        for (int s = 0; s < switches; s++)
        {
            rate[_partOf[s]] += up[s];
            members[_partOf[s]]++;
        }
        _leaf = [.. network.Switches.Select((s, i) => Say($"{up[i]}/{s.Latency.Picoseconds}"))];
        _part = [.. rate.Select((r, i) => Say($"{members[i]}x{r}"))];
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

    // Names by first appearance instead of numbers.
    private string ShapeOf(IEnumerable<int[]> groups)
    {
        StringBuilder text = new();
        Dictionary<int, int> leaves = [],
            parts = [],
            domains = [],
            hosts = [];
        foreach (int[] group in groups)
        {
            text.Append(';');
            foreach (int host in group)
            {
                text.Append(Say($" {Named(hosts, host)}"));
                if (_network.ScaleUp is { } scaleUp)
                {
                    text.Append(Say($"@{Named(domains, scaleUp.DomainOfHost[host])}/{scaleUp.RateOfHost[host].BitsPerSecond}"));
                }
                foreach (int port in _ports[host])
                {
                    LinkDescription link = _network.Links[port];
                    int leaf = link.Z.Index;
                    text.Append(Say($"-{RateOf(link)}"));
                    text.Append(Say($",{Named(leaves, leaf)}:{_leaf[leaf]},{Named(parts, _partOf[leaf])}:{_part[_partOf[leaf]]}"));
                }
            }
        }
        return text.ToString();
    }

    private static int Named(Dictionary<int, int> names, int number)
    {
        names.TryAdd(number, names.Count);
        return names[number];
    }

    private static double RateOf(LinkDescription link) => link.Rate.BitsPerSecond * link.RateFraction;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
