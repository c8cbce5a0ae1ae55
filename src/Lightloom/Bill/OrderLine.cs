using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>One thing to order: a line of the bill together with its spares and with what of it is in stock.</summary>
/// <param name="Line">
/// The line that is bought for use; for something of which only spares are bought, or none at all, the spares' or the stock's line.
/// </param>
/// <param name="InUse">How many the design uses, those from stock included.</param>
/// <param name="Spares">How many are bought for the shelf.</param>
/// <param name="Stock">How many of those in use are in stock, and so not ordered.</param>
public sealed record OrderLine(BillLine Line, long InUse, long Spares, long Stock)
{
    /// <summary>How many to order.</summary>
    public long Quantity => InUse + Spares - Stock;

    /// <summary>Quantity times price; null when there is no price.</summary>
    public Money? Total => Line.UnitPrice * Quantity;

    /// <summary>The lines of a bill, each with its spares, in the bill's order.</summary>
    public static IReadOnlyList<OrderLine> Of(BillOfMaterials bill)
    {
        Dictionary<(string Kind, string Id), int> at = [];
        List<OrderLine> orders = [];
        foreach (BillLine line in bill.Lines)
        {
            long spare = line.IsSpare ? line.Quantity : 0,
                stock = line.IsStock ? line.Quantity : 0,
                used = line.Quantity - spare;
            if (at.TryGetValue((line.Kind, line.Id), out int index))
            {
                OrderLine order = orders[index];
                orders[index] = order with
                {
                    Line = order.Line.IsStock ? line : order.Line,
                    InUse = order.InUse + used,
                    Spares = order.Spares + spare,
                    Stock = order.Stock + stock,
                };
            }
            else
            {
                at.Add((line.Kind, line.Id), orders.Count);
                orders.Add(new(line, used, spare, stock));
            }
        }

        return orders;
    }
}
