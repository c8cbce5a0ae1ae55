namespace Lightloom.Units;

/// <summary>The outer diameter of a cable. Finer than <see cref="Length"/>: a tray's fill grows with its square.</summary>
/// <remarks>
/// <para>Stored as a whole number of micrometres in a signed 64-bit integer, from zero up. Arithmetic that leaves the range
/// throws <see cref="OverflowException"/>; so there is no negative value.</para>
/// <para>The default value is <see cref="Zero"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
public readonly record struct Diameter : IComparable<Diameter>
{
    private Diameter(long micrometres) => Micrometres = micrometres;

    /// <summary>The value in micrometres.</summary>
    public long Micrometres { get; }

    /// <summary>No thickness; the default value.</summary>
    public static Diameter Zero => default;

    /// <summary>The largest value that can be held, 2^63 - 1 micrometres.</summary>
    public static Diameter MaxValue => new(long.MaxValue);

    /// <summary>From whole micrometres.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static Diameter FromMicrometres(long micrometres)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(micrometres);
        return new(micrometres);
    }

    /// <summary>From millimetres, rounded to the nearest micrometre, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, not finite or out of range.</exception>
    public static Diameter FromMillimetres(double millimetres) => new(Rounding.NearestNonNegative(millimetres, 1000));

    /// <summary>The value in millimetres.</summary>
    public double Millimetres => Micrometres / 1000.0;

    /// <summary>The cross-section of a round cable of this diameter, in square millimetres.</summary>
    public double SquareMillimetres => Math.PI / 4 * Millimetres * Millimetres;

    /// <summary>Millimetres with up to three decimals, as in "9.43 mm".</summary>
    public override string ToString() => FormattableString.Invariant($"{Millimetres:0.###} mm");

    /// <inheritdoc/>
    public int CompareTo(Diameter other) => Micrometres.CompareTo(other.Micrometres);

    /// <summary>Less than.</summary>
    public static bool operator <(Diameter a, Diameter b) => a.Micrometres < b.Micrometres;

    /// <summary>Greater than.</summary>
    public static bool operator >(Diameter a, Diameter b) => a.Micrometres > b.Micrometres;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Diameter a, Diameter b) => a.Micrometres <= b.Micrometres;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Diameter a, Diameter b) => a.Micrometres >= b.Micrometres;
}
