using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>
/// What a device takes of a rack: units and power, or whole racks. What the catalogue does not know is assumed, and says so.
/// </summary>
internal readonly record struct DeviceSize(int Units, Power Power, bool IsRack, int Racks, int Span, bool UnitsAssumed, bool PowerAssumed)
{
    public static DeviceSize Of(FloorGeometry geometry, CatalogueEntry model) =>
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
            return new DeviceSize(geometry.RackUnits, power, true, Math.Max(1, node.RackCount), span, false, known is null);
        }

        int units = node.RackUnits?.Value ?? (node.Xpus.Value > 0 ? geometry.NodeUnits : geometry.ServiceNodeUnits);
        return new DeviceSize(units, power, false, 0, 1, node.RackUnits is null, known is null);
    }

    private static DeviceSize Of(FloorGeometry geometry, SwitchModel box)
    {
        int cages = box.Cages.Sum(block => block.Count.Value);
        Power? known = box.PowerMaximum?.Value ?? box.PowerTypical?.Value;
        int units = box.RackUnits?.Value ?? Math.Max(1, (cages + geometry.CagesPerUnit - 1) / geometry.CagesPerUnit);
        return new DeviceSize(units, known ?? geometry.CagePower * Math.Max(1, cages), false, 0, 1, box.RackUnits is null, known is null);
    }

    /// <summary>Cages of a node on one fabric.</summary>
    public static int CagesOf(NodeModel node, FabricRole fabric) =>
        fabric switch
        {
            FabricRole.Backend => node.Backend?.Cages.Value ?? 1,
            FabricRole.Frontend => node.Frontend?.Cages.Value ?? 1,
            _ => node.ManagementPorts?.Value ?? 1,
        };
}
