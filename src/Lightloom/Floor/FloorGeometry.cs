using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>
/// The measures of the floor with every default filled in: what the file says, else the catalogue's fact. Lengths in whole millimetres.
/// </summary>
internal sealed class FloorGeometry
{
    public FloorGeometry(ClusterSpec spec)
    {
        FloorSpec floor = spec.Floor;
        Catalogue facts = spec.Catalogue;
        RackUnits = floor.Rack.Units ?? (int)Fact(facts, "rack-units");
        ReservedUnits = Math.Min(floor.Rack.ReservedUnits ?? (int)Fact(facts, "rack-reserved-units"), RackUnits);
        Pitch = Millimetres(floor.Rack.Width) ?? Metres(facts, "rack-width-m");
        RackDepth = Millimetres(floor.Rack.Depth) ?? Metres(facts, "rack-depth-m");
        PowerGiven = floor.Rack.PowerLimit is not null;
        PowerLimit = floor.Rack.PowerLimit ?? Power.FromKilowatts(Fact(facts, "rack-power-kw"));
        WeightGiven = floor.Rack.WeightLimit is not null;
        WeightLimit = floor.Rack.WeightLimit ?? Mass.FromKilograms(Fact(facts, "rack-weight-limit-kg"));
        EmptyRack = Mass.FromKilograms(Fact(facts, "rack-empty-weight-kg"));
        MaxNodes = floor.Rack.MaxNodes ?? int.MaxValue;
        ColdAisle = Millimetres(floor.Aisles.Cold) ?? Metres(facts, "cold-aisle-m");
        HotAisle = Millimetres(floor.Aisles.Hot) ?? Metres(facts, "hot-aisle-m");
        Margin = Metres(facts, "aisle-circulation-min-m");
        TrayHeight = Millimetres(floor.Trays.Height) ?? Metres(facts, "tray-height-m");
        TrayWidth = Millimetres(floor.Trays.Width) ?? Metres(facts, "tray-width-m");
        TrayDepth = Millimetres(floor.Trays.Depth) ?? Metres(facts, "tray-depth-m");
        MaxFill = floor.Trays.MaxFill ?? Fact(facts, "tray-fill-limit");
        PlannedFill = Math.Min(MaxFill, Fact(facts, "tray-fill-plan"));
        MaxKilogramsPerMetre = floor.Trays.MaxKgPerMetre ?? Fact(facts, "tray-weight-limit-kg-per-m");
        CrossEvery = floor.Trays.CrossEveryRacks ?? (int)Fact(facts, "tray-cross-every-racks");
        SlackPerMillion = (long)Math.Round((floor.SlackFraction ?? Fact(facts, "slack-fraction")) * 1e6);
        ServiceLoop = Millimetres(floor.ServiceLoop) ?? Metres(facts, "slack-per-end-m");
        PanelsBetweenRows = floor.PanelsBetweenRows ?? (int)Fact(facts, "panels-between-rows");
        PanelsBetweenHalls = floor.PanelsBetweenHalls ?? (int)Fact(facts, "panels-between-halls");
        PanelsBetweenBuildings = floor.PanelsBetweenBuildings ?? (int)Fact(facts, "panels-between-buildings");
        PanelsAtRacks = floor.PanelsAtRacks;
        RacksPerRow = floor.RacksPerRow ?? (int)Fact(facts, "racks-per-row-max");
        RacksPerRowGiven = floor.RacksPerRow is not null;
        Rows = floor.Rows;
        MaxRows = (int)Fact(facts, "rows-per-hall-max");
        FirstUnitHeight = Metres(facts, "rack-base-height-m");
        FaceplateWidth = Math.Min(Metres(facts, "faceplate-width-m"), Pitch);
        UnitHeight = (int)Math.Round(Fact(facts, "rack-unit-height-m") * 100_000);
        HallGap = Metres(facts, "hall-spacing-m");
        BuildingGap = Metres(facts, "building-spacing-m");
        SiteGap = Metres(facts, "site-spacing-m");
        BundleCables = (int)Fact(facts, "bundle-cables-max");
        DuctDrop = TrayHeight + Metres(facts, "duct-depth-m");
        NodeUnits = (int)Fact(facts, "assumed-node-rack-units");
        ServiceNodeUnits = (int)Fact(facts, "assumed-service-node-rack-units");
        XpuPower = Power.FromKilowatts(Fact(facts, "assumed-xpu-power-kw"));
        ServiceNodePower = Power.FromKilowatts(Fact(facts, "assumed-service-node-power-kw"));
        CagesPerUnit = (int)Fact(facts, "assumed-switch-cages-per-unit");
        CagePower = Power.FromWatts(Fact(facts, "assumed-switch-power-per-cage-w"));
    }

