using Lightloom.Diagnostics;

namespace Lightloom.Training.Machines;

/// <summary>A cluster file that is a design and on which nothing can be trained: what it lacks, with the place.</summary>
/// <param name="problem">What is said of it.</param>
public sealed class UnusableClusterException(Diagnostic problem) : Exception(problem.Message)
{
    /// <summary>What is said of it.</summary>
    public Diagnostic Problem { get; } = problem;
}
