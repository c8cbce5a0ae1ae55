using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>The bill adds up, and buys what the rows use.</summary>
internal static class BillChecks
{
    private const string Design = "design.json";

    public static void Run(Scene scene)
    {
        Arithmetic(scene);
        Sums(scene);
        Spares(scene);
        Stock(scene);
        Bought(scene, "switch", Switches(scene), "under devices");
        Bought(scene, "transceiver", TotalsChecks.Modules(scene), "in the cages of cables.csv");
        Bought(scene, "assembly", Assemblies(scene), "among the cables of cables.csv", byLength: true);
    }

    private static void Arithmetic(Scene scene)
    {
        HashSet<(string, string)> seen = [];
        foreach (BillRow row in scene.Folder.Bill)
        {
            scene.Found.Checked(Rules.BillTimes, 1);
            if (!Times(row.Quantity, row.UnitPrice, row.Total, 0.0051))
            {
                scene.Found.Add(
                    Rules.BillTimes,
                    BillTable.File,
                    row.Line,
                    $"{row.Id}: {row.Quantity} times {Dollars(row.UnitPrice)} is not {Dollars(row.Total)}"
                );
            }

            if (!Times(row.Quantity, row.UnitPower, row.TotalPower, 0.00051))
            {
                scene.Found.Add(
                    Rules.BillTimes,
                    BillTable.File,
                    row.Line,
                    $"{row.Id}: {row.Quantity} times {row.UnitPower:0.###} W is not {row.TotalPower:0.###} W"
                );
            }

            scene.Found.Checked(Rules.BillOnce, 1);
            if (!seen.Add((row.Category, row.Id)))
            {
                scene.Found.Add(Rules.BillOnce, BillTable.File, row.Line, $"{row.Category} {row.Id} has a line already");
            }
        }
    }

    // The unit price is printed in cents, so that a thousand of them may be off by what was rounded away.
    private static bool Times(int quantity, double? each, double? total, double rounding) =>
        each is { } one ? total is { } sum && Math.Abs((one * quantity) - sum) <= rounding * (quantity + 1) : total is null;

    private static string Dollars(double? amount) => amount is { } usd ? FormattableString.Invariant($"${usd:0.##}") : "no price";

    private static void Sums(Scene scene)
    {
        TotalsEntry totals = scene.Design.Totals;
        IReadOnlyList<BillRow> rows = scene.Folder.Bill;
        Equal("capex_usd", totals.CapexUsd, rows.Sum(r => r.Total ?? 0), 0.01 * (rows.Count + 1));
        Equal("capex_spares_usd", totals.CapexSparesUsd, rows.Where(r => r.IsSpare).Sum(r => r.Total ?? 0), 0.01 * (rows.Count + 1));
        Equal("network_power_kw", totals.NetworkPowerKw, rows.Sum(r => r.TotalPower ?? 0) / 1000, 1e-6 * (rows.Count + 1));
        Equal("unpriced", totals.Unpriced, rows.Count(r => r.UnitPrice is null), 0);

        void Equal(string key, double said, double sum, double rounding)
        {
            scene.Found.Checked(Rules.BillSum, 1);
            if (Math.Abs(said - sum) > rounding)
            {
                scene.Found.Add(Rules.BillSum, Design, 0, $"totals.{key} is {said:0.######}; the lines of bom.csv make {sum:0.######}");
            }
        }
    }

    // A share of everything in use, bought or in stock; what of the stock is not used are spares already.
    private static void Spares(Scene scene)
    {
        Dictionary<(string, string), BillRow> bought = [];
        Dictionary<(string Of, string Id), (long Quantity, BillRow Row)> inUse = [];
        foreach (BillRow row in scene.Folder.Bill.Where(r => !r.IsSpare))
        {
            if (!row.IsStock)
            {
                bought.TryAdd((row.Of, row.Id), row);
            }

            (string, string) key = (row.InUseAs, row.Id);
            inUse[key] = (inUse.GetValueOrDefault(key).Quantity + row.Quantity, inUse.GetValueOrDefault(key).Row ?? row);
        }

        Dictionary<string, long> left = (scene.Design.Totals.Stock ?? []).ToDictionary(s => s.Id, s => s.Count - s.Used);
        double? share = scene.Design.Totals.SparesShare;
        Dictionary<(string, string), BillRow> spares = [];
        foreach (BillRow spare in scene.Folder.Bill.Where(r => r.IsSpare))
        {
            scene.Found.Checked(Rules.Spares, 1);
            if (!spares.TryAdd((spare.Of, spare.Id), spare) || !inUse.ContainsKey((spare.Of, spare.Id)))
            {
                Say(spare, $"{spare.Id} is a spare of nothing that is in use");
            }
            else if (bought.TryGetValue((spare.Of, spare.Id), out BillRow? row) && spare.UnitPrice != row.UnitPrice)
            {
                Say(spare, $"{spare.Id} costs {Dollars(spare.UnitPrice)} as a spare, {Dollars(row.UnitPrice)} in line {row.Line}");
            }
        }

        foreach (
            IGrouping<string, KeyValuePair<(string Of, string Id), (long Quantity, BillRow Row)>> part in inUse.GroupBy(l =>
                l.Value.Row.Product
            )
        )
        {
            if (share is not { } of)
            {
                return;
            }

            // Which order code of a part its stock stands in for is not on the bill.
            long onShelf = left.GetValueOrDefault(part.Key);
            long due = part.Sum(l => Due(l.Key.Of, l.Value.Quantity, of));
            long wanted = Math.Max(0, due - onShelf);
            if (onShelf > 0)
            {
                long has = part.Sum(l => spares.TryGetValue(l.Key, out BillRow? s) ? s.Quantity : 0L);
                if (has != wanted)
                {
                    Say(
                        part.First().Value.Row,
                        $"{has} spares of {part.Key} are bought; {due} are due, of which {Math.Min(due, onShelf)} are in stock"
                    );
                }

                continue;
            }

            foreach (((string Of, string Id) key, (long quantity, BillRow row)) in part)
            {
                long own = Due(key.Of, quantity, of);
                BillRow? spare = spares.GetValueOrDefault(key);
                if (own != (spare?.Quantity ?? 0))
                {
                    Say(
                        spare ?? row,
                        spare is null
                            ? $"{key.Id} has no spares; {own} are due"
                            : $"{spare.Quantity} spares of {key.Id}; {of * 100:0.##} % of {quantity} is {own}"
                    );
                }
            }
        }

        void Say(BillRow row, string what) => scene.Found.Add(Rules.Spares, BillTable.File, row.Line, $"{what}");
    }

