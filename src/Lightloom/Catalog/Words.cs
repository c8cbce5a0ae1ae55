namespace Lightloom.Catalog;

/// <summary>The words by which catalogue files write the values of an enum.</summary>
/// <param name="words">The words.</param>
/// <param name="values">Their values, in the same order.</param>
internal sealed class Words<T>(string[] words, T[] values)
    where T : struct
{
    private readonly string[] _words = words;
    private readonly T[] _values = values;

    /// <summary>All words.</summary>
    public IReadOnlyList<string> All => _words;

    /// <summary>All words in one line.</summary>
    public string List => string.Join(", ", _words);

    /// <summary>The place of a word, or -1.</summary>
    public int IndexOf(string text)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            if (_words[i] == text)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The value at a place.</summary>
    public T ValueAt(int index) => _values[index];

    /// <summary>The value of a word.</summary>
    public bool TryParse(string text, out T value)
    {
        int at = IndexOf(text);
        value = at < 0 ? default : _values[at];
        return at >= 0;
    }

    /// <summary>The word of a value.</summary>
    public string Of(T value) => _words[Array.IndexOf(_values, value)];
}

/// <summary>The words of catalogue files: those that the enums' values carry.</summary>
internal static class Words
{
    public static readonly Words<Medium> Media = Of(MediumWords.All, static w => MediumWords.TryParse(w, out Medium v) ? v : default);
    public static readonly Words<FormFactor> FormFactors = Of(
        FormFactorWords.All,
        static w => FormFactorWords.TryParse(w, out FormFactor v) ? v : default
    );
    public static readonly Words<ThermalType> Thermals = Of(
        ThermalTypeWords.All,
        static w => ThermalTypeWords.TryParse(w, out ThermalType v) ? v : default
    );
    public static readonly Words<SwitchRole> Roles = Of(
        SwitchRoleWords.All,
        static w => SwitchRoleWords.TryParse(w, out SwitchRole v) ? v : default
    );
    public static readonly Words<PortPurpose> Purposes = Of(
        PortPurposeWords.All,
        static w => PortPurposeWords.TryParse(w, out PortPurpose v) ? v : default
    );
    public static readonly Words<InterconnectKind> Kinds = Of(
        InterconnectKindWords.All,
        static w => InterconnectKindWords.TryParse(w, out InterconnectKind v) ? v : default
    );
    public static readonly Words<PassiveKind> Passives = Of(
        PassiveKindWords.All,
        static w => PassiveKindWords.TryParse(w, out PassiveKind v) ? v : default
    );
    public static readonly Words<Confidence> Confidences = Of(
        ConfidenceWords.All,
        static w => ConfidenceWords.TryParse(w, out Confidence v) ? v : default
    );

    /// <summary>Whether a node is a server or a whole rack.</summary>
    public static readonly Words<bool> NodeKinds = new(["server", "rack"], [false, true]);

    private static Words<T> Of<T>(IReadOnlyList<string> words, Func<string, T> valueOf)
        where T : struct => new([.. words], [.. words.Select(valueOf)]);
}
