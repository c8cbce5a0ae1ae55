namespace Lightloom.Hardware;

/// <summary>How an interconnect's lanes share its fibres.</summary>
public enum Optics
{
    /// <summary>It has no fibre.</summary>
    None,

    /// <summary>A pair of fibres for each lane.</summary>
    Parallel,

    /// <summary>Several lanes on one pair, each with a wavelength of its own.</summary>
    Multiplexed,

    /// <summary>One pair carries one coherent signal; its line's lanes say nothing of the electrical side.</summary>
    Coherent,
}
