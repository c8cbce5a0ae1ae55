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
    /// <summary>
    /// 0 for a run of endpoints, rail by rail of each node. 1 or 2 for the first or second leaf of a pair of which neighbouring nodes bring the
    /// odd port to either in turn; endpoints then count two nodes at a time.
    /// </summary>
    public int Side { get; init; }

    /// <summary>Which division of the leaf's downlinks it uses: 0 for the first, else one of <see cref="PortPlan.Also"/>, from 1.</summary>
    public int Division { get; init; }

    /// <summary>NICs in a run before as many of the other leaf of a pair; 0 where rails are NICs one after another.</summary>
    public int Interleave { get; init; }

    /// <summary>NIC position of a rail of this share.</summary>
    public int NicOf(int rail) => FirstRail + (Interleave == 0 ? rail : (rail / Interleave * 2 * Interleave) + (rail % Interleave));

    /// <summary>Node (from the group's first) and rail of an endpoint of a run.</summary>
    public (int Node, int Rail) At(int endpoint)
    {
        int pair = endpoint / Rails,
            place = endpoint % Rails;
        if (Side == 0)
        {
            return (pair, place);
        }

        // The even node of two brings the larger half to the first leaf and the smaller to the second, the odd one the other way round.
        int larger = (Rails + 1) / 2;
        int ofEven = Side == 1 ? larger : Rails - larger;
        bool even = place < ofEven;
        int rail =
            Side == 1 ? place
            : even ? larger + place
            : place - ofEven;
        return ((2 * pair) + (even ? 0 : 1), rail);
    }

    /// <summary>Endpoints present.</summary>
    public int Count(IReadOnlyList<PlanUnit> units) =>
        EndpointFrom >= 0 ? EndpointTo - EndpointFrom : (RailTo - RailFrom) * units[Unit].Nodes;
}
