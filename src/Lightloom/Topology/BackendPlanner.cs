using Lightloom.Catalog;
using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Chooses and sizes the backend: every combination that the file leaves open is tried, and each that loses keeps its reason.
/// </summary>
internal static class BackendPlanner
{
    /// <summary>A pool with its node model and the number of its first node.</summary>
    internal sealed record PoolNodes(int Index, PoolSpec Spec, NodeModel Node, int First, int Count, bool IsService);

    /// <summary>A candidate with its plan or its rejection.</summary>
    internal sealed record Candidate(BackendPlan? Plan, Alternative Alternative, Rejection? Rejection);

    /// <summary>The most XPUs in a pod plane when the file does not say: the upper end of the article's band.</summary>
    private const int MostXpusInPod = 10_240;

    /// <summary>Tries all candidates; the feasible ones come first, best first.</summary>
    public static List<Candidate> Enumerate(ClusterSpec spec, IReadOnlyList<PoolNodes> pools, bool everything)
    {
        List<Candidate> ranked = Enumerate(spec, pools, everything, singlePorts: false);
        // A NIC without a single Ethernet port of its full rate is a reason to prefer something else, not to build nothing.
        return ranked.Any(c => c.Alternative.Feasible) || !ranked.Any(c => c.Rejection?.Limit == "single-port")
            ? ranked
            : Enumerate(spec, pools, everything, singlePorts: true);
    }

    private static List<Candidate> Enumerate(ClusterSpec spec, IReadOnlyList<PoolNodes> pools, bool everything, bool singlePorts)
    {
        BackendSpec backend = spec.Backend;
        List<Candidate> candidates = [];
        Pricing pricing = new(spec.Catalogue);
        Paradigm[] paradigms =
            everything || backend.Paradigm == Paradigm.Auto ? [Paradigm.EndpointScheduled, Paradigm.SwitchScheduled] : [backend.Paradigm];
        foreach (Paradigm paradigm in paradigms)
        {
            foreach ((PlaneLayout layout, int planes) in Layouts(backend, pools, paradigm, everything))
            {
                foreach ((SwitchModel leaf, SwitchModel spine, SwitchModel super) in Switches(spec, pools, paradigm, everything))
                {
                    candidates.Add(Try(spec, pools, paradigm, layout, planes, leaf, spine, super, pricing, singlePorts));
                }
            }
        }

        return Rank(candidates, spec.Objectives.Minimize);
    }

    private static List<Candidate> Rank(List<Candidate> candidates, DesignObjective objective)
    {
        // Alike shapes differ only in names; the ids break the tie so that the order repeats.
        List<Candidate> ordered =
        [
            .. candidates
                .OrderBy(c => c.Alternative.Feasible ? 0 : 1)
                .ThenBy(c => Measure(c.Alternative, objective))
                .ThenBy(c => c.Alternative.EstimatedUsd)
                .ThenBy(c => c.Alternative.EstimatedWatts)
                .ThenBy(c => c.Alternative.Planes)
                .ThenBy(c => c.Alternative.AssumedShare)
                .ThenBy(c => c.Alternative.Leaf, StringComparer.Ordinal)
                .ThenBy(c => c.Alternative.Spine, StringComparer.Ordinal)
                // Where no spine is built, the spines that were tried make no difference.
                .DistinctBy(c =>
                    c.Alternative.Feasible && c.Alternative.Tiers == 1
                        ? (object)(c.Alternative.Paradigm, c.Alternative.PlaneLayout, c.Alternative.Planes, c.Alternative.Leaf)
                        : c
                ),
        ];
        if (ordered.Count == 0 || !ordered[0].Alternative.Feasible)
        {
            return ordered;
        }

        Alternative best = ordered[0].Alternative;
        string what = objective switch
        {
            DesignObjective.Capex => "cost",
            DesignObjective.Power => "power",
            _ => "longest path",
        };
        List<Alternative> feasible = [.. ordered.Where(c => c.Alternative.Feasible).Select(c => c.Alternative)];
        HashSet<Alternative> front = ParetoFront(feasible);
        for (int i = 0; i < ordered.Count; i++)
        {
            Alternative a = ordered[i].Alternative;
            if (!a.Feasible)
            {
                continue;
            }

            string reason;
            if (i == 0)
            {
                reason = feasible.Count == 1 ? "the only feasible one" : $"least {what} of {feasible.Count} feasible ones";
            }
            else
            {
                double mine = Measure(a, objective),
                    its = Measure(best, objective);
                reason =
                    mine > its * 1.0005 ? FormattableString.Invariant($"{what} {(mine / its - 1) * 100:0.#} % above the chosen one")
                    : a.EstimatedUsd > best.EstimatedUsd * 1.0005
                        ? FormattableString.Invariant($"equal {what}, cost {(a.EstimatedUsd / best.EstimatedUsd - 1) * 100:0.#} % higher")
                    : a.EstimatedWatts > best.EstimatedWatts * 1.0005
                        ? FormattableString.Invariant(
                            $"equal {what} and cost, power {(a.EstimatedWatts / best.EstimatedWatts - 1) * 100:0.#} % higher"
                        )
                    : "an equal; the chosen one comes first by planes, priced share and name";
            }

            ordered[i] = ordered[i] with { Alternative = a with { Reason = reason, Chosen = i == 0, Pareto = front.Contains(a) } };
        }

        return ordered;
    }

