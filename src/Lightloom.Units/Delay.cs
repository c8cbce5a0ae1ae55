namespace Lightloom.Units;

/// <summary>A delay on a path: propagation, switching, forward error correction.</summary>
/// <remarks>
/// Stored as a whole number of picoseconds in a signed 64-bit integer; the default value is zero. Immutable, so safe to share between
/// threads.
/// </remarks>
public readonly record struct Delay : IComparable<Delay>
{
    private Delay(long picoseconds) => Picoseconds = picoseconds;

    /// <summary>The value in picoseconds.</summary>
    public long Picoseconds { get; }

    /// <summary>Zero.</summary>
    public static Delay Zero => default;

    /// <summary>From nanoseconds, rounded to the nearest picosecond.</summary>
    public static Delay FromNanoseconds(double nanoseconds) => new((long)Math.Round(nanoseconds * 1000));

    /// <summary>The value in nanoseconds.</summary>
    public double Nanoseconds => Picoseconds / 1000.0;

    /// <summary>The value in microseconds.</summary>
    public double Microseconds => Picoseconds / 1e6;

    /// <summary>Microseconds with three decimals.</summary>
    public override string ToString() => FormattableString.Invariant($"{Microseconds:0.###} us");

    /// <inheritdoc/>
    public int CompareTo(Delay other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>Sum.</summary>
    public static Delay operator +(Delay a, Delay b) => new(a.Picoseconds + b.Picoseconds);

    /// <summary>Difference.</summary>
    public static Delay operator -(Delay a, Delay b) => new(a.Picoseconds - b.Picoseconds);

    /// <summary>A whole multiple.</summary>
    public static Delay operator *(Delay a, long times) => new(a.Picoseconds * times);

    /// <summary>Less than.</summary>
    public static bool operator <(Delay a, Delay b) => a.Picoseconds < b.Picoseconds;

    /// <summary>Greater than.</summary>
    public static bool operator >(Delay a, Delay b) => a.Picoseconds > b.Picoseconds;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Delay a, Delay b) => a.Picoseconds <= b.Picoseconds;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Delay a, Delay b) => a.Picoseconds >= b.Picoseconds;
}
