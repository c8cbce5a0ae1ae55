namespace Lightloom.Spec;

/// <summary>A transformer: a known one by name, or one given by its dimensions, which override those of the name.</summary>
[Shorthand("name")]
public sealed record ModelSpec
{
    /// <summary>Name; of a known model when no dimensions are given.</summary>
    [Key("name", "Name of the model.", Example = "llama3-70b")]
    public string? Name { get; init; }

    /// <summary>Layers, or null.</summary>
    [Key("layers", "Transformer layers.", Minimum = 1, Maximum = 100_000, Example = "80")]
    public int? Layers { get; init; }

    /// <summary>Width of the residual stream, or null.</summary>
    [Key("hidden", "Width of the residual stream.", Minimum = 1, Maximum = 10_000_000, Example = "8192")]
    public int? Hidden { get; init; }

    /// <summary>Width of the feed-forward part, or null.</summary>
    [Key("feed_forward", "Width of the feed-forward part.", Minimum = 1, Maximum = 100_000_000, Example = "28672")]
    public int? FeedForward { get; init; }

    /// <summary>Attention heads, or null.</summary>
    [Key("heads", "Attention heads.", Minimum = 1, Maximum = 100_000, Example = "64")]
    public int? Heads { get; init; }

    /// <summary>Key and value heads, or null for as many as attention heads.</summary>
    [Key("kv_heads", "Heads of keys and values; as many as heads when absent.", Minimum = 1, Maximum = 100_000, Example = "8")]
    public int? KvHeads { get; init; }

    /// <summary>Width of a head, or null for <c>hidden / heads</c>.</summary>
    [Key("head_width", "Width of a head; hidden / heads when absent.", Minimum = 1, Maximum = 1_000_000, Example = "128")]
    public int? HeadWidth { get; init; }

    /// <summary>True when the feed-forward part has a gate, or null.</summary>
    [Key("gated", "True when the feed-forward part has a gate (SwiGLU): three matrices instead of two.", Example = "true")]
    public bool? Gated { get; init; }

    /// <summary>Tokens of the vocabulary, or null.</summary>
    [Key("vocabulary", "Tokens of the vocabulary.", Minimum = 1, Maximum = 100_000_000, Example = "128256")]
    public int? Vocabulary { get; init; }

    /// <summary>Tokens of a sequence, or null.</summary>
    [Key("sequence", "Tokens of a sequence.", Minimum = 1, Maximum = 1_000_000_000, Example = "8192")]
    public int? Sequence { get; init; }

    /// <summary>Experts of a mixture layer, or null for a dense model.</summary>
    [Key("experts", "Experts of a mixture layer; absent for a dense model.", Minimum = 1, Maximum = 1_000_000, Example = "8")]
    public int? Experts { get; init; }

    /// <summary>Experts that a token visits, or null.</summary>
    [Key("experts_per_token", "Experts that a token visits.", Minimum = 1, Maximum = 1_000_000, Example = "2")]
    public int? ExpertsPerToken { get; init; }

    /// <summary>Width of one expert's feed-forward part, or null.</summary>
    [Key(
        "expert_feed_forward",
        "Width of one expert's feed-forward part; feed_forward when absent.",
        Minimum = 1,
        Maximum = 100_000_000,
        Example = "2048"
    )]
    public int? ExpertFeedForward { get; init; }

    /// <summary>Experts that every token visits, or null.</summary>
    [Key("shared_experts", "Experts that every token visits.", Minimum = 0, Maximum = 1_000_000, Example = "1")]
    public int? SharedExperts { get; init; }

    /// <summary>Dense layers at the start of a mixture model, or null.</summary>
    [Key("dense_layers", "Dense layers at the start of a mixture model.", Minimum = 0, Maximum = 100_000, Example = "3")]
    public int? DenseLayers { get; init; }
}
