namespace Lightloom.Hardware;

/// <summary>A page, standard or data sheet that figures of the catalogue come from.</summary>
public sealed record Source : CatalogueItem
{
    /// <summary>What it is.</summary>
    [Key("title", "What was read.", Required = true)]
    public required string Title { get; init; }

    /// <summary>Where it was read, or null.</summary>
    [Key("url", "Where it was read.")]
    public string? Url { get; init; }

    internal override CatalogueItem Complete(EntryContext context)
    {
        if (Title is { } title && string.IsNullOrWhiteSpace(title))
        {
            context.Error(CatalogueProblem.Missing, "title is missing; say what was read", context.Map.Mark);
        }

        return base.Complete(context);
    }
}
