using System.Globalization;

namespace Lightloom.Simulation.Model;

/// <summary>Reads classes as users write them: <c>storage,lossless,weight=2</c>.</summary>
public static class TrafficClassList
{
    /// <summary>The grammar, for messages.</summary>
    public const string Grammar = "NAME[,strict][,lossless][,weight=N][,alpha=A]";

    /// <summary>Reads one class each.</summary>
    /// <exception cref="RefusedException">One cannot be read.</exception>
    public static IReadOnlyList<TrafficClass> Parse(IReadOnlyList<string> texts) => [.. texts.Select(Read)];

    /// <summary>Whether a text is a class.</summary>
    public static bool IsClass(string text) => TryRead(text, out _);

    private static TrafficClass Read(string text) =>
        TryRead(text, out TrafficClass result) ? result : throw new RefusedException($"'{text}' is no class; write {Grammar}");

    private static bool TryRead(string text, out TrafficClass result)
    {
        string[] words = text.Split(',', StringSplitOptions.TrimEntries);
        result = new TrafficClass(words[0]);
        bool good = words[0].Length > 0 && words[0].All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
        foreach (string word in words.Skip(1))
        {
            int weight = 0;
            double alpha = 0;
            switch (word)
            {
                case "strict":
                    result = result with { Strict = true };
                    break;
                case "lossless":
                    result = result with { Lossless = true };
                    break;
                case var _ when word.StartsWith("weight=", StringComparison.Ordinal):
                    good &= int.TryParse(word[7..], NumberStyles.None, CultureInfo.InvariantCulture, out weight);
                    result = result with { Weight = weight };
                    break;
                case var _ when word.StartsWith("alpha=", StringComparison.Ordinal):
                    good &= double.TryParse(word[6..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out alpha);
                    result = result with { Alpha = alpha };
                    break;
                default:
                    good = false;
                    break;
            }
        }
        return good;
    }
}
