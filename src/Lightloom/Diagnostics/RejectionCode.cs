namespace Lightloom.Diagnostics;

/// <summary>The rule or limit that a rejected choice breaks.</summary>
public enum RejectionCode : byte
{
    /// <summary>Switches have too few ports for the hosts in so many tiers.</summary>
    Radix,

    /// <summary>No cage gives ports of the rate that is needed, or not enough of them beside the others.</summary>
    Ports,

    /// <summary>The NIC does not divide into so many planes.</summary>
    Planes,

    /// <summary>The NIC has no single Ethernet port of its full rate.</summary>
    SinglePort,

    /// <summary>Planes of the size asked for do not hold the units, or are another number.</summary>
    PlaneXpus,

    /// <summary>Lanes of NIC and switch run at rates that do not mix.</summary>
    LaneMix,

    /// <summary>The switch is not built for this place, such as a leaf without fabric ports under cell scheduling.</summary>
    Role,

    /// <summary>A cell fabric has two stages and reaches no further.</summary>
    Cells,

    /// <summary>The number of tiers that the file fixes cannot be built.</summary>
    Tiers,

    /// <summary>Hosts of several rates on one leaf.</summary>
    MixedRates,
}
