using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>A plane's leaves for one leaf switch and one way of dividing its uplink cages: what they serve, and their units.</summary>
/// <remarks>
/// Every spine that is tried above them shares the object, so what is counted over all hosts or leaves is counted once. Not safe to use
/// from several threads.
/// </remarks>
internal sealed class LeafLayout
{
    private readonly Dictionary<IReadOnlyList<EndpointGroup>, LeafLayout> _rails = new(ReferenceEqualityComparer.Instance);
    private IReadOnlyList<(PortPlan Ports, int Count)>? _kinds;
    private IReadOnlyList<((PortPlan Leaf, NicPorts Nic, DataRate Rate) Kind, long Count)>? _hostLinks;
    private IReadOnlyList<(SwitchModel Model, int Count)>? _models;
    private (long Endpoints, double Gbps)? _hosts;

    /// <summary>Ports that hosts bring.</summary>
    public required IReadOnlyList<EndpointGroup> Groups { get; init; }

    /// <summary>Port division of every leaf; leaves that serve the same rate share one object.</summary>
    public required IReadOnlyList<PortPlan> Ports { get; init; }

    /// <summary>Units, in the order of their nodes.</summary>
    public required IReadOnlyList<PlanUnit> Units { get; init; }

    /// <summary>What the leaves serve, ordered by group, then leaf.</summary>
    public required IReadOnlyList<LeafShare> Shares { get; init; }

    /// <summary>By unit: how many leaves it brings.</summary>
    public IReadOnlyList<int> UnitLeaves { get; init; } = [];

    /// <summary>The model whose leaves alone have links to what is outside; null where all leaves have, or none has.</summary>
    public SwitchModel? Border { get; init; }

    /// <summary>True where some leaves have links to what is outside, and no hosts.</summary>
    public bool HasLeavesForOutsideAlone => Border is { } border && HostKinds.All(h => h.Leaf.Switch != border);

    /// <summary>How the counts came about: sentences that are made when a plan is taken, as most are not.</summary>
    public IReadOnlyList<Func<string>> Reasons { get; init; } = [];

    /// <summary>The sentences; none of leaves that others took in.</summary>
    public IEnumerable<string> Explain() => Reasons.Select(reason => reason()).Where(r => r.Length > 0);

    /// <summary>The different port divisions, in the order of their first leaf, and how many leaves have each.</summary>
    public IReadOnlyList<(PortPlan Ports, int Count)> Kinds => _kinds ??= [.. Ports.CountBy(p => p).Select(k => (k.Key, k.Value))];

    /// <summary>The different leaf switches, in the order of their first leaf, and how many there are of each.</summary>
    public IReadOnlyList<(SwitchModel Model, int Count)> Models =>
        _models ??= [.. Kinds.GroupBy(k => k.Ports.Switch).Select(m => (m.Key, m.Sum(k => k.Count)))];

    /// <summary>What the links of hosts join: a leaf's division, a node's NICs, and the rate, each combination once.</summary>
    public IEnumerable<(PortPlan Leaf, NicPorts Nic, DataRate Rate)> HostKinds => HostLinks.Select(h => h.Kind);

    /// <summary>The same, with how many links of hosts are of each kind.</summary>
    public IReadOnlyList<((PortPlan Leaf, NicPorts Nic, DataRate Rate) Kind, long Count)> HostLinks =>
        _hostLinks ??= [
            .. Shares
                .GroupBy(s => (Ports[s.Leaf].Of(s), Groups[s.Group].Ports, Groups[s.Group].Rate))
                .Select(k => (k.Key, k.Sum(s => (long)s.Count(Units)))),
        ];

    /// <summary>The kinds of link from hosts to leaves, and how many of each.</summary>
    /// <param name="protocol">What its ports speak.</param>
    /// <param name="planesOfNic">Planes over which a NIC port is divided.</param>
    public IEnumerable<CountedLinks> HostLinkKinds(Protocol protocol, int planesOfNic)
    {
        foreach (((PortPlan leaf, NicPorts ports, DataRate rate), long count) in HostLinks)
        {
            NicDivision nic = new(ports, planesOfNic);
            yield return new(new(protocol, Tier.Host, Tier.Leaf, rate, nic.Facing(leaf.DownLane), leaf.DownUse, nic.SplitsCages), count);
        }
    }

    /// <summary>Uplinks of all leaves.</summary>
    public long Uplinks => Kinds.Sum(k => (long)k.Ports.UpPorts * k.Count);

    /// <summary>The different numbers of uplinks that a leaf has, in the order in which they occur.</summary>
    public int[] UplinkCounts => [.. Kinds.Select(k => k.Ports.UpPorts).Distinct()];

    /// <summary>Capacity of all uplinks, one direction.</summary>
    public double UplinkGbps => Kinds.Sum(k => k.Ports.UpPorts * k.Ports.Up.Rate.Gbps * k.Count);

    /// <summary>Ports that hosts bring, and their capacity, one direction.</summary>
    public (long Endpoints, double Gbps) Hosts => _hosts ??= (Groups.Sum(g => g.Endpoints), Groups.Sum(g => g.Endpoints * g.Rate.Gbps));

    /// <summary>The same leaves for another NIC position.</summary>
    /// <param name="groups">What the hosts bring there.</param>
    public LeafLayout ForRail(IReadOnlyList<EndpointGroup> groups)
    {
        if (!_rails.TryGetValue(groups, out LeafLayout? rail))
        {
            _rails[groups] = rail = new()
            {
                Groups = groups,
                Ports = Ports,
                Units = Units,
                Shares = [.. Shares.Select(s => s with { FirstRail = groups[s.Group].FirstRail })],
                UnitLeaves = UnitLeaves,
                Border = Border,
                Reasons = Reasons,
            };
        }

        return rail;
    }
}
