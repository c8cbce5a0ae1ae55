using Lightloom.Hardware;
using Lightloom.Training.Models;

namespace Lightloom.Training.Plans;

/// <summary>What is trained and how: a model, how it is divided, its batch, and the software that runs it. Immutable.</summary>
public sealed record TrainingPlan
{
    /// <summary>The model.</summary>
    public required ModelShape Model { get; init; }

    /// <summary>How it is divided.</summary>
    public required Parallelism Parallelism { get; init; }

    /// <summary>Sequences of one step over all replicas.</summary>
    public required int GlobalBatch { get; init; }

    /// <summary>Sequences of one forward pass of one replica.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>Arithmetic of the products.</summary>
    public Precision Precision { get; init; }

    /// <summary>What is computed again.</summary>
    public required Recomputation Recompute { get; init; }

    /// <summary>What is sharded over data parallelism: 0 nothing, 1 optimizer, 2 gradients, 3 weights.</summary>
    public required int Zero { get; init; }

    /// <summary>Order of the micro-batches.</summary>
    public required PipelineSchedule Schedule { get; init; }

    /// <summary>The software.</summary>
    public required TrainingStack Stack { get; init; }

    /// <summary>Which XPU each rank is.</summary>
    public PlacementRule Placement { get; init; }

    /// <summary>Micro-batches of a step that one pipeline runs.</summary>
    public int MicroBatches => GlobalBatch / (Parallelism.Data * MicroBatch);

    /// <summary>Tokens of a step.</summary>
    public double Tokens => (double)GlobalBatch * Model.Sequence;

    /// <summary>Tokens of a micro-batch on one XPU.</summary>
    public double LocalTokens => (double)MicroBatch * Model.Sequence / Parallelism.Context;

    /// <summary>Layers of the stage with most of them.</summary>
    public int StageLayers => (Model.AllLayers + Parallelism.Pipeline - 1) / Parallelism.Pipeline;

    /// <summary>How often each XPU holds its stage: twice where micro-batches enter at both ends.</summary>
    public int Copies => Schedule == PipelineSchedule.DualPipe && Parallelism.Pipeline > 1 ? 2 : 1;
}
