namespace Lightloom.Units;

/// <summary>A mass: of a switch, a node, or a metre of cable.</summary>
/// <remarks>
/// <para>Stored as a whole number of grams in a signed 64-bit integer, from zero up. Arithmetic that leaves the range
/// throws <see cref="OverflowException"/>; so there is no negative value.</para>
/// <para>The default value is <see cref="Zero"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
public readonly record struct Mass : IComparable<Mass>
{
    private Mass(long grams) => Grams = grams;

    /// <summary>The value in grams.</summary>
    public long Grams { get; }

    /// <summary>No mass; the default value.</summary>
    public static Mass Zero => default;

    /// <summary>The largest value that can be held, 2^63 - 1 grams.</summary>
    public static Mass MaxValue => new(long.MaxValue);

    /// <summary>From whole grams.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static Mass FromGrams(long grams)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(grams);
        return new(grams);
    }

    /// <summary>From kilograms, rounded to the nearest gram, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, not finite or out of range.</exception>
    public static Mass FromKilograms(double kilograms) => new(Rounding.NearestNonNegative(kilograms, 1000));

    /// <summary>The value in kilograms.</summary>
    public double Kilograms => Grams / 1000.0;

    /// <summary>Kilograms with up to two decimals.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kilograms:0.##} kg");

    /// <inheritdoc/>
    public int CompareTo(Mass other) => Grams.CompareTo(other.Grams);

    /// <summary>Sum.</summary>
    /// <exception cref="OverflowException">The sum is above <see cref="MaxValue"/>.</exception>
    public static Mass operator +(Mass a, Mass b) => new(checked(a.Grams + b.Grams));

    /// <summary>Difference.</summary>
    /// <exception cref="OverflowException"><paramref name="b"/> is larger; there is no negative mass.</exception>
    public static Mass operator -(Mass a, Mass b) => NonNegative(checked(a.Grams - b.Grams));

    /// <summary>A whole multiple.</summary>
    /// <exception cref="OverflowException">The product is negative or above <see cref="MaxValue"/>.</exception>
    public static Mass operator *(Mass a, long times) => NonNegative(checked(a.Grams * times));

    /// <summary>How many times <paramref name="b"/> goes into <paramref name="a"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is zero.</exception>
    public static double operator /(Mass a, Mass b) => b.Grams == 0 ? throw new DivideByZeroException() : a.Grams / (double)b.Grams;

    /// <summary>Less than.</summary>
    public static bool operator <(Mass a, Mass b) => a.Grams < b.Grams;

    /// <summary>Greater than.</summary>
    public static bool operator >(Mass a, Mass b) => a.Grams > b.Grams;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Mass a, Mass b) => a.Grams <= b.Grams;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Mass a, Mass b) => a.Grams >= b.Grams;

    private static Mass NonNegative(long value) => value >= 0 ? new(value) : throw new OverflowException("A mass cannot be negative.");
}
