namespace Lightloom.Spec;

/// <summary>Into how many parts a model is divided, in each way that models are divided.</summary>
public sealed record ParallelismSpec
{
    /// <summary>Tensor parallelism.</summary>
    [Key("tp", "Tensor parallelism: XPUs that share one layer.", Minimum = 1, Maximum = 16_777_216)]
    public AutoInt Tensor { get; init; } = new(1);

    /// <summary>Pipeline parallelism.</summary>
    [Key("pp", "Pipeline parallelism: stages of layers.", Minimum = 1, Maximum = 16_777_216)]
    public AutoInt Pipeline { get; init; } = new(1);

    /// <summary>Data parallelism; auto takes the XPUs that the others leave.</summary>
    [Key("dp", "Data parallelism: replicas; auto takes the XPUs that the others leave.", Minimum = 1, Maximum = 16_777_216)]
    public AutoInt Data { get; init; }

    /// <summary>Expert parallelism, cut out of the data-parallel group.</summary>
    [Key("ep", "Expert parallelism: XPUs that share the experts of one layer.", Minimum = 1, Maximum = 16_777_216)]
    public AutoInt Expert { get; init; } = new(1);

    /// <summary>Context parallelism.</summary>
    [Key("cp", "Context parallelism: XPUs that share one sequence.", Minimum = 1, Maximum = 16_777_216)]
    public AutoInt Context { get; init; } = new(1);

    /// <summary>Model chunks a pipeline stage (interleaving).</summary>
    [Key("vpp", "Chunks of layers a pipeline stage (interleaving).", Minimum = 1, Maximum = 10_000)]
    public int VirtualPipeline { get; init; } = 1;
}
