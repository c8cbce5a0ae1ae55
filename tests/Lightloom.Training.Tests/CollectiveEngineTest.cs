using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Hardware;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Spec;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Tests;

/// <summary>A step whose collectives are timed in packets, or as another simulator times them.</summary>
public class CollectiveEngineTest
{
    // 32 XPUs, four nodes; a model of some fifty million parameters, so that all packets are run in seconds.
    private static readonly Lazy<ClusterDesign> OneTier = new(() => Design("backend: {switch: nvidia-qm9700, scalable_unit_nodes: 4}"));

    private static readonly Lazy<ClusterDesign> TwoTiers = new(() =>
        Design(
            """
            backend: {switch: small-leaf, rail_optimized: false}
            catalog:
              switches:
                small-leaf: {cages: 16, rate_gbps: 400, breakouts: [1x400], rack_units: 1, power_w: 500}
            """
        )
    );

    private static ClusterDesign Design(string backend)
    {
        DiagnosticBag bag = new();
        ClusterSpec? spec = SpecReader.Read(
            $$"""
            lightloom: 1
            name: small
            pools: [{name: train, node: dgx-h100, nodes: 4}]
            workload:
              model: {layers: 4, hidden: 1024, feed_forward: 4096, heads: 16, vocabulary: 8000, sequence: 1024}
              global_batch: 64
              parallelism: {tp: 4, pp: 2}
            {{backend}}
            """,
            "test.yaml",
            Catalogue.Default,
            bag
        );
        return (spec is null ? null : Designer.Design(spec, bag)) ?? throw new InvalidOperationException(string.Join('\n', bag));
    }

    private static (TrainingResult Result, DiagnosticBag Said) Train(EngineRequest engine, params string[] faults) =>
        Train(OneTier.Value, engine, faults);

    private static (TrainingResult Result, DiagnosticBag Said) Train(ClusterDesign design, EngineRequest engine, params string[] faults)
    {
        Cluster cluster = Cluster.Of(design);
        DiagnosticBag said = new();
        TrainingBrief brief = BriefReader.Read(design.Spec, new(), cluster, said)!;
        return (TrainingStudy.Run(cluster, brief, faults, null, said, engine)!, said);
    }

    private static double Of(TrainingResult result, CommunicationKind kind) => result.Step.Of(kind).Total;

    /// <summary>
    /// NSCC over an unshared path keeps a link full but for its start, so that packets end within 5 % of fair rates, and never before.
    /// </summary>
    [Fact]
    public void Packets_agree_with_fair_rates_where_nothing_is_shared()
    {
        TrainingResult fluid = Train(new() { Name = EngineRequest.Fluid }).Result,
            packets = Train(new() { Name = EngineRequest.Packet, Threads = 2 }).Result;
        packets.Engine.ShouldBe("packet");
        foreach (CommunicationKind kind in (CommunicationKind[])[CommunicationKind.Data, CommunicationKind.Pipeline])
        {
            double ratio = Of(packets, kind) / Of(fluid, kind);
            ratio.ShouldBeInRange(0.999, 1.05, kind.ToString());
        }

        Of(packets, CommunicationKind.Tensor).ShouldBe(Of(fluid, CommunicationKind.Tensor), "no packet leaves the scale-up domain");
        packets.Real.ShouldBeNull("packets are run with the transport already");
    }

