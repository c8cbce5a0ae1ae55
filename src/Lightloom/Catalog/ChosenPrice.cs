using Lightloom.Units;

namespace Lightloom.Catalog;

/// <summary>The one price that a bill uses, chosen from all that are known.</summary>
/// <remarks>
/// The user's price book decides when it names the part. Otherwise a price that somebody asks goes before an estimate, the
/// newest date goes before older ones, and the median is taken where several share the newest date; a range counts as its middle. For what is
/// sold by length, the prices of the shortest priced length that is long enough decide, or of the longest when none is.
/// </remarks>
/// <param name="Amount">The price of one.</param>
/// <param name="Date">Its date, as precisely as known, or null.</param>
/// <param name="SourceId">Its source in the catalogue, or <c>price-book</c>.</param>
/// <param name="IsEstimate">True when only estimates are known.</param>
/// <param name="LengthMetres">The length that was priced, or null when the price holds for any.</param>
public readonly record struct ChosenPrice(Money Amount, string? Date, string SourceId, bool IsEstimate, double? LengthMetres)
{
    /// <summary>The source id of a price that came from the user.</summary>
    public const string PriceBook = "price-book";

    /// <summary>The price to use, or null when there is none.</summary>
    /// <param name="prices">All prices of a part.</param>
    /// <param name="length">The length to be bought, or null when it does not matter.</param>
    public static ChosenPrice? Of(IReadOnlyList<Price> prices, Length? length = null)
    {
        if (prices.Count == 0)
        {
            return null;
        }

        List<Price> pool = [.. prices.Where(p => p.SourceId == PriceBook)];
        if (pool.Count == 0)
        {
            pool = [.. prices.Where(p => !p.IsEstimate)];
        }

        if (pool.Count == 0)
        {
            pool = [.. prices];
        }

        if (length is { } wanted && pool.Exists(p => p.LengthMetres is not null))
        {
            double enough = pool.Where(p => p.LengthMetres >= wanted.Metres).Min(p => p.LengthMetres) ?? pool.Max(p => p.LengthMetres)!.Value;
            pool.RemoveAll(p => p.LengthMetres != enough);
        }

        string newest = pool.Max(p => p.Date ?? "", StringComparer.Ordinal);
        pool.RemoveAll(p => (p.Date ?? "") != newest);
        pool.Sort((a, b) => a.Middle.CompareTo(b.Middle));
        Price low = pool[(pool.Count - 1) / 2], high = pool[pool.Count / 2];
        Money median = new Price(low.Middle, high.Middle, null, null, null, low.SourceId).Middle;
        return new(median, low.Date, low.SourceId, low.IsEstimate, low.LengthMetres == high.LengthMetres ? low.LengthMetres : null);
    }
}

file static class Strings
{
    public static string Max(this IEnumerable<Price> prices, Func<Price, string> text, StringComparer comparer)
    {
        string best = "";
        foreach (Price price in prices)
        {
            string candidate = text(price);
            if (comparer.Compare(candidate, best) > 0)
            {
                best = candidate;
            }
        }

        return best;
    }
}
