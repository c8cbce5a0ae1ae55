namespace Lightloom.Verify.Reading;

/// <summary>One line of the bill; what is empty in the file is null.</summary>
internal sealed record BillRow(
    int Line,
    string Category,
    string Id,
    string Name,
    int Quantity,
    double? UnitPrice,
    double? Total,
    double? UnitPower,
    double? TotalPower,
    string PriceDate,
    string Source
)
{
    private const string SparePrefix = "spare-";
    private const string StockPrefix = "stock-";

    /// <summary>True for a line of parts in stock.</summary>
    public bool IsStock => Category.StartsWith(StockPrefix, StringComparison.Ordinal);

    /// <summary>The category of what is in use, bought or in stock; that of spares begins with <c>spare-</c>.</summary>
    public string InUseAs => IsStock ? Category[StockPrefix.Length..] : Category;

    /// <summary>True for a line of spares.</summary>
    public bool IsSpare => Category.StartsWith(SparePrefix, StringComparison.Ordinal);

    /// <summary>The category, of a spare that of what it is a spare of.</summary>
    public string Of => IsSpare ? Category[SparePrefix.Length..] : Category;

    /// <summary>The product of the order code: what stands before the form factor and the length.</summary>
    public string Product => Id.Split('@')[0].Split(':')[0];

    /// <summary>The length of the order code, as it is written (<c>15m</c>), or empty.</summary>
    public string LengthText => Id.Contains('@') ? Id[(Id.LastIndexOf('@') + 1)..] : "";
}
