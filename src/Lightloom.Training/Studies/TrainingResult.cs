using Lightloom.Simulation.Fluid;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Studies;

/// <summary>What is said of one training job on a designed cluster. Immutable.</summary>
public sealed record TrainingResult
{
    /// <summary>The job.</summary>
    public required TrainingPlan Plan { get; init; }

    /// <summary>Memory of the XPU that needs most.</summary>
    public required MemoryNeed Memory { get; init; }

    /// <summary>The step, at the pace of the slowest pool, with the faults that were asked for.</summary>
    public required StepTime Step { get; init; }

    /// <summary>The same step on a network that takes no time between scale-up domains.</summary>
    public required StepTime Ideal { get; init; }

    /// <summary>
    /// The same step with what the cluster's transport and load balancing add to ideal rates; null where that has not been measured.
    /// </summary>
    public StepTime? Real { get; init; }

    /// <summary>What was measured of them; null where nothing was.</summary>
    public FluidTerms? Terms { get; init; }

    /// <summary>The same step without faults; the step itself when there are none.</summary>
    public required StepTime Sound { get; init; }

    /// <summary>Faults that were asked for.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>How communication was timed.</summary>
    public required string Engine { get; init; }

    /// <summary>Classes of links by what a doubled speed would save, the most first.</summary>
    public required IReadOnlyList<BindingLink> Links { get; init; }

    /// <summary>The step under every placement.</summary>
    public required IReadOnlyList<PlacementStep> Placements { get; init; }

    /// <summary>The step by pool.</summary>
    public required IReadOnlyList<PoolStep> Pools { get; init; }

    /// <summary>The step in seconds if each pool took as many sequences as its rate allows.</summary>
    public required double ByRate { get; init; }

    /// <summary>Energy and cost of a step.</summary>
    public required StepCost Cost { get; init; }

    /// <summary>A month with failures; null when it was not asked for.</summary>
    public Goodput? Goodput { get; init; }

    /// <summary>MFU by XPUs as replicas are added, each with its share of the batch; ends with this job.</summary>
    public required IReadOnlyList<(long Xpus, double Mfu)> Scaling { get; init; }

    /// <summary>
    /// The same up to a million XPUs, as <see cref="ScalingStudy.Beyond"/> says; begins with this job, empty where it was not asked for.
    /// </summary>
    public IReadOnlyList<(long Xpus, double Mfu)> Beyond { get; init; } = [];

    /// <summary>What was searched, in order; empty when everything was given.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>What the answer rests on.</summary>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>The class of links that binds; null when no class saves anything.</summary>
    public LinkKind? Binds => Links.Count > 0 && Links[0].Saves > 1e-9 ? Links[0].Kind : null;
}
