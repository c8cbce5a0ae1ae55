using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Training.Inference;
using Lightloom.Training.Machines;
using Lightloom.Training.Models;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Studies;

/// <summary>Reads how a model answers, and complains of what does not divide or does not fit.</summary>
public static class InferenceReader
{
    /// <summary>The plan; null when <paramref name="diagnostics"/> says what is wrong.</summary>
    /// <param name="spec">The cluster file.</param>
    /// <param name="request">The command line.</param>
    /// <param name="pools">The pools that read prompts and make tokens.</param>
    /// <param name="diagnostics">Receives what is to be said.</param>
    public static InferencePlan? Read(
        ClusterSpec spec,
        InferenceRequest request,
        (XpuPool Prefill, XpuPool Decode) pools,
        DiagnosticBag diagnostics
    )
    {
        if (BriefReader.ModelOf(spec, request.Model, null, diagnostics) is not { } model)
        {
            return null;
        }

        Catalogue catalogue = spec.Catalogue;
        InferencePlan plan = new()
        {
            Model = model,
            Prompt = request.Prompt,
            Output = request.Output,
            PrefillBatch = request.PrefillBatch,
            DecodeBatch = request.DecodeBatch,
            Tensor = request.Tensor,
            Expert = request.Expert,
            Precision = request.Precision,
            Stack = catalogue.Stacks[spec.Workload.Stack is { } s && catalogue.Stacks.ContainsKey(s) ? s : TrainingBrief.UsualStack],
        };
        if (Fault(plan, Math.Min(pools.Prefill.Count, pools.Decode.Count)) is { } fault)
        {
            diagnostics.Error(TrainingProblem.Indivisible, fault);
            return null;
        }

        foreach (
            XpuPool pool in new[] { pools.Prefill, pools.Decode }.Where(p => plan.Precision == Precision.Fp8 && p.Xpu.Fp8Flops is null)
        )
        {
            diagnostics.Error(
                TrainingProblem.XpuUnknown,
                $"{pool.Xpu.Name} of pool '{pool.Name}' has no known FP8 rate; take --precision bf16"
            );
            return null;
        }

        Machine decode = Machine.Uniform(pools.Decode.Xpu, Math.Max(plan.Tensor, plan.Expert), Units.SimTime.Zero, Units.SimTime.Zero);
        InferenceTime time = InferenceModel.Of(plan, decode, decode);
        double reserve = catalogue.Fact(MemoryModel.ReserveFact).Value * (1L << 30);
        if (time.DecodeMemory + reserve > time.HasMemory)
        {
            diagnostics.Error(
                TrainingProblem.OutOfMemory,
                Say(
                    $"weights and keys and values of {plan.DecodeBatch} answers need {(time.DecodeMemory + reserve) / (1L << 30):0.#} GiB with the "
                ) + Say($"reserve, an XPU has {time.HasMemory / (1L << 30):0}; take a smaller --batch, a higher --tp, or --precision fp8")
            );
            return null;
        }

        return plan;
    }

    private static string? Fault(InferencePlan plan, int xpus)
    {
        ModelShape m = plan.Model;
        return m.Heads % plan.Tensor != 0
                ? Say($"{m.Heads} heads do not divide into tp {plan.Tensor}; take tp {PlanRules.Divisor(m.Heads, plan.Tensor)}")
            : plan.Expert > 1 && !m.IsMixture ? Say($"ep {plan.Expert} needs a model with experts; leave it out")
            : plan.Expert > 1 && plan.Expert % plan.Tensor != 0
                ? Say(
                    $"ep {plan.Expert} is no multiple of tp {plan.Tensor}; take ep {(plan.Expert / plan.Tensor * plan.Tensor) + plan.Tensor}"
                )
            : m.IsMixture && m.Experts % plan.Expert != 0
                ? Say($"{m.Experts} experts do not divide into ep {plan.Expert}; take ep {PlanRules.Divisor(m.Experts, plan.Expert)}")
            : Math.Max(plan.Tensor, plan.Expert) > xpus
                ? Say(
                    $"tp {plan.Tensor} and ep {plan.Expert} take {Math.Max(plan.Tensor, plan.Expert)} XPUs, a pool has {xpus}; take {xpus} or less"
                )
            : null;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
