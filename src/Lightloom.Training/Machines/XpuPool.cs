namespace Lightloom.Training.Machines;

/// <summary>XPUs of one kind in a cluster, in one run. Immutable.</summary>
/// <param name="Name">The pool, as the file names it.</param>
/// <param name="Xpu">What they are.</param>
/// <param name="First">The first XPU's number.</param>
/// <param name="Count">How many.</param>
/// <param name="Node">Id of their node.</param>
public sealed record XpuPool(string Name, XpuClass Xpu, int First, int Count, string Node);
