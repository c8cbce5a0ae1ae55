namespace Lightloom.Design;

/// <summary>How far a design has come, for a progress line.</summary>
/// <param name="Name">What is being done now.</param>
/// <param name="Fraction">Share of the whole that is done, 0 to 1.</param>
public readonly record struct DesignStage(string Name, double Fraction);
