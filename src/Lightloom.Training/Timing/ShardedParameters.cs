using Lightloom.Training.Plans;

namespace Lightloom.Training.Timing;

/// <summary>Parameters of one XPU whose gradients are summed over replicas. Immutable.</summary>
/// <param name="Plain">Those that all replicas have.</param>
/// <param name="Routed">Those of its experts, which one replica in <c>ep</c> has.</param>
internal readonly record struct ShardedParameters(double Plain, double Routed)
{
    public static ShardedParameters Of(TrainingPlan plan)
    {
        Parallelism p = plan.Parallelism;
        return new(
            plan.Model.PlainParameters / (p.Tensor * p.Pipeline) * plan.Copies,
            plan.Model.RoutedParameters / (p.Tensor * p.Pipeline * p.Expert) * plan.Copies
        );
    }
}
