using Lightloom.Units;

namespace Lightloom.Spec;

/// <summary>A hall: rows of racks under one grid of trays.</summary>
public sealed record HallSpec
{
    /// <summary>Name, unique in the file.</summary>
    [Key("name", "Name of the hall.", Required = true, Example = "hall-1")]
    public string Name { get; init; } = "";

    /// <summary>Rows.</summary>
    [Key("rows", "Rows of racks.", Minimum = 1, Maximum = 1000, Example = "20")]
    public int? Rows { get; init; }

    /// <summary>Rack positions a row.</summary>
    [Key("racks_per_row", "Rack positions in a row.", Minimum = 1, Maximum = 1000, Example = "20")]
    public int? RacksPerRow { get; init; }

    /// <summary>Place of the hall's first corner in its building, across.</summary>
    [Key("x_m", "Place of the hall's first corner in its building, across.", Minimum = -100_000, Maximum = 100_000, Example = "0")]
    public Length? X { get; init; }

    /// <summary>Place of the hall's first corner in its building, along.</summary>
    [Key("y_m", "Place of the hall's first corner in its building, along.", Minimum = -100_000, Maximum = 100_000, Example = "0")]
    public Length? Y { get; init; }

    /// <summary>Power that the hall can feed.</summary>
    [Key("power_kw", "Power that the hall can feed.", Minimum = 1, Example = "20000")]
    public Power? PowerLimit { get; init; }

    /// <summary>Positions that must stay empty.</summary>
    [Key("keep_outs", "Rack positions that must stay empty.")]
    public IReadOnlyList<KeepOutSpec> KeepOuts { get; init; } = [];

    /// <summary>Racks whose place and use the file decides.</summary>
    [Key("fixed", "Racks whose place and use the file decides.")]
    public IReadOnlyList<FixedRackSpec> Fixed { get; init; } = [];

    /// <summary>Planes of the layout pods, from 0, that stand in this hall; empty for no preference.</summary>
    [Key("planes", "Planes of the layout pods (from 0) that stand here.", Example = "[0]")]
    public IReadOnlyList<int> Planes { get; init; } = [];
}
