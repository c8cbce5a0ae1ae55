using System.Globalization;
using Lightloom.Training.Models;

namespace Lightloom.Training.Plans;

/// <summary>What a parallelism must divide. One list for what a user gives and for what a search tries.</summary>
public static class PlanRules
{
    /// <summary>The first thing that does not divide, in a sentence; null when everything does. <see cref="PlanRemedy"/> says what would.</summary>
    public static string? Fault(TrainingPlan plan)
    {
        ModelShape m = plan.Model;
        Parallelism p = plan.Parallelism;
        if (m.Heads % p.Tensor != 0)
        {
            return Say($"{m.Heads} heads do not divide into tp {p.Tensor}");
        }

        if (p.Pipeline > m.AllLayers)
        {
            return Say($"pp {p.Pipeline} is more than the {m.AllLayers} layers");
        }

        if (p.Chunks > 1 && (p.Pipeline == 1 || p.Chunks > plan.StageLayers))
        {
            return p.Pipeline == 1
                ? Say($"vpp {p.Chunks} needs a pipeline of pp 2 or more")
                : Say($"vpp {p.Chunks} is more than the {plan.StageLayers} layers of a stage");
        }

        if (p.Expert > 1 && !m.IsMixture)
        {
            return Say($"ep {p.Expert} needs a model with experts");
        }

        if (m.IsMixture && m.Experts % p.Expert != 0)
        {
            return Say($"{m.Experts} experts do not divide into ep {p.Expert}");
        }

        if ((long)p.Data * p.Context % p.Expert != 0)
        {
            return Say($"ep {p.Expert} does not divide dp x cp = {p.Data * p.Context}");
        }

        if (m.Sequence % p.Context != 0)
        {
            return Say($"a sequence of {m.Sequence} does not divide into cp {p.Context}");
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

        return Say($"a batch of {plan.GlobalBatch} does not divide by dp {plan.Parallelism.Data} x micro-batch {plan.MicroBatch} = {each}");
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
