using Lightloom.Training.Machines;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Studies;

/// <summary>The step as the XPUs of one pool would have it if all were like them. Immutable.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Xpus">XPUs of the pool that take part.</param>
/// <param name="Step">The step.</param>
public sealed record PoolStep(XpuPool Pool, int Xpus, StepTime Step);
