using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments.Compare;
using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Tests;

/// <summary>Commands that are asked the same thing give the same answer: random small clusters, transports, patterns and sizes.</summary>
public class OneAnswerTest
{
    private static readonly string[] Patterns =
    [
        "all-reduce",
        "all-reduce-ring",
        "reduce-scatter",
        "all-gather",
        "all-to-all",
        "permutation",
        "incast",
        "broadcast",
    ];

    private sealed record Question(ClusterDesign Design, WorkloadRequest Workload)
    {
        public Testbed Bed { get; } = Testbed.Of(Design);
    }

    private static Question Draw(int seed)
    {
        Random random = new(seed);
        T One<T>(params T[] of) => of[random.Next(of.Length)];
        int nodes = One(2, 3, 4),
            nics = One(4, 8);
        bool scheduled = random.Next(3) == 0;
        string transport = One("", "", ", transport: dcqcn", ", transport: roce", ", transport: swift", ", transport: rccc");
        string balancing = One("", ", load_balancing: ecmp", ", load_balancing: reps");
        ClusterDesign design = Cluster.Read(
            $$"""
            lightloom: 1
            name: drawn
            pools: [{name: train, node: my-node, nodes: {{nodes}}}]
            backend: {paradigm: {{(scheduled ? "switch" : "endpoint")}}-scheduled, planes: {{One(1, 2)}}{{transport}}{{balancing}}}
            frontend: {enabled: false}
            oob: {enabled: false}
            catalog:
              nodes:
                my-node: {xpus: 8, backend: {nics: {{nics}}, rate_gbps: 800}, power_w: 10200, rack_units: 8}
            """
        );
        return new(
            design,
            new()
            {
                Name = Patterns[seed % Patterns.Length],
                Bytes = random.Next(1 << 10, 1 << 18),
                // At least two cards, whoever shares them.
                Xpus = random.Next(4, (8 * nodes) + 1),
            }
        );
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 16)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AWorkloadAJobAndTheTimeBeforeAFaultAreOneRun(int seed)
    {
        (Testbed bed, WorkloadRequest asked) = (Draw(seed).Bed, Draw(seed).Workload);
        SimulationResult workload = Experiment.Of(bed, new(), asked).Run();
        JobsRequest job = new([$"a:{asked.Name}:{asked.Bytes}:{asked.Xpus}"], JobPlacement.Blocks, []);
        Experiment.Of(bed, new(), job).Run().ResultHash.ShouldBe(workload.ResultHash);

        FaultStudyOptions options = new()
        {
            Simulation = new EngineChoices().On(bed),
            Workloads = [(asked.Name, asked.Bytes)],
            Xpus = asked.Xpus!.Value,
            Runs = 1,
            Classes = [FaultClass.NicPort],
            Pairs = [],
            Own = [new("yours", "link:0=0.5", [], FaultList.Parse("link:0=0.5", bed.Network))],
        };
        new FaultStudy(bed, options)
            .Run()
            .Single(o => o.Scenario.Label == "yours")
            .Workloads[0]
            .Sound.ShouldBe(workload.Flows.Max(f => f.Finish)!.Value);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AComparisonRunsADesignAsSimulateDoes(int seed)
    {
        Question question = Draw(seed);
        CompareOptions options = new()
        {
            Bytes = question.Workload.Bytes,
            Xpus = question.Workload.Xpus!.Value,
            Scenarios = ["all-to-all", "permutation"],
        };
        Contender contender = Contender.Of(question.Design.Spec, "one", new DiagnosticBag(), null, default);
        Comparison comparison = Comparer.Run([contender], options);
        foreach (string key in options.Scenarios)
        {
            EqualTerms terms = new(options.Xpus!.Value, options, [question.Bed.Network]);
            ScenarioCase made = ScenarioCase.Of(key, question.Bed, terms, 1, out _).ShouldNotBeNull();
            Experiment
                .Of(question.Bed, new(), new MatrixRequest(made.Traffic))
                .Run()
                .ResultHash.ShouldBe(comparison.OutcomeOf(0, key)!.ResultHashes[0]);
        }

        // Whatever the order of ranks, an all-to-all has as many transfers under way.
        Ranks ranks = question.Bed.FirstXpus(options.Xpus);
        TrafficDescription own = question.Bed.Workload(new() { Name = "all-to-all", Bytes = options.Bytes }, ranks, 1);
        EqualTerms all = new(options.Xpus!.Value, options, [question.Bed.Network]);
        TrafficDescription theirs = ScenarioCase.Of("all-to-all", question.Bed, all, 1, out _)!.Traffic;
        theirs.Flows.Count(f => f.StartTrigger < 0).ShouldBe(own.Flows.Count(f => f.StartTrigger < 0));
        theirs.Flows.Sum(f => f.Size.Bytes).ShouldBe(own.Flows.Sum(f => f.Size.Bytes));
    }
}
