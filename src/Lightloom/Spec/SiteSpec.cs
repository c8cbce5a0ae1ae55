using Lightloom.Units;

namespace Lightloom.Spec;

/// <summary>A site of buildings.</summary>
public sealed record SiteSpec
{
    /// <summary>Name, unique in the file.</summary>
    [Key("name", "Name of the site.", Required = true, Example = "campus")]
    public string Name { get; init; } = "";

    /// <summary>Place in the region, eastwards.</summary>
    [Key("x_m", "Place in the region, eastwards.", Minimum = -10_000_000, Maximum = 10_000_000, Example = "0")]
    public Length? X { get; init; }

    /// <summary>Place in the region, northwards.</summary>
    [Key("y_m", "Place in the region, northwards.", Minimum = -10_000_000, Maximum = 10_000_000, Example = "0")]
    public Length? Y { get; init; }

    /// <summary>Buildings; at least one.</summary>
    [Key("buildings", "Buildings of the site.", Required = true)]
    public IReadOnlyList<BuildingSpec> Buildings { get; init; } = [];
}
