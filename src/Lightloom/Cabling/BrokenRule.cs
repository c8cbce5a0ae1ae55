namespace Lightloom.Cabling;

/// <summary>Why a product cannot serve a link.</summary>
/// <param name="Rule">The rule that it broke.</param>
/// <param name="Reason">The rule in words, with the figures on both sides.</param>
/// <param name="Excess">By how much, in the rule's own unit (metres for reach, decibels for loss); 0 where there is no amount.</param>
public sealed record BrokenRule(RejectionRule Rule, string Reason, double Excess = 0);
