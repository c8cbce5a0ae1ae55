using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>The one price that a bill uses, chosen from all that are known.</summary>
/// <remarks>
/// The user's price book decides when it names the part. Otherwise a price that somebody asks goes before an estimate, the
/// newest month goes before older ones, and the median is taken where several share it; a range counts as its middle. For what is
/// sold by length, the prices of the shortest priced length that is long enough decide, or of the longest when none is.
/// </remarks>
/// <param name="Amount">The price of one, with its source; both sources where it is the middle of two prices.</param>
/// <param name="Date">Its date, as precisely as known, or null.</param>
/// <param name="IsEstimate">True when only estimates are known.</param>
/// <param name="LengthMetres">The length that was priced, or null when the price holds for any.</param>
public readonly record struct ChosenPrice(Figure<Money> Amount, string? Date, bool IsEstimate, double? LengthMetres)
{
    /// <summary>The source id of a price that came from the user.</summary>
    public const string PriceBook = "price-book";

    /// <summary>Its source in the catalogue, or <c>price-book</c>; of the higher one where it is the middle of two.</summary>
    public string SourceId => Amount.SourceIds[0];

    /// <summary>The price to use, or null when there is none.</summary>
    /// <param name="prices">All prices of a part.</param>
    /// <param name="length">The length to be bought, or null when it does not matter.</param>
    public static ChosenPrice? Of(IReadOnlyList<Price> prices, Length? length = null)
    {
        List<Price> pool = [.. prices.Where(p => p.SourceId == PriceBook)];
        if (pool.Count == 0)
        {
            pool = [.. prices.Where(p => !p.IsEstimate)];
        }

        if (pool.Count == 0)
        {
            pool = [.. prices];
        }

        if (pool.Count == 0)
        {
            return null;
        }

        if (length is { } wanted)
        {
            pool = ForLength(pool, wanted.Metres);
        }

        string newest = pool.Max(p => Month(p.Date))!;
        pool.RemoveAll(p => Month(p.Date) != newest);
        pool.Sort((a, b) => At(a, length).CompareTo(At(b, length)));
        Price low = pool[(pool.Count - 1) / 2],
            high = pool[pool.Count / 2];
        Money median = Money.FromDollars((At(low, length).Dollars + At(high, length).Dollars) / 2);
        string[] sources = low.SourceId == high.SourceId ? [high.SourceId] : [high.SourceId, low.SourceId];
        return new(new(median, new(sources, null)), high.Date, high.IsEstimate, low.Length == high.Length ? low.Length?.Metres : null);
    }

    /// <summary>
    /// The price that holds for a length: one that was published for it, or for any; else what lies on the line between the nearest shorter
    /// and the nearest longer length that have one. Null where neither is, as 3 m say nothing of 9,000 m.
    /// </summary>
    /// <param name="prices">All prices of a part.</param>
    /// <param name="length">The length to be bought.</param>
    /// <returns>The price, and for one between two lengths those lengths in metres.</returns>
    public static (ChosenPrice Price, (double Shorter, double Longer)? Between)? Holding(IReadOnlyList<Price> prices, Length length)
    {
        if (Of(prices, length) is not { } chosen)
        {
            return null;
        }

        if (chosen.LengthMetres is not { } priced || Math.Abs(priced - length.Metres) <= 0.0005)
        {
            return (chosen, null);
        }

        double[] lengths =
        [
            .. prices.Where(p => p.Length is not null && p.IsEstimate == chosen.IsEstimate).Select(p => p.Length!.Value.Metres),
        ];
        double[] shorter = [.. lengths.Where(l => l < length.Metres)];
        double[] longer = [.. lengths.Where(l => l > length.Metres)];
        if (shorter.Length == 0 || longer.Length == 0)
        {
            return null;
        }

        (double from, double to) = (shorter.Max(), longer.Min());
        if (Of(prices, Length.FromMetres(from)) is not { } low || Of(prices, Length.FromMetres(to)) is not { } high)
        {
            return null;
        }

        double share = (length.Metres - from) / (to - from);
        double rise = high.Amount.Value.Dollars - low.Amount.Value.Dollars;
        Figure<Money> amount = high.Amount.To(_ => Money.FromDollars(Math.Round(low.Amount.Value.Dollars + (share * rise), 2)));
        return (high with { Amount = amount, LengthMetres = length.Metres }, (from, to));
    }

    /// <summary>The prices that were asked for a plug, or for any; where none was, those of other plugs, and true.</summary>
    /// <param name="prices">All prices of a part.</param>
    /// <param name="plugs">How the plug may be named, the most exact first: <c>osfp-flat</c>, <c>osfp</c>.</param>
    public static (IReadOnlyList<Price> Prices, bool OfOther) ForPlug(IReadOnlyList<Price> prices, IReadOnlyList<string> plugs)
    {
        if (prices.All(p => p.Plug is null))
        {
            return (prices, false);
        }

        List<Price> taken = [];
        foreach (string? plug in (IEnumerable<string?>)[.. plugs, null])
        {
            // The most exact name decides, length by length.
            Price[] named = [.. prices.Where(p => p.Plug == plug && (p.SourceId == PriceBook || !taken.Exists(t => t.Length == p.Length)))];
            taken.AddRange(named);
        }

        return taken.Count > 0 ? (taken, false) : (prices, true);
    }

    private static List<Price> ForLength(List<Price> pool, double metres)
    {
        double[] longEnough = [.. pool.Where(p => p.Length?.Metres >= metres - 0.0005).Select(p => p.Length!.Value.Metres)];
        double[] tooShort = [.. pool.Where(p => p.Length?.Metres < metres - 0.0005).Select(p => p.Length!.Value.Metres)];

        // A price that holds for any length beats one of another length.
        bool exact = longEnough.Length > 0 && longEnough.Min() <= metres + 0.0005;
        if (!exact && pool.Exists(p => p.PerMetre is not null))
        {
            return pool.FindAll(p => p.PerMetre is not null);
        }

        double? near =
            longEnough.Length > 0 ? longEnough.Min()
            : tooShort.Length > 0 ? tooShort.Max()
            : null;
        return near is null ? pool : pool.FindAll(p => p.Length?.Metres == near);
    }

    private static Money At(Price price, Length? length) =>
        price.PerMetre is { } perMetre && length is { } l
            ? price.Range.Middle + Money.FromDollars(perMetre.Dollars * l.Metres)
            : price.Range.Middle;

    // A month is as fine as most sources are dated; a bare year counts as its beginning, no date as the oldest.
    private static string Month(string? date) =>
        date is null ? ""
        : date.Length > 7 ? date[..7]
        : date;
}
