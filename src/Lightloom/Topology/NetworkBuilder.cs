using Lightloom.Catalog;
using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Turns a specification into devices and links: backend, frontend and management network.</summary>
/// <remarks>
/// Diagnostics: LL4001-LL4099 are errors of the request, LL41xx notes and warnings about the shape, LL49xx mean that no design is feasible
/// (exit code 3). The rules are in docs/models/topology.md.
/// </remarks>
public static class NetworkBuilder
{
    /// <summary>The network, or null when <paramref name="diagnostics"/> says why there is none.</summary>
    public static Network? Build(ClusterSpec spec, DiagnosticBag diagnostics) => Build(spec, diagnostics, 0, out _);

    /// <summary>
    /// As <see cref="Build(ClusterSpec, DiagnosticBag)"/>, taking the feasible backend number <paramref name="choice"/> (0: the best) and
    /// handing out all that were considered.
    /// </summary>
    public static Network? Build(ClusterSpec spec, DiagnosticBag diagnostics, int choice, out IReadOnlyList<Alternative> alternatives)
    {
        alternatives = [];
        List<BackendPlanner.PoolNodes>? pools = Pools(spec, diagnostics);
        if (pools is null)
        {
            return null;
        }

        List<BackendPlanner.PoolNodes> xpuPools = [.. pools.Where(p => !p.IsService)];
        List<BackendPlanner.Candidate> candidates = BackendPlanner.Enumerate(spec, xpuPools, everything: false);
        alternatives = [.. candidates.Select((c, i) => c.Alternative with { Chosen = c.Plan is not null && i == choice })];
        if (choice >= candidates.Count || candidates[choice].Plan is not { } plan)
        {
            SayInfeasible(spec, candidates, diagnostics);
            return null;
        }

        Draft draft = new(spec, diagnostics, pools, plan);
        return draft.Finish();
    }

    /// <summary>
    /// Every backend that the catalogue allows for these pools, whatever the file fixed: what <c>lightloom explore</c> shows.
    /// </summary>
    public static IReadOnlyList<Alternative> Explore(ClusterSpec spec, DiagnosticBag diagnostics)
    {
        List<BackendPlanner.PoolNodes>? pools = Pools(spec, diagnostics);
        return pools is null
            ? []
            : [.. BackendPlanner.Enumerate(spec, [.. pools.Where(p => !p.IsService)], everything: true).Select(c => c.Alternative)];
    }

    private static void SayInfeasible(ClusterSpec spec, List<BackendPlanner.Candidate> candidates, DiagnosticBag diagnostics)
    {
        // The same sentence for many switches is said once, with how many it holds for.
        foreach (
            IGrouping<string, BackendPlanner.Candidate> group in candidates
                .Where(c => c.Rejection is not null)
                .GroupBy(c => c.Rejection!.Reason)
                .OrderByDescending(g => g.Count())
                .Take(5)
        )
        {
            string count = group.Count() > 1 ? $" ({group.Count()} candidates)" : "";
            string remedy = group.First().Rejection!.Limit switch
            {
                "radix" => "take a switch of higher radix, more planes, more tiers, or more oversubscription",
                "ports" => "take a switch that has such ports, or another number of planes",
                "planes" or "single-port" => "change backend.planes",
                "plane_xpus" => "change backend.planes or backend.plane_xpus",
                "lanes" => "take a switch with lanes of the NIC's rate",
                "role" => "name a scheduled leaf in backend.leaf (lightloom catalog list switches), or leave the switch to Lightloom",
                "cells" => "use fewer XPUs, several fabrics, or the endpoint-scheduled paradigm",
                _ => "change the backend's switch, planes or tiers",
            };
            diagnostics.Error("LL4901", $"no backend is feasible: {group.Key}{count}; {remedy}", "backend", spec.Backend.Mark);
        }

        if (candidates.Count == 0)
        {
            diagnostics.Error(
                "LL4901",
                "no backend is feasible: the catalogue has no switch for this paradigm; add one under catalog: or name one in backend.switch",
                "backend",
                spec.Backend.Mark
            );
        }
    }

