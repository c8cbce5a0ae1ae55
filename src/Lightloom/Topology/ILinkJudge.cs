using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Asked of every sized network before it is called feasible: whether some interconnect joins its cages at all, whatever the length.
/// </summary>
internal interface ILinkJudge
{
    /// <summary>Why no interconnect joins such ends, or null when one does.</summary>
    string? Fault(LinkEnds ends);

    /// <summary>Whether some interconnect serves such ends at a length.</summary>
    bool Serves(LinkEnds ends, Length length);
}
