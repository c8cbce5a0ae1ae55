using Lightloom.Hardware;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Tests;

/// <summary>Collectives against the laws that bind them.</summary>
public class ClosedFormCollectivesTest
{
    private const long Gib = 1L << 30;

    private static readonly XpuClass H100 = XpuClasses.Of(Catalogue.Default.Nodes["dgx-h100"], Catalogue.Default, out _)!;

    private static Machine Machine(int xpus, double leaf = 1) =>
        Machines.Machine.Uniform(H100, xpus, SimTime.FromMicroseconds(3), SimTime.FromMicroseconds(5)) is var m
            ? m with
            {
                Network = m.Network with { LeafOversubscription = leaf },
            }
            : throw new InvalidOperationException();

    private static RankGroups Groups(Machine machine, int size, long stride, int ranks) =>
        new RankMap(machine.Network, new(1, 1, ranks, 1, 1, 1), PlacementRule.RailAligned).Groups(size, stride);

    private static CollectiveTiming Time(Machine machine, CollectiveKind kind, RankGroups groups, long bytes) =>
        new ClosedFormCollectives(machine).Of(new(kind, DataSize.FromBytes(bytes), groups));

    private static double Seconds(Machine machine, CollectiveKind kind, RankGroups groups, long bytes) =>
        Time(machine, kind, groups, bytes).Time.Seconds;

    /// <summary>Bus bandwidth of nccl-tests: an all-reduce moves 2(n-1)/n of its bytes at the slowest link's rate.</summary>
    [Fact]
    public void An_all_reduce_inside_a_domain_runs_at_the_share_of_the_scale_up_rate()
    {
        Machine machine = Machine(64);
        RankGroups groups = Groups(machine, 8, 1, 64);
        double seconds = Seconds(machine, CollectiveKind.AllReduce, groups, 8 * Gib);
        double busbw = 8 * Gib * 2 * 7 / 8 / seconds;
        busbw.ShouldBe(450e9 * H100.Generation.ScaleUpShare.Value, 0.01 * 450e9);
        groups.Shape.IsInside.ShouldBeTrue();
    }

    /// <summary>Eight nodes of eight H100 on 400G with SHARP: 386.6 GB/s at 8 GiB; NVLink and 80 % of eight NICs bound it from above.</summary>
    [Fact]
    public void An_all_reduce_over_whole_nodes_uses_all_of_their_NICs()
    {
        Machine machine = Machine(64);
        RankGroups groups = Groups(machine, 64, 1, 64);
        double seconds = Seconds(machine, CollectiveKind.AllReduce, groups, 8 * Gib);
        double busbw = 8 * Gib * 2 * 63 / 64 / seconds;
        busbw.ShouldBeInRange(300e9, 386.6e9);
        groups.Shape.IsInside.ShouldBeFalse();
    }

    [Fact]
    public void Ranks_of_one_rail_have_one_NIC_each()
    {
        Machine machine = Machine(64);
        double rail = Seconds(machine, CollectiveKind.ReduceScatter, Groups(machine, 8, 8, 64), Gib);
        double expected = Gib * 7 / 8 / (50e9 * H100.Generation.NetworkShare.Value);
        rail.ShouldBe(expected, expected * 0.02);
    }

    [Fact]
    public void An_all_to_all_across_leaves_pays_for_oversubscription_and_a_ring_hardly_does()
    {
        Machine flat = Machine(1024),
            narrow = Machine(1024, leaf: 4);
        double Slower(CollectiveKind kind) =>
            Seconds(narrow, kind, Groups(narrow, 128, 8, 1024), Gib) / Seconds(flat, kind, Groups(flat, 128, 8, 1024), Gib);
        // 128 nodes on four leaves a rail: three quarters of the pairs cross, at a quarter of the rate.
        Slower(CollectiveKind.AllToAll).ShouldBe(4 * 96.0 / 127, 0.05);
        Slower(CollectiveKind.AllGather).ShouldBe(1, 0.01);
    }

    [Fact]
    public void An_ideal_network_leaves_the_scale_up_domain_alone()
    {
        Machine machine = Machine(64);
        Machine ideal = machine.Ideal;
        Seconds(ideal, CollectiveKind.AllGather, Groups(ideal, 8, 8, 64), Gib).ShouldBe(0);
        Seconds(ideal, CollectiveKind.AllGather, Groups(ideal, 8, 1, 64), Gib).ShouldBeGreaterThan(0.001);
    }

    [Fact]
    public void Groups_that_were_given_rank_by_rank_take_as_long_as_those_of_a_job()
    {
        Machine machine = Machine(1024, leaf: 2);
        RankGroups groups = Groups(machine, 64, 4, 1024);
        CollectiveRequest known = new(CollectiveKind.AllToAll, DataSize.FromBytes(Gib), groups);
        CollectiveRequest listed = known with { Groups = [.. groups.Select(g => g.ToArray())] };
        new ClosedFormCollectives(machine).Of(listed).ShouldBe(new ClosedFormCollectives(machine).Of(known));
    }

    [Fact]
    public void Rails_of_a_group_hold_one_rank_of_each_domain_and_all_ranks_together()
    {
        Machine machine = Machine(64);
        RankGroups whole = Groups(machine, 32, 1, 64),
            rails = whole.Rails;
        (rails.Count, rails.Size, rails.Shape.Local).ShouldBe((16, 4, 1));
        rails.SelectMany(r => r).Order().ShouldBe(Enumerable.Range(0, 64));
        rails.ShouldAllBe(r => r.Select(x => machine.Network.Domain[x]).Distinct().Count() == 4);
    }

    [Fact]
    public void What_the_closed_form_cannot_run_is_refused_with_what_it_can()
    {
        Machine machine = Machine(64);
        CollectiveRequest tree = new(CollectiveKind.AllReduce, DataSize.FromBytes(1), Groups(machine, 64, 1, 64), CollectiveAlgorithm.Tree);
        Should.Throw<RefusedException>(() => new ClosedFormCollectives(machine).Of(tree)).Message.ShouldContain("hierarchical");
    }
}
