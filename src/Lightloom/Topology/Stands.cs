using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>
/// What stands in racks, cables end on and tables name: every device, and in place of a rack-scale node whose trays are known each of its
/// trays.
/// </summary>
/// <remarks>Numbered from 0 in the order of the devices. Immutable; safe to share between threads.</remarks>
public sealed class Stands
{
    private readonly Network _network;
    private readonly int[]? _first;

    /// <summary>The stands of a network.</summary>
    public Stands(Network network)
    {
        _network = network;
        Count = network.DeviceCount;
        if (network.Groups.All(g => g.Trays is null))
        {
            return;
        }

        _first = new int[network.DeviceCount + 1];
        foreach (DeviceGroup group in network.Groups)
        {
            for (int device = group.First; device < group.First + group.Count; device++)
            {
                _first[device + 1] = _first[device] + (group.Trays?.All.Count ?? 1);
            }
        }

        Count = _first[^1];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The stand that holds a cage of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="fabric">The network that the cage belongs to.</param>
    /// <param name="cage">The cage, from 1.</param>
    public int Of(int device, FabricRole fabric, int cage) =>
        _first is null ? device : _first[device] + (_network.TrayOf(device, fabric, cage)?.Index ?? 0);

    /// <summary>The device of a stand, and the tray of it where it is one.</summary>
    public (int Device, Tray? Tray) At(int stand)
    {
        if (_first is null)
        {
            return (stand, null);
        }

        int device = Array.BinarySearch(_first, stand);
        device = device >= 0 ? device : ~device - 1;
        return (device, _network.GroupOf(device).Trays?.All[stand - _first[device]]);
    }
}
