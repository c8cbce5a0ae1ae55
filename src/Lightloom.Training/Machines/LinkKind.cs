namespace Lightloom.Training.Machines;

/// <summary>A class of links that a collective may wait for.</summary>
public enum LinkKind
{
    /// <summary>The scale-up domain.</summary>
    ScaleUp,

    /// <summary>NICs and their leaves.</summary>
    HostLeaf,

    /// <summary>Uplinks of leaves.</summary>
    LeafSpine,

    /// <summary>Uplinks of spines.</summary>
    SpineSuperSpine,

    /// <summary>Not bytes but the time of messages.</summary>
    Latency,
}
