using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>
/// The network to simulate: hosts, switches and the links between them, with nothing about floors, cables or prices.
/// This is the one door into the packet engine; a designed cluster and an htsim topology file both come through it.
/// </summary>
/// <remarks>
/// A host's network card has one link for each plane it is on; <see cref="HostLinks"/> finds them. The k-th link of a host is its port k.
/// Links between the same two switches are a bundle and share load. Immutable; safe to share between threads.
/// </remarks>
public sealed class NetworkDescription
{
    // Asked again and again, and each walks over all links or switches.
    private readonly Lazy<long> _hostRate;
    private readonly Lazy<long> _cardRate;
    private readonly Lazy<long> _oneCardRate;
    private readonly Lazy<int> _diameter;
    private readonly Lazy<long> _diameterLatency;

    /// <summary>How many hosts (network cards) there are, numbered from 0.</summary>
    public int HostCount { get; }

    /// <summary>How many planes there are.</summary>
    public int PlaneCount { get; }

    /// <summary>The switches; a <see cref="NodeId"/> refers to the place in this list.</summary>
    public IReadOnlyList<SwitchDescription> Switches { get; }

    /// <summary>The links; a fault refers to the place in this list.</summary>
    public IReadOnlyList<LinkDescription> Links { get; }

    /// <summary>The scale-up domains that hosts of one node share, or null when all traffic takes the network.</summary>
    public ScaleUpDescription? ScaleUp { get; init; }

    /// <summary>Which paths the switches use.</summary>
    public RouteRule Routes { get; init; }

    /// <summary>The most planes that a network may have.</summary>
    public const int MostPlanes = 16;