    // Of modules, assemblies and fibre the share rounded up; of switches rounded down; panels and trunks have none.
    private static long Due(string category, long quantity, double share) =>
        category switch
        {
            "switch" => (long)Math.Floor((share * quantity) + 1e-9),
            "transceiver" or "assembly" or "fibre" or "shuffle" => (long)Math.Ceiling((share * quantity) - 1e-9),
            _ => 0,
        };

    private static void Stock(Scene scene)
    {
        Dictionary<string, StockEntry> stock = (scene.Design.Totals.Stock ?? []).ToDictionary(s => s.Id, StringComparer.Ordinal);
        foreach (BillRow row in scene.Folder.Bill.Where(r => r.IsStock))
        {
            scene.Found.Checked(Rules.StockFirst, 1);
            if (row.UnitPrice is not 0)
            {
                Say(row, $"{row.Id} is in stock and costs {Dollars(row.UnitPrice)}");
            }

            if (!stock.ContainsKey(row.Product))
            {
                Say(row, $"{row.Id} is in stock on the bill; design.json knows of none");
            }
        }

        foreach (StockEntry entry in stock.Values)
        {
            scene.Found.Checked(Rules.StockFirst, 1);
            BillRow[] rows = [.. scene.Folder.Bill.Where(r => r.Product == entry.Id && !r.IsSpare)];
            long used = rows.Where(r => r.IsStock).Sum(r => (long)r.Quantity);
            if (used > entry.Count || used != entry.Used)
            {
                Say(rows.FirstOrDefault(), $"{used} {entry.Id} on the bill are in stock; there are {entry.Count}, {entry.Used} in use");
            }

            if (used < entry.Count && rows.FirstOrDefault(r => !r.IsStock) is { } bought)
            {
                Say(bought, $"{bought.Quantity} {entry.Id} are bought while {entry.Count - used} are in stock");
            }
        }

        void Say(BillRow? row, string what) => scene.Found.Add(Rules.StockFirst, BillTable.File, row?.Line ?? 0, $"{what}");
    }

    private static Dictionary<string, long> Switches(Scene scene)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (Device run in scene.Facts.Runs.Where(r => r is { IsNode: false, IsOutside: false }))
        {
            counts[run.Run.Model] = counts.GetValueOrDefault(run.Run.Model) + run.Run.Count;
        }

        return counts;
    }

    private static Dictionary<string, long> Assemblies(Scene scene)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        for (int cable = 0; cable < scene.Groups.Count; cable++)
        {
            ref readonly CableRow row = ref scene.Rows[scene.Groups.RowsOf(cable)[0]];
            if (scene.Facts.ProductOf(row.Product) is { IsAssembly: true } product)
            {
                string key = FormattableString.Invariant($"{product.Head.Id}@{row.Ordered / 1000.0:0.###}m");
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        return counts;
    }

    private static void Bought(Scene scene, string category, Dictionary<string, long> used, string where, bool byLength = false)
    {
        Dictionary<string, (long Quantity, int Line)> bought = new(StringComparer.Ordinal);
        foreach (BillRow row in scene.Folder.Bill.Where(r => r.InUseAs == category))
        {
            string key = byLength && row.LengthText.Length > 0 ? $"{row.Product}@{row.LengthText}" : row.Product;
            (long quantity, int line) = bought.GetValueOrDefault(key, (0, row.Line));
            bought[key] = (quantity + row.Quantity, line);
        }

        foreach (string key in used.Keys.Union(bought.Keys))
        {
            scene.Found.Checked(Rules.BillQuantity, 1);
            long needed = used.GetValueOrDefault(key);
            (long quantity, int line) = bought.GetValueOrDefault(key);
            if (needed != quantity)
            {
                scene.Found.Add(
                    Rules.BillQuantity,
                    BillTable.File,
                    line,
                    $"{quantity} {key} on the bill ({category}); there are {needed} {where}"
                );
            }
        }
    }
}
