using System.Globalization;

namespace Lightloom.Units;

/// <summary>An amount of data: a message, a buffer.</summary>
/// <remarks>
/// Stored as a whole number of bytes in a signed 64-bit integer; the default value is zero. Immutable, so safe to share between threads.
/// </remarks>
public readonly record struct DataSize : IComparable<DataSize>
{
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

    /// <summary>The value in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Zero.</summary>
    public static DataSize Zero => default;

    /// <summary>From whole bytes.</summary>
    public static DataSize FromBytes(long bytes) => new(bytes);

    /// <summary>
    /// Parses bytes, or a number with <c>KiB MiB GiB TiB</c> (powers of 1024) or <c>KB MB GB TB</c> (powers of 1000), as in <c>4MiB</c>; a
    /// space before the unit is allowed. False for anything else, for a negative size and for one above 2^62 bytes.
    /// </summary>
    public static bool TryParse(string? text, out DataSize size)
    {
        size = default;
        ReadOnlySpan<char> number = text.AsSpan().Trim();
        long unit = 1;
        foreach ((string suffix, long bytes) in Suffixes)
        {
            if (number.EndsWith(suffix, StringComparison.Ordinal))
            {
                number = number[..^suffix.Length].TrimEnd();
                unit = bytes;
                break;
            }
        }

        if (
            !double.TryParse(
                number,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out double value
            ) || !(value * unit <= 1L << 62)
        )
        {
            return false;
        }

        size = new((long)Math.Round(value * unit));
        return true;
    }

    /// <summary>The largest binary unit that divides the size, as in <c>4MiB</c>, else bytes.</summary>
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

    /// <summary>Less than.</summary>
    public static bool operator <(DataSize a, DataSize b) => a.Bytes < b.Bytes;

    /// <summary>Greater than.</summary>
    public static bool operator >(DataSize a, DataSize b) => a.Bytes > b.Bytes;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(DataSize a, DataSize b) => a.Bytes <= b.Bytes;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(DataSize a, DataSize b) => a.Bytes >= b.Bytes;
}
