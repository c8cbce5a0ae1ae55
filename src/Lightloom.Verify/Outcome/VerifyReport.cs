namespace Lightloom.Verify.Outcome;

/// <summary>What <c>verify</c> found in a folder. Immutable.</summary>
/// <param name="Name">The cluster's name.</param>
/// <param name="Rules">Every rule with what it was held against, in the order of <see cref="Outcome.Rules.All"/>.</param>
/// <param name="Contradictions">The contradictions to show: of each rule the first ones, in the order of the rules.</param>
public sealed record VerifyReport(string Name, IReadOnlyList<RuleResult> Rules, IReadOnlyList<Contradiction> Contradictions)
{
    /// <summary>All contradictions, those that are not shown included.</summary>
    public long Count => Rules.Sum(r => r.Contradictions);

    /// <summary>True when nothing contradicts.</summary>
    public bool Holds => Count == 0;
}
