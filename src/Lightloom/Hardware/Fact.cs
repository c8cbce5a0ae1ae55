namespace Lightloom.Hardware;

/// <summary>A single figure with its origin, for facts that belong to no part: tray heights, propagation, PUE, failure rates.</summary>
public sealed record Fact : CatalogueItem
{
    /// <summary>The value in the unit that the id names, with its origin.</summary>
    [Key("value", "The value, in the unit that the id names.")]
    public required Figure<double> Figure { get; init; }

    /// <summary>
    /// All values of a fact that is a list (lengths that are sold), ascending; a single one otherwise. <see cref="Value"/> is the last of
    /// them.
    /// </summary>
    public IReadOnlyList<double> Values => List?.Value ?? [Figure.Value];

    /// <summary>The values of a fact that is a list, or null.</summary>
    [Key("values", "The values of a fact that is a list, ascending.", OneOrMany = true)]
    public Figure<IReadOnlyList<double>>? List { get; init; }

    /// <summary>How far it can be trusted.</summary>
    [Key("confidence", "How far it can be trusted.")]
    public Confidence Confidence { get; init; } = Confidence.Low;

    /// <summary>What a reader should know, or null.</summary>
    [Key("notes", "What a reader should know.")]
    public string? Notes { get; init; }

    /// <summary>Its name in the catalogue, for example <c>tray-height-m</c>.</summary>
    public string Key => Id;

    /// <summary>The value in the unit that the id names.</summary>
    public double Value => Figure.Value;

    /// <summary>Why this value was assumed, or null when it has a source.</summary>
    public string? Assumed => Figure.Assumed;

    internal override CatalogueItem Complete(EntryContext context)
    {
        if (Figure is null == List is not { Value.Count: > 0 } && !context.Failed)
        {
            context.Error(CatalogueProblem.Missing, "a fact has `value` or `values`, one of the two", context.Map.Mark);
        }

        return ((Fact)base.Complete(context)) with
        {
            Figure = Figure ?? List?.To(all => all.Count > 0 ? all[^1] : 0) ?? 0,
            Confidence = context.IsGiven("confidence") || !context.UserDefined ? Confidence : Confidence.High,
        };
    }
}
