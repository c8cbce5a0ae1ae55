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
    /// <param name="nearest">Finds what would work where none is feasible; null where nobody reads it.</param>
    public static IReadOnlyList<FrontendPlan> Plans(
        ClusterSpec spec,
        NodeNetwork network,
        IReadOnlyList<PoolNodes> pools,
        ILinkJudge? judge,
        DiagnosticBag diagnostics,
        NearestNetwork? nearest = null
    )
    {
        FrontendSpec front = network.Spec;
        List<EndpointGroup> groups = Groups(network, pools, diagnostics);
        if (groups.Count == 0)
        {
            return [];
        }

        if (FrontendMemo.TryGet(spec, network.Key, judge is not null, out IReadOnlyList<FrontendPlan>? known))
        {
            return known;
        }

        // A single leaf cannot be two: asking for one tier asks for single homing, unless the file says dual.
        bool oneTier = front.Tiers.Value == 1;
        if (oneTier && front.Homing == Homing.Dual && front.PeerLinks == 0)
        {
            SayInfeasible(network, "one tier is one leaf, and dual homing needs a pair", nearest, diagnostics);
            return [];
        }

        bool dual = front.Homing != Homing.Single && (!oneTier || front.PeerLinks > 0) && groups.Any(g => g.Rails >= 2);
        FrontendSizing sizing = new(spec, network, pools, judge, Request(spec, front, groups, dual, judge));
        Size(spec, front, groups, sizing);
        if (front.LeafId is null)
        {
            sizing.KeepCheapestSlower();
        }

        if (sizing.Feasible.Count > 0)
        {
            IReadOnlyList<FrontendPlan> plans = Plans(sizing, network, dual, spec.Objectives);
            FrontendMemo.Keep(spec, network.Key, judge is not null, plans);
            return plans;
        }

        string nearby = nearest is null ? "" : nearest.Words(NetworkSection.Of(network));
        SayInfeasible(network, Rejection.Causes(sizing.Rejections.Select(r => (r.Key, r.Value))), nearby, diagnostics);

        return [];
    }

    /// <summary>Sizes every candidate, those that are simpler to run first; the others where these leave something to be wished.</summary>
    private static void Size(ClusterSpec spec, FrontendSpec front, IReadOnlyList<EndpointGroup> groups, FrontendSizing sizing)
    {
        bool named = front.LeafId is not null;
        FrontendLeafKinds kinds = new(spec, front, groups, sizing.Pricing, sizing.LeafFor);
        sizing.Try(OneModel(spec, front), FrontendKind.Plain);
        sizing.Try(Assigned(spec, front, groups), FrontendKind.SeveralModels);

        // Where one model has ports of every rate, leaves of several are tried after it: its cables may be too short. In a large cluster only
        // where there is none, since every choice is sized.
        bool several = !named && (!sizing.Found || groups.Sum(g => (long)g.Nodes) <= MostNodesForBoth);
        TierSwitches[] mixed = several ? [.. kinds.All()] : [];
        TrySpines(
            spec,
            front,
            sizing,
            [
                .. front.SpineId is null ? OneModel(spec, front).Select(s => (s, FrontendKind.Plain)) : [],
                .. front.SpineId is null ? SeveralModels(Assigned(spec, front, groups)) : [],
                .. SeveralModels(mixed),
            ]
        );
        if (several)
        {
            sizing.Try(kinds.Undivided(), FrontendKind.SeveralModels, isLast: true);
        }

        // Cages below their own lanes come last: they carry half, where a gearbox in the cable costs no ports. Nobody runs a box like that
        // while one that is not named has the hosts' lanes.
        if (named || !sizing.Feasible.Any(f => f.Fault is null && f.Misfit == 0))
        {
            sizing.Try(OneModel(spec, front), FrontendKind.SlowerLanes);
        }

        if (!sizing.Found && front.PeerLinks == 0 && ExternalLinks.Of(front).Any(e => e.Tier == Tier.Leaf))
        {
            TrySpines(spec, front, sizing, WithBorder(spec, front, groups, kinds, mixed), isLast: true);
        }

        // Hosts of several kinds on one model: some on its own lanes, some on slower ones.
        if (named || !sizing.Found)
        {
            foreach (IReadOnlyCollection<HostClass> kept in HostClass.Mixtures(groups.Select(g => g.Ports)))
            {
                sizing.TryMixture(OneModel(spec, front), kept);
            }
        }
    }

    /// <summary>
    /// Links to the outside on leaves of one model, where not all have ports for them: of some that hosts take, or of leaves without hosts.
    /// </summary>
    private static IEnumerable<(TierSwitches Switches, FrontendKind Kind)> WithBorder(
        ClusterSpec spec,
        FrontendSpec front,
        IReadOnlyList<EndpointGroup> groups,
        FrontendLeafKinds kinds,
        IReadOnlyList<TierSwitches> mixed
    )
    {
        SwitchModel[] borders = front.LeafId is null ? [.. kinds.ForOutside(ExternalLinks.Of(front))] : [];
        IEnumerable<TierSwitches> hosts = front.LeafId is null
            ? OneModel(spec, front).Concat(mixed).Concat(kinds.With(borders))
            : OneModel(spec, front).Concat(Assigned(spec, front, groups));
        return SeveralModels(
            hosts.SelectMany(switches =>
                (switches.MoreLeaves is null ? [] : switches.Leaves).Union(borders).Select(border => switches with { Border = border })
            )
        );
    }

    private static IEnumerable<(TierSwitches Switches, FrontendKind Kind)> SeveralModels(IEnumerable<TierSwitches> candidates) =>
        candidates.Select(s => (s, FrontendKind.SeveralModels));

    /// <summary>Sizes choices of leaves under the spine that the file names, or under every one.</summary>
    private static void TrySpines(
        ClusterSpec spec,
        FrontendSpec front,
        FrontendSizing sizing,
        IEnumerable<(TierSwitches Switches, FrontendKind Kind)> leaves,
        bool isLast = false
    )
    {
        SwitchModel? super = front.SuperSpineId is { } named ? spec.Catalogue.Switches[named] : null;
        sizing.TrySpines(leaves, front.SpineId is { } spine ? [spec.Catalogue.Switches[spine]] : [.. Open(spec)], super, isLast);
    }

    /// <summary>
    /// Those whose links can be cabled, best first. Where none can be, those that lack least and have the lanes of the hosts come first: one is carried through all the same, to say
    /// what its links lack.
    /// </summary>
    private static IReadOnlyList<FrontendPlan> Plans(FrontendSizing sizing, NodeNetwork network, bool dual, ObjectivesSpec objectives)
    {
        FrontendField field = new()
        {
            Objectives = objectives,
            Feasible = sizing.Feasible.Count(f => f.Fault is null),
            NotFeasible = sizing.Rejections.Values.Sum() + sizing.Feasible.Count(f => f.Fault is not null),
            Pruned = sizing.Pruned,
            LeafIsFree = network.Spec.LeafId is null,
            SpineIsFree = network.Spec.SpineId is null,
        };
        IReadOnlyList<FrontendSizing.Sized> kept = sizing.Found
            ? [.. sizing.Kept().Where(f => f.Fault is null).DistinctBy(f => f.Plan.Plans[0], ReferenceEqualityComparer.Instance)]
            : [.. sizing.Feasible.GroupBy(f => (f.Faults, f.Misfit)).MinBy(g => g.Key)!];
        List<FrontendPlan> plans = [.. kept.Select(f => f.PlanOf(network, dual, field))];
        return sizing.Found ? FrontendRanking.Rank(plans, objectives) : [.. FrontendRanking.Rank(plans, objectives).Take(1)];
    }

    private static void SayInfeasible(NodeNetwork network, string reason, NearestNetwork? nearest, DiagnosticBag diagnostics) =>
        SayInfeasible(network, reason, nearest is null ? "" : nearest.Words(NetworkSection.Of(network)), diagnostics);

    private static void SayInfeasible(NodeNetwork network, string reason, string nearest, DiagnosticBag diagnostics) =>
        diagnostics.Error(
            "LL4902",
            $"no {network.Role} is feasible: {reason}{(nearest.Length > 0 ? "; " + nearest : "")}",
            network.Key,
            network.Spec.Mark
        );

    private static PlaneRequest Request(
        ClusterSpec spec,
        FrontendSpec front,
        IReadOnlyList<EndpointGroup> groups,
        bool dual,
        ILinkJudge? judge
    )
    {
        return new()
        {
            Groups = groups,
            Held = HeldByTier.Of(spec, front),
            PeerLinks = front.Tiers.Value is null or 1 ? front.PeerLinks : 0,
            External = ExternalLinks.Of(front),
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
            JoinsSpine = judge is null
                ? null
                : (leaf, spine) =>
                    judge.Fault(
                        new(Protocol.Ethernet, Tier.Leaf, Tier.Spine, leaf.Up.Rate, leaf.UpUse, spine.DownUse, SplitOverPlanes: false)
                    )
                        is null,
            LeafOversubscription = front.LeafOversubscription,
            SpineOversubscription = front.SpineOversubscription,
            Tiers = front.Tiers.Value,
            RailOptimized = false,
            SharesLeaves = true,
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

    /// <summary>The leaves that the file names, else every model; under a spine of one of these models where none is named.</summary>
    private static IEnumerable<TierSwitches> OneModel(ClusterSpec spec, FrontendSpec front)
    {
        IReadOnlyList<SwitchModel> more = MoreLeaves(spec, front);
        foreach (SwitchModel leaf in front.LeafId is { } named ? [spec.Catalogue.Switches[named]] : Open(spec))
        {
            IEnumerable<SwitchModel> spines = front.SpineId is { } spine ? [spec.Catalogue.Switches[spine]] : new[] { leaf }.Union(more);
            foreach (SwitchModel above in spines)
            {
                yield return Of(spec, front, leaf, above, more);
            }
        }
    }

    /// <summary>Of several leaves that the file names, every way to share the hosts among them.</summary>
    private static IEnumerable<TierSwitches> Assigned(ClusterSpec spec, FrontendSpec front, IReadOnlyList<EndpointGroup> groups)
    {
        IReadOnlyList<SwitchModel> more = MoreLeaves(spec, front);
        return more.Count == 0
            ? []
            : LeafAssignments
                .Of([spec.Catalogue.Switches[front.LeafId!], .. more], groups.Select(g => g.Ports))
                .SelectMany(leafOf => OneModel(spec, front).Select(switches => switches with { LeafOfHosts = leafOf }));
    }

    private static TierSwitches Of(
        ClusterSpec spec,
        FrontendSpec front,
        SwitchModel leaf,
        SwitchModel spine,
        IReadOnlyList<SwitchModel> more
    ) => new(leaf, spine, front.SuperSpineId is { } id ? spec.Catalogue.Switches[id] : spine) { MoreLeaves = more.Count > 0 ? more : null };

    private static IReadOnlyList<SwitchModel> MoreLeaves(ClusterSpec spec, FrontendSpec front) =>
        [.. front.MoreLeafIds.Select(id => spec.Catalogue.Switches[id])];

    /// <summary>The switches that a frontend may be built of where the file names none.</summary>
    internal static IEnumerable<SwitchModel> Open(ClusterSpec spec) =>
        spec.OpenSwitches.Where(s => s.Cages.Count > 0 && s.Role is SwitchRole.Clos or SwitchRole.Frontend);
}
