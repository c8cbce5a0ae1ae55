namespace Lightloom.Units;

/// <summary>An amount of money in US dollars.</summary>
/// <remarks>
/// Stored as a whole number of US cents in a signed 64-bit integer; the default value is zero. Immutable, so safe to share between threads.
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    private Money(long cents) => Cents = cents;

    /// <summary>The value in US cents.</summary>
    public long Cents { get; }

    /// <summary>Zero.</summary>
    public static Money Zero => default;

    /// <summary>From dollars, rounded to the nearest cent.</summary>
    public static Money FromDollars(double dollars) => new((long)Math.Round(dollars * 100, MidpointRounding.AwayFromZero));

    /// <summary>The value in dollars.</summary>
    public double Dollars => Cents / 100.0;

    /// <summary>Dollars with thousands separators.</summary>
    public override string ToString() => FormattableString.Invariant($"${Dollars:#,0.##}");

    /// <inheritdoc/>
    public int CompareTo(Money other) => Cents.CompareTo(other.Cents);

    /// <summary>Sum.</summary>
    public static Money operator +(Money a, Money b) => new(a.Cents + b.Cents);

    /// <summary>Difference.</summary>
    public static Money operator -(Money a, Money b) => new(a.Cents - b.Cents);

    /// <summary>A whole multiple.</summary>
    public static Money operator *(Money a, long times) => new(a.Cents * times);

    /// <summary>Less than.</summary>
    public static bool operator <(Money a, Money b) => a.Cents < b.Cents;

    /// <summary>Greater than.</summary>
    public static bool operator >(Money a, Money b) => a.Cents > b.Cents;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Money a, Money b) => a.Cents <= b.Cents;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Money a, Money b) => a.Cents >= b.Cents;
}
