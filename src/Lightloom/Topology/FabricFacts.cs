using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>What the shape of a backend promises: reach, bisection, paths.</summary>
internal static class FabricFacts
{
    /// <summary>XPUs that the shape could reach.</summary>
    public static long MaxXpus(ClosPlan plan, IReadOnlyList<PoolNodes> pools)
    {
        long xpus = pools.Sum(p => (long)p.Count * p.Node.Xpus.Value);
        return plan.Layout switch
        {
            // A rail plane sees one NIC of each node; its reach in XPUs is that of its nodes.
            PlaneLayout.Rail => Math.Max(xpus, plan.Plans.Min(p => p.MaxXpus)),
            _ => Math.Max(xpus, plan.Plans[0].MaxXpus),
        };
    }

    /// <summary>Half of what crosses the narrowest tier.</summary>
    public static DataRate Bisection(PlanePlan plan)
    {
        double narrowest = plan.Tiers == 1 ? plan.Groups.Sum(g => g.Endpoints * g.Rate.Gbps) : plan.LeafUplinkGbps;
        if (plan.Tiers == 3)
        {
            narrowest = Math.Min(narrowest, (double)plan.Spines * plan.SpinePorts!.UpPorts * plan.SpinePorts.Up.Rate.Gbps);
        }

        return DataRate.FromGbps(narrowest / 2);
    }

    /// <summary>Distinct switch paths between two hosts as far apart as can be.</summary>
    public static long PathDiversity(PlanePlan plan) =>
        plan.Tiers switch
        {
            1 => 1,
            2 => plan.Pods[0].Spines,
            _ => (long)plan.Pods.Max(p => p.Spines) * Math.Min(plan.SpinePorts!.UpPorts, plan.SuperSpines),
        };

    /// <summary>
    /// Fabric bandwidth over network bandwidth of a scheduled leaf, net of the cell tax: cells of 256 bytes carry 12 of header and check,
    /// and the 20 bytes of preamble and gap never enter the fabric.
    /// </summary>
    public static double SpeedUp(double networkGbps, double fabricGbps, int frameBytes) =>
        fabricGbps / networkGbps * (frameBytes + 20) / (frameBytes + (12 * ((frameBytes + 255) / 256)));
}