    private static List<BackendPlanner.PoolNodes>? Pools(ClusterSpec spec, DiagnosticBag diagnostics)
    {
        List<BackendPlanner.PoolNodes> pools = [];
        long first = 0;
        bool failed = false;
        int index = 0;
        foreach ((PoolSpec pool, bool service) in spec.Pools.Select(p => (p, false)).Concat(spec.Services.Select(p => (p, true))))
        {
            NodeModel node = spec.Catalogue.Nodes[pool.Node];
            if (!service && (node.Xpus < 1 || node.Backend is null))
            {
                diagnostics.Error(
                    "LL4001",
                    node.Xpus < 1
                        ? $"node '{node.Id}' has no XPUs, so it cannot be a pool; list it under services"
                        : $"node '{node.Id}' has no known backend ports; describe them under catalog.nodes, as backend: {{nics: 8, rate_gbps: 400}}",
                    pool.Name,
                    pool.Mark
                );
                failed = true;
                continue;
            }

            int count = pool.Nodes ?? (int)(((long)pool.Xpus! + node.Xpus - 1) / Math.Max(1, node.Xpus));
            pools.Add(new(index++, pool, node, (int)Math.Min(int.MaxValue, first), count, service));
            first += count;
            if (node.IsAssumed("frontend") && spec.Frontend.Enabled)
            {
                diagnostics.Note("LL4101", $"frontend ports of {node.Id} are assumed: {node.Assumptions["frontend"]}", pool.Name);
            }
        }

        if (first > 8_388_608)
        {
            diagnostics.Error(
                "LL4002",
                $"{first} nodes are more than 8,388,608, the most that one design holds; split the cluster",
                "pools"
            );
            failed = true;
        }

        return failed ? null : pools;
    }

    /// <summary>A network in the making.</summary>
    private sealed class Draft
    {
        private readonly ClusterSpec _spec;
        private readonly DiagnosticBag _diagnostics;
        private readonly IReadOnlyList<BackendPlanner.PoolNodes> _pools;
        private readonly BackendPlan _plan;
        private readonly DeviceList _devices = new();
        private readonly List<Unit> _units = [];
        private readonly List<Fabric> _fabrics = [];
        private readonly List<(int Leaf, int Unit)> _leafUnits = [];

        public Draft(ClusterSpec spec, DiagnosticBag diagnostics, IReadOnlyList<BackendPlanner.PoolNodes> pools, BackendPlan plan)
        {
            _spec = spec;
            _diagnostics = diagnostics;
            _pools = pools;
            _plan = plan;
        }

        public Network? Finish()
        {
            foreach (BackendPlanner.PoolNodes pool in _pools)
            {
                _devices.Add(
                    pool.Count,
                    first =>
                        new()
                        {
                            First = first,
                            Count = pool.Count,
                            Node = pool.Node,
                            Pool = pool.Index,
                            IsService = pool.IsService,
                            Tier = Tier.Host,
                            NamePrefix = pool.Spec.Name,
                            Digits = Digits(pool.Count),
                        }
                );
            }

            int nodes = _devices.Count;
            _fabrics.Add(BuildBackend());
            if (_spec.Frontend.Enabled && FrontendBuilder.Build(_spec, _pools, _devices, _diagnostics) is { } frontend)
            {
                _fabrics.Add(frontend);
            }

            if (_spec.Oob.Enabled && OobBuilder.Build(_spec, _pools, _devices, _units, _diagnostics) is { } oob)
            {
                _fabrics.Add(oob);
            }

            if (_diagnostics.HasErrors)
            {
                return null;
            }

            foreach (
                SwitchModel model in _fabrics
                    .SelectMany(f => f.Tiers)
                    .Select(t => t.Switch)
                    .Where(m => m.Availability is not null)
                    .DistinctBy(m => m.Id)
            )
            {
                _diagnostics.Note(
                    "LL4106",
                    $"{model.Id}: availability {model.Availability}; name another switch if you need it sooner",
                    model.Id
                );
            }

            int[] unitOf = new int[_devices.Count];
            Array.Fill(unitOf, -1);
            for (int u = 0; u < _units.Count; u++)
            {
                unitOf.AsSpan(_units[u].FirstNode, _units[u].NodeCount).Fill(u);
            }

            foreach ((int leaf, int unit) in _leafUnits)
            {
                unitOf[leaf] = unit;
            }

            List<LinkClass> classes = [.. _fabrics.SelectMany(f => f.LinkClasses)];
            for (int i = 0; i < classes.Count; i++)
            {
                classes[i].Index = i;
            }

            return new()
            {
                Groups = _devices.Groups,
                GroupOfDevice = _devices.GroupOfDevice(),
                UnitOfDevice = unitOf,
                Units = _units,
                Fabrics = _fabrics,
                LinkClasses = classes,
                NodeCount = nodes,
                XpuCount = _pools.Where(p => !p.IsService).Sum(p => (long)p.Count * p.Node.Xpus),
            };
        }

