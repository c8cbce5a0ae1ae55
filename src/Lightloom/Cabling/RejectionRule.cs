namespace Lightloom.Cabling;

/// <summary>The rule that a product broke, in the order in which they are judged.</summary>
public enum RejectionRule : byte
{
    /// <summary>The file's <c>exclude</c> names it.</summary>
    Excluded,

    /// <summary>The catalogue lacks a figure without which it cannot be used: reach, form factor, lanes, breakouts, sold lengths.</summary>
    Unpublished,

    /// <summary>It does not fit the cage.</summary>
    FormFactor,

    /// <summary>It is not sold with the heat sink that the cage takes.</summary>
    Thermal,

    /// <summary>It carries more, or less, than the cage.</summary>
    Rate,

    /// <summary>Its lanes run at a rate that the cage, or the other end, does not.</summary>
    Lanes,

    /// <summary>It cannot be divided as the cage is.</summary>
    Breakout,

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
