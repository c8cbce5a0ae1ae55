using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// Choices of several leaf models for a frontend whose hosts no one model serves, or none serves as cheaply: for each kind of host port the models
/// that a cable joins to it and that serve them at least, under a spine of the first; which spine they are to have is for others to try.
/// </summary>
/// <param name="spec">What is asked.</param>
/// <param name="front">The network as the file has it.</param>
/// <param name="groups">Its hosts.</param>
/// <param name="pricing">For the order of models.</param>
/// <param name="leafFor">How a leaf of a model divides its ports for some hosts, or null where it does not serve them.</param>
internal sealed class FrontendLeafKinds(
    ClusterSpec spec,
    FrontendSpec front,
    IReadOnlyList<EndpointGroup> groups,
    Pricing pricing,
    Func<SwitchModel, EndpointGroup, PortPlan?> leafFor
)
{
    /// <summary>Models that are tried for lines to the outside.</summary>
    private const int MostForOutside = 4;

    /// <summary>Kinds of host port that are combined; hosts of more are refused, since the choices multiply.</summary>
    private const int MostKinds = 4;

    private readonly Dictionary<EndpointGroup[], (SwitchModel Model, PortPlan Ports)[]> _withPorts = new(
        ReferenceEqualityComparer.Instance
    );

    private IReadOnlyList<EndpointGroup[]>? _kinds;

    /// <summary>
    /// How many models are combined for each kind, by the number of kinds: the cheapest, then those on the hosts' own lanes that are not among
    /// these. The choices multiply by kinds, and each may stand under every spine: at most 144, 125 and 81 of them.
    /// </summary>
    private (int Cheapest, int OfHostsLanes) MostOf =>
        Kinds.Count switch
        {
            <= 2 => (8, 4),
            3 => (4, 1),
            _ => (2, 1),
        };

    /// <summary>How many models are combined for each kind beside some that are given, and how many of these.</summary>
    private (int Cheapest, int OfMore) MostBesideMore =>
        Kinds.Count switch
        {
            <= 2 => (3, MostForOutside),
            3 => (2, 2),
            _ => (1, 2),
        };

    /// <summary>The choices; none where all hosts are of one kind.</summary>
    public IEnumerable<TierSwitches> All() => Of(Cheapest, underEach: false);

    /// <summary>
    /// The same with a cage for every host's link, where such a switch is not among the cheapest: legs of breakout cables may find no way past
    /// panels, or to hosts that stand apart.
    /// </summary>
    public IEnumerable<TierSwitches> Undivided() =>
        Of(hosts => [.. Cheapest(hosts).Take(1), .. WithPorts(hosts).Where(m => m.Ports.Down.Ways == 1).Select(m => m.Model).Take(1)]);

    /// <summary>The same with some models more for every kind that they have ports of.</summary>
    public IEnumerable<TierSwitches> With(IReadOnlyList<SwitchModel> more)
    {
        (int cheapest, int ofMore) = MostBesideMore;
        return Of(hosts => [.. Cheapest(hosts).Take(cheapest), .. WithPorts(hosts).Select(m => m.Model).Where(more.Take(ofMore).Contains)]);
    }

    /// <summary>Models with a plug for each of some links to the outside that start from leaves: the cheapest first.</summary>
    public IEnumerable<SwitchModel> ForOutside(IReadOnlyList<ExternalLinks> external)
    {
        HeldPorts held = HeldPorts.None.Holding([
            .. external.Where(e => e.Tier == Tier.Leaf).Select(e => new HeldOutward(e.Rate, 1, OwnPlugs: !e.Breakout)),
        ]);
        return FrontendPlanner
            .Open(spec)
            .Where(m => OutwardPorts.Of(m, held, out _) is not null)
            .OrderBy(pricing.UsdOf)
            .ThenBy(m => m.Id, StringComparer.Ordinal)
            .Take(MostForOutside);
    }

    private IEnumerable<TierSwitches> Of(Func<EndpointGroup[], IEnumerable<SwitchModel>> open, bool underEach = true)
    {
        if (Kinds.Count is < 2 or > MostKinds)
        {
            yield break;
        }

        List<SwitchModel[]> byKind = [.. Kinds.Select(hosts => (SwitchModel[])[.. open(hosts).Distinct()])];
        foreach (SwitchModel[] chosen in Choices(byKind))
        {
            SwitchModel[] leaves = [.. chosen.Distinct()];
            IEnumerable<SwitchModel> spines = front.SpineId is { } id
                ? [spec.Catalogue.Switches[id]]
                : leaves.Take(underEach ? leaves.Length : 1);
            foreach (SwitchModel spine in spines)
            {
                SwitchModel super = front.SuperSpineId is { } named ? spec.Catalogue.Switches[named] : spine;
                yield return new(leaves[0], spine, super)
                {
                    MoreLeaves = leaves[1..],
                    LeafOfHosts = leaves.Length == 1 ? null : LeafOf(chosen),
                };
            }
        }
    }

    private Dictionary<HostClass, SwitchModel> LeafOf(SwitchModel[] chosen)
    {
        Dictionary<HostClass, SwitchModel> leafOf = [];
        for (int kind = 0; kind < chosen.Length; kind++)
        {
            foreach (EndpointGroup hosts in Kinds[kind])
            {
                leafOf[HostClass.Of(hosts.Ports)] = chosen[kind];
            }
        }

        return leafOf;
    }

    /// <summary>
    /// Models with ports for some hosts, those first that serve them at least: of all, then of those whose lanes run as the hosts' do, which copper
    /// joins without a gearbox.
    /// </summary>
    private SwitchModel[] Cheapest(EndpointGroup[] hosts)
    {
        (SwitchModel Model, PortPlan Ports)[] all = WithPorts(hosts);
        (int cheapest, int ofHostsLanes) = MostOf;
        IEnumerable<SwitchModel> alike = all.Where(m => hosts.All(h => h.Ports.LaneRateOptions().Contains(m.Ports.DownLane)))
            .Select(m => m.Model)
            .Take(ofHostsLanes);
        return [.. all.Take(cheapest).Select(m => m.Model).Union(alike)];
    }

    // Asked for every choice that the same hosts have.
    private (SwitchModel Model, PortPlan Ports)[] WithPorts(EndpointGroup[] hosts) =>
        _withPorts.TryGetValue(hosts, out (SwitchModel, PortPlan)[]? known) ? known : _withPorts[hosts] = Serving(hosts);

    // Where none serves them, all with such ports are tried, so that it is said what their links lack. Few hosts are served at less by a small leaf
    // whose ports are dearer.
    private (SwitchModel Model, PortPlan Ports)[] Serving(EndpointGroup[] hosts)
    {
        List<(SwitchModel Model, PortPlan Ports)> all = [];
        List<(SwitchModel Model, PortPlan Ports)> serving = [];
        foreach (SwitchModel model in FrontendPlanner.Open(spec))
        {
            PortPlan?[] leaves = [.. hosts.Select(h => leafFor(model, h))];
            if (!leaves.Contains(null))
            {
                serving.Add((model, leaves[0]!));
            }
            else if (PortPlan.AllDown(model, hosts[0].Rate, PortPurpose.Network, HeldPorts.None, out _) is { DownPorts: > 0 } ports)
            {
                all.Add((model, ports));
            }
        }

        int sides = front.Homing != Homing.Single && hosts.Any(h => h.Rails >= 2) ? 2 : 1;
        double endpoints = hosts.Sum(h => (double)h.Endpoints);
        return
        [
            .. (serving.Count > 0 ? serving : all)
                .OrderBy(m => pricing.UsdOf(m.Model) * Math.Max(sides, Math.Ceiling(endpoints / m.Ports.DownPorts)))
                .ThenBy(m => pricing.UsdOf(m.Model) / m.Ports.DownPorts)
                .ThenBy(m => m.Model.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Hosts by rate, the fastest first; those of one rate apart where other models serve some than others.</summary>
    private IReadOnlyList<EndpointGroup[]> Kinds =>
        _kinds ??= [
            .. groups
                .GroupBy(g => HostClass.Of(g.Ports))
                .Select(c => c.ToArray())
                .GroupBy(c => (c[0].Rate, Models: string.Join(' ', Serving(c).Select(m => m.Model.Id).Order(StringComparer.Ordinal))))
                .OrderByDescending(k => k.Key.Rate)
                .Select(k => (EndpointGroup[])[.. k.SelectMany(c => c)]),
        ];

    private static IEnumerable<SwitchModel[]> Choices(List<SwitchModel[]> byKind)
    {
        IEnumerable<SwitchModel[]> all =
        [
            [],
        ];
        foreach (SwitchModel[] models in byKind)
        {
            all = all.SelectMany(chosen => models.Select(m => (SwitchModel[])[.. chosen, m]));
        }

        return all;
    }
}
