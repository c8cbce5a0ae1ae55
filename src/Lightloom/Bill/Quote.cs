using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>The price at which the bill counts a part, and how it was found.</summary>
/// <param name="Price">The price of one.</param>
/// <param name="Date">Date of the price, or null.</param>
/// <param name="Source">Id of the source, or <c>price-book</c>.</param>
/// <param name="Assumed">What about the price is assumed, or null.</param>
public sealed record Quote(Money Price, string? Date, string Source, string? Assumed);
