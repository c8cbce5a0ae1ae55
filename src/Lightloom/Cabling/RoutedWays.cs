using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>The floor as the router sees it.</summary>
internal sealed class RoutedWays(Network network, Placement placement, CableRouter router) : ICableWays
{
    private readonly bool _multiRackNodes = network.Groups.Any(g => g.Node is { Racks: > 1 });
    private readonly Dictionary<long, int> _panels = [];

    public bool HasPanels { get; } = AnyPanels(placement, router);

    public int[] Lengths(LinkClass c) => router.Lengths(c);

    public (int[] A, int[] Z) Racks(LinkClass c)
    {
        int[] a = new int[c.Links.Length];
        int[] z = new int[c.Links.Length];
        int[] rackOf = placement.RackOfDevice;
        if (!_multiRackNodes)
        {
            Link[] links = c.Links;
            for (int i = 0; i < links.Length; i++)
            {
                a[i] = rackOf[links[i].A];
                z[i] = rackOf[links[i].Z];
            }

            return (a, z);
        }

        for (int i = 0; i < a.Length; i++)
        {
            a[i] = router.RackA(c, i);
            z[i] = router.RackZ(c, i);
        }

        return (a, z);
    }

    // Panels depend on the rows and halls that two racks stand in, not on the racks.
    public int Panels(int rackA, int rackZ)
    {
        if (rackA == rackZ)
        {
            return 0;
        }

        Rack a = placement.Racks[rackA];
        Rack z = placement.Racks[rackZ];
        long key = ((((long)a.Hall << 12) | (uint)a.Row) << 32) | ((long)z.Hall << 12) | (uint)z.Row;
        if (!_panels.TryGetValue(key, out int panels))
        {
            _panels[key] = panels = router.Panels(rackA, rackZ);
        }

        return panels;
    }

    public int HallOf(int rack) => placement.Racks[rack].Hall;

    private static bool AnyPanels(Placement placement, CableRouter router)
    {
        // One rack of every row stands for the row; two rows of a hall, and two halls, are enough to see whether panels occur.
        List<int> samples = [.. placement.Racks.GroupBy(r => (r.Hall, r.Row)).GroupBy(g => g.Key.Hall).SelectMany(h => h.Take(2).Select(g => g.First().Index))];
        foreach (int a in samples)
        {
            foreach (int z in samples.Take(64))
            {
                if (router.Panels(a, z) > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
