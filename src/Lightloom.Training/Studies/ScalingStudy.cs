using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Studies;

/// <summary>MFU as replicas are added to a job, each with its share of the batch (weak scaling), in closed form.</summary>
public static class ScalingStudy
{
    /// <summary>Where it ends: a million XPUs.</summary>
    public const int MostXpus = 1 << 20;

    /// <summary>On the designed network: replicas halve as long as they stay whole and the experts still divide them.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="machine">The XPUs on the designed network.</param>
    public static IReadOnlyList<(long Xpus, double Mfu)> Within(TrainingPlan plan, Machine machine)
    {
        List<(long, double)> points = [];
        for (int data = plan.Parallelism.Data; data >= 1; data /= 2)
        {
            TrainingPlan smaller = With(plan, data);
            if (PlanRules.Fault(smaller) is not null)
            {
                break;
            }

            points.Add((smaller.Parallelism.Xpus, StepModel.Of(smaller, machine).Mfu));
            if (data % 2 != 0)
            {
                break;
            }
        }

        points.Reverse();
        return points;
    }

    /// <summary>
    /// Beyond it, doubled up to <see cref="MostXpus"/>: the designed network again and again beside itself, joined above without further
    /// oversubscription. Begins with the job itself; empty where that is a million XPUs or more already.
    /// </summary>
    /// <param name="plan">The job.</param>
    /// <param name="machine">The XPUs on the designed network.</param>
    public static IReadOnlyList<(long Xpus, double Mfu)> Beyond(TrainingPlan plan, Machine machine)
    {
        List<TrainingPlan> plans = [];
        for (long data = plan.Parallelism.Data; plan.Parallelism.Xpus / plan.Parallelism.Data * data <= MostXpus; data *= 2)
        {
            plans.Add(With(plan, (int)data));
        }

        if (plans.Count < 2)
        {
            return [];
        }

        int xpus = machine.Network.Xpus;
        Machine large = machine with { Network = machine.Network.Repeated((int)((plans[^1].Parallelism.Xpus + xpus - 1) / xpus)) };
        return [.. plans.Where(p => PlanRules.Fault(p) is null).Select(p => (p.Parallelism.Xpus, StepModel.Of(p, large).Mfu))];
    }

    private static TrainingPlan With(TrainingPlan plan, int data) =>
        plan with
        {
            Parallelism = plan.Parallelism with { Data = data },
            GlobalBatch = checked(plan.MicroBatches * data * plan.MicroBatch),
        };
}
