namespace Lightloom.Cabling;

/// <summary>Which logical links share a cable.</summary>
public enum CableGrouping : byte
{
    /// <summary>None: every link has a cable of its own.</summary>
    EachLink,

    /// <summary>Those of one A cage.</summary>
    ACage,

    /// <summary>Those of one Z cage.</summary>
    ZCage,

    /// <summary>Those of one connector of the A module: a splitting fibre assembly.</summary>
    AConnector,

    /// <summary>Those of one connector of the Z module.</summary>
    ZConnector,

    /// <summary>Those of one NIC port over all its planes, each on cords of its own.</summary>
    NicPort,

    /// <summary>Those of the sockets that one shuffle joins.</summary>
    Shuffle,
}
