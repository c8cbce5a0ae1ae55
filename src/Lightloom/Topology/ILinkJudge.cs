using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Asked of every sized network: whether some interconnect joins its cages at all, whatever the length, before it is called feasible; and what
/// it would cost by the rules of the bill, before it is ranked.
/// </summary>
internal interface ILinkJudge
{
    /// <summary>Why no interconnect joins such ends, or null when one does.</summary>
    string? Fault(LinkEnds ends);

    /// <summary>Whether some interconnect serves such ends at a length.</summary>
    bool Serves(LinkEnds ends, Length length);

    /// <summary>What switches and links come to: the parts that would be taken, at the prices of the bill.</summary>
    /// <param name="switches">Switches by model; counts may be zero.</param>
    /// <param name="links">Links by kind.</param>
    NetworkEstimate Estimate(IEnumerable<(SwitchModel Model, long Count)> switches, IEnumerable<CountedLinks> links);
}
