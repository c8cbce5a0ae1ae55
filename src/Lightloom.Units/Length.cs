namespace Lightloom.Units;

/// <summary>A distance: the length of a cable, the height of a rack, a place on a floor.</summary>
/// <remarks>
/// Stored as a whole number of millimetres in a signed 64-bit integer; the default value is zero. Immutable, so safe to share between
/// threads.
/// </remarks>
public readonly record struct Length : IComparable<Length>
{
    private Length(long millimetres) => Millimetres = millimetres;

    /// <summary>The value in millimetres.</summary>
    public long Millimetres { get; }

    /// <summary>Zero.</summary>
    public static Length Zero => default;

    /// <summary>From whole millimetres.</summary>
    public static Length FromMillimetres(long millimetres) => new(millimetres);

    /// <summary>From metres, rounded to the nearest millimetre.</summary>
    public static Length FromMetres(double metres) => new((long)Math.Round(metres * 1000, MidpointRounding.AwayFromZero));

    /// <summary>The value in metres.</summary>
    public double Metres => Millimetres / 1000.0;

    /// <summary>The larger of two lengths.</summary>
    public static Length Max(Length a, Length b) => a.Millimetres >= b.Millimetres ? a : b;

    /// <summary>Metres with up to three decimals, as in "12.5 m".</summary>
    public override string ToString() => FormattableString.Invariant($"{Metres:0.###} m");

    /// <inheritdoc/>
    public int CompareTo(Length other) => Millimetres.CompareTo(other.Millimetres);

    /// <summary>Sum.</summary>
    public static Length operator +(Length a, Length b) => new(a.Millimetres + b.Millimetres);

    /// <summary>Difference.</summary>
    public static Length operator -(Length a, Length b) => new(a.Millimetres - b.Millimetres);

    /// <summary>A whole multiple.</summary>
    public static Length operator *(Length a, long times) => new(a.Millimetres * times);

    /// <summary>Less than.</summary>
    public static bool operator <(Length a, Length b) => a.Millimetres < b.Millimetres;

    /// <summary>Greater than.</summary>
    public static bool operator >(Length a, Length b) => a.Millimetres > b.Millimetres;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Length a, Length b) => a.Millimetres <= b.Millimetres;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Length a, Length b) => a.Millimetres >= b.Millimetres;
}
