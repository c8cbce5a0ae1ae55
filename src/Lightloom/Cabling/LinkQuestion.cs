using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>One link as the selector sees it: how long, how fast, what the cages at its ends are and how they are divided.</summary>
public sealed record LinkQuestion
{
    /// <summary>Computed length of the longest leg.</summary>
    public required Length Length { get; init; }

    /// <summary>Rate of one logical link.</summary>
    public required DataRate Rate { get; init; }

    /// <summary>The cage at the A end.</summary>
    public required CageUse A { get; init; }

    /// <summary>The cage at the Z end.</summary>
    public required CageUse Z { get; init; }

    /// <summary>How the two ends' divisions relate.</summary>
    public required LinkShape Shape { get; init; }

    /// <summary>Patch panels (mated pairs) on the way.</summary>
    public int Panels { get; init; }

    /// <summary>
    /// True when both cages are divided and all legs of one end in the other, lane by lane: then one cord carries the legs of a socket.
    /// </summary>
    public bool LegsStayTogether { get; init; }

    /// <summary>What both ends speak; null to ask for any.</summary>
    public Protocol? Protocol { get; init; }

    /// <summary>False when an end is a NIC that is not known to drive a module without a signal processor.</summary>
    public bool LinearAllowed { get; init; } = true;

    /// <summary>True when the ends are of two buyers, so that no assembly with both its plugs joins them.</summary>
    public bool Separable { get; init; }

    /// <summary>True when each link has a plug of its own at the A end, so that no socket there holds legs of two.</summary>
    public bool OwnPlugs { get; init; }

    /// <summary>Kinds that may serve it, the preferred first; null for any.</summary>
    public IReadOnlyList<InterconnectKind>? Kinds { get; init; }

    /// <summary>The articles that its tier keeps, both ends of each; null for any.</summary>
    public IReadOnlySet<InterconnectModel>? Kept { get; init; }

    /// <summary>The shape that follows from the cages when the legs of a cage that is divided at both ends part ways.</summary>
    public static LinkShape ShapeOf(CageUse a, CageUse z) =>
        (a.Ways > 1, z.Ways > 1) switch
        {
            (false, false) => LinkShape.Single,
            (true, false) => LinkShape.SplitAtA,
            (false, true) => LinkShape.SplitAtZ,
            _ => LinkShape.Mesh,
        };

    /// <summary>Whether a linear module may be taken: anywhere between switches, at a NIC only where its card drives one.</summary>
    /// <param name="atNic">True when the A end is a NIC.</param>
    /// <param name="a">The A cage.</param>
    public static bool MayBeLinear(bool atNic, CageUse a) => !atNic || a.DrivesLinear;
}
