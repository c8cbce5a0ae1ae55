using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Sizes the frontend, or a further network: all nodes and services with ports on it, dual-homed on pairs of leaves where they have two ports.</summary>
internal static class FrontendPlanner
{
    /// <summary>Nodes up to which leaves of several models are sized beside those of one.</summary>
    private const int MostNodesForBoth = 4096;

    /// <summary>
    /// The feasible frontends, cheapest first; none when no node has frontend ports or none is feasible (said in
    /// <paramref name="diagnostics"/>).
    /// </summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="network">Which network: the frontend, or a further one.</param>
    /// <param name="pools">Pools, then services.</param>
    /// <param name="judge">Asked whether its links can be cabled at all, or null to size only.</param>
    /// <param name="diagnostics">Receives what there is to say.</param>
    public static IReadOnlyList<FrontendPlan> Plans(
        ClusterSpec spec,
        NodeNetwork network,
        IReadOnlyList<PoolNodes> pools,
        ILinkJudge? judge,
        DiagnosticBag diagnostics
    ) => Plans(spec, network, pools, judge, diagnostics, findNearest: true);

    private static IReadOnlyList<FrontendPlan> Plans(
        ClusterSpec spec,
        NodeNetwork network,
        IReadOnlyList<PoolNodes> pools,
        ILinkJudge? judge,
        DiagnosticBag diagnostics,
        bool findNearest
    )
    {
        FrontendSpec front = network.Spec;
        List<EndpointGroup> groups = Groups(network, pools, diagnostics);
        if (groups.Count == 0)
        {
            return [];
        }

        bool oneTier = front.Tiers.Value == 1;
        if (oneTier && SaysOneLeafIsTwo(network, diagnostics))
        {
            return [];
        }

        bool dual = front.Homing != Homing.Single && (!oneTier || front.PeerLinks > 0) && groups.Any(g => g.Rails >= 2);
        Pricing pricing = new(spec.Catalogue, spec.Existing);
        PlaneRequest request = Request(spec, front, groups, dual, judge);
        PlaneRequest slower = request with { MeetsLanes = true };
        PortPlanCache cache = new();
        PlaneSizer sizer = new(request, cache);
        PlaneSizer slowerSizer = new(slower, cache);
        HashSet<PlaneSizer> slowerSizers = [slowerSizer];
        List<Sized> feasible = [];
        Dictionary<string, int> rejections = [];
        foreach (TierSwitches switches in Candidates(spec, front))
        {
            Try(switches, sizer);
        }

        // Where one model has ports of every rate, leaves of several are tried after it: its cables may be too short. In a large cluster only
        // where there is none, since every choice is sized.
        bool none = feasible.TrueForAll(f => f.Fault is not null);
        if ((none || groups.Sum(g => (long)g.Nodes) <= MostNodesForBoth) && front.LeafId is null)
        {
            foreach (TierSwitches switches in FrontendLeafKinds.Of(spec, front, groups, pricing))
            {
                Try(switches, sizer, severalModels: true);
            }
        }

        // Cages below their own lanes come last: they carry half, where a gearbox in the cable costs no ports. Nobody runs a box like that
        // while one that is not named has the hosts' lanes.
        bool meets = front.LeafId is null && feasible.Exists(f => f.Fault is null && LaneMisfit(f.Plan.Plans[0], groups) == 0);
        foreach (TierSwitches switches in meets ? [] : Candidates(spec, front).Where(s => s.Leaves.Any(slower.Slows)))
        {
            Try(switches, slowerSizer);
        }

        if (front.LeafId is not null || feasible.TrueForAll(f => f.Fault is not null))
        {
            TryMixtures();
        }

        if (front.LeafId is null)
        {
            KeepCheapestSlower(feasible);
        }

        if (feasible.Count == 0)
        {
            string nearest = findNearest ? Nearest(spec, network, pools, judge) : "";
            SayInfeasible(network, groups, rejections, nearest, diagnostics);
            return [];
        }

        return Ranked(feasible, network, groups, dual);

        // Hosts of several kinds on one model: some on its own lanes, some on slower ones.
        void TryMixtures()
        {
            foreach (IReadOnlyCollection<HostClass> kept in HostClass.Mixtures(groups.Select(g => g.Ports)))
            {
                PlaneRequest mixed = slower with { KeepLanes = kept };
                PlaneSizer mixedSizer = new(mixed, cache);
                slowerSizers.Add(mixedSizer);
                foreach (TierSwitches switches in Candidates(spec, front).Where(s => s.Leaves.Any(l => mixed.Slows(l) && mixed.Keeps(l))))
                {
                    Try(switches, mixedSizer);
                }
            }
        }

        void Try(TierSwitches switches, PlaneSizer by, bool severalModels = false)
        {
            PlanePlan? plan = by.Size(switches, out Rejection? rejection);
            Protocol protocol = Protocol.Ethernet;
            rejection = plan is null ? rejection : ProtocolFault(spec, network, pools, switches, plan.Tiers, out protocol);
            if (plan is null || rejection is not null)
            {
                rejections[rejection!.Reason] = rejections.GetValueOrDefault(rejection.Reason) + 1;
                return;
            }

            ClosPlan shape = ShapeOf(switches, protocol, plan);
            string? fault = shape.LinkEnds.Select(e => judge?.Fault(e)).FirstOrDefault(f => f is not null);
            feasible.Add(new(shape, switches, fault, pricing.Estimate(shape).Usd, severalModels, slowerSizers.Contains(by)));
        }
    }

