using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Floor;

/// <summary>Small and large leaf-spine networks made without the sizing rules, so that the floor is tested on its own.</summary>
internal sealed class TestNetwork
{
    private readonly List<DeviceGroup> _groups = [];
    private readonly List<ushort> _groupOf = [];
    private readonly List<int> _unitOf = [];
    private readonly List<Unit> _units = [];
    private readonly List<LinkClass> _classes = [];
    private readonly List<(FabricRole Role, LinkClass Class)> _byFabric = [];
    private readonly List<PoolSpec> _pools = [];
    private readonly List<PoolSpec> _services = [];
    private int _nodes;

    public static NodeModel Node(string id = "node", int units = 8, double kilowatts = 10.2, int nics = 8) =>
        new()
        {
            Id = id,
            Name = id,
            Xpus = 8,
            RackUnits = units,
            PowerMaximum = Power.FromKilowatts(kilowatts),
            Backend = Ports(nics, 400),
            Frontend = Ports(2, 200),
        };

    public static NodeModel RackNode(string id = "nvl72", int racks = 1, int widthMillimetres = 600, int nics = 72) =>
        new()
        {
            Id = id,
            Name = id,
            Xpus = 72,
            Kind = racks <= 1 ? NodeKind.Rack : NodeKind.Server,
            Racks = racks,
            Width = Length.FromMillimetres(widthMillimetres),
            PowerMaximum = Power.FromKilowatts(120 * racks),
            Backend = Ports(nics, 400),
            Frontend = Ports(2, 200),
        };

    public static NodeModel Server(string id = "storage", int units = 2) =>
        new()
        {
            Id = id,
            Name = id,
            Xpus = 0,
            RackUnits = units,
            PowerMaximum = Power.FromKilowatts(1),
            Frontend = Ports(2, 200),
        };

    public static SwitchModel Switch(string id = "switch", int cages = 64, int units = 2, double watts = 1700) =>
        new()
        {
            Id = id,
            Name = id,
            Role = default,
            RackUnits = units,
            PowerMaximum = Power.FromWatts(watts),
            Cages =
            [
                new CageBlock
                {
                    Count = cages,
                    FormFactor = FormFactor.Osfp,
                    CageRate = DataRate.FromGbps(800),
                    Lanes = 8,
                    Breakouts = Figures.Own<IReadOnlyList<Breakout>>([new Breakout(1, DataRate.FromGbps(800))]),
                },
            ],
        };

    public int AddNodes(
        string pool,
        NodeModel model,
        int count,
        int unitNodes = 0,
        int pod = -1,
        bool isService = false,
        IReadOnlyList<string>? place = null
    )
    {
        int index = isService ? _pools.Count + _services.Count : _pools.Count;
        (isService ? _services : _pools).Add(
            new PoolSpec
            {
                Name = pool,
                Node = model.Id,
                Nodes = count,
                Place = place ?? [],
            }
        );
        return AddNodesToPool(index, pool, model, count, unitNodes, pod, isService);
    }

    public int AddNodesToPool(int pool, string name, NodeModel model, int count, int unitNodes, int pod, bool isService = false)
    {
        int first = _groupOf.Count;
        _groups.Add(
            new DeviceGroup
            {
                First = first,
                Count = count,
                Node = model,
                Pool = pool,
                IsService = isService,
                Tier = Tier.Host,
                NamePrefix = name + first,
            }
        );
        for (int i = 0; i < count; i++)
        {
            if (unitNodes > 0 && i % unitNodes == 0)
            {
                _units.Add(new Unit(pool, first + i, Math.Min(unitNodes, count - i), pod));
            }

            _groupOf.Add((ushort)(_groups.Count - 1));
            _unitOf.Add(unitNodes > 0 ? _units.Count - 1 : -1);
        }

        _nodes += count;
        return first;
    }

