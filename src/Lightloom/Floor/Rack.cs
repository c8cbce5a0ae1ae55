using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>A rack that the design fills, and where it stands.</summary>
public sealed class Rack
{
    /// <summary>Position in <see cref="Placement.Racks"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Index of the hall in <see cref="Placement.Halls"/>.</summary>
    public required int Hall { get; init; }

    /// <summary>Row in the hall, from 1.</summary>
    public required int Row { get; init; }

    /// <summary>Position in the row, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>Positions it covers: more than 1 for a rack-scale system wider than an ordinary rack.</summary>
    public int Span { get; init; } = 1;

    /// <summary>What it holds.</summary>
    public required RackUse Use { get; init; }

    /// <summary>Usable units.</summary>
    public required int Units { get; init; }

    /// <summary>Units filled.</summary>
    public int UsedUnits { get; init; }

    /// <summary>Power limit; zero for a rack-scale system that brings its own feed.</summary>
    public required Power PowerLimit { get; init; }

    /// <summary>Power of what it holds (maximum figures), without optics.</summary>
    public Power UsedPower { get; init; }

    /// <summary>Devices from bottom to top.</summary>
    public IReadOnlyList<int> Devices { get; init; } = [];

    /// <summary>Name on the floor, for example <c>A03-12</c> (row, position).</summary>
    public required string Name { get; init; }

    /// <summary>The same rack under another name.</summary>
    public Rack Called(string name) =>
        new()
        {
            Index = Index,
            Hall = Hall,
            Row = Row,
            Position = Position,
            Span = Span,
            Use = Use,
            Units = Units,
            UsedUnits = UsedUnits,
            PowerLimit = PowerLimit,
            UsedPower = UsedPower,
            Devices = Devices,
            Name = name,
        };
}
