namespace Lightloom.Units;

/// <summary>
/// A span of time in a network: a delay on a path, the time a packet takes on a wire, a moment of a simulation since its start.
/// </summary>
/// <remarks>
/// <para>Stored as a whole number of picoseconds in a signed 64-bit integer, so up to 106 days; it may be negative, as a difference.
/// Arithmetic that leaves the range throws <see cref="OverflowException"/>.</para>
/// <para>The default value is <see cref="Zero"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
public readonly record struct SimTime : IComparable<SimTime>
{
    private SimTime(long picoseconds) => Picoseconds = picoseconds;

    /// <summary>The value in picoseconds.</summary>
    public long Picoseconds { get; }

    /// <summary>No time; the default value.</summary>
    public static SimTime Zero => default;

    /// <summary>The smallest value that can be held, -2^63 picoseconds.</summary>
    public static SimTime MinValue => new(long.MinValue);

    /// <summary>The largest value that can be held, 2^63 - 1 picoseconds.</summary>
    public static SimTime MaxValue => new(long.MaxValue);

    /// <summary>Picoseconds in a second, 10^12.</summary>
    public const long PicosecondsPerSecond = 1_000_000_000_000;

    /// <summary>From whole picoseconds.</summary>
    public static SimTime FromPicoseconds(long picoseconds) => new(picoseconds);

    /// <summary>From nanoseconds, rounded to the nearest picosecond, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite or out of range.</exception>
    public static SimTime FromNanoseconds(double nanoseconds) => new(Rounding.Nearest(nanoseconds, 1e3));

    /// <summary>From microseconds, rounded to the nearest picosecond, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite or out of range.</exception>
    public static SimTime FromMicroseconds(double microseconds) => new(Rounding.Nearest(microseconds, 1e6));

    /// <summary>From milliseconds, rounded to the nearest picosecond, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite or out of range.</exception>
    public static SimTime FromMilliseconds(double milliseconds) => new(Rounding.Nearest(milliseconds, 1e9));

    /// <summary>From seconds, rounded to the nearest picosecond, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite or out of range.</exception>
    public static SimTime FromSeconds(double seconds) => new(Rounding.Nearest(seconds, 1e12));

    /// <summary>The value in nanoseconds.</summary>
    public double Nanoseconds => Picoseconds / 1000.0;

    /// <summary>The value in microseconds.</summary>
    public double Microseconds => Picoseconds / 1e6;

    /// <summary>The value in milliseconds.</summary>
    public double Milliseconds => Picoseconds / 1e9;

    /// <summary>The value in seconds.</summary>
    public double Seconds => Picoseconds / 1e12;

    /// <summary>The longer of two times.</summary>
    public static SimTime Max(SimTime a, SimTime b) => a.Picoseconds >= b.Picoseconds ? a : b;

    /// <summary>Microseconds with up to three decimals.</summary>
    public override string ToString() => FormattableString.Invariant($"{Microseconds:0.###} us");

    /// <inheritdoc/>
    public int CompareTo(SimTime other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>Sum.</summary>
    /// <exception cref="OverflowException">The sum is out of range.</exception>
    public static SimTime operator +(SimTime a, SimTime b) => new(checked(a.Picoseconds + b.Picoseconds));

    /// <summary>Difference.</summary>
    /// <exception cref="OverflowException">The difference is out of range.</exception>
    public static SimTime operator -(SimTime a, SimTime b) => new(checked(a.Picoseconds - b.Picoseconds));

    /// <summary>The same amount with the other sign.</summary>
    /// <exception cref="OverflowException">The value is <see cref="MinValue"/>.</exception>
    public static SimTime operator -(SimTime a) => new(checked(-a.Picoseconds));

    /// <summary>A whole multiple.</summary>
    /// <exception cref="OverflowException">The product is out of range.</exception>
    public static SimTime operator *(SimTime a, long times) => new(checked(a.Picoseconds * times));

    /// <summary>How many times <paramref name="b"/> goes into <paramref name="a"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is zero.</exception>
    public static double operator /(SimTime a, SimTime b) =>
        b.Picoseconds == 0 ? throw new DivideByZeroException() : a.Picoseconds / (double)b.Picoseconds;

    /// <summary>Less than.</summary>
    public static bool operator <(SimTime a, SimTime b) => a.Picoseconds < b.Picoseconds;

    /// <summary>Greater than.</summary>
    public static bool operator >(SimTime a, SimTime b) => a.Picoseconds > b.Picoseconds;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(SimTime a, SimTime b) => a.Picoseconds <= b.Picoseconds;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(SimTime a, SimTime b) => a.Picoseconds >= b.Picoseconds;
}
