using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>Sizes candidates for a frontend, each once, and keeps what came of them.</summary>
internal sealed class FrontendSizing
{
    private readonly ClusterSpec _spec;
    private readonly NodeNetwork _network;
    private readonly IReadOnlyList<PoolNodes> _pools;
    private readonly ILinkJudge? _judge;
    private readonly PortPlanCache _cache = new();
    private readonly PlaneRequest _slower;
    private readonly PlaneSizer _own;
    private readonly PlaneSizer _onSlowerLanes;
    private readonly List<Sized> _feasible = [];
    private readonly Dictionary<string, int> _rejections = [];

    /// <summary>Takes in what all candidates share.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="network">Which network.</param>
    /// <param name="pools">Pools, then services.</param>
    /// <param name="judge">Asked whether links can be cabled at all, or null to size only.</param>
    /// <param name="request">What the network must serve.</param>
    public FrontendSizing(ClusterSpec spec, NodeNetwork network, IReadOnlyList<PoolNodes> pools, ILinkJudge? judge, PlaneRequest request)
    {
        _spec = spec;
        _network = network;
        _pools = pools;
        _judge = judge;
        _slower = request with { MeetsLanes = true };
        _own = new(request, _cache);
        _onSlowerLanes = new(_slower, _cache);
        Pricing = new(spec.Catalogue, spec.Existing, judge);
    }

    /// <summary>For the estimates that rank.</summary>
    public Pricing Pricing { get; }

    /// <summary>Those that could be sized, in the order in which they were tried.</summary>
    public IReadOnlyList<Sized> Feasible => _feasible;

    /// <summary>True when one could be sized and cabled.</summary>
    public bool Found => _feasible.Exists(f => f.Fault is null);

    /// <summary>Why others could not, and how many by each reason.</summary>
    public IReadOnlyDictionary<string, int> Rejections => _rejections;

    /// <summary>Sizes candidates of a kind; of slower lanes those only that have such.</summary>
    /// <param name="candidates">Their switches.</param>
    /// <param name="kind">How simple they are to run.</param>
    /// <param name="isLast">True for those that are there for the case that all others find no cables.</param>
    public void Try(IEnumerable<TierSwitches> candidates, FrontendKind kind, bool isLast = false)
    {
        foreach (TierSwitches switches in candidates)
        {
            if (kind != FrontendKind.SlowerLanes || switches.Leaves.Any(_slower.Slows))
            {
                Try(switches, kind, kind == FrontendKind.SlowerLanes ? _onSlowerLanes : _own, isLast);
            }
        }
    }

    /// <summary>Sizes candidates of which some hosts keep the leaf's own lanes, and others run on slower ones; those only that have both.</summary>
    public void TryMixture(IEnumerable<TierSwitches> candidates, IReadOnlyCollection<HostClass> kept)
    {
        PlaneRequest mixed = _slower with { KeepLanes = kept };
        PlaneSizer sizer = new(mixed, _cache);
        foreach (TierSwitches switches in candidates.Where(s => s.Leaves.Any(l => mixed.Slows(l) && mixed.Keeps(l))))
        {
            Try(switches, FrontendKind.SlowerLanes, sizer, isLast: false);
        }
    }

    /// <summary>Leaves of those on slower lanes the cheapest: each is carried through where others find no cables, and one is as good as another.</summary>
    public void KeepCheapestSlower()
    {
        Sized[] slower = [.. _feasible.Where(f => f.Kind == FrontendKind.SlowerLanes && f.Fault is null).OrderBy(f => f.Usd)];
        if (slower.Length > 1)
        {
            _feasible.RemoveAll(f => f.Kind == FrontendKind.SlowerLanes && f.Plan != slower[0].Plan);
        }
    }

    private void Try(TierSwitches switches, FrontendKind kind, PlaneSizer sizer, bool isLast)
    {
        PlanePlan? plan = sizer.Size(switches, out Rejection? rejection);
        Protocol protocol = Protocol.Ethernet;
        rejection = plan is null ? rejection : ProtocolFault(switches, plan.Tiers, out protocol);
        if (plan is null || rejection is not null)
        {
            _rejections[rejection!.Reason] = _rejections.GetValueOrDefault(rejection.Reason) + 1;
            return;
        }

        ClosPlan shape = new()
        {
            Paradigm = Paradigm.EndpointScheduled,
            Layout = PlaneLayout.NicSplit,
            Planes = 1,
            Leaf = switches.Leaf,
            Spine = switches.Spine,
            SuperSpine = switches.SuperSpine,
            Protocol = protocol,
            Plans = [plan],
        };
        string? fault = shape.FaultOf(_judge);
        NetworkEstimate estimate = Pricing.Estimate(shape);
        _feasible.Add(
            new(shape, switches, fault, estimate.Usd, kind)
            {
                MayPartAtPanels = estimate.MayPartAtPanels,
                Faults = fault is null ? 0 : shape.FaultsOf(_judge),
                IsLast = isLast,
            }
        );
    }

    private Rejection? ProtocolFault(TierSwitches switches, int tiers, out Protocol protocol)
    {
        (Speaker Speaker, NicPorts Ports)[] hosts =
        [
            .. _pools
                .DistinctBy(p => p.Node.Id)
                .Select(p => (p.Node, Ports: p.Node.PortsOf(_network.Role.Name)))
                .Where(p => p.Ports is not null)
                .Select(p => (Speaker.Of(p.Node, p.Ports!, _spec.Catalogue), p.Ports!)),
        ];
        IEnumerable<Speaker> above = switches
            .Leaves.Concat(switches.Border is { } border ? [border] : [])
            .Concat(new[] { switches.Spine, switches.SuperSpine }.Take(tiers - 1))
            .Select(Speaker.Of);
        if (Protocols.Join(hosts.Select(h => h.Speaker).Concat(above), out protocol) is { } unlike)
        {
            return unlike;
        }

        Protocol spoken = protocol;
        return hosts.Select(h => SinglePort.Fault(h.Speaker, h.Ports, spoken, _network.Spec.LeafId)).FirstOrDefault(f => f is not null);
    }

    /// <summary>A frontend that could be sized.</summary>
    /// <param name="Plan">Its plan.</param>
    /// <param name="Switches">Its switches.</param>
    /// <param name="Fault">Why no cable joins some of its cages, or null.</param>
    /// <param name="Usd">Its estimate.</param>
    /// <param name="Kind">How simple it is to run.</param>
    internal readonly record struct Sized(ClosPlan Plan, TierSwitches Switches, string? Fault, double Usd, FrontendKind Kind)
    {
        /// <summary>Kinds of link that no cable serves.</summary>
        public int Faults { get; init; }

        /// <inheritdoc cref="NetworkEstimate.MayPartAtPanels"/>
        public bool MayPartAtPanels { get; init; }

        /// <summary>True where it is there for the case that all others find no cables.</summary>
        public bool IsLast { get; init; }
    }
}