    private static HashSet<Alternative> ParetoFront(List<Alternative> feasible)
    {
        HashSet<Alternative> front = new(ReferenceEqualityComparer.Instance);
        Dictionary<int, double> leastWattsByHops = [];
        // In order of cost, one stays on the front only when nothing cheaper needs neither more power nor more hops.
        foreach (Alternative a in feasible.OrderBy(a => a.EstimatedUsd).ThenBy(a => a.EstimatedWatts).ThenBy(a => a.LongestHops))
        {
            bool dominated = leastWattsByHops.Any(e => e.Key <= a.LongestHops && e.Value <= a.EstimatedWatts);
            if (!dominated)
            {
                front.Add(a);
                leastWattsByHops[a.LongestHops] = Math.Min(
                    a.EstimatedWatts,
                    leastWattsByHops.GetValueOrDefault(a.LongestHops, double.PositiveInfinity)
                );
            }
        }

        return front;
    }

    private static double Measure(Alternative a, DesignObjective objective) =>
        objective switch
        {
            DesignObjective.Capex => a.EstimatedUsd,
            DesignObjective.Power => a.EstimatedWatts,
            _ => a.LongestHops,
        };

    private static IEnumerable<(PlaneLayout Layout, int Planes)> Layouts(
        BackendSpec backend,
        IReadOnlyList<PoolNodes> pools,
        Paradigm paradigm,
        bool everything
    )
    {
        long xpus = pools.Sum(p => (long)p.Count * p.Node.Xpus);
        int pods = (int)Math.Clamp((xpus + (backend.PlaneXpus ?? MostXpusInPod) - 1) / (backend.PlaneXpus ?? MostXpusInPod), 1, 16);
        int rails = pools.Max(p => p.Node.Backend!.Nics);
        int split = pools.Min(p => p.Node.Backend!.MaxPlanes);
        if (backend.Planes.Value is { } planes && !everything)
        {
            yield return (backend.PlaneLayout, planes);
            yield break;
        }

        if (everything || backend.PlaneLayout == PlaneLayout.NicSplit)
        {
            foreach (int k in new[] { 1, 2, 4, 8, 16 })
            {
                if (k <= split)
                {
                    yield return (PlaneLayout.NicSplit, k);
                }
            }
        }

        if ((everything && rails > 1 && pools.All(p => p.Node.Backend!.Nics == rails)) || backend.PlaneLayout == PlaneLayout.Rail)
        {
            yield return (PlaneLayout.Rail, rails);
        }

        if (paradigm == Paradigm.EndpointScheduled && ((everything && pods > 1) || backend.PlaneLayout == PlaneLayout.Pods))
        {
            yield return (PlaneLayout.Pods, pods);
        }
    }

