using System.Globalization;

namespace Lightloom.Units;

/// <summary>An amount of data: a message, a packet, a buffer.</summary>
/// <remarks>
/// <para>Stored as a whole number of bytes, from zero to 2^63 - 1; there is no negative amount of data. Arithmetic that leaves the range
/// throws <see cref="OverflowException"/>.</para>
/// <para>The default value is <see cref="Zero"/>.</para>
/// <para>Immutable, so safe to share between threads.</para>
/// </remarks>
public readonly record struct DataSize : IComparable<DataSize>
{
    /// <summary>The largest size that text may give: 2^62 bytes, so that two of them still have a sum.</summary>
    private const long MostParsed = 1L << 62;

    private static readonly (string Suffix, long Bytes)[] Suffixes =
    [
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
        ("TiB", 1L << 40),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000),
        ("B", 1),
    ];

    private DataSize(long bytes) => Bytes = bytes;

    /// <summary>The value in bytes, never negative.</summary>
    public long Bytes { get; }

    /// <summary>No data at all; the default value.</summary>
    public static DataSize Zero => default;

    /// <summary>The largest size that can be held, 2^63 - 1 bytes.</summary>
    public static DataSize MaxValue => new(long.MaxValue);

    /// <summary>From whole bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static DataSize FromBytes(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new(bytes);
    }

    /// <summary>From kibibytes, 1,024 bytes each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="OverflowException">The size is above <see cref="MaxValue"/>.</exception>
    public static DataSize FromKibibytes(long kibibytes) => FromBytes(checked(kibibytes * (1L << 10)));

    /// <summary>From mebibytes, 1,048,576 bytes each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="OverflowException">The size is above <see cref="MaxValue"/>.</exception>
    public static DataSize FromMebibytes(long mebibytes) => FromBytes(checked(mebibytes * (1L << 20)));

    /// <summary>
    /// Reads a size: a decimal number, then at will a space and a unit, in either case of letters. Units are <c>B</c>,
    /// <c>KiB MiB GiB TiB</c> (powers of 1024) and <c>KB MB GB TB</c> (powers of 1000); without one the number counts bytes. So
    /// <c>4MiB</c>, <c>4 mib</c>, <c>1.5kb</c>, <c>1e6</c> and <c>4096</c> are sizes. A fraction of a byte is rounded to the nearest byte.
    /// </summary>
    /// <param name="text">What a user wrote.</param>
    /// <param name="size">The size read, or <see cref="Zero"/>.</param>
    /// <returns>False for anything else, for a sign, and for a size above 2^62 bytes.</returns>
    public static bool TryParse(string? text, out DataSize size)
    {
        size = default;
        ReadOnlySpan<char> number = text.AsSpan().Trim();
        long unit = 1;
        foreach ((string suffix, long bytes) in Suffixes)
        {
            if (number.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                number = number[..^suffix.Length].TrimEnd();
                unit = bytes;
                break;
            }
        }

        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out decimal value) || value > (decimal)MostParsed / unit)
        {
            return false;
        }

        size = new((long)decimal.Round(value * unit, MidpointRounding.AwayFromZero));
        return true;
    }

    /// <summary>Reads a size as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is no size.</exception>
    public static DataSize Parse(string text) =>
        TryParse(text, out DataSize size)
            ? size
            : throw new FormatException($"'{text}' is no size; write bytes or a number with a unit, for example 65536, 4MiB or 1GB");

    /// <summary>The larger of two sizes.</summary>
    public static DataSize Max(DataSize a, DataSize b) => a.Bytes >= b.Bytes ? a : b;

    /// <summary>
    /// The largest binary unit that divides the size, as in <c>4MiB</c>, else bytes; <see cref="TryParse"/> reads it back.
    /// </summary>
    public override string ToString()
    {
        for (int i = 3; i >= 0; i--)
        {
            if (Bytes != 0 && Bytes % Suffixes[i].Bytes == 0)
            {
                return FormattableString.Invariant($"{Bytes / Suffixes[i].Bytes}{Suffixes[i].Suffix}");
            }
        }

        return FormattableString.Invariant($"{Bytes}B");
    }

    /// <inheritdoc/>
    public int CompareTo(DataSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Sum.</summary>
    /// <exception cref="OverflowException">The sum is above <see cref="MaxValue"/>.</exception>
    public static DataSize operator +(DataSize a, DataSize b) => new(checked(a.Bytes + b.Bytes));

    /// <summary>What is left of <paramref name="a"/> without <paramref name="b"/>.</summary>
    /// <exception cref="OverflowException"><paramref name="b"/> is larger.</exception>
    public static DataSize operator -(DataSize a, DataSize b) =>
        a.Bytes >= b.Bytes ? new(a.Bytes - b.Bytes) : throw new OverflowException($"{a} has no {b} in it; a size cannot be negative");

    /// <summary>A whole multiple.</summary>
    /// <exception cref="OverflowException">The product is negative or above <see cref="MaxValue"/>.</exception>
    public static DataSize operator *(DataSize a, long times) =>
        checked(a.Bytes * times) is >= 0 and long bytes
            ? new(bytes)
            : throw new OverflowException($"{times} times {a} would be negative; a size cannot be");

    /// <summary>A whole part, rounded down to whole bytes.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="parts"/> is zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> is negative.</exception>
    public static DataSize operator /(DataSize a, long parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        return new(a.Bytes / parts);
    }

    /// <summary>How many times <paramref name="b"/> goes into <paramref name="a"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is zero.</exception>
    public static double operator /(DataSize a, DataSize b) => b.Bytes == 0 ? throw new DivideByZeroException() : a.Bytes / (double)b.Bytes;

    /// <summary>
    /// How long the last bit follows the first at a rate, rounded up to the next picosecond: nothing arrives before it was sent.
    /// </summary>
    /// <exception cref="DivideByZeroException">The rate is zero.</exception>
    /// <exception cref="OverflowException">The time is above <see cref="SimTime.MaxValue"/>.</exception>
    public static SimTime operator /(DataSize size, DataRate rate)
    {
        if (rate == DataRate.Zero)
        {
            throw new DivideByZeroException($"{size} never pass at a rate of zero.");
        }

        (Int128 whole, Int128 rest) = Int128.DivRem((Int128)size.Bytes * 8 * SimTime.PicosecondsPerSecond, rate.BitsPerSecond);
        return SimTime.FromPicoseconds(checked((long)(whole + (rest > 0 ? 1 : 0))));
    }

    /// <summary>The rate at which this much passes in a time, rounded down to whole bits per second.</summary>
    /// <exception cref="DivideByZeroException">The time is zero.</exception>
    /// <exception cref="OverflowException">The time is negative, or the rate is above <see cref="DataRate.MaxValue"/>.</exception>
    public static DataRate operator /(DataSize size, SimTime time)
    {
        if (time < SimTime.Zero)
        {
            throw new OverflowException("A rate over a negative time would be negative.");
        }

        Int128 rate = (Int128)size.Bytes * 8 * SimTime.PicosecondsPerSecond / time.Picoseconds;
        return DataRate.FromBitsPerSecond(checked((long)rate));
    }

    /// <summary>Less than.</summary>
    public static bool operator <(DataSize a, DataSize b) => a.Bytes < b.Bytes;

    /// <summary>Greater than.</summary>
    public static bool operator >(DataSize a, DataSize b) => a.Bytes > b.Bytes;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(DataSize a, DataSize b) => a.Bytes <= b.Bytes;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(DataSize a, DataSize b) => a.Bytes >= b.Bytes;
}
