using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>A hall with its place, and the grid of rows and trays in it.</summary>
public sealed record Hall
{
    /// <summary>Position in <see cref="Placement.Halls"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the building.</summary>
    public required string Building { get; init; }

    /// <summary>Name of the site.</summary>
    public required string Site { get; init; }

    /// <summary>Rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Rack positions a row.</summary>
    public required int RacksPerRow { get; init; }

    /// <summary>Pitch of rack positions along a row.</summary>
    public required Length RackPitch { get; init; }

    /// <summary>Distance from the front of a row's racks to that of the next, by row: the y coordinate of every row's tray, from the hall's corner.</summary>
    public required IReadOnlyList<Length> RowY { get; init; }

    /// <summary>x coordinates of the crossing trays, ascending, from the hall's corner.</summary>
    public required IReadOnlyList<Length> CrossingX { get; init; }
}