    private static IEnumerable<(SwitchModel Leaf, SwitchModel Spine, SwitchModel Super)> Switches(
        ClusterSpec spec,
        IReadOnlyList<PoolNodes> pools,
        Paradigm paradigm,
        bool everything
    )
    {
        BackendSpec backend = spec.Backend;
        bool scheduled = paradigm == Paradigm.SwitchScheduled;
        IReadOnlyDictionary<string, SwitchModel> all = spec.Catalogue.Switches;
        // A paradigm that the file did not ask for cannot be built from switches that it named for the other one.
        SwitchModel? leafNamed = backend.LeafId is { } l ? all[l] : null;
        SwitchModel? spineNamed = backend.SpineId is { } s ? all[s] : null;
        if (everything && leafNamed is not null && (leafNamed.Role == SwitchRole.ScheduledLeaf) != scheduled)
        {
            leafNamed = spineNamed = null;
        }

        // backend.switch of a cell fabric names its leaf; its elements are other boxes.
        if (scheduled && backend.Spine is null && spineNamed is { Role: SwitchRole.ScheduledLeaf })
        {
            spineNamed = null;
        }

        List<SwitchModel> leaves = leafNamed is not null
            ? [leafNamed]
            : [.. all.Values.Where(m => m.Cages.Count > 0 && (scheduled ? m.Role == SwitchRole.ScheduledLeaf : ForClos(m, spec, pools)))];
        foreach (SwitchModel leaf in leaves)
        {
            List<SwitchModel> spines = spineNamed is not null
                ? [spineNamed]
                :
                [
                    .. all.Values.Where(m =>
                        m.Cages.Count > 0
                        && (
                            scheduled
                                ? m.Role == SwitchRole.ScheduledElement && SameVendor(m, leaf)
                                : ForClos(m, spec, pools) && Infiniband(m) == Infiniband(leaf) && LaneRates(m).Overlaps(LaneRates(leaf))
                        )
                    ),
                ];
            foreach (SwitchModel spine in spines)
            {
                SwitchModel super = backend.SuperSpineId is { } id ? all[id] : spine;
                yield return (leaf, spine, super);
            }
        }
    }

    // Leaf and element of a cell fabric speak one vendor's cell format.
    private static bool SameVendor(SwitchModel element, SwitchModel leaf) =>
        element.UserDefined || leaf.UserDefined || element.Vendor == leaf.Vendor;

    private static bool Infiniband(SwitchModel m) => m.Role == SwitchRole.InfinibandClos;

    private static HashSet<long> LaneRates(SwitchModel m) =>
        [.. m.Cages.Where(c => c.Purpose == PortPurpose.Network).Select(c => c.LaneRate.BitsPerSecond)];

    private static bool ForClos(SwitchModel m, ClusterSpec spec, IReadOnlyList<PoolNodes> pools) =>
        m.Role switch
        {
            SwitchRole.Clos => true,
            SwitchRole.InfinibandClos => pools.All(p =>
                p.Node.Backend!.NicModel is { } nic
                && spec.Catalogue.Nics.TryGetValue(nic, out NicModel? model)
                && model.Transports.Any(t => t.Contains("InfiniBand", StringComparison.OrdinalIgnoreCase))
            ),
            _ => false,
        };

