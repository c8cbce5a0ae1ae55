using Lightloom.Simulation.Collectives;
using Lightloom.Training.Machines;
using Lightloom.Training.Models;
using Lightloom.Training.Plans;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Inference;

/// <summary>
/// A first model of serving: layers by the training roofline, forward only; decoding reads all weights and the whole cache for each token;
/// collectives and the transfer of keys and values on the designed network.
/// </summary>
public static class InferenceModel
{
    private const double Element = 2;

    /// <summary>The times of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="prefill">XPUs that read prompts.</param>
    /// <param name="decode">XPUs that make tokens.</param>
    public static InferenceTime Of(InferencePlan plan, Machine prefill, Machine decode)
    {
        (double reading, double prefillComm) = Forward(plan, plan.PrefillBatch, plan.Prompt, prefill);
        (double making, double decodeComm) = Forward(plan, plan.DecodeBatch, 1, decode);
        double memory = decode.Xpu.MemoryRate * decode.Xpu.Generation.MemoryShare.Value;
        // The mean length of an answer under way; keys and values are divided with the heads, a latent vector is not.
        double context = plan.Prompt + (plan.Output / 2.0);
        double share = plan.Model.Latent is null ? Math.Min(plan.Tensor, plan.Model.KvHeads) : 1;
        double cache = plan.DecodeBatch * context * plan.CacheBytesPerToken / share;
        double weights = WeightsOf(plan);
        double step = making + (cache / memory);
        double full = plan.DecodeBatch * (plan.Prompt + (double)plan.Output) * plan.CacheBytesPerToken / share;
        return new()
        {
            Prefill = reading,
            PrefillCommunication = prefillComm,
            CacheTransfer = Transfer(plan, prefill),
            Decode = step,
            DecodeCommunication = decodeComm,
            DecodeWeights = weights / memory,
            DecodeCache = cache / memory,
            DecodeMemory = weights + full,
            HasMemory = decode.Xpu.Memory,
            TokensPerSecond = plan.DecodeBatch / step,
        };
    }

    /// <summary>Weights that one XPU holds, in bytes.</summary>
    private static double WeightsOf(InferencePlan plan)
    {
        ModelShape m = plan.Model with { PredictionLayers = 0 };
        return ((m.PlainParameters / plan.Tensor) + (m.RoutedParameters / Math.Max(plan.Tensor, plan.Expert))) * plan.WeightBytes;
    }

    private static (double Total, double Communication) Forward(InferencePlan plan, int sequences, int tokens, Machine machine)
    {
        TrainingPlan forward = plan.Forward(sequences, tokens);
        ModelShape m = plan.Model;
        LayerModel layers = new(forward, machine.Xpu);
        ClosedFormCollectives times = new(machine);
        RankMap ranks = new(machine.Network, forward.Parallelism, PlacementRule.RailAligned);
        double local = (double)sequences * tokens;
        double reduce = 2 * Time(CollectiveKind.AllReduce, ranks.Group(plan.Tensor, 1), local * m.Hidden * Element);
        double route = 0;
        if (m.IsMixture && plan.Expert > 1)
        {
            GroupShape group = ranks.Group(plan.Instances, plan.Tensor);
            double bytes = local * m.Hidden * m.ExpertsPerToken / plan.Tensor;
            route = Time(CollectiveKind.AllToAll, group, bytes * plan.WeightBytes) + Time(CollectiveKind.AllToAll, group, bytes * Element);
        }

        int mixtures = m.IsMixture ? m.Layers - m.DenseLayers : 0;
        double compute = ((m.Layers - mixtures) * layers.Dense().Forward) + (mixtures > 0 ? mixtures * layers.Mixture().Forward : 0);
        double communication = (m.Layers * reduce) + (mixtures * route);
        // One token of each sequence goes through the vocabulary.
        double output = new LayerModel(plan.Forward(sequences, 1), machine.Xpu).Vocabulary();
        return (compute + communication + output, communication);

        double Time(CollectiveKind kind, GroupShape group, double bytes) => group.Size <= 1 ? 0 : times.Of(kind, group, bytes).Time.Seconds;
    }

    // Each XPU of a prefill instance sends its part over its own NICs.
    private static double Transfer(InferencePlan plan, Machine prefill)
    {
        double bytes = (double)plan.PrefillBatch * plan.Prompt * plan.CacheBytesPerToken / plan.Tensor;
        GroupShape apart = new(2, 1, 1, 1, 1, 1);
        return new ClosedFormCollectives(prefill).Of(CollectiveKind.SendReceive, apart, bytes).Time.Seconds;
    }
}
