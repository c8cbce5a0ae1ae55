using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Training.Models;

/// <summary>A transformer with every dimension settled: what is computed, stored and sent follows from it.</summary>
/// <remarks>Immutable. Widths are numbers of elements; counts of operations take a multiplication and an addition as two.</remarks>
public sealed record ModelShape
{
    /// <summary>Its name: of the catalogue, of the file, or <c>model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Transformer layers, without <see cref="PredictionLayers"/>.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int Hidden { get; init; }

    /// <summary>Width of a dense layer's feed-forward part.</summary>
    public required int FeedForward { get; init; }

    /// <summary>True when the feed-forward part has a gate: three matrices instead of two.</summary>
    public bool Gated { get; init; }

    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Heads of keys and values.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Width of a head.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>Widths of latent attention, or null.</summary>
    public LatentWidths? Latent { get; init; }

    /// <summary>Tokens of the vocabulary.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Tokens of a sequence.</summary>
    public required int Sequence { get; init; }

    /// <summary>Routed experts of a mixture layer; 0 for a dense model.</summary>
    public int Experts { get; init; }

    /// <summary>Routed experts that a token visits.</summary>
    public int ExpertsPerToken { get; init; }

    /// <summary>Width of one expert.</summary>
    public int ExpertFeedForward { get; init; }

    /// <summary>Experts that every token visits.</summary>
    public int SharedExperts { get; init; }

    /// <summary>Layers of a mixture model that are dense.</summary>
    public int DenseLayers { get; init; }

    /// <summary>Most nodes that the experts of one token lie on; 0 for no limit.</summary>
    public int ExpertNodes { get; init; }

    /// <summary>Layers that predict farther ahead, each with the output's product once more.</summary>
    public int PredictionLayers { get; init; }

    /// <summary>True for a mixture of experts.</summary>
    public bool IsMixture => Experts > 0;

    /// <summary>Layers with routed experts, prediction layers included.</summary>
    public int MixtureLayers => IsMixture ? Layers - DenseLayers + PredictionLayers : 0;

    /// <summary>Layers without routed experts, prediction layers included.</summary>
    public int PlainLayers => Layers + PredictionLayers - MixtureLayers;

    /// <summary>Layers that a pipeline divides.</summary>
    public int AllLayers => Layers + PredictionLayers;

    /// <summary>Width of a head's query and key, and of its value.</summary>
    public (int Score, int Value) HeadWidths => Latent is { } l ? (l.Plain + l.Rotary, l.Value) : (HeadWidth, HeadWidth);

    /// <summary>Matrices of a feed-forward part.</summary>
    public int FeedForwardMatrices => Gated ? 3 : 2;

    /// <summary>Parameters of one layer's attention.</summary>
    public double AttentionParameters =>
        Latent is { } l
            ? ((double)Hidden * l.Query)
                + ((double)l.Query * Heads * (l.Plain + l.Rotary))
                + ((double)Hidden * (l.Kv + l.Rotary))
                + ((double)l.Kv * Heads * (l.Plain + l.Value))
                + ((double)Heads * l.Value * Hidden)
            : (double)Hidden * HeadWidth * 2 * (Heads + KvHeads);

    /// <summary>Parameters of a dense layer's feed-forward part.</summary>
    public double FeedForwardParameters => (double)FeedForwardMatrices * Hidden * FeedForward;

    /// <summary>Parameters of one expert.</summary>
    public double ExpertParameters => (double)FeedForwardMatrices * Hidden * ExpertFeedForward;

    /// <summary>Parameters that every XPU of a stage holds whatever the expert parallelism, embedding and output included.</summary>
    public double PlainParameters =>
        (AllLayers * AttentionParameters)
        + (PlainLayers * FeedForwardParameters)
        + (MixtureLayers * ((SharedExperts * ExpertParameters) + ((double)Hidden * Experts)))
        + (2.0 * Vocabulary * Hidden);

    /// <summary>Parameters of all routed experts.</summary>
    public double RoutedParameters => MixtureLayers * (double)Experts * ExpertParameters;

