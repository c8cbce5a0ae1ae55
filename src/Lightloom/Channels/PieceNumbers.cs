using Lightloom.Cabling;
using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>
/// The numbers of the pieces. What lies between panels comes first, because it is pulled first; then cable by cable, rack after rack of
/// their A ends as one walks the floor.
/// </summary>
internal sealed class PieceNumbers
{
    private readonly long[] _first;

    private PieceNumbers(long[] first, int[] order) => (_first, Order) = (first, order);

    /// <summary>All cables in the order in which their pieces are numbered.</summary>
    public int[] Order { get; }

    /// <summary>Number of a cable's first piece, from 0.</summary>
    public long First(int cable) => _first[cable];

    /// <summary>Numbers all pieces.</summary>
    public static PieceNumbers Of(ChannelPlan plan, Network network, Placement placement, CablePlan cables)
    {
        int[] rank = new int[placement.Racks.Count];
        int at = 0;
        foreach (Rack rack in placement.Racks.OrderBy(r => r.Hall).ThenBy(r => r.Row).ThenBy(r => r.Position))
        {
            rank[rack.Index] = at++;
        }

        // A counting sort by the rack of the first leg keeps the order of the cables within a rack.
        CableLegs legs = plan.Legs;
        int[] rackOf = new int[cables.Cables.Length];
        int[] next = new int[rank.Length + 1];
        for (int cable = 0; cable < rackOf.Length; cable++)
        {
            (int c, int i) = legs[cable, 0];
            LinkClass links = network.LinkClasses[c];
            Link link = links.Links[i];
            rackOf[cable] = rank[placement.RackOfPort(network, link.A, links.Fabric, link.ACage)];
            next[rackOf[cable] + 1]++;
        }

        for (int i = 1; i < next.Length; i++)
        {
            next[i] += next[i - 1];
        }

        int[] order = new int[rackOf.Length];
        for (int cable = 0; cable < rackOf.Length; cable++)
        {
            order[next[rackOf[cable]]++] = cable;
        }

        long[] first = new long[rackOf.Length];
        long number = plan.Field?.Pieces ?? 0;
        foreach (int cable in order)
        {
            first[cable] = number;
            number += plan.PiecesOf(cable);
        }

        return new(first, order);
    }
}
