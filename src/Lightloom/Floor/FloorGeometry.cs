using Lightloom.Catalog;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>The measures of the floor with every default filled in: what the file says, else the catalogue's fact. Lengths in whole millimetres.</summary>
internal sealed class FloorGeometry
{
    public FloorGeometry(ClusterSpec spec)
    {
        FloorSpec floor = spec.Floor;
        Catalogue facts = spec.Catalogue;
        RackUnits = floor.Rack.Units ?? (int)Fact(facts, "rack-units", 52);
        ReservedUnits = Math.Min(floor.Rack.ReservedUnits ?? (int)Fact(facts, "rack-reserved-units", 2), RackUnits);
        Pitch = Millimetres(floor.Rack.Width) ?? Metres(facts, "rack-width-m", 0.7);
        RackDepth = Millimetres(floor.Rack.Depth) ?? Metres(facts, "rack-depth-m", 1.2);
        PowerGiven = floor.Rack.PowerLimit is not null;
        PowerLimit = floor.Rack.PowerLimit ?? Power.FromKilowatts(Fact(facts, "rack-power-kw", 60));
        MaxNodes = floor.Rack.MaxNodes ?? int.MaxValue;
        ColdAisle = Millimetres(floor.Aisles.Cold) ?? Metres(facts, "cold-aisle-m", 1.2);
        HotAisle = Millimetres(floor.Aisles.Hot) ?? Metres(facts, "hot-aisle-m", 1.2);
        Margin = Metres(facts, "aisle-circulation-min-m", 1.2);
        TrayHeight = Millimetres(floor.Trays.Height) ?? Metres(facts, "tray-height-m", 2.75);
        TrayWidth = Millimetres(floor.Trays.Width) ?? Metres(facts, "tray-width-m", 0.6);
        TrayDepth = Millimetres(floor.Trays.Depth) ?? Metres(facts, "tray-depth-m", 0.1);
        MaxFill = floor.Trays.MaxFill ?? Fact(facts, "tray-fill-limit", 0.5);
        MaxKilogramsPerMetre = floor.Trays.MaxKgPerMetre ?? Fact(facts, "tray-weight-limit-kg-per-m", 74.4);
        CrossEvery = floor.Trays.CrossEveryRacks ?? (int)Fact(facts, "tray-cross-every-racks", 10);
        SlackPerMillion = (long)Math.Round((floor.SlackFraction ?? Fact(facts, "slack-fraction", 0.05)) * 1e6);
        ServiceLoop = Millimetres(floor.ServiceLoop) ?? Metres(facts, "slack-per-end-m", 0.3);
        PanelsBetweenRows = floor.PanelsBetweenRows ?? (int)Fact(facts, "panels-between-rows", 0);
        PanelsBetweenHalls = floor.PanelsBetweenHalls ?? (int)Fact(facts, "panels-between-halls", 2);
        PanelsBetweenBuildings = floor.PanelsBetweenBuildings ?? (int)Fact(facts, "panels-between-buildings", 2);
        RacksPerRow = floor.RacksPerRow ?? (int)Fact(facts, "racks-per-row-max", 20);
        RacksPerRowGiven = floor.RacksPerRow is not null;
        Rows = floor.Rows;
        MaxRows = (int)Fact(facts, "rows-per-hall-max", 20);
        FirstUnitHeight = Metres(facts, "rack-base-height-m", 0.1);
        FaceplateWidth = Metres(facts, "faceplate-width-m", 0.45);
        UnitHeight = (int)Math.Round(Fact(facts, "rack-unit-height-m", 0.04445) * 100_000);
        HallGap = Metres(facts, "hall-spacing-m", 10);
        BuildingGap = Metres(facts, "building-spacing-m", 300);
        SiteGap = Metres(facts, "site-spacing-m", 5000);
        BundleCables = (int)Fact(facts, "bundle-cables-max", 24);
        string[] classes = ["passive-dac", "active-dac", "aoc-or-sr8", "dr8", "2xdr4-or-2fr4", "lr8"];
        double[] reach = [3, 7, 50, 500, 2000, 10000];
        double[] price = [200, 500, 1200, 2200, 3600, 7000];
        ClassReach = [.. reach.Select(metres => (long)(metres * 1000))];
        ClassPrice = [.. classes.Select((name, i) => Fact(facts, $"placement-price-{name}-usd", price[i]))];
        MetrePrice = Fact(facts, "placement-price-metre-usd", 2);
        DuctDrop = TrayHeight + Metres(facts, "duct-depth-m", 1);
        NodeUnits = (int)Fact(facts, "assumed-node-rack-units", 8);
        ServiceNodeUnits = (int)Fact(facts, "assumed-service-node-rack-units", 2);
        XpuPower = Power.FromKilowatts(Fact(facts, "assumed-xpu-power-kw", 1.8));
        ServiceNodePower = Power.FromKilowatts(Fact(facts, "assumed-service-node-power-kw", 1));
        CagesPerUnit = (int)Fact(facts, "assumed-switch-cages-per-unit", 32);
        CagePower = Power.FromWatts(Fact(facts, "assumed-switch-power-per-cage-w", 34));
    }

    public int RackUnits { get; }

    public int ReservedUnits { get; }

    /// <summary>Pitch of rack positions: a rack's width.</summary>
    public int Pitch { get; }

    public int RackDepth { get; }

    public bool PowerGiven { get; }

    public Power PowerLimit { get; }

    public int MaxNodes { get; }

    public int ColdAisle { get; }

    public int HotAisle { get; }

    /// <summary>Free way along the ends of the rows.</summary>
    public int Margin { get; }

    public int TrayHeight { get; }

    public int TrayWidth { get; }

    public int TrayDepth { get; }

    public double MaxFill { get; }

    public double MaxKilogramsPerMetre { get; }

    public int CrossEvery { get; }

    public long SlackPerMillion { get; }

    public int ServiceLoop { get; }

    public int PanelsBetweenRows { get; }

    public int PanelsBetweenHalls { get; }

    public int PanelsBetweenBuildings { get; }

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

    /// <summary>Longest link of each interconnect class of the article in millimetres, ascending.</summary>
    public long[] ClassReach { get; }

    /// <summary>What a cable of each class costs for the purpose of placement, US dollars.</summary>
    public double[] ClassPrice { get; }

    /// <summary>What a metre of cable costs for the purpose of placement, US dollars.</summary>
    public double MetrePrice { get; }

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
    public int UsableUnits => RackUnits - ReservedUnits;

    /// <summary>Height of the lower edge of <paramref name="unit"/> (from 1) above the floor.</summary>
    public int HeightOfUnit(int unit) => FirstUnitHeight + ((unit - 1) * UnitHeight / 100);

    /// <summary>y coordinates of the trays of a hall's rows. Ports face the hot aisle and the tray runs above them, so that rows come in pairs:
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
    public int[] Crossings(int racksPerRow)
    {
        var boundaries = new List<int>();
        for (int k = 0; k < racksPerRow; k += CrossEvery)
        {
            boundaries.Add(k);
        }

        boundaries.Add(racksPerRow);
        return [.. boundaries];
    }

    private static int? Millimetres(Length? length) => length is { } l ? (int)l.Millimetres : null;

    private static int Metres(Catalogue facts, string key, double fallback) => (int)Math.Round(Fact(facts, key, fallback) * 1000);

    private static double Fact(Catalogue facts, string key, double fallback) => facts.Facts.TryGetValue(key, out Fact? fact) ? fact.Value : fallback;
}
