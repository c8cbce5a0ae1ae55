using Lightloom.Bill;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>
/// What a choice of networks is expected to come to in each quantity that a limit binds, once another one was carried through: what that one came
/// to, and by how much the estimates of the two differ, links and all. Good enough to order by, not to refuse by.
/// </summary>
/// <remarks>Racks are told apart by switches alone: links take none. Not safe to use from several threads.</remarks>
/// <param name="judge">Estimates networks that are sized.</param>
/// <param name="bound">Lower bounds, by switches alone.</param>
internal sealed class LimitExpectation(LinkJudge judge, LimitBound bound)
{
    private readonly Dictionary<BackendPlan, NetworkEstimate> _backends = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PlanePlan, NetworkEstimate> _others = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<FabricRole, DraftBill> _drafts = [];
    private ClusterDesign? _lengths;

    /// <summary>The expectation for a choice; its lower bound while nothing was measured.</summary>
    /// <param name="selection">The choice.</param>
    /// <param name="measured">The attempt that came closest so far; null where none came to a bill.</param>
    public LimitValues Of(NetworkSelection selection, Attempt? measured)
    {
        LimitValues least = bound.Of(selection);
        if (measured?.Values is not { } values)
        {
            return least;
        }

        // Lengths of the first that was carried through stand for all: the estimates of one search are alike.
        _lengths ??= measured.Design!;
        LimitValues its = Estimated(measured.Selection, bound.Of(measured.Selection)),
            mine = Estimated(selection, least);
        return new(
            Money.FromDollars(Math.Max(least.Capex.Dollars, values.Capex.Dollars + mine.Capex.Dollars - its.Capex.Dollars)),
            Power.FromWatts(Math.Max(least.Power.Watts, values.Power.Watts + mine.Power.Watts - its.Power.Watts)),
            Math.Max(least.Racks, values.Racks + mine.Racks - its.Racks),
            SimTime.FromNanoseconds(
                Math.Max(least.Latency.Nanoseconds, values.Latency.Nanoseconds + mine.Latency.Nanoseconds - its.Latency.Nanoseconds)
            )
        );
    }

    // A limit on cost binds what has a price: what stands on medians is not in it. Switches' part of the longest path is that of the bound.
    private LimitValues Estimated(NetworkSelection selection, LimitValues least)
    {
        BackendPlan plan = selection.Backend.Plan!;
        if (!_backends.TryGetValue(plan, out NetworkEstimate backend))
        {
            _backends[plan] = backend = DraftOf(FabricRole.Backend).Of(plan.Switches, plan.LinkKinds);
        }

        NetworkEstimate[] all = [backend, .. selection.Further.Prepend(selection.Frontend).OfType<FrontendPlan>().Select(Estimated)];
        return new(
            Money.FromDollars(all.Sum(e => e.Usd - e.AssumedUsd)),
            Power.FromWatts(all.Sum(e => e.Watts)),
            least.Racks,
            least.Latency + SimTime.FromNanoseconds(backend.PathNs)
        );
    }

    private NetworkEstimate Estimated(FrontendPlan plan)
    {
        if (!_others.TryGetValue(plan.Plane, out NetworkEstimate known))
        {
            _others[plan.Plane] = known = DraftOf(plan.Network.Role).Of(plan.Counts, plan.Plane.LinkKinds(plan.Protocol, planesOfNic: 1));
        }

        return known;
    }

    private DraftBill DraftOf(FabricRole network)
    {
        if (!_drafts.TryGetValue(network, out DraftBill? draft))
        {
            ClusterDesign placed = _lengths!;
            _drafts[network] = draft = judge.Draft(
                TierLengths.Measured(placed.Network, placed.Cables, network, placed.Placement.Racks.Count)
            );
        }

        return draft;
    }
}
