namespace Lightloom.Hardware;

/// <summary>What a training framework of a certain year does and leaves undone: its kernels, what it overlaps, what it costs beside.</summary>
/// <remarks>Immutable. Shares run from 0 to 1.</remarks>
public sealed record TrainingStack : CatalogueItem
{
    /// <summary>What it is.</summary>
    [Key("name", "What it is.", Required = true)]
    public required string Name { get; init; }

    /// <summary>How attention is computed.</summary>
    [Key("attention", "How attention is computed.", Required = true)]
    public required Figure<AttentionKernel> Attention { get; init; }

    /// <summary>True when norms and residuals are divided over the tensor-parallel group.</summary>
    [Key("sequence_parallel", "True when norms and residuals are divided over the tensor-parallel group.", Required = true)]
    public required Figure<bool> SequenceParallel { get; init; }

    /// <summary>What it recomputes when the user says nothing.</summary>
    [Key("recompute", "What it recomputes when the user says nothing.", Required = true)]
    public required Figure<Recomputation> Recompute { get; init; }

    /// <summary>Its pipeline schedule when the user says nothing.</summary>
    [Key("schedule", "Its pipeline schedule when the user says nothing.", Required = true)]
    public required Figure<PipelineSchedule> Schedule { get; init; }

    /// <summary>What is sharded over data parallelism when the user says nothing: 0 nothing, 1 optimizer, 2 gradients, 3 weights.</summary>
    [Key(
        "zero",
        "What is sharded over data parallelism when the user says nothing: 0 nothing, 1 optimizer, 2 gradients, 3 weights.",
        Required = true,
        Minimum = 0,
        Maximum = 3
    )]
    public required Figure<int> Zero { get; init; }

    /// <summary>True when the first and last stage have fewer layers, to make room for embedding and output.</summary>
    [Key(
        "balanced_stages",
        "True when the first and last stage have fewer layers, to make room for embedding and output.",
        Required = true
    )]
    public required Figure<bool> BalancedStages { get; init; }

    /// <summary>Memory traffic of norms, residuals and dropout of one layer forward, in bytes a token and element of the hidden width.</summary>
    [Key(
        "hidden_bytes",
        "Memory traffic of norms, residuals and dropout of one layer forward, in bytes a token and element of the hidden width.",
        Required = true,
        Minimum = 0,
        Maximum = 1000
    )]
    public required Figure<double> HiddenBytes { get; init; }

    /// <summary>Memory traffic of one activation function forward, in bytes a token and element of its matrices.</summary>
    [Key(
        "activation_bytes",
        "Memory traffic of the activation function forward, in bytes a token and element of the feed-forward width.",
        Required = true,
        Minimum = 0,
        Maximum = 1000
    )]
    public required Figure<double> ActivationBytes { get; init; }

    /// <summary>Memory traffic of unfused softmax, mask and dropout forward, in bytes a score.</summary>
    [Key("score_bytes", "Memory traffic of unfused softmax, mask and dropout forward, in bytes a score.", Minimum = 0, Maximum = 1000)]
    public Figure<double>? ScoreBytes { get; init; }

    /// <summary>Memory traffic of casting and scaling to FP8 forward, in bytes a token and element of the hidden width.</summary>
    [Key(
        "fp8_bytes",
        "Memory traffic of casting to FP8 forward, in bytes a token and element of the hidden width.",
        Minimum = 0,
        Maximum = 1000
    )]
    public Figure<double>? Fp8Bytes { get; init; }

    /// <summary>Memory traffic of ordering tokens by expert forward, in bytes a routed token and element of the hidden width.</summary>
    [Key(
        "routing_bytes",
        "Memory traffic of ordering tokens by expert forward, in bytes a routed token and element of the hidden width.",
        Minimum = 0,
        Maximum = 1000
    )]
    public Figure<double>? RoutingBytes { get; init; }

    /// <summary>Bytes of one gradient as it is summed over data parallelism.</summary>
    [Key("gradient_bytes", "Bytes of one gradient as it is summed over data parallelism.", Required = true, Minimum = 1, Maximum = 4)]
    public required Figure<int> GradientBytes { get; init; }

    /// <summary>Bytes of optimizer state for one parameter, master weights included.</summary>
    [Key(
        "optimizer_bytes",
        "Bytes of optimizer state for one parameter, master weights included.",
        Required = true,
        Minimum = 0,
        Maximum = 64
    )]
    public required Figure<int> OptimizerBytes { get; init; }

    /// <summary>Share of tensor-parallel communication that matrix products hide.</summary>
    [Key("tp_overlap", "Share of tensor-parallel communication that matrix products hide.", Required = true, Minimum = 0, Maximum = 1)]
    public required Figure<double> TensorOverlap { get; init; }

    /// <summary>Share of messages between stages that computation hides.</summary>
    [Key("pp_overlap", "Share of messages between stages that computation hides.", Required = true, Minimum = 0, Maximum = 1)]
    public required Figure<double> PipelineOverlap { get; init; }

    /// <summary>Share of data-parallel communication that can hide, as far as one micro-batch computes long enough.</summary>
    [Key(
        "dp_overlap",
        "Share of data-parallel communication that computation may hide, as far as a micro-batch computes long enough.",
        Required = true,
        Minimum = 0,
        Maximum = 1
    )]
    public required Figure<double> DataOverlap { get; init; }

    /// <summary>Share of expert-parallel communication that computation may hide.</summary>
    [Key("ep_overlap", "Share of expert-parallel communication that computation may hide.", Minimum = 0, Maximum = 1)]
    public Figure<double>? ExpertOverlap { get; init; }

    /// <summary>Share of context-parallel communication that attention may hide.</summary>
    [Key("cp_overlap", "Share of context-parallel communication that attention may hide.", Minimum = 0, Maximum = 1)]
    public Figure<double>? ContextOverlap { get; init; }

    /// <summary>True when a token goes to a node once and is spread to its experts there.</summary>
    [Key("node_routing", "True when a token goes to a node once and is spread to its experts there.")]
    public Figure<bool>? NodeRouting { get; init; }

    /// <summary>Share of the XPU's cores that are kept for communication.</summary>
    [Key("communication_cores", "Share of the XPU's cores that are kept for communication.", Minimum = 0, Maximum = 0.9)]
    public Figure<double>? CommunicationCores { get; init; }

    /// <summary>Load of the busiest expert group over the mean.</summary>
    [Key("expert_imbalance", "Load of the busiest expert group over the mean.", Minimum = 1, Maximum = 100)]
    public Figure<double>? ExpertImbalance { get; init; }

    /// <summary>What everything between kernels adds, as a share of the computing time: launches that come late, stragglers.</summary>
    [Key(
        "slowdown",
        "What stragglers and late launches add, as a share of the time of compute, pipeline and its communication.",
        Required = true,
        Minimum = 0,
        Maximum = 10
    )]
    public required Figure<double> Slowdown { get; init; }

    /// <summary>What a step costs beside: data loading, clipping, logging.</summary>
    [Key(
        "step_s",
        "What a step costs beside: data loading, gradient clipping, logging, in seconds.",
        Required = true,
        Minimum = 0,
        Maximum = 1000
    )]
    public required Figure<double> StepSeconds { get; init; }

    internal override CatalogueItem Complete(EntryContext context)
    {
        if (Attention?.Value == AttentionKernel.Unfused && ScoreBytes is null)
        {
            context.Contradiction("unfused attention needs score_bytes; give them", "attention");
        }

        return base.Complete(context);
    }
}
