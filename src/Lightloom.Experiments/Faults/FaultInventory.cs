using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Simulation.Model;
using Lightloom.Topology;

namespace Lightloom.Experiments.Faults;

/// <summary>Everything in one fabric of a design that can break, by kind, with the links that each thing takes along.</summary>
/// <remarks>
/// A module is one a cage in use, at either end, unless the cable is one piece with its ends or the cage is a socket of co-packaged optics.
/// A plane is listed only where there are several. Immutable once built; safe to share between threads.
/// </remarks>
public sealed class FaultInventory
{
    private readonly SortedDictionary<FaultKind, List<FaultComponent>> _byKind = [];
    private readonly Dictionary<int, (int Device, int Cage)> _cageOfModule = [];
    private readonly ClusterDesign _design;

    /// <summary>The network.</summary>
    public DesignedNetwork Designed { get; }

    /// <summary>The kinds of which there is at least one, in the order of the classes, then from the hosts up.</summary>
    public IReadOnlyList<FaultKind> Kinds { get; }

    /// <summary>By link of the simulated network: its plane in the design, from 0.</summary>
    public IReadOnlyList<int> PlaneOfLink { get; }

    /// <summary>Takes stock.</summary>
    public FaultInventory(ClusterDesign design, DesignedNetwork designed)
    {
        _design = design;
        Designed = designed;
        var planeOfLink = new int[designed.Network.Links.Count];
        Stock stock = new(new List<int>[designed.Network.Switches.Count]);
        foreach (
            LinkClass c in designed
                .Fabric.LinkClasses.Where(c => c.To != Tier.External)
                .OrderBy(c => c.From)
                .ThenBy(c => c.Plane)
                .ThenBy(c => c.Index)
        )
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                int link = designed.LinkOf(c.Index, i);
                planeOfLink[link] = c.Plane;
                Add(stock.Planes, c.Plane, link);
                if (c.From == Tier.Host)
                {
                    Add(new(new(FaultClass.NicPort), link, "nic", [link]));
                }

                Take(stock, c, i, link);
            }
        }

        AddCables(stock);
        AddModules(stock);
        AddSwitches(stock);
        if (stock.Planes.Count > 1)
        {
            foreach ((int plane, List<int> links) in stock.Planes)
            {
                Add(new(new(FaultClass.Plane), plane, "plane", links));
            }
        }

        PlaneOfLink = planeOfLink;
        Kinds = [.. _byKind.Keys];
    }

    // What each part takes along, while the links are gone through: switches by number, cables and planes by theirs, modules by cage.
    private sealed record Stock(List<int>[] Switches)
    {
        public SortedDictionary<int, List<int>> Cables { get; } = [];

        public SortedDictionary<int, List<int>> Planes { get; } = [];

        public Dictionary<(int Device, int Cage), (FaultKind Kind, string Part, List<int> Links)> Modules { get; } = [];

        public void Module((int, int) cage, FaultKind kind, InterconnectModel model, int link)
        {
            if (!Modules.TryGetValue(cage, out (FaultKind Kind, string Part, List<int> Links) module))
            {
                Modules[cage] = module = (kind, FailureClass.NameOf(model), []);
            }

            module.Links.Add(link);
        }
    }

    private void Take(Stock stock, LinkClass c, int index, int link)
    {
        LinkDescription simulated = Designed.Network.Links[link];
        foreach (NodeId end in (ReadOnlySpan<NodeId>)[simulated.A, simulated.Z])
        {
            if (!end.IsHost)
            {
                (stock.Switches[end.Index] ??= []).Add(link);
            }
        }

        int cable = _design.Cables.CableOfLink[c.Index][index];
        if (cable < 0 || _design.Cables.Cables[cable].Product < 0)
        {
            return;
        }

        Add(stock.Cables, cable, link);
        LinkProduct product = _design.Cables.Products[_design.Cables.Cables[cable].Product];
        if (product.IsAssembly)
        {
            return;
        }

        Link designed = c.Links[index];
        if (!product.CoPackagedA)
        {
            stock.Module((designed.A, designed.ACage), new(FaultClass.Transceiver, c.From), product.A, link);
        }

        if (!product.CoPackagedZ)
        {
            stock.Module((designed.Z, designed.ZCage), new(FaultClass.Transceiver, c.From, Upper: true), product.Z, link);
        }
    }

    private void AddCables(Stock stock)
    {
        foreach ((int cable, List<int> links) in stock.Cables)
        {
            LinkProduct product = _design.Cables.Products[_design.Cables.Cables[cable].Product];
            Add(
                new(
                    new(FaultClass.Cable, Designed.OriginOf(links[0]).Class.From),
                    cable,
                    product.IsAssembly ? FailureClass.NameOf(product.A) : FailureClass.FibreCable,
                    links
                )
            );
        }
    }

    private void AddModules(Stock stock)
    {
        foreach (((int device, int cage), (FaultKind kind, string part, List<int> links)) in stock.Modules.OrderBy(m => m.Key))
        {
            _cageOfModule[_cageOfModule.Count] = (device, cage);
            Add(new(kind, _cageOfModule.Count - 1, part, links));
        }
    }

    private void AddSwitches(Stock stock)
    {
        for (int s = 0; s < stock.Switches.Length; s++)
        {
            FaultClass tier = Designed.Network.Switches[s].Tier switch
            {
                0 => FaultClass.Leaf,
                1 => FaultClass.Spine,
                _ => FaultClass.SuperSpine,
            };
            SwitchModel model = _design.Network.GroupOf(Designed.DeviceOfSwitch[s]).Switch!;
            Add(new(new(tier), s, FailureClass.NameOf(model), stock.Switches[s] ?? []));
        }
    }

    private static void Add(SortedDictionary<int, List<int>> lists, int key, int link)
    {
        if (!lists.TryGetValue(key, out List<int>? list))
        {
            lists[key] = list = [];
        }

        list.Add(link);
    }

    private void Add(FaultComponent component)
    {
        if (!_byKind.TryGetValue(component.Kind, out List<FaultComponent>? list))
        {
            _byKind[component.Kind] = list = [];
        }

        list.Add(component);
    }

    /// <summary>All components of a kind; empty when there is none.</summary>
    public IReadOnlyList<FaultComponent> Of(FaultKind kind) => _byKind.TryGetValue(kind, out List<FaultComponent>? list) ? list : [];

    /// <summary>What people call a component, for example <c>be-p0-leaf-003</c> or <c>train-001 rail 2 to be-p0-leaf-003</c>.</summary>
    public string NameOf(FaultComponent component)
    {
        switch (component.Kind.Class)
        {
            case FaultClass.Plane:
                return "plane " + component.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            case FaultClass.Leaf or FaultClass.Spine or FaultClass.SuperSpine:
                return Designed.Network.Switches[component.Id].Name;
            case FaultClass.Transceiver:
                (int device, int cage) = _cageOfModule[component.Id];
                return $"{_design.Network.NameOf(device, Designed.Fabric.Role, cage)} {_design.Network.PortName(device, Designed.Fabric.Role, cage)}";
            default:
                LinkDescription link = Designed.Network.Links[component.Links[0]];
                string more = component.Links.Count > 1 ? $" and {component.Links.Count - 1} more" : "";
                return $"{Name(link.A)} to {Name(link.Z)}{more}";
        }
    }

    private string Name(NodeId node) => node.IsHost ? Designed.NameOfHost(node.Index) : Designed.Network.Switches[node.Index].Name;
}
