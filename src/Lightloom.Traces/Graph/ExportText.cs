using System.Globalization;
using Lightloom.Units;

namespace Lightloom.Traces.Graph;

/// <summary>Numbers as other simulators' files have them.</summary>
internal static class ExportText
{
    /// <summary>A number with no more digits than it needs, in any culture the same.</summary>
    public static string Of(double number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>A rate such as <c>400Gbps</c>.</summary>
    public static string Of(DataRate rate) => Of(rate.Gbps) + "Gbps";

    /// <summary>A time in milliseconds with its unit, to the picosecond.</summary>
    public static string Milliseconds(long picoseconds) =>
        (picoseconds / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture) + "ms";
}
