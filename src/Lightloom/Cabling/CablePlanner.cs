using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>Chooses the interconnect of every link and groups links into the cables that a technician pulls.</summary>
/// <remarks>The rules are written out in docs/models/interconnects.md. The result depends on nothing but its arguments.</remarks>
public static class CablePlanner
{
    /// <summary>Plans the cables of a placed network.</summary>
    /// <param name="spec">Objective, fibre grades, derating, exclusions, catalogue.</param>
    /// <param name="network">Devices and links.</param>
    /// <param name="placement">Where the devices stand.</param>
    /// <param name="router">Lengths and panels.</param>
    /// <param name="diagnostics">Receives what <see cref="CablePlan.Diagnostics"/> holds: rules that fired, links that nothing
    /// serves.</param>
    public static CablePlan Plan(ClusterSpec spec, Network network, Placement placement, CableRouter router, DiagnosticBag diagnostics) =>
        Plan(spec, network, new RoutedWays(network, placement, router), diagnostics);

    internal static CablePlan Plan(ClusterSpec spec, Network network, ICableWays ways, DiagnosticBag diagnostics)
    {
        PlanRun first = new(spec, network, ways);
        CablePlan plan = first.Run();
        if (!HasErrors(plan) && first.KindsToSpare() is { } fewer)
        {
            // What a tier keeps serves every length that it was asked for; where cages of several pools need what was left out, all stays.
            CablePlan again = new PlanRun(spec, network, ways, fewer).Run();
            plan = HasErrors(again) ? plan : again;
        }

        diagnostics.AddRange(plan.Diagnostics);
        return plan;
    }

    private static bool HasErrors(CablePlan plan) => plan.Diagnostics.Any(d => d.Severity == Severity.Error);
}