    public int RackUnits { get; }

    public int ReservedUnits { get; }

    /// <summary>Pitch of rack positions: a rack's width.</summary>
    public int Pitch { get; }

    public int RackDepth { get; }

    public bool PowerGiven { get; }

    public Power PowerLimit { get; }

    public bool WeightGiven { get; }

    /// <summary>What a rack may weigh with all that stands in it.</summary>
    public Mass WeightLimit { get; }

    /// <summary>What a rack weighs before anything stands in it.</summary>
    public Mass EmptyRack { get; }

    public int MaxNodes { get; }

    public int ColdAisle { get; }

    public int HotAisle { get; }

    /// <summary>Free way along the ends of the rows.</summary>
    public int Margin { get; }

    public int TrayHeight { get; }

    public int TrayWidth { get; }

    public int TrayDepth { get; }

    public double MaxFill { get; }

    /// <summary>The fill above which little room is left to grow.</summary>
    public double PlannedFill { get; }

    public double MaxKilogramsPerMetre { get; }

    public int CrossEvery { get; }

    public long SlackPerMillion { get; }

    public int ServiceLoop { get; }

    public int PanelsBetweenRows { get; }

    public int PanelsBetweenHalls { get; }

    public int PanelsBetweenBuildings { get; }

    /// <summary>Which links end in panels in their racks.</summary>
    public RackPanels PanelsAtRacks { get; }

    public int RacksPerRow { get; }

    public bool RacksPerRowGiven { get; }

    public int? Rows { get; }

    public int MaxRows { get; }

    /// <summary>Height of the lowest edge of unit 1 above the floor.</summary>
    public int FirstUnitHeight { get; }

    public int FaceplateWidth { get; }

    /// <summary>Height of a rack unit in hundredths of a millimetre.</summary>
    public int UnitHeight { get; }

    public int HallGap { get; }

    public int BuildingGap { get; }

    public int SiteGap { get; }

    public int BundleCables { get; }

    /// <summary>From the tray down into the campus duct.</summary>
    public int DuctDrop { get; }

    public int NodeUnits { get; }

    public int ServiceNodeUnits { get; }

    public Power XpuPower { get; }

    public Power ServiceNodePower { get; }

    public int CagesPerUnit { get; }

    public Power CagePower { get; }

    /// <summary>Units of a rack that devices may fill.</summary>
    public int UsableUnits => Math.Max(1, RackUnits - ReservedUnits);

    /// <summary>What may stand in a rack, where the heaviest of it weighs <paramref name="atLeast"/>.</summary>
    public Mass LoadLimit(Mass atLeast) => WeightLimit > EmptyRack + atLeast ? WeightLimit - EmptyRack : atLeast;

    /// <summary>Height of the lower edge of <paramref name="unit"/> (from 1) above the floor.</summary>
    public int HeightOfUnit(int unit) => FirstUnitHeight + ((unit - 1) * UnitHeight / 100);

    /// <summary>y coordinates of the trays of a hall's rows. Ports face the hot aisle and the tray runs above them, so that rows come in
    /// pairs:
    /// two depths and a cold aisle apart, then a hot aisle.</summary>
    public int[] RowY(int rows)
    {
        var y = new int[rows];
        int at = Math.Max(Margin, HotAisle);
        for (int row = 0; row < rows; row++)
        {
            y[row] = at;
            at += row % 2 == 0 ? (2 * RackDepth) + ColdAisle : HotAisle;
        }

        return y;
    }

    /// <summary>Depth of a hall with that many rows, walls' free ways included.</summary>
    public int HallDepth(int rows)
    {
        int last = RowY(rows)[^1];
        return rows % 2 == 0 ? last + Math.Max(Margin, HotAisle) : last + RackDepth + Math.Max(Margin, ColdAisle);
    }

    /// <summary>Width of a hall with that many rack positions in a row.</summary>
    public int HallWidth(int racksPerRow) => (2 * Margin) + (racksPerRow * Pitch);

    /// <summary>Boundaries between rack positions (0: before the first) above which a crossing tray runs, ascending.</summary>
    public int[] Crossings(int racksPerRow, int? every = null)
    {
        int step = Math.Min(every ?? CrossEvery, CrossEvery);
        var boundaries = new List<int>();
        for (int k = 0; k < racksPerRow; k += step)
        {
            boundaries.Add(k);
        }

        boundaries.Add(racksPerRow);
        return [.. boundaries];
    }

    private static int? Millimetres(Length? length) => length is { } l ? (int)l.Millimetres : null;

    private static int Metres(Catalogue facts, string key) => (int)Math.Round(Fact(facts, key) * 1000);

    private static double Fact(Catalogue facts, string key) => facts.Fact(key).Value;
}
