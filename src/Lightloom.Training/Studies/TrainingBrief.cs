using Lightloom.Hardware;
using Lightloom.Training.Machines;
using Lightloom.Training.Models;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Studies;

/// <summary>A training job before it is divided: everything that the user, the file and the stack say. Immutable.</summary>
public sealed record TrainingBrief
{
    /// <summary>The stack that is taken when nobody names one.</summary>
    public const string UsualStack = "megatron-core-2024";

    /// <summary>The model.</summary>
    public required ModelShape Model { get; init; }

    /// <summary>The software.</summary>
    public required TrainingStack Stack { get; init; }

    /// <summary>Sequences of a step.</summary>
    public required int GlobalBatch { get; init; }

    /// <summary>Sequences of a forward pass; null when it is left open.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>Arithmetic.</summary>
    public required Precision Precision { get; init; }

    /// <summary>What is computed again; null when it is left open.</summary>
    public Recomputation? Recompute { get; init; }

    /// <summary>What is sharded.</summary>
    public required int Zero { get; init; }

    /// <summary>Order of micro-batches.</summary>
    public required PipelineSchedule Schedule { get; init; }

    /// <summary>Placement.</summary>
    public required PlacementRule Placement { get; init; }

    /// <summary>XPUs that the job may take.</summary>
    public required int Xpus { get; init; }

    /// <summary>XPUs of the slowest kind decide what fits.</summary>
    public required XpuClass Xpu { get; init; }

    /// <summary>Given parts; null where they are open.</summary>
    public int? Tensor { get; init; }

    /// <summary>Given stages.</summary>
    public int? Pipeline { get; init; }

    /// <summary>Given replicas.</summary>
    public int? Data { get; init; }

    /// <summary>Given expert parts.</summary>
    public int? Expert { get; init; }

    /// <summary>Given context parts.</summary>
    public int? Context { get; init; }

    /// <summary>Given chunks.</summary>
    public int? Chunks { get; init; }

    /// <summary>A plan of this job.</summary>
    /// <param name="parallelism">How it is divided.</param>
    /// <param name="microBatch">Sequences of a forward pass.</param>
    /// <param name="recompute">What is computed again.</param>
    public TrainingPlan Plan(Parallelism parallelism, int microBatch, Recomputation recompute) =>
        new()
        {
            Model = Model,
            Parallelism = parallelism,
            GlobalBatch = GlobalBatch,
            MicroBatch = microBatch,
            Precision = Precision,
            Recompute = recompute,
            Zero = Zero,
            Schedule = Schedule,
            Stack = Stack,
            Placement = Placement,
        };
}
