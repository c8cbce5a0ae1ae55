using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Experiments.Faults;
using Lightloom.Hardware;
using Lightloom.Simulation.Model;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Tests;

/// <summary>Whole studies on small designs.</summary>
public class TrainingStudyTest
{
    private static ClusterDesign Design(string sections, string pools = "[{name: train, node: dgx-h100, nodes: 16}]")
    {
        DiagnosticBag bag = new();
        ClusterSpec? spec = SpecReader.Read(
            $"lightloom: 1\nname: small\npools: {pools}\n{sections}\n",
            "test.yaml",
            Catalogue.Default,
            bag
        );
        ClusterDesign? design = spec is null ? null : Designer.Design(spec, bag);
        return design ?? throw new InvalidOperationException(string.Join('\n', bag));
    }

    private static (TrainingResult? Result, DiagnosticBag Said) Train(ClusterDesign design, TrainingRequest request, params string[] faults)
    {
        DiagnosticBag said = new();
        Cluster cluster = Cluster.Of(design);
        TrainingBrief? brief = BriefReader.Read(design.Spec, request, cluster, said);
        return (brief is null ? null : TrainingStudy.Run(cluster, brief, faults, new GoodputOptions(), said), said);
    }

    /// <summary>On a network without oversubscription every flow of a ring has its NIC's rate, which the closed form says without flows.</summary>
    [Fact]
    public void The_fluid_engine_and_the_closed_form_agree_where_nothing_is_shared()
    {
        Cluster cluster = Cluster.Of(Small.Value);
        TrainingResult Run(string engine)
        {
            DiagnosticBag said = new();
            TrainingBrief brief = BriefReader.Read(Small.Value.Spec, new(), cluster, said)!;
            return TrainingStudy.Run(cluster, brief, [], null, said, new() { Name = engine })!;
        }

        (TrainingResult fluid, TrainingResult closed) = (Run("fluid"), Run("closed-form"));
        (fluid.Engine, closed.Engine).ShouldBe(("fluid", "closed-form"));
        foreach ((CommunicationShare f, CommunicationShare c) in fluid.Step.Communication.Zip(closed.Step.Communication))
        {
            f.Total.ShouldBe(c.Total, (0.05 * c.Total) + 1e-9, f.Kind.ToString());
        }
    }

    /// <summary>Seven of eight NICs are left to a node whose leaf is out, in both engines.</summary>
    [Fact]
    public void A_fault_lengthens_the_communication_over_the_backend_in_both_engines()
    {
        Cluster cluster = Cluster.Of(Small.Value);
        foreach (string engine in (string[])["fluid", "closed-form"])
        {
            DiagnosticBag said = new();
            TrainingBrief brief = BriefReader.Read(Small.Value.Spec, new(), cluster, said)!;
            TrainingResult struck = TrainingStudy.Run(cluster, brief, ["link:0=0.25"], null, said, new() { Name = engine })!;
            struck.Step.Of(CommunicationKind.Data).Total.ShouldBeGreaterThan(struck.Sound.Of(CommunicationKind.Data).Total, engine);
        }
    }

    [Fact]
    public void A_fault_that_takes_whole_cards_is_timed_in_closed_form_and_said()
    {
        Cluster cluster = Cluster.Of(Small.Value);
        DiagnosticBag said = new();
        TrainingBrief brief = BriefReader.Read(Small.Value.Spec, new(), cluster, said)!;
        TrainingStudy.Run(cluster, brief, ["switch:0"], null, said, new() { Name = EngineRequest.Fluid })!.Engine.ShouldBe("closed-form");
        said.ShouldContain(d => d.Severity == Severity.Note && d.Message.Contains("closed form", StringComparison.Ordinal));
    }

    private static readonly Lazy<ClusterDesign> Small = new(() =>
        Design(
            "backend: {switch: nvidia-qm9700, scalable_unit_nodes: 8}\n"
                + "workload: {model: llama3-70b, global_batch: 128, parallelism: {tp: 8, pp: 4, vpp: 5}}"
        )
    );

    [Fact]
    public void The_parts_of_a_step_add_up()
    {
        TrainingResult result = Train(Small.Value, new()).Result!;
        double parts = result.Step.Compute + result.Step.Bubble + result.Step.Optimizer + result.Step.Overhead + result.Step.Exposed;
        parts.ShouldBe(result.Step.Step, result.Step.Step * 1e-9);
        result.Ideal.Step.ShouldBeLessThan(result.Step.Step);
        result.Step.Mfu.ShouldBeInRange(0.3, 0.6);
    }

