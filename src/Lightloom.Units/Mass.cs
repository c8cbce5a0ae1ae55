namespace Lightloom.Units;

/// <summary>A mass: of a switch, a node, or a metre of cable.</summary>
/// <remarks>
/// Stored as a whole number of grams in a signed 64-bit integer; the default value is zero. Immutable, so safe to share between threads.
/// </remarks>
public readonly record struct Mass : IComparable<Mass>
{
    private Mass(long grams) => Grams = grams;

    /// <summary>The value in grams.</summary>
    public long Grams { get; }

    /// <summary>Zero.</summary>
    public static Mass Zero => default;

    /// <summary>From kilograms, rounded to the nearest gram.</summary>
    public static Mass FromKilograms(double kilograms) => new((long)Math.Round(kilograms * 1000));

    /// <summary>The value in kilograms.</summary>
    public double Kilograms => Grams / 1000.0;

    /// <summary>Kilograms.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kilograms:0.##} kg");

    /// <inheritdoc/>
    public int CompareTo(Mass other) => Grams.CompareTo(other.Grams);

    /// <summary>Sum.</summary>
    public static Mass operator +(Mass a, Mass b) => new(a.Grams + b.Grams);

    /// <summary>Difference.</summary>
    public static Mass operator -(Mass a, Mass b) => new(a.Grams - b.Grams);

    /// <summary>A whole multiple.</summary>
    public static Mass operator *(Mass a, long times) => new(a.Grams * times);

    /// <summary>Less than.</summary>
    public static bool operator <(Mass a, Mass b) => a.Grams < b.Grams;

    /// <summary>Greater than.</summary>
    public static bool operator >(Mass a, Mass b) => a.Grams > b.Grams;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Mass a, Mass b) => a.Grams <= b.Grams;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Mass a, Mass b) => a.Grams >= b.Grams;
}
