using Lightloom.Catalog;
using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Sizes and draws the frontend: all nodes and services, dual-homed on pairs of leaves where they have two ports.</summary>
internal static class FrontendBuilder
{
    /// <summary>
    /// The frontend, or null when no node has frontend ports or none is feasible (said in <paramref name="diagnostics"/>).
    /// </summary>
    public static Fabric? Build(
        ClusterSpec spec,
        IReadOnlyList<BackendPlanner.PoolNodes> pools,
        DeviceList devices,
        DiagnosticBag diagnostics
    )
    {
        FrontendSpec front = spec.Frontend;
        List<EndpointGroup> groups = [];
        foreach (BackendPlanner.PoolNodes pool in pools)
        {
            if (pool.Node.Frontend is not { } ports)
            {
                diagnostics.Note(
                    "LL4103",
                    $"node '{pool.Node.Id}' has no known frontend ports, so it is not on the frontend; describe them under catalog.nodes, as frontend: {{nics: 2, rate_gbps: 200}}",
                    pool.Spec.Name
                );
                continue;
            }

            groups.Add(new(pool.Index, pool.First, pool.Count, ports.Nics, 0, ports.Rate, pool.Node.Xpus, ports));
            if (ports.Nics == 1 && front.Homing == Homing.Dual)
            {
                diagnostics.Note("LL4104", $"node '{pool.Node.Id}' has one frontend port, so it is single-homed", pool.Spec.Name);
            }
        }

        if (groups.Count == 0)
        {
            return null;
        }

        // A single leaf cannot be two: asking for one tier asks for single homing, unless the file says dual.
        bool oneTier = front.Tiers.Value == 1;
        if (oneTier && front.Homing == Homing.Dual)
        {
            diagnostics.Error(
                "LL4902",
                "no frontend is feasible: one tier is one leaf, and dual homing needs a pair; say homing: single, or tiers: 2",
                "frontend",
                front.Mark
            );
            return null;
        }

        bool dual = front.Homing != Homing.Single && !oneTier && groups.Any(g => g.Rails >= 2);
        Pricing pricing = new(spec.Catalogue);
        List<(PlanePlan Plan, SwitchModel Leaf, SwitchModel Spine, SwitchModel Super, double Usd)> feasible = [];
        Dictionary<string, int> rejections = [];
        foreach (SwitchModel leaf in Candidates(spec, front.LeafId))
        {
            foreach (
                SwitchModel spine in front.SpineId is null && front.LeafId is null
                    ? [leaf]
                    : Candidates(spec, front.SpineId ?? front.LeafId)
            )
            {
                SwitchModel super = front.SuperSpineId is { } id ? spec.Catalogue.Switches[id] : spine;
                PlanePlan? plan = PlaneSizer.Size(
                    new()
                    {
                        Groups = groups,
                        Leaf = leaf,
                        Spine = spine,
                        SuperSpine = super,
                        LeafOversubscription = front.Oversubscription.Leaf ?? 3,
                        SpineOversubscription = front.Oversubscription.Spine ?? 1,
                        // A pair of leaves is two, so a dual-homed frontend has no single-leaf form.
                        Tiers = dual && front.Tiers.Value is null ? null : front.Tiers.Value,
                        RailOptimized = false,
                        Redundancy = dual && front.Redundancy.Leaf < 2 ? front.Redundancy with { Leaf = 2 } : front.Redundancy,
                        Sides = dual ? 2 : 1,
                    },
                    out Rejection? rejection
                );
                if (plan is null)
                {
                    rejections[rejection!.Reason] = rejections.GetValueOrDefault(rejection.Reason) + 1;
                    continue;
                }

                BackendPlan shape = new()
                {
                    Paradigm = Paradigm.EndpointScheduled,
                    Layout = PlaneLayout.NicSplit,
                    Planes = 1,
                    Leaf = leaf,
                    Spine = spine,
                    SuperSpine = super,
                    Plans = [plan],
                };
                feasible.Add((plan, leaf, spine, super, pricing.Estimate(shape).Usd));
            }
        }

        if (feasible.Count == 0)
        {
            foreach ((string reason, int count) in rejections.OrderByDescending(r => r.Value).Take(3))
            {
                diagnostics.Error(
                    "LL4902",
                    $"no frontend is feasible: {reason}{(count > 1 ? $" ({count} candidates)" : "")}; name another switch in frontend.switch, or change its oversubscription",
                    "frontend",
                    front.Mark
                );
            }

            return null;
        }

        (PlanePlan best, SwitchModel leafModel, SwitchModel spineModel, SwitchModel superModel, _) = feasible
            .OrderBy(f => f.Usd)
            .ThenBy(f => f.Leaf.Id, StringComparer.Ordinal)
            .First();
        int firstLeaf = devices.AddTier(FabricRole.Frontend, "fe-", leafModel, Tier.Leaf, best.LeafCount);
        int firstSpine = devices.AddTier(FabricRole.Frontend, "fe-", spineModel, Tier.Spine, best.Spines);
        int firstSuper = devices.AddTier(FabricRole.Frontend, "fe-", superModel, Tier.SuperSpine, best.SuperSpines);
        List<LinkClass> classes = [.. PlaneWiring.Hosts(best, FabricRole.Frontend, 0, firstLeaf, 1, 0, null)];
        if (PlaneWiring.LeafSpine(best, FabricRole.Frontend, 0, firstLeaf, firstSpine, null) is { } up)
        {
            classes.Add(up);
        }

        classes.AddRange(PlaneWiring.SpineSuper(best, FabricRole.Frontend, 0, firstSpine, firstSuper, byPod: false));
        PortPlan ports0 = best.LeafPorts[0];
        List<TierOfSwitches> tiers =
        [
            new(
                Tier.Leaf,
                leafModel,
                best.LeafCount,
                ports0.DownPorts,
                best.Tiers > 1 ? ports0.UpPorts : 0,
                ports0.Down,
                best.Tiers > 1 ? ports0.Up : ports0.Down
            ),
        ];
        Dictionary<Tier, double> over = [];
        if (best.SpinePorts is { } spinePorts)
        {
            tiers.Add(
                new(
                    Tier.Spine,
                    spineModel,
                    best.Spines,
                    spinePorts.DownPorts,
                    spinePorts.UpPorts,
                    spinePorts.Down,
                    spinePorts.UpPorts > 0 ? spinePorts.Up : spinePorts.Down
                )
            );
            over[Tier.Leaf] = Math.Round(ports0.DownPorts * ports0.Down.Rate.Gbps / (ports0.UpPorts * ports0.Up.Rate.Gbps), 4);
            over[Tier.Spine] =
                best.Tiers > 2
                    ? Math.Round(spinePorts.DownPorts * spinePorts.Down.Rate.Gbps / (spinePorts.UpPorts * spinePorts.Up.Rate.Gbps), 4)
                    : 1;
        }

        if (best.SuperSpinePorts is { } superPorts)
        {
            tiers.Add(new(Tier.SuperSpine, superModel, best.SuperSpines, superPorts.DownPorts, 0, superPorts.Down, superPorts.Down));
        }

        List<string> reasons = [.. best.Reasons];
        if (front.LeafId is null)
        {
            reasons.Insert(
                0,
                $"{leafModel.Id} is the cheapest of {feasible.Count} feasible switches of the catalogue, by list price or the catalogue's median a gigabit where there is none"
            );
        }

        if (dual)
        {
            reasons.Add("dual-homed: every node with two ports ends on both leaves of a pair");
        }

        return new()
        {
            Role = FabricRole.Frontend,
            Paradigm = Paradigm.EndpointScheduled,
            Planes = 1,
            PlaneLayout = PlaneLayout.NicSplit,
            Tiers = tiers,
            LinkClasses = classes,
            Oversubscription = over,
            Bisection = FabricFacts.Bisection(best),
            MaxXpus = best.MaxXpus,
            Hops = (1, (2 * best.Tiers) - 1, (2 * best.Tiers) - 1),
            PathDiversity = FabricFacts.PathDiversity(best),
            Reasons = reasons,
        };
    }

    private static IEnumerable<SwitchModel> Candidates(ClusterSpec spec, string? id) =>
        id is not null
            ? [spec.Catalogue.Switches[id]]
            : spec.Catalogue.Switches.Values.Where(s => s.Cages.Count > 0 && s.Role is SwitchRole.Clos or SwitchRole.Frontend);
}
