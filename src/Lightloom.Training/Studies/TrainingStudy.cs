using System.Globalization;
using Lightloom.Bill;
using Lightloom.Diagnostics;
using Lightloom.Experiments.Faults;
using Lightloom.Hardware;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Timing;
using Lightloom.Units;

namespace Lightloom.Training.Studies;

/// <summary>Settles how a job is divided, times its step on a designed cluster, and says what it costs and what it waits for.</summary>
public static class TrainingStudy
{
    /// <summary>The answer; null when <paramref name="diagnostics"/> says why there is none.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="brief">The job.</param>
    /// <param name="faults">Items as <c>simulate --fail</c> takes them.</param>
    /// <param name="goodput">Restart and repair times for a month with failures; null for none.</param>
    /// <param name="diagnostics">Receives what is to be said.</param>
    /// <param name="engine">How communication is timed, in closed form when left out; a search always takes the closed form.</param>
    /// <param name="cancellation">Stops a search.</param>
    public static TrainingResult? Run(
        Cluster cluster,
        TrainingBrief brief,
        IReadOnlyList<string> faults,
        GoodputOptions? goodput,
        DiagnosticBag diagnostics,
        EngineRequest? engine = null,
        CancellationToken cancellation = default
    )
    {
        Catalogue catalogue = cluster.Design.Spec.Catalogue;
        double reserve = catalogue.Fact(MemoryModel.ReserveFact).Value * (1L << 30);
        IReadOnlyList<Candidate> candidates = [];
        Candidate? chosen = IsSettled(brief)
            ? Given(cluster, brief, reserve, diagnostics)
            : Best(cluster, brief, reserve, diagnostics, out candidates, cancellation);
        if (chosen is null)
        {
            return null;
        }

        TrainingPlan plan = chosen.Plan;
        if (brief.Xpus - plan.Parallelism.Xpus is > 0 and var idle)
        {
            diagnostics.Note(
                TrainingProblem.IdleXpus,
                Say($"{idle} of {brief.Xpus} XPUs stay idle: {plan.Parallelism} takes {plan.Parallelism.Xpus}")
            );
        }

        Cluster struck = cluster;
        if (faults.Count > 0)
        {
            FaultyNetwork network = FaultyNetwork.Of(cluster, faults);
            if (network.NodesCutOff > 0)
            {
                diagnostics.Error(
                    TrainingProblem.CutOff,
                    Say(
                        $"{string.Join(", ", faults)} cuts {network.NodesCutOff} nodes off, so the job stops until it is restarted without them; "
                    ) + "`faults` says what that costs over a year"
                );
                return null;
            }

            struck = cluster.With(network.Network);
        }

        if (EngineOf(cluster, faults, engine ?? new(), diagnostics, cancellation) is not { } timing)
        {
            return null;
        }

        TrainingResult result = Answer(cluster, struck, chosen, candidates, faults, goodput, timing);
        if ((timing.Struck ?? timing.Sound)?.Note is { } note)
        {
            diagnostics.Note(TrainingProblem.HowTimed, note);
        }

        return result;
    }

    private static Engine? EngineOf(
        Cluster cluster,
        IReadOnlyList<string> faults,
        EngineRequest request,
        DiagnosticBag diagnostics,
        CancellationToken cancellation
    )
    {
        if (request.Name == EngineRequest.ClosedForm)
        {
            return new(EngineRequest.ClosedForm, null, null);
        }

        if (request.IsForeign && faults.Count > 0)
        {
            throw new RefusedException($"--collective-model {request.Name} knows no faults; leave --fail or --collective-model out");
        }

        CollectiveEngine? hit = faults.Count == 0 ? null : CollectiveEngine.Of(cluster, faults, request, cancellation);
        if (faults.Count == 0 || hit is not null)
        {
            return new(request.Name, CollectiveEngine.Of(cluster, [], request, cancellation), hit);
        }

        diagnostics.Note(
            TrainingProblem.Assumed,
            $"{string.Join(", ", faults)} leaves NICs without a port, whose XPUs use those of their node: timed in closed form"
        );
        return new(EngineRequest.ClosedForm, null, null);
    }

