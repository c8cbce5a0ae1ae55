using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Studies;

/// <summary>Tries every parallelism of a job that the user left open and ranks those that fit the memory.</summary>
/// <remarks>
/// Tensor parallelism stays inside a scale-up domain. Parts are powers of two and divisors of what they divide. For each, the cheapest
/// recomputation that fits is taken: none, then selective, then full.
/// </remarks>
public sealed class ParallelismSearch(TrainingBrief brief, Machine machine, double reserve)
{
    private static readonly Recomputation[] FromCheap = [Recomputation.None, Recomputation.Selective, Recomputation.Full];
    private readonly GroupCache _groups = new(machine.Network, brief.Placement);

    /// <summary>All that were looked at: those that fit first, fastest first, then those that do not, nearest to fitting first.</summary>
    /// <param name="cancellation">Stops the search.</param>
    public IReadOnlyList<Candidate> Run(CancellationToken cancellation = default)
    {
        List<Candidate> found = [];
        foreach (Parallelism parallelism in Parallelisms())
        {
            foreach (int micro in MicroBatches(parallelism))
            {
                cancellation.ThrowIfCancellationRequested();
                if (Look(parallelism, micro) is { } candidate)
                {
                    found.Add(candidate);
                }
            }
        }

        return
        [
            .. found
                .OrderBy(c => c.WhyNot is null ? 0 : 1)
                .ThenBy(c => c.Step?.Step ?? 0)
                .ThenBy(c => c.Memory.Total)
                .ThenBy(c => c.Plan.Parallelism.ToString(), StringComparer.Ordinal)
                .ThenBy(c => c.Plan.MicroBatch),
        ];
    }

    private Candidate? Look(Parallelism parallelism, int micro)
    {
        TrainingPlan plan = brief.Plan(parallelism, micro, brief.Recompute ?? Recomputation.None);
        if (PlanRules.Fault(plan) is not null)
        {
            // What does not divide is not a candidate; only what divides and does not fit is worth a reason.
            return null;
        }

        MemoryNeed need = MemoryModel.Of(plan, brief.Xpu.Memory, reserve);
        foreach (Recomputation recompute in brief.Recompute is { } given ? [given] : FromCheap)
        {
            plan = plan with { Recompute = recompute };
            need = MemoryModel.Of(plan, brief.Xpu.Memory, reserve);
            if (need.Fits)
            {
                return new(plan, need, StepModel.Of(plan, machine, groups: _groups), null);
            }
        }

        return new(
            plan,
            need,
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"needs {need.Total / (1L << 30):0} GiB of {need.Has / (1L << 30):0}: {Largest(need)} take most"
            )
        );
    }

    private static string Largest(MemoryNeed need) =>
        new[]
        {
            (need.Weights, "weights"),
            (need.Gradients, "gradients"),
            (need.Optimizer, "optimizer states"),
            (need.Activations, "activations"),
        }
            .MaxBy(p => p.Item1)
            .Item2;

    private IEnumerable<Parallelism> Parallelisms()
    {
        int most = Math.Min(brief.Xpu.ScaleUpDomain, brief.Model.Heads);
        foreach (int tp in Given(brief.Tensor, Powers(most)))
        {
            foreach (int cp in Given(brief.Context, Powers(Math.Max(1, brief.Model.Sequence / 4096))))
            {
                foreach (int pp in Given(brief.Pipeline, Stages(brief.Xpus / Math.Max(1, tp * cp))))
                {
                    int dp = brief.Data ?? brief.Xpus / (tp * cp * pp);
                    if (dp < 1 || (long)tp * cp * pp * dp > brief.Xpus)
                    {
                        continue;
                    }

                    foreach (int ep in Given(brief.Expert, brief.Model.IsMixture ? Powers(Math.Min(brief.Model.Experts, dp * cp)) : [1]))
                    {
                        foreach (int vpp in Given(brief.Chunks, Chunks(pp)))
                        {
                            yield return new(tp, pp, dp, ep, cp, vpp);
                        }
                    }
                }
            }
        }
    }

    private IEnumerable<int> MicroBatches(Parallelism p) =>
        brief.MicroBatch is { } given ? [given] : Powers(Math.Min(8, brief.GlobalBatch / Math.Max(1, p.Data)));

    private static IEnumerable<int> Given(int? given, IEnumerable<int> open) => given is { } one ? [one] : open;

    private static IEnumerable<int> Powers(int most)
    {
        for (long n = 1; n <= Math.Max(1, most); n *= 2)
        {
            yield return (int)n;
        }
    }

    private IEnumerable<int> Stages(int most)
    {
        for (int n = 1; n <= Math.Min(most, brief.Model.AllLayers); n++)
        {
            if (brief.Xpus % n == 0 && (int.IsPow2(n) || brief.Model.Layers % n == 0))
            {
                yield return n;
            }
        }
    }

    private IEnumerable<int> Chunks(int stages)
    {
        int layers = (brief.Model.AllLayers + stages - 1) / stages;
        yield return 1;
        for (int n = 2; stages > 1 && brief.Schedule == PipelineSchedule.OneForwardOneBackward && n <= layers; n++)
        {
            if (layers % n == 0)
            {
                yield return n;
            }
        }
    }
}
