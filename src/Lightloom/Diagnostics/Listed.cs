using System.Globalization;

namespace Lightloom.Diagnostics;

/// <summary>Several things in a sentence.</summary>
internal static class Listed
{
    /// <summary>Numbers, rates and the like as they are written everywhere.</summary>
    public static string InWords<T>(IEnumerable<T> things)
        where T : IFormattable => InWords(things.Select(t => t.ToString(null, CultureInfo.InvariantCulture)));

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string InWords(IEnumerable<string> things)
    {
        string[] all = [.. things];
        return all.Length < 2 ? string.Concat(all) : string.Join(", ", all[..^1]) + " and " + all[^1];
    }
}