    // A single leaf cannot be two: asking for one tier asks for single homing, unless the file says dual.
    private static bool SaysOneLeafIsTwo(NodeNetwork network, DiagnosticBag diagnostics)
    {
        FrontendSpec front = network.Spec;
        if (front.Homing != Homing.Dual || front.PeerLinks > 0)
        {
            return false;
        }

        diagnostics.Error(
            "LL4902",
            $"no {network.Role} is feasible: one tier is one leaf, and dual homing needs a pair; say homing: single, tiers: 2, or peer_links: 2",
            network.Key,
            front.Mark
        );
        return true;
    }

    /// <summary>A frontend that could be sized.</summary>
    /// <param name="Plan">Its plan.</param>
    /// <param name="Switches">Its switches.</param>
    /// <param name="Fault">Why no cable joins some of its cages, or null.</param>
    /// <param name="Usd">Its estimate.</param>
    /// <param name="SeveralModels">True where its leaves are of several models.</param>
    /// <param name="Slower">True where cages run below their own lanes.</param>
    private readonly record struct Sized(ClosPlan Plan, TierSwitches Switches, string? Fault, double Usd, bool SeveralModels, bool Slower);

    /// <summary>
    /// Those whose links can be cabled, the cheapest of the simplest kind first. Where none can be, the first is carried through all the
    /// same, to say what its links lack.
    /// </summary>
    private static IReadOnlyList<FrontendPlan> Ranked(
        List<Sized> feasible,
        NodeNetwork network,
        IReadOnlyList<EndpointGroup> groups,
        bool dual
    )
    {
        int served = feasible.Count(f => f.Fault is null);
        int shown = Math.Max(1, served);
        return
        [
            .. feasible
                .Where(f => served == 0 || f.Fault is null)
                .OrderBy(f => f.Slower)
                .ThenBy(f => f.SeveralModels)
                .ThenBy(f => LaneMisfit(f.Plan.Plans[0], groups))
                .ThenBy(f => f.Usd)
                .ThenBy(f => f.Switches.Leaf.Id, StringComparer.Ordinal)
                .Take(shown)
                .Select(f => new FrontendPlan(network, f.Plan.Plans[0], f.Switches, f.Plan.Protocol, dual, shown, f.Plan.Shape)),
        ];
    }

    // Each is carried through where the others find no cables, and of slower cages one is as good as another.
    private static void KeepCheapestSlower(List<Sized> feasible)
    {
        Sized[] slower = [.. feasible.Where(f => f.Slower && f.Fault is null).OrderBy(f => f.Usd)];
        if (slower.Length > 1)
        {
            feasible.RemoveAll(f => f.Slower && f.Plan != slower[0].Plan);
        }
    }

    private static ClosPlan ShapeOf(TierSwitches switches, Protocol protocol, PlanePlan plan) =>
        new()
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

