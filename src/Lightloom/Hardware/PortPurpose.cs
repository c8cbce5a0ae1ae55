namespace Lightloom.Hardware;

/// <summary>What a block of cages may be used for.</summary>
public enum PortPurpose
{
    /// <summary>Any data link: hosts below or switches above.</summary>
    [Word("network")]
    Network,

    /// <summary>Links to fabric elements only: the cell side of a switch-scheduled leaf or element.</summary>
    [Word("fabric")]
    Fabric,

    /// <summary>Management links, never part of a data plane.</summary>
    [Word("management")]
    Management,
}
