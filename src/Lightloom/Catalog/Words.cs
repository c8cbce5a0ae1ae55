namespace Lightloom.Catalog;

/// <summary>The words by which catalogue files write the values of an enum.</summary>
/// <param name="words">The words, separated by spaces.</param>
/// <param name="values">Their values, in the same order.</param>
internal sealed class Words<T>(string words, params T[] values)
    where T : struct
{
    private readonly string[] _words = words.Split(' ');
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

/// <summary>The words of catalogue files.</summary>
internal static class Words
{
    public static readonly Words<Medium> Media = new(
        "copper twisted-pair om3 om4 om5 os2",
        Medium.Copper,
        Medium.TwistedPair,
        Medium.Om3,
        Medium.Om4,
        Medium.Om5,
        Medium.Os2
    );

    public static readonly Words<FormFactor> FormFactors = new(
        "osfp osfp224 qsfp-dd800 qsfp-dd qsfp112 qsfp56 qsfp28 sfp28 sfp+ rj45 mpo-12 mmc-12",
        FormFactor.Osfp,
        FormFactor.Osfp224,
        FormFactor.QsfpDd800,
        FormFactor.QsfpDd,
        FormFactor.Qsfp112,
        FormFactor.Qsfp56,
        FormFactor.Qsfp28,
        FormFactor.Sfp28,
        FormFactor.SfpPlus,
        FormFactor.Rj45,
        FormFactor.CoPackagedMpo12,
        FormFactor.CoPackagedMmc12
    );

    public static readonly Words<ThermalType> Thermals = new("any ihs rhs", ThermalType.Any, ThermalType.Ihs, ThermalType.Rhs);

    public static readonly Words<SwitchRole> Roles = new(
        "clos infiniband scheduled-leaf scheduled-element deep-buffer frontend management",
        SwitchRole.Clos,
        SwitchRole.InfinibandClos,
        SwitchRole.ScheduledLeaf,
        SwitchRole.ScheduledElement,
        SwitchRole.DeepBuffer,
        SwitchRole.Frontend,
        SwitchRole.Management
    );

    public static readonly Words<PortPurpose> Purposes = new(
        "network fabric management",
        PortPurpose.Network,
        PortPurpose.Fabric,
        PortPurpose.Management
    );

    public static readonly Words<InterconnectKind> Kinds = new(
        "dac acc aec aoc sr dr fr lr er zr utp",
        InterconnectKind.Dac,
        InterconnectKind.Acc,
        InterconnectKind.Aec,
        InterconnectKind.Aoc,
        InterconnectKind.Sr,
        InterconnectKind.Dr,
        InterconnectKind.Fr,
        InterconnectKind.Lr,
        InterconnectKind.Er,
        InterconnectKind.Zr,
        InterconnectKind.Utp
    );

    public static readonly Words<PassiveKind> Passives = new(
        "fibre-cable fibre-breakout trunk panel",
        PassiveKind.FibreCable,
        PassiveKind.FibreBreakout,
        PassiveKind.Trunk,
        PassiveKind.Panel
    );

    public static readonly Words<Confidence> Confidences = new("low medium high", Confidence.Low, Confidence.Medium, Confidence.High);

    /// <summary>Whether a node is a server or a whole rack.</summary>
    public static readonly Words<bool> NodeKinds = new("server rack", false, true);
}
