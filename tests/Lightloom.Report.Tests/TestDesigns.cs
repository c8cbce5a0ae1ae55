using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Catalog;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Report.Tests;

/// <summary>Designs put together by hand, so that the writers are tested without the rooms before them: a rail-optimised leaf-spine of any size with an own management leaf a 40 nodes.</summary>
internal sealed class TestDesigns
{
    private const int NodesPerRack = 4;
    private const int NodesPerUnit = 32;
    private const int RacksPerRow = 20;
    private readonly List<DeviceGroup> _groups = [];
    private readonly List<LinkClass> _classes = [];
    private readonly List<Rack> _racks = [];
    private readonly int _nodes;
    private readonly int _planes;
    private int _devices;

    private TestDesigns(int nodes, int planes)
    {
        _nodes = nodes;
        _planes = planes;
    }

    /// <summary>Two nodes, one leaf each plane... the smallest design with every kind of product.</summary>
    public static ClusterDesign Tiny { get; } = Build(2);

    /// <summary>127 nodes of 8 XPUs, 32 leaves, 16 spines.</summary>
    public static ClusterDesign OneK { get; } = Build(127);

    /// <summary>Any number of nodes.</summary>
    public static ClusterDesign Build(int nodes, int planes = 1, string name = "test-cluster", IReadOnlyDictionary<string, Money>? prices = null, string hall = "hall-1", double spares = 0.02) =>
        new TestDesigns(nodes, planes).Make(name, prices, hall, spares);

    private ClusterDesign Make(string name, IReadOnlyDictionary<string, Money>? prices, string hallName, double spares)
    {
        int units = (_nodes + NodesPerUnit - 1) / NodesPerUnit;
        int leaves = units * 8;
        int spines = Math.Max(1, leaves / 2);
        int oobSwitches = (_nodes + 39) / 40;
        int nodesFirst = Add(_nodes, new() { First = 0, Count = _nodes, Node = TestParts.Node8, Pool = 0, Tier = Tier.Host, NamePrefix = "train" });
        int[] leafFirst = new int[_planes];
        int[] spineFirst = new int[_planes];
        for (int p = 0; p < _planes; p++)
        {
            string prefix = _planes == 1 ? "be" : $"be-p{p}";
            leafFirst[p] = Add(leaves, new() { First = _devices, Count = leaves, Switch = TestParts.Switch64, Tier = Tier.Leaf, Plane = p, NamePrefix = prefix + "-leaf" });
            spineFirst[p] = Add(spines, new() { First = _devices, Count = spines, Switch = TestParts.Switch64, Tier = Tier.Spine, Plane = p, NamePrefix = prefix + "-spine" });
        }

        int oobFirst = Add(oobSwitches, new() { First = _devices, Count = oobSwitches, Switch = TestParts.ManagementSwitch, Fabric = FabricRole.Oob, Tier = Tier.Leaf, NamePrefix = "oob-leaf" });
        AddLinks(nodesFirst, leafFirst, spineFirst, leaves, spines, oobFirst);

        ushort[] groupOf = new ushort[_devices];
        foreach (DeviceGroup group in _groups)
        {
            group.Index = _groups.IndexOf(group);
            Array.Fill(groupOf, (ushort)group.Index, group.First, group.Count);
        }

        for (int i = 0; i < _classes.Count; i++)
        {
            _classes[i].Index = i;
        }

        TierOfSwitches leafTier = new(Tier.Leaf, TestParts.Switch64, leaves * _planes, 32, 32, new(2, DataRate.FromGbps(400)), new(2, DataRate.FromGbps(400)));
        TierOfSwitches spineTier = new(Tier.Spine, TestParts.Switch64, spines * _planes, 64, 0, new(2, DataRate.FromGbps(400)), new(2, DataRate.FromGbps(400)));
        TierOfSwitches oobTier = new(Tier.Leaf, TestParts.ManagementSwitch, oobSwitches, 48, 0, new(1, DataRate.FromGbps(1)), new(1, DataRate.FromGbps(1)));
        Network network = new()
        {
            Groups = _groups,
            GroupOfDevice = groupOf,
            UnitOfDevice = new int[_devices],
            Units = [],
            NodeCount = _nodes,
            XpuCount = _nodes * 8L,
            LinkClasses = _classes,
            Fabrics =
            [
                FabricOf(FabricRole.Backend, _planes, [leafTier, spineTier], DataRate.FromGbps(400.0 * leaves * 16 * _planes)),
                FabricOf(FabricRole.Oob, 1, [oobTier], DataRate.FromGbps(1)),
            ],
        };
        Placement placement = Place(network, hallName);
        CablePlan cables = Cable(network, placement);
        ClusterSpec spec = new()
        {
            Name = name,
            Catalogue = TestParts.Catalogue,
            Pools = [new() { Name = "train", Node = TestParts.Node8.Id, Nodes = _nodes }],
            Prices = prices ?? new Dictionary<string, Money>(),
            Interconnect = new() { Spares = spares },
        };
        return new()
        {
            Spec = spec,
            Network = network,
            Placement = placement,
            Cables = cables,
            Bill = BillOfMaterials.From(spec, network, placement, cables),
            Diagnostics = [new("LL0001", Severity.Note, "a note with <markup> & more", "train"), new("LL0002", Severity.Warning, "a warning", null)],
        };
    }

