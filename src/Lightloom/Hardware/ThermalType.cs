namespace Lightloom.Hardware;

/// <summary>How a pluggable gives off its heat.</summary>
public enum ThermalType
{
    /// <summary>Not said, or both variants are sold.</summary>
    [Word("any")]
    Any,

    /// <summary>Integrated heat sink (finned top): air-cooled switch cages.</summary>
    [Word("ihs")]
    Ihs,

    /// <summary>Riding heat sink (flat top): NICs, DGX cages and liquid-cooled systems.</summary>
    [Word("rhs")]
    Rhs,
}
