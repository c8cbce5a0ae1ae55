namespace Lightloom.Verify.Reading;

/// <summary>What verify reads of design.json.</summary>
internal sealed record DesignDocument
{
    public string Name { get; init; } = "";
    public int Format { get; init; }
    public long Xpus { get; init; }
    public long Nodes { get; init; }
    public long ServiceNodes { get; init; }
    public required IReadOnlyList<FabricEntry> Fabrics { get; init; }
    public required TotalsEntry Totals { get; init; }
    public IReadOnlyList<InterconnectEntry> Interconnects { get; init; } = [];
    public TraysEntry? Trays { get; init; }
    public IReadOnlyList<HallEntry> Halls { get; init; } = [];
    public IReadOnlyList<RackEntry> Racks { get; init; } = [];
    public IReadOnlyList<DeviceRun> Devices { get; init; } = [];
    public IReadOnlyList<DiagnosticEntry> Diagnostics { get; init; } = [];
}

internal sealed record FabricEntry
{
    public string Role { get; init; } = "";
    public string Paradigm { get; init; } = "";
    public int Planes { get; init; } = 1;
    public string PlaneLayout { get; init; } = "";
    public IReadOnlyList<TierEntry> Tiers { get; init; } = [];
    public IReadOnlyList<LinksEntry> Links { get; init; } = [];
}

internal sealed record TierEntry
{
    public string Tier { get; init; } = "";
    public string Switch { get; init; } = "";
    public long Count { get; init; }
    public long FreePorts { get; init; }
}

internal sealed record LinksEntry
{
    public string From { get; init; } = "";
    public string To { get; init; } = "";
    public long LogicalLinks { get; init; }
    public double RateGbps { get; init; }
    public long Cables { get; init; }
}

internal sealed record TotalsEntry
{
    public long Switches { get; init; }
    public long LogicalLinks { get; init; }
    public long Cages { get; init; }
    public long Transceivers { get; init; }
    public long Cables { get; init; }
    public long Fibres { get; init; }
    public long? Pieces { get; init; }
    public long Racks { get; init; }
    public double CapexUsd { get; init; }
    public double? EstimateUsd { get; init; }
    public long Unpriced { get; init; }
    public double NetworkPowerKw { get; init; }
    public double CapexSparesUsd { get; init; }
    public double? SparesShare { get; init; }
    public IReadOnlyList<StockEntry>? Stock { get; init; }
}

internal sealed record StockEntry
{
    public long Spares { get; init; }

    public string Id { get; init; } = "";
    public long Count { get; init; }
    public long UsedPorts { get; init; }
    public long Used { get; init; }
}

internal sealed record InterconnectEntry
{
    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public long Count { get; init; }
    public RangeEntry LengthM { get; init; } = new();
    public string? Medium { get; init; }
    public double? ReachM { get; init; }
    public double? OrderedTotalM { get; init; }
}

internal sealed record RangeEntry
{
    public double Min { get; init; }
    public double Max { get; init; }
}

internal sealed record TraysEntry
{
    public long Bundles { get; init; }
    public double? FillLimit { get; init; }
    public double? KgPerMLimit { get; init; }
    public double? PeakFill { get; init; }
    public double? PeakKgPerM { get; init; }
    public double? LongestCableM { get; init; }
}

internal sealed record HallEntry
{
    public string Name { get; init; } = "";
    public string Building { get; init; } = "";
    public string Site { get; init; } = "";
    public int Rows { get; init; }
    public int RacksPerRow { get; init; }
    public int Racks { get; init; }
}

internal sealed record RackEntry
{
    public string Name { get; init; } = "";
    public string Hall { get; init; } = "";
    public string Use { get; init; } = "";
    public int Devices { get; init; }
    public int Units { get; init; }
    public int UsedUnits { get; init; }
    public int ReservedUnits { get; init; }
    public int PanelUnits { get; init; }
    public double PowerKw { get; init; }
    public double PowerLimitKw { get; init; }
    public double WeightLimitKg { get; init; }
}

internal sealed record DeviceRun
{
    public string Kind { get; init; } = "";
    public string Model { get; init; } = "";
    public string First { get; init; } = "";
    public string? Tray { get; init; }
    public string? Node { get; init; }
    public IReadOnlyList<string>? Names { get; init; }
    public string? Ports { get; init; }
    public int Count { get; init; }
    public string Fabric { get; init; } = "";
    public string Tier { get; init; } = "";
    public int Plane { get; init; } = -1;
    public int RackUnits { get; init; }
    public int FrontPorts { get; init; }
    public int Racks { get; init; }
    public double PowerW { get; init; }
}

internal sealed record DiagnosticEntry
{
    public string Id { get; init; } = "";
    public string Severity { get; init; } = "";
    public string Message { get; init; } = "";
}
