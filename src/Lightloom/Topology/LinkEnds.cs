using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>What an interconnect must fit, but for its length: links of a plan that are alike, before any is drawn.</summary>
/// <param name="Protocol">What both ends speak.</param>
/// <param name="From">Tier of the A ends.</param>
/// <param name="To">Tier of the Z ends.</param>
/// <param name="Rate">Rate of one logical link.</param>
/// <param name="A">Cages at the A ends.</param>
/// <param name="Z">Cages at the Z ends.</param>
/// <param name="SplitOverPlanes">True when the legs of one A cage go to several planes.</param>
internal readonly record struct LinkEnds(Protocol Protocol, Tier From, Tier To, DataRate Rate, CageUse A, CageUse Z, bool SplitOverPlanes)
{
    /// <inheritdoc cref="LinkClass.OwnPlugs"/>
    public bool OwnPlugs { get; init; }
}
