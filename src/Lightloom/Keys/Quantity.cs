using Lightloom.Units;

namespace Lightloom.Keys;

/// <summary>A unit in which files write a quantity, and the way between its numbers and the quantity's type. Immutable.</summary>
public sealed class Quantity
{
    private readonly Func<double, object> _of;
    private readonly Func<object, double> _number;

    // Beyond this no quantity is meant, and conversions to whole millimetres or cents stay far from overflow.
    private const double LargestNumber = 1e12;

    private Quantity(
        string unit,
        Func<double, object> of,
        Func<object, double> number,
        double smallest = -LargestNumber,
        double largest = LargestNumber
    ) => (Unit, _of, _number, Smallest, Largest) = (unit, of, number, smallest, largest);

    /// <summary>Metres of a <see cref="Length"/>; keys end in <c>_m</c>.</summary>
    public static Quantity Metres { get; } = new("metres", static v => Length.FromMetres(v), static q => ((Length)q).Metres);

    /// <summary>Millimetres of a <see cref="Length"/>; keys end in <c>_mm</c>.</summary>
    public static Quantity Millimetres { get; } =
        new("millimetres", static v => Length.FromMillimetres((long)Math.Round(v)), static q => ((Length)q).Metres * 1000);

    /// <summary>Millimetres of a <see cref="Diameter"/>; keys end in <c>_mm</c>.</summary>
    public static Quantity DiameterMillimetres { get; } =
        new("millimetres", static v => Diameter.FromMillimetres(v), static q => ((Diameter)q).Millimetres, smallest: 0);

    /// <summary>Gigabits a second of a <see cref="DataRate"/>; keys end in <c>_gbps</c>.</summary>
    public static Quantity Gbps { get; } =
        new("Gb/s", static v => DataRate.FromGbps(v), static q => ((DataRate)q).Gbps, smallest: 0, largest: 9e9);

    /// <summary>Watts of a <see cref="Power"/>; keys end in <c>_w</c>.</summary>
    public static Quantity Watts { get; } = new("watts", static v => Power.FromWatts(v), static q => ((Power)q).Watts);

    /// <summary>Kilowatts of a <see cref="Power"/>; keys end in <c>_kw</c>.</summary>
    public static Quantity Kilowatts { get; } = new("kilowatts", static v => Power.FromKilowatts(v), static q => ((Power)q).Watts / 1000);

    /// <summary>US dollars of <see cref="Money"/>; keys end in <c>_usd</c>.</summary>
    public static Quantity Dollars { get; } = new("US dollars", static v => Money.FromDollars(v), static q => ((Money)q).Dollars);

    /// <summary>Kilograms of a <see cref="Mass"/>; keys end in <c>_kg</c>.</summary>
    public static Quantity Kilograms { get; } =
        new("kilograms", static v => Mass.FromKilograms(v), static q => ((Mass)q).Kilograms, smallest: 0);

    /// <summary>Nanoseconds of a <see cref="SimTime"/>; keys end in <c>_ns</c>.</summary>
    public static Quantity Nanoseconds { get; } =
        new("nanoseconds", static v => SimTime.FromNanoseconds(v), static q => ((SimTime)q).Nanoseconds);

    /// <summary>Microseconds of a <see cref="SimTime"/>; keys end in <c>_us</c>.</summary>
    public static Quantity Microseconds { get; } =
        new("microseconds", static v => SimTime.FromMicroseconds(v), static q => ((SimTime)q).Microseconds);

    /// <summary>A plain number.</summary>
    internal static Quantity Plain { get; } = new("", static v => v, static q => (double)q);

    /// <summary>The unit in words, as in "a number of metres".</summary>
    public string Unit { get; }

    /// <summary>The smallest number that the quantity's type can hold and that may be meant.</summary>
    public double Smallest { get; }

    /// <summary>The largest number that the quantity's type can hold and that may be meant.</summary>
    public double Largest { get; }

    /// <summary>The quantity of a number in this unit.</summary>
    public object Of(double number) => _of(number);

    /// <summary>The number in this unit of a quantity.</summary>
    /// <exception cref="InvalidCastException">The value is no quantity of this kind.</exception>
    public double NumberOf(object quantity) => _number(quantity);
}
