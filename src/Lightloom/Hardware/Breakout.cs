using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>A way to divide a cage into logical ports, for example 2x400: two ports of 400 Gb/s.</summary>
/// <param name="Ways">How many logical ports, at least 1.</param>
/// <param name="Rate">The rate of each.</param>
[KeyText("ports x Gb/s, for example 2x400", Pattern = "^[0-9]+x[0-9]+$")]
public readonly record struct Breakout(int Ways, DataRate Rate) : IComparable<Breakout>
{
    /// <summary>Parses <c>2x400</c>; false when the text is not of that form or either number is not positive.</summary>
    public static bool TryParse(string? text, out Breakout breakout)
    {
        breakout = default;
        int x = text?.IndexOf('x') ?? -1;
        if (
            x <= 0
            || !int.TryParse(
                text.AsSpan(0, x),
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out int ways
            )
            || !int.TryParse(
                text.AsSpan(x + 1),
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out int gbps
            )
            || ways is < 1 or > 64
            || gbps is < 1 or > 1_000_000
        )
        {
            return false;
        }

        breakout = new(ways, DataRate.FromGbps(gbps));
        return true;
    }

    /// <summary>Coarser breakouts (fewer ways) first.</summary>
    public int CompareTo(Breakout other) => Ways != other.Ways ? Ways.CompareTo(other.Ways) : other.Rate.CompareTo(Rate);

    /// <summary><c>2x400</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Ways}x{Rate.Gbps:0.###}");
}
