using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>The units of racks that panels take.</summary>
/// <remarks>
/// In an ordinary rack those that are kept for panels, above its devices, from the bottom up. A rack-scale system whose trays are known is as
/// high as it is: panels take the units that its trays and the switches among them leave, from the top down.
/// </remarks>
internal sealed class PanelUnits(Network network, Placement placement)
{
    private readonly RackContents _contents = new(network, placement);
    private readonly Dictionary<int, List<int>> _left = [];
    private readonly Dictionary<int, int> _above = [];

    /// <summary>True where trays leave panels the units that they may take.</summary>
    public bool IsOfTrays(int rack) => placement.Racks[rack].Use == RackUse.RackScale && _contents.Of(rack).Any(i => i.Tray is not null);

    /// <summary>The units that trays leave in a rack, from the top down.</summary>
    public List<int> LeftByTrays(int rack)
    {
        HashSet<int> taken = [.. _contents.Of(rack).SelectMany(i => Enumerable.Range(i.Unit, i.Units))];
        int height = placement.Racks[rack].Units;
        return [.. Enumerable.Range(1, height).Where(u => !taken.Contains(u)).OrderDescending()];
    }

    /// <summary>Takes units for a panel; the lowest of them. Beyond the rack's last unit where nothing is left.</summary>
    public int Take(int rack, int height)
    {
        if (!_left.TryGetValue(rack, out List<int>? left))
        {
            _left.Add(rack, left = IsOfTrays(rack) ? LeftByTrays(rack) : []);
            _above.Add(rack, placement.Racks[rack].Units + 1);
        }

        for (int at = 0; at + height <= left.Count; at++)
        {
            if (left[at] - left[at + height - 1] == height - 1)
            {
                int lowest = left[at + height - 1];
                left.RemoveRange(at, height);
                return lowest;
            }
        }

        int unit = _above[rack];
        _above[rack] += height;
        return unit;
    }
}
