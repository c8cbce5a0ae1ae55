namespace Lightloom.Experiments.Faults;

/// <summary>What can break, as a person who repairs it would name it.</summary>
public enum FaultClass
{
    /// <summary>
    /// One assembly that a technician pulls: copper or optical with its ends, or a fibre cable. All logical links in it are lost.
    /// </summary>
    Cable,

    /// <summary>One pluggable module in one cage. All logical links of that cage are lost.</summary>
    Transceiver,

    /// <summary>One port of a network card: one logical link between a host and a leaf.</summary>
    NicPort,

    /// <summary>A leaf with all its links.</summary>
    Leaf,

    /// <summary>A spine, or the fabric element of a switch-scheduled network, with all its links.</summary>
    Spine,

    /// <summary>A super-spine, or a switch of the aggregation tier above pods, with all its links.</summary>
    SuperSpine,

    /// <summary>Every link and switch of a plane at once.</summary>
    Plane,
}
