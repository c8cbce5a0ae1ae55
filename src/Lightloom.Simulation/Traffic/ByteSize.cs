using System.Globalization;

namespace Lightloom.Simulation.Traffic;

/// <summary>Reads sizes as users write them: <c>4MiB</c>, <c>1.5GB</c>, <c>4096</c>.</summary>
public static class ByteSize
{
    private static readonly (string Unit, long Factor)[] Units =
    [
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
        ("KB", 1000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("B", 1),
        ("", 1),
    ];

    /// <summary>Reads a size of 1 byte to 2^62; false when it is none.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        foreach ((string unit, long factor) in Units)
        {
            if (
                text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && decimal.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                && number <= (1L << 62)
                && number * factor is >= 1 and <= (decimal)(1L << 62)
            )
            {
                bytes = (long)(number * factor);
                return true;
            }
        }
        return false;
    }
}