    /// <summary>All parameters.</summary>
    public double Parameters => PlainParameters + RoutedParameters;

    /// <summary>Parameters of the matrices that one token is multiplied with, the output's included.</summary>
    public double ActiveParameters =>
        PlainParameters
        - ((double)Vocabulary * Hidden)
        + (PredictionLayers * (double)Vocabulary * Hidden)
        + (MixtureLayers * (double)ExpertsPerToken * ExpertParameters);

    /// <summary>
    /// Operations of the model for one token, forward and backward, nothing recomputed. Prediction layers do not count: published figures
    /// leave them out.
    /// </summary>
    /// <param name="causal">
    /// True to count only products below the diagonal of attention; false to count all of them, as most publications do.
    /// </param>
    public double FlopsPerToken(bool causal)
    {
        ModelShape counted = PredictionLayers == 0 ? this : this with { PredictionLayers = 0 };
        (int score, int value) = HeadWidths;
        double attention = (double)Layers * 2 * Sequence * Heads * (score + value) / (causal ? 2 : 1);
        return 3 * ((2 * counted.ActiveParameters) + attention);
    }

    /// <summary>The model of a cluster file, or of a name, with the catalogue's dimensions where the file gives none of its own.</summary>
    /// <param name="spec">What the file says.</param>
    /// <param name="catalogue">Known models.</param>
    /// <param name="missing">What has to be given and is not, as the file's keys; empty when the model is complete.</param>
    public static ModelShape? Of(ModelSpec spec, Catalogue catalogue, out IReadOnlyList<string> missing)
    {
        TransformerModel? known = spec.Name is { } name ? catalogue.Models.GetValueOrDefault(name) : null;
        List<string> open = [];
        int Need(string key, int? given, Figure<int>? usual)
        {
            if ((given ?? usual?.Value) is { } value)
            {
                return value;
            }

            open.Add(key);
            return 1;
        }

        int hidden = Need("hidden", spec.Hidden, known?.Hidden);
        int heads = Need("heads", spec.Heads, known?.Heads);
        int feedForward = Need("feed_forward", spec.FeedForward, known?.FeedForward);
        int experts = spec.Experts ?? known?.Experts?.Value ?? 0;
        ModelShape shape = new()
        {
            Name = spec.Name ?? "model",
            Layers = Need("layers", spec.Layers, known?.Layers),
            Hidden = hidden,
            FeedForward = feedForward,
            Gated = spec.Gated ?? known?.Gated ?? false,
            Heads = heads,
            KvHeads = spec.KvHeads ?? known?.KvHeads?.Value ?? heads,
            HeadWidth = spec.HeadWidth ?? (spec.Hidden is null && spec.Heads is null ? known?.HeadWidth?.Value : null) ?? hidden / heads,
            Latent = known?.Latent is { } l && spec.Hidden is null && spec.Heads is null ? LatentWidths.Of(l) : null,
            Vocabulary = Need("vocabulary", spec.Vocabulary, known?.Vocabulary),
            Sequence = Need("sequence", spec.Sequence, known?.Sequence),
            Experts = experts,
            ExpertsPerToken = experts == 0 ? 0 : Need("experts_per_token", spec.ExpertsPerToken, known?.ExpertsPerToken),
            ExpertFeedForward = spec.ExpertFeedForward ?? spec.FeedForward ?? known?.ExpertFeedForward?.Value ?? feedForward,
            SharedExperts = experts == 0 ? 0 : spec.SharedExperts ?? known?.SharedExperts?.Value ?? 0,
            DenseLayers = experts == 0 ? 0 : spec.DenseLayers ?? known?.DenseLayers?.Value ?? 0,
            ExpertNodes = known?.ExpertNodes?.Value ?? 0,
            PredictionLayers = spec.Layers is null ? known?.PredictionLayers?.Value ?? 0 : 0,
        };
        missing = open;
        return open.Count == 0 ? shape : null;
    }
}
