namespace Lightloom.Hardware;

/// <summary>What every entry of the hardware catalogue has: who it is, and where each of its figures comes from.</summary>
/// <remarks>Immutable. A figure that nobody published is null, never a guess; a figure that a design cannot do without
/// and that was filled by a default says so itself (<see cref="Figure{T}.Assumed"/>).</remarks>
public abstract record CatalogueEntry : CatalogueItem
{
    /// <summary>A name to show.</summary>
    [Key("name", "A name to show; the id by default.")]
    public required string Name { get; init; }

    /// <summary>Who makes it, or null.</summary>
    [Key("vendor", "Who makes it.")]
    public string? Vendor { get; init; }

    /// <summary>How far the figures can be trusted.</summary>
    [Key("confidence", "How far the figures can be trusted.")]
    public Confidence Confidence { get; init; } = Confidence.Low;

    /// <summary>What a reader should know that no field says, or null.</summary>
    [Key("notes", "What a reader should know that no field says.")]
    public string? Notes { get; init; }

    /// <summary>True when the user's own file added the entry.</summary>
    public bool UserDefined { get; init; }

    /// <summary>Published figures that are shown but that no design uses, by name, in the file's order.</summary>
    [Key("details", "Published figures that are shown and that no design uses, by name.")]
    public IReadOnlyDictionary<string, Figure<PublishedText>> Details { get; init; } = NoDetails;

    /// <summary>
    /// Fields whose value was looked for and is not published (written as null in the file), and that no assumption fills.
    /// </summary>
    public IReadOnlyList<string> NotPublished { get; init; } = [];

    private static readonly IReadOnlyDictionary<string, Figure<PublishedText>> NoDetails = new Dictionary<string, Figure<PublishedText>>();

    internal override CatalogueItem Complete(EntryContext context) =>
        ((CatalogueEntry)base.Complete(context)) with
        {
            Name = Name ?? context.Id,
            Confidence = context.IsGiven("confidence") || !context.UserDefined ? Confidence : Confidence.High,
            UserDefined = context.UserDefined,
            NotPublished = context.NotPublished,
        };
}