    /// <summary>The hybrid's own bound: it stops where twice as many packets change an answer by 1 % at most.</summary>
    [Fact]
    public void The_hybrid_engine_ends_within_two_percent_of_all_packets_and_says_how_many_it_ran()
    {
        TrainingResult packets = Train(new() { Name = EngineRequest.Packet }).Result;
        (TrainingResult hybrid, DiagnosticBag said) = Train(new() { Name = EngineRequest.Hybrid });
        hybrid.Step.Step.ShouldBe(packets.Step.Step, 0.02 * packets.Step.Step);
        Of(hybrid, CommunicationKind.Data).ShouldBe(Of(packets, CommunicationKind.Data), 0.02 * Of(packets, CommunicationKind.Data));
        said.ShouldContain(d =>
            d.Id == TrainingProblem.HowTimed && d.Message.Contains("until rates were steady", StringComparison.Ordinal)
        );
        // Sixteen groups around rings, all under one leaf.
        said.ShouldContain(d => d.Message.Contains("one was run for all", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_step_on_any_number_of_threads()
    {
        TrainingResult one = Train(new() { Name = EngineRequest.Packet, Threads = 1 }).Result,
            two = Train(new() { Name = EngineRequest.Packet, Threads = 2 }).Result;
        two.Step.Step.ShouldBe(one.Step.Step);
    }

    [Fact]
    public void A_port_at_a_quarter_of_its_rate_slows_a_step_in_packets_too()
    {
        TrainingResult struck = Train(new() { Name = EngineRequest.Packet }, "link:0=0.25").Result;
        // The ring that passes the link takes four times as long, and its collective ends with it.
        (struck.Step.Of(CommunicationKind.Data).Total / struck.Sound.Of(CommunicationKind.Data).Total).ShouldBeInRange(3, 4.2);
    }

    [Fact]
    public void What_packets_would_take_too_long_for_is_refused_before_any_is_run_with_what_would_do()
    {
        TooLargeException refusal = Should.Throw<TooLargeException>(() => Train(new() { Name = EngineRequest.Packet, Minutes = 0.001 }));
        refusal.Message.ShouldContain("--engine hybrid");
        refusal.Message.ShouldContain("--engine-min");
    }

    [Fact]
    public void Links_that_are_out_are_refused_by_the_hybrid_with_what_runs_them()
    {
        Should
            .Throw<RefusedException>(() => Train(TwoTiers.Value, new() { Name = EngineRequest.Hybrid }, "link:40"))
            .Message.ShouldContain("--engine packet or fluid");
    }

    /// <summary>ASTRA-sim's own formula, written out here: a ring over one switch of the cards' rate, whole nanoseconds a message.</summary>
    [Fact]
    public void ASTRAs_model_times_a_data_parallel_ring_to_the_nanosecond()
    {
        Testbed bed = Testbed.Of(OneTier.Value, scaleUp: true);
        double latency = bed.Network.DiameterLatency().Nanoseconds / 2,
            rate = 50;
        const long bytes = 64 << 20;
        const int n = 4;
        IReadOnlyList<IReadOnlyList<int>> rail =
        [
            [0, 8, 16, 24],
        ];
        CollectiveTiming timing = new ForeignCollectives(CollectiveModel.Astra, bed).Of(
            new(CollectiveKind.AllReduce, DataSize.FromBytes(bytes), rail)
        );
        double message = Math.Floor((2 * latency) + (bytes / n / rate)),
            reduction = 3 * Math.Floor(bytes / n / 1600.0);
        timing.Time.Nanoseconds.ShouldBe(10 + ((n - 1) * ((2 * message) + 20 + reduction)));
    }

    /// <summary>
    /// Neither overlaps, shares a link or knows software: with as many XPUs a stage and no share taken off, both are the bytes over the rate.
    /// </summary>
    [Theory]
    [InlineData(EngineRequest.Astra)]
    [InlineData(EngineRequest.Simai)]
    public void Another_simulators_model_times_the_whole_step_and_says_whose_it_is(string model)
    {
        (TrainingResult result, DiagnosticBag said) = Train(new() { Name = model });
        result.Engine.ShouldBe(model);
        said.ShouldContain(d => d.Id == TrainingProblem.HowTimed && d.Message.Contains("comparison", StringComparison.Ordinal));
        // Four replicas of four XPUs a stage lie on two nodes: gradients and weights pass the cards once each.
        double share = Catalogue.Default.Generations["hopper"].NetworkShare.Value;
        TrainingResult closed = Train(new()).Result;
        (Of(result, CommunicationKind.Data) / Of(closed, CommunicationKind.Data)).ShouldBeInRange(0.4 * share, 2.5);
        result.Step.Of(CommunicationKind.Data).Binds.ShouldBe(LinkKind.HostLeaf);
        result.Step.Of(CommunicationKind.Tensor).Binds.ShouldBe(LinkKind.ScaleUp);
        Of(result, CommunicationKind.Pipeline).ShouldBe(model == EngineRequest.Simai ? 0 : Of(result, CommunicationKind.Pipeline));
    }

    [Fact]
    public void Another_simulators_model_knows_no_faults()
    {
        Should.Throw<RefusedException>(() => Train(new() { Name = EngineRequest.Astra }, "link:0=0.5")).Message.ShouldContain("--fail");
    }
}
