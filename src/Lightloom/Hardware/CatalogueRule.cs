namespace Lightloom.Hardware;

/// <summary>A rule of the trade in words, to be quoted with its source by the check that enforces it.</summary>
public sealed record CatalogueRule : CatalogueItem
{
    /// <summary>The rule.</summary>
    [Key("text", "The rule.", Required = true)]
    public required string Text { get; init; }

    internal override CatalogueItem Complete(EntryContext context)
    {
        context.DemandSourceOfEntry();
        return base.Complete(context);
    }
}
