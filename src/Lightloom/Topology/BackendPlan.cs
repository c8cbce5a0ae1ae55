using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>A sized backend of any topology: what ranking, limits and drawing need to know of it.</summary>
internal abstract class BackendPlan
{
    /// <summary>The family that sized it, and that wires it.</summary>
    public abstract ITopologyFamily Family { get; }

    /// <summary>Who schedules.</summary>
    public required Paradigm Paradigm { get; init; }

    /// <summary>How planes are cut.</summary>
    public required PlaneLayout Layout { get; init; }

    /// <summary>Planes.</summary>
    public required int Planes { get; init; }

    /// <summary>Tiers of the tallest plane; 1 where all switches are alike.</summary>
    public abstract int Tiers { get; }

    /// <summary>Its switches, all planes, from the hosts up; counts may be zero.</summary>
    public abstract IReadOnlyList<(SwitchModel Model, long Count)> Switches { get; }

    /// <summary>Logical links, all planes.</summary>
    public abstract long Links { get; }

    /// <summary>The switches of the longest path between two hosts, and how often it passes each.</summary>
    public abstract IReadOnlyList<(SwitchModel Model, int Times)> LongestPath { get; }

    /// <summary>The kinds of link that it has, each once or more, with how many there are, over all planes.</summary>
    public abstract IEnumerable<CountedLinks> LinkKinds { get; }

    /// <summary>The kinds of link that it has, each once or more.</summary>
    public IEnumerable<LinkEnds> LinkEnds => LinkKinds.Select(k => k.Ends);

    /// <summary>Why no interconnect joins some of its cages; null where each finds one, or nobody is asked.</summary>
    public string? FaultOf(ILinkJudge? judge) =>
        judge is null ? null : LinkEnds.Select(judge.Fault).FirstOrDefault(fault => fault is not null);

    /// <summary>Kinds of its links that no interconnect serves.</summary>
    public int FaultsOf(ILinkJudge? judge) =>
        judge is null ? 0 : LinkEnds.Distinct().Where(e => judge.Fault(e) is not null).DistinctBy(e => (e.From, e.To, e.Rate)).Count();

    /// <summary>
    /// What placement and cabling see of it: how many switches of which size, with which cages. Two plans with one shape find, or do not
    /// find, the same room and the same cables.
    /// </summary>
    public abstract string Shape { get; }
}
