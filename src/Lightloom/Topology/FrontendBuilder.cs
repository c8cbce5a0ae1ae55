using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>Draws a sized frontend.</summary>
internal static class FrontendBuilder
{
    /// <summary>Adds the frontend's switches to <paramref name="devices"/> and draws its links.</summary>
    /// <param name="plan">The sized frontend.</param>
    /// <param name="devices">Receives its switches.</param>
    /// <param name="leafIsFree">True when the file names no leaf, so that the choice is worth a sentence.</param>
    public static Fabric Draw(FrontendPlan plan, DeviceList devices, bool leafIsFree)
    {
        PlanePlan best = plan.Plane;
        (SwitchModel leafModel, SwitchModel spineModel, SwitchModel superModel) = plan.Switches;
        int firstLeaf = devices.AddTier(plan.Network.Role, plan.Network.Role.Prefix + "-", leafModel, Tier.Leaf, best.LeafCount);
        int firstSpine = devices.AddTier(plan.Network.Role, plan.Network.Role.Prefix + "-", spineModel, Tier.Spine, best.Spines);
        int firstSuper = devices.AddTier(plan.Network.Role, plan.Network.Role.Prefix + "-", superModel, Tier.SuperSpine, best.SuperSpines);
        List<LinkClass> classes = [.. PlaneWiring.Hosts(best, plan.Network.Role, 0, firstLeaf, 1, 0, null)];
        if (PlaneWiring.LeafSpine(best, plan.Network.Role, 0, firstLeaf, firstSpine, null) is { } up)
        {
            classes.Add(up);
        }

        classes.AddRange(PlaneWiring.SpineSuper(best, plan.Network.Role, 0, firstSpine, firstSuper, byPod: false));
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

        List<string> reasons = [.. best.Explain()];
        if (leafIsFree)
        {
            reasons.Insert(
                0,
                $"{leafModel.Id} is the cheapest of {plan.Feasible} feasible switches of the catalogue, "
                    + $"by list price or the catalogue's median a gigabit where there is none"
            );
        }

        if (plan.Dual)
        {
            reasons.Add("dual-homed: every node with two ports ends on both leaves of a pair");
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
            Hops = (1, (2 * best.Tiers) - 1, (2 * best.Tiers) - 1),
            PathDiversity = FabricFacts.PathDiversity(best),
            Reasons = reasons,
        };
    }
}