        private static int Digits(long count) => Math.Max(3, count.ToString(System.Globalization.CultureInfo.InvariantCulture).Length);

        private Fabric BuildBackend()
        {
            BackendPlan plan = _plan;
            List<LinkClass> classes = [];
            bool pods = plan.Layout == PlaneLayout.Pods;
            int planesOfNic = plan.Layout == PlaneLayout.NicSplit ? plan.Planes : 1;
            PlanePlan first = plan.Plans[0];
            foreach (PlanUnit unit in first.Units)
            {
                if (unit.Nodes > 0)
                {
                    _units.Add(new(first.Groups[unit.Group].Pool, unit.FirstNode, unit.Nodes, -1));
                }
            }

            int built = pods ? 1 : plan.Planes;
            for (int p = 0; p < built; p++)
            {
                PlanePlan plane = plan.Plans[plan.Layout == PlaneLayout.Rail ? p : 0];
                string prefix = plan.Planes > 1 && !pods ? FormattableString.Invariant($"be-p{p}-") : "be-";
                int firstLeaf = AddTier(plane, Tier.Leaf, p, prefix, pods);
                int firstSpine = AddTier(plane, Tier.Spine, p, prefix, pods);
                int firstSuper = AddTier(plane, Tier.SuperSpine, p, prefix, pods);
                if (pods)
                {
                    for (int q = 0; q < plane.Pods.Count; q++)
                    {
                        PodPlan pod = plane.Pods[q];
                        classes.AddRange(
                            PlaneWiring.Hosts(plane, FabricRole.Backend, 0, firstLeaf, 1, q, (pod.FirstLeaf, pod.FirstLeaf + pod.Leaves))
                        );
                        classes.Add(PlaneWiring.LeafSpine(plane, FabricRole.Backend, q, firstLeaf, firstSpine, pod)!);
                    }

                    classes.AddRange(PlaneWiring.SpineSuper(plane, FabricRole.Backend, 0, firstSpine, firstSuper, byPod: true));
                }
                else
                {
                    classes.AddRange(PlaneWiring.Hosts(plane, FabricRole.Backend, p, firstLeaf, planesOfNic, p, null));
                    if (PlaneWiring.LeafSpine(plane, FabricRole.Backend, p, firstLeaf, firstSpine, null) is { } up)
                    {
                        classes.Add(up);
                    }

                    classes.AddRange(PlaneWiring.SpineSuper(plane, FabricRole.Backend, p, firstSpine, firstSuper, byPod: false));
                }

                AssignUnits(plane, firstLeaf, pods);
            }

            return Describe(classes);
        }

        private int AddTier(PlanePlan plane, Tier tier, int planeNumber, string prefix, bool pods)
        {
            SwitchModel model = tier switch
            {
                Tier.Leaf => _plan.Leaf,
                Tier.Spine => _plan.Spine,
                _ => _plan.SuperSpine,
            };
            int count = tier switch
            {
                Tier.Leaf => plane.LeafCount,
                Tier.Spine => plane.Spines,
                _ => plane.SuperSpines,
            };
            int first = _devices.Count;
            // Pods become groups of their own, so that each knows where it belongs; names count through.
            IReadOnlyList<PodPlan> runs = tier != Tier.SuperSpine && plane.Pods.Count > 1 ? plane.Pods : [new(0, count, 0, count)];
            for (int q = 0; q < runs.Count; q++)
            {
                PodPlan pod = runs[q];
                int size = tier == Tier.Spine ? pod.Spines : pod.Leaves;
                int start = tier == Tier.Spine ? pod.FirstSpine : pod.FirstLeaf;
                int index = q;
                _devices.Add(
                    size,
                    device =>
                        new()
                        {
                            First = device,
                            Count = size,
                            Switch = model,
                            Fabric = FabricRole.Backend,
                            Tier = tier,
                            Plane = pods ? (tier == Tier.SuperSpine ? -1 : index) : planeNumber,
                            Pod = runs.Count > 1 ? index : -1,
                            NamePrefix =
                                pods && tier != Tier.SuperSpine
                                    ? FormattableString.Invariant($"be-p{index}-{Short(tier)}")
                                    : prefix + Short(tier),
                            FirstNumber = pods ? 1 : start + 1,
                            Digits = Digits(count),
                        }
                );
            }

            return first;
        }