    public int AddSwitches(
        FabricRole fabric,
        Tier tier,
        SwitchModel model,
        int count,
        int plane = 0,
        int pod = -1,
        Func<int, int>? unitOf = null
    )
    {
        int first = _groupOf.Count;
        _groups.Add(
            new DeviceGroup
            {
                First = first,
                Count = count,
                Switch = model,
                Fabric = fabric,
                Tier = tier,
                Plane = plane,
                Pod = pod,
                NamePrefix = $"{fabric.ToWord()}-p{plane}-q{pod}-{tier.ToWord()}",
            }
        );
        for (int i = 0; i < count; i++)
        {
            _groupOf.Add((ushort)(_groups.Count - 1));
            int unit = unitOf?.Invoke(i) ?? -1;
            _unitOf.Add(unit);
            if (unit >= 0)
            {
                _units[unit].Leaves.Add(first + i);
            }
        }

        return first;
    }

    public LinkClass AddLinks(FabricRole fabric, Tier from, Tier to, double gbps, IEnumerable<Link> links, int plane = 0)
    {
        DataRate rate = DataRate.FromGbps(gbps);
        var cage = new CageUse(FormFactor.Osfp, ThermalType.Any, rate, 8, new Breakout(1, rate));
        var c = new LinkClass
        {
            Fabric = fabric,
            Plane = plane,
            From = from,
            To = to,
            Rate = rate,
            ACages = cage,
            ZCages = cage,
            Links = [.. links],
        };
        _classes.Add(c);
        _byFabric.Add((fabric, c));
        return c;
    }

    /// <summary>Rail-optimised units of eight leaves, and spines that every leaf reaches.</summary>
    public static TestNetwork LeafSpine(int nodes, int unitNodes, int spines, NodeModel? node = null, int services = 0, int uplinks = 0)
    {
        var net = new TestNetwork();
        node ??= Node();
        net.AddNodes("train", node, nodes, unitNodes);
        int service = services > 0 ? net.AddNodes("storage", Server(), services, isService: true) : 0;
        int units = (nodes + unitNodes - 1) / unitNodes;
        int rails = Math.Min(8, node.Backend!.Nics.Value);
        int leaves = net.AddSwitches(FabricRole.Backend, Tier.Leaf, Switch("leaf"), units * rails, unitOf: i => i / rails);
        net.AddLinks(
            FabricRole.Backend,
            Tier.Host,
            Tier.Leaf,
            400,
            Enumerable
                .Range(0, nodes)
                .SelectMany(n =>
                    Enumerable
                        .Range(0, node.Backend!.Nics.Value)
                        .Select(r => new Link(
                            n,
                            leaves + (n / unitNodes * rails) + (r % rails),
                            r + 1,
                            0,
                            (n % unitNodes % 32) + 1,
                            r / rails,
                            r
                        ))
                )
        );
        if (spines > 0)
        {
            int first = net.AddSwitches(FabricRole.Backend, Tier.Spine, Switch("spine"), spines);
            int up = uplinks > 0 ? uplinks : spines;
            net.AddLinks(
                FabricRole.Backend,
                Tier.Leaf,
                Tier.Spine,
                800,
                Enumerable
                    .Range(0, units * rails)
                    .SelectMany(l =>
                        Enumerable
                            .Range(0, up)
                            .Select(s => new Link(leaves + l, first + ((l + s) % spines), 33 + (s % 32), 0, (l % 64) + 1, 0, -1))
                    )
            );
        }

        int served = nodes + services;
        int frontend = net.AddSwitches(FabricRole.Frontend, Tier.Leaf, Switch("fe-leaf", 64, 1, 900), Math.Max(2, (served + 31) / 32));
        int feLeaves = Math.Max(2, (served + 31) / 32);
        net.AddLinks(
            FabricRole.Frontend,
            Tier.Host,
            Tier.Leaf,
            200,
            Enumerable
                .Range(0, served)
                .SelectMany(n =>
                    Enumerable
                        .Range(0, 2)
                        .Select(p => new Link(n, frontend + Math.Min(feLeaves - 1, (n / 32) + p), p + 1, 0, (n % 32) + 1, 0, -1))
                )
        );
        return net;
    }