    [Fact]
    public void A_search_finds_nothing_slower_than_what_the_file_gives()
    {
        TrainingResult given = Train(Small.Value, new()).Result!;
        TrainingResult best = Train(Small.Value, new() { Search = true }).Result!;
        best.Step.Step.ShouldBeLessThanOrEqualTo(given.Step.Step);
        best.Candidates.Where(c => c.WhyNot is null).ShouldAllBe(c => c.Memory.Fits);
        best.Candidates.Where(c => c.WhyNot is not null).ShouldAllBe(c => !c.Memory.Fits);
        best.Candidates.Select(c => (c.Plan.Parallelism, c.Plan.MicroBatch)).ShouldBeUnique();
    }

    [Fact]
    public void What_does_not_fit_says_what_does()
    {
        (TrainingResult? result, DiagnosticBag said) = Train(
            Small.Value,
            new()
            {
                Model = "megatron-530b",
                Tensor = 8,
                Pipeline = 1,
                Chunks = 1,
            }
        );
        result.ShouldBeNull();
        Diagnostic error = said.Single(d => d.Severity == Severity.Error);
        error.Id.ShouldBe(TrainingProblem.OutOfMemory);
        Designer.MeansInfeasible(error.Id).ShouldBeTrue();
    }

    [Fact]
    public void What_does_not_divide_says_what_would()
    {
        (_, DiagnosticBag said) = Train(Small.Value, new() { GlobalBatch = 127 });
        Diagnostic error = said.Single(d => d.Severity == Severity.Error);
        error.Id.ShouldBe(TrainingProblem.Indivisible);
        error.Message.ShouldContain("a batch of 128");
    }

    [Fact]
    public void A_leaf_that_is_out_takes_its_share_of_the_NICs_of_its_nodes()
    {
        TrainingResult struck = Train(Small.Value, new(), "switch:0").Result!;
        struck.Step.Step.ShouldBeGreaterThan(struck.Sound.Step);
        Fabric backend = Small.Value.Network.Fabrics.Single(f => f.Role == FabricRole.Backend);
        Link[] links = [.. backend.LinkClasses.Where(c => c.From == Tier.Host).SelectMany(c => c.Links)];
        int lost = links.Count(l => l.A == links[0].A && l.Z == links[0].Z);
        lost.ShouldBeInRange(1, 7);
        FaultyNetwork.Of(Cluster.Of(Small.Value), ["switch:0"]).Network.NicShare.ShouldBe((8 - lost) / 8.0, 1e-9);
    }

    [Fact]
    public void A_plane_of_four_that_is_out_takes_a_quarter()
    {
        ClusterDesign planes = Design(
            "backend: {planes: 4}\nworkload: {model: llama3-70b, global_batch: 128, parallelism: {tp: 8, pp: 4}}",
            "[{name: train, node: hgx-h100-8-qsfp112, nodes: 16}]"
        );
        FaultyNetwork.Of(Cluster.Of(planes), ["plane:1"]).Network.NicShare.ShouldBe(3.0 / 4, 1e-9);
    }

    [Fact]
    public void The_slowest_of_two_pools_gates_and_sharing_by_rate_is_faster()
    {
        ClusterDesign mixed = Design(
            "workload: {model: llama3-8b, global_batch: 256, parallelism: {tp: 8}}",
            "[{name: old, node: dgx-h100, nodes: 8}, {name: new, node: dgx-b200, nodes: 8}]"
        );
        TrainingResult result = Train(mixed, new()).Result!;
        result.Pools.Count.ShouldBe(2);
        result.Step.Step.ShouldBe(result.Pools.Max(p => p.Step.Step));
        result.ByRate.ShouldBeInRange(result.Pools.Min(p => p.Step.Step), result.Step.Step);
    }

    /// <summary>Young's interval: the loss is least where writing and lost work cost the same.</summary>
    [Fact]
    public void Checkpoints_are_written_where_they_cost_least()
    {
        Goodput g = Train(Small.Value, new()).Result!.Goodput!;
        double Loss(double interval) => (g.CheckpointTime / interval) + (interval / 2 / g.MeanTimeBetweenInterruptions);
        Loss(g.CheckpointInterval).ShouldBeLessThan(Loss(g.CheckpointInterval * 1.3));
        Loss(g.CheckpointInterval).ShouldBeLessThan(Loss(g.CheckpointInterval / 1.3));
        g.Share.ShouldBeInRange(0.9, 1);
    }

    [Fact]
    public void Every_figure_of_generation_and_stack_comes_with_its_source()
    {
        TrainingResult result = Train(Small.Value, new()).Result!;
        result.Assumptions.Count.ShouldBeGreaterThan(20);
        result.Assumptions.ShouldAllBe(a => a.Source.Length > 3 && a.Text.Length > 0);
    }
}
