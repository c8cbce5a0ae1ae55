using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>
/// Sockets that one shuffle harness joins: those that links with a shuffle connect, directly or over others. Plug i at one end leads its leg
/// j to plug j at the other, so that a set fits when the legs' places in their sockets name the plugs without contradiction.
/// </summary>
internal sealed class ShuffleGroups
{
    private const short Unknown = -1;
    private const short Contradiction = -2;
    private readonly CageIndex _cages;
    private readonly int _slots;
    private readonly int[] _root;
    private readonly short[] _plug;

    public ShuffleGroups(CageIndex cages, int slots)
    {
        (_cages, _slots) = (cages, slots);
        _root = DisjointSets.Apart(checked(cages.Count * slots));
        _plug = new short[_root.Length];
        Array.Fill(_plug, Unknown);
    }

    /// <summary>Adds a leg, and remembers which plugs its places in the two sockets name.</summary>
    public void Add(in LinkSockets sockets, in Link link)
    {
        int a = Slot(link.A, link.ACage, sockets.A.SocketOf(link.ALane));
        int z = Slot(link.Z, link.ZCage, sockets.Z.SocketOf(link.ZLane));
        Name(ref _plug[a], sockets.Z.PlaceInSocket(link.ZLane));
        Name(ref _plug[z], sockets.A.PlaceInSocket(link.ALane));
        DisjointSets.Join(_root, a, z);
    }

    /// <summary>The slot that stands for the set of sockets that a leg belongs to.</summary>
    public int Of(in LinkSockets sockets, in Link link) =>
        DisjointSets.Find(_root, Slot(link.A, link.ACage, sockets.A.SocketOf(link.ALane)));

    /// <summary>
    /// Sets that no shuffle joins, by their slots: a socket whose legs name two plugs, or two sockets of one end that name the same plug.
    /// </summary>
    /// <param name="legs">All legs with a shuffle.</param>
    public HashSet<int> Impossible(IEnumerable<(LinkSockets Sockets, Link Link)> legs)
    {
        HashSet<int> impossible = [];
        Dictionary<(int Set, bool AtZ, short Plug), int> owner = [];
        foreach ((LinkSockets sockets, Link link) in legs)
        {
            int set = Of(sockets, link);
            Check(set, false, Slot(link.A, link.ACage, sockets.A.SocketOf(link.ALane)));
            Check(set, true, Slot(link.Z, link.ZCage, sockets.Z.SocketOf(link.ZLane)));
        }

        return impossible;

        void Check(int set, bool atZ, int slot)
        {
            short plug = _plug[slot];
            if (plug == Contradiction || !owner.TryAdd((set, atZ, plug), slot) && owner[(set, atZ, plug)] != slot)
            {
                impossible.Add(set);
            }
        }
    }

    private int Slot(int device, int cage, int socket) => (_cages.Id(device, cage) * _slots) + socket;

    private static void Name(ref short plug, int named) => plug = plug == Unknown || plug == named ? (short)named : Contradiction;
}
