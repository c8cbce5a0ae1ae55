using Lightloom.Training.Plans;

namespace Lightloom.Training.Choosing;

/// <summary>Designs judged by a workload. Immutable.</summary>
/// <param name="Plan">How the job is divided, on all of them.</param>
/// <param name="Designs">All that were considered, in the order of <c>explore</c>.</param>
/// <param name="Sensitivities">The winner under each assumption 20 % lower and higher.</param>
/// <param name="Timed">Designs that were carried through and timed.</param>
/// <param name="Shapes">Different shapes among the feasible ones.</param>
public sealed record WorkloadChoice(
    TrainingPlan Plan,
    IReadOnlyList<ScoredDesign> Designs,
    IReadOnlyList<Sensitivity> Sensitivities,
    int Timed,
    int Shapes
)
{
    /// <summary>The one whose tokens cost least.</summary>
    public ScoredDesign Winner => Designs.First(d => d.Wins);
}
