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

    /// <summary>Single-mode module of the 40 km class (ER): direct detection up to lanes of 200 Gb/s, coherent above.</summary>
    [Word("er")]
    Er,

    /// <summary>Single-mode module of the 80 km class (ZR): direct detection at 10 and 100 Gb/s, coherent above, where a line may be amplified.</summary>
    [Word("zr")]
    Zr,

    /// <summary>Twisted-pair copper with RJ45 plugs, for management links.</summary>
    [Word("utp")]
    Utp,
}
