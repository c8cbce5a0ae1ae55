namespace Lightloom.Catalog;

/// <summary>What a cable is made of, with the grade where it matters for reach.</summary>
public enum Medium
{
    /// <summary>Twinaxial copper.</summary>
    Copper,

    /// <summary>Twisted-pair copper.</summary>
    TwistedPair,

    /// <summary>Multimode fibre, grade OM3.</summary>
    Om3,

    /// <summary>Multimode fibre, grade OM4.</summary>
    Om4,

    /// <summary>Multimode fibre, grade OM5.</summary>
    Om5,

    /// <summary>Single-mode fibre, grade OS2.</summary>
    Os2,
}
