using Lightloom.Units;

namespace Lightloom.Spec;

/// <summary>A building of halls.</summary>
public sealed record BuildingSpec
{
    /// <summary>Name, unique in the file.</summary>
    [Key("name", "Name of the building.", Required = true, Example = "building-1")]
    public string Name { get; init; } = "";

    /// <summary>Place on the site, eastwards.</summary>
    [Key("x_m", "Place on the site, eastwards.", Minimum = -1_000_000, Maximum = 1_000_000, Example = "0")]
    public Length? X { get; init; }

    /// <summary>Place on the site, northwards.</summary>
    [Key("y_m", "Place on the site, northwards.", Minimum = -1_000_000, Maximum = 1_000_000, Example = "0")]
    public Length? Y { get; init; }

    /// <summary>Planes of the layout pods, from 0, that stand in this building; empty for no preference.</summary>
    [Key("planes", "Planes of the layout pods (from 0) that stand here.", Example = "[0, 1]")]
    public IReadOnlyList<int> Planes { get; init; } = [];

    /// <summary>Halls; empty for as many default halls as are needed.</summary>
    [Key("halls", "Halls; as many default halls as are needed when absent.")]
    public IReadOnlyList<HallSpec> Halls { get; init; } = [];
}
