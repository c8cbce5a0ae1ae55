using Lightloom.Diagnostics;

namespace Lightloom.Hardware;

/// <summary>What every entry of a catalogue file has, be it a part, a fact, a rule or a source: an id and the place where it is defined.</summary>
/// <remarks>Immutable.</remarks>
public abstract record CatalogueItem
{
    /// <summary>The id by which files name the entry, for example <c>nvidia-qm9700</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The sources of the entry as a whole; each figure carries its own.</summary>
    public IReadOnlyList<string> SourceIds { get; init; } = [];

    /// <summary>Where the entry is defined, or null when it was made in code.</summary>
    public SourceMark? DefinedAt { get; init; }

    /// <summary>Fills in what the file leaves open and the entry cannot do without, and complains of what does not fit together.</summary>
    /// <param name="context">What the file says beside the entry's keys.</param>
    internal virtual CatalogueItem Complete(EntryContext context) =>
        this with
        {
            Id = context.Id,
            SourceIds = context.SourcesOfEntry,
            DefinedAt = context.Map.Mark,
        };
}
