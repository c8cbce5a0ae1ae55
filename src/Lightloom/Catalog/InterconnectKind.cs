namespace Lightloom.Catalog;

/// <summary>The kind of an interconnect, as the results name it.</summary>
public enum InterconnectKind
{
    /// <summary>Passive copper.</summary>
    Dac,

    /// <summary>Active copper with a linear redriver.</summary>
    Acc,

    /// <summary>Active copper with a retimer.</summary>
    Aec,

    /// <summary>Active optical cable: modules and fibre in one piece.</summary>
    Aoc,

    /// <summary>Multimode module (SR, VR).</summary>
    Sr,

    /// <summary>Parallel single-mode module (DR, 2DR4, 2XDR4, linear DR).</summary>
    Dr,

    /// <summary>Wavelength-multiplexed single-mode module of the 2 km class (FR).</summary>
    Fr,

    /// <summary>Single-mode module of the 10 km class (LR).</summary>
    Lr,

    /// <summary>Coherent module of the 20-40 km class (ER).</summary>
    Er,

    /// <summary>Coherent module for amplified lines (ZR).</summary>
    Zr,

    /// <summary>Twisted-pair copper with RJ45 plugs, for management links.</summary>
    Utp,
}
