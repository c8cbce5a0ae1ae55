using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// A line of the bill that names a source of the catalogue has the price that the catalogue has from there: of that month, plug and length,
/// or between the two lengths nearest to it. A price of the user's own book is the user's.
/// </summary>
internal static class PriceChecks
{
    // Prices are printed in cents.
    private const double Rounding = 0.0051;

    public static void Run(Scene scene)
    {
        foreach (BillRow row in scene.Folder.Bill)
        {
            if (row.UnitPrice is not { } price || row.IsStock || row.Source == ChosenPrice.PriceBook || row.Of == "scale-up")
            {
                continue;
            }

            scene.Found.Checked(Rules.BillPrice, 1);
            (double Low, double High)? published = Published(PricesOf(scene, row), row);
            if (published is not { } range)
            {
                Say(scene, row, price, $"of {Words(row)} no such price is published");
            }
            else if (price < range.Low - Rounding || price > range.High + Rounding)
            {
                string asked = range.Low == range.High ? $"${range.Low:0.##}" : $"${range.Low:0.##} to ${range.High:0.##}";
                Say(scene, row, price, $"{Words(row)} has {asked}");
            }
        }
    }

    private static string Words(BillRow row) =>
        (row.Source.Length == 0 ? "no source" : row.Source) + (row.PriceDate.Length == 0 ? "" : " of " + row.PriceDate);

    private static void Say(Scene scene, BillRow row, double price, string what) =>
        scene.Found.Add(Rules.BillPrice, BillTable.File, row.Line, $"{row.Id} costs ${price:0.##}; {what}");

    private static IReadOnlyList<Price> PricesOf(Scene scene, BillRow row)
    {
        Catalogue catalogue = scene.Facts.Catalogue;
        PricedEntry? entry = row.Of switch
        {
            "switch" => catalogue.Switches.GetValueOrDefault(row.Product),
            "transceiver" or "assembly" => catalogue.Interconnects.GetValueOrDefault(row.Product),
            _ => catalogue.Passives.GetValueOrDefault(row.Product),
        };
        return entry?.Prices ?? [];
    }

    private static (double Low, double High)? Published(IReadOnlyList<Price> all, BillRow row)
    {
        Price[] prices = [.. ForPiece([.. ForPlug([.. all.Where(p => p.SourceId != ChosenPrice.PriceBook)], row)], row)];
        string month = Month(row.PriceDate);

        // The middle of two prices, or a price between two lengths, names both of its sources.
        if (!row.Source.Split(' ').All(s => Array.Exists(prices, p => p.SourceId == s)))
        {
            return null;
        }

        if (row.LengthText.Length == 0 || row.Of is "transceiver" or "switch" or "panel" or "cassette")
        {
            return Range(prices, month);
        }

        if (!double.TryParse(row.LengthText.TrimEnd('m'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double metres))
        {
            return null;
        }

        Price[] exact = [.. prices.Where(p => IsAt(p, metres))];
        exact = exact.Length > 0 ? exact : [.. prices.Where(p => p.Length is null)];
        if (exact.Length > 0)
        {
            return Range(exact, month);
        }

        double[] lengths = [.. prices.Select(p => p.Length!.Value.Metres)];
        double[] shorter = [.. lengths.Where(l => l < metres)];
        double[] longer = [.. lengths.Where(l => l > metres)];
        if (shorter.Length == 0 || longer.Length == 0)
        {
            return null;
        }

        (double from, double to) = (shorter.Max(), longer.Min());
        (string before, string behind) = (Newest(prices, from), Newest(prices, to));
        if (
            month != before && month != behind
            || Range(prices.Where(p => IsAt(p, from)), before) is not { } low
            || Range(prices.Where(p => IsAt(p, to)), behind) is not { } high
        )
        {
            return null;
        }

        double share = (metres - from) / (to - from);
        return (low.Low + (share * (high.Low - low.Low)), low.High + (share * (high.High - low.High)));
    }

    private static string Newest(Price[] prices, double metres) => prices.Where(p => IsAt(p, metres)).Max(p => Month(p.Date))!;

    private static bool IsAt(Price price, double metres) => price.Length is { } l && Math.Abs(l.Metres - metres) <= 0.0005;

    // The middle of each that was asked in a month: the lowest and the highest.
    private static (double Low, double High)? Range(IEnumerable<Price> prices, string month)
    {
        double[] asked = [.. prices.Where(p => Month(p.Date) == month).Select(p => (p.Low.Dollars + p.High.Dollars) / 2)];
        return asked.Length == 0 ? null : (asked.Min(), asked.Max());
    }

    // Prices of the plug that the code names, of its form, or of any; the most exact of each length. Where none is of it, those of others.
    private static IEnumerable<Price> ForPlug(Price[] prices, BillRow row)
    {
        string[] words = [.. row.Id.Split('@')[0].Split(':').Skip(1).SelectMany(w => w.Split('+'))];
        if (words.Length == 0 || Array.TrueForAll(prices, p => p.Plug is null))
        {
            return prices;
        }

        Price[] fitting = [.. prices.Where(p => Rank(p.Plug, words) < 3)];
        return fitting.Length == 0
            ? prices
            : fitting.GroupBy(p => p.Length).SelectMany(g => g.Where(p => Rank(p.Plug, words) == g.Min(o => Rank(o.Plug, words))));
    }

    // Prices of a fibre piece in the jacket and of the type that its code names, or of any; where none is, those of others.
    private static Price[] ForPiece(Price[] prices, BillRow row)
    {
        if (row.Of is not ("fibre" or "shuffle" or "trunk" or "cassette"))
        {
            return prices;
        }

        string[] words = [.. row.Id.Split('@')[0].Split(':').Skip(1)];
        string type =
            words.Contains("aa") ? "A-A"
            : Array.Find(words, w => w is ['a' or 'b' or 'c'] or ['a' or 'b' or 'c', '-', ..]) is { } order ? order[..1].ToUpperInvariant()
            : "A-B";
        return Or(Or(prices, p => p.Jacket is not { } own || words.Contains(own.ToWord())), p => p.Polarity is not { } own || own == type);

        static Price[] Or(Price[] all, Func<Price, bool> fits) => Array.Exists(all, p => fits(p)) ? [.. all.Where(fits)] : all;
    }

    private static int Rank(string? plug, string[] words) =>
        plug is null ? 2
        : words.Contains(plug) ? 0
        : words.Any(w => w.StartsWith(plug + "-", StringComparison.Ordinal) || plug.StartsWith(w + "-", StringComparison.Ordinal)) ? 1
        : 3;

    // A month is as fine as most sources are dated.
    private static string Month(string? date) => date is null ? "" : date[..Math.Min(7, date.Length)];
}
