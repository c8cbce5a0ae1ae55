namespace Lightloom.Topology;

/// <summary>A level of a network, counted upwards from the hosts.</summary>
public enum Tier : byte
{
    /// <summary>Nodes (in the management network: every managed device).</summary>
    [Word("host")]
    Host,

    /// <summary>Leaves.</summary>
    [Word("leaf")]
    Leaf,

    /// <summary>Spines; the fabric elements of a switch-scheduled fabric.</summary>
    [Word("spine")]
    Spine,

    /// <summary>Super-spines; the aggregation tier above pods.</summary>
    [Word("super-spine")]
    SuperSpine,

    /// <summary>What is outside the design: the far end of a network's external links.</summary>
    [Word("external")]
    External,
}
