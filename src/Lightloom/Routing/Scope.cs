namespace Lightloom.Routing;

/// <summary>How far apart the ends of a link stand, in the terms that decide panels and colours.</summary>
public enum Scope : byte
{
    /// <summary>One rack.</summary>
    SameRack,

    /// <summary>One row.</summary>
    SameRow,

    /// <summary>One hall.</summary>
    SameHall,

    /// <summary>One building, two halls.</summary>
    SameBuilding,

    /// <summary>One site, two buildings.</summary>
    SameSite,

    /// <summary>Two sites.</summary>
    BetweenSites,
}