        private static string Short(Tier tier) =>
            tier switch
            {
                Tier.Leaf => "leaf",
                Tier.Spine => "spine",
                _ => "super",
            };

        private void AssignUnits(PlanePlan plane, int firstLeaf, bool pods)
        {
            // Leaves that serve one unit stand with it; a leaf shared by two units belongs to the first.
            int[] unitOfLeaf = new int[plane.LeafCount];
            Array.Fill(unitOfLeaf, -1);
            Dictionary<int, int> unitAt = [];
            for (int u = 0; u < _units.Count; u++)
            {
                unitAt[_units[u].FirstNode] = u;
            }

            foreach (LeafShare share in plane.Shares)
            {
                if (unitOfLeaf[share.Leaf] < 0 && unitAt.TryGetValue(plane.Units[share.Unit].FirstNode, out int unit))
                {
                    unitOfLeaf[share.Leaf] = unit;
                }
            }

            for (int l = 0; l < plane.LeafCount; l++)
            {
                if (unitOfLeaf[l] >= 0)
                {
                    _leafUnits.Add((firstLeaf + l, unitOfLeaf[l]));
                    _units[unitOfLeaf[l]].Leaves.Add(firstLeaf + l);
                }
            }

            if (plane.Pods.Count > 1)
            {
                for (int q = 0; q < plane.Pods.Count; q++)
                {
                    for (int l = 0; l < plane.Pods[q].Leaves; l++)
                    {
                        int unit = unitOfLeaf[plane.Pods[q].FirstLeaf + l];
                        if (unit >= 0 && _units[unit].Pod < 0)
                        {
                            _units[unit] = _units[unit].InPod(q);
                        }
                    }
                }
            }
        }

