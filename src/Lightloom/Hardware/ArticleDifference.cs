namespace Lightloom.Hardware;

/// <summary>A point on which the article and the standards or vendors differ; a diagnostic quotes both.</summary>
public sealed record ArticleDifference : CatalogueItem
{
    /// <summary>The class of the article's table that it concerns, or null for all.</summary>
    [Key("class", "The class of the article's table that it concerns; all by default.")]
    public string? Class { get; init; }

    /// <summary>What the article says.</summary>
    [Key("article", "What the article says.", Required = true)]
    public required string Article { get; init; }

    /// <summary>What standards and vendors say.</summary>
    [Key("found", "What standards and vendors say.", Required = true)]
    public required string Found { get; init; }

    /// <summary>What Lightloom does about it; may be empty.</summary>
    [Key("consequence", "What Lightloom does about it.")]
    public string Consequence { get; init; } = "";

    internal override CatalogueItem Complete(EntryContext context)
    {
        context.DemandSourceOfEntry();
        return base.Complete(context);
    }
}
