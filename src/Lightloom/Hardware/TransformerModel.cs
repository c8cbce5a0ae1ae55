namespace Lightloom.Hardware;

/// <summary>The published dimensions of a transformer that is trained by name.</summary>
/// <remarks>Immutable. Widths are numbers of elements.</remarks>
public sealed record TransformerModel : CatalogueItem
{
    /// <summary>Its name in full.</summary>
    [Key("name", "Its name in full.", Required = true)]
    public required string Name { get; init; }

    /// <summary>Transformer layers.</summary>
    [Key("layers", "Transformer layers.", Required = true, Minimum = 1, Maximum = 100_000)]
    public required Figure<int> Layers { get; init; }

    /// <summary>Width of the residual stream.</summary>
    [Key("hidden", "Width of the residual stream.", Required = true, Minimum = 1, Maximum = 10_000_000)]
    public required Figure<int> Hidden { get; init; }

    /// <summary>Width of the feed-forward part of a dense layer.</summary>
    [Key("feed_forward", "Width of the feed-forward part of a dense layer.", Required = true, Minimum = 1, Maximum = 100_000_000)]
    public required Figure<int> FeedForward { get; init; }

    /// <summary>True when the feed-forward part has a gate: three matrices instead of two.</summary>
    [Key("gated", "True when the feed-forward part has a gate: three matrices instead of two.")]
    public bool Gated { get; init; }

    /// <summary>Attention heads.</summary>
    [Key("heads", "Attention heads.", Required = true, Minimum = 1, Maximum = 100_000)]
    public required Figure<int> Heads { get; init; }

    /// <summary>Heads of keys and values; null for as many as attention heads.</summary>
    [Key("kv_heads", "Heads of keys and values; as many as heads when absent.", Minimum = 1, Maximum = 100_000)]
    public Figure<int>? KvHeads { get; init; }

    /// <summary>Width of a head; null for <c>hidden / heads</c>.</summary>
    [Key("head_width", "Width of a head; hidden / heads when absent.", Minimum = 1, Maximum = 1_000_000)]
    public Figure<int>? HeadWidth { get; init; }

    /// <summary>Keys, values and queries through a narrow latent vector, or null.</summary>
    [Key("latent_attention", "Queries, keys and values through a narrow latent vector (multi-head latent attention).")]
    public LatentAttention? Latent { get; init; }

    /// <summary>Tokens of the vocabulary.</summary>
    [Key("vocabulary", "Tokens of the vocabulary.", Required = true, Minimum = 1, Maximum = 100_000_000)]
    public required Figure<int> Vocabulary { get; init; }

    /// <summary>Tokens of a training sequence.</summary>
    [Key("sequence", "Tokens of a training sequence.", Required = true, Minimum = 1, Maximum = 1_000_000_000)]
    public required Figure<int> Sequence { get; init; }

    /// <summary>Routed experts of a mixture layer; null for a dense model.</summary>
    [Key("experts", "Routed experts of a mixture layer; absent for a dense model.", Minimum = 1, Maximum = 1_000_000)]
    public Figure<int>? Experts { get; init; }

    /// <summary>Routed experts that a token visits.</summary>
    [Key("experts_per_token", "Routed experts that a token visits.", Minimum = 1, Maximum = 1_000_000)]
    public Figure<int>? ExpertsPerToken { get; init; }

    /// <summary>Width of one expert's feed-forward part; null for that of the dense layers.</summary>
    [Key("expert_feed_forward", "Width of one expert's feed-forward part.", Minimum = 1, Maximum = 100_000_000)]
    public Figure<int>? ExpertFeedForward { get; init; }

    /// <summary>Experts that every token visits; null for none.</summary>
    [Key("shared_experts", "Experts that every token visits.", Minimum = 0, Maximum = 1_000_000)]
    public Figure<int>? SharedExperts { get; init; }

    /// <summary>Layers at the start that are dense; null for none.</summary>
    [Key("dense_layers", "Layers at the start that are dense in a mixture model.", Minimum = 0, Maximum = 100_000)]
    public Figure<int>? DenseLayers { get; init; }

    /// <summary>Most nodes that the experts of one token may lie on; null for no limit.</summary>
    [Key("expert_nodes", "Most nodes that the experts of one token may lie on.", Minimum = 1, Maximum = 1_000_000)]
    public Figure<int>? ExpertNodes { get; init; }

    /// <summary>Further layers that predict more than one token ahead; null for none.</summary>
    [Key(
        "prediction_layers",
        "Further layers, each with an output of its own, that predict tokens farther ahead.",
        Minimum = 0,
        Maximum = 1_000
    )]
    public Figure<int>? PredictionLayers { get; init; }

    internal override CatalogueItem Complete(EntryContext context)
    {
        if (Experts is null != ExpertsPerToken is null)
        {
            context.Contradiction("experts and experts_per_token go together; give both or neither", "experts");
        }

        return base.Complete(context);
    }
}
