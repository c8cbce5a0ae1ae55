namespace Lightloom.Units;

/// <summary>An amount of money in US dollars.</summary>
/// <remarks>
/// <para>Stored as a whole number of US cents in a signed 64-bit integer; it may be negative, as a difference. Arithmetic that leaves the
/// range throws <see cref="OverflowException"/>.</para>
/// <para>The default value is <see cref="Zero"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    private Money(long cents) => Cents = cents;

    /// <summary>The value in US cents.</summary>
    public long Cents { get; }

    /// <summary>Nothing; the default value.</summary>
    public static Money Zero => default;

    /// <summary>The smallest value that can be held, -2^63 US cents.</summary>
    public static Money MinValue => new(long.MinValue);

    /// <summary>The largest value that can be held, 2^63 - 1 US cents.</summary>
    public static Money MaxValue => new(long.MaxValue);

    /// <summary>From whole US cents.</summary>
    public static Money FromCents(long cents) => new(cents);

    /// <summary>From dollars, rounded to the nearest cent, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite or out of range.</exception>
    public static Money FromDollars(double dollars) => new(Rounding.Nearest(dollars, 100));

    /// <summary>The value in dollars.</summary>
    public double Dollars => Cents / 100.0;

    /// <summary>Dollars with thousands separators.</summary>
    public override string ToString() => FormattableString.Invariant($"${Dollars:#,0.##}");

    /// <inheritdoc/>
    public int CompareTo(Money other) => Cents.CompareTo(other.Cents);

    /// <summary>Sum.</summary>
    /// <exception cref="OverflowException">The sum is out of range.</exception>
    public static Money operator +(Money a, Money b) => new(checked(a.Cents + b.Cents));

    /// <summary>Difference.</summary>
    /// <exception cref="OverflowException">The difference is out of range.</exception>
    public static Money operator -(Money a, Money b) => new(checked(a.Cents - b.Cents));

    /// <summary>The same amount with the other sign.</summary>
    /// <exception cref="OverflowException">The value is <see cref="MinValue"/>.</exception>
    public static Money operator -(Money a) => new(checked(-a.Cents));

    /// <summary>A whole multiple.</summary>
    /// <exception cref="OverflowException">The product is out of range.</exception>
    public static Money operator *(Money a, long times) => new(checked(a.Cents * times));

    /// <summary>How many times <paramref name="b"/> goes into <paramref name="a"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is zero.</exception>
    public static double operator /(Money a, Money b) => b.Cents == 0 ? throw new DivideByZeroException() : a.Cents / (double)b.Cents;

    /// <summary>Less than.</summary>
    public static bool operator <(Money a, Money b) => a.Cents < b.Cents;

    /// <summary>Greater than.</summary>
    public static bool operator >(Money a, Money b) => a.Cents > b.Cents;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Money a, Money b) => a.Cents <= b.Cents;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Money a, Money b) => a.Cents >= b.Cents;
}
