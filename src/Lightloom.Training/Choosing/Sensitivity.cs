namespace Lightloom.Training.Choosing;

/// <summary>What becomes of the winner when one assumption is off. Immutable.</summary>
/// <param name="Assumption">The assumption.</param>
/// <param name="Factor">What it is multiplied by: 0.8 or 1.2.</param>
/// <param name="Winner">The number of the design that wins then.</param>
/// <param name="Gain">How much cheaper its tokens are than the first winner's, then: 0 to 1; 0 when the winner stays.</param>
public sealed record Sensitivity(string Assumption, double Factor, int Winner, double Gain);
