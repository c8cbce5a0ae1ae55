using Lightloom.Hardware;
using Lightloom.Training.Models;

namespace Lightloom.Training.Plans;

/// <summary>
/// Memory of one XPU: what is stored of the model by the kind of sharding, and the activations of the micro-batches that are under way on
/// the first stage. The counts of activations are those of Korthikanti et al., widened to gated, grouped and routed layers and to FP8.
/// </summary>
public static class MemoryModel
{
    /// <summary>The reserve's key in the catalogue.</summary>
    public const string ReserveFact = "xpu-memory-reserve-gib";

    private const double Element = 2;

    /// <summary>The need of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="has">Memory of the XPU in bytes.</param>
    /// <param name="reserve">What else takes memory, in bytes.</param>
    public static MemoryNeed Of(TrainingPlan plan, double has, double reserve)
    {
        Parallelism p = plan.Parallelism;
        TrainingStack stack = plan.Stack;
        (double plain, double routed) = Held(plan);
        double replicas = (double)p.Data * p.Context;
        double expertReplicas = Math.Max(1, replicas / p.Expert);
        double Sharded(double bytes, bool sharded) =>
            bytes * ((plain / (sharded ? replicas : 1)) + (routed / (sharded ? expertReplicas : 1)));
        return new(
            Sharded(Element, plan.Zero >= 3),
            Sharded(stack.GradientBytes.Value, plan.Zero >= 2),
            // Kept once even where each XPU holds two stages of weights.
            Sharded(stack.OptimizerBytes.Value, plan.Zero >= 1),
            Activations(plan),
            reserve,
            has
        );
    }

    /// <summary>Parameters that the XPU of the fullest stage holds: those that every one has, and those of its experts.</summary>
    private static (double Plain, double Routed) Held(TrainingPlan plan)
    {
        ModelShape m = plan.Model;
        Parallelism p = plan.Parallelism;
        double share = (double)plan.StageLayers / m.AllLayers;
        double table = (double)m.Vocabulary * m.Hidden;
        double tables = p.Pipeline == 1 ? 2 * table : table;
        double plain = (((m.PlainParameters - (2 * table)) * share) + tables) / p.Tensor;
        return (plain * plan.Copies, m.RoutedParameters * share / ((double)p.Tensor * p.Expert) * plan.Copies);
    }

    private static double Activations(TrainingPlan plan)
    {
        Parallelism p = plan.Parallelism;
        double tokens = plan.LocalTokens;
        double layer = tokens * LayerBytes(plan);
        double input = tokens * Element * plan.Model.Hidden / (plan.Stack.SequenceParallel.Value ? p.Tensor : 1);
        bool full = plan.Recompute == Recomputation.Full;
        double kept = full ? input : layer;
        double under = UnderWay(plan);
        double logits = tokens * plan.Model.Vocabulary / p.Tensor * 6;
        double first = (kept * plan.StageLayers * under) + (full ? layer : 0);
        double last = (kept * plan.StageLayers) + (full ? layer : 0) + logits;
        return p.Pipeline == 1 ? first + logits : Math.Max(first, last);
    }

    // Micro-batches whose activations the first stage holds at once.
    private static double UnderWay(TrainingPlan plan)
    {
        int stages = plan.Parallelism.Pipeline,
            chunks = plan.Parallelism.Chunks;
        double most =
            stages == 1 ? 1
            : plan.Schedule == PipelineSchedule.DualPipe ? stages + 1
            : chunks == 1 ? stages
            : stages + ((stages - 1.0) / chunks);
        return Math.Min(most, Math.Max(1, plan.MicroBatches));
    }

    // Bytes that one layer keeps for one token. For a plain layer of a stack with dropout: 34 h, and 5 heads x sequence for unfused scores.
    private static double LayerBytes(TrainingPlan plan)
    {
        ModelShape m = plan.Model;
        double tensor = plan.Parallelism.Tensor;
        bool unfused = plan.Stack.Attention.Value == AttentionKernel.Unfused;
        // Stacks with fused attention drop what is cheap to compute again: outputs of norms, widened latent vectors, activations.
        bool cheap = plan.Recompute == Recomputation.Selective && !unfused;
        // Inputs of products are kept as the products read them; residuals stay in BF16.
        double input = plan.Precision == Precision.Fp8 ? 1 : Element;
        double residuals = 2 * Element * m.Hidden;
        double norms = cheap ? 0 : 2 * input * m.Hidden;
        double masks = unfused ? 2 * m.Hidden : 0;
        (int score, int value) = m.HeadWidths;
        double queriesKeysValues =
            cheap && m.Latent is not null ? 0
            : m.Latent is not null ? Element * m.Heads * ((2 * score) + value)
            : Element * ((m.Heads * (double)score) + (m.KvHeads * (double)(score + value)));
        double attended = (plan.Precision == Precision.Fp8 ? 1.5 : Element) * m.Heads * value;
        double width = m.IsMixture ? m.ExpertFeedForward * (double)(m.ExpertsPerToken + m.SharedExperts) : m.FeedForward;
        double forward = (m.FeedForwardMatrices - (cheap ? 1 : 0)) * input * width;
        double routed = m.IsMixture ? input * m.Hidden * m.ExpertsPerToken : 0;
        double latent = m.Latent is { } l ? Element * (l.Query + l.Kv + l.Rotary) : 0;
        double scores = unfused && plan.Recompute == Recomputation.None ? 5.0 * m.Heads * m.Sequence / plan.Parallelism.Context : 0;
        double divided = queriesKeysValues + attended + forward + scores + routed;
        double whole = residuals + norms + masks;
        return (whole / (plan.Stack.SequenceParallel.Value ? tensor : 1)) + (divided / tensor) + latent;
    }
}
