namespace Lightloom.Training.Plans;

/// <summary>The words by which command line and reports call placements.</summary>
public static class PlacementWords
{
    /// <summary>All, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = ["rail-aligned", "pipeline-inner", "scattered"];

    /// <summary>The word of a rule.</summary>
    public static string ToWord(this PlacementRule rule) => All[(int)rule];

    /// <summary>The rule of a word of <see cref="All"/>.</summary>
    /// <exception cref="ArgumentException">No such word.</exception>
    public static PlacementRule Parse(string word)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i] == word)
            {
                return (PlacementRule)i;
            }
        }

        throw new ArgumentException($"there is no placement '{word}'; known are {string.Join(", ", All)}", nameof(word));
    }
}
