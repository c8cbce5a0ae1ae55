using Lightloom.Diagnostics;

namespace Lightloom.Catalog;

/// <summary>What every entry of the hardware catalogue has: who it is, and where each of its figures comes from.</summary>
/// <remarks>Immutable. A figure that nobody published is null, never a guess; a figure that a design cannot do without
/// and that was filled by a default says so itself (<see cref="Figure{T}.Assumed"/>).</remarks>
public abstract record CatalogueEntry
{
    /// <summary>The id by which cluster files name the entry, for example <c>nvidia-qm9700</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A name to show.</summary>
    public required string Name { get; init; }

    /// <summary>Who makes it, or null.</summary>
    public string? Vendor { get; init; }

    /// <summary>How far the figures can be trusted.</summary>
    public Confidence Confidence { get; init; } = Confidence.Low;

    /// <summary>What a reader should know that no field says, or null.</summary>
    public string? Notes { get; init; }

    /// <summary>The sources of the entry as a whole; each figure carries its own.</summary>
    public IReadOnlyList<string> SourceIds { get; init; } = [];

    /// <summary>True when the user's own file added the entry.</summary>
    public bool UserDefined { get; init; }

    /// <summary>Published figures that are shown but that no design uses, by name, in the file's order.</summary>
    public IReadOnlyDictionary<string, Figure<string>> Details { get; init; } = NoDetails;

    /// <summary>
    /// Fields whose value was looked for and is not published (written as null in the file), and that no assumption fills.
    /// </summary>
    public IReadOnlyList<string> NotPublished { get; init; } = [];

    /// <summary>Where the entry is defined, or null when it was made in code.</summary>
    public SourceMark? DefinedAt { get; init; }

    private static readonly IReadOnlyDictionary<string, Figure<string>> NoDetails = new Dictionary<string, Figure<string>>();
}
