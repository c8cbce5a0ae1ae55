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
        string symbol,
        Func<double, object> of,
        Func<object, double> number,
        double smallest = -LargestNumber,
        double largest = LargestNumber
    ) => (Unit, Symbol, _of, _number, Smallest, Largest) = (unit, symbol, of, number, smallest, largest);

    /// <summary>Metres of a <see cref="Length"/>; keys end in <c>_m</c>.</summary>
    public static Quantity Metres { get; } = new("metres", "m", static v => Length.FromMetres(v), static q => ((Length)q).Metres);

    /// <summary>Millimetres of a <see cref="Length"/>; keys end in <c>_mm</c>.</summary>
    public static Quantity Millimetres { get; } =
        new("millimetres", "mm", static v => Length.FromMillimetres((long)Math.Round(v)), static q => ((Length)q).Metres * 1000);

    /// <summary>Millimetres of a <see cref="Diameter"/>; keys end in <c>_mm</c>.</summary>
    public static Quantity DiameterMillimetres { get; } =
        new("millimetres", "mm", static v => Diameter.FromMillimetres(v), static q => ((Diameter)q).Millimetres, smallest: 0);

    /// <summary>Gigabits a second of a <see cref="DataRate"/>; keys end in <c>_gbps</c>.</summary>
    public static Quantity Gbps { get; } =
        new("Gb/s", "Gb/s", static v => DataRate.FromGbps(v), static q => ((DataRate)q).Gbps, smallest: 0, largest: 9e9);

    /// <summary>Watts of a <see cref="Power"/>; keys end in <c>_w</c>.</summary>
    public static Quantity Watts { get; } = new("watts", "W", static v => Power.FromWatts(v), static q => ((Power)q).Watts);

    /// <summary>Kilowatts of a <see cref="Power"/>; keys end in <c>_kw</c>.</summary>
    public static Quantity Kilowatts { get; } =
        new("kilowatts", "kW", static v => Power.FromKilowatts(v), static q => ((Power)q).Watts / 1000);

    /// <summary>US dollars of <see cref="Money"/>; keys end in <c>_usd</c>.</summary>
    public static Quantity Dollars { get; } = new("US dollars", "USD", static v => Money.FromDollars(v), static q => ((Money)q).Dollars);

    /// <summary>Kilograms of a <see cref="Mass"/>; keys end in <c>_kg</c>.</summary>
    public static Quantity Kilograms { get; } =
        new("kilograms", "kg", static v => Mass.FromKilograms(v), static q => ((Mass)q).Kilograms, smallest: 0);

    /// <summary>Nanoseconds of a <see cref="SimTime"/>; keys end in <c>_ns</c>.</summary>
    public static Quantity Nanoseconds { get; } =
        new("nanoseconds", "ns", static v => SimTime.FromNanoseconds(v), static q => ((SimTime)q).Nanoseconds);

    /// <summary>Microseconds of a <see cref="SimTime"/>; keys end in <c>_us</c>.</summary>
    public static Quantity Microseconds { get; } =
        new("microseconds", "us", static v => SimTime.FromMicroseconds(v), static q => ((SimTime)q).Microseconds);

    /// <summary>Nanoseconds a metre of a <see cref="SimTime"/>; keys end in <c>_ns_per_m</c>.</summary>
    public static Quantity NanosecondsAMetre { get; } =
        new("nanoseconds a metre", "ns/m", static v => SimTime.FromNanoseconds(v), static q => ((SimTime)q).Nanoseconds);

    /// <summary>Kilograms a metre of a <see cref="Mass"/>; keys end in <c>_kg_per_m</c>.</summary>
    public static Quantity KilogramsAMetre { get; } =
        new("kilograms a metre", "kg/m", static v => Mass.FromKilograms(v), static q => ((Mass)q).Kilograms, smallest: 0);

    /// <summary>Mebibytes (1,048,576 bytes) of a <see cref="DataSize"/>; keys end in <c>_mb</c>.</summary>
    public static Quantity Mebibytes { get; } =
        new("mebibytes", "MiB", static v => SizeOf(v, 1L << 20), static q => ((DataSize)q).Bytes / (double)(1L << 20), smallest: 0);

    /// <summary>Gibibytes (1,073,741,824 bytes) of a <see cref="DataSize"/>; keys end in <c>_gb</c>.</summary>
    public static Quantity Gibibytes { get; } =
        new("gibibytes", "GiB", static v => SizeOf(v, 1L << 30), static q => ((DataSize)q).Bytes / (double)(1L << 30), smallest: 0);

    /// <summary>Gigabytes of a number of bytes; keys end in <c>_gb</c>.</summary>
    public static Quantity Gigabytes { get; } = Scaled("gigabytes", "GB", 1e9);

    /// <summary>Gigabytes a second of a number of bytes a second; keys end in <c>_gbytes_s</c>.</summary>
    public static Quantity GigabytesASecond { get; } = Scaled("gigabytes a second", "GB/s", 1e9);

    /// <summary>Terabytes a second of a number of bytes a second; keys end in <c>_tbytes_s</c>.</summary>
    public static Quantity TerabytesASecond { get; } = Scaled("terabytes a second", "TB/s", 1e12);

    /// <summary>TFLOP/s of a number of operations a second; keys end in <c>_tflops</c>.</summary>
    public static Quantity Teraflops { get; } = Scaled("TFLOP/s", "TFLOP/s", 1e12);

    /// <summary>Billions of packets a second of a number of packets a second; keys end in <c>_bpps</c>.</summary>
    public static Quantity BillionPacketsASecond { get; } = Scaled("billion packets a second", "billion packets/s", 1e9);

    /// <summary>Hours of a number of hours; keys end in <c>_h</c>.</summary>
    public static Quantity Hours { get; } = Scaled("hours", "h", 1);

    /// <summary>Decibels of a number of decibels; keys end in <c>_db</c>.</summary>
    public static Quantity Decibels { get; } = Scaled("decibels", "dB", 1);

    /// <summary>A plain number.</summary>
    internal static Quantity Plain { get; } = new("", "", static v => v, static q => (double)q);

    /// <summary>The unit in words, as in "a number of metres".</summary>
    public string Unit { get; }

    /// <summary>The unit's symbol, as in <c>940 W</c>; empty for a plain number.</summary>
    public string Symbol { get; }

    /// <summary>The smallest number that the quantity's type can hold and that may be meant.</summary>
    public double Smallest { get; }

    /// <summary>The largest number that the quantity's type can hold and that may be meant.</summary>
    public double Largest { get; }

    /// <summary>The quantity of a number in this unit.</summary>
    public object Of(double number) => _of(number);

    /// <summary>The number in this unit of a quantity.</summary>
    /// <exception cref="InvalidCastException">The value is no quantity of this kind.</exception>
    public double NumberOf(object quantity) => _number(quantity);

    private static Quantity Scaled(string unit, string symbol, double scale) => new(unit, symbol, v => v * scale, q => (double)q / scale);

    private static object SizeOf(double number, long unit) => DataSize.FromBytes((long)(number * unit));
}