    /// <summary>Checks and keeps a network.</summary>
    /// <exception cref="RefusedException">A host has no link, or a link has an end that does not exist, no rate or no delay.</exception>
    public NetworkDescription(int hostCount, IReadOnlyList<SwitchDescription> switches, IReadOnlyList<LinkDescription> links)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hostCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hostCount, 1 << 24);
        HostCount = hostCount;
        Switches = switches;
        Links = links;
        _hostRate = new(FindHostRate);
        _cardRate = new(FindCardRate);
        _oneCardRate = new(FindOneCardRate);
        _diameter = new(FindDiameter);
        _diameterLatency = new(FindDiameterLatency);
        int planes = 1;
        foreach (SwitchDescription one in switches)
        {
            if (one.Tier < 0 || one.Plane < 0 || one.Latency.Picoseconds < 0)
            {
                throw new ArgumentException($"switch {one.Name} has a negative tier, plane or latency", nameof(switches));
            }
            planes = Math.Max(planes, one.Plane + 1);
        }
        if (planes > MostPlanes)
        {
            throw new ArgumentException($"{planes} planes are more than the {MostPlanes} that one run can hold", nameof(switches));
        }
        PlaneCount = planes;
        var attached = new bool[hostCount];
        for (int i = 0; i < links.Count; i++)
        {
            LinkDescription link = links[i];
            Check(link.A, i);
            Check(link.Z, i);
            if (link.Z.IsHost)
            {
                throw new ArgumentException($"link {i}: the upper end must be a switch", nameof(links));
            }
            if (link.Rate.BitsPerSecond <= 0 || link.RateFraction is not (> 0 and <= 1))
            {
                throw new ArgumentException($"link {i}: the rate must be positive and the fraction in (0, 1]", nameof(links));
            }
            if (link.Delay.Picoseconds <= 0)
            {
                throw new ArgumentException($"link {i}: the delay must be at least one picosecond", nameof(links));
            }
            if (link.A.IsHost)
            {
                attached[link.A.Index] = true;
            }
        }
        for (int host = 0; host < hostCount; host++)
        {
            if (!attached[host])
            {
                throw new ArgumentException($"host {host} has no link", nameof(links));
            }
        }
    }

    /// <summary>
    /// So many copies of this network side by side: every host has its ports on each of them. Names get the plane's number.
    /// </summary>
    /// <exception cref="RefusedException">The network has several planes already, or more are asked for than one may have.</exception>
    public NetworkDescription InPlanes(int planes)
    {
        if (PlaneCount != 1 || planes is < 1 or > MostPlanes)
        {
            throw new ArgumentException($"only a network of one plane can be multiplied, and by 1 to {MostPlanes}", nameof(planes));
        }
        if (planes == 1)
        {
            return this;
        }
        var switches = new List<SwitchDescription>();
        var links = new List<LinkDescription>();
        for (int plane = 0; plane < planes; plane++)
        {
            int first = switches.Count;
            NodeId Moved(NodeId node) => node.IsHost ? node : NodeId.Switch(first + node.Index);
            foreach (SwitchDescription one in Switches)
            {
                switches.Add(one with { Plane = plane, Name = one.Name.Length == 0 ? "" : $"p{plane}-{one.Name}" });
            }
            foreach (LinkDescription link in Links)
            {
                links.Add(link with { A = Moved(link.A), Z = Moved(link.Z) });
            }
        }
        return new NetworkDescription(HostCount, switches, links) { ScaleUp = ScaleUp, Routes = Routes };
    }

    /// <summary>Each host's rate in bits a second: all its ports together, as far as they carry.</summary>
    public double[] HostRates()
    {
        var rates = new double[HostCount];
        foreach (LinkDescription link in Links)
        {
            if (link.A.IsHost)
            {
                rates[link.A.Index] += link.Rate.BitsPerSecond * link.RateFraction;
            }
        }
        return rates;
    }

    /// <summary>The same network with other figures on its links, for example slower cards on some hosts.</summary>
    /// <param name="links">As many links, with the same ends.</param>
    public NetworkDescription With(IReadOnlyList<LinkDescription> links) =>
        new(HostCount, Switches, links) { ScaleUp = ScaleUp, Routes = Routes };

    /// <summary>The links of each host in port order, as places in <see cref="Links"/>.</summary>
    public int[][] HostLinks()
    {
        var counts = new int[HostCount];
        foreach (LinkDescription link in Links)
        {
            if (link.A.IsHost)
            {
                counts[link.A.Index]++;
            }
        }
        var result = new int[HostCount][];
        for (int h = 0; h < HostCount; h++)
        {
            result[h] = new int[counts[h]];
        }
        Array.Clear(counts);
        for (int i = 0; i < Links.Count; i++)
        {
            NodeId a = Links[i].A;
            if (a.IsHost)
            {
                result[a.Index][counts[a.Index]++] = i;
            }
        }
        return result;
    }

    /// <summary>The fastest host link's rate.</summary>
    public DataRate HostRate() => DataRate.FromBitsPerSecond(HostBitsPerSecond());

    internal long HostBitsPerSecond() => _hostRate.Value;

    private long FindHostRate()
    {
        long rate = 0;
        foreach (LinkDescription link in Links)
        {
            if (link.A.IsHost)
            {
                rate = Math.Max(rate, link.Rate.BitsPerSecond);
            }
        }
        return rate;
    }

    /// <summary>The largest sum of a host's link rates, in bits a second.</summary>
    internal long CardBitsPerSecond() => _cardRate.Value;

    private long FindCardRate()
    {
        var rates = new long[HostCount];
        foreach (LinkDescription link in Links)
        {
            if (link.A.IsHost)
            {
                rates[link.A.Index] += link.Rate.BitsPerSecond;
            }
        }
        long most = 0;
        foreach (long rate in rates)
        {
            most = Math.Max(most, rate);
        }
        return most;
    }

    /// <summary>
    /// The largest rate of one card, in bits a second: one port on each plane. A host with several ports on a plane has several cards.
    /// </summary>
    internal long OneCardBitsPerSecond() => _oneCardRate.Value;

    private long FindOneCardRate()
    {
        var fastest = new long[HostCount * PlaneCount];
        foreach (LinkDescription link in Links)
        {
            if (link.A.IsHost)
            {
                ref long rate = ref fastest[link.A.Index * PlaneCount + Switches[link.Z.Index].Plane];
                rate = Math.Max(rate, link.Rate.BitsPerSecond);
            }
        }
        long most = 0;
        for (int host = 0; host < HostCount; host++)
        {
            long sum = 0;
            foreach (long rate in fastest.AsSpan(host * PlaneCount, PlaneCount))
            {
                sum += rate;
            }
            most = Math.Max(most, sum);
        }
        return most;
    }

    /// <summary>The rate of the fastest host's cards together.</summary>
    public DataRate CardRate() => DataRate.FromBitsPerSecond(CardBitsPerSecond());

    /// <summary>Propagation and switch latency, one way, between the two hosts that are farthest apart.</summary>
    public SimTime DiameterLatency() => SimTime.FromPicoseconds(DiameterLatencyPicoseconds());

    /// <summary>Links a packet crosses between the two hosts that are farthest apart.</summary>
    public int Diameter() => _diameter.Value;

    private int FindDiameter() => Routes == RouteRule.ShortestPaths ? MostSwitchLinks() + 2 : 2 * (TopTier() + 1);

    /// <summary>Propagation and switch latency, one way, between the two hosts that are farthest apart, in picoseconds.</summary>
    /// <remarks>On any graph: as many of the slowest links and switches as the longest of the shortest paths has.</remarks>
    internal long DiameterLatencyPicoseconds() => _diameterLatency.Value;

    private long FindDiameterLatency()
    {
        if (Routes == RouteRule.ShortestPaths)
        {
            long Slowest(bool hosts) => Links.Where(l => l.A.IsHost == hosts).Select(l => l.Delay.Picoseconds).DefaultIfEmpty().Max();
            int hops = Diameter() - 2;
            return 2 * Slowest(true) + hops * Slowest(false) + (hops + 1) * Switches.Max(s => s.Latency.Picoseconds);
        }
        int top = TopTier();
        var link = new long[top + 2];
        var inside = new long[top + 1];
        foreach (LinkDescription one in Links)
        {
            int tier = one.A.IsHost ? 0 : Switches[one.A.Index].Tier + 1;
            if (tier <= top)
            {
                link[tier] = Math.Max(link[tier], one.Delay.Picoseconds);
            }
        }
        foreach (SwitchDescription one in Switches)
        {
            inside[one.Tier] = Math.Max(inside[one.Tier], one.Latency.Picoseconds);
        }
        long total = 0;
        for (int tier = 0; tier <= top; tier++)
        {
            total += 2 * link[tier] + (tier == top ? 1 : 2) * inside[tier];
        }
        return total;
    }

    // Links on the longest of the shortest paths between two switches that have hosts.
    private int MostSwitchLinks()
    {
        SwitchGraph graph = new(this, null);
        var hops = new int[graph.Count];
        var queue = new int[graph.Count];
        int[] leaves = [.. Links.Where(l => l.A.IsHost).Select(l => l.Z.Index).Distinct()];
        int most = 0;
        foreach (int leaf in leaves)
        {
            graph.HopsTo(leaf, hops, queue);
            most = Math.Max(most, leaves.Max(l => hops[l] == SwitchGraph.Far ? 0 : hops[l]));
        }
        return most;
    }

    private int TopTier()
    {
        int top = 0;
        foreach (SwitchDescription one in Switches)
        {
            top = Math.Max(top, one.Tier);
        }
        return top;
    }

    private void Check(NodeId node, int link)
    {
        int limit = node.IsHost ? HostCount : Switches.Count;
        if ((uint)node.Index >= (uint)limit)
        {
            throw new RefusedException($"link {link}: {node} does not exist");
        }
    }
}
