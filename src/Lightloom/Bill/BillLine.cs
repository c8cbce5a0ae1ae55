using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>One line of the bill.</summary>
public sealed record BillLine
{
    /// <summary>What the category of a spare begins with.</summary>
    internal const string SparePrefix = "spare-";

    /// <summary>What the category of a part in stock begins with.</summary>
    internal const string StockPrefix = "stock-";

    /// <summary>
    /// <c>switch</c>, <c>transceiver</c>, <c>assembly</c>, <c>fibre</c>, <c>panel</c>, <c>cassette</c>, <c>shuffle</c>, <c>trunk</c>,
    /// <c>scale-up</c>, or <c>spare-</c> before one of these, or <c>stock-</c> before <c>switch</c> or <c>transceiver</c>: in use and not bought.
    /// </summary>
    public required string Category { get; init; }

    /// <summary>
    /// What is ordered: the catalogue id with form factor, heat sink, split, polarity and length where the part is sold in several
    /// (<c>dac-800g-osfp:osfp-fin@1.5m</c>).
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The part's id in the catalogue, or the one by which the price book knows it.</summary>
    public required string PartId { get; init; }

    /// <summary>Name to show.</summary>
    public required string Name { get; init; }

    /// <summary>The length that is ordered, of what is sold by length; else null.</summary>
    public Length? OrderLength { get; init; }

    /// <summary>How many.</summary>
    public required long Quantity { get; init; }

    /// <summary>Price of one, or null when there is none.</summary>
    public Money? UnitPrice { get; init; }

    /// <summary>
    /// Typical power of one, or null when it is not known. Zero for what draws none and for spares, which lie on a shelf.
    /// </summary>
    public Power? UnitPower { get; init; }

    /// <summary>Maximum power of one, or null when it is not known.</summary>
    public Power? UnitPowerMaximum { get; init; }

    /// <summary>Mass of one, or null when it is not known.</summary>
    public Mass? UnitWeight { get; init; }

    /// <summary>Date of the price, or null.</summary>
    public string? PriceDate { get; init; }

    /// <summary>Source of the price, or of the part when it has none.</summary>
    public string? Source { get; init; }

    /// <summary>What about this line's price is assumed, or null.</summary>
    public string? PriceAssumed { get; init; }

    /// <summary>What about this line's power is assumed, or null.</summary>
    public string? PowerAssumed { get; init; }

    /// <summary>What else about this line is assumed (a box's rack units, its breakouts), or null.</summary>
    public string? OtherAssumed { get; init; }

    /// <summary>Everything about this line that is assumed, or null.</summary>
    public string? Assumed
    {
        get
        {
            // Each is a sentence or several; a stop before the semicolon would be one too many.
            string[] all = [.. new[] { PriceAssumed, PowerAssumed, OtherAssumed }.OfType<string>()];
            string text = string.Join("; ", all.Select((t, i) => i < all.Length - 1 ? t.TrimEnd('.') : t));
            return text.Length == 0 ? null : text;
        }
    }

    /// <summary>True for a spare.</summary>
    public bool IsSpare => Category.StartsWith(SparePrefix, StringComparison.Ordinal);

    /// <summary>True for what is in stock: it is used and not bought.</summary>
    public bool IsStock => Category.StartsWith(StockPrefix, StringComparison.Ordinal);

    /// <summary>The category without <c>spare-</c> or <c>stock-</c>: a spare transceiver is a <c>transceiver</c>.</summary>
    public string Kind =>
        IsSpare ? Category[SparePrefix.Length..]
        : IsStock ? Category[StockPrefix.Length..]
        : Category;

    /// <summary>Quantity times price.</summary>
    public Money? Total => UnitPrice * Quantity;

    /// <summary>Quantity times typical power.</summary>
    public Power? TotalPower => UnitPower * Quantity;

    /// <summary>Quantity times mass.</summary>
    public Mass? TotalWeight => UnitWeight * Quantity;
}
