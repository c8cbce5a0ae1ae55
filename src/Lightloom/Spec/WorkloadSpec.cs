namespace Lightloom.Spec;

/// <summary>What runs on the network: used by simulate, train and explore, never by design.</summary>
public sealed record WorkloadSpec
{
    /// <summary>The model that is trained, or null.</summary>
    [Key("model", "Model that is trained: its name, or its dimensions.")]
    public ModelSpec? Model { get; init; }

    /// <summary>How the model is divided over the XPUs.</summary>
    [Key("parallelism", "How the model is divided over the XPUs.")]
    public ParallelismSpec Parallelism { get; init; } = new();

    /// <summary>Sequences of one training step over all XPUs, or null.</summary>
    [Key("global_batch", "Sequences of one training step, over all XPUs.", Minimum = 1, Maximum = 1_000_000_000, Example = "1024")]
    public int? GlobalBatch { get; init; }

    /// <summary>Sequences of one forward pass of one model replica.</summary>
    [Key("micro_batch", "Sequences of one forward pass of one replica.", Minimum = 1, Maximum = 1_000_000)]
    public int MicroBatch { get; init; } = 1;

    /// <summary>Arithmetic of the matrix products.</summary>
    [Key("precision", "Arithmetic of the matrix products.", OneOf = "bf16|fp8")]
    public string Precision { get; init; } = "bf16";

    /// <summary>What is recomputed in the backward pass, or null for what the stack does.</summary>
    [Key(
        "recompute",
        "What is computed again in the backward pass instead of being stored; what the stack does when absent.",
        OneOf = "none|selective|attention|full",
        Example = "selective"
    )]
    public string? Recompute { get; init; }

    /// <summary>What is sharded over data parallelism, or null for what the stack does.</summary>
    [Key(
        "zero",
        "What is sharded over data parallelism: 0 nothing, 1 optimizer, 2 gradients, 3 weights (FSDP); what the stack does when absent.",
        Minimum = 0,
        Maximum = 3,
        Example = "1"
    )]
    public int? Zero { get; init; }

    /// <summary>Order of the micro-batches in a pipeline, or null for what the stack does.</summary>
    [Key(
        "schedule",
        "Order of the micro-batches in a pipeline; what the stack does when absent.",
        OneOf = "1f1b|zero-bubble|dualpipe",
        Example = "1f1b"
    )]
    public string? Schedule { get; init; }

    /// <summary>The training software, or null for the catalogue's default.</summary>
    [Key("stack", "The training software: a stack of the catalogue (`lightloom catalog list stacks`).", Example = "megatron-core-2024")]
    public string? Stack { get; init; }

    /// <summary>Single collectives to run one after another; may be empty.</summary>
    [Key("collectives", "Collectives to run one after another.")]
    public IReadOnlyList<CollectiveSpec> Collectives { get; init; } = [];
}
