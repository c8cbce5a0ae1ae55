using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>Which cable the legs of a cage, of one connector of it, or of one NIC port share, and which cages have been seen.</summary>
internal sealed class SharedCables(CageIndex cages, int slots, ShuffleGroups? shuffles)
{
    private readonly int[] _cable = new int[checked(cages.Count * slots)];

    /// <summary>True when some link of the fabric passes panels.</summary>
    public bool MayPassPanels { get; init; }

    private readonly ulong[] _seen = new ulong[(cages.Count / 64) + 1];

    /// <summary>The cable that a link shares, or <paramref name="next"/> when it is the first to use it.</summary>
    public int Find(LinkProduct product, LinkClass c, in Link link, int next)
    {
        int slot = product.Grouping switch
        {
            CableGrouping.NicPort => (cages.Id(link.A, link.ACage) * slots) + (link.ALane / c.LegsPerNic),
            CableGrouping.ACage => cages.Id(link.A, link.ACage) * slots,
            CableGrouping.ZCage => cages.Id(link.Z, link.ZCage) * slots,
            CableGrouping.AConnector => (cages.Id(link.A, link.ACage) * slots) + product.Sockets!.Value.A.SocketOf(link.ALane),
            CableGrouping.ZConnector => (cages.Id(link.Z, link.ZCage) * slots) + product.Sockets!.Value.Z.SocketOf(link.ZLane),
            CableGrouping.Shuffle => shuffles!.Of(product.Sockets!.Value, link),
            _ => -1,
        };
        if (slot < 0)
        {
            return next;
        }

        ref int cable = ref _cable[slot];
        if (cable == 0)
        {
            cable = next + 1;
        }

        return cable - 1;
    }

    /// <summary>True for the first link at its A cage.</summary>
    public bool FirstAtA(in Link link) => First(cages.Id(link.A, link.ACage));

    /// <summary>True for the first link at its Z cage.</summary>
    public bool FirstAtZ(in Link link) => First(cages.Id(link.Z, link.ZCage));

    private bool First(int cage)
    {
        ref ulong word = ref _seen[cage >> 6];
        ulong bit = 1UL << cage;
        bool first = (word & bit) == 0;
        word |= bit;
        return first;
    }
}
