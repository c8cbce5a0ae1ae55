using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>
/// One row of the article's table of interconnects by distance, and what standards and vendors say of it. Interconnects name it as
/// <see cref="InterconnectModel.ArticleClass"/>.
/// </summary>
public sealed record ArticleClass : CatalogueItem
{
    /// <summary>Its place: classes of a lower order decide first.</summary>
    [Key("order", "Its place: classes of a lower order decide first.", Required = true, Minimum = 0, Maximum = 1000)]
    public required int Order { get; init; }

    /// <summary>Where it is used; may be empty.</summary>
    [Key("scenario", "Where it is used.")]
    public string Scenario { get; init; } = "";

    /// <summary>The longest link that the article gives it.</summary>
    [Key("max_length_m", "The longest link that the article gives it.", Required = true, Minimum = 0, Maximum = 1e7)]
    public required Length MaxLength { get; init; }

    /// <summary>The article's rule; may be empty.</summary>
    [Key("article", "The article's rule.")]
    public string Article { get; init; } = "";

    /// <summary>What standards and vendors say; may be empty.</summary>
    [Key("standards", "What standards and vendors say.")]
    public string Standards { get; init; } = "";

    internal override CatalogueItem Complete(EntryContext context)
    {
        context.DemandSourceOfEntry();
        return base.Complete(context);
    }
}
