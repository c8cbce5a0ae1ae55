using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>The one price that a bill uses, chosen from all that are known.</summary>
/// <remarks>
/// The user's price book decides for what it names: the part at any length, or one length of it. Otherwise a price that somebody asks goes
/// before an estimate, the newest month goes before older ones, and the median is taken where several share it; a range counts as its
/// middle. For what is sold by length, a price of that very length goes before one for any length, and that before one of another length:
/// of the shortest priced length that is long enough, or of the longest when none is.
/// </remarks>
/// <param name="Amount">The price of one, with its source; both sources where it is the middle of two prices.</param>
/// <param name="Date">Its date, as precisely as known, or null.</param>
/// <param name="IsEstimate">True when only estimates are known.</param>
/// <param name="LengthMetres">The length that was priced, or null when the price holds for any.</param>
/// <param name="Range">The ends of the range whose middle it is, or null where a price was published.</param>
public readonly record struct ChosenPrice(
    Figure<Money> Amount,
    string? Date,
    bool IsEstimate,
    double? LengthMetres,
    PriceRange? Range = null
)
{
    // Lengths are whole millimetres; half of one tells two apart, in metres.
    private const double SameLength = 0.0005;

    /// <summary>The source id of a price that came from the user.</summary>
    public const string PriceBook = "price-book";

    /// <summary>The source ids in the catalogue, separated by spaces, or <c>price-book</c>; the higher price's first.</summary>
    public string SourceId => string.Join(' ', Amount.SourceIds);

    /// <summary>The price to use, or null when there is none.</summary>
    /// <param name="prices">All prices of a part.</param>
    /// <param name="length">The length to be bought, or null when it does not matter.</param>
    public static ChosenPrice? Of(IReadOnlyList<Price> prices, Length? length = null)
    {
        List<Price> pool = Pool(prices, length);
        return pool.Count == 0 ? null : Median(pool, length);
    }

    /// <summary>
    /// The price that holds for a length: one that was published for it, or for any; else what lies on the line between the nearest shorter
    /// and the nearest longer length that have one. Null where neither is, as 3 m say nothing of 9,000 m.
    /// </summary>
    /// <param name="prices">All prices of a part.</param>
    /// <param name="length">The length to be bought.</param>
    /// <returns>The price, and for one between two lengths those lengths in metres; it cites both and has the older date.</returns>
    public static (ChosenPrice Price, (double Shorter, double Longer)? Between)? Holding(IReadOnlyList<Price> prices, Length length)
    {
        List<Price> pool = Pool(prices, length);
        if (pool.Count == 0)
        {
            return null;
        }

        ChosenPrice chosen = Median(pool, length);
        if (chosen.LengthMetres is not { } priced || Math.Abs(priced - length.Metres) <= SameLength)
        {
            return (chosen, null);
        }

        double[] lengths = [.. pool.Where(p => p.Length is not null).Select(p => p.Length!.Value.Metres)];
        double[] shorter = [.. lengths.Where(l => l < length.Metres)];
        double[] longer = [.. lengths.Where(l => l > length.Metres)];
        if (shorter.Length == 0 || longer.Length == 0)
        {
            return null;
        }

        (double from, double to) = (shorter.Max(), longer.Min());
        ChosenPrice low = Median(pool, Length.FromMetres(from));
        ChosenPrice high = Median(pool, Length.FromMetres(to));
        double share = (length.Metres - from) / (to - from);
        double rise = high.Amount.Value.Dollars - low.Amount.Value.Dollars;
        Money between = Money.FromDollars(Math.Round(low.Amount.Value.Dollars + (share * rise), 2));
        string[] sources = [.. high.Amount.SourceIds.Union(low.Amount.SourceIds, StringComparer.Ordinal)];
        return (
            new(
                new(between, new(sources, null)),
                string.CompareOrdinal(Month(low.Date), Month(high.Date)) < 0 ? low.Date : high.Date,
                low.IsEstimate || high.IsEstimate,
                length.Metres,
                high.Range ?? low.Range
            ),
            (from, to)
        );
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

    /// <summary>
    /// The prices of a fibre piece in its jacket and polarity, or of which neither was said; where only others were asked for, those, with
    /// what is other about them.
    /// </summary>
    /// <param name="prices">All prices of a part.</param>
    /// <param name="jacket">The jacket that is bought, or unknown.</param>
    /// <param name="polarity">The polarity that is bought, as a catalogue writes it.</param>
    public static (IReadOnlyList<Price> Prices, string? Other) ForPiece(IReadOnlyList<Price> prices, FibreJacket jacket, string polarity)
    {
        (IReadOnlyList<Price> left, string? other) = Like(
            prices,
            p => p.Jacket is not { } own || own == jacket,
            p => p.Jacket!.Value.ToWord()
        );
        (left, string? turned) = Like(left, p => p.Polarity is not { } own || own == polarity, p => "type " + p.Polarity);
        string? words =
            other is null ? turned
            : turned is null ? other
            : $"{other} and {turned}";
        return (left, words is null ? null : "price: published for " + words);

        static (IReadOnlyList<Price>, string?) Like(IReadOnlyList<Price> all, Func<Price, bool> fits, Func<Price, string> what)
        {
            Price[] fitting = [.. all.Where(p => p.SourceId == PriceBook || fits(p))];
            return fitting.Length > 0 || all.Count == 0 ? (fitting, null) : (all, what(all[0]));
        }
    }

    // The prices among which one is chosen. A price of the book for one length says nothing of other lengths while anything else is known.
    private static List<Price> Pool(IReadOnlyList<Price> prices, Length? length)
    {
        List<Price> own = [.. prices.Where(p => p.SourceId == PriceBook)];
        List<Price> holding = length is { } wanted ? own.FindAll(p => p.Length is not { } l || IsSame(l.Metres, wanted.Metres)) : own;
        if (holding.Count > 0)
        {
            return holding;
        }

        List<Price> asked = [.. prices.Where(p => p.SourceId != PriceBook && !p.IsEstimate)];
        if (asked.Count > 0)
        {
            return asked;
        }

        List<Price> estimates = [.. prices.Where(p => p.SourceId != PriceBook)];
        return estimates.Count > 0 ? estimates : own;
    }

    private static ChosenPrice Median(List<Price> pool, Length? length)
    {
        List<Price> near = length is { } wanted ? ForLength(pool, wanted.Metres) : [.. pool];
        string newest = near.Max(p => Month(p.Date))!;
        near.RemoveAll(p => Month(p.Date) != newest);
        near.Sort((a, b) => At(a, length).CompareTo(At(b, length)));
        Price low = near[(near.Count - 1) / 2],
            high = near[near.Count / 2];
        Money median = Money.FromDollars((At(low, length).Dollars + At(high, length).Dollars) / 2);
        string[] sources = low.SourceId == high.SourceId ? [high.SourceId] : [high.SourceId, low.SourceId];
        return new(
            new(median, new(sources, null)),
            high.Date,
            high.IsEstimate,
            low.Length == high.Length ? low.Length?.Metres : null,
            high.Low != high.High ? high.Range
                : low.Low != low.High ? low.Range
                : null
        );
    }

    private static List<Price> ForLength(List<Price> pool, double metres)
    {
        List<Price> exact = pool.FindAll(p => p.Length is { } l && IsSame(l.Metres, metres));
        if (exact.Count > 0)
        {
            return exact;
        }

        // A price that holds for any length beats one of another length, and one by the metre is the more exact of those.
        List<Price> any = pool.FindAll(p => p.PerMetre is not null);
        any = any.Count > 0 ? any : pool.FindAll(p => p.Length is null);
        if (any.Count > 0)
        {
            return any;
        }

        double[] longEnough = [.. pool.Where(p => p.Length!.Value.Metres >= metres).Select(p => p.Length!.Value.Metres)];
        double near = longEnough.Length > 0 ? longEnough.Min() : pool.Max(p => p.Length!.Value.Metres);
        return pool.FindAll(p => IsSame(p.Length!.Value.Metres, near));
    }

    private static bool IsSame(double metres, double other) => Math.Abs(metres - other) <= SameLength;

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
