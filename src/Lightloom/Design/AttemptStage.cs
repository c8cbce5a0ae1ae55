namespace Lightloom.Design;

/// <summary>How far an attempt at a design came.</summary>
internal enum AttemptStage : byte
{
    /// <summary>The management network could not be built beside it.</summary>
    Sized,

    /// <summary>The network was drawn, and its racks found no room.</summary>
    Drawn,

    /// <summary>It was placed, and some link found no cable.</summary>
    Placed,

    /// <summary>It has a bill, which breaks a limit.</summary>
    Billed,

    /// <summary>It is a design.</summary>
    Complete,
}
