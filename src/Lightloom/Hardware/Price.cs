using Lightloom.Diagnostics;
using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>One public price of a part, or one from the user's price book.</summary>
[Shorthand("usd")]
public sealed record Price
{
    /// <summary>The price, or the ends of its range.</summary>
    [Key("usd", "The price in dollars, or the lower and the upper end of a range.", Required = true, Example = "161")]
    public required PriceRange Range { get; init; }

    /// <summary>The length that was priced, for an assembly; null when it is not said.</summary>
    [Key("length_m", "The length that was priced, for what is sold by length.", Minimum = 0.01, Maximum = 200_000)]
    public Length? Length { get; init; }

    /// <summary>
    /// The plug that was priced, of what is sold with several: form, or form and heat sink, as <c>qsfp112</c> or <c>osfp-flat</c>; of a
    /// splitting assembly its tails' form. Null where the price holds for any.
    /// </summary>
    [Key("plug", "The plug that was priced, of what is sold with several: qsfp112, or osfp-flat; of a splitting assembly its tails' form.")]
    public string? Plug { get; init; }

    /// <summary>The jacket of the fibre piece that was priced, or null where it was not said.</summary>
    [Key("jacket", "The jacket of the fibre piece that was priced: lszh, ofnr or ofnp.")]
    public FibreJacket? Jacket { get; init; }

    /// <summary>The polarity of the fibre piece that was priced, <c>A</c>, <c>B</c>, <c>C</c> or a maker's own word; null where it was not said.</summary>
    [Key("polarity", "The polarity of the fibre piece that was priced: A, B, C, or a maker's own word.")]
    public string? Polarity { get; init; }

    /// <summary>What exactly was priced, or null.</summary>
    [Key("item", "What exactly was priced.")]
    public string? Item { get; init; }

    /// <summary>Who asked that price, or null.</summary>
    [Key("seller", "Who asked that price.")]
    public string? Seller { get; init; }

    /// <summary>When, as precisely as known: <c>2026-09-22</c>, <c>2026-09</c> or <c>2025</c>; or null.</summary>
    [Key("date", "When, as precisely as known: 2026-09-22, 2026-09 or 2025.")]
    public string? Date { get; init; }

    /// <summary>The source in the catalogue, or <c>price-book</c>.</summary>
    [Key("source", "The id of where it was read.")]
    public required string SourceId { get; init; }

    /// <summary>True when the source itself calls it an estimate.</summary>
    [Key("estimate", "True when the source itself calls it an estimate.")]
    public bool IsEstimate { get; init; }

    /// <summary>What each metre adds, for what the price book prices by the metre; null otherwise.</summary>
    public Money? PerMetre { get; init; }

    /// <summary>The lower end of the price.</summary>
    public Money Low => Range.Low;

    /// <summary>The upper end of the price.</summary>
    public Money High => Range.High;

    /// <summary>The price itself, or the middle of its range, with its source.</summary>
    public Figure<Money> Amount => new(Range.Middle, new([SourceId], null));

    /// <summary>Where it stands in the file.</summary>
    internal SourceMark Mark { get; init; }

    internal Price Complete(EntryContext context)
    {
        if (SourceId is { } source)
        {
            context.Cite(source, Mark);
        }
        else if (!context.UserDefined)
        {
            context.Error(CatalogueProblem.NoSource, "a price has no source; add `source:` with the id of where it was read", Mark);
        }

        return SourceId is null ? this with { SourceId = ChosenPrice.PriceBook } : this;
    }
}
