namespace Lightloom.Channels;

/// <summary>Which piece of a way over panels it is.</summary>
internal enum PatchRole : byte
{
    /// <summary>From module to module, without panels.</summary>
    Direct,

    /// <summary>From the A module to the first panel.</summary>
    SideA,

    /// <summary>Between two panels of the A side.</summary>
    JumperA,

    /// <summary>Between two panels of the Z side.</summary>
    JumperZ,

    /// <summary>From the last panel to the Z module.</summary>
    SideZ,
}
