namespace Lightloom.Hardware;

/// <summary>What a switch is built for.</summary>
public enum SwitchRole
{
    /// <summary>An Ethernet switch for any tier of a Clos.</summary>
    [Word("clos")]
    Clos,

    /// <summary>An InfiniBand switch for any tier of a Clos.</summary>
    [Word("infiniband")]
    InfinibandClos,

    /// <summary>The leaf of a switch-scheduled fabric: network ports below, cell ports above.</summary>
    [Word("scheduled-leaf")]
    ScheduledLeaf,

    /// <summary>The fabric element (spine) of a switch-scheduled fabric: cell ports only.</summary>
    [Word("scheduled-element")]
    ScheduledElement,

    /// <summary>A deep-buffer box for joining data centers; usable in a Clos when named.</summary>
    [Word("deep-buffer")]
    DeepBuffer,

    /// <summary>A frontend or storage switch.</summary>
    [Word("frontend")]
    Frontend,

    /// <summary>An out-of-band management switch.</summary>
    [Word("management")]
    Management,
}