    private static void SayInfeasible(
        NodeNetwork network,
        IReadOnlyList<EndpointGroup> groups,
        Dictionary<string, int> rejections,
        string nearest,
        DiagnosticBag diagnostics
    )
    {
        foreach ((string reason, int count) in rejections.OrderByDescending(r => r.Value).Take(3))
        {
            diagnostics.Error(
                "LL4902",
                $"no {network.Role} is feasible: {reason}{(count > 1 ? $" ({count} candidates)" : "")}; "
                    + (
                        groups.Any(g => g.Rate != groups[0].Rate)
                            ? $"name a leaf for each rate, as in {network.Key}: {{leaf: [a, b]}}, or change the oversubscription; {nearest}"
                            : $"name another switch in {network.Key}.switch, or change {network.Key}.oversubscription; {nearest}"
                    ),
                network.Key,
                network.Spec.Mark
            );
        }
    }

    /// <summary>
    /// How far the lanes of a plan's leaves are from those of the hosts: 0 where they are alike, 1 where they are those of the hosts with
    /// the fastest, else 2. Unlike lanes need a gearbox in the cable, which is sold from fast lanes at the switch to slower ones at hosts.
    /// </summary>
    private static int LaneMisfit(PlanePlan plan, IReadOnlyList<EndpointGroup> groups)
    {
        DataRate fastest = groups.Max(g => g.Ports.LaneRate);
        return groups.All(Meets) ? 0
            : groups.Where(g => g.Ports.LaneRate == fastest).All(Meets) ? 1
            : 2;

        bool Meets(EndpointGroup group) => plan.Leaves.Kinds.All(k => group.Ports.LaneRateOptions().Contains(k.Ports.DownLane));
    }

    // The switch that was found to serve where those of the file do not, in words.
    private static string Nearest(ClusterSpec spec, NodeNetwork network, IReadOnlyList<PoolNodes> pools, ILinkJudge? judge)
    {
        FrontendSpec asked = network.Spec;
        foreach ((TierReserve less, string words) in NearestBackend.LessReserve(asked.Reserve))
        {
            if (Plans(spec, network with { Spec = asked with { Reserve = less } }, pools, judge, new(), findNearest: false).Count > 0)
            {
                return $"it works with {network.Key}.reserve: {words}";
            }
        }

        if (asked.LeafId is not null)
        {
            FrontendSpec open = asked with { Switch = null, Leaf = [], Spine = null, SuperSpine = null };
            if (Plans(spec, network with { Spec = open }, pools, judge, new(), findNearest: false) is [var plan, ..])
            {
                return plan.Switches.Leaf.Id == plan.Switches.Spine.Id
                    ? $"it works with {network.Key}.switch: {plan.Switches.Leaf.Id}"
                    : $"it works with {network.Key}.leaf: {plan.Switches.Leaf.Id}, {network.Key}.spine: {plan.Switches.Spine.Id}";
            }
        }

        return $"no other {network.Key}.switch of the catalogue works as the rest stands; change the ports of the nodes under catalog.nodes";
    }

    private static Rejection? ProtocolFault(
        ClusterSpec spec,
        NodeNetwork network,
        IReadOnlyList<PoolNodes> pools,
        TierSwitches switches,
        int tiers,
        out Protocol protocol
    )
    {
        (Speaker Speaker, NicPorts Ports)[] hosts =
        [
            .. pools
                .DistinctBy(p => p.Node.Id)
                .Select(p => (p.Node, Ports: p.Node.PortsOf(network.Role.Name)))
                .Where(p => p.Ports is not null)
                .Select(p => (Speaker.Of(p.Node, p.Ports!, spec.Catalogue), p.Ports!)),
        ];
        IEnumerable<Speaker> above = switches
            .Leaves.Concat(new[] { switches.Spine, switches.SuperSpine }.Take(tiers - 1))
            .Select(Speaker.Of);
        if (Protocols.Join(hosts.Select(h => h.Speaker).Concat(above), out protocol) is { } unlike)
        {
            return unlike;
        }

        Protocol spoken = protocol;
        return hosts.Select(h => SinglePort.Fault(h.Speaker, h.Ports, spoken, network.Spec.LeafId)).FirstOrDefault(f => f is not null);
    }

