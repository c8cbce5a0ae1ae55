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
        PartNumberCheck.Run(scene);
        Sums(scene);
        Spares(scene);
        Stock(scene);
        Bought(scene, "switch", Switches(scene), "under devices");
        Bought(scene, "transceiver", TotalsChecks.Modules(scene), "in the cages of cables.csv");
        ModuleChecks.Run(scene);
        PriceChecks.Run(scene);
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

    // Spares are due of all that is in use, bought or in stock; those that lie in stock are not bought.
    private static void Spares(Scene scene)
    {
        // A box whose ports are partly taken carries traffic: it can be used further, but not be put in another's place.
        foreach (StockEntry busy in (scene.Design.Totals.Stock ?? []).Where(s => s is { UsedPorts: > 0, Spares: > 0 }))
        {
            scene.Found.Add(
                Rules.Spares,
                Design,
                0,
                $"{busy.Spares} {busy.Id} in stock are counted as spares; {busy.UsedPorts} ports of each are in use"
            );
        }

        Dictionary<string, long> inStock = (scene.Design.Totals.Stock ?? [])
            .Where(s => s.UsedPorts == 0)
            .GroupBy(s => s.Id.Split(':')[0], StringComparer.Ordinal)
            .ToDictionary(s => s.Key, s => s.Sum(e => e.Spares), StringComparer.Ordinal);
        Dictionary<(string, string), BillRow> spares = [];
        foreach (BillRow spare in scene.Folder.Bill.Where(r => r.IsSpare))
        {
            scene.Found.Checked(Rules.Spares, 1);
            spares.TryAdd((spare.Of, spare.Id), spare);
        }

        foreach (var part in scene.Folder.Bill.Where(r => !r.IsSpare).GroupBy(r => (Of: r.InUseAs, r.Id)))
        {
            BillRow row = part.First();
            spares.Remove(part.Key, out BillRow? spare);
            if (scene.Design.Totals.SparesShare is { } share)
            {
                long quantity = part.Sum(r => (long)r.Quantity);
                long due = Due(part.Key.Of, quantity, share);
                long missing = due - (spare?.Quantity ?? 0);
                long kept = Math.Clamp(missing, 0, inStock.GetValueOrDefault(row.Product));
                inStock[row.Product] = inStock.GetValueOrDefault(row.Product) - kept;
                if (missing != kept)
                {
                    Say(spare ?? row, $"{due - missing} spares of {row.Id}; {share * 100:0.##} % of {quantity} is {due}");
                }
            }

            if (spare is not null && part.FirstOrDefault(r => !r.IsStock) is { } bought && spare.UnitPrice != bought.UnitPrice)
            {
                Say(spare, $"{spare.Id} costs {Dollars(spare.UnitPrice)} as a spare, {Dollars(bought.UnitPrice)} in line {bought.Line}");
            }
        }

        foreach (BillRow spare in spares.Values)
        {
            Say(spare, $"{spare.Id} is a spare of nothing that is in use");
        }

        foreach ((string product, long left) in inStock.Where(s => s.Value > 0))
        {
            scene.Found.Add(Rules.Spares, BillTable.File, 0, $"{left} of the spares of {product} in stock are due of nothing");
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

            if (!stock.ContainsKey(row.Product) && !stock.ContainsKey(row.Id))
            {
                Say(row, $"{row.Id} is in stock on the bill; design.json knows of none");
            }
        }

        // An entry may name a product or one form of it; of both, each unit is one's or the other's.
        foreach (var product in stock.Values.GroupBy(e => e.Id.Split(':')[0], StringComparer.Ordinal))
        {
            scene.Found.Checked(Rules.StockFirst, 1);
            BillRow[] rows = [.. scene.Folder.Bill.Where(r => r.Product == product.Key && !r.IsSpare)];
            long used = rows.Where(r => r.IsStock).Sum(r => (long)r.Quantity);
            if (product.Any(e => e.Used + e.Spares > e.Count) || used != product.Sum(e => e.Used))
            {
                Say(
                    rows.FirstOrDefault(),
                    $"{used} {product.Key} on the bill are in stock; there are {product.Sum(e => e.Count)}, {product.Sum(e => e.Used)} in use"
                );
            }

            foreach (StockEntry entry in product.Where(e => e.Used < e.Count))
            {
                if (rows.FirstOrDefault(r => !r.IsStock && (entry.Id == r.Id || entry.Id == r.Product)) is { } bought)
                {
                    Say(bought, $"{bought.Quantity} {bought.Id} are bought while {entry.Count - entry.Used} {entry.Id} are in stock");
                }
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
