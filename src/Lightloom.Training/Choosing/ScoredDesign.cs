using Lightloom.Topology;

namespace Lightloom.Training.Choosing;

/// <summary>A design that was considered with the workload. Immutable.</summary>
/// <param name="Number">Its number, from 1, as <c>--adopt</c> takes it.</param>
/// <param name="Alternative">The backend.</param>
/// <param name="Score">What it does; null for one that is no design, or of a shape that was not carried through.</param>
/// <param name="LikeNumber">The number of the design of the same shape whose step and goodput stand for its own; its own when it was carried
/// through itself; 0 without a score.</param>
/// <param name="OnFront">True when none is as good in cost, power, step and goodput, and better in one.</param>
/// <param name="Wins">True for the one whose tokens cost least.</param>
/// <param name="Reason">Why it won, stands on the front, or lost.</param>
public sealed record ScoredDesign(
    int Number,
    Alternative Alternative,
    DesignScore? Score,
    int LikeNumber,
    bool OnFront,
    bool Wins,
    string Reason
)
{
    /// <summary>Whether it was carried through to its bill and timed itself.</summary>
    public bool IsTimed => LikeNumber == Number;
}
