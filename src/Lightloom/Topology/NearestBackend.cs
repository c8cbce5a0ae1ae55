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

        return "no other backend.switch of the catalogue, backend.planes, backend.tiers, backend.rail_optimized or backend.paradigm that was tried works; change the "
            + "nodes' ports under catalog.nodes, or what the pools hold";
    }

    private static IEnumerable<(BackendSpec Changed, string Keys)> Changes(BackendSpec asked, BackendSpec open)
    {
        foreach ((TierReserve less, string words) in LessReserve(asked.Reserve))
        {
            yield return (asked with { Reserve = less }, "backend.reserve: " + words);
        }

        for (int links = asked.PeerLinks - 1; links > 0; links--)
        {
            yield return (asked with { PeerLinks = links }, string.Create(CultureInfo.InvariantCulture, $"backend.peer_links: {links}"));
        }

        if (asked.LeafId is not null)
        {
            yield return (open, "");
        }

        if (asked.PeerLinks > 0)
        {
            yield return (asked with { PeerLinks = 0, Tiers = AutoInt.Auto }, "backend.tiers: auto, backend.peer_links: 0");
        }

        if (asked.Tiers.Value is not null)
        {
            yield return (asked with { Tiers = AutoInt.Auto }, "backend.tiers: auto");
        }

        // A unit brings a leaf for each rail: nodes of many NICs fill the spines with leaves that are part empty.
        if (asked.RailOptimized)
        {
            yield return (asked with { RailOptimized = false }, "backend.rail_optimized: false");
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

    /// <summary>Fewer ports that stay free, the most first, each with the words by which a file says it.</summary>
    /// <param name="asked">What the file keeps free.</param>
    public static IEnumerable<(TierReserve Less, string Words)> LessReserve(TierReserve asked)
    {
        const int tries = 32;
        int most = Math.Max(asked.Leaf ?? 0, Math.Max(asked.Spine ?? 0, asked.SuperSpine ?? 0));
        // All tiers come down together, since which of them is too full is not known; from many ports by steps.
        int step = Math.Max(1, most / tries);
        for (int least = most - step; most > 0; least = Math.Max(0, least - step))
        {
            TierReserve less = new()
            {
                Leaf = Capped(asked.Leaf, least),
                Spine = Capped(asked.Spine, least),
                SuperSpine = Capped(asked.SuperSpine, least),
            };
            string words = string.Join(
                ", ",
                new[] { ("leaf", less.Leaf), ("spine", less.Spine), ("super_spine", less.SuperSpine) }
                    .Where(t => t.Item2 is not null)
                    .Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Item1}: {t.Item2}"))
            );
            yield return (less, $"{{{words}}}");
            if (least == 0)
            {
                yield break;
            }
        }

        static int? Capped(int? ports, int most) => ports is { } p ? Math.Min(p, most) : null;
    }

    private static Alternative? Works(ClusterSpec spec, BackendSpec changed, IReadOnlyList<PoolNodes> pools, ILinkJudge? judge) =>
        BackendSearch
            .Run(spec with { Backend = changed }, pools, everything: false, judge)
            .FirstOrDefault(c => c.Plan is not null && c.Alternative.Feasible)
            ?.Alternative;
}
