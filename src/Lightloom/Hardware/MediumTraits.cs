namespace Lightloom.Hardware;

/// <summary>What holds for a medium, whoever asks: nothing else tells copper from fibre.</summary>
public static class MediumTraits
{
    /// <summary>True for glass, false for copper: what loses decibels, has connectors to clean, and passes patch panels.</summary>
    public static bool IsFibre(this Medium medium) => medium is not (Medium.Copper or Medium.TwistedPair);

    /// <summary>As people write it in a sentence: <c>copper</c>, <c>twisted pair</c>, <c>OM4</c>.</summary>
    public static string InWords(this Medium medium) =>
        medium.IsFibre() ? medium.ToWord().ToUpperInvariant() : medium.ToWord().Replace('-', ' ');

    /// <summary>The fact of the catalogue that says how long a metre takes.</summary>
    internal static string PropagationFact(this Medium medium) =>
        medium switch
        {
            Medium.Copper => "propagation-twinax-ns-per-m",
            Medium.TwistedPair => "propagation-twisted-pair-ns-per-m",
            Medium.Os2 => "propagation-singlemode-ns-per-m",
            _ => "propagation-multimode-ns-per-m",
        };
}
