using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>The rule that what is in stock is used first: it has a line of its own on the bill, without a price, and is not bought.</summary>
internal static class StockRule
{
    /// <summary>The lines with what is in stock taken off those of switches and modules, in the order of the bill.</summary>
    /// <param name="lines">Everything that the design consists of.</param>
    /// <param name="stock">What there is, by catalogue id.</param>
    public static IEnumerable<BillLine> Apply(IReadOnlyList<BillLine> lines, IReadOnlyDictionary<string, StockSpec> stock)
    {
        Dictionary<string, long> left = stock.ToDictionary(s => s.Key, s => (long)s.Value.Count);
        foreach (BillLine line in lines)
        {
            long taken = line.Category is "switch" or "transceiver" ? Math.Min(line.Quantity, left.GetValueOrDefault(line.PartId)) : 0;
            if (taken > 0)
            {
                left[line.PartId] -= taken;
                yield return line with
                {
                    Category = BillLine.StockPrefix + line.Category,
                    Name = line.Name + ", in stock",
                    Quantity = taken,
                    UnitPrice = Money.Zero,
                    PriceDate = null,
                    PriceAssumed = null,
                    Source = "in stock",
                };
            }

            if (line.Quantity > taken)
            {
                yield return line with
                {
                    Quantity = line.Quantity - taken,
                };
            }
        }
    }

    /// <summary>What of the stock the lines do not use, by catalogue id.</summary>
    public static Dictionary<string, long> Left(IReadOnlyList<BillLine> lines, IReadOnlyDictionary<string, StockSpec> stock) =>
        Used(lines, stock).ToDictionary(s => s.Id, s => s.Has - s.Used);

    /// <summary>What of the stock the lines use.</summary>
    public static IReadOnlyList<(string Id, int Has, int UsedPorts, long Used)> Used(
        IReadOnlyList<BillLine> lines,
        IReadOnlyDictionary<string, StockSpec> stock
    ) =>
        [
            .. stock.Select(s =>
                (s.Key, s.Value.Count, s.Value.UsedPorts, lines.Where(l => l.IsStock && l.PartId == s.Key).Sum(l => l.Quantity))
            ),
        ];
}
