using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Design;
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
        var cables = new SortedDictionary<int, List<int>>();
        var modules = new Dictionary<(int Device, int Cage), (FaultKind Kind, string Part, List<int> Links)>();
        var switches = new List<int>[designed.Network.Switches.Count];
        var planes = new SortedDictionary<int, List<int>>();
        foreach (LinkClass c in designed.Fabric.LinkClasses.OrderBy(c => c.From).ThenBy(c => c.Plane).ThenBy(c => c.Index))
        {
            ImmutableArray<int> cableOfLink = design.Cables.CableOfLink[c.Index];
            for (int i = 0; i < c.Links.Length; i++)
            {
                int link = designed.LinkOf(c.Index, i);
                planeOfLink[link] = c.Plane;
                Add(planes, c.Plane, link);
                if (c.From == Tier.Host)
                {
                    Add(new(new(FaultClass.NicPort), link, "nic", [link]));
                }

                LinkDescription simulated = designed.Network.Links[link];
                foreach (NodeId end in (ReadOnlySpan<NodeId>)[simulated.A, simulated.Z])
                {
                    if (!end.IsHost)
                    {
                        (switches[end.Index] ??= []).Add(link);
                    }
                }

                int cable = cableOfLink[i];
                if (cable < 0 || design.Cables.Cables[cable].Product < 0)
                {
                    continue;
                }

                Add(cables, cable, link);
                LinkProduct product = design.Cables.Products[design.Cables.Cables[cable].Product];
                if (!product.IsAssembly)
                {
                    if (!product.CoPackagedA)
                    {
                        Module((c.Links[i].A, c.Links[i].ACage), new(FaultClass.Transceiver, c.From), product.A.Id, link);
                    }

                    if (!product.CoPackagedZ)
                    {
                        Module((c.Links[i].Z, c.Links[i].ZCage), new(FaultClass.Transceiver, c.From, Upper: true), product.Z.Id, link);
                    }
                }
            }
        }

        foreach ((int cable, List<int> links) in cables)
        {
            LinkProduct product = design.Cables.Products[design.Cables.Cables[cable].Product];
            Add(
                new(
                    new(FaultClass.Cable, designed.OriginOf(links[0]).Class.From),
                    cable,
                    product.IsAssembly ? "assembly " + product.A.Id : "fibre cable",
                    links
                )
            );
        }

        foreach (((int device, int cage), (FaultKind kind, string part, List<int> links)) in modules.OrderBy(m => m.Key))
        {
            _cageOfModule[_cageOfModule.Count] = (device, cage);
            Add(new(kind, _cageOfModule.Count - 1, part, links));
        }

        for (int s = 0; s < switches.Length; s++)
        {
            FaultClass tier = designed.Network.Switches[s].Tier switch
            {
                0 => FaultClass.Leaf,
                1 => FaultClass.Spine,
                _ => FaultClass.SuperSpine,
            };
            Add(new(new(tier), s, "switch " + design.Network.GroupOf(designed.DeviceOfSwitch[s]).Switch!.Id, switches[s] ?? []));
        }

        if (planes.Count > 1)
        {
            foreach ((int plane, List<int> links) in planes)
            {
                Add(new(new(FaultClass.Plane), plane, "plane", links));
            }
        }

        PlaneOfLink = planeOfLink;
        Kinds = [.. _byKind.Keys];

        void Module((int, int) cage, FaultKind kind, string model, int link)
        {
            if (!modules.TryGetValue(cage, out (FaultKind Kind, string Part, List<int> Links) module))
            {
                modules[cage] = module = (kind, "module " + model, []);
            }

            module.Links.Add(link);
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
                return $"{_design.Network.NameOf(device)} {_design.Network.PortName(device, Designed.Fabric.Role, cage)}";
            default:
                LinkDescription link = Designed.Network.Links[component.Links[0]];
                string more = component.Links.Count > 1 ? $" and {component.Links.Count - 1} more" : "";
                return $"{Name(link.A)} to {Name(link.Z)}{more}";
        }
    }

    private string Name(NodeId node) => node.IsHost ? Designed.NameOfHost(node.Index) : Designed.Network.Switches[node.Index].Name;
}
