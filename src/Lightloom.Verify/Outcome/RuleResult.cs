namespace Lightloom.Verify.Outcome;

/// <summary>How one rule fared.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Checked">How many things it was held against; 0 when the folder has nothing that it speaks of.</param>
/// <param name="Contradictions">How many of them contradict.</param>
public sealed record RuleResult(Rule Rule, long Checked, long Contradictions);
