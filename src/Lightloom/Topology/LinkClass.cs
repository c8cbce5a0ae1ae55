using System.Runtime.CompilerServices;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Links that are alike: same fabric, plane, tiers, rate, and the same use of the cages at either end. They differ only in which devices
/// and ports they join.
/// </summary>
public sealed record LinkClass
{
    /// <summary>Position in <see cref="Network.LinkClasses"/>.</summary>
    public int Index { get; internal set; }

    /// <summary>The fabric.</summary>
    public required FabricRole Fabric { get; init; }

    /// <summary>The plane, from 0. In the layout pods, links to the aggregation tier count to the plane of their lower end.</summary>
    public required int Plane { get; init; }

    /// <summary>Tier of the A ends.</summary>
    public required Tier From { get; init; }

    /// <summary>Tier of the Z ends.</summary>
    public required Tier To { get; init; }

    /// <summary>Rate of one logical link.</summary>
    public required DataRate Rate { get; init; }

    /// <summary>Cages at the A ends.</summary>
    public required CageUse ACages { get; init; }

    /// <summary>Cages at the Z ends.</summary>
    public required CageUse ZCages { get; init; }

    /// <summary>
    /// True when the legs of one A cage go to several planes, so that they leave the host in one assembly (breakout or shuffle) although
    /// every leg has its own class.
    /// </summary>
    public bool SplitOverPlanes { get; init; }

    /// <summary>For <see cref="SplitOverPlanes"/>: how many legs one NIC has at one cage over all planes; otherwise 1.</summary>
    public int LegsPerNic { get; init; } = 1;

    /// <summary>True when each link has a plug of its own at its A end, so that no piece there divides.</summary>
    public bool OwnPlugs { get; init; }

    /// <summary>The links, in an order that repeats from run to run.</summary>
    public required Link[] Links { get; init; }

    /// <summary>Two classes are equal only when they are the same object: their links are not compared.</summary>
    public bool Equals(LinkClass? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary><c>host-leaf</c>, <c>leaf-spine</c>, <c>spine-super-spine</c> or <c>leaf-leaf</c>.</summary>
    public string TierWord => $"{From.ToWord()}-{To.ToWord()}";
}
