using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Sizes Clos backends of one paradigm, layout and number of planes, whatever their switches.</summary>
internal sealed class ClosSizer
{
    private readonly ClusterSpec _spec;
    private readonly IReadOnlyList<PoolNodes> _pools;
    private readonly PortPlanCache _cache;
    private readonly Pricing _pricing;
    private readonly Paradigm _paradigm;
    private readonly PlaneLayout _layout;
    private readonly int _planes;
    private readonly bool _autoShape;
    private readonly bool _meetsLanes;
    private readonly IReadOnlyCollection<HostClass> _keepLanes;
    private readonly long _xpus;
    private readonly HeldByTier _held;
    private readonly IReadOnlyList<ExternalLinks> _external;

    /// <summary>The pools' node models, each once, that of the last pool first.</summary>
    private readonly IReadOnlyList<NodeModel> _nodes;

    /// <summary>What each plane must serve: one entry for all planes, or one for each rail. Made when the NICs are known to fit.</summary>
    private readonly IReadOnlyList<EndpointGroup>?[] _groups;

    /// <summary>Sizers of planes that are unlike the first; null for a rail that is like it.</summary>
    private readonly PlaneSizer?[] _sizers;

    /// <summary>By rail: whether what it must serve is like the first rail's.</summary>
    private readonly bool?[] _alike;

    private readonly Dictionary<string, Rejection?> _nicFaults = [];
    private readonly Dictionary<string, bool> _slows = [];

    /// <summary>Takes in what all candidates of this shape share.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="paradigm">Who schedules.</param>
    /// <param name="layout">How planes are cut.</param>
    /// <param name="planes">Planes.</param>
    public ClosSizer(BackendQuestion question, Paradigm paradigm, PlaneLayout layout, int planes)
    {
        ClusterSpec spec = question.Spec;
        _spec = spec;
        _pools = question.Pools;
        _cache = question.Cache;
        _pricing = question.Pricing;
        _paradigm = paradigm;
        _layout = layout;
        _planes = planes;
        _meetsLanes = question.MeetsLanes;
        _keepLanes = question.KeepLanes;
        _autoShape = spec.Backend.LeafId is null || spec.Backend.Planes.IsAuto || spec.Backend.Paradigm == Paradigm.Auto;
        _xpus = question.Xpus;
        _held = question.Held;
        _external = question.External;
        _nodes = [.. _pools.Reverse().Select(p => p.Node).DistinctBy(n => n.Id)];
        _groups = new IReadOnlyList<EndpointGroup>?[layout == PlaneLayout.Rail ? planes : 1];
        _sizers = new PlaneSizer?[_groups.Length];
        _alike = new bool?[_groups.Length];
    }

    /// <summary>True when some cages would run on the slower lanes of what they face: of the hosts, or of the leaves below.</summary>
    public bool Slows(TierSwitches switches)
    {
        if (!_slows.TryGetValue(switches.Leaf.Id, out bool slows))
        {
            // Where some hosts keep its own lanes, both sorts must be there; else it is a candidate already.
            bool[] slow = [.. _nodes.Select(n => Slower(switches.Leaf, n.Backend!) is not null)];
            bool[] kept = [.. _nodes.Select(n => _keepLanes.Contains(HostClass.Of(n.Backend!)))];
            slows = slow.Zip(kept).Any(s => s is (true, false)) && (_keepLanes.Count == 0 || slow.Zip(kept).Any(s => s is (true, true)));
            _slows[switches.Leaf.Id] = slows;
        }

        return slows
            || (
                _keepLanes.Count == 0
                && _paradigm != Paradigm.SwitchScheduled
                && !_cache.LaneRates(switches.Spine).Overlaps(_cache.LaneRates(switches.Leaf))
            );
    }

    private DataRate? Slower(SwitchModel leaf, NicPorts nics) => HostLanes.Slower(leaf, PortRate(nics), nics.LaneRateOptions());

    // Rate of one logical port of a NIC in a plane, and the way it is divided.
    private NicDivision Division(NicPorts nics) => new(nics, _layout == PlaneLayout.NicSplit ? _planes : 1);

    private DataRate PortRate(NicPorts nics) => Division(nics).Rate;

