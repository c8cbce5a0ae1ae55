using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>One thing to order: a line of the bill together with its spares.</summary>
/// <param name="Line">The line in use; for something of which only spares are bought, the spares' line.</param>
/// <param name="InUse">How many the design uses.</param>
/// <param name="Spares">How many lie on the shelf.</param>
public sealed record OrderLine(BillLine Line, long InUse, long Spares)
{
    /// <summary>How many to order.</summary>
    public long Quantity => InUse + Spares;

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
                used = line.Quantity - spare;
            if (at.TryGetValue((line.Kind, line.Id), out int index))
            {
                OrderLine order = orders[index];
                orders[index] = order with { InUse = order.InUse + used, Spares = order.Spares + spare };
            }
            else
            {
                at.Add((line.Kind, line.Id), orders.Count);
                orders.Add(new(line, used, spare));
            }
        }

        return orders;
    }
}
