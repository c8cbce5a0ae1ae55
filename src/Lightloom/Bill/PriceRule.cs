using System.Globalization;
using Lightloom.Catalog;
using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>How one price is chosen where a part has none, one or many. The rule is written out in docs/models/bill.md.</summary>
/// <remarks>
/// The user's price book comes first. Of public prices those that are not estimates go before those that are, then those for the ordered length, then the
/// newest month; where several are left, the median of them counts. A price that was published as a range counts with its middle. Safe to call from several threads.
/// </remarks>
public static class PriceRule
{
    /// <summary>The source that a price from the user's file is given.</summary>
    public const string PriceBook = "price-book";

    /// <summary>The price of a catalogue part.</summary>
    /// <param name="book">The user's price book.</param>
    /// <param name="id">The part's id.</param>
    /// <param name="prices">Its prices in the catalogue.</param>
    /// <param name="length">The ordered length for an assembly; null for anything not sold by length.</param>
    /// <returns>The price, or null when there is none.</returns>
    public static Quote? Choose(IReadOnlyDictionary<string, Money> book, string id, IReadOnlyList<Price> prices, Length? length = null)
    {
        if (FromBook(book, id, length) is { } own)
        {
            return own;
        }

        List<Price> left = prices.Where(p => p.SourceId == PriceBook).ToList();
        if (left.Count > 0)
        {
            return new(Middle(left[^1]), left[^1].Date, PriceBook, null);
        }

        left = prices.Where(p => !p.IsEstimate).ToList();
        string? assumed = null;
        if (left.Count == 0)
        {
            left = prices.ToList();
            assumed = "price: the source calls it an estimate";
        }

        if (left.Count == 0)
        {
            return null;
        }

        if (length is { } ordered)
        {
            left = OfLength(left, ordered.Metres, ref assumed);
        }

        string newest = left.Max(p => Month(p.Date))!;
        left = left.Where(p => Month(p.Date) == newest).OrderBy(Middle).ToList();
        Money median = left.Count % 2 == 1
            ? Middle(left[left.Count / 2])
            : Money.FromDollars((Middle(left[left.Count / 2 - 1]).Dollars + Middle(left[left.Count / 2]).Dollars) / 2);
        Price shown = left[left.Count / 2];
        if (left.Count == 1 && shown.Low != shown.High)
        {
            assumed = Join(assumed, string.Create(CultureInfo.InvariantCulture, $"price: middle of the published range {shown.Low} to {shown.High}"));
        }

        return new(median, shown.Date, string.Join(' ', left.Select(p => p.SourceId).Distinct().Order(StringComparer.Ordinal)), assumed);
    }

    /// <summary>The price of something that is in no catalogue (fibre cables, panels, cassettes, trunks): from the price book only. A key that names less
    /// matches too, so that <c>fibre-os2</c> prices every single-mode cable that <c>fibre-os2-8f</c> does not.</summary>
    /// <param name="book">The user's price book.</param>
    /// <param name="id">The item's id without its length.</param>
    /// <param name="length">Its length, or null.</param>
    /// <returns>The price, or null when the book is silent.</returns>
    public static Quote? ChooseByPrefix(IReadOnlyDictionary<string, Money> book, string id, Length? length = null)
    {
        if (book.Count == 0)
        {
            return null;
        }

        for (string key = id; ;)
        {
            if (FromBook(book, key, length) is { } quote)
            {
                return quote;
            }

            int cut = key.LastIndexOf('-');
            if (cut <= 0)
            {
                return null;
            }

            key = key[..cut];
        }
    }

    /// <summary>The id with its length, as the bill and the price book write it: <c>dac-800g-osfp@1.5m</c>.</summary>
    public static string WithLength(string id, Length length) => string.Create(CultureInfo.InvariantCulture, $"{id}@{length.Metres:0.###}m");

    private static Quote? FromBook(IReadOnlyDictionary<string, Money> book, string id, Length? length)
    {
        if (book.Count == 0)
        {
            return null;
        }

        if (length is { } exact && book.TryGetValue(WithLength(id, exact), out Money one))
        {
            return new(one, null, PriceBook, null);
        }

        bool hasBase = book.TryGetValue(id, out Money each);
        if (length is { } metres && book.TryGetValue(id + "-per-m", out Money perMetre))
        {
            return new(each + Money.FromDollars(perMetre.Dollars * metres.Metres), null, PriceBook, null);
        }

        return hasBase ? new(each, null, PriceBook, null) : null;
    }

    private static List<Price> OfLength(List<Price> prices, double metres, ref string? assumed)
    {
        List<Price> exact = prices.Where(p => p.LengthMetres is { } l && Math.Abs(l - metres) < 0.0005).ToList();
        if (exact.Count > 0)
        {
            return exact;
        }

        double[] longer = prices.Where(p => p.LengthMetres > metres).Select(p => p.LengthMetres!.Value).ToArray();
        double[] shorter = prices.Where(p => p.LengthMetres < metres).Select(p => p.LengthMetres!.Value).ToArray();
        double? near = longer.Length > 0 ? longer.Min() : shorter.Length > 0 ? shorter.Max() : null;
        if (near is { } other)
        {
            assumed = Join(assumed, string.Create(CultureInfo.InvariantCulture, $"price: published for {other:0.##} m"));
            return prices.Where(p => p.LengthMetres == other).ToList();
        }

        assumed = Join(assumed, "price: published without a length");
        return prices;
    }

    private static Money Middle(Price price) => price.Low == price.High ? price.Low : Money.FromDollars((price.Low.Dollars + price.High.Dollars) / 2);

    // A month is as fine as most sources are dated; a bare year counts as its beginning, no date as the oldest.
    private static string Month(string? date) => date is null ? "" : date.Length >= 7 ? date[..7] : date;

    private static string Join(string? first, string second) => first is null ? second : first + "; " + second;
}
