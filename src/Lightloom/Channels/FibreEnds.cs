namespace Lightloom.Channels;

/// <summary>What is ordered of a fibre piece beside connector and length.</summary>
/// <param name="Polarity">How fibres lie from end to end.</param>
/// <param name="GenderA">Pins of the plugs at the A end.</param>
/// <param name="GenderZ">Pins of the plugs at the Z end.</param>
/// <param name="PolishA">Polish of the plugs at the A end.</param>
/// <param name="PolishZ">Polish of the plugs at the Z end.</param>
public readonly record struct FibreEnds(Polarity Polarity, PlugGender GenderA, PlugGender GenderZ, Polish PolishA, Polish PolishZ)
{
    /// <summary>The polish as pieces.csv prints it: one word where both ends are alike, else both, A first.</summary>
    public string PolishWord => PolishA == PolishZ ? PolishA.ToWord() : $"{PolishA.ToWord()}/{PolishZ.ToWord()}";
}
