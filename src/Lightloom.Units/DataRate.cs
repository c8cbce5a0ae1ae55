namespace Lightloom.Units;

/// <summary>A data rate: of a port, a link or a lane. Decimal, so 1 Gb/s is 1e9 bit/s.</summary>
/// <remarks>
/// Stored as a whole number of bits per second in a signed 64-bit integer; the default value is zero. Immutable, so safe to share between
/// threads.
/// </remarks>
public readonly record struct DataRate : IComparable<DataRate>
{
    private DataRate(long bitsPerSecond) => BitsPerSecond = bitsPerSecond;

    /// <summary>The value in bits per second.</summary>
    public long BitsPerSecond { get; }

    /// <summary>Zero.</summary>
    public static DataRate Zero => default;

    /// <summary>From gigabits per second, rounded to the nearest bit per second.</summary>
    public static DataRate FromGbps(double gbps) => new((long)Math.Round(gbps * 1e9));

    /// <summary>The value in gigabits per second.</summary>
    public double Gbps => BitsPerSecond / 1e9;

    /// <summary>How many whole times <paramref name="other"/> fits into this rate.</summary>
    public int DividedBy(DataRate other) => (int)(BitsPerSecond / other.BitsPerSecond);

    /// <summary>The rate shared by <paramref name="ways"/> equal parts.</summary>
    public static DataRate operator /(DataRate a, int ways) => new(a.BitsPerSecond / ways);

    /// <summary>Gigabits per second, as in "400G".</summary>
    public override string ToString() => FormattableString.Invariant($"{Gbps:0.###}G");

    /// <inheritdoc/>
    public int CompareTo(DataRate other) => BitsPerSecond.CompareTo(other.BitsPerSecond);

    /// <summary>Sum.</summary>
    public static DataRate operator +(DataRate a, DataRate b) => new(a.BitsPerSecond + b.BitsPerSecond);

    /// <summary>Difference.</summary>
    public static DataRate operator -(DataRate a, DataRate b) => new(a.BitsPerSecond - b.BitsPerSecond);

    /// <summary>A whole multiple.</summary>
    public static DataRate operator *(DataRate a, long times) => new(a.BitsPerSecond * times);

    /// <summary>Less than.</summary>
    public static bool operator <(DataRate a, DataRate b) => a.BitsPerSecond < b.BitsPerSecond;

    /// <summary>Greater than.</summary>
    public static bool operator >(DataRate a, DataRate b) => a.BitsPerSecond > b.BitsPerSecond;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(DataRate a, DataRate b) => a.BitsPerSecond <= b.BitsPerSecond;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(DataRate a, DataRate b) => a.BitsPerSecond >= b.BitsPerSecond;
}