    private Fabric FabricOf(FabricRole role, int planes, IReadOnlyList<TierOfSwitches> tiers, DataRate bisection) => new()
    {
        Role = role,
        Paradigm = Paradigm.EndpointScheduled,
        Planes = planes,
        PlaneLayout = PlaneLayout.NicSplit,
        Tiers = tiers,
        LinkClasses = _classes.Where(c => c.Fabric == role).ToArray(),
        Oversubscription = new Dictionary<Tier, double> { [Tier.Leaf] = 1.0 },
        Bisection = bisection,
        MaxXpus = 2048,
        Hops = (1, 3, 3),
        PathDiversity = 16,
        Reasons = ["32 leaves, because 1,016 ports at 32 a leaf make 32 with rails kept apart"],
    };

    private int Add(int count, DeviceGroup group)
    {
        _groups.Add(group);
        _devices += count;
        return group.First;
    }

    // Twin-port cages of 2x400 on both sides: NIC n of a node is leg n%2 of cage n/2+1.
    private void AddLinks(int nodesFirst, int[] leafFirst, int[] spineFirst, int leaves, int spines, int oobFirst)
    {
        CageUse twin = new(FormFactor.Osfp, ThermalType.Any, DataRate.FromGbps(800), 8, new(2, DataRate.FromGbps(400)));
        for (int p = 0; p < _planes; p++)
        {
            List<Link> host = [];
            for (int n = 0; n < _nodes; n++)
            {
                for (int rail = 0; rail < 8; rail++)
                {
                    int port = n % NodesPerUnit;
                    host.Add(new(nodesFirst + n, leafFirst[p] + n / NodesPerUnit * 8 + rail, p * 4 + rail / 2 + 1, rail % 2, port / 2 + 1, port % 2, rail));
                }
            }

            _classes.Add(new() { Fabric = FabricRole.Backend, Plane = p, From = Tier.Host, To = Tier.Leaf, Rate = DataRate.FromGbps(400), ACages = twin, ZCages = twin, Links = [.. host] });
            List<Link> up = [];
            int[] used = new int[spines];
            for (int l = 0; l < leaves; l++)
            {
                for (int u = 0; u < 32; u++)
                {
                    int spine = (u + l) % spines;
                    int port = used[spine]++;
                    up.Add(new(leafFirst[p] + l, spineFirst[p] + spine, 33 + u / 2, u % 2, port / 2 + 1, port % 2, -1));
                }
            }

            _classes.Add(new() { Fabric = FabricRole.Backend, Plane = p, From = Tier.Leaf, To = Tier.Spine, Rate = DataRate.FromGbps(400), ACages = twin, ZCages = twin, Links = [.. up] });
        }

        CageUse jack = new(FormFactor.Rj45, ThermalType.Any, DataRate.FromGbps(1), 1, new(1, DataRate.FromGbps(1)));
        _classes.Add(new()
        {
            Fabric = FabricRole.Oob, Plane = 0, From = Tier.Host, To = Tier.Leaf, Rate = DataRate.FromGbps(1), ACages = jack, ZCages = jack,
            Links = Enumerable.Range(0, _nodes).Select(n => new Link(nodesFirst + n, oobFirst + n / 40, 1, 0, n % 40 + 1, 0, -1)).ToArray(),
        });
    }

