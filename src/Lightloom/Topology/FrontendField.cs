using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>What the candidates for one frontend have in common: how many there were, and what was left open.</summary>
internal sealed record FrontendField
{
    /// <summary>What they are judged by.</summary>
    public required ObjectivesSpec Objectives { get; init; }

    /// <summary>Choices of switches that could be sized and cabled.</summary>
    public required int Feasible { get; init; }

    /// <summary>Choices that could not.</summary>
    public required int NotFeasible { get; init; }

    /// <summary>Choices that were not sized: their leaves, the hosts' links and the fewest spines alone come to more than another as a whole.</summary>
    public required int Pruned { get; init; }

    /// <summary>True where the file names no leaf.</summary>
    public required bool LeafIsFree { get; init; }

    /// <summary>True where the file names no spine.</summary>
    public required bool SpineIsFree { get; init; }
}
