namespace Lightloom.Spec;

/// <summary>How a backend of several planes is cut.</summary>
public enum PlaneLayout
{
    /// <summary>Each NIC's lanes are divided over the planes; every XPU is on every plane.</summary>
    [Word("nic-split")]
    NicSplit,

    /// <summary>One plane a NIC position, never joined; the scale-up domain bridges them.</summary>
    [Word("rail")]
    Rail,

    /// <summary>Each plane is a leaf-spine of its own XPUs, joined by an aggregation tier.</summary>
    [Word("pods")]
    Pods,
}
