using System.Globalization;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// What to change of a backend that nothing meets: keys are varied one at a time, and two where one does not suffice, until a backend can be
/// sized and cabled. The value that is named has been tried.
/// </summary>
internal static class NearestBackend
{
    private static readonly int[] PlaneCounts = [1, 2, 4, 8];

    /// <summary>The change in words: <c>it works with backend.switch: nvidia-sn5610</c>; or that none of those that were tried works.</summary>
    /// <param name="spec">What was asked.</param>
    /// <param name="pools">The pools on the backend.</param>
    /// <param name="judge">Asked whether links can be cabled at all, or null to size only.</param>
    public static string Words(ClusterSpec spec, IReadOnlyList<PoolNodes> pools, ILinkJudge? judge)
    {
        BackendSpec asked = spec.Backend;
        BackendSpec open = asked with { Switch = null, Leaf = [], Spine = null, SuperSpine = null };
        foreach ((BackendSpec changed, string keys) in Changes(asked, open))
        {
            if (Works(spec, changed, pools, judge) is { } plan)
            {
                bool switchIsOpen = changed.LeafId is null && asked.LeafId is not null;
                string named = switchIsOpen
                    ? plan.Leaf == plan.Spine
                        ? $"backend.switch: {plan.Leaf}"
                        : $"backend.leaf: {plan.Leaf}, backend.spine: {plan.Spine}"
                    : "";
                return "it works with " + string.Join(", ", new[] { named, keys }.Where(k => k.Length > 0));
            }
        }

        return "no other backend.switch of the catalogue, backend.planes, backend.tiers or backend.paradigm that was tried works; change the "
            + "nodes' ports under catalog.nodes, or what the pools hold";
    }

    private static IEnumerable<(BackendSpec Changed, string Keys)> Changes(BackendSpec asked, BackendSpec open)
    {
        if (asked.LeafId is not null)
        {
            yield return (open, "");
        }

        if (asked.Tiers.Value is not null)
        {
            yield return (asked with { Tiers = AutoInt.Auto }, "backend.tiers: auto");
        }

        foreach (BackendSpec start in new[] { asked, open }.Distinct())
        {
            foreach (int planes in PlaneCounts.Where(n => asked.Planes.Value != n))
            {
                BackendSpec divided = start with { Planes = new(planes), PlaneLayout = PlaneLayout.NicSplit, PlaneXpus = null };
                string layout = asked.PlaneLayout == PlaneLayout.NicSplit ? "" : ", backend.plane_layout: nic-split";
                yield return (divided, string.Create(CultureInfo.InvariantCulture, $"backend.planes: {planes}{layout}"));
            }
        }

        if (asked.Tiers.Value is not null)
        {
            yield return (open with { Tiers = AutoInt.Auto }, "backend.tiers: auto");
        }

        if (asked.Paradigm == Paradigm.SwitchScheduled)
        {
            yield return (
                open with
                {
                    Paradigm = Paradigm.EndpointScheduled,
                    Tiers = AutoInt.Auto,
                },
                "backend.paradigm: endpoint-scheduled"
            );
        }
    }

    private static Alternative? Works(ClusterSpec spec, BackendSpec changed, IReadOnlyList<PoolNodes> pools, ILinkJudge? judge) =>
        BackendSearch
            .Run(spec with { Backend = changed }, pools, everything: false, judge)
            .FirstOrDefault(c => c.Plan is not null && c.Alternative.Feasible)
            ?.Alternative;
}
