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

    /// <summary>What is recomputed in the backward pass.</summary>
    [Key("recompute", "What is computed again in the backward pass instead of being stored.", OneOf = "none|attention|full")]
    public string Recompute { get; init; } = "none";

    /// <summary>Single collectives to run one after another; may be empty.</summary>
    [Key("collectives", "Collectives to run one after another.")]
    public IReadOnlyList<CollectiveSpec> Collectives { get; init; } = [];
}
