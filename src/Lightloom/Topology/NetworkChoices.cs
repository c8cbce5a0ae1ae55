using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// What a specification leaves to choose, worked out once: the backends, best first, and the frontend that all of them share.
/// </summary>
/// <param name="Spec">What is asked.</param>
/// <param name="Pools">Pools, then services.</param>
/// <param name="Backends">All that were considered; the feasible ones first, best first.</param>
/// <param name="Frontend">The frontend, or null when there is none.</param>
internal sealed record NetworkChoices(
    ClusterSpec Spec,
    IReadOnlyList<PoolNodes> Pools,
    IReadOnlyList<BackendCandidate> Backends,
    FrontendPlan? Frontend
);
