namespace Lightloom.Hardware;

/// <summary>The kind of an interconnect, as the results name it.</summary>
public enum InterconnectKind
{
    /// <summary>Passive copper.</summary>
    [Word("dac")]
    Dac,

    /// <summary>Active copper with a linear redriver.</summary>
    [Word("acc")]
    Acc,

    /// <summary>Active copper with a retimer.</summary>
    [Word("aec")]
    Aec,

    /// <summary>Active optical cable: modules and fibre in one piece.</summary>
    [Word("aoc")]
    Aoc,

    /// <summary>Multimode module (SR, VR).</summary>
    [Word("sr")]
    Sr,

    /// <summary>Parallel single-mode module (DR, 2DR4, 2XDR4, linear DR).</summary>
    [Word("dr")]
    Dr,

    /// <summary>Wavelength-multiplexed single-mode module of the 2 km class (FR).</summary>
    [Word("fr")]
    Fr,

    /// <summary>Single-mode module of the 10 km class (LR).</summary>
    [Word("lr")]
    Lr,

    /// <summary>Coherent module of the 20-40 km class (ER).</summary>
    [Word("er")]
    Er,

    /// <summary>Coherent module for amplified lines (ZR).</summary>
    [Word("zr")]
    Zr,

    /// <summary>Twisted-pair copper with RJ45 plugs, for management links.</summary>
    [Word("utp")]
    Utp,
}
