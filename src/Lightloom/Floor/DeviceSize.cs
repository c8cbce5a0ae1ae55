using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>
/// What a device takes of a rack: units and power, or whole racks. What the catalogue does not know is assumed, and says so.
/// </summary>
/// <param name="Units">Rack units; those of a whole rack where <paramref name="IsRack"/>.</param>
/// <param name="Power">Power that its rack must feed.</param>
/// <param name="IsRack">True when it fills whole racks.</param>
/// <param name="Racks">Racks that it fills; 0 for a device in a rack.</param>
/// <param name="Span">Rack positions that one of its racks covers.</param>
/// <param name="UnitsAssumed">True when the catalogue does not know its height.</param>
/// <param name="PowerAssumed">True when the catalogue does not know its power.</param>
/// <param name="Weight">What it weighs, the racks with it where <paramref name="IsRack"/>; null when the catalogue does not know it.</param>
public readonly record struct DeviceSize(
    int Units,
    Power Power,
    bool IsRack,
    int Racks,
    int Span,
    bool UnitsAssumed,
    bool PowerAssumed,
    Mass? Weight
)
{
    /// <summary>The size of a model.</summary>
    /// <param name="spec">The cluster, whose floor says what stands in for a figure that the catalogue does not have.</param>
    /// <param name="model">A node or a switch.</param>
    /// <exception cref="ArgumentException">The model is neither.</exception>
    public static DeviceSize Of(ClusterSpec spec, CatalogueEntry model) => Of(new FloorGeometry(spec), model);

    internal static DeviceSize Of(FloorGeometry geometry, CatalogueEntry model) =>
        model switch
        {
            NodeModel node => Of(geometry, node),
            SwitchModel box => Of(geometry, box),
            _ => throw new ArgumentException($"'{model.Id}' is neither a node nor a switch"),
        };

    private static DeviceSize Of(FloorGeometry geometry, NodeModel node)
    {
        Power? known = node.PowerMaximum?.Value ?? node.PowerTypical?.Value;
        Power power = known ?? (node.Xpus.Value > 0 ? geometry.XpuPower * node.Xpus.Value : geometry.ServiceNodePower);
        if (node.IsRack || node.RackCount > 0)
        {
            int span =
                node.Width is { } width && width.Value.Millimetres > geometry.Pitch
                    ? (int)((width.Value.Millimetres + geometry.Pitch - 1) / geometry.Pitch)
                    : 1;
            // A rack of trays has the units that its maker gave it.
            return new DeviceSize(
                node.TrayList is not null && node.RackUnits is { } own ? own.Value : geometry.RackUnits,
                power,
                true,
                Math.Max(1, node.RackCount),
                span,
                false,
                known is null,
                node.Weight?.Value
            );
        }

        int units = node.RackUnits?.Value ?? (node.Xpus.Value > 0 ? geometry.NodeUnits : geometry.ServiceNodeUnits);
        return new DeviceSize(units, power, false, 0, 1, node.RackUnits is null, known is null, node.Weight?.Value);
    }

    private static DeviceSize Of(FloorGeometry geometry, SwitchModel box)
    {
        int cages = box.Cages.Sum(block => block.Count.Value);
        Power? known = box.PowerMaximum?.Value ?? box.PowerTypical?.Value;
        int units = box.RackUnits?.Value ?? Math.Max(1, (cages + geometry.CagesPerUnit - 1) / geometry.CagesPerUnit);
        return new DeviceSize(
            units,
            known ?? geometry.CagePower * Math.Max(1, cages),
            false,
            0,
            1,
            box.RackUnits is null,
            known is null,
            box.Weight?.Value
        );
    }

    /// <summary>Cages of a node on one fabric.</summary>
    internal static int CagesOf(NodeModel node, FabricRole fabric) =>
        fabric == FabricRole.Oob ? node.ManagementPorts?.Value ?? 1 : node.PortsOf(fabric.Name)?.Cages.Value ?? 1;
}
