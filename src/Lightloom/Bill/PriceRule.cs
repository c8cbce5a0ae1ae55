using System.Globalization;
using Lightloom.Channels;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>
/// How the bill finds a price: the user's price book first, by the most exact key that it has, then the catalogue's choice
/// (<see cref="ChosenPrice"/>).
/// </summary>
/// <remarks>
/// Keys of the price book, most exact first: <c>ID@LENGTHm</c> for one ordered length (<c>dac-800g-osfp@1.5m</c>), <c>ID-per-m</c> for
/// dollars a metre on top of <c>ID</c> (or of nothing), <c>ID</c> for any length. Fibre cables, trunks, cassettes and panels also take
/// shorter keys, cut at a hyphen: <c>fibre</c> prices every fibre cable that no longer key names. Safe to call from several threads.
/// </remarks>
public static class PriceRule
{
    private const string PerMetre = "-per-m";

    /// <summary>The price of a part.</summary>
    /// <param name="book">The user's price book.</param>
    /// <param name="id">The part's id, without a length.</param>
    /// <param name="published">What the catalogue would take, or null.</param>
    /// <param name="length">The ordered length; null for what is not sold by length.</param>
    /// <param name="shorterKeys">True when keys cut at a hyphen count too.</param>
    /// <returns>The price, or null when there is none.</returns>
    public static Quote? Choose(
        IReadOnlyDictionary<string, Money> book,
        string id,
        ChosenPrice? published,
        Length? length = null,
        bool shorterKeys = false
    )
    {
        for (string key = id; ; )
        {
            if (FromBook(book, key, length) is { } own)
            {
                return own;
            }

            int cut = key.LastIndexOf('-');
            if (!shorterKeys || cut <= 0)
            {
                break;
            }

            key = key[..cut];
        }

        return published is { } price ? new(price.Amount.Value, price.Date, price.SourceId, Assumption(price, length)) : null;
    }

    /// <summary>The price of one of a part that is sold by length: the book's, else the catalogue's where it holds for the length.</summary>
    /// <param name="book">The user's price book.</param>
    /// <param name="id">The part's id, without a length.</param>
    /// <param name="published">The part's public prices.</param>
    /// <param name="length">The ordered length.</param>
    /// <param name="shorterKeys">True when keys cut at a hyphen count too.</param>
    public static Quote? ForLength(
        IReadOnlyDictionary<string, Money> book,
        string id,
        IReadOnlyList<Price> published,
        Length length,
        bool shorterKeys = false
    )
    {
        if (Choose(book, id, null, length, shorterKeys) is { } own)
        {
            return own;
        }

        if (ChosenPrice.Holding(published, length) is not { } holding)
        {
            return null;
        }

        string? assumed = Assumption(holding.Price, length);
        string? line = holding.Between is { } b
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"price: between those {(holding.Price.SourceId == ChosenPrice.PriceBook ? "of the price book" : "published")} for "
                    + $"{b.Shorter:0.##} and {b.Longer:0.##} m"
            )
            : null;
        return new(
            holding.Price.Amount.Value,
            holding.Price.Date,
            holding.Price.SourceId,
            assumed is null ? line
                : line is null ? assumed
                : assumed + "; " + line
        );
    }

    private static Quote? FromBook(IReadOnlyDictionary<string, Money> book, string id, Length? length)
    {
        if (book.Count == 0)
        {
            return null;
        }

        if (length is { } exact && book.TryGetValue(OrderCodes.WithLength(id, exact), out Money one))
        {
            return new(one, null, ChosenPrice.PriceBook, null);
        }

        bool hasBase = book.TryGetValue(id, out Money each);
        if (length is { } metres && book.TryGetValue(id + PerMetre, out Money perMetre))
        {
            return new(each + Money.FromDollars(perMetre.Dollars * metres.Metres), null, ChosenPrice.PriceBook, null);
        }

        return hasBase ? new(each, null, ChosenPrice.PriceBook, null) : null;
    }

    private static string? Assumption(ChosenPrice price, Length? length)
    {
        if (price.SourceId == ChosenPrice.PriceBook)
        {
            return null;
        }

        string[] assumed =
        [
            .. new[]
            {
                price.IsEstimate ? "price: its source calls it an estimate" : null,
                price.Range is { } range
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"price: the middle of {range.Low.Dollars:#,0.##} to {range.High.Dollars:#,0.##}"
                    )
                    : null,
                length is { } ordered && price.LengthMetres is { } priced && Math.Abs(priced - ordered.Metres) > 0.0005
                    ? string.Create(CultureInfo.InvariantCulture, $"price: published for {priced:0.##} m")
                    : null,
            }.OfType<string>(),
        ];
        return assumed.Length == 0 ? null : string.Join("; ", assumed);
    }
}