    /// <summary>Sizes one candidate.</summary>
    public BackendCandidate Size(TierSwitches switches)
    {
        // Asked once a leaf: dozens of spines are tried with each.
        if (!_nicFaults.TryGetValue(switches.Leaf.Id, out Rejection? rejection))
        {
            _nicFaults[switches.Leaf.Id] = rejection = NicFault(switches.Leaf);
        }

        Protocol protocol = Protocol.Ethernet;
        if (_paradigm == Paradigm.SwitchScheduled && !switches.Leaf.Cages.Any(c => c.Purpose == PortPurpose.Fabric))
        {
            rejection = new(
                RejectionCode.Role,
                $"{switches.Leaf.Id} has no fabric ports, so it cannot be the leaf of a switch-scheduled fabric"
            );
        }

        List<PlanePlan> plans = [];
        for (int p = 0; p < _groups.Length && rejection is null; p++)
        {
            IReadOnlyList<EndpointGroup> groups = _groups[p] ??= GroupsOf(p);
            if (p > 0 && (_alike[p] ??= Alike(groups, _groups[0]!)))
            {
                // Rails are alike; only the NIC position differs.
                plans.Add(plans[0].ForRail(groups));
                continue;
            }

            _sizers[p] ??= new PlaneSizer(Request(groups), _cache);
            PlanePlan? plan = _sizers[p]!.Size(switches, out rejection);
            if (plan is null)
            {
                break;
            }

            if (_layout == PlaneLayout.Pods && plan.Pods.Count != _planes)
            {
                rejection = new(
                    RejectionCode.PlaneXpus,
                    $"planes of {PodXpus()} XPUs make {plan.Pods.Count} planes of {_xpus} XPUs, not {_planes}"
                );
                break;
            }

            rejection = Protocols.Join(Joined(switches, plan.Tiers), out protocol);
            plans.Add(plan);
        }

        return rejection is null ? Feasible(switches, plans, protocol) : Rejected(switches, rejection);
    }

    private BackendCandidate Rejected(TierSwitches switches, Rejection rejection) =>
        new(
            null,
            new()
            {
                Paradigm = _paradigm,
                PlaneLayout = _layout,
                Planes = _planes,
                Leaf = switches.Leaf.Id,
                Spine = switches.Spine.Id,
                Feasible = false,
                Reason = rejection.Reason,
            },
            rejection
        );

    private BackendCandidate Feasible(TierSwitches switches, IReadOnlyList<PlanePlan> plans, Protocol protocol)
    {
        ClosPlan plan = new()
        {
            Paradigm = _paradigm,
            Layout = _layout,
            Planes = _planes,
            Leaf = switches.Leaf,
            Spine = switches.Spine,
            SuperSpine = switches.SuperSpine,
            Protocol = protocol,
            Plans = plans,
        };
        return new(
            plan,
            _pricing.Alternative(plan) with
            {
                Leaf = switches.Leaf.Id,
                Spine = plan.Tiers > 1 ? switches.Spine.Id : switches.Leaf.Id,
                MaxXpus = FabricFacts.MaxXpus(plan, _xpus),
            },
            null
        );
    }

    /// <summary>What a plane of so many tiers joins, from the hosts up.</summary>
    private IEnumerable<Speaker> Joined(TierSwitches switches, int tiers) =>
        _nodes
            .Select(n => Speaker.Of(n, n.Backend!, _spec.Catalogue))
            .Concat(new[] { switches.Leaf, switches.Spine, switches.SuperSpine }.Take(tiers).Select(Speaker.Of));