    private static TrainingResult Answer(
        Cluster cluster,
        Cluster struck,
        Candidate chosen,
        IReadOnlyList<Candidate> candidates,
        IReadOnlyList<string> faults,
        GoodputOptions? goodput,
        Engine engine
    )
    {
        TrainingPlan plan = chosen.Plan;
        CollectiveEngine? network = engine.Struck ?? engine.Sound;
        network?.Check(struck.MachineOf(struck.Pools[0]), times => StepModel.Of(plan, struck.MachineOf(struck.Pools[0]), times));
        List<PoolStep> pools = PoolSteps(struck, plan, network);
        PoolStep slowest = pools.MaxBy(p => p.Step.Step)!;
        Machine machine = struck.MachineOf(slowest.Pool);
        StepTime sound = faults.Count == 0 ? slowest.Step : PoolSteps(cluster, plan, engine.Sound).MaxBy(p => p.Step.Step)!.Step;
        // What a faster class of links would save is asked of the closed form, against itself.
        double closed = StepModel.Of(plan, machine).Step;
        return new()
        {
            Plan = plan,
            Memory = chosen.Memory,
            Step = slowest.Step,
            Ideal = StepModel.Of(plan, machine.Ideal),
            Sound = sound,
            Faults = faults,
            Engine = engine.Name,
            Terms = engine.Name == EngineRequest.Fluid ? network?.Terms : null,
            Real =
                engine.Name != EngineRequest.Fluid || network?.Terms is null
                    ? null
                    : PoolsOf(struck, plan, m => network.OnFluid(m, calibrated: true)).MaxBy(p => p.Step.Step)!.Step,
            Links =
            [
                .. Enum.GetValues<LinkKind>()
                    .Select(k => new BindingLink(
                        k,
                        Math.Max(0, closed - StepModel.Of(plan, machine with { Speeds = LinkSpeeds.Twice(k) }).Step)
                    ))
                    .OrderByDescending(l => l.Saves),
            ],
            Placements =
            [
                .. Enum.GetValues<PlacementRule>()
                    .Select(r => new PlacementStep(
                        r,
                        StepModel.Of(plan with { Placement = r }, machine, Comparing(network, engine.Name, machine)).Step
                    )),
            ],
            Pools = pools,
            Scaling = ScalingStudy.Within(plan, machine),
            ByRate = plan.Parallelism.Xpus / pools.Sum(p => p.Xpus / p.Step.Step),
            Cost = CostOf(cluster, plan, slowest.Step.Step),
            Goodput = goodput is null ? null : GoodputStudy.Of(cluster, plan, sound, goodput),
            Candidates = candidates,
            Assumptions = Assumptions.Of(plan, pools.Select(p => p.Pool.Xpu), cluster.Design.Spec.Catalogue),
        };
    }

    private static bool IsSettled(TrainingBrief b) =>
        b
            is {
                Tensor: not null,
                Pipeline: not null,
                Expert: not null,
                Context: not null,
                Chunks: not null,
                MicroBatch: not null,
                Recompute: not null
            };

    private static Candidate? Given(Cluster cluster, TrainingBrief brief, double reserve, DiagnosticBag diagnostics)
    {
        long inner = (long)brief.Tensor!.Value * brief.Pipeline!.Value * brief.Context!.Value;
        long data = brief.Data ?? brief.Xpus / inner;
        if (data < 1 || inner * data > brief.Xpus)
        {
            string asked =
                Say($"tp {brief.Tensor} x pp {brief.Pipeline} x cp {brief.Context}") + (brief.Data is { } dp ? Say($" x dp {dp}") : "");
            diagnostics.Error(
                TrainingProblem.TooManyXpus,
                Say($"{asked} takes {inner * Math.Max(1, data)} XPUs, the job has {brief.Xpus}; ")
                    + (
                        inner > brief.Xpus
                            ? Say($"take tp x pp x cp of {brief.Xpus} or less")
                            : Say($"take dp {brief.Xpus / inner} or less")
                    ),
                mark: Mark(cluster, "workload.parallelism")
            );
            return null;
        }

        Parallelism parallelism = new(
            brief.Tensor.Value,
            brief.Pipeline.Value,
            (int)data,
            brief.Expert!.Value,
            brief.Context.Value,
            brief.Chunks!.Value
        );
        TrainingPlan plan = brief.Plan(parallelism, brief.MicroBatch!.Value, brief.Recompute!.Value);
        if (PlanRules.Fault(plan) is { } fault)
        {
            PlanRemedy remedy = new(
                plan,
                brief.Xpus,
                p => PlanRules.Fault(p) is null && p.MicroBatches > 0 && MemoryModel.Of(p, brief.Xpu.Memory, reserve).Fits
            );
            diagnostics.Error(TrainingProblem.Indivisible, $"{fault}; {remedy.InWords()}", mark: Mark(cluster, "workload.parallelism"));
            return null;
        }

        MemoryNeed need = MemoryModel.Of(plan, brief.Xpu.Memory, reserve);
        if (!need.Fits)
        {
            diagnostics.Error(
                TrainingProblem.OutOfMemory,
                Say(
                    $"{parallelism} needs {Gib(need.Total)} GiB of memory on an XPU that has {Gib(need.Has)}: weights {Gib(need.Weights)}, "
                )
                    + Say($"gradients {Gib(need.Gradients)}, optimizer {Gib(need.Optimizer)}, activations {Gib(need.Activations)}, ")
                    + Say($"reserve {Gib(need.Reserve)}; {Nearest(cluster, brief, reserve)}"),
                mark: Mark(cluster, "workload.parallelism")
            );
            return null;
        }

        return new(plan, need, null, null);
    }

