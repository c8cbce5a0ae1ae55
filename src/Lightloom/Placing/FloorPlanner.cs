using Lightloom.Diagnostics;
using Lightloom.Exact;
using Lightloom.Floor;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Placing;

/// <summary>Gives every device of a network its rack and unit, and every rack its place on the floor.</summary>
/// <remarks>
/// A plain placement comes first: nodes in the order of the file, each unit's leaves with it, everything above after all nodes. The
/// placement pass then tries other plans (racks of switches in mid-row, at the end of rows, or central; spines at the centroid of what they
/// connect), improves the cheapest by moving single racks, and keeps the result only when all cables together cost less.
/// </remarks>
public static class FloorPlanner
{
    /// <summary>True, with an error, when the file asks for a solver that this machine does not have.</summary>
    public static bool Refused(ClusterSpec spec, DiagnosticBag diagnostics)
    {
        if (spec.Floor.Optimize != FloorSearch.Exact || AssignmentSolver.Unavailable is not { } why)
        {
            return false;
        }

        diagnostics.Error(
            "LL5102",
            $"floor.optimize is exact, and {why}; say floor.optimize: heuristic, or run a build for this system",
            "floor.optimize",
            spec.MarkOf("floor.optimize")
        );
        return true;
    }

    /// <summary>
    /// Places all devices. What does not fit is reported as an infeasibility (LL59xx) and stands in an overflow hall, so that the rest can
    /// still be shown.
    /// </summary>
    public static Placement Place(ClusterSpec spec, Network network, DiagnosticBag diagnostics)
    {
        var geometry = new FloorGeometry(spec);
        var planning = new FloorPlanning(geometry, spec, network, diagnostics);
        NetworkRackPosition asked = spec.Floor.NetworkRacks;
        FloorCandidate plain = planning.LayOut(PlacementPass.PositionsOf(asked)[0], upperAtCentroid: false);
        return spec.Floor.Optimize != FloorSearch.Off && network.LinkCount > 0 && plain.Placement.IsComplete
            ? new PlacementPass(geometry, network, planning, plain, new CableCost(spec.Catalogue)).Run(
                asked,
                spec.Floor.Optimize == FloorSearch.Exact,
                diagnostics
            )
            : plain.Placement;
    }
}