    /// <summary>Why a pool's NICs cannot run on this leaf in so many planes; of several pools, the last that cannot.</summary>
    private Rejection? NicFault(SwitchModel leaf)
    {
        if (Protocols.Join(Joined(new(leaf, leaf, leaf), tiers: 1), out Protocol protocol) is { } unlike)
        {
            return unlike;
        }

        foreach (NodeModel node in _nodes)
        {
            NicPorts nics = node.Backend!;
            if (_layout == PlaneLayout.NicSplit && _planes > nics.MaxPlanes.Value)
            {
                return new(RejectionCode.Planes, $"a NIC of {node.Id} divides into {nics.MaxPlanes} planes at most, not {_planes}");
            }

            if (!Division(nics).IsEven)
            {
                int fits = Enumerable
                    .Range(1, nics.MaxPlanes.Value)
                    .Where(k => new NicDivision(nics, k).IsEven)
                    .MinBy(k => Math.Abs(k - _planes));
                return new(
                    RejectionCode.Planes,
                    $"the {nics.CagesPerNic} cages of a NIC of {node.Id} do not divide evenly over {_planes} planes; over {fits} they do"
                );
            }

            bool whole = Division(nics) is { Planes: 1, Nics.CagesPerNic: 1 };
            if (whole && SinglePort.Fault(Speaker.Of(node, nics, _spec.Catalogue), nics, protocol, _spec.Backend.LeafId) is { } missing)
            {
                return missing;
            }

            bool meets =
                nics.LaneRateOptions().Any(r => _cache.LaneRates(leaf).Contains(r.BitsPerSecond))
                || (_meetsLanes && !_keepLanes.Contains(HostClass.Of(nics)) && Slower(leaf, nics) is not null);
            if (_autoShape && !meets)
            {
                // Of switches that nobody named, hundreds may be refused.
                string remedy =
                    _spec.Backend.LeafId is not null && HostLanes.Remedy(leaf, PortRate(nics), [.. nics.LaneRateOptions()]) is { } known
                        ? $"; {known.Words}"
                        : "";
                var lanes = leaf.Cages.Where(c => c.Purpose == PortPurpose.Network).Select(c => c.LaneRate).Distinct();
                return new(
                    RejectionCode.Lanes,
                    $"lanes of {node.Id} ({string.Join(" or ", nics.LaneRateOptions())}) and {leaf.Id} "
                        + $"({string.Join(" or ", lanes)}) do not mix{remedy}"
                );
            }
        }

        return null;
    }

    private IReadOnlyList<EndpointGroup> GroupsOf(int rail)
    {
        List<EndpointGroup> groups = [];
        foreach (PoolNodes pool in _pools)
        {
            NicPorts nics = pool.Node.Backend!;
            NicDivision division = Division(nics);
            bool byRail = _layout == PlaneLayout.Rail;
            if (!byRail || rail < nics.Nics.Value)
            {
                groups.Add(
                    new(
                        pool.Index,
                        pool.First,
                        pool.Count,
                        (byRail ? 1 : nics.Nics.Value) * division.PortsInPlane,
                        byRail ? rail * division.PortsInPlane : 0,
                        division.Rate,
                        pool.Node.Xpus.Value,
                        nics
                    )
                    {
                        Place = pool.Place,
                    }
                );
            }
        }

        return groups;
    }

    private static bool Alike(IReadOnlyList<EndpointGroup> a, IReadOnlyList<EndpointGroup> b) =>
        a.Count == b.Count && a.Zip(b).All(z => z.First.Rate == z.Second.Rate && z.First.Nodes == z.Second.Nodes);

    private PlaneRequest Request(IReadOnlyList<EndpointGroup> groups)
    {
        BackendSpec backend = _spec.Backend;
        bool pods = _layout == PlaneLayout.Pods;
        return new()
        {
            Groups = groups,
            Scheduled = _paradigm == Paradigm.SwitchScheduled,
            MeetsLanes = _meetsLanes,
            KeepLanes = _keepLanes,
            LeafOversubscription = backend.LeafOversubscription,
            SpineOversubscription = backend.SpineOversubscription,
            Tiers = pods ? 3 : backend.Tiers.Value,
            RailOptimized = backend.RailOptimized,
            UnitNodes = backend.ScalableUnitNodes,
            Redundancy = backend.Redundancy,
            Held = _held,
            PeerLinks = backend.Tiers.Value is null or 1 ? backend.PeerLinks : 0,
            External = _external,
            PlanesOfExternal = pods ? 1 : _planes,
            PodXpus = pods ? PodXpus() : null,
            FullPods =
                backend.PlaneXpus is null
                && _pools.All(p => p.Node.Xpus == _pools[0].Node.Xpus)
                && _pools.Sum(p => p.Count) % _planes is > 0 and var rest
                    ? rest
                    : int.MaxValue,
            PodStepXpus = _pools[0].Node.Xpus.Value,
        };
    }

    private long PodXpus()
    {
        if (_spec.Backend.PlaneXpus is { } fixedXpus)
        {
            return fixedXpus;
        }

        int perNode = _pools.Max(p => p.Node.Xpus.Value);
        long nodes = (_xpus + ((long)perNode * _planes) - 1) / ((long)perNode * _planes);
        return nodes * perNode;
    }
}
