using System.Globalization;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Report;

/// <summary>Figures as people read them.</summary>
internal static class Words
{
    /// <summary><c>16,384</c>.</summary>
    public static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with at most so many decimals and thousands separators.</summary>
    public static string Number(double n, int decimals = 1) => n.ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture);

    /// <summary><c>$4.21 M</c>, <c>$912 k</c>, <c>$340</c>.</summary>
    public static string Dollars(Money money)
    {
        double d = money.Dollars;
        return Math.Abs(d) switch
        {
            >= 999_500_000 => string.Create(CultureInfo.InvariantCulture, $"${d / 1e9:0.##} B"),
            >= 999_500 => string.Create(CultureInfo.InvariantCulture, $"${d / 1e6:0.##} M"),
            >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"${d / 1e3:0.#} k"),
            _ => "$" + d.ToString(d % 1 == 0 ? "#,0" : "#,0.00", CultureInfo.InvariantCulture),
        };
    }

    /// <summary><c>4.2 MW</c>, <c>41.5 kW</c>, <c>620 W</c>.</summary>
    public static string Watts(Power power) =>
        power.Watts switch
        {
            >= 999_500 => string.Create(CultureInfo.InvariantCulture, $"{power.Watts / 1e6:0.##} MW"),
            >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{power.Watts / 1e3:0.##} kW"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{power.Watts:0.#} W"),
        };

    /// <summary>A count with its noun in the right number.</summary>
    public static string Of(long n, string one, string? many = null) => Counted.Of(n, one, many);

    /// <summary><c>800G</c>, <c>1.6T</c>.</summary>
    public static string Rate(DataRate rate) =>
        rate.Gbps >= 1000 ? string.Create(CultureInfo.InvariantCulture, $"{rate.Gbps / 1000:0.##}T") : rate.ToString();

    /// <summary><c>Backend</c>, <c>Frontend</c>, <c>Management</c>, or the name that the file gives a network.</summary>
    public static string Role(FabricRole role) =>
        role == FabricRole.Oob ? "Management" : char.ToUpperInvariant(role.Name[0]) + role.Name[1..];

    /// <summary>What share of a whole, as <c>12 %</c>; <c>&lt;1 %</c> rather than zero.</summary>
    public static string Percent(double share) =>
        share switch
        {
            0 => "0 %",
            < 0.01 => "<1 %",
            _ => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %"),
        };
}
