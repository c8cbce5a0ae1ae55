using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>Draws halls: their grid of rows and crossings.</summary>
internal static class HallBuilder
{
    /// <summary>A, B ... Z, AA, AB ...</summary>
    public static string Letters(int index)
    {
        string text = "";
        for (int rest = index; rest >= 0; rest = (rest / 26) - 1)
        {
            text = (char)('A' + (rest % 26)) + text;
        }

        return text;
    }

    /// <summary>One hall.</summary>
    public static Hall Draw(
        FloorGeometry geometry,
        int index,
        string name,
        (string Name, int Index, long X, long Y) building,
        (string Name, int Index) site,
        long x,
        long y,
        int rows,
        int racksPerRow,
        Power? limit,
        int? crossEvery = null
    )
    {
        int[] crossings = geometry.Crossings(racksPerRow, crossEvery);
        int exit = 0;
        for (int i = 1; i < crossings.Length; i++)
        {
            if (Math.Abs((2 * crossings[i]) - racksPerRow) < Math.Abs((2 * crossings[exit]) - racksPerRow))
            {
                exit = i;
            }
        }

        return new Hall
        {
            Index = index,
            Name = name,
            Letter = Letters(index),
            Building = building.Name,
            BuildingIndex = building.Index,
            Site = site.Name,
            SiteIndex = site.Index,
            BuildingX = Length.FromMillimetres(building.X),
            BuildingY = Length.FromMillimetres(building.Y),
            X = Length.FromMillimetres(x),
            Y = Length.FromMillimetres(y),
            Width = Length.FromMillimetres(geometry.HallWidth(racksPerRow)),
            Depth = Length.FromMillimetres(geometry.HallDepth(rows)),
            Rows = rows,
            RacksPerRow = racksPerRow,
            RackPitch = Length.FromMillimetres(geometry.Pitch),
            RackDepth = Length.FromMillimetres(geometry.RackDepth),
            FirstRackX = Length.FromMillimetres(geometry.Margin),
            RowY = [.. geometry.RowY(rows).Select(v => Length.FromMillimetres(v))],
            CrossingX = [.. crossings.Select(k => Length.FromMillimetres(geometry.Margin + ((long)k * geometry.Pitch)))],
            CrossingAfter = crossings,
            ExitCrossing = exit,
            SpreadsWays = crossEvery is not null,
            PowerLimit = limit,
        };
    }
}
