namespace Lightloom.Diagnostics;

/// <summary>Why something that was considered cannot be taken: a fabric's shape, a product on a link, a design under its limits.</summary>
/// <param name="Code">The rule or limit that binds.</param>
/// <param name="Reason">The same in words, with the figures on both sides, without a full stop.</param>
/// <param name="Excess">By how much, in the rule's own unit (metres for reach, decibels for loss); 0 where there is no amount.</param>
/// <param name="Doublings">
/// The same as how often what is allowed must double: log2 of needed over allowed length, a third of the decibels too many.
/// </param>
public sealed record Rejection(RejectionCode Code, string Reason, double Excess = 0, double Doublings = 0);
