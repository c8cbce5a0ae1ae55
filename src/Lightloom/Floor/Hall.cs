using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>A hall with its place, and the grid of rows and trays in it.</summary>
/// <remarks>x runs along the rows, y across them, both from the hall's first corner. Ports face the hot aisle; a row's tray runs above its
/// ports.
/// Odd rows have their ports at the smaller y, even rows at the larger, so that fronts face each other over the cold aisle.</remarks>
public sealed record Hall
{
    /// <summary>Position in <see cref="Placement.Halls"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>What rack names start with, unique in the cluster: A, B ... Z, AA ...</summary>
    public required string Letter { get; init; }

    /// <summary>Name of the building.</summary>
    public required string Building { get; init; }

    /// <summary>Number of the building over all sites, from 0.</summary>
    public required int BuildingIndex { get; init; }

    /// <summary>Name of the site.</summary>
    public required string Site { get; init; }

    /// <summary>Number of the site, from 0.</summary>
    public required int SiteIndex { get; init; }

    /// <summary>Place of the building's entrance in the region, eastwards: the site's coordinate and the building's.</summary>
    public required Length BuildingX { get; init; }

    /// <summary>Place of the building's entrance in the region, northwards.</summary>
    public required Length BuildingY { get; init; }

    /// <summary>Place of the hall's first corner in its building, from the building's entrance, across.</summary>
    public required Length X { get; init; }

    /// <summary>Place of the hall's first corner in its building, from the building's entrance, along.</summary>
    public required Length Y { get; init; }

    /// <summary>Extent along the rows, free ways included.</summary>
    public required Length Width { get; init; }

    /// <summary>Extent across the rows, free ways included.</summary>
    public required Length Depth { get; init; }

    /// <summary>Rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Rack positions a row.</summary>
    public required int RacksPerRow { get; init; }

    /// <summary>Pitch of rack positions along a row.</summary>
    public required Length RackPitch { get; init; }

    /// <summary>Depth of a rack.</summary>
    public required Length RackDepth { get; init; }

    /// <summary>x coordinate of the first rack's left edge, from the hall's corner.</summary>
    public required Length FirstRackX { get; init; }

    /// <summary>The y coordinate of every row's tray, which is that of its ports, from the hall's corner.</summary>
    public required IReadOnlyList<Length> RowY { get; init; }

    /// <summary>x coordinates of the crossing trays, ascending, from the hall's corner.</summary>
    public required IReadOnlyList<Length> CrossingX { get; init; }

    /// <summary>Rack positions before each crossing tray, ascending: 0 for the one at the first end of the rows.</summary>
    public required IReadOnlyList<int> CrossingAfter { get; init; }

    /// <summary>
    /// True where every crossing leaves the hall and ways of equal length are spread over them: in default floors of several halls.
    /// </summary>
    public bool SpreadsWays { get; init; }

    /// <summary>The crossing (an index of <see cref="CrossingX"/>) that leaves the hall through both of its long walls.</summary>
    public required int ExitCrossing { get; init; }

    /// <summary>Power that the hall can feed, or null for no limit given.</summary>
    public Power? PowerLimit { get; init; }

    /// <summary>True for a hall that holds what found no room: the design is then infeasible.</summary>
    public bool IsOverflow { get; init; }

    /// <summary>True when the ports of a row (from 1) face towards smaller y.</summary>
    public static bool PortsFaceDown(int row) => row % 2 == 1;

    /// <summary>The y coordinates that the racks of a row (from 1) cover, smaller first.</summary>
    public (Length From, Length To) RowExtent(int row) =>
        PortsFaceDown(row) ? (RowY[row - 1], RowY[row - 1] + RackDepth) : (RowY[row - 1] - RackDepth, RowY[row - 1]);

    /// <summary>The x coordinate of the left edge of a rack position (from 1).</summary>
    public Length RackX(int position) => FirstRackX + (RackPitch * (position - 1));
}
