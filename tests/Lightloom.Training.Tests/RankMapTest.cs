using Lightloom.Hardware;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Tests;

public class RankMapTest
{
    private static readonly NetworkShape Network = Machine
        .Uniform(
            XpuClasses.Of(Catalogue.Default.Nodes["dgx-h100"], Catalogue.Default, out _)!,
            1024,
            SimTime.FromMicroseconds(3),
            SimTime.FromMicroseconds(5)
        )
        .Network;

    private static readonly Parallelism Job = new(8, 4, 32, 1, 1, 1);

    [Theory]
    [InlineData(PlacementRule.RailAligned)]
    [InlineData(PlacementRule.PipelineInner)]
    [InlineData(PlacementRule.Scattered)]
    public void Every_rank_is_an_XPU_of_its_own(PlacementRule rule)
    {
        RankMap map = new(Network, Job, rule);
        Enumerable.Range(0, 1024).Select(r => map.XpuOf(r)).Order().ShouldBe(Enumerable.Range(0, 1024));
    }

    [Fact]
    public void Tensor_parallel_ranks_share_a_domain_and_data_parallel_ones_a_leaf()
    {
        RankMap map = new(Network, Job, PlacementRule.RailAligned);
        map.Group(8, 1).IsInside.ShouldBeTrue();
        GroupShape data = map.Group(32, 8);
        (data.Local, data.RingLeafShare).ShouldBe((1, 0), "32 nodes are one unit, and a rail of it one leaf");
    }

    [Fact]
    public void Neighbours_in_a_pipeline_are_a_unit_apart_unless_the_pipeline_is_dealt_first()
    {
        new RankMap(Network, Job, PlacementRule.RailAligned).Group(4, 256).RingLeafShare.ShouldBe(1);
        new RankMap(Network, Job, PlacementRule.PipelineInner).Group(4, 256).RingLeafShare.ShouldBe(0);
    }

    /// <summary>NVIDIA runs DeepSeek-V3 on GB200 with 64 of a rack's 72 XPUs, so that experts never leave the domain.</summary>
    [Fact]
    public void Experts_on_64_XPUs_lie_in_one_domain_of_72_where_XPUs_are_left_over()
    {
        NetworkShape racks = Machine
            .Uniform(
                XpuClasses.Of(Catalogue.Default.Nodes["gb200-nvl72"], Catalogue.Default, out _)!,
                288,
                SimTime.FromMicroseconds(3),
                SimTime.FromMicroseconds(5)
            )
            .Network;
        RankMap map = new(racks, new(1, 4, 64, 64, 1, 1), PlacementRule.RailAligned);
        map.Group(64, 1).IsInside.ShouldBeTrue();
        (map.XpuOf(63), map.XpuOf(64), map.XpuOf(255)).ShouldBe((63, 72, 216 + 63));
        RankMap full = new(racks, new(1, 4, 72, 8, 1, 1), PlacementRule.RailAligned);
        full.XpuOf(287).ShouldBe(287, "all are needed, or whole groups fill the domain");
    }

    [Fact]
    public void Groups_on_scattered_nodes_cross_leaves()
    {
        new RankMap(Network, Job, PlacementRule.Scattered).Group(32, 8).RingLeafShare.ShouldBeGreaterThan(0.9);
    }
}
