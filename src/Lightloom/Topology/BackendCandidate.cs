using Lightloom.Diagnostics;

namespace Lightloom.Topology;

/// <summary>A backend that was considered: its plan, or why it has none.</summary>
/// <param name="Plan">The sized backend; null when it is rejected.</param>
/// <param name="Alternative">The same as it is shown.</param>
/// <param name="Rejection">Why it is not feasible; null when it is.</param>
internal sealed record BackendCandidate(BackendPlan? Plan, Alternative Alternative, Rejection? Rejection);
