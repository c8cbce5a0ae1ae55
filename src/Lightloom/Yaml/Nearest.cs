namespace Lightloom.Yaml;

/// <summary>Finds the word that a person most likely meant: what turns "unknown key" into a remedy.</summary>
public static class Nearest
{
    private const int Longest = 64;

    /// <summary>
    /// The candidate nearest to <paramref name="text"/>, or null when none is near enough to be helpful. Ties go to the earlier one.
    /// </summary>
    public static string? Of(string text, IEnumerable<string> candidates)
    {
        if (text.Length is 0 or > Longest)
        {
            return null;
        }

        string wanted = Fold(text);
        string? best = null;
        int bestDistance = Math.Max(1, wanted.Length / 3) + 1;
        string? prefixed = null;
        foreach (string candidate in candidates)
        {
            if (candidate.Length is 0 or > Longest)
            {
                continue;
            }

            string folded = Fold(candidate);
            if (folded == wanted)
            {
                return candidate;
            }

            if (
                prefixed is null
                && wanted.Length >= 3
                && (
                    folded.StartsWith(wanted, StringComparison.Ordinal)
                    || wanted.StartsWith(folded, StringComparison.Ordinal)
                    || folded.EndsWith(wanted, StringComparison.Ordinal)
                )
            )
            {
                prefixed = candidate;
            }

            if (Math.Abs(folded.Length - wanted.Length) < bestDistance)
            {
                int distance = Distance(wanted, folded);
                if (distance < bestDistance)
                {
                    (best, bestDistance) = (candidate, distance);
                }
            }
        }

        // One slip of the finger beats a shared beginning; a shared beginning beats several slips; a model number in common beats nothing.
        return bestDistance <= 1 ? best : prefixed ?? best ?? SharedModel(wanted, candidates);
    }

    // Ids of parts are made of words, and one with a digit in it names a model: "supermicro-mi300x" is most likely "mi300x-8".
    private static string? SharedModel(string wanted, IEnumerable<string> candidates)
    {
        HashSet<string> models = [.. Models(wanted)];
        return models.Count == 0 ? null : candidates.FirstOrDefault(c => Models(Fold(c)).Any(models.Contains));
    }

    private static IEnumerable<string> Models(string folded) =>
        folded.Split('-').Where(w => w.Length >= 3 && w.Any(char.IsAsciiDigit) && w.Any(char.IsAsciiLetter));

    /// <summary>"; did you mean 'X'?" for the nearest candidate, or the fallback.</summary>
    public static string Suggestion(string text, IEnumerable<string> candidates, string fallback) =>
        Of(text, candidates) is { } near ? $"; did you mean '{near}'?" : fallback;

    private static string Fold(string text)
    {
        Span<char> folded = stackalloc char[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            folded[i] = c is '_' or ' ' ? '-' : char.ToLowerInvariant(c);
        }

        return new string(folded);
    }

    // Optimal string alignment: a swap of neighbours counts as one slip, as it does for a typist.
    private static int Distance(string a, string b)
    {
        Span<int> before = stackalloc int[Longest + 1];
        Span<int> previous = stackalloc int[Longest + 1];
        Span<int> current = stackalloc int[Longest + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int distance = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distance = Math.Min(distance, before[j - 2] + 1);
                }

                current[j] = distance;
            }

            Span<int> spare = before;
            before = previous;
            previous = current;
            current = spare;
        }

        return previous[b.Length];
    }
}
