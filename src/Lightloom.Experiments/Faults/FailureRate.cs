namespace Lightloom.Experiments.Faults;

/// <summary>How often one part of a kind fails, and how sure that is.</summary>
/// <param name="PerYear">Failures of one part in a year; null when nobody has said.</param>
/// <param name="Basis">Where it comes from, or what is missing.</param>
/// <param name="Assumed">True when it has no source, and the user took it all the same.</param>
public sealed record FailureRate(double? PerYear, string Basis, bool Assumed = false);
