namespace Lightloom.Diagnostics;

/// <summary>Several things in a sentence.</summary>
internal static class Listed
{
    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string InWords(IEnumerable<string> things)
    {
        string[] all = [.. things];
        return all.Length < 2 ? string.Concat(all) : string.Join(", ", all[..^1]) + " and " + all[^1];
    }
}
