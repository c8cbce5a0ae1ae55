namespace Lightloom.Catalog;

/// <summary>The words by which catalogue files write the values of an enum.</summary>
internal sealed class Words<T>(params (string Word, T Value)[] pairs)
    where T : struct
{
    private readonly (string Word, T Value)[] _pairs = pairs;

    /// <summary>All words.</summary>
    public IEnumerable<string> All => _pairs.Select(p => p.Word);

    /// <summary>All words in one line.</summary>
    public string List => string.Join(", ", All);

    /// <summary>The value of a word.</summary>
    public bool TryParse(string text, out T value)
    {
        foreach ((string word, T v) in _pairs)
        {
            if (word == text)
            {
                value = v;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The word of a value.</summary>
    public string Of(T value) => _pairs.First(p => p.Value.Equals(value)).Word;
}

/// <summary>The words of catalogue files.</summary>
internal static class Words
{
    public static readonly Words<Medium> Media = new(("copper", Medium.Copper), ("twisted-pair", Medium.TwistedPair), ("om3", Medium.Om3), ("om4", Medium.Om4), ("om5", Medium.Om5), ("os2", Medium.Os2));

    public static readonly Words<FormFactor> FormFactors = new(
        ("osfp", FormFactor.Osfp), ("osfp224", FormFactor.Osfp224), ("qsfp-dd800", FormFactor.QsfpDd800), ("qsfp-dd", FormFactor.QsfpDd), ("qsfp112", FormFactor.Qsfp112),
        ("qsfp56", FormFactor.Qsfp56), ("qsfp28", FormFactor.Qsfp28), ("sfp28", FormFactor.Sfp28), ("sfp+", FormFactor.SfpPlus), ("rj45", FormFactor.Rj45),
        ("mpo-12", FormFactor.CoPackagedMpo12), ("mmc-12", FormFactor.CoPackagedMmc12));

    public static readonly Words<ThermalType> Thermals = new(("any", ThermalType.Any), ("ihs", ThermalType.Ihs), ("rhs", ThermalType.Rhs));

    public static readonly Words<SwitchRole> Roles = new(
        ("clos", SwitchRole.Clos), ("infiniband", SwitchRole.InfinibandClos), ("scheduled-leaf", SwitchRole.ScheduledLeaf), ("scheduled-element", SwitchRole.ScheduledElement),
        ("deep-buffer", SwitchRole.DeepBuffer), ("frontend", SwitchRole.Frontend), ("management", SwitchRole.Management));

    public static readonly Words<PortPurpose> Purposes = new(("network", PortPurpose.Network), ("fabric", PortPurpose.Fabric), ("management", PortPurpose.Management));

    public static readonly Words<InterconnectKind> Kinds = new(
        ("dac", InterconnectKind.Dac), ("acc", InterconnectKind.Acc), ("aec", InterconnectKind.Aec), ("aoc", InterconnectKind.Aoc), ("sr", InterconnectKind.Sr), ("dr", InterconnectKind.Dr),
        ("fr", InterconnectKind.Fr), ("lr", InterconnectKind.Lr), ("er", InterconnectKind.Er), ("zr", InterconnectKind.Zr), ("utp", InterconnectKind.Utp));

    public static readonly Words<PassiveKind> Passives = new(("fibre-cable", PassiveKind.FibreCable), ("fibre-breakout", PassiveKind.FibreBreakout), ("trunk", PassiveKind.Trunk), ("panel", PassiveKind.Panel));

    public static readonly Words<Confidence> Confidences = new(("low", Confidence.Low), ("medium", Confidence.Medium), ("high", Confidence.High));

    /// <summary>Whether a node is a server or a whole rack.</summary>
    public static readonly Words<bool> NodeKinds = new(("server", false), ("rack", true));
}
