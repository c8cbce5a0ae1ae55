using System.Collections.Immutable;
using Lightloom.Topology;

namespace Lightloom.Floor;

/// <summary>Where every device stands.</summary>
public sealed record Placement
{
    /// <summary>Halls in use.</summary>
    public required IReadOnlyList<Hall> Halls { get; init; }

    /// <summary>Racks in use, in floor order.</summary>
    public required IReadOnlyList<Rack> Racks { get; init; }

    /// <summary>Rack of every device.</summary>
    public required ImmutableArray<int> RackOfDevice { get; init; }

    /// <summary>Lowest unit that a device fills, from 1, by device; 1 for a rack-scale node.</summary>
    public required ImmutableArray<byte> UnitOfDevice { get; init; }

    /// <summary>What the placement pass gained, or null when the file turned it off or there are no cables.</summary>
    public PlacementCost? Cost { get; init; }

    /// <summary>False when something found no room; the racks concerned stand in a hall marked <see cref="Hall.IsOverflow"/>.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>
    /// The rack that a port of a device is in: the device's own, or for a node of several racks the one among them that holds the cage.
    /// </summary>
    /// <param name="network">The network that was placed.</param>
    /// <param name="device">The device.</param>
    /// <param name="fabric">The fabric that the cage belongs to.</param>
    /// <param name="cage">The cage's number, from 1.</param>
    public int RackOfPort(Network network, int device, FabricRole fabric, int cage)
    {
        int first = RackOfDevice[device];
        if (network.TrayOf(device, fabric, cage) is { } tray)
        {
            return first + tray.Rack;
        }

        if (network.GroupOf(device).Node is not { Racks.Value: > 1 } node)
        {
            return first;
        }

        int cages = Math.Max(1, DeviceSize.CagesOf(node, fabric));
        return first + (int)((long)Math.Clamp(cage - 1, 0, cages - 1) * node.RackCount / cages);
    }

    /// <summary>The lowest unit of what holds a port of a device: of the device, or of the tray of a rack-scale node.</summary>
    /// <param name="network">The network that was placed.</param>
    /// <param name="device">The device.</param>
    /// <param name="fabric">The fabric that the cage belongs to.</param>
    /// <param name="cage">The cage's number, from 1.</param>
    public int UnitOfPort(Network network, int device, FabricRole fabric, int cage) =>
        network.TrayOf(device, fabric, cage)?.Unit ?? UnitOfDevice[device];
}
