namespace Lightloom.Topology;

/// <summary>
/// A kind of network for the backend: how it is sized, wired, checked and routed. <see cref="TopologyFamilies"/> lists those that there
/// are.
/// </summary>
internal interface ITopologyFamily
{
    /// <summary>The word in <c>backend.topology</c>.</summary>
    string Name { get; }

    /// <summary>Which paths its switches use.</summary>
    PathRule Paths { get; }

    /// <summary>Size: every combination that the file leaves open, each with its plan or the reason why it has none.</summary>
    IEnumerable<BackendCandidate> Size(BackendQuestion question);

    /// <summary>Wire: adds the plan's switches to the draft and draws its links, port by port.</summary>
    /// <param name="plan">A plan of this family.</param>
    /// <param name="draft">Receives switches and units.</param>
    Fabric Wire(BackendPlan plan, NetworkDraft draft);

    /// <summary>
    /// Audit: the first thing in a finished fabric that does not hold for this family, or null. That ports carry one link each, that every
    /// plane is connected and that planes share nothing is checked for all families (<see cref="NetworkAudit"/>).
    /// </summary>
    string? Audit(Network network, Fabric fabric);
}
