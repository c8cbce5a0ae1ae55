using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>A rack while the floor is being planned: what it holds, and later where it stands.</summary>
internal sealed class RackDraft(RackUse use, int usableUnits, long powerLimit, Mass loadLimit, int span)
{
    private readonly List<int> _spaces = [];

    public RackUse Use { get; } = use;

    public int UsableUnits { get; } = usableUnits;

    /// <summary>Milliwatts; 0 for no limit of its own.</summary>
    public long PowerLimit { get; } = powerLimit;

    /// <summary>What may stand in it; zero for no limit of its own.</summary>
    public Mass LoadLimit { get; } = loadLimit;

    public int Span { get; } = span;

    /// <summary>True for racks of spines and above, where leaves and spines are kept apart.</summary>
    public bool IsUpper { get; init; }

    /// <summary>The network whose switches alone stand in it; null where those of several may.</summary>
    public FabricRole? OfNetwork { get; init; }

    /// <summary>True when it stands on a position that the file gives to racks of its kind.</summary>
    public bool IsFixed { get; set; }

    /// <summary>True for a rack of a node that fills several.</summary>
    public bool IsPartOfSeveral { get; init; }

    /// <summary>Devices with their lowest unit, in the order in which they were put in.</summary>
    public List<(int Device, int Unit)> Devices { get; } = [];

    public int UsedUnits { get; private set; }

    public long UsedPower { get; set; }

    /// <summary>The weight of those of its devices of which it is known.</summary>
    public Mass Load { get; private set; }

    /// <summary>Units filled from below; the rest is filled from above.</summary>
    private int FromBelow { get; set; }

    /// <summary>The row group that it is laid out with.</summary>
    public RowGroup? RowGroup { get; set; }

    public HallState? Hall { get; set; }

    /// <summary>Row, from 0.</summary>
    public int Row { get; set; }

    /// <summary>First position, from 0.</summary>
    public int Position { get; set; }

    public bool Fits(in DeviceSize size) =>
        UsedUnits + size.Units <= UsableUnits
        && (PowerLimit == 0 || UsedPower + size.Power.Milliwatts <= PowerLimit)
        && (LoadLimit == Mass.Zero || size.Weight is not { } weight || Load + weight <= LoadLimit);

    /// <summary>Nodes stand from the bottom up, for their weight.</summary>
    public void AddFromBelow(int device, in DeviceSize size)
    {
        Devices.Add((device, FromBelow + 1));
        FromBelow += size.Units;
        UsedUnits += size.Units;
        UsedPower += size.Power.Milliwatts;
        Load += size.Weight ?? Mass.Zero;
    }

    /// <summary>Switches hang from the top down, near the tray.</summary>
    public void AddFromAbove(int device, in DeviceSize size)
    {
        int above = UsedUnits - FromBelow;
        Devices.Add((device, Math.Max(1, UsableUnits - above - size.Units + 1)));
        UsedUnits += size.Units;
        UsedPower += size.Power.Milliwatts;
        Load += size.Weight ?? Mass.Zero;
    }

    /// <summary>A rack-scale system, or the next rack of one.</summary>
    public void FillWhole(int? device, long power)
    {
        if (device is { } d)
        {
            Devices.Add((d, 1));
        }

        UsedUnits = UsableUnits;
        UsedPower = power;
    }

    /// <summary>A rack of a rack-scale node whose trays are known.</summary>
    /// <param name="device">The node, in its first rack; null in the others.</param>
    /// <param name="power">What the rack draws, in milliwatts.</param>
    /// <param name="units">Units that trays fill.</param>
    /// <param name="spaces">Units that are left to management switches, from the bottom up.</param>
    public void FillWithTrays(int? device, long power, int units, IReadOnlyList<int> spaces)
    {
        FillWhole(device, power);
        UsedUnits = units;
        _spaces.AddRange(spaces);
    }

    /// <summary>True when a switch of that many units fits into what is left to management switches.</summary>
    public bool HasSpace(int units) => SpaceFor(units) >= 0;

    /// <summary>Puts a management switch into the highest units that are left to them.</summary>
    public void AddInSpace(int device, in DeviceSize size)
    {
        int at = SpaceFor(size.Units);
        Devices.Add((device, _spaces[at]));
        _spaces.RemoveRange(at, size.Units);
        UsedUnits += size.Units;
        UsedPower += size.Power.Milliwatts;
        Load += size.Weight ?? Mass.Zero;
    }

    // The place in the list of the lowest of the highest units in a row that are enough.
    private int SpaceFor(int units)
    {
        for (int at = _spaces.Count - units; at >= 0; at--)
        {
            if (_spaces[at + units - 1] == _spaces[at] + units - 1)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>True when the rack may stand in a position of that use.</summary>
    public bool MayStandOn(SlotUse slot) =>
        slot switch
        {
            SlotUse.Free => true,
            SlotUse.Network => Use == RackUse.Network,
            SlotUse.Leaf => Use == RackUse.Network && !IsUpper,
            SlotUse.Spine => Use == RackUse.Network && IsUpper,
            SlotUse.Nodes => Use is RackUse.Nodes or RackUse.RackScale,
            SlotUse.Services => Use == RackUse.Services,
            _ => false,
        };
}
