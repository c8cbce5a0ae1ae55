using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Says what a sized Clos backend promises and how its counts came about.</summary>
internal sealed class ClosDescription(ClosPlan plan, NetworkDraft draft)
{
    /// <summary>The fabric with its links.</summary>
    public Fabric Of(IReadOnlyList<LinkClass> classes)
    {
        PlanePlan plane = plan.Plans[0];
        List<string> reasons = [];
        PortPlan leaf = plane.LeafPorts[0];
        if (plan.Planes > 1)
        {
            reasons.Add(
                plan.Layout switch
                {
                    PlaneLayout.NicSplit when plane.Groups[0].Ports.CagesPerNic > 1 =>
                        $"{plan.Planes} planes that never touch: each NIC's {plane.Groups[0].Ports.CagesPerNic} cages are dealt to them, "
                            + $"{plane.Groups[0].Rate} to a port",
                    PlaneLayout.NicSplit =>
                        $"{plan.Planes} planes that never touch: each NIC's lanes are divided over them, {plane.Groups[0].Rate} to each",
                    PlaneLayout.Rail => $"{plan.Planes} planes, one a NIC position, never joined; the scale-up domain bridges them",
                    _ =>
                        $"{plan.Planes} planes of up to {plane.Pods.Max(p => p.Leaves)} leaves, joined by {plan.SuperSpines:#,0} {(plan.SuperSpines == 1 ? "super-spine" : "super-spines")}",
                }
            );
        }

        reasons.AddRange(plane.Explain());
        double? speedUp = null;
        if (plane.Scheduled && plan.Spines > 0)
        {
            double network = leaf.DownPorts * leaf.Down.Rate.Gbps,
                fabric = leaf.UpPorts * leaf.Up.Rate.Gbps;
            speedUp = FabricFacts.SpeedUp(network, fabric, 4174, draft.Spec.Catalogue);
            reasons.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"fabric speed-up {fabric / network:0.###} raw, {speedUp:0.###} net of the cell tax at 4,174-byte frames and "
                        + $"{FabricFacts.SpeedUp(network, fabric, 64, draft.Spec.Catalogue):0.###} at 64 bytes"
                )
            );
            reasons.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"two stages of these boxes reach {FabricFacts.MaxXpus(plan, draft.BackendXpus)} XPUs; above that, "
                        + $"several such fabrics are joined by a routed tier, which does not schedule cells"
                )
            );
        }

        Dictionary<Tier, double> over = [];
        if (plane.PeerLinks > 0)
        {
            over[Tier.Leaf] = plan.Plans.Max(p => p.PeerRatio);
        }

        if (plane.Tiers > 1)
        {
            over[Tier.Leaf] = Ratio(WiredDown(plane), leaf.UpPorts * leaf.Up.Rate.Gbps);
            over[Tier.Spine] =
                plane.Tiers > 2
                    ? Ratio(
                        (plane.SpinePorts!.DownPorts + plane.SpinePorts.Free) * plane.SpinePorts.Down.Rate.Gbps,
                        plane.SpinePorts.UpPorts * plane.SpinePorts.Up.Rate.Gbps
                    )
                    : 1;
        }

        double bisection = plan.Plans.Sum(p => FabricFacts.Bisection(p).Gbps) * plan.Copies;
        return new()
        {
            Role = FabricRole.Backend,
            Protocol = plan.Protocol,
            Paradigm = plan.Paradigm,
            Planes = plan.Planes,
            PlaneLayout = plan.Layout,
            Tiers = Tiers(),
            LinkClasses = classes,
            Oversubscription = over,
            Bisection = DataRate.FromGbps(bisection),
            MaxXpus = FabricFacts.MaxXpus(plan, draft.BackendXpus),
            Hops = plane.PeerLinks > 0 ? plane.Hops : (1, (2 * plan.Tiers) - 1, (2 * plan.Tiers) - 1),
            Paths = plane.PeerLinks > 0 ? PathRule.Shortest : PathRule.UpDown,
            PathDiversity = FabricFacts.PathDiversity(plane) * (plan.Layout == PlaneLayout.NicSplit ? plan.Planes : 1),
            FabricSpeedUp = speedUp,
            Reasons = reasons,
        };
    }

    private List<TierOfSwitches> Tiers()
    {
        List<TierOfSwitches> tiers = [];
        tiers.AddRange(PlanePlan.LeafTiers(plan.Plans, plan.Copies));
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
                {
                    FreePorts = spine.Free,
                }
            );
        }

        if (plan.SuperSpines > 0)
        {
            PortPlan top = plan.Plans.First(p => p.Tiers > 2).SuperSpinePorts!;
            tiers.Add(
                new(Tier.SuperSpine, plan.SuperSpine, (int)plan.SuperSpines, top.DownPorts, 0, top.Down, top.Down) { FreePorts = top.Free }
            );
        }

        return tiers;
    }

    /// <summary>Downlink capacity of a fully used leaf: of a whole unit where units are fixed, else of all downlinks.</summary>
    private double WiredDown(PlanePlan plane)
    {
        PortPlan leaf = plane.LeafPorts[0];
        LeafShare first = plane.Shares[0];
        // Rails may be dealt unevenly (2, 3 and 3): the fullest leaf of the unit decides.
        int ports =
            draft.Spec.Backend.ScalableUnitNodes is not null && first.EndpointFrom < 0
                ? plane.Shares.Where(s => s.Unit == first.Unit).Max(s => s.RailTo - s.RailFrom) * plane.Units[first.Unit].BuiltNodes
                : leaf.DownPorts;
        return (ports + leaf.Free) * leaf.Down.Rate.Gbps;
    }

    private static double Ratio(double down, double up) => up > 0 ? Math.Round(down / up, 4) : 0;
}
