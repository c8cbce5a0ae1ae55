using Lightloom.Diagnostics;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// Enumerates and ranks backends: every combination that the file leaves open, each with its plan or the reason why it has none.
/// </summary>
internal static class BackendSearch
{
    /// <summary>Tries all candidates; the feasible ones come first, best first.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="pools">Pools with XPUs.</param>
    /// <param name="everything">True to vary topology, paradigm, planes and layout whatever the file fixes.</param>
    /// <param name="judge">Asked whether its links can be cabled at all, or null to size only.</param>
    public static List<BackendCandidate> Run(ClusterSpec spec, IReadOnlyList<PoolNodes> pools, bool everything, ILinkJudge? judge = null)
    {
        BackendQuestion question = new(spec, pools, everything, new PortPlanCache(), new Pricing(spec.Catalogue, spec.Existing));
        IEnumerable<ITopologyFamily> families = TopologyFamilies.All.Where(f =>
            question.Everything || f.Name == question.Spec.Backend.Topology
        );
        List<BackendCandidate> candidates = [.. families.SelectMany(f => f.Size(question)).Select(c => Judged(c, judge))];

        // A switch that the file names is used as its maker allows; otherwise nobody runs a box below its lanes while another serves.
        if (spec.Backend.LeafId is not null || !candidates.Exists(c => c.IsFeasible))
        {
            BackendQuestion slower = question with { MeetsLanes = true };
            candidates.AddRange(families.SelectMany(f => f.Size(slower)).Select(c => Judged(c, judge)));

            // Hosts of several kinds on one model: some on its own lanes, some on slower ones.
            foreach (IReadOnlyCollection<HostClass> kept in HostClass.Mixtures(pools.Select(p => p.Node.Backend!)))
            {
                BackendQuestion mixed = slower with { KeepLanes = kept };
                candidates.AddRange(families.SelectMany(f => f.Size(mixed)).Select(c => Judged(c, judge)));
            }
        }

        return BackendRanking.Rank(candidates, question.Spec.Objectives);
    }

    /// <summary>A backend that no interconnect can cable keeps its plan, so that it can be carried through to say what is missing.</summary>
    private static BackendCandidate Judged(BackendCandidate candidate, ILinkJudge? judge) =>
        candidate.Plan?.FaultOf(judge) is { } fault ? candidate.Rejected(new(RejectionCode.Interconnect, fault)) : candidate;
}
