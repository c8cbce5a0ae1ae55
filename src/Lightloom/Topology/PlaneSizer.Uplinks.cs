using Lightloom.Diagnostics;

namespace Lightloom.Topology;

/// <content>
/// Uplinks of one leaf go to every spine in equal numbers. Where the fewest that the oversubscription asks for do not divide so, a few more do:
/// the ratio is a limit, and a finer rate than both ends run at best would cost ports.
/// </content>
internal sealed partial class PlaneSizer
{
    private static readonly double[] Shares = [0.95, 0.9, 0.85, 0.8, 0.75, 2.0 / 3, 0.5];

    private readonly Dictionary<double, PlaneSizer> _tighter = [];

    /// <summary>The first plan with more uplinks, down to none oversubscribed; null where none serves.</summary>
    private PlanePlan? WithMoreUplinks(Func<PlaneSizer, PlanePlan?> size)
    {
        if (request.Scheduled || request.LeafOversubscription <= 1)
        {
            return null;
        }

        foreach (double share in Shares)
        {
            double ratio = Math.Max(1, request.LeafOversubscription * share);
            if (!_tighter.TryGetValue(ratio, out PlaneSizer? sizer))
            {
                _tighter[ratio] = sizer = new(request with { LeafOversubscription = ratio }, cache);
            }

            if (size(sizer) is { } plan)
            {
                return plan;
            }
        }

        return null;
    }

    /// <summary>True when an interconnect joins the uplinks of every leaf to the spines, or nobody is asked.</summary>
    private bool Joined(PlanePlan plan) =>
        request.JoinsSpine is not { } joins
        || plan.SpinePorts is null
        || plan.Leaves.Kinds.All(k => joins(k.Ports, plan.SpineFor(k.Ports)));
}
