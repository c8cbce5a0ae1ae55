namespace Lightloom.Units;

/// <summary>Electrical power drawn by a device, a module or a whole network.</summary>
/// <remarks>
/// <para>Stored as a whole number of milliwatts in a signed 64-bit integer; it may be negative, as a difference. Arithmetic that leaves the
/// range throws <see cref="OverflowException"/>.</para>
/// <para>The default value is <see cref="Zero"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
public readonly record struct Power : IComparable<Power>
{
    private Power(long milliwatts) => Milliwatts = milliwatts;

    /// <summary>The value in milliwatts.</summary>
    public long Milliwatts { get; }

    /// <summary>No power; the default value.</summary>
    public static Power Zero => default;

    /// <summary>The smallest value that can be held, -2^63 milliwatts.</summary>
    public static Power MinValue => new(long.MinValue);

    /// <summary>The largest value that can be held, 2^63 - 1 milliwatts.</summary>
    public static Power MaxValue => new(long.MaxValue);

    /// <summary>From whole milliwatts.</summary>
    public static Power FromMilliwatts(long milliwatts) => new(milliwatts);

    /// <summary>From watts, rounded to the nearest milliwatt, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite or out of range.</exception>
    public static Power FromWatts(double watts) => new(Rounding.Nearest(watts, 1000));

    /// <summary>From kilowatts, rounded to the nearest milliwatt, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite or out of range.</exception>
    public static Power FromKilowatts(double kilowatts) => new(Rounding.Nearest(kilowatts, 1e6));

    /// <summary>The value in watts.</summary>
    public double Watts => Milliwatts / 1000.0;

    /// <summary>The value in kilowatts.</summary>
    public double Kilowatts => Milliwatts / 1e6;

    /// <summary>Watts, or kilowatts from 10 kW up.</summary>
    public override string ToString() =>
        Milliwatts >= 10_000_000 ? FormattableString.Invariant($"{Kilowatts:0.#} kW") : FormattableString.Invariant($"{Watts:0.##} W");

    /// <inheritdoc/>
    public int CompareTo(Power other) => Milliwatts.CompareTo(other.Milliwatts);

    /// <summary>Sum.</summary>
    /// <exception cref="OverflowException">The sum is out of range.</exception>
    public static Power operator +(Power a, Power b) => new(checked(a.Milliwatts + b.Milliwatts));

    /// <summary>Difference.</summary>
    /// <exception cref="OverflowException">The difference is out of range.</exception>
    public static Power operator -(Power a, Power b) => new(checked(a.Milliwatts - b.Milliwatts));

    /// <summary>The same amount with the other sign.</summary>
    /// <exception cref="OverflowException">The value is <see cref="MinValue"/>.</exception>
    public static Power operator -(Power a) => new(checked(-a.Milliwatts));

    /// <summary>A whole multiple.</summary>
    /// <exception cref="OverflowException">The product is out of range.</exception>
    public static Power operator *(Power a, long times) => new(checked(a.Milliwatts * times));

    /// <summary>How many times <paramref name="b"/> goes into <paramref name="a"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is zero.</exception>
    public static double operator /(Power a, Power b) =>
        b.Milliwatts == 0 ? throw new DivideByZeroException() : a.Milliwatts / (double)b.Milliwatts;

    /// <summary>Less than.</summary>
    public static bool operator <(Power a, Power b) => a.Milliwatts < b.Milliwatts;

    /// <summary>Greater than.</summary>
    public static bool operator >(Power a, Power b) => a.Milliwatts > b.Milliwatts;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Power a, Power b) => a.Milliwatts <= b.Milliwatts;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Power a, Power b) => a.Milliwatts >= b.Milliwatts;
}
