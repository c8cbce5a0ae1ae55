namespace Lightloom.Units;

/// <summary>A distance: the length of a cable, the height of a rack, a place on a floor.</summary>
/// <remarks>
/// <para>Stored as a whole number of millimetres in a signed 64-bit integer; it may be negative, as a difference. Arithmetic that leaves
/// the range throws <see cref="OverflowException"/>.</para>
/// <para>The default value is <see cref="Zero"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
public readonly record struct Length : IComparable<Length>
{
    private Length(long millimetres) => Millimetres = millimetres;

    /// <summary>The value in millimetres.</summary>
    public long Millimetres { get; }

    /// <summary>No distance; the default value.</summary>
    public static Length Zero => default;

    /// <summary>The smallest value that can be held, -2^63 millimetres.</summary>
    public static Length MinValue => new(long.MinValue);

    /// <summary>The largest value that can be held, 2^63 - 1 millimetres.</summary>
    public static Length MaxValue => new(long.MaxValue);

    /// <summary>From whole millimetres.</summary>
    public static Length FromMillimetres(long millimetres) => new(millimetres);

    /// <summary>From metres, rounded to the nearest millimetre, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite or out of range.</exception>
    public static Length FromMetres(double metres) => new(Rounding.Nearest(metres, 1000));

    /// <summary>The value in metres.</summary>
    public double Metres => Millimetres / 1000.0;

    /// <summary>The larger of two lengths.</summary>
    public static Length Max(Length a, Length b) => a.Millimetres >= b.Millimetres ? a : b;

    /// <summary>How long a signal is on its way over this length of a medium, rounded to the nearest picosecond.</summary>
    /// <param name="perMetre">Time that the medium takes for one metre; about 4.9 ns in glass fibre.</param>
    /// <exception cref="OverflowException">The time is out of range.</exception>
    public SimTime PropagationTime(SimTime perMetre) =>
        SimTime.FromPicoseconds(Rounding.NearestQuotient(Millimetres, perMetre.Picoseconds, 1000));

    /// <summary>Metres with up to three decimals, as in "12.5 m".</summary>
    public override string ToString() => FormattableString.Invariant($"{Metres:0.###} m");

    /// <inheritdoc/>
    public int CompareTo(Length other) => Millimetres.CompareTo(other.Millimetres);

    /// <summary>Sum.</summary>
    /// <exception cref="OverflowException">The sum is out of range.</exception>
    public static Length operator +(Length a, Length b) => new(checked(a.Millimetres + b.Millimetres));

    /// <summary>Difference.</summary>
    /// <exception cref="OverflowException">The difference is out of range.</exception>
    public static Length operator -(Length a, Length b) => new(checked(a.Millimetres - b.Millimetres));

    /// <summary>The same amount with the other sign.</summary>
    /// <exception cref="OverflowException">The value is <see cref="MinValue"/>.</exception>
    public static Length operator -(Length a) => new(checked(-a.Millimetres));

    /// <summary>A whole multiple.</summary>
    /// <exception cref="OverflowException">The product is out of range.</exception>
    public static Length operator *(Length a, long times) => new(checked(a.Millimetres * times));

    /// <summary>How many times <paramref name="b"/> goes into <paramref name="a"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is zero.</exception>
    public static double operator /(Length a, Length b) =>
        b.Millimetres == 0 ? throw new DivideByZeroException() : a.Millimetres / (double)b.Millimetres;

    /// <summary>Less than.</summary>
    public static bool operator <(Length a, Length b) => a.Millimetres < b.Millimetres;

    /// <summary>Greater than.</summary>
    public static bool operator >(Length a, Length b) => a.Millimetres > b.Millimetres;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Length a, Length b) => a.Millimetres <= b.Millimetres;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Length a, Length b) => a.Millimetres >= b.Millimetres;
}
