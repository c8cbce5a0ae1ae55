namespace Lightloom.Units;

/// <summary>The outer diameter of a cable. Finer than <see cref="Length"/>: a tray's fill grows with its square.</summary>
/// <remarks>
/// Stored as a whole number of micrometres in a signed 64-bit integer; the default value is zero. Immutable, so safe to share between
/// threads.
/// </remarks>
public readonly record struct Diameter : IComparable<Diameter>
{
    private Diameter(long micrometres) => Micrometres = micrometres;

    /// <summary>The value in micrometres.</summary>
    public long Micrometres { get; }

    /// <summary>From millimetres, rounded to the nearest micrometre.</summary>
    public static Diameter FromMillimetres(double millimetres) => new((long)Math.Round(millimetres * 1000, MidpointRounding.AwayFromZero));

    /// <summary>The value in millimetres.</summary>
    public double Millimetres => Micrometres / 1000.0;

    /// <summary>The cross-section of a round cable of this diameter, in square millimetres.</summary>
    public double SquareMillimetres => Math.PI / 4 * Millimetres * Millimetres;

    /// <summary>Millimetres with up to three decimals, as in "9.43 mm".</summary>
    public override string ToString() => FormattableString.Invariant($"{Millimetres:0.###} mm");

    /// <inheritdoc/>
    public int CompareTo(Diameter other) => Micrometres.CompareTo(other.Micrometres);

    /// <summary>True when <paramref name="a"/> is thinner.</summary>
    public static bool operator <(Diameter a, Diameter b) => a.Micrometres < b.Micrometres;

    /// <summary>True when <paramref name="a"/> is thicker.</summary>
    public static bool operator >(Diameter a, Diameter b) => a.Micrometres > b.Micrometres;

    /// <summary>True when <paramref name="a"/> is not thicker.</summary>
    public static bool operator <=(Diameter a, Diameter b) => a.Micrometres <= b.Micrometres;

    /// <summary>True when <paramref name="a"/> is not thinner.</summary>
    public static bool operator >=(Diameter a, Diameter b) => a.Micrometres >= b.Micrometres;
}