    // What fits with everything open but the model and the batch.
    private static string Nearest(Cluster cluster, TrainingBrief brief, double reserve)
    {
        TrainingBrief open = brief with
        {
            Tensor = null,
            Pipeline = null,
            Data = null,
            Expert = null,
            Context = null,
            Chunks = null,
            MicroBatch = null,
            Recompute = null,
        };
        Candidate? best = new ParallelismSearch(open, Slowest(cluster), reserve).Run().FirstOrDefault(c => c.WhyNot is null);
        return best is null
            ? "no parallelism of this job fits these XPUs; take more of them, or a higher workload.zero"
            : $"{Describe(best.Plan)} fits (--search shows all)";
    }

    private static Candidate? Best(
        Cluster cluster,
        TrainingBrief brief,
        double reserve,
        DiagnosticBag diagnostics,
        out IReadOnlyList<Candidate> candidates,
        CancellationToken cancellation
    )
    {
        candidates = new ParallelismSearch(brief, Slowest(cluster), reserve).Run(cancellation);
        if (candidates.Count > 0 && candidates[0].WhyNot is null)
        {
            return candidates[0];
        }

        diagnostics.Error(
            TrainingProblem.NothingFits,
            candidates.Count == 0
                ? Say($"no parallelism divides {brief.Model.Name} with a batch of {brief.GlobalBatch} over {brief.Xpus} XPUs; ")
                    + "give a batch with more divisors, or leave more of workload.parallelism open"
                : Say(
                    $"none of {candidates.Count} parallelisms fits: the nearest, {Describe(candidates[0].Plan)}, {candidates[0].WhyNot}; "
                ) + "take more XPUs, a higher workload.zero, or XPUs with more memory",
            mark: Mark(cluster, "workload.parallelism")
        );
        return null;
    }

    /// <summary>A plan as people write it: parts, micro-batch, recomputation, sharding.</summary>
    public static string Describe(TrainingPlan plan) =>
        Say($"{plan.Parallelism} micro-batch {plan.MicroBatch}")
        + (plan.Recompute == Recomputation.None ? "" : ", recompute " + (plan.Recompute == Recomputation.Full ? "full" : "selective"))
        + (plan.Zero == 0 ? "" : Say($", zero {plan.Zero}"));

    private static Machine Slowest(Cluster cluster) => cluster.MachineOf(cluster.Pools.MinBy(p => p.Xpu.Bf16Flops)!);

    private sealed record Engine(string Name, CollectiveEngine? Sound, CollectiveEngine? Struck);

    // Packets are run for what was asked alone; placements are compared with one another by fair rates.
    private static ICollectiveTime? Comparing(CollectiveEngine? network, string engine, Machine machine) =>
        engine is EngineRequest.Packet or EngineRequest.Hybrid ? network?.OnFluid(machine) : network?.On(machine);

    private static List<PoolStep> PoolSteps(Cluster cluster, TrainingPlan plan, CollectiveEngine? network) =>
        PoolsOf(cluster, plan, m => network?.On(m));

    private static List<PoolStep> PoolsOf(Cluster cluster, TrainingPlan plan, Func<Machine, ICollectiveTime?> times) =>
        [
            .. cluster
                .Pools.Where(p => p.First < plan.Parallelism.Xpus)
                .Select(p => new PoolStep(
                    p,
                    (int)Math.Min(p.Count, plan.Parallelism.Xpus - p.First),
                    StepModel.Of(plan, cluster.MachineOf(p), times(cluster.MachineOf(p)))
                )),
        ];

    private static StepCost CostOf(Cluster cluster, TrainingPlan plan, double seconds)
    {
        OperatingCost operation = cluster.Design.Bill.Operation;
        double share = (double)plan.Parallelism.Xpus / cluster.Xpus;
        double energy = operation.ItPower.Kilowatts * operation.Pue * share * seconds / 3600;
        double life = operation.Years * OperatingCost.HoursPerYear * 3600;
        return new(
            energy,
            Money.FromDollars(energy * operation.TariffUsdPerKwh),
            Money.FromDollars(operation.Capex.Dollars * share * seconds / life),
            cluster.Design.Bill.NodesWithoutPower
        );
    }

    private static SourceMark Mark(Cluster cluster, string path) => cluster.Design.Spec.MarkOf(path);

    private static string Gib(double bytes) => (bytes / (1L << 30)).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
