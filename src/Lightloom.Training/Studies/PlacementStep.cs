using Lightloom.Training.Plans;

namespace Lightloom.Training.Studies;

/// <summary>The step under one placement of the ranks. Immutable.</summary>
/// <param name="Rule">The placement.</param>
/// <param name="Seconds">The step.</param>
public sealed record PlacementStep(PlacementRule Rule, double Seconds);
