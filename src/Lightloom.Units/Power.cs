namespace Lightloom.Units;

/// <summary>Electrical power drawn by a device, a module or a whole network.</summary>
/// <remarks>
/// Stored as a whole number of milliwatts in a signed 64-bit integer; the default value is zero. Immutable, so safe to share between
/// threads.
/// </remarks>
public readonly record struct Power : IComparable<Power>
{
    private Power(long milliwatts) => Milliwatts = milliwatts;

    /// <summary>The value in milliwatts.</summary>
    public long Milliwatts { get; }

    /// <summary>Zero.</summary>
    public static Power Zero => default;

    /// <summary>From watts, rounded to the nearest milliwatt.</summary>
    public static Power FromWatts(double watts) => new((long)Math.Round(watts * 1000));

    /// <summary>From kilowatts.</summary>
    public static Power FromKilowatts(double kilowatts) => FromWatts(kilowatts * 1000);

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
    public static Power operator +(Power a, Power b) => new(a.Milliwatts + b.Milliwatts);

    /// <summary>Difference.</summary>
    public static Power operator -(Power a, Power b) => new(a.Milliwatts - b.Milliwatts);

    /// <summary>A whole multiple.</summary>
    public static Power operator *(Power a, long times) => new(a.Milliwatts * times);

    /// <summary>Less than.</summary>
    public static bool operator <(Power a, Power b) => a.Milliwatts < b.Milliwatts;

    /// <summary>Greater than.</summary>
    public static bool operator >(Power a, Power b) => a.Milliwatts > b.Milliwatts;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Power a, Power b) => a.Milliwatts <= b.Milliwatts;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(Power a, Power b) => a.Milliwatts >= b.Milliwatts;
}
