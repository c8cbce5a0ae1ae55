using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// Says when a scalable unit that the file leaves open makes the backend clearly cheaper: leaves that are filled to the last port may have a
/// number of uplinks that divides only over more spines than their ports need.
/// </summary>
internal static class UnitHint
{
    /// <summary>Cheaper by less than this share of the backend's estimate is not worth a word.</summary>
    private const double LeastSaving = 0.05;

    /// <summary>Numbers of units that are tried above the fewest that hold all nodes.</summary>
    private const int MoreUnits = 2;

    /// <summary>Warns (LL4205) with the unit that saves most and was carried through.</summary>
    /// <param name="spec">What was asked.</param>
    /// <param name="design">What is built.</param>
    /// <param name="carry">Carries a changed file through: why it is no design, or null when it is one.</param>
    /// <param name="diagnostics">Receives the warning.</param>
    public static void Say(ClusterSpec spec, ClusterDesign design, Func<ClusterSpec, Carried> carry, DiagnosticBag diagnostics)
    {
        BackendSpec backend = spec.Backend;
        Alternative? built = design.Alternatives.FirstOrDefault(a => a.Chosen);
        if (
            built is not { Tiers: > 1, Paradigm: Paradigm.EndpointScheduled }
            || backend is not { ScalableUnitNodes: null, RailOptimized: true }
            || PoolReader.Read(spec, new()) is not { } all
        )
        {
            return;
        }

        List<PoolNodes> pools = [.. all.Where(p => p.IsOnBackend)];
        LinkJudge judge = new(spec);
        BackendSpec asBuilt = backend with
        {
            Paradigm = built.Paradigm,
            PlaneLayout = built.PlaneLayout,
            Planes = new(built.Planes),
            Tiers = new(built.Tiers),
            Switch = null,
            Leaf = [built.Leaf, .. backend.MoreLeafIds],
            Spine = built.Spine,
        };
        (int Unit, Alternative With)? best = null;
        if (Sized(null) is not { } open)
        {
            return;
        }

        // Estimates of one kind are compared: that of what is built goes by its bill.
        double usd = open.Alternative.EstimatedUsd;
        foreach (int unit in Units(pools, open))
        {
            if (Sized(unit)?.Alternative is { } with && with.EstimatedUsd < (best?.With.EstimatedUsd ?? usd))
            {
                best = (unit, with);
            }
        }

        if (
            best is { } found
            && found.With.EstimatedUsd < usd * (1 - LeastSaving)
            && carry(spec with { Backend = backend with { ScalableUnitNodes = found.Unit } }) is { Lacks: null, Network: { } network }
            && Switches(network) is var fewer
            && fewer < built.Switches
        )
        {
            diagnostics.Warning(
                "LL4205",
                FormattableString.Invariant($"leaves filled to the last port make the backend {built.Switches:#,0} switches; with ")
                    + FormattableString.Invariant($"backend.scalable_unit_nodes: {found.Unit} it is {fewer:#,0}, by estimate ")
                    + FormattableString.Invariant($"{(1 - (found.With.EstimatedUsd / usd)) * 100:0} % cheaper"),
                "backend"
            );
        }

        BackendCandidate? Sized(int? unit) =>
            BackendSearch
                .Run(spec with { Backend = asBuilt with { ScalableUnitNodes = unit } }, pools, everything: false, judge)
                .FirstOrDefault(c => c.IsFeasible);
    }

    // Nodes split evenly over the fewest units whose rails each fit a leaf, and over a few more; a whole number of fours besides.
    private static IEnumerable<int> Units(IReadOnlyList<PoolNodes> pools, BackendCandidate? built)
    {
        int nodes = pools.Sum(p => p.Count);
        if (built?.Plan is not ClosPlan { Plans: [var plane, ..] })
        {
            yield break;
        }

        int most = plane.LeafPorts.Max(p => p.DownPorts);
        int fewest = (nodes + most - 1) / most;
        HashSet<int> said = [];
        for (int units = Math.Max(2, fewest); units <= fewest + MoreUnits; units++)
        {
            int even = (nodes + units - 1) / units;
            foreach (int unit in new[] { even, (even + 3) / 4 * 4 })
            {
                if (unit <= most && said.Add(unit))
                {
                    yield return unit;
                }
            }
        }
    }

    private static long Switches(Network network) =>
        network.Groups.Where(g => !g.IsNode && g.Fabric == FabricRole.Backend).Sum(g => (long)g.Count);
}
