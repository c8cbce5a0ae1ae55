using Lightloom.Diagnostics;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <content>
/// Uplinks of one leaf go to every spine in equal numbers. Where the fewest that the oversubscription asks for do not divide so, a few more do:
/// the ratio is a limit, and a finer rate than both ends run at best would cost ports.
/// </content>
internal sealed partial class PlaneSizer
{
    /// <summary>Spines over as many as ports and redundancy ask for above which other numbers of uplinks are tried.</summary>
    private const int MostSpinesOver = 2;

    /// <summary>Numbers of spines that are tried from the fewest on.</summary>
    private const int MoreSpines = 4;

    private static readonly double[] Shares = [0.95, 0.9, 0.85, 0.8, 0.75, 2.0 / 3, 0.5];

    private static readonly int[] Multiples = [2, 3, 4, 8];

    /// <summary>Share of the oversubscription asked for below which uplinks are many more than needed.</summary>
    private const double ManyMore = 0.75;

    /// <summary>True once no way to divide the uplink cages serves with few more uplinks.</summary>
    private bool _takesManyMore;

    /// <summary>True once a plan was left for its many more uplinks.</summary>
    private bool _leftManyMore;

    private readonly Dictionary<(double Ratio, int Multiple), PlaneSizer> _tighter = [];

    /// <summary>
    /// A plan as it is, or with another number of uplinks a leaf: where they do not divide over spines at all, and where they do over far more than
    /// are needed only. Nineteen divide over nineteen; twenty over two, for one downlink less.
    /// </summary>
    /// <param name="plan">The plan with the fewest uplinks that the oversubscription asks for, or null.</param>
    /// <param name="why">Why there is none.</param>
    /// <param name="size">Sizes it anew.</param>
    private PlanePlan? Divided(PlanePlan? plan, Rejection? why, Func<PlaneSizer, PlanePlan?> size)
    {
        if (request.Scheduled || request.UplinkMultiple > 1)
        {
            return plan;
        }

        if (plan is null)
        {
            return why?.Code == RejectionCode.Redundancy ? WithMoreUplinks(size) : null;
        }

        if (plan.Tiers != 2 || LeastSpines(plan) is var least && plan.Spines < MostSpinesOver * least)
        {
            return plan;
        }

        PlanePlan best = plan;
        for (int spines = least; spines < Math.Min(plan.Spines, least + MoreSpines); spines++)
        {
            if (size(With(request.LeafOversubscription, spines)) is { Tiers: 2 } other && other.Switches < best.Switches)
            {
                best = other;
            }
        }

        return ReferenceEquals(best, plan)
            ? plan
            : best with
            {
                Explain = () =>
                    [
                        .. best.Explain(),
                        $"{Listed.InWords(plan.Leaves.UplinkCounts)} uplinks a leaf would divide over {Counted.Of(plan.Spines, "spine")} only; "
                            + $"{Listed.InWords(best.Leaves.UplinkCounts)} divide over {best.Spines}",
                    ],
            };
    }

    /// <summary>The fewest spines that have the ports and that the redundancy asks for, whether uplinks divide over them or not.</summary>
    private int LeastSpines(PlanePlan plan)
    {
        long needed = plan
            .Leaves.Kinds.GroupBy(k => plan.SpineFor(k.Ports))
            .Max(g => (g.Sum(k => (long)k.Ports.UpPorts * k.Count) + g.Key.DownPorts - 1) / Math.Max(1, g.Key.DownPorts));
        return (int)Math.Max(plan.SpinePortsByRate.Count > 0 ? 1 : needed, request.Redundancy.Spine);
    }

    /// <summary>
    /// True where a plan has uplinks of much more capacity than the oversubscription asks for: dividing the cages finer costs less, so that such a plan
    /// is for the case that nothing finer does.
    /// </summary>
    private bool HasManyMore(PlanePlan plan) =>
        plan.Leaves.Kinds.Sum(k => k.Ports.Downlinks.Sum(d => (d.DownPorts + d.Free) * d.Down.Rate.Gbps) * k.Count)
        < ManyMore * request.LeafOversubscription * plan.Leaves.UplinkGbps;

    private PlaneSizer With(double ratio, int multiple)
    {
        if (!_tighter.TryGetValue((ratio, multiple), out PlaneSizer? sizer))
        {
            _tighter[(ratio, multiple)] = sizer = new(request with { LeafOversubscription = ratio, UplinkMultiple = multiple }, cache);
        }

        return sizer;
    }

    /// <summary>The first plan with more uplinks, down to none oversubscribed; null where none serves.</summary>
    private PlanePlan? WithMoreUplinks(Func<PlaneSizer, PlanePlan?> size)
    {
        foreach (int multiple in Multiples.Prepend(request.Redundancy.Spine).Where(m => m > 1).Distinct())
        {
            if (size(With(request.LeafOversubscription, multiple)) is { } plan)
            {
                if (_takesManyMore || !HasManyMore(plan))
                {
                    return plan;
                }

                _leftManyMore = true;
            }
        }

        foreach (double share in request.LeafOversubscription > 1 ? Shares : [])
        {
            if (size(With(Math.Max(1, request.LeafOversubscription * share), 1)) is { } plan)
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
