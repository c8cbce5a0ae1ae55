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
    public static List<BackendCandidate> Run(ClusterSpec spec, IReadOnlyList<PoolNodes> pools, bool everything)
    {
        BackendQuestion question = new(spec, pools, everything, new PortPlanCache(), new Pricing(spec.Catalogue));
        IEnumerable<ITopologyFamily> families = TopologyFamilies.All.Where(f =>
            question.Everything || f.Name == question.Spec.Backend.Topology
        );
        return BackendRanking.Rank([.. families.SelectMany(f => f.Size(question))], question.Spec.Objectives.Minimize);
    }
}
