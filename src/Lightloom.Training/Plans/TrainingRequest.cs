namespace Lightloom.Training.Plans;

/// <summary>What a command line says of a training job; null leaves it to the cluster file, and that to the stack. Immutable.</summary>
public sealed record TrainingRequest
{
    /// <summary>Name of a model of the catalogue.</summary>
    public string? Model { get; init; }

    /// <summary>Tensor parallelism.</summary>
    public int? Tensor { get; init; }

    /// <summary>Pipeline parallelism.</summary>
    public int? Pipeline { get; init; }

    /// <summary>Data parallelism.</summary>
    public int? Data { get; init; }

    /// <summary>Expert parallelism.</summary>
    public int? Expert { get; init; }

    /// <summary>Context parallelism.</summary>
    public int? Context { get; init; }

    /// <summary>Chunks a stage.</summary>
    public int? Chunks { get; init; }

    /// <summary>Sequences of a step.</summary>
    public int? GlobalBatch { get; init; }

    /// <summary>Sequences of a forward pass.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>Tokens of a sequence.</summary>
    public int? Sequence { get; init; }

    /// <summary><c>bf16</c> or <c>fp8</c>.</summary>
    public string? Precision { get; init; }

    /// <summary><c>none</c>, <c>selective</c> or <c>full</c>.</summary>
    public string? Recompute { get; init; }

    /// <summary>What is sharded over data parallelism, 0 to 3.</summary>
    public int? Zero { get; init; }

    /// <summary><c>1f1b</c>, <c>zero-bubble</c> or <c>dualpipe</c>.</summary>
    public string? Schedule { get; init; }

    /// <summary>Id of a stack of the catalogue.</summary>
    public string? Stack { get; init; }

    /// <summary>Which XPU each rank is.</summary>
    public PlacementRule Placement { get; init; }

    /// <summary>XPUs that the job may take; all when null.</summary>
    public int? Xpus { get; init; }

    /// <summary>True to look for the best parallelism even where the file gives one.</summary>
    public bool Search { get; init; }
}
