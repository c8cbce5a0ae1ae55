using Lightloom.Diagnostics;
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
    /// <summary>
    /// Places all devices. What does not fit is reported as an infeasibility (LL59xx) and stands in an overflow hall, so that the rest can
    /// still be shown.
    /// </summary>
    public static Placement Place(ClusterSpec spec, Network network, DiagnosticBag diagnostics)
    {
        var geometry = new FloorGeometry(spec);
        var planning = new FloorPlanning(geometry, spec, network, diagnostics);
        NetworkRackPosition asked = spec.Floor.NetworkRacks;
        FloorCandidate plain = planning.LayOut(
            asked == NetworkRackPosition.Auto ? NetworkRackPosition.MidRow : asked,
            upperAtCentroid: false
        );
        return spec.Floor.Optimize && network.LinkCount > 0 && plain.Placement.IsComplete
            ? new PlacementPass(geometry, network, planning, plain, new CableCost(spec.Catalogue)).Run(asked, diagnostics)
            : plain.Placement;
    }
}
