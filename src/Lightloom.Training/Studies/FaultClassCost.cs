namespace Lightloom.Training.Studies;

/// <summary>What faults of one kind cost a month. Immutable.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Parts">How many parts of it there are.</param>
/// <param name="PerMonth">Failures a month of all of them; null when no rate is known.</param>
/// <param name="Interrupts">True when the job stops, because a node is cut off.</param>
/// <param name="StepFactor">The step while one is out over the sound step; 1 when it stops.</param>
/// <param name="Lost">Share of the month that they cost.</param>
/// <param name="Basis">Where the rate comes from.</param>
public sealed record FaultClassCost(
    string Name,
    long Parts,
    double? PerMonth,
    bool Interrupts,
    double StepFactor,
    double Lost,
    string Basis
);
