using Lightloom.Hardware;

namespace Lightloom.Studio.Api;

/// <summary>What the catalogue knows by id, for who writes a cluster file.</summary>
internal sealed record CatalogAnswer(
    IReadOnlyList<CatalogIdAnswer> Nodes,
    IReadOnlyList<CatalogIdAnswer> Switches,
    IReadOnlyList<CatalogIdAnswer> Nics,
    IReadOnlyList<CatalogIdAnswer> Interconnects,
    IReadOnlyList<CatalogIdAnswer> Models
)
{
    /// <summary>The ids of a catalogue, in the order of the alphabet.</summary>
    public static CatalogAnswer Of(Catalogue catalogue)
    {
        return new(
            Ids(catalogue.Nodes.Values),
            Ids(catalogue.Switches.Values),
            Ids(catalogue.Nics.Values),
            Ids(catalogue.Interconnects.Values),
            Ids(catalogue.Models.Values)
        );

        static IReadOnlyList<CatalogIdAnswer> Ids(IEnumerable<CatalogueItem> items) =>
            [.. items.OrderBy(i => i.Id, StringComparer.Ordinal).Select(i => new CatalogIdAnswer(i.Id, (i as CatalogueEntry)?.Name))];
    }
}

/// <summary>One thing of the catalogue.</summary>
internal sealed record CatalogIdAnswer(string Id, string? Name);
