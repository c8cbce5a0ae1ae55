using System.Globalization;

namespace Lightloom.Hardware;

/// <summary>
/// A key of the price book: a part, one length of it (<c>dac-800g-osfp@1.5m</c>), or what each metre of it adds
/// (<c>fibre-lc-os2-per-m</c>).
/// </summary>
/// <param name="Id">The part's id.</param>
/// <param name="LengthMetres">The length, or null for any.</param>
/// <param name="PerMetre">True when the price is that of a metre.</param>
internal readonly record struct BookKey(string Id, double? LengthMetres, bool PerMetre)
{
    /// <summary>Takes a key apart; what is neither a length nor by the metre is an id.</summary>
    public static BookKey Of(string key)
    {
        int at = key.LastIndexOf('@');
        if (
            at > 0
            && key.EndsWith('m')
            && double.TryParse(
                key.AsSpan(at + 1, Math.Max(0, key.Length - at - 2)),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out double metres
            )
        )
        {
            return new(key[..at], metres, false);
        }

        const string Suffix = "-per-m";
        return key.Length > Suffix.Length && key.EndsWith(Suffix, StringComparison.Ordinal)
            ? new(key[..^Suffix.Length], null, true)
            : new(key, null, false);
    }

    /// <summary>
    /// True for an id, or the begin of one, of a passive part that need not be in the catalogue: <c>fibre</c>, <c>fibre-os2-8f-mpo-12</c>,
    /// <c>shuffle</c>.
    /// </summary>
    public static bool IsPassive(string id) => id.Split('-')[0] is "fibre" or "trunk" or "cassette" or "panel" or "shuffle";
}
