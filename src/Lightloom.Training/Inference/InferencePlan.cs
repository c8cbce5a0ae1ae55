using Lightloom.Hardware;
using Lightloom.Training.Models;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Inference;

/// <summary>How a model answers: prompts are read by one kind of instance, tokens are made by another. Immutable.</summary>
public sealed record InferencePlan
{
    /// <summary>The model.</summary>
    public required ModelShape Model { get; init; }

    /// <summary>Tokens of a prompt.</summary>
    public required int Prompt { get; init; }

    /// <summary>Tokens of an answer.</summary>
    public required int Output { get; init; }

    /// <summary>Prompts that a prefill instance reads at once.</summary>
    public required int PrefillBatch { get; init; }

    /// <summary>Answers that a decode instance makes at once.</summary>
    public required int DecodeBatch { get; init; }

    /// <summary>XPUs that share a layer.</summary>
    public required int Tensor { get; init; }

    /// <summary>XPUs that share the experts of a layer; a multiple of <see cref="Tensor"/>, or 1 where each instance has all of them.</summary>
    public required int Expert { get; init; }

    /// <summary>Arithmetic, and bytes of a weight.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The software, for its kernels and overlaps.</summary>
    public required TrainingStack Stack { get; init; }

    /// <summary>Bytes of one weight.</summary>
    public double WeightBytes => Precision == Precision.Fp8 ? 1 : 2;

    /// <summary>Bytes of keys and values that one token leaves in all layers: two for each element.</summary>
    public double CacheBytesPerToken =>
        2.0
        * Model.Layers
        * (Model.Latent is { } l ? l.Kv + l.Rotary : (double)Model.KvHeads * (Model.HeadWidths.Score + Model.HeadWidths.Value));

    /// <summary>Groups of <see cref="Tensor"/> XPUs that the experts are spread over.</summary>
    public int Instances => Math.Max(1, Expert / Tensor);

    /// <summary>The same work as a forward pass of a training plan.</summary>
    /// <param name="sequences">Sequences at once.</param>
    /// <param name="tokens">Tokens of each.</param>
    internal TrainingPlan Forward(int sequences, int tokens) =>
        new()
        {
            Model = Model with { Sequence = tokens },
            Parallelism = new(Tensor, 1, Instances, Expert, 1, 1),
            GlobalBatch = sequences * Instances,
            MicroBatch = sequences,
            Precision = Precision,
            Recompute = Recomputation.None,
            Zero = 0,
            Schedule = PipelineSchedule.OneForwardOneBackward,
            Stack = Stack,
        };
}
