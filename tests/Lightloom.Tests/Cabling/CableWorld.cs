using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Cabling;

/// <summary>
/// Networks made of link classes alone, with lengths as a test wants them, so that the planner is tested without sizing and floor.
/// </summary>
internal sealed class CableWorld : ICableWays
{
    private readonly List<LinkClass> _classes = [];
    private readonly Dictionary<LinkClass, int[]> _lengths = [];
    private int _devices;

    public Func<int, int, int> PanelsBetween { get; init; } = (_, _) => 0;

    public Func<int, int> Hall { get; init; } = _ => 0;

    public DiagnosticBag Diagnostics { get; } = new();

    public Network? Network { get; private set; }

    public bool HasPanels { get; init; }

    public LinkClass Add(
        CageUse a,
        CageUse z,
        IEnumerable<Link> links,
        Func<Link, int> millimetres,
        int legsPerNic = 1,
        int plane = 0,
        Tier from = Tier.Host,
        FabricRole? fabric = null
    )
    {
        LinkClass c = new()
        {
            Fabric = fabric ?? FabricRole.Backend,
            Plane = plane,
            From = from,
            To = from + 1,
            Rate = a.Breakout.Rate,
            ACages = a,
            ZCages = z,
            SplitOverPlanes = legsPerNic > 1,
            LegsPerNic = legsPerNic,
            Links = [.. links],
        };
        c.Index = _classes.Count;
        _classes.Add(c);
        _lengths[c] = [.. c.Links.Select(millimetres)];
        _devices = Math.Max(_devices, c.Links.Max(l => Math.Max(l.A, l.Z)) + 1);
        return c;
    }

    public CablePlan Plan(InterconnectSpec? spec = null, Catalogue? catalogue = null)
    {
        Network = new()
        {
            Groups = [],
            GroupOfDevice = new ushort[_devices],
            UnitOfDevice = new int[_devices],
            Units = [],
            Fabrics = [],
            LinkClasses = _classes,
            NodeCount = 0,
            XpuCount = 0,
        };
        ClusterSpec cluster = new()
        {
            Name = "test",
            Catalogue = catalogue ?? Catalogue.Default,
            Interconnect = spec ?? new(),
        };
        CablePlan plan = CablePlanner.Plan(cluster, Network, this, Diagnostics);
        PlanChecks.Hold(Network, plan);
        return plan;
    }

    int[] ICableWays.Lengths(LinkClass c) => _lengths[c];

    byte[]? ICableWays.Panels(LinkClass c) => HasPanels ? [.. c.Links.Select(l => (byte)PanelsBetween(l.A, l.Z))] : null;

    (int A, int Z) ICableWays.Racks(LinkClass c, int link) => (c.Links[link].A, c.Links[link].Z);

    (int A, int Z) ICableWays.Halls(LinkClass c, int link) => (Hall(c.Links[link].A), Hall(c.Links[link].Z));

    Scope ICableWays.ScopeOf(LinkClass c, int link) => Hall(c.Links[link].A) == Hall(c.Links[link].Z) ? Scope.SameHall : Scope.SameBuilding;

    // A trunk between the halls, with panels right at the devices.
    PatchedRoute? ICableWays.Patch(LinkClass c, int link)
    {
        int panels = HasPanels ? PanelsBetween(c.Links[link].A, c.Links[link].Z) : 0;
        (int from, int to) = ((ICableWays)this).Halls(c, link);
        return panels == 0 ? null : new(0, _lengths[c][link], 0, new(from, 0, 0), new(to, 0, 0), panels, 0);
    }
}