        private Fabric Describe(List<LinkClass> classes)
        {
            BackendPlan plan = _plan;
            PlanePlan plane = plan.Plans[0];
            List<TierOfSwitches> tiers = [];
            List<string> reasons = [];
            PortPlan leaf = plane.LeafPorts[0];
            tiers.Add(
                new(
                    Tier.Leaf,
                    plan.Leaf,
                    (int)plan.Leaves,
                    leaf.DownPorts,
                    plane.Tiers > 1 ? leaf.UpPorts : 0,
                    leaf.Down,
                    plane.Tiers > 1 ? leaf.Up : leaf.Down
                )
            );
            if (plan.Spines > 0)
            {
                PortPlan spine = plan.Plans.First(p => p.Tiers > 1).SpinePorts!;
                tiers.Add(
                    new(
                        Tier.Spine,
                        plan.Spine,
                        (int)plan.Spines,
                        spine.DownPorts,
                        spine.UpPorts,
                        spine.Down,
                        spine.UpPorts > 0 ? spine.Up : spine.Down
                    )
                );
            }

            if (plan.SuperSpines > 0)
            {
                PortPlan top = plan.Plans.First(p => p.Tiers > 2).SuperSpinePorts!;
                tiers.Add(new(Tier.SuperSpine, plan.SuperSpine, (int)plan.SuperSpines, top.DownPorts, 0, top.Down, top.Down));
            }

            if (plan.Planes > 1)
            {
                reasons.Add(
                    plan.Layout switch
                    {
                        PlaneLayout.NicSplit =>
                            $"{plan.Planes} planes that never touch: each NIC's lanes are divided over them, {plane.Groups[0].Rate} to each",
                        PlaneLayout.Rail => $"{plan.Planes} planes, one a NIC position, never joined; the scale-up domain bridges them",
                        _ =>
                            $"{plan.Planes} planes of up to {plane.Pods.Max(p => p.Leaves)} leaves, joined by {plan.SuperSpines} super-spines",
                    }
                );
            }

            reasons.AddRange(plane.Reasons);
            double? speedUp = null;
            if (plane.Scheduled && plan.Spines > 0)
            {
                double network = leaf.DownPorts * leaf.Down.Rate.Gbps,
                    fabric = leaf.UpPorts * leaf.Up.Rate.Gbps;
                speedUp = FabricFacts.SpeedUp(network, fabric, 4174);
                reasons.Add(
                    FormattableString.Invariant(
                        $"fabric speed-up {fabric / network:0.###} raw, {speedUp:0.###} net of the cell tax at 4,174-byte frames and {FabricFacts.SpeedUp(network, fabric, 64):0.###} at 64 bytes"
                    )
                );
                reasons.Add(
                    FormattableString.Invariant(
                        $"two stages of these boxes reach {FabricFacts.MaxXpus(plan, [.. _pools.Where(p => !p.IsService)])} XPUs; above that, several such fabrics are joined by a routed tier, which does not schedule cells"
                    )
                );
            }

            foreach (BackendPlanner.PoolNodes pool in _pools.Where(p => !p.IsService))
            {
                if (!pool.Node.Backend!.SinglePortAllowed && plan is { Planes: 1 } && plan.Leaf.Role != SwitchRole.InfinibandClos)
                {
                    _diagnostics.Warning(
                        "LL4102",
                        $"the NIC of {pool.Node.Id} has no single Ethernet port of {pool.Node.Backend.Rate}; run it as two ports (backend.planes: 2) or on InfiniBand",
                        pool.Spec.Name
                    );
                }
            }

            Dictionary<Tier, double> over = [];
            if (plane.Tiers > 1)
            {
                over[Tier.Leaf] = Ratio(WiredDown(plane), leaf.UpPorts * leaf.Up.Rate.Gbps);
                over[Tier.Spine] =
                    plane.Tiers > 2
                        ? Ratio(
                            plane.SpinePorts!.DownPorts * plane.SpinePorts.Down.Rate.Gbps,
                            plane.SpinePorts.UpPorts * plane.SpinePorts.Up.Rate.Gbps
                        )
                        : 1;
            }

            double bisection = plan.Plans.Sum(p => FabricFacts.Bisection(p).Gbps) * plan.Copies;
            return new()
            {
                Role = FabricRole.Backend,
                Paradigm = plan.Paradigm,
                Planes = plan.Planes,
                PlaneLayout = plan.Layout,
                Tiers = tiers,
                LinkClasses = classes,
                Oversubscription = over,
                Bisection = DataRate.FromGbps(bisection),
                MaxXpus = FabricFacts.MaxXpus(plan, [.. _pools.Where(p => !p.IsService)]),
                Hops = (1, (2 * plan.Tiers) - 1, (2 * plan.Tiers) - 1),
                PathDiversity = FabricFacts.PathDiversity(plane) * (plan.Layout == PlaneLayout.NicSplit ? plan.Planes : 1),
                FabricSpeedUp = speedUp,
                Reasons = reasons,
            };
        }

        /// <summary>Downlink capacity of a fully used leaf: of a whole unit where units are fixed, else of all downlinks.</summary>
        private double WiredDown(PlanePlan plane)
        {
            PortPlan leaf = plane.LeafPorts[0];
            LeafShare first = plane.Shares[0];
            // Rails may be dealt unevenly (2, 3 and 3): the fullest leaf of the unit decides.
            int ports =
                _spec.Backend.ScalableUnitNodes is not null && first.EndpointFrom < 0
                    ? plane.Shares.Where(s => s.Unit == first.Unit).Max(s => s.RailTo - s.RailFrom) * plane.Units[first.Unit].BuiltNodes
                    : leaf.DownPorts;
            return ports * leaf.Down.Rate.Gbps;
        }

        private static double Ratio(double down, double up) => up > 0 ? Math.Round(down / up, 4) : 0;
    }
}
