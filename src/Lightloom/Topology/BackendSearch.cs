using Lightloom.Diagnostics;
using Lightloom.Hardware;
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
        BackendQuestion question = new(spec, pools, everything, new PortPlanCache(), new Pricing(spec.Catalogue, spec.Existing, judge));
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

        return OtherAssignments(BackendRanking.Rank(candidates, question.Spec.Objectives), question, families, judge);
    }

    /// <summary>
    /// The same with those, after the feasible ones, in which hosts take another of the leaves that the file names than the first that serves
    /// them: for where that one finds no cables.
    /// </summary>
    private static List<BackendCandidate> OtherAssignments(
        List<BackendCandidate> listed,
        BackendQuestion question,
        IEnumerable<ITopologyFamily> families,
        ILinkJudge? judge
    )
    {
        BackendSpec backend = question.Spec.Backend;
        if (backend.MoreLeafIds.Count == 0)
        {
            return listed;
        }

        SwitchModel[] leaves = [.. backend.MoreLeafIds.Prepend(backend.LeafId!).Select(id => question.Spec.Catalogue.Switches[id])];
        HashSet<string> shapes = [.. listed.Where(c => c.IsFeasible).Select(c => c.Plan!.Shape)];
        List<BackendCandidate> others =
        [
            .. LeafAssignments
                .Of(leaves, question.Pools.Select(p => p.Node.Backend!))
                .SelectMany(leafOf => families.SelectMany(f => f.Size(question with { LeafOfHosts = leafOf })))
                .Select(c => Judged(c, judge))
                .Where(c => c.IsFeasible && shapes.Add(c.Plan!.Shape)),
        ];
        int feasible = listed.Count(c => c.IsFeasible);
        if (feasible == 0)
        {
            return [.. BackendRanking.Rank(others, question.Spec.Objectives), .. listed];
        }

        const string reason = "hosts take another leaf than the first of backend.leaf that serves them";
        listed.InsertRange(
            feasible,
            others.Select(c =>
                c with
                {
                    IsResort = true,
                    Alternative = c.Alternative with { Chosen = false, Pareto = false, Reason = reason },
                }
            )
        );
        return listed;
    }

    /// <summary>A backend that no interconnect can cable keeps its plan, so that it can be carried through to say what is missing.</summary>
    private static BackendCandidate Judged(BackendCandidate candidate, ILinkJudge? judge) =>
        candidate.Plan?.FaultOf(judge) is { } fault ? candidate.Rejected(new(RejectionCode.Interconnect, fault)) : candidate;
}
