using Lightloom.Diagnostics;

namespace Lightloom.Catalog;

/// <summary>What every entry of the hardware catalogue has: who it is, and where each of its figures comes from.</summary>
/// <remarks>Immutable. A figure that nobody published is null, never a guess; a figure that a design cannot do without
/// and that was filled by a default is named in <see cref="Assumptions"/>.</remarks>
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

    /// <summary>Field name (as written in the YAML file) to source ids; the key <c>*</c> covers every field not named.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; init; } = EmptySources;

    /// <summary>Field name to the reason, for each figure that no source gives and a default stands in for.</summary>
    public IReadOnlyDictionary<string, string> Assumptions { get; init; } = EmptyAssumptions;

    /// <summary>True when the user's own file added the entry.</summary>
    public bool UserDefined { get; init; }

    /// <summary>Published figures that are shown but that no design uses, by name, in the file's order.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = EmptyAssumptions;

    /// <summary>
    /// Fields whose value was looked for and is not published (written as null in the file), and that no assumption fills.
    /// </summary>
    public IReadOnlyList<string> NotPublished { get; init; } = [];

    /// <summary>Where the entry is defined, or null when it was made in code.</summary>
    public SourceMark? DefinedAt { get; init; }

    /// <summary>
    /// The source ids of one field: its own, else those of the block it stands in (<c>backend</c> for <c>backend.cages</c>), else those of
    /// <c>*</c>, else none.
    /// </summary>
    public IReadOnlyList<string> SourcesOf(string field)
    {
        if (Sources.TryGetValue(field, out IReadOnlyList<string>? own))
        {
            return own;
        }

        int dot = field.IndexOf('.');
        return dot > 0 && Sources.TryGetValue(field[..dot], out IReadOnlyList<string>? block) ? block
            : Sources.TryGetValue("*", out IReadOnlyList<string>? all) ? all
            : [];
    }

    /// <summary>Why the field's value is assumed, itself or with the block it stands in; null when it is not.</summary>
    public string? AssumptionOf(string field)
    {
        if (Assumptions.TryGetValue(field, out string? why))
        {
            return why;
        }

        int dot = field.IndexOf('.');
        return dot > 0 ? Assumptions.GetValueOrDefault(field[..dot]) : null;
    }

    /// <summary>True when the field's value is an assumed default.</summary>
    public bool IsAssumed(string field) => AssumptionOf(field) is not null;

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> EmptySources =
        new Dictionary<string, IReadOnlyList<string>>();
    private static readonly IReadOnlyDictionary<string, string> EmptyAssumptions = new Dictionary<string, string>();
}
