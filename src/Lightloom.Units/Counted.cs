using System.Globalization;

namespace Lightloom.Units;

/// <summary>Counts with their noun in the right number: <c>1 switch</c>, <c>2,048 switches</c>.</summary>
public static class Counted
{
    /// <summary>A count and its noun.</summary>
    /// <param name="count">How many, with thousands separators.</param>
    /// <param name="one">The noun in the singular; of several words the last one takes the ending.</param>
    /// <param name="many">The plural where it is not made by the rules of English.</param>
    public static string Of(long count, string one, string? many = null) =>
        count.ToString("#,0", CultureInfo.InvariantCulture) + " " + Noun(count, one, many);

    /// <summary>The noun alone, in the number that a count asks for.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The noun in the singular.</param>
    /// <param name="many">The plural where it is not made by the rules of English.</param>
    public static string Noun(long count, string one, string? many = null) => count == 1 ? one : many ?? Plural(one);

    private static string Plural(string one) =>
        one.EndsWith("leaf", StringComparison.Ordinal) ? one[..^1] + "ves"
        : one is [.., 's' or 'x'] || one.EndsWith("ch", StringComparison.Ordinal) || one.EndsWith("sh", StringComparison.Ordinal)
            ? one + "es"
        : one is [.., not ('a' or 'e' or 'i' or 'o' or 'u'), 'y'] ? one[..^1] + "ies"
        : one + "s";
}
