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

    [Fact]
    public void Groups_on_scattered_nodes_cross_leaves()
    {
        new RankMap(Network, Job, PlacementRule.Scattered).Group(32, 8).RingLeafShare.ShouldBeGreaterThan(0.9);
    }
}
