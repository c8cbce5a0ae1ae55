using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>What the shape of a backend promises: reach, bisection, paths.</summary>
internal static class FabricFacts
{
    /// <summary>XPUs that the shape could reach.</summary>
    /// <param name="plan">The backend.</param>
    /// <param name="xpus">XPUs that it is sized for.</param>
    public static long MaxXpus(ClosPlan plan, long xpus) =>
        plan.Layout switch
        {
            // A rail plane sees one NIC of each node; its reach in XPUs is that of its nodes.
            PlaneLayout.Rail => Math.Max(xpus, plan.Plans.Min(p => p.MaxXpus)),
            _ => Math.Max(xpus, plan.Plans[0].MaxXpus),
        };

    /// <summary>Half of what crosses the narrowest tier.</summary>
    public static DataRate Bisection(PlanePlan plan)
    {
        if (plan.PeerLinks > 0)
        {
            // Two leaves part the hosts in halves; what joins them is all that crosses.
            return DataRate.FromGbps(plan.PeerLinks * plan.PeerRate.Gbps);
        }

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
            1 => Math.Max(1, plan.PeerLinks),
            2 => plan.Pods[0].Spines,
            _ => (long)plan.Pods.Max(p => p.Spines) * Math.Min(plan.SpinePorts!.UpPorts, plan.SuperSpines),
        };

    /// <summary>
    /// Fabric bandwidth over network bandwidth of a scheduled leaf, net of the cell tax: every cell carries a header, and the preamble and
    /// gap of a frame never enter the fabric.
    /// </summary>
    public static double SpeedUp(double networkGbps, double fabricGbps, int frameBytes, Catalogue catalogue)
    {
        int payload = (int)catalogue.Fact("cell-payload-bytes").Value;
        double header = catalogue.Fact("cell-header-bytes").Value;
        double gap = catalogue.Fact("frame-gap-bytes").Value;
        return fabricGbps / networkGbps * (frameBytes + gap) / (frameBytes + (header * ((frameBytes + payload - 1) / payload)));
    }
}
