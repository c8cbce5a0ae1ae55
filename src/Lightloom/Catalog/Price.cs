using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>One public price of a part, or one from the user's price book.</summary>
/// <param name="Low">The lower bound; equal to <paramref name="High"/> for a single price.</param>
/// <param name="High">The upper bound.</param>
/// <param name="Item">What exactly was priced.</param>
/// <param name="Seller">Who asked that price.</param>
/// <param name="Date">When, as precisely as known: <c>2026-09-22</c>, <c>2026-09</c> or <c>2025</c>.</param>
/// <param name="SourceId">The source in the catalogue, or <c>price-book</c>.</param>
/// <param name="IsEstimate">True when the source itself calls it an estimate.</param>
/// <param name="LengthMetres">The length that was priced, for an assembly; null when it is not said.</param>
public sealed record Price(
    Money Low,
    Money High,
    string? Item,
    string? Seller,
    string? Date,
    string SourceId,
    bool IsEstimate = false,
    double? LengthMetres = null
)
{
    /// <summary>What each metre adds, for what the price book prices by the metre; null otherwise.</summary>
    public Money? PerMetre { get; init; }

    /// <summary>The price itself, or the middle of its range.</summary>
    public Money Middle => Money.FromDollars((Low.Dollars + High.Dollars) / 2);
}
