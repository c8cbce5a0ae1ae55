using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>
/// The rule that what is in stock is used first: it has a line of its own on the bill, without a price, and is not bought; what is left over
/// lies as spares. An entry that names an order code counts for that form only, and before one that names the product.
/// </summary>
internal sealed class StockRule
{
    private readonly IReadOnlyDictionary<string, StockSpec> _stock;
    private readonly StockLeft _left;
    private readonly Dictionary<string, long> _spares;
    private readonly Dictionary<string, List<(string OrderCode, long Count)>> _forms;

    /// <summary>Takes in what there is, by catalogue id or order code.</summary>
    public StockRule(IReadOnlyDictionary<string, StockSpec> stock)
    {
        _stock = stock;
        _left = new(stock);
        _spares = stock.ToDictionary(s => s.Key, _ => 0L);
        _forms = stock.ToDictionary(s => s.Key, _ => new List<(string, long)>());
    }

    /// <summary>The lines with what is in stock taken off those of switches and modules, in the order of the bill.</summary>
    /// <param name="lines">Everything that the design consists of.</param>
    public IEnumerable<BillLine> Apply(IReadOnlyList<BillLine> lines)
    {
        foreach (BillLine line in lines)
        {
            long taken = line.Category is "switch" or "transceiver"
                ? Take(line, line.Quantity, (key, count) => _forms[key].Add((line.Id, count)))
                : 0;
            if (taken > 0)
            {
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

    /// <summary>
    /// Of the spares that are due of a line, those that need not be bought, since as many lie in stock. Boxes of which ports are taken carry
    /// somebody's traffic: they do not lie.
    /// </summary>
    public long Spares(BillLine line, long due) =>
        Take(line, due, (key, count) => _spares[key] += count, key => _stock[key].UsedPorts == 0);

    /// <summary>What became of each entry; asked when all lines and spares were.</summary>
    public IReadOnlyList<StockUse> Uses() =>
        [
            .. _stock.Select(s => new StockUse(
                s.Key,
                s.Value.Count,
                s.Value.UsedPorts,
                _forms[s.Key].Sum(f => f.Count),
                _spares[s.Key],
                _forms[s.Key]
            )),
        ];

    private long Take(BillLine line, long wanted, Action<string, long> note, Func<string, bool>? counts = null)
    {
        long taken = 0;
        foreach (string key in new[] { line.Id, line.PartId }.Distinct().Where(k => _left.Has(k) && counts?.Invoke(k) != false))
        {
            long count = _left.Take(key, wanted - taken);
            if (count > 0)
            {
                taken += count;
                note(key, count);
            }
        }

        return taken;
    }
}
