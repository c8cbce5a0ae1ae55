namespace Lightloom.Units;

/// <summary>A data rate: of a port, a link or a lane. Decimal, so 1 Gb/s is 1e9 bit/s.</summary>
/// <remarks>
/// <para>Stored as a whole number of bits per second in a signed 64-bit integer, from zero up. Arithmetic that leaves the range
/// throws <see cref="OverflowException"/>; so there is no negative value.</para>
/// <para>The default value is <see cref="Zero"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
public readonly record struct DataRate : IComparable<DataRate>
{
    private DataRate(long bitsPerSecond) => BitsPerSecond = bitsPerSecond;

    /// <summary>The value in bits per second.</summary>
    public long BitsPerSecond { get; }

    /// <summary>No data in any time; the default value.</summary>
    public static DataRate Zero => default;

    /// <summary>The largest value that can be held, 2^63 - 1 bits per second.</summary>
    public static DataRate MaxValue => new(long.MaxValue);

    /// <summary>From whole bits per second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static DataRate FromBitsPerSecond(long bitsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bitsPerSecond);
        return new(bitsPerSecond);
    }

    /// <summary>From gigabits per second, rounded to the nearest bit per second, halves to even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, not finite or out of range.</exception>
    public static DataRate FromGbps(double gbps) => new(Rounding.NearestNonNegative(gbps, 1e9));

    /// <summary>The value in gigabits per second.</summary>
    public double Gbps => BitsPerSecond / 1e9;

    /// <summary>How many whole times <paramref name="other"/> fits into this rate.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="other"/> is zero.</exception>
    /// <exception cref="OverflowException">It fits in more than 2^31 - 1 times.</exception>
    public int DividedBy(DataRate other) => checked((int)(BitsPerSecond / other.BitsPerSecond));

    /// <summary>The rate shared by <paramref name="ways"/> equal parts, rounded down to whole bits per second.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="ways"/> is zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ways"/> is negative.</exception>
    public static DataRate operator /(DataRate a, int ways)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ways);
        return new(a.BitsPerSecond / ways);
    }

    /// <summary>What passes at this rate in a time, rounded down to whole bytes.</summary>
    /// <exception cref="OverflowException">The time is negative, or the amount is above <see cref="DataSize.MaxValue"/>.</exception>
    public static DataSize operator *(DataRate rate, SimTime time)
    {
        Int128 bytes = (Int128)rate.BitsPerSecond * time.Picoseconds / (8 * SimTime.PicosecondsPerSecond);
        return time < SimTime.Zero
            ? throw new OverflowException("No amount of data passes in a negative time.")
            : DataSize.FromBytes(checked((long)bytes));
    }

    /// <summary>What passes at this rate in a time, rounded down to whole bytes.</summary>
    /// <exception cref="OverflowException">The time is negative, or the amount is above <see cref="DataSize.MaxValue"/>.</exception>
    public static DataSize operator *(SimTime time, DataRate rate) => rate * time;

    /// <summary>Gigabits per second, as in "400G".</summary>
    public override string ToString() => FormattableString.Invariant($"{Gbps:0.###}G");

    /// <inheritdoc/>
    public int CompareTo(DataRate other) => BitsPerSecond.CompareTo(other.BitsPerSecond);

    /// <summary>Sum.</summary>
    /// <exception cref="OverflowException">The sum is above <see cref="MaxValue"/>.</exception>
    public static DataRate operator +(DataRate a, DataRate b) => new(checked(a.BitsPerSecond + b.BitsPerSecond));

    /// <summary>Difference.</summary>
    /// <exception cref="OverflowException"><paramref name="b"/> is larger; there is no negative data rate.</exception>
    public static DataRate operator -(DataRate a, DataRate b) => NonNegative(checked(a.BitsPerSecond - b.BitsPerSecond));

    /// <summary>A whole multiple.</summary>
    /// <exception cref="OverflowException">The product is negative or above <see cref="MaxValue"/>.</exception>
    public static DataRate operator *(DataRate a, long times) => NonNegative(checked(a.BitsPerSecond * times));

    /// <summary>How many times <paramref name="b"/> goes into <paramref name="a"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is zero.</exception>
    public static double operator /(DataRate a, DataRate b) =>
        b.BitsPerSecond == 0 ? throw new DivideByZeroException() : a.BitsPerSecond / (double)b.BitsPerSecond;

    /// <summary>Less than.</summary>
    public static bool operator <(DataRate a, DataRate b) => a.BitsPerSecond < b.BitsPerSecond;

    /// <summary>Greater than.</summary>
    public static bool operator >(DataRate a, DataRate b) => a.BitsPerSecond > b.BitsPerSecond;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(DataRate a, DataRate b) => a.BitsPerSecond <= b.BitsPerSecond;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(DataRate a, DataRate b) => a.BitsPerSecond >= b.BitsPerSecond;

    private static DataRate NonNegative(long value) =>
        value >= 0 ? new(value) : throw new OverflowException("A data rate cannot be negative.");
}
