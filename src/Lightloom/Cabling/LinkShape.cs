namespace Lightloom.Cabling;

/// <summary>How the cages of a link's two ends are divided, which decides whether one assembly can carry the link.</summary>
public enum LinkShape : byte
{
    /// <summary>Neither end is divided: one cage to one cage.</summary>
    Single,

    /// <summary>Only the A cage is divided; its legs end in cages of their own.</summary>
    SplitAtA,

    /// <summary>Only the Z cage is divided; its legs end in cages of their own.</summary>
    SplitAtZ,

    /// <summary>
    /// Both cages are divided alike and all legs of one end in the other, so that one straight assembly can carry them all.
    /// </summary>
    Parallel,

    /// <summary>Both ends are divided and every leg has a cable of its own: only modules with fibre between can do that.</summary>
    Mesh,
}