    /// <summary>Sizes one candidate.</summary>
    public static Candidate Try(
        ClusterSpec spec,
        IReadOnlyList<PoolNodes> pools,
        Paradigm paradigm,
        PlaneLayout layout,
        int planes,
        SwitchModel leaf,
        SwitchModel spine,
        SwitchModel super,
        Pricing pricing,
        bool singlePorts
    )
    {
        BackendSpec backend = spec.Backend;
        Rejection? rejection = null;
        List<PlanePlan> plans = [];
        long totalXpus = pools.Sum(p => (long)p.Count * p.Node.Xpus);
        int copies = layout == PlaneLayout.NicSplit ? planes : 1;
        bool autoShape = backend.LeafId is null || backend.Planes.IsAuto || backend.Paradigm == Paradigm.Auto;

        foreach (PoolNodes pool in pools)
        {
            NicPorts nics = pool.Node.Backend!;
            if (layout == PlaneLayout.NicSplit && planes > nics.MaxPlanes)
            {
                rejection = new($"a NIC of {pool.Node.Id} divides into {nics.MaxPlanes} planes at most, not {planes}", "planes");
            }
            else if (
                layout == PlaneLayout.NicSplit
                && planes == 1
                && !nics.SinglePortAllowed
                && !Infiniband(leaf)
                && autoShape
                && !singlePorts
            )
            {
                rejection = new(
                    $"the NIC of {pool.Node.Id} has no single Ethernet port of {nics.Rate}; it needs 2 planes or more",
                    "single-port"
                );
            }
            else if (autoShape && !nics.LaneRateOptions().Any(r => LaneRates(leaf).Contains(r.BitsPerSecond)))
            {
                rejection = new(
                    $"lanes of {pool.Node.Id} ({string.Join(" or ", nics.LaneRateOptions())}) and {leaf.Id} ({string.Join(" or ", leaf.Cages.Where(c => c.Purpose == PortPurpose.Network).Select(c => c.LaneRate).Distinct())}) do not mix",
                    "lanes"
                );
            }
        }

        if (paradigm == Paradigm.SwitchScheduled && !leaf.Cages.Any(c => c.Purpose == PortPurpose.Fabric))
        {
            rejection = new($"{leaf.Id} has no fabric ports, so it cannot be the leaf of a switch-scheduled fabric", "role");
        }

        int distinct = layout == PlaneLayout.Rail ? planes : 1;
        for (int p = 0; p < distinct && rejection is null; p++)
        {
            List<EndpointGroup> groups = [];
            foreach (PoolNodes pool in pools)
            {
                NicPorts nics = pool.Node.Backend!;
                if (layout == PlaneLayout.Rail)
                {
                    if (p < nics.Nics)
                    {
                        groups.Add(new(pool.Index, pool.First, pool.Count, 1, p, nics.Rate, pool.Node.Xpus, nics));
                    }
                }
                else
                {
                    DataRate rate = layout == PlaneLayout.NicSplit ? nics.Rate / planes : nics.Rate;
                    groups.Add(new(pool.Index, pool.First, pool.Count, nics.Nics, 0, rate, pool.Node.Xpus, nics));
                }
            }

            if (
                p > 0
                && plans.Count > 0
                && plans[0].Groups.Count == groups.Count
                && groups.Zip(plans[0].Groups).All(z => z.First.Rate == z.Second.Rate && z.First.Nodes == z.Second.Nodes)
            )
            {
                // Rails are alike; only the NIC position differs.
                plans.Add(plans[0].ForRail(groups));
                continue;
            }

            PlanePlan? plan = PlaneSizer.Size(
                new()
                {
                    Groups = groups,
                    Leaf = leaf,
                    Spine = spine,
                    SuperSpine = super,
                    Scheduled = paradigm == Paradigm.SwitchScheduled,
                    LeafOversubscription = backend.Oversubscription.Leaf ?? 1,
                    SpineOversubscription = backend.Oversubscription.Spine ?? 1,
                    Tiers = layout == PlaneLayout.Pods ? 3 : backend.Tiers.Value,
                    RailOptimized = backend.RailOptimized,
                    UnitNodes = backend.ScalableUnitNodes,
                    Redundancy = backend.Redundancy,
                    PodXpus = layout == PlaneLayout.Pods ? PodXpus(backend, pools, planes, totalXpus) : null,
                    FullPods =
                        backend.PlaneXpus is null
                        && pools.All(p => p.Node.Xpus == pools[0].Node.Xpus)
                        && pools.Sum(p => p.Count) % planes is > 0 and var rest
                            ? rest
                            : int.MaxValue,
                    PodStepXpus = pools[0].Node.Xpus,
                },
                out rejection
            );
            if (plan is null)
            {
                break;
            }

            if (layout == PlaneLayout.Pods && plan.Pods.Count != planes)
            {
                rejection = new(
                    $"planes of {PodXpus(backend, pools, planes, totalXpus)} XPUs make {plan.Pods.Count} planes of {totalXpus} XPUs, not {planes}",
                    "plane_xpus"
                );
                break;
            }

            plans.Add(plan);
        }

        if (rejection is not null)
        {
            return new(
                null,
                new()
                {
                    Paradigm = paradigm,
                    PlaneLayout = layout,
                    Planes = planes,
                    Leaf = leaf.Id,
                    Spine = spine.Id,
                    Feasible = false,
                    Reason = rejection.Reason,
                },
                rejection
            );
        }

        BackendPlan made = new()
        {
            Paradigm = paradigm,
            Layout = layout,
            Planes = planes,
            Leaf = leaf,
            Spine = spine,
            SuperSpine = super,
            Plans = plans,
        };
        (double usd, double assumed, double watts, long links) = pricing.Estimate(made);
        return new(
            made,
            new()
            {
                Paradigm = paradigm,
                PlaneLayout = layout,
                Planes = planes,
                Tiers = made.Tiers,
                Leaf = leaf.Id,
                Spine = made.Tiers > 1 ? spine.Id : leaf.Id,
                Switches = made.Leaves + made.Spines + made.SuperSpines,
                Links = links,
                EstimatedUsd = usd,
                AssumedShare = usd > 0 ? assumed / usd : 0,
                EstimatedWatts = watts,
                LongestHops = (2 * made.Tiers) - 1,
                MaxXpus = FabricFacts.MaxXpus(made, pools),
                Feasible = true,
                Reason = "feasible",
            },
            null
        );
    }

    private static long PodXpus(BackendSpec backend, IReadOnlyList<PoolNodes> pools, int planes, long xpus)
    {
        if (backend.PlaneXpus is { } fixedXpus)
        {
            return fixedXpus;
        }

        int perNode = pools.Max(p => p.Node.Xpus);
        long nodes = (xpus + ((long)perNode * planes) - 1) / ((long)perNode * planes);
        return nodes * perNode;
    }
}
