namespace Lightloom.Hardware;

/// <summary>What a cable is made of, with the grade where it matters for reach.</summary>
public enum Medium
{
    /// <summary>Twinaxial copper.</summary>
    [Word("copper")]
    Copper,

    /// <summary>Twisted-pair copper.</summary>
    [Word("twisted-pair")]
    TwistedPair,

    /// <summary>Multimode fibre, grade OM3.</summary>
    [Word("om3")]
    Om3,

    /// <summary>Multimode fibre, grade OM4.</summary>
    [Word("om4")]
    Om4,

    /// <summary>Multimode fibre, grade OM5.</summary>
    [Word("om5")]
    Om5,

    /// <summary>Single-mode fibre, grade OS2.</summary>
    [Word("os2")]
    Os2,
}