    private Placement Place(Network network, string hallName)
    {
        int[] rackOf = new int[network.DeviceCount];
        byte[] unitOf = new byte[network.DeviceCount];
        for (int d = 0; d < network.DeviceCount; d++)
        {
            DeviceGroup group = network.GroupOf(d);
            int height = group.IsNode ? group.Node!.RackUnits!.Value : group.Switch!.RackUnits!.Value;
            Rack? rack = _racks.LastOrDefault(r => r.Use == (group.IsNode ? RackUse.Nodes : RackUse.Network) && r.UsedUnits + height <= (group.IsNode ? NodesPerRack * 8 : 40));
            if (rack is null || rack.Index != _racks.Count - 1)
            {
                int index = _racks.Count;
                rack = new()
                {
                    Index = index, Hall = 0, Row = index / RacksPerRow + 1, Position = index % RacksPerRow + 1, Use = group.IsNode ? RackUse.Nodes : RackUse.Network,
                    Units = 48, PowerLimit = Power.FromKilowatts(45), Name = FormattableString.Invariant($"A{index / RacksPerRow + 1:00}-{index % RacksPerRow + 1:00}"),
                };
                _racks.Add(rack);
            }

            rackOf[d] = rack.Index;
            unitOf[d] = (byte)(rack.UsedUnits + 1);
            rack.UsedUnits += height;
            rack.UsedPower += group.IsNode ? group.Node!.PowerMaximum!.Value : group.Switch!.PowerTypical!.Value;
            rack.Devices.Add(d);
        }

        int rows = _racks[^1].Row;
        return new()
        {
            Racks = _racks,
            RackOfDevice = rackOf,
            UnitOfDevice = unitOf,
            Halls =
            [
                new()
                {
                    Index = 0, Name = hallName, Letter = "A", Building = "building-1", BuildingIndex = 0, Site = "site-1", SiteIndex = 0,
                    BuildingX = Length.Zero, BuildingY = Length.Zero, X = Length.Zero, Y = Length.Zero, Width = Length.FromMetres(18), Depth = Length.FromMetres(4 + 3 * rows),
                    RackDepth = Length.FromMillimetres(1200), FirstRackX = Length.FromMetres(2), CrossingAfter = [0, 10, 20], ExitCrossing = 1, Rows = rows, RacksPerRow = RacksPerRow, RackPitch = Length.FromMillimetres(700),
                    RowY = Enumerable.Range(0, rows).Select(r => Length.FromMillimetres(2000 + r * 3000L)).ToArray(),
                    CrossingX = [Length.FromMetres(2), Length.FromMetres(9), Length.FromMetres(16)],
                },
            ],
        };
    }

    private CablePlan Cable(Network network, Placement placement)
    {
        LinkProduct[] products =
        [
            Product(0, TestParts.Dac, Medium.Copper, 3, 3, 0, new(1, DataRate.FromGbps(400))),
            Product(1, TestParts.Sr8, Medium.Om4, 45, 50, 8, new(1, DataRate.FromGbps(400))),
            Product(2, TestParts.Dr8, Medium.Os2, 450, 500, 8, new(1, DataRate.FromGbps(400))),
            Product(3, TestParts.Utp, Medium.TwistedPair, 100, 100, 0, new(1, DataRate.FromGbps(1))),
        ];
        List<Cable> cables = [];
        List<int[]> cableOf = [];
        List<int[]> lengthOf = [];
        foreach (LinkClass links in network.LinkClasses)
        {
            int[] numbers = new int[links.Links.Length];
            int[] lengths = new int[links.Links.Length];
            for (int i = 0; i < numbers.Length; i++)
            {
                Rack a = placement.Racks[placement.RackOfDevice[links.Links[i].A]];
                Rack z = placement.Racks[placement.RackOfDevice[links.Links[i].Z]];
                int length = a == z ? 1800 + 45 * links.Links[i].ACage : 5250 + 700 * Math.Abs(a.Position - z.Position) + 3000 * Math.Abs(a.Row - z.Row);
                // Optics at both ends of a cage: every link to the leaf in another rack takes the same kind, so that no cage holds two.
                int product = links.Fabric == FabricRole.Oob ? 3 : links.To == Tier.Leaf && _nodes > 8 ? 1 : links.To == Tier.Leaf ? 0 : 2;
                int ordered = product == 0 ? Math.Max(1, (length + 999) / 1000) * 1000 : (length + 4999) / 5000 * 5000;
                numbers[i] = cables.Count;
                lengths[i] = length;
                cables.Add(new() { Product = product, LengthMillimetres = length, OrderLengthMillimetres = ordered, Bundle = links.Links[i].A / 4 });
            }

            cableOf.Add(numbers);
            lengthOf.Add(lengths);
        }

        return new() { Products = products, Cables = [.. cables], CableOfLink = cableOf, LengthOfLink = lengthOf, Diagnostics = [] };
    }

    private static LinkProduct Product(int index, InterconnectModel model, Medium medium, double reach, double rated, int fibres, Breakout breakout) => new()
    {
        Index = index, A = model, Z = model, Medium = medium, Reach = Length.FromMetres(reach), RatedReach = Length.FromMetres(rated), FibresPerCable = fibres, Breakout = breakout,
    };
}
