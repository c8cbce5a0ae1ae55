using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Sizes candidates for a frontend, each once, and keeps what came of them.</summary>
internal sealed class FrontendSizing
{
    /// <summary>Choices of leaves, the best by what they alone come to, that are sized under a spine of each kind of cages whatever it costs.</summary>
    private const int SetsUnderAllCages = 6;

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
    private readonly HashSet<string> _tried = [];
    private readonly HashSet<string> _withoutSpine = [];
    private readonly List<(Class Class, FrontendKind Kind, NetworkEstimate Estimate)> _best = [];
    private readonly Dictionary<LeafLayout, int> _misfits = new(ReferenceEqualityComparer.Instance);
    private readonly bool _soldFirst;
    private readonly bool _hasLimits;
    private readonly DataRate _fastestLane;

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
        _hasLimits = spec.Objectives.Limits != new LimitsSpec();
        _soldFirst = spec.Objectives.Availability == SwitchAvailability.Shipping;
        _fastestLane = request.Groups.Max(g => g.Ports.LaneRate);
    }

    /// <inheritdoc cref="PlaneSizer.LeafFor(SwitchModel, EndpointGroup)"/>
    public PortPlan? LeafFor(SwitchModel model, EndpointGroup hosts) => _own.LeafFor(model, hosts);

    /// <summary>For the estimates that rank.</summary>
    public Pricing Pricing { get; }

    /// <summary>Those that could be sized, in the order in which they were tried.</summary>
    public IReadOnlyList<Sized> Feasible => _feasible;

    /// <summary>True when one could be sized and cabled.</summary>
    public bool Found => _feasible.Exists(f => f.Fault is null);

    /// <summary>Why others could not, and how many by each reason.</summary>
    public IReadOnlyDictionary<string, int> Rejections => _rejections;

    /// <summary>Choices of leaves and a spine that come to more than another frontend as a whole by the leaves and the least of spines alone.</summary>
    public int Pruned { get; private set; }

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

    /// <summary>
    /// Sizes choices of leaves under every spine: in the order of what the leaves and the hosts' links alone come to, and none that by these and the
    /// least capacity of spines is worse than another as a whole.
    /// </summary>
    /// <param name="leaves">The choices, each under one spine.</param>
    /// <param name="spines">The spines to try.</param>
    /// <param name="super">The super-spine, or null for the spine's model.</param>
    /// <param name="isLast">True for those that are there for the case that all others find no cables.</param>
    public void TrySpines(
        IEnumerable<(TierSwitches Switches, FrontendKind Kind)> leaves,
        IReadOnlyList<SwitchModel> spines,
        SwitchModel? super,
        bool isLast = false
    )
    {
        // Spines carry the uplinks, which carry at least the hosts' rate over the oversubscription.
        double uplinkGbps = _slower.Groups.Sum(g => g.Endpoints * g.Rate.Gbps) / _slower.LeafOversubscription;
        (SwitchModel Model, NetworkEstimate Least)[] above =
        [
            .. spines
                .Select(s => (Model: s, Least: Pricing.LeastOf(s, _slower.Redundancy.Spine, uplinkGbps)))
                .OrderBy(s => Measure(s.Least))
                .ThenBy(s => s.Model.Id, StringComparer.Ordinal),
        ];
        int number = 0;
        foreach (LeafSet set in LeafSets(leaves, isLast).OrderBy(s => s.Class).ThenBy(s => Measure(s.Least)))
        {
            // Two boxes more for the lines outside alone are for the case that no leaf with hosts can have them.
            if (set.Class.OutsideAlone && _best.Exists(b => !b.Class.OutsideAlone && b.Class.IsNoWorseThan(set.Class)))
            {
                Pruned += above.Length;
                continue;
            }

            // The cheapest may find no cable: some choices go on with a spine of every kind of cages.
            HashSet<string>? cages = number++ < SetsUnderAllCages ? [] : null;
            foreach ((SwitchModel spine, NetworkEstimate least) in above)
            {
                TierSwitches switches = set.Switches with { Spine = spine, SuperSpine = super ?? spine };
                if (_tried.Contains(KeyOf(switches)))
                {
                    continue;
                }

                if (cages?.Add(CagesOf(spine)) != true && IsWorse(set, least))
                {
                    Pruned++;
                    continue;
                }

                int before = _feasible.Count;
                Try(switches, set.Kind, _own, isLast, ofOtherSpine: true);

                // What leaves, hosts and lines from leaves lack they lack under every spine.
                if (_feasible.Count > before && _feasible[^1] is { Fault: not null } lacks && LacksBelowSpines(lacks.Plan))
                {
                    break;
                }
            }
        }
    }

    private bool LacksBelowSpines(ClosPlan plan) =>
        plan.Plans[0]
            .LinkKinds(plan.Protocol, planesOfNic: 1)
            .Any(k =>
                (k.Ends.From == Tier.Host || (k.Ends.From, k.Ends.To) == (Tier.Leaf, Tier.External)) && _judge?.Fault(k.Ends) is not null
            );

    private static string CagesOf(SwitchModel model) =>
        string.Join(' ', model.Cages.Select(c => $"{c.FormFactor.Value}:{c.CageRate.Value}").Distinct().Order(StringComparer.Ordinal));

    /// <summary>The choices of leaves that can have a spine: where one leaf or a pair serves all, it is the same under every one.</summary>
    private IEnumerable<LeafSet> LeafSets(IEnumerable<(TierSwitches Switches, FrontendKind Kind)> leaves, bool isLast)
    {
        foreach ((TierSwitches switches, FrontendKind kind) in leaves.DistinctBy(l => LeavesOf(l.Switches)))
        {
            List<LeafLayout> layouts = _withoutSpine.Contains(LeavesOf(switches)) ? [] : [.. _own.Layouts(switches)];
            if (layouts.Count > 0)
            {
                SwitchModel[] models = [.. layouts[0].Models.Select(m => m.Model)];
                NetworkEstimate[] estimates = [.. layouts.Select(LeavesAlone)];
                yield return new(
                    switches,
                    kind,
                    models,
                    new(
                        isLast,
                        _soldFirst && models.Any(m => m.IsAnnounced),
                        layouts.TrueForAll(l => l.HasLeavesForOutsideAlone),
                        layouts.Min(MisfitOf)
                    ),
                    new(estimates.Min(e => e.Usd), 0, estimates.Min(e => e.Watts))
                );
            }
        }
    }

    /// <summary>
    /// True where a whole one that is known comes before any of a choice of leaves under a spine, as it costs less by the objective than these alone;
    /// where limits are set, than these alone in cost and power alike.
    /// </summary>
    private bool IsWorse(LeafSet set, NetworkEstimate above)
    {
        double usd = set.Least.Usd + above.Usd,
            watts = set.Least.Watts + above.Watts;
        return _best.Exists(b =>
        {
            // Several models win by a twentieth only over one.
            double most =
                b.Kind == FrontendKind.SeveralModels && set.Kind != FrontendKind.SeveralModels
                    ? (1 + FrontendRanking.Margin) / FrontendRanking.WorthAnotherModel
                    : 1 + FrontendRanking.Margin;
            bool isDearer = usd > b.Estimate.Usd * most,
                drawsMore = watts > b.Estimate.Watts * most;
            return b.Class.IsNoWorseThan(set.Class)
                && (
                    _hasLimits ? isDearer && drawsMore
                    : _spec.Objectives.Minimize == DesignObjective.Power ? drawsMore
                    : isDearer
                );
        });
    }

    private void NoteBest(Sized f)
    {
        // By latency one of three tiers is worse than any of two, whatever it costs.
        if (
            f is { Fault: null, Kind: not FrontendKind.SlowerLanes, Estimate: { MayPartAtPanels: false, FallsShort: false } }
            && (_spec.Objectives.Minimize != DesignObjective.Latency || f.Plan.Plans[0].Tiers <= 2)
        )
        {
            Class its = new(f.IsLast, NotSold(f), f.Plan.Plans[0].Leaves.HasLeavesForOutsideAlone, f.Misfit);
            if (
                !_best.Exists(b =>
                    b.Class == its && b.Kind == f.Kind && b.Estimate.Usd <= f.Estimate.Usd && b.Estimate.Watts <= f.Estimate.Watts
                )
            )
            {
                _best.RemoveAll(b =>
                    b.Class == its && b.Kind == f.Kind && b.Estimate.Usd >= f.Estimate.Usd && b.Estimate.Watts >= f.Estimate.Watts
                );
                _best.Add((its, f.Kind, f.Estimate));
            }
        }
    }

    private bool NotSold(Sized f) => _soldFirst && f.Plan.Switches.Any(s => s.Count > 0 && s.Model.IsAnnounced);

    private static string LeavesOf(TierSwitches switches) =>
        string.Join(' ', switches.Leaves.Select(l => l.Id))
        + (switches.LeafOfHosts is { } of ? " of " + string.Join(' ', of.Select(o => $"{o.Key}:{o.Value.Id}")) : "")
        + (switches.Border is { } border ? " with " + border.Id : "");

    private static string KeyOf(TierSwitches switches) => $"{LeavesOf(switches)} under {switches.Spine.Id} and {switches.SuperSpine.Id}";

    private NetworkEstimate LeavesAlone(LeafLayout leaves) =>
        _judge?.Estimate(leaves.Models.Select(m => (m.Model, (long)m.Count)), leaves.HostLinkKinds(Protocol.Ethernet, planesOfNic: 1))
        ?? new(leaves.Models.Sum(m => Pricing.UsdOf(m.Model) * m.Count), 0, leaves.Models.Sum(m => Pricing.WattsOf(m.Model) * m.Count));

    private double Measure(NetworkEstimate estimate) => _spec.Objectives.Minimize == DesignObjective.Power ? estimate.Watts : estimate.Usd;

    /// <summary>
    /// How far the lanes of a plan's leaves are from those of the hosts: 0 where they are alike, 1 where they are those of the hosts with
    /// the fastest, else 2. Unlike lanes need a gearbox in the cable, which is sold from fast lanes at the switch to slower ones at hosts.
    /// </summary>
    private int MisfitOf(LeafLayout leaves)
    {
        if (!_misfits.TryGetValue(leaves, out int misfit))
        {
            // What the file names is what is wanted.
            _misfits[leaves] = misfit =
                _network.Spec.LeafId is not null ? 0
                : leaves.HostKinds.All(Meets) ? 0
                : leaves.HostKinds.Where(h => h.Nic.LaneRate == _fastestLane).All(Meets) ? 1
                : 2;
        }

        return misfit;

        static bool Meets((PortPlan Leaf, NicPorts Nic, DataRate Rate) host) => host.Nic.LaneRateOptions().Contains(host.Leaf.DownLane);
    }

    /// <summary>
    /// Those that are worth carrying on: all under spines of a leaf's own model, and of other spines above the same leaves the one that comes first
    /// for each kind of links that need cables, and those that no other is as good as in cost, power and rack units.
    /// </summary>
    public IEnumerable<Sized> Kept()
    {
        HashSet<(LeafLayout, int, CageUse?, CageUse?, bool, bool, bool)> ends = [];
        Dictionary<(LeafLayout, bool, bool, bool), List<Sized>> front = [];
        foreach (
            Sized f in _feasible
                .OrderBy(f => Measure(f.Estimate))
                .ThenBy(f => f.Estimate.Usd)
                .ThenBy(f => f.Switches.Spine.Id, StringComparer.Ordinal)
        )
        {
            PlanePlan plane = f.Plan.Plans[0];
            (bool notSold, bool mayPart, bool falls) = (NotSold(f), f.Estimate.MayPartAtPanels, f.Estimate.FallsShort);
            bool isFirst =
                f.Fault is null
                && ends.Add(
                    (plane.Leaves, plane.Tiers, plane.SpinePorts?.DownUse, plane.SuperSpinePorts?.DownUse, notSold, mayPart, falls)
                );
            (LeafLayout, bool, bool, bool) alike = (plane.Leaves, notSold, mayPart, falls);
            List<Sized> others = front.TryGetValue(alike, out List<Sized>? known) ? known : front[alike] = [];
            bool isBetter = !others.Exists(o =>
                o.Estimate.Usd <= f.Estimate.Usd && o.Estimate.Watts <= f.Estimate.Watts && o.Units <= f.Units
            );
            if (isFirst || isBetter || !f.OfOtherSpine)
            {
                others.Add(f);
                yield return f;
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
        Sized[] slower = [.. _feasible.Where(f => f.Kind == FrontendKind.SlowerLanes && f.Fault is null).OrderBy(f => f.Estimate.Usd)];
        if (slower.Length > 1)
        {
            _feasible.RemoveAll(f => f.Kind == FrontendKind.SlowerLanes && f.Plan != slower[0].Plan);
        }
    }

    private void Try(TierSwitches switches, FrontendKind kind, PlaneSizer sizer, bool isLast, bool ofOtherSpine = false)
    {
        if (isLast && _tried.Contains(KeyOf(switches)))
        {
            return;
        }

        PlanePlan? plan = sizer.Size(switches, out Rejection? rejection);
        if (kind != FrontendKind.SlowerLanes && !isLast)
        {
            _tried.Add(KeyOf(switches));
            if (plan?.Tiers == 1)
            {
                _withoutSpine.Add(LeavesOf(switches));
            }
        }

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
            new(shape, switches, fault, estimate, kind)
            {
                Misfit = MisfitOf(plan.Leaves),
                OfOtherSpine = ofOtherSpine,
                Faults = fault is null ? 0 : shape.FaultsOf(_judge),
                IsLast = isLast,
            }
        );
        NoteBest(_feasible[^1]);
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
    /// <param name="Estimate">What it comes to.</param>
    /// <param name="Kind">How simple it is to run.</param>
    internal readonly record struct Sized(ClosPlan Plan, TierSwitches Switches, string? Fault, NetworkEstimate Estimate, FrontendKind Kind)
    {
        /// <summary>Kinds of link that no cable serves.</summary>
        public int Faults { get; init; }

        /// <summary>How far the lanes of its leaves are from the hosts'.</summary>
        public int Misfit { get; init; }

        /// <summary>True where its spines are of another model than its leaves', or than the file names.</summary>
        public bool OfOtherSpine { get; init; }

        /// <summary>Rack units that its switches take.</summary>
        public double Units => Plan.Switches.Sum(s => s.Count * (s.Model.RackUnits?.Value ?? 2));

        /// <summary>True where it is there for the case that all others find no cables.</summary>
        public bool IsLast { get; init; }

        /// <summary>As a frontend to choose.</summary>
        public FrontendPlan PlanOf(NodeNetwork network, bool dual, FrontendField field) =>
            new(network, Plan.Plans[0], Switches, Plan.Protocol, dual, field, Plan.Shape)
            {
                Fault = Fault,
                Estimate = Estimate,
                Kind = Kind,
                Misfit = Misfit,
                IsLast = IsLast,
            };
    }

    /// <summary>Leaves that may stand under any spine.</summary>
    /// <param name="Switches">Them, under one spine.</param>
    /// <param name="Kind">How simple they are to run.</param>
    /// <param name="Models">Their models.</param>
    /// <param name="Class">What comes before cost.</param>
    /// <param name="Least">What they and the hosts' links come to by the objective.</param>
    private sealed record LeafSet(
        TierSwitches Switches,
        FrontendKind Kind,
        IReadOnlyList<SwitchModel> Models,
        Class Class,
        NetworkEstimate Least
    );

    /// <summary>What comes before cost, the best first.</summary>
    /// <param name="IsLast">True for those that are there for the case that all others find no cables.</param>
    /// <param name="NotSold">True where a switch is not sold yet and such come last.</param>
    /// <param name="OutsideAlone">True where leaves have links to the outside and no hosts.</param>
    /// <param name="Misfit">How far the lanes of leaves are from the hosts'.</param>
    private readonly record struct Class(bool IsLast, bool NotSold, bool OutsideAlone, int Misfit) : IComparable<Class>
    {
        /// <inheritdoc/>
        public int CompareTo(Class other) =>
            (IsLast, NotSold, OutsideAlone, Misfit).CompareTo((other.IsLast, other.NotSold, other.OutsideAlone, other.Misfit));

        /// <summary>True where one of this class comes before one of another that comes to as much.</summary>
        public bool IsNoWorseThan(Class other) =>
            (other.IsLast || !IsLast) && (other.NotSold || !NotSold) && (other.OutsideAlone || !OutsideAlone) && Misfit <= other.Misfit;
    }
}
