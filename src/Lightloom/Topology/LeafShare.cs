namespace Lightloom.Topology;

/// <summary>
/// Which endpoints of one group a leaf serves: whole rails of a unit, or a run of endpoints. A leaf may have several shares.
/// </summary>
/// <param name="Leaf">The leaf, within the plane.</param>
/// <param name="Group">Index of the endpoint group.</param>
/// <param name="Unit">Index of the unit in the plan.</param>
/// <param name="FirstPort">Downlink port of the first endpoint.</param>
/// <param name="FirstRail">NIC position of rail 0.</param>
/// <param name="Rails">Rails of a node that this share counts in (endpoint = node x rails + rail).</param>
/// <param name="RailFrom">First rail, for rail-optimised shares.</param>
/// <param name="RailTo">One past the last rail.</param>
/// <param name="EndpointFrom">First endpoint, counted node by node from the group's first node; -1 for rail-optimised shares.</param>
/// <param name="EndpointTo">One past the last endpoint.</param>
internal readonly record struct LeafShare(
    int Leaf,
    int Group,
    int Unit,
    int FirstPort,
    int FirstRail,
    int Rails,
    int RailFrom,
    int RailTo,
    int EndpointFrom,
    int EndpointTo
)
{
    /// <summary>Endpoints present.</summary>
    public int Count(IReadOnlyList<PlanUnit> units) =>
        EndpointFrom >= 0 ? EndpointTo - EndpointFrom : (RailTo - RailFrom) * units[Unit].Nodes;
}
