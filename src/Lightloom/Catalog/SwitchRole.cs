namespace Lightloom.Catalog;

/// <summary>What a switch is built for.</summary>
public enum SwitchRole
{
    /// <summary>An Ethernet switch for any tier of a Clos.</summary>
    Clos,

    /// <summary>An InfiniBand switch for any tier of a Clos.</summary>
    InfinibandClos,

    /// <summary>The leaf of a switch-scheduled fabric: network ports below, cell ports above.</summary>
    ScheduledLeaf,

    /// <summary>The fabric element (spine) of a switch-scheduled fabric: cell ports only.</summary>
    ScheduledElement,

    /// <summary>A deep-buffer box for joining data centers; usable in a Clos when named.</summary>
    DeepBuffer,

    /// <summary>A frontend or storage switch.</summary>
    Frontend,

    /// <summary>An out-of-band management switch.</summary>
    Management,
}
