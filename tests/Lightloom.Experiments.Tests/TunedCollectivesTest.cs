using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Tests;

/// <summary>NCCL's choice by size on a designed network.</summary>
public class TunedCollectivesTest
{
    private static readonly Testbed Bed = Testbed.Of(
        Cluster.Read("lightloom: 1\nname: small\npools: [{name: train, node: dgx-h100, nodes: 4}]\n"),
        scaleUp: true
    );

    private static readonly IReadOnlyList<IReadOnlyList<int>> All =
    [
        [.. Enumerable.Range(0, 32)],
    ];

    private static readonly FluidCollectives Network = new(Bed.Network, Bed.HostsOfXpus);

    private static CollectiveTiming Tuned(DataSize size, CollectiveKind kind = CollectiveKind.AllReduce) =>
        new TunedCollectives(Network, Bed).Of(new(kind, size, All));

    /// <summary>As NCCL does by its public tables: LL where latency counts, Simple where bandwidth does.</summary>
    [Fact]
    public void Small_sizes_run_in_LL_and_large_ones_in_Simple()
    {
        Tuned(DataSize.FromBytes(1024)).Choice.ShouldEndWith(" ll");
        Tuned(DataSize.FromBytes(1L << 30)).Choice.ShouldBe("ring simple");
    }

    /// <summary>LL: a flag of four bytes for every four of data; LL128: one of eight for every 120.</summary>
    [Fact]
    public void Flags_of_a_protocol_pass_the_network_too()
    {
        TunedCollectives.OnTheWire(DataSize.FromBytes(1200), "ll").Bytes.ShouldBe(2400);
        TunedCollectives.OnTheWire(DataSize.FromBytes(1200), "ll128").Bytes.ShouldBe(1280);
        TunedCollectives.OnTheWire(DataSize.FromBytes(1200), "simple").Bytes.ShouldBe(1200);
        DataSize small = DataSize.FromBytes(64 << 10);
        Tuned(small).Choice.ShouldEndWith(" ll");
        Tuned(small).Time.ShouldBe(Network.Of(new(CollectiveKind.AllReduce, small * 2, All, CollectiveAlgorithm.Hierarchical)).Time);
    }

    [Fact]
    public void What_NCCL_does_not_tune_is_refused()
    {
        Should
            .Throw<RefusedException>(() => Tuned(DataSize.FromBytes(1 << 20), CollectiveKind.AllToAll))
            .Message.ShouldContain("all-reduce");
    }

    [Fact]
    public void A_node_that_takes_part_with_fewer_XPUs_is_refused_with_a_number_that_works()
    {
        IReadOnlyList<IReadOnlyList<int>> ragged =
        [
            [.. Enumerable.Range(0, 12)],
        ];
        Should
            .Throw<RefusedException>(() =>
                new TunedCollectives(Network, Bed).Of(new(CollectiveKind.AllReduce, DataSize.FromBytes(1), ragged))
            )
            .Message.ShouldContain("--xpus 8");
    }
}