    private static PlaneRequest Request(
        ClusterSpec spec,
        FrontendSpec front,
        IReadOnlyList<EndpointGroup> groups,
        bool dual,
        ILinkJudge? judge
    )
    {
        HeldByTier held = HeldByTier.Of(spec, front);
        return new()
        {
            Groups = groups,
            LeafHeld = held.Leaf,
            SpineHeld = held.Spine,
            PeerLinks = front.Tiers.Value is null or 1 ? front.PeerLinks : 0,
            External = ExternalLinks.Of(front),
            SuperSpineHeld = held.SuperSpine,
            Joins = (group, leaf) =>
                judge?.Fault(
                    new(
                        Protocol.Ethernet,
                        Tier.Host,
                        Tier.Leaf,
                        group.Rate,
                        new NicDivision(group.Ports, Planes: 1).Facing(leaf.DownLane),
                        leaf.DownUse,
                        SplitOverPlanes: false
                    )
                )
                    is null,
            LeafOversubscription = front.Oversubscription.Leaf ?? 3,
            SpineOversubscription = front.Oversubscription.Spine ?? 1,
            Tiers = front.Tiers.Value,
            RailOptimized = false,
            // A pair of leaves is two, so a dual-homed frontend has no single-leaf form.
            Redundancy = dual && front.Redundancy.Leaf < 2 ? front.Redundancy with { Leaf = 2 } : front.Redundancy,
            Sides = dual ? 2 : 1,
        };
    }

    private static List<EndpointGroup> Groups(NodeNetwork network, IReadOnlyList<PoolNodes> pools, DiagnosticBag diagnostics)
    {
        List<EndpointGroup> groups = [];
        foreach (PoolNodes pool in pools)
        {
            if (pool.Node.PortsOf(network.Role.Name) is not { } ports)
            {
                // A node without ports on a further network is simply not on it.
                if (network.Role != FabricRole.Frontend)
                {
                    continue;
                }

                diagnostics.Note(
                    "LL4103",
                    $"node '{pool.Node.Id}' has no known frontend ports, so it is not on the frontend; describe them under catalog.nodes, "
                        + $"as frontend: {{nics: 2, rate_gbps: 200}}",
                    pool.Spec.Name
                );
                continue;
            }

            NicDivision division = new(ports, Planes: 1);
            int rails = ports.Nics.Value * division.PortsInPlane;
            groups.Add(
                new(pool.Index, pool.First, pool.Count, rails, 0, division.Rate, pool.Node.Xpus.Value, ports)
                {
                    Place = pool.Place,
                    HasTrays = pool.Node.TrayList is not null,
                }
            );
            if (rails == 1 && network.Spec.Homing == Homing.Dual)
            {
                diagnostics.Note("LL4104", $"node '{pool.Node.Id}' has one {network.Role} port, so it is single-homed", pool.Spec.Name);
            }
        }

        return groups;
    }

    private static IEnumerable<TierSwitches> Candidates(ClusterSpec spec, FrontendSpec front)
    {
        IReadOnlyList<SwitchModel> more = [.. front.MoreLeafIds.Select(id => spec.Catalogue.Switches[id])];
        foreach (SwitchModel leaf in front.LeafId is { } named ? [spec.Catalogue.Switches[named]] : Open(spec))
        {
            IEnumerable<SwitchModel> spines =
                front.SpineId is { } spine ? [spec.Catalogue.Switches[spine]]
                : more.Count > 0 ? new[] { leaf }.Concat(more).Concat(Open(spec)).Distinct()
                : [leaf];
            foreach (SwitchModel above in spines)
            {
                SwitchModel super = front.SuperSpineId is { } id ? spec.Catalogue.Switches[id] : above;
                yield return new(leaf, above, super) { MoreLeaves = more.Count > 0 ? more : null };
            }
        }
    }

    /// <summary>The switches that a frontend may be built of where the file names none.</summary>
    internal static IEnumerable<SwitchModel> Open(ClusterSpec spec) =>
        spec.OpenSwitches.Where(s => s.Cages.Count > 0 && s.Role is SwitchRole.Clos or SwitchRole.Frontend);
}
