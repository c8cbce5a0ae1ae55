namespace Lightloom.Topology;

/// <summary>Which of the cluster's networks a fabric is.</summary>
public enum FabricRole : byte
{
    /// <summary>XPU to XPU.</summary>
    Backend,

    /// <summary>CPU, storage, users.</summary>
    Frontend,

    /// <summary>Out-of-band management.</summary>
    Oob,
}
