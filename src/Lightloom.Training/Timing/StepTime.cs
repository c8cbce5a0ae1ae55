namespace Lightloom.Training.Timing;

/// <summary>What one training step takes and what it consists of. Immutable; times in seconds on the slowest stage.</summary>
public sealed record StepTime
{
    /// <summary>The step.</summary>
    public required double Step { get; init; }

    /// <summary>Computation, what is computed again included.</summary>
    public required double Compute { get; init; }

    /// <summary>Waiting of pipeline stages.</summary>
    public required double Bubble { get; init; }

    /// <summary>The optimizer.</summary>
    public required double Optimizer { get; init; }

    /// <summary>Stragglers, late launches, data loading, logging: what the stack adds.</summary>
    public required double Overhead { get; init; }

    /// <summary>Communication by kind, all kinds.</summary>
    public required IReadOnlyList<CommunicationShare> Communication { get; init; }

    /// <summary>Operations of the model in a step over all XPUs, products above the diagonal counted.</summary>
    public required double Flops { get; init; }

    /// <summary>The same with products below the diagonal alone.</summary>
    public required double CausalFlops { get; init; }

    /// <summary>What is executed more because it is computed again, as a share of <see cref="Flops"/>.</summary>
    public required double RecomputedShare { get; init; }

    /// <summary>XPUs.</summary>
    public required long Xpus { get; init; }

    /// <summary>Dense BF16 peak of an XPU in operations a second.</summary>
    public required double Peak { get; init; }

    /// <summary>Tokens of the step.</summary>
    public required double Tokens { get; init; }

    /// <summary>Model operations a second of one XPU.</summary>
    public double FlopsPerXpu => Flops / Step / Xpus;

    /// <summary>Model FLOPs utilisation: <see cref="FlopsPerXpu"/> over the dense BF16 peak, in either precision.</summary>
    public double Mfu => FlopsPerXpu / Peak;

    /// <summary>The same with products below the diagonal alone.</summary>
    public double CausalMfu => CausalFlops / Step / Xpus / Peak;

    /// <summary>Executed operations a second of one XPU, those computed again included.</summary>
    public double ExecutedFlopsPerXpu => FlopsPerXpu * (1 + RecomputedShare);

    /// <summary>Tokens a second of the whole job.</summary>
    public double TokensPerSecond => Tokens / Step;

    /// <summary>Exposed communication, all kinds.</summary>
    public double Exposed => Communication.Sum(c => c.Exposed);

    /// <summary>The share of a kind.</summary>
    public CommunicationShare Of(CommunicationKind kind) => Communication[(int)kind];
}
