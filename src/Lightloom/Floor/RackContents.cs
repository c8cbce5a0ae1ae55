using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>What stands in each rack, unit by unit: devices, and the trays of rack-scale nodes one by one.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class RackContents
{
    private readonly Network _network;
    private readonly Placement _placement;

    // The node and its rack of it, by rack, for racks beyond a node's first.
    private readonly Dictionary<int, (int Node, int Rack)> _further = [];

    /// <summary>The contents of all racks.</summary>
    public RackContents(Network network, Placement placement)
    {
        _network = network;
        _placement = placement;
        foreach (DeviceGroup group in network.Groups.Where(g => g.Trays is not null && g.Node!.RackCount > 1))
        {
            for (int node = group.First; node < group.First + group.Count; node++)
            {
                for (int rack = 1; rack < group.Node!.RackCount; rack++)
                {
                    _further[placement.RackOfDevice[node] + rack] = (node, rack);
                }
            }
        }
    }

    /// <summary>What a rack holds, in the order of its devices.</summary>
    /// <param name="rack">Index of the rack.</param>
    public IReadOnlyList<RackItem> Of(int rack)
    {
        List<RackItem> items = [];
        if (_further.TryGetValue(rack, out (int Node, int Rack) part))
        {
            AddTrays(items, part.Node, part.Rack);
        }

        Rack one = _placement.Racks[rack];
        foreach (int device in one.Devices)
        {
            DeviceGroup group = _network.GroupOf(device);
            if (group.Trays is not null)
            {
                AddTrays(items, device, 0);
                continue;
            }

            int units = group.Node is { IsRack: true } or { Racks.Value: > 0 }
                ? one.Units
                : Math.Max(1, (group.Node?.RackUnits?.Value ?? group.Switch?.RackUnits?.Value) ?? 1);
            items.Add(new(device, null, _placement.UnitOfDevice[device], units));
        }

        return items;
    }

    /// <summary>The name of an item.</summary>
    public string NameOf(in RackItem item) =>
        item.Tray is { } tray ? _network.GroupOf(item.Device).NameOf(item.Device, tray) : _network.NameOf(item.Device);

    /// <summary>What an item is: the model of a device, <c>GB200 NVL72 tray (compute)</c> for a tray.</summary>
    public string KindOf(in RackItem item)
    {
        string model = _network.GroupOf(item.Device).Model.Name;
        return item.Tray is { } tray ? $"{model} tray ({tray.Word})" : model;
    }

    private void AddTrays(List<RackItem> items, int node, int rack)
    {
        foreach (Tray tray in _network.GroupOf(node).Trays!.All)
        {
            if (tray.Rack == rack)
            {
                items.Add(new(node, tray, tray.Unit, tray.Model.RackUnits.Value));
            }
        }
    }
}
