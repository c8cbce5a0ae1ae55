namespace Lightloom.Hardware;

/// <summary>A use for which a part is taken where a file names none.</summary>
public enum DefaultUse
{
    /// <summary>A leaf of the management network: ports of BMCs and of switches.</summary>
    [Word("management-leaf")]
    ManagementLeaf,

    /// <summary>A switch above the leaves of the management network.</summary>
    [Word("management-spine")]
    ManagementSpine,
}