    /// <summary>Leaves for every unit, and spines (a set for every pod, and a tier above them) that all leaves reach.</summary>
    public void AddBackend(int leavesPerUnit, SwitchModel leaf, int pods, int spines)
    {
        SwitchModel spine = Switch("spine");
        var spinesOfPod = new List<(int First, int Pod)>();
        for (int pod = Math.Min(0, pods - 1); pod < Math.Max(pods, 0); pod++)
        {
            List<int> units = [.. Enumerable.Range(0, _units.Count).Where(u => _units[u].Pod == pod)];
            if (units.Count == 0)
            {
                continue;
            }

            int plane = Math.Max(0, pod);
            int first = AddSwitches(
                FabricRole.Backend,
                Tier.Leaf,
                leaf,
                units.Count * leavesPerUnit,
                plane,
                unitOf: i => units[i / leavesPerUnit]
            );
            AddLinks(
                FabricRole.Backend,
                Tier.Host,
                Tier.Leaf,
                400,
                units.SelectMany(
                    (u, at) =>
                        Enumerable
                            .Range(_units[u].FirstNode, _units[u].NodeCount)
                            .SelectMany(n =>
                                Enumerable
                                    .Range(0, 8)
                                    .Select(nic => new Link(
                                        n,
                                        first + (at * leavesPerUnit) + (nic % leavesPerUnit),
                                        nic + 1,
                                        0,
                                        ((n + nic) % 32) + 1,
                                        0,
                                        nic
                                    ))
                            )
                ),
                plane
            );
            if (spines > 0)
            {
                int above = AddSwitches(FabricRole.Backend, Tier.Spine, spine, spines, plane);
                spinesOfPod.Add((above, plane));
                AddLinks(
                    FabricRole.Backend,
                    Tier.Leaf,
                    Tier.Spine,
                    800,
                    Enumerable
                        .Range(0, units.Count * leavesPerUnit)
                        .SelectMany(l =>
                            Enumerable.Range(0, spines).Select(s => new Link(first + l, above + s, 33 + (s % 32), 0, (l % 64) + 1, 0, -1))
                        ),
                    plane
                );
            }
        }

        if (pods > 1 && spinesOfPod.Count > 1)
        {
            int top = AddSwitches(FabricRole.Backend, Tier.SuperSpine, spine, 4, -1);
            foreach ((int first, int pod) in spinesOfPod)
            {
                AddLinks(
                    FabricRole.Backend,
                    Tier.Spine,
                    Tier.SuperSpine,
                    800,
                    Enumerable
                        .Range(0, spines)
                        .SelectMany(s => Enumerable.Range(0, 4).Select(t => new Link(first + s, top + t, 40 + t, 0, (s % 64) + 1, 0, -1))),
                    pod
                );
            }
        }
    }

    /// <summary>A management leaf for every 44 devices, in the order of their numbers.</summary>
    public TestNetwork WithManagement()
    {
        int devices = _groupOf.Count;
        int leaves = AddSwitches(FabricRole.Oob, Tier.Leaf, Switch("oob", 52, 1, 120), (devices + 43) / 44);
        AddLinks(
            FabricRole.Oob,
            Tier.Host,
            Tier.Leaf,
            1,
            Enumerable.Range(0, devices).Select(d => new Link(d, leaves + (d / 44), 1, 0, (d % 44) + 1, 0, -1))
        );
        return this;
    }

    public Network Build()
    {
        for (int i = 0; i < _groups.Count; i++)
        {
            SetIndex(_groups[i], i);
        }

        for (int i = 0; i < _classes.Count; i++)
        {
            SetIndex(_classes[i], i);
        }

        return new Network
        {
            Groups = _groups,
            GroupOfDevice = [.. _groupOf],
            UnitOfDevice = [.. _unitOf],
            Units = _units,
            Fabrics = [],
            LinkClasses = _classes,
            NodeCount = _nodes,
            XpuCount = _nodes * 8L,
        };
    }

    public ClusterSpec Spec(FloorSpec? floor = null, PlaneLayout layout = PlaneLayout.NicSplit) =>
        new()
        {
            Name = "test",
            Pools = _pools,
            Services = _services,
            Catalogue = Catalogue.Default,
            Floor = floor ?? new FloorSpec(),
            Backend = new BackendSpec { PlaneLayout = layout },
        };

    private static NicPorts Ports(int nics, double gbps) =>
        new()
        {
            Nics = nics,
            Rate = DataRate.FromGbps(gbps),
            Cages = nics,
            FormFactor = FormFactor.Osfp,
            LanesPerNic = 4,
            MaxPlanes = 4,
        };

    private static void SetIndex(DeviceGroup group, int index) => group.Index = index;

    private static void SetIndex(LinkClass links, int index) => links.Index = index;
}
