using System.Text.Json.Serialization;

namespace Lightloom.Studio.Api;

/// <summary>Halls with their grids, in metres in the region.</summary>
internal sealed record FloorAnswer(
    IReadOnlyList<HallAnswer> Halls,
    int Racks,
    IReadOnlyList<string> Uses,
    double TrayFillLimit,
    double TrayKgPerMLimit,
    double UnitHeightM,
    LongestAnswer? Longest
);

/// <summary>The longest cable.</summary>
internal sealed record LongestAnswer(string? Cable, double LengthM, string Route, string Cause);

/// <summary>A hall.</summary>
internal sealed record HallAnswer
{
    public required string Name { get; init; }
    public required string Letter { get; init; }
    public required string Building { get; init; }
    public required string Site { get; init; }

    [JsonPropertyName("x_m")]
    public required double XM { get; init; }

    [JsonPropertyName("y_m")]
    public required double YM { get; init; }
    public required double WidthM { get; init; }
    public required double DepthM { get; init; }
    public required IReadOnlyList<RowAnswer> Rows { get; init; }
    public required int RacksPerRow { get; init; }
    public required double RackPitchM { get; init; }
    public required double RackDepthM { get; init; }

    [JsonPropertyName("first_rack_x_m")]
    public required double FirstRackXM { get; init; }

    [JsonPropertyName("crossings_x_m")]
    public required IReadOnlyList<double> CrossingsXM { get; init; }
    public double? PowerLimitW { get; init; }
    public required double PowerW { get; init; }
    public required int Racks { get; init; }
    public required bool Overflow { get; init; }
}

/// <summary>A row: where its tray and its ports are, and what its racks cover.</summary>
internal sealed record RowAnswer(
    int Row,
    [property: JsonPropertyName("tray_y_m")] double TrayYM,
    double Y0M,
    double Y1M,
    bool PortsFaceDown
);

/// <summary>A rack, unit by unit.</summary>
internal sealed record RackAnswer
{
    public required string Name { get; init; }
    public required string Hall { get; init; }
    public required int Row { get; init; }
    public required int Position { get; init; }
    public required int Span { get; init; }
    public required string Use { get; init; }
    public required int Units { get; init; }
    public required int UsedUnits { get; init; }
    public required double PowerW { get; init; }
    public required double PowerLimitW { get; init; }
    public required int Cables { get; init; }
    public required double LongestM { get; init; }
    public required IReadOnlyList<RackItemAnswer> Items { get; init; }
    public required IReadOnlyList<RackPanelAnswer> Panels { get; init; }
    public string? Previous { get; init; }
    public string? Next { get; init; }
}

/// <summary>Something in a rack. Ports of everything face the rear, which is the hot aisle.</summary>
internal sealed record RackItemAnswer(
    string Name,
    string Device,
    string Kind,
    string? Tier,
    string? Role,
    string Model,
    int Unit,
    int Units,
    double? PowerW,
    string Ports
);

/// <summary>A patch panel in a rack.</summary>
internal sealed record RackPanelAnswer(string Name, string Part, int Unit, int Units, int Ports, int UsedPorts);

/// <summary>A cable's way in metres.</summary>
internal sealed record RouteAnswer(string Id, IReadOnlyList<double[]> Points, double LengthM, string Route, IReadOnlyList<RoutePart> Parts);

/// <summary>A part of the length.</summary>
internal sealed record RoutePart(string Name, double LengthM);

/// <summary>A rack to move.</summary>
internal sealed record MoveRequest(string Rack, string? Hall, int Row, int Position, long? Revision);
