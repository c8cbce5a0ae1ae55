namespace Lightloom.Hardware;

/// <summary>What a tray of a rack-scale node is for.</summary>
public enum TrayKind
{
    /// <summary>It carries XPUs and the node's network ports.</summary>
    [Word("compute")]
    Compute,

    /// <summary>It switches the scale-up network.</summary>
    [Word("switch")]
    Switch,

    /// <summary>It feeds the rack.</summary>
    [Word("power")]
    Power,

    /// <summary>Units that the rack's maker leaves to switches of the management network.</summary>
    [Word("management")]
    Management,
}
