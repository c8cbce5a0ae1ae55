using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Collectives;

/// <summary>SimAI's analytical mode by its formula: size in GiB over the bus bandwidth that its own rules give.</summary>
public sealed class SimaiModelTest
{
    // Its own figures: 18 NVLinks of 20.6 and eight NICs of 48.5.
    private static SimaiGroup Node { get; } =
        new()
        {
            Nodes = 1,
            RanksPerNode = 8,
            ScaleUpGibibytesPerSecond = 18 * 20.6,
            NicGibibytesPerSecond = 48.5,
            NicsPerNode = 8,
        };

    [Fact]
    public void Inside_a_node_the_scale_up_link_decides() =>
        Seconds(Node, CollectiveKind.AllReduce, 1L << 30).ShouldBe(2 / 370.8 * 7 / 8, 1e-11);

    [Fact]
    public void Over_nodes_the_slower_of_link_and_nics_decides_where_rings_keep_their_rail() =>
        Seconds(Node with { Nodes = 4, CrossNic = SimaiCrossNic.No }, CollectiveKind.AllGather, 1L << 30)
            .ShouldBe(1 / 370.8 * 31 / 32, 1e-11);

    [Fact]
    public void Rings_change_rail_by_themselves_where_the_nics_are_faster_together() =>
        Seconds(Node with { Nodes = 4 }, CollectiveKind.ReduceScatter, 1L << 30).ShouldBe(1 / 388.0 * 31 / 32, 1e-11);

    [Fact]
    public void An_all_to_all_over_nodes_has_a_nic_for_each_rank_and_what_stays_inside_is_free() =>
        Seconds(Node with { Nodes = 4 }, CollectiveKind.AllToAll, 1L << 30).ShouldBe(1 / (48.5 * 31 / 24) * 31 / 32, 1e-11);

    [Theory]
    [InlineData(2, 10)]
    [InlineData(8, 15)]
    [InlineData(128, 320)]
    public void Below_a_mebibyte_a_table_answers(int ranks, int microseconds) =>
        SimaiModel
            .Time(Node with { Nodes = ranks, RanksPerNode = 1 }, CollectiveKind.AllReduce, DataSize.FromBytes(4096))
            .ShouldBe(SimTime.FromMicroseconds(microseconds));

    [Fact]
    public void Where_its_table_has_no_row_we_refuse_instead_of_saying_nothing_takes_no_time() =>
        Should
            .Throw<RefusedException>(() =>
                SimaiModel.Time(Node with { RanksPerNode = 6 }, CollectiveKind.AllReduce, DataSize.FromBytes(4096))
            )
            .Message.ShouldContain("1MiB");

    [Fact]
    public void An_efficiency_stretches_time() =>
        Seconds(Node with { Efficiency = 0.5 }, CollectiveKind.AllToAll, 1 << 26)
            .ShouldBe(2 * Seconds(Node, CollectiveKind.AllToAll, 1 << 26), 1e-11);

    private static double Seconds(SimaiGroup group, CollectiveKind kind, long bytes) =>
        SimaiModel.Time(group, kind, DataSize.FromBytes(bytes)).Seconds;
}
