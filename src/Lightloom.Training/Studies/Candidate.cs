using Lightloom.Training.Plans;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Studies;

/// <summary>A parallelism that was looked at. Immutable.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Memory">What it needs.</param>
/// <param name="Step">Its step; null when it was not timed.</param>
/// <param name="WhyNot">Why it cannot be; null when it can.</param>
public sealed record Candidate(TrainingPlan Plan, MemoryNeed Memory, StepTime? Step, string? WhyNot);
