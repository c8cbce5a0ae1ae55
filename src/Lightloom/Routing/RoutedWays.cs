using System.Collections.Immutable;
using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Routing;

/// <summary>
/// The floor as the router sees it. Panels depend on the rows and halls that two racks stand in, not on the racks, so that one look into a
/// table answers.
/// </summary>
internal sealed class RoutedWays : ICableWays
{
    private const byte NotAsked = byte.MaxValue;
    private const int LargestTable = 1 << 24;
    private readonly Network _network;
    private readonly Placement _placement;
    private readonly CableRouter _router;
    private readonly bool _multiRackNodes;
    private readonly int[] _zoneOfRack;
    private readonly int _zones;
    private readonly byte[] _panels;
    private readonly bool _hasPanels;

    public RoutedWays(Network network, Placement placement, CableRouter router)
    {
        (_network, _placement, _router) = (network, placement, router);
        _multiRackNodes = network.Groups.Any(g => g.Node is { Racks.Value: > 1 });
        var zones = new Dictionary<(int Hall, int Row), int>();
        var first = new List<int>();
        _zoneOfRack = new int[placement.Racks.Count];
        foreach (Rack rack in placement.Racks)
        {
            if (!zones.TryGetValue((rack.Hall, rack.Row), out int zone))
            {
                zones[(rack.Hall, rack.Row)] = zone = zones.Count;
                first.Add(rack.Index);
            }

            _zoneOfRack[rack.Index] = zone;
        }

        _zones = zones.Count;
        _panels = (long)_zones * _zones <= LargestTable ? new byte[_zones * _zones] : [];
        Array.Fill(_panels, NotAsked);

        // Two rows of a hall and two halls, one of another building, are enough to see whether panels occur at all.
        int[] samples = [.. first.GroupBy(r => placement.Racks[r].Hall).SelectMany(g => g.Take(2))];
        _hasPanels =
            placement.Racks.Zip(placement.Racks.Skip(1)).Any(pair => router.Panels(pair.First.Index, pair.Second.Index) > 0)
            || samples.Any(a => samples.Take(2).Any(z => router.Panels(a, z) > 0))
            || samples.Skip(2).Any(a => samples.Any(z => router.Panels(a, z) > 0));
    }

    public int[] Lengths(LinkClass c) => _router.Lengths(c);

    public byte[]? Panels(LinkClass c)
    {
        if (!_hasPanels || !CableRouter.IsPatched(c))
        {
            return null;
        }

        Link[] links = c.Links;
        byte[] panels = new byte[links.Length];
        ImmutableArray<int> rackOf = _placement.RackOfDevice;
        int any = 0;
        for (int i = 0; i < links.Length; i++)
        {
            (int a, int z) = _multiRackNodes ? Racks(c, i) : (rackOf[links[i].A], rackOf[links[i].Z]);
            panels[i] = Between(a, z);
            any |= panels[i];
        }

        return any == 0 ? null : panels;
    }

    public PatchedRoute? Patch(LinkClass c, int link) => _router.Patch(c, link);

    public (int A, int Z) Racks(LinkClass c, int link)
    {
        if (_multiRackNodes)
        {
            return (_router.RackA(c, link), _router.RackZ(c, link));
        }

        Link l = c.Links[link];
        return (_placement.RackOfDevice[l.A], _placement.RackOfDevice[l.Z]);
    }

    public (int A, int Z) Halls(LinkClass c, int link)
    {
        (int a, int z) = Racks(c, link);
        return (_placement.Racks[a].Hall, _placement.Racks[z].Hall);
    }

    public Scope ScopeOf(LinkClass c, int link)
    {
        (int a, int z) = Racks(c, link);
        return _router.ScopeOf(a, z);
    }

    private byte Between(int rackA, int rackZ)
    {
        if (rackA == rackZ)
        {
            return 0;
        }

        if (_panels.Length == 0)
        {
            return (byte)_router.Panels(rackA, rackZ);
        }

        ref byte known = ref _panels[(_zoneOfRack[rackA] * _zones) + _zoneOfRack[rackZ]];
        if (known == NotAsked)
        {
            known = (byte)_router.Panels(rackA, rackZ);
        }

        return known;
    }
}
