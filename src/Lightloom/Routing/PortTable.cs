using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Routing;

/// <summary>Where the ports of one device model sit: for every cage its distance from the left edge of the rack position (looking at the
/// ports), its height above the
/// device's lower edge, and, in a node of several racks, which of them.</summary>
internal sealed class PortTable
{
    private PortTable(int cages, int width)
    {
        FromLeft = new int[cages];
        Height = new int[cages];
        RackOffset = new int[cages];
        Width = width;
    }

    public int[] FromLeft { get; }

    public int[] Height { get; }

    public int[] RackOffset { get; }

    /// <summary>Width of the rack positions that the device's rack covers.</summary>
    public int Width { get; }

    /// <summary>Index into the arrays; a cage number beyond the faceplate counts as its last.</summary>
    public int IndexOf(int cage) => Math.Clamp(cage - 1, 0, FromLeft.Length - 1);

    /// <summary>The ports of <paramref name="group"/>'s devices on <paramref name="fabric"/>.</summary>
    public static PortTable Of(FloorGeometry geometry, DeviceGroup group, FabricRole fabric)
    {
        DeviceSize size = DeviceSize.Of(geometry, group.Model);
        int unit = geometry.UnitHeight;
        if (group.Node is { } node)
        {
            return size.IsRack
                ? node.TrayList is { } trays
                    ? OfTrays(geometry, node, trays, fabric, size, Math.Max(1, DeviceSize.CagesOf(node, fabric)))
                    : RackScale(geometry, node, size, Math.Max(1, DeviceSize.CagesOf(node, fabric)))
                : Spread(geometry, Math.Max(1, DeviceSize.CagesOf(node, fabric)), size.Units * unit / 200);
        }

        SwitchModel model = group.Switch!;
        int highest = model.Cages.Count == 0 ? 0 : model.Cages.Max(block => block.FirstNumber + block.Count.Value - 1);
        return fabric == group.Fabric && highest > 0
            ? Faceplate(geometry, highest, size.Units)
            : Spread(geometry, 1, size.Units * unit / 200);
    }

    /// <summary>
    /// Cages of a switch stand in two rows a rack unit and are numbered from the top down, column by column from the left.
    /// </summary>
    private static PortTable Faceplate(FloorGeometry geometry, int cages, int units)
    {
        var table = new PortTable(cages, geometry.Pitch);
        int rows = Math.Min(2 * units, cages);
        int columns = (cages + rows - 1) / rows;
        int edge = (geometry.Pitch - geometry.FaceplateWidth) / 2;
        for (int cage = 0; cage < cages; cage++)
        {
            int column = cage / rows;
            int row = cage % rows;
            table.FromLeft[cage] = edge + (((2 * column) + 1) * geometry.FaceplateWidth / (2 * columns));
            table.Height[cage] = (int)((long)units * geometry.UnitHeight * ((2 * (rows - row)) - 1) / (200L * rows));
        }

        return table;
    }

    /// <summary>The ports of a server lie side by side at one height.</summary>
    private static PortTable Spread(FloorGeometry geometry, int cages, int height)
    {
        var table = new PortTable(cages, geometry.Pitch);
        int edge = (geometry.Pitch - geometry.FaceplateWidth) / 2;
        for (int cage = 0; cage < cages; cage++)
        {
            table.FromLeft[cage] = edge + (((2 * cage) + 1) * geometry.FaceplateWidth / (2 * cages));
            table.Height[cage] = height;
        }

        return table;
    }

    /// <summary>
    /// The cages of a rack-scale node are divided evenly over its racks, and in each rack from bottom to top: its compute trays lie one
    /// above another.
    /// </summary>
    private static PortTable RackScale(FloorGeometry geometry, NodeModel node, DeviceSize size, int cages)
    {
        int racks = Math.Max(1, node.RackCount);
        var table = new PortTable(cages, size.Span * geometry.Pitch);
        int height = geometry.RackUnits * geometry.UnitHeight / 100;
        for (int cage = 0; cage < cages; cage++)
        {
            int rack = (int)((long)cage * racks / cages);
            int first = (int)((((long)rack * cages) + racks - 1) / racks);
            int next = (int)((((long)(rack + 1) * cages) + racks - 1) / racks);
            table.RackOffset[cage] = rack;
            table.FromLeft[cage] = table.Width / 2;
            table.Height[cage] = (int)((long)height * ((2 * (cage - first)) + 1) / (2L * Math.Max(1, next - first)));
        }

        return table;
    }

    /// <summary>The cages of trays are side by side in the middle of each tray's height.</summary>
    private static PortTable OfTrays(FloorGeometry geometry, NodeModel node, NodeTrays trays, FabricRole fabric, DeviceSize size, int cages)
    {
        var table = new PortTable(cages, size.Span * geometry.Pitch);
        int[] inTray = new int[trays.All.Count];
        for (int cage = 0; cage < cages; cage++)
        {
            inTray[trays.Of(node, fabric.Name, cage + 1).Index]++;
        }

        int edge = (table.Width - geometry.FaceplateWidth) / 2;
        for (int cage = 0; cage < cages; cage++)
        {
            Tray tray = trays.Of(node, fabric.Name, cage + 1);
            int place = trays.NumberIn(node, fabric.Name, cage + 1);
            table.RackOffset[cage] = tray.Rack;
            table.FromLeft[cage] = edge + (int)((long)geometry.FaceplateWidth * ((2 * place) - 1) / (2L * inTray[tray.Index]));
            table.Height[cage] = ((2 * (tray.Unit - 1)) + tray.Model.RackUnits.Value) * geometry.UnitHeight / 200;
        }

        return table;
    }
}
