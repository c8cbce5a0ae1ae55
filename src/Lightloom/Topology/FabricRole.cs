namespace Lightloom.Topology;

/// <summary>Which of the cluster's networks a fabric is.</summary>
public enum FabricRole : byte
{
    /// <summary>XPU to XPU.</summary>
    [Word("backend")]
    Backend,

    /// <summary>CPU, storage, users.</summary>
    [Word("frontend")]
    Frontend,

    /// <summary>Out-of-band management.</summary>
    [Word("oob")]
    Oob,
}
