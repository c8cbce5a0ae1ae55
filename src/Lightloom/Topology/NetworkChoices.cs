using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// What a specification leaves to choose, worked out once: the candidates of every network, best first.
/// </summary>
/// <param name="Spec">What is asked.</param>
/// <param name="Pools">Pools, then services.</param>
/// <param name="Backends">All that were considered; the feasible ones first, best first.</param>
/// <param name="Frontends">Frontends, best first; empty when there is none to build.</param>
/// <param name="Further">Further networks, in the file's order, each with its candidates, best first.</param>
/// <param name="Managements">Switches of the management network, in the order in which they are tried; empty when there is none.</param>
internal sealed record NetworkChoices(
    ClusterSpec Spec,
    IReadOnlyList<PoolNodes> Pools,
    IReadOnlyList<BackendCandidate> Backends,
    IReadOnlyList<FrontendPlan> Frontends,
    IReadOnlyList<IReadOnlyList<FrontendPlan>> Further,
    IReadOnlyList<ManagementParts> Managements
)
{
    /// <summary>False in a cluster whose nodes have no backend ports.</summary>
    public bool HasBackend => Backends is not [{ Plan: NoBackend }];

    /// <summary>The first choice of every network, with one of the backends.</summary>
    public NetworkSelection FirstWith(BackendCandidate backend) =>
        new(
            backend,
            Frontends.Count > 0 ? Frontends[0] : null,
            [.. Further.Select(f => f[0])],
            Managements.Count > 0 ? Managements[0] : null
        );
}
