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

    /// <summary>The switch is not built for this place, such as a leaf without fabric ports under cell scheduling.</summary>
    Role,

    /// <summary>A cell fabric has two stages and reaches no further.</summary>
    Cells,

    /// <summary>The number of tiers that the file fixes cannot be built.</summary>
    Tiers,

    /// <summary>Hosts of several rates on one leaf.</summary>
    MixedRates,

    /// <summary>It speaks another protocol than what it would be joined to.</summary>
    Protocol,

    /// <summary>The file asks for more switches in a tier than its neighbours reach.</summary>
    Redundancy,

    /// <summary>No interconnect joins its cages, whatever the length.</summary>
    Interconnect,

    /// <summary>It was carried through, and found no room, no cable for some length, or broke a limit.</summary>
    LaterStage,

    // From here on products on a link, in the order in which the rules are judged.

    /// <summary>The file's <c>exclude</c> names it.</summary>
    Excluded,

    /// <summary>The catalogue lacks a figure without which it cannot be used: reach, form factor, lanes, breakouts, sold lengths.</summary>
    Unpublished,

    /// <summary>It needs a line with amplifiers, which is not designed.</summary>
    LineSystem,

    /// <summary>It does not fit the cage.</summary>
    FormFactor,

    /// <summary>It is not sold with the heat sink that the cage takes.</summary>
    Thermal,

    /// <summary>It carries more, or less, than the cage.</summary>
    Rate,

    /// <summary>Lanes run at a rate that the cage, the NIC or the other end does not.</summary>
    Lanes,

    /// <summary>It cannot be divided as the cage is.</summary>
    Breakout,

    /// <summary>Legs of one optical socket part ways, and no harness or shuffle does that.</summary>
    Sockets,

    /// <summary>An assembly cannot join these cages: how the legs part, or a patch panel on the way.</summary>
    Assembly,

    /// <summary>No module of its family fits the other end.</summary>
    Peer,

    /// <summary>It has no signal processor and the host is not known to drive it, or the two ends differ in that.</summary>
    Linear,

    /// <summary>The two ends correct errors differently.</summary>
    Fec,

    /// <summary>It has no reach on the installed fibre.</summary>
    Fibre,

    /// <summary>The link is shorter than it allows.</summary>
    MinimumReach,

    /// <summary>The link is longer than it reaches.</summary>
    Reach,

    /// <summary>Fibre and panels lose more than it allows.</summary>
    Loss,
}
