using System.Globalization;
using Lightloom.Training.Models;

namespace Lightloom.Training.Plans;

/// <summary>What a parallelism must divide. One list for what a user gives and for what a search tries.</summary>
public static class PlanRules
{
    /// <summary>The first thing that does not divide, in a sentence with the nearest value that does; null when everything does.</summary>
    public static string? Fault(TrainingPlan plan)
    {
        ModelShape m = plan.Model;
        Parallelism p = plan.Parallelism;
        if (m.Heads % p.Tensor != 0)
        {
            return Say($"{m.Heads} heads do not divide into tp {p.Tensor}; take tp {Divisor(m.Heads, p.Tensor)}");
        }

        if (p.Pipeline > m.AllLayers)
        {
            return Say($"pp {p.Pipeline} is more than the {m.AllLayers} layers; take pp {m.AllLayers} or less");
        }

        if (p.Chunks > 1 && (p.Pipeline == 1 || p.Chunks > plan.StageLayers))
        {
            return p.Pipeline == 1
                ? Say($"vpp {p.Chunks} needs a pipeline; leave it out or take pp 2 or more")
                : Say($"vpp {p.Chunks} is more than the {plan.StageLayers} layers of a stage; take vpp {plan.StageLayers} or less");
        }

        if (p.Expert > 1 && !m.IsMixture)
        {
            return Say($"ep {p.Expert} needs a model with experts; leave it out");
        }

        if (m.IsMixture && m.Experts % p.Expert != 0)
        {
            return Say($"{m.Experts} experts do not divide into ep {p.Expert}; take ep {Divisor(m.Experts, p.Expert)}");
        }

        if ((long)p.Data * p.Context % p.Expert != 0)
        {
            int replicas = p.Data * p.Context;
            return Say($"ep {p.Expert} does not divide dp x cp = {replicas}; take ep {Divisor(replicas, p.Expert)}");
        }

        if (m.Sequence % p.Context != 0)
        {
            return Say($"a sequence of {m.Sequence} does not divide into cp {p.Context}; take cp {Divisor(m.Sequence, p.Context)}");
        }

        return BatchFault(plan);
    }

    private static string? BatchFault(TrainingPlan plan)
    {
        long each = (long)plan.Parallelism.Data * plan.MicroBatch;
        if (plan.GlobalBatch % each == 0)
        {
            return null;
        }

        long below = plan.GlobalBatch / each * each,
            above = below + each;
        string nearest = below == 0 ? above.ToString(CultureInfo.InvariantCulture) : Say($"{below} or {above}");
        return Say(
                $"a batch of {plan.GlobalBatch} does not divide by dp {plan.Parallelism.Data} x micro-batch {plan.MicroBatch} = {each}; "
            )
            + $"take a batch of {nearest}"
            + Say($", or dp {Divisor(Math.Max(1, plan.GlobalBatch / plan.MicroBatch), plan.Parallelism.Data)}");
    }

    /// <summary>The divisor of a number that is nearest to another.</summary>
    public static int Divisor(int number, int near)
    {
        int best = 1;
        for (int d = 1; d <= number; d++)
        {
            if (number % d == 0 && Math.Abs(d - near) < Math.Abs(best - near))
            {
                best = d;
            }
        }

        return best;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
