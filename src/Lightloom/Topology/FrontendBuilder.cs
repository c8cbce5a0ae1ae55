using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>Draws a sized frontend.</summary>
internal static class FrontendBuilder
{
    /// <summary>Adds the frontend's switches to <paramref name="devices"/> and draws its links.</summary>
    /// <param name="plan">The sized frontend.</param>
    /// <param name="devices">Receives its switches.</param>
    /// <param name="all">It and the others that could have been taken, best first: why they lost is worth a sentence.</param>
    public static Fabric Draw(FrontendPlan plan, DeviceList devices, IReadOnlyList<FrontendPlan> all)
    {
        PlanePlan best = plan.Plane;
        (SwitchModel leafModel, SwitchModel spineModel, SwitchModel superModel) = plan.Switches;
        int firstLeaf = devices.Count;
        foreach ((SwitchModel model, int first, int count) in best.LeafRuns(0, best.LeafCount))
        {
            devices.AddTier(plan.Network.Role, plan.Network.Role.Prefix + "-", model, Tier.Leaf, count, first + 1, best.LeafCount);
        }

        int firstSpine = devices.AddTier(plan.Network.Role, plan.Network.Role.Prefix + "-", spineModel, Tier.Spine, best.Spines);
        int firstSuper = devices.AddTier(plan.Network.Role, plan.Network.Role.Prefix + "-", superModel, Tier.SuperSpine, best.SuperSpines);
        List<LinkClass> classes = [.. PlaneWiring.Hosts(best, plan.Network.Role, 0, firstLeaf, 1, 0, null)];
        classes.AddRange(PlaneWiring.Peers(best, plan.Network.Role, 0, firstLeaf));
        classes.AddRange(PlaneWiring.LeafSpine(best, plan.Network.Role, 0, firstLeaf, firstSpine, null));
        classes.AddRange(PlaneWiring.SpineSuper(best, plan.Network.Role, 0, firstSpine, firstSuper, byPod: false));
        foreach (ExternalLinks external in best.External)
        {
            int first =
                external.Tier == Tier.Leaf ? firstLeaf
                : external.Tier == Tier.Spine ? firstSpine
                : firstSuper;
            ExternalWiring.From[] switches =
            [
                .. best.SwitchesFor(external)
                    .Select(s => new ExternalWiring.From(first + s.Number, 0, s.Ports, best.PortsFor(external, s.Ports))),
            ];
            classes.AddRange(ExternalWiring.Draw(external, plan.Network.Role, switches, devices));
        }

        List<TierOfSwitches> tiers = [.. PlanePlan.LeafTiers([best], copies: 1)];
        Dictionary<Tier, double> over = [];
        if (best.PeerLinks > 0)
        {
            over[Tier.Leaf] = best.PeerRatio;
        }

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
                {
                    FreePorts = spinePorts.Free,
                }
            );
            over[Tier.Leaf] = tiers.Where(t => t.Tier == Tier.Leaf).Max(t => t.Oversubscription);
            over[Tier.Spine] =
                best.Tiers > 2
                    ? Math.Round(
                        (spinePorts.DownPorts + spinePorts.Free)
                            * spinePorts.Down.Rate.Gbps
                            / (spinePorts.UpPorts * spinePorts.Up.Rate.Gbps),
                        4
                    )
                    : 1;
        }

        if (best.SuperSpinePorts is { } superPorts)
        {
            tiers.Add(
                new(Tier.SuperSpine, superModel, best.SuperSpines, superPorts.DownPorts, 0, superPorts.Down, superPorts.Down)
                {
                    FreePorts = superPorts.Free,
                }
            );
        }

        return new()
        {
            Role = plan.Network.Role,
            Protocol = plan.Protocol,
            Paradigm = Paradigm.EndpointScheduled,
            Planes = 1,
            PlaneLayout = PlaneLayout.NicSplit,
            Tiers = tiers,
            LinkClasses = classes,
            Oversubscription = over,
            Bisection = FabricFacts.Bisection(best),
            MaxXpus = best.MaxXpus,
            Hops = best.Hops,
            Paths = best.PeerLinks > 0 ? PathRule.Shortest : PathRule.UpDown,
            PathDiversity = FabricFacts.PathDiversity(best),
            Reasons = Reasons(plan, all),
        };
    }

    private static List<string> Reasons(FrontendPlan plan, IReadOnlyList<FrontendPlan> all)
    {
        List<string> reasons = [.. FrontendRanking.Why(plan, all), .. plan.Plane.Explain()];
        if (plan.Dual)
        {
            reasons.Add("dual-homed: every node with two ports ends on both leaves of a pair");
        }

        return reasons;
    }
}
