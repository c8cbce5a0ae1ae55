using Lightloom.Diagnostics;

namespace Lightloom.Topology;

/// <summary>A backend that was considered: its plan, or why it has none.</summary>
/// <param name="Plan">The sized backend; null when it could not be sized.</param>
/// <param name="Alternative">The same as it is shown.</param>
/// <param name="Rejection">Why it is not feasible; null when it is.</param>
internal sealed record BackendCandidate(BackendPlan? Plan, Alternative Alternative, Rejection? Rejection)
{
    /// <summary>
    /// True when hosts take another of the leaves that the file names than the first that serves them: it comes after all others, whatever it
    /// costs, as the file's order is a preference.
    /// </summary>
    public bool IsResort { get; init; }

    /// <summary>True when nothing speaks against it so far.</summary>
    public bool IsFeasible => Rejection is null;

    /// <summary>The same candidate, known not to become a design.</summary>
    public BackendCandidate Rejected(Rejection why) =>
        this with
        {
            Rejection = why,
            Alternative = Alternative with { Feasible = false, Pareto = false, Chosen = false, Reason = why.Reason },
        };
}
