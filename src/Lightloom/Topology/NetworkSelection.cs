namespace Lightloom.Topology;

/// <summary>One choice for every network: what is drawn, placed and cabled together.</summary>
/// <param name="Backend">The backend; sized.</param>
/// <param name="Frontend">The frontend, or null when there is none.</param>
/// <param name="Further">The further networks, in the file's order.</param>
/// <param name="Management">The switches of the management network, or null when there is none.</param>
internal sealed record NetworkSelection(
    BackendCandidate Backend,
    FrontendPlan? Frontend,
    IReadOnlyList<FrontendPlan> Further,
    ManagementParts? Management
)
{
    /// <summary>True when management links that nothing serves are left out, with a warning, rather than refuse the design.</summary>
    public bool LeavesOutFarManagement { get; init; }
}
