namespace Lightloom.Exact;

/// <summary>An answer to an <see cref="AssignmentProblem"/>.</summary>
/// <param name="Chosen">For every piece the index of its place among those that it may take.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Bound">No assignment costs less than this.</param>
public sealed record Assignment(IReadOnlyList<int> Chosen, long Cost, long Bound)
{
    /// <summary>True when nothing can cost less.</summary>
    public bool IsLeast => Cost <= Bound;
}
