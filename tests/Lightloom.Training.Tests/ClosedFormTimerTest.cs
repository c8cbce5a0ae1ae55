using Lightloom.Hardware;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Tests;

/// <summary>Collectives against the laws that bind them.</summary>
public class ClosedFormTimerTest
{
    private const double Gib = 1L << 30;

    private static readonly XpuClass H100 = XpuClasses.Of(Catalogue.Default.Nodes["dgx-h100"], Catalogue.Default, out _)!;

    private static Machine Machine(int xpus, double leaf = 1) =>
        Machines.Machine.Uniform(H100, xpus, SimTime.FromMicroseconds(3), SimTime.FromMicroseconds(5)) is var m
            ? m with
            {
                Network = m.Network with { LeafOversubscription = leaf },
            }
            : throw new InvalidOperationException();

    private static GroupShape Group(Machine machine, int size, long stride, int ranks) =>
        new RankMap(machine.Network, new(1, 1, ranks, 1, 1, 1), PlacementRule.RailAligned).Group(size, stride);

    /// <summary>Bus bandwidth of nccl-tests: an all-reduce moves 2(n-1)/n of its bytes at the slowest link's rate.</summary>
    [Fact]
    public void An_all_reduce_inside_a_domain_runs_at_the_share_of_the_scale_up_rate()
    {
        Machine machine = Machine(64);
        CollectiveTime time = new ClosedFormTimer(machine).Time(Collective.AllReduce, Group(machine, 8, 1, 64), 8 * Gib);
        double busbw = 8 * Gib * 2 * 7 / 8 / time.Seconds;
        busbw.ShouldBe(450e9 * H100.Generation.ScaleUpShare.Value, 0.01 * 450e9);
        time.Backend.ShouldBeFalse();
    }

    /// <summary>Eight nodes of eight H100 on 400G with SHARP: 386.6 GB/s at 8 GiB; NVLink and 80 % of eight NICs bound it from above.</summary>
    [Fact]
    public void An_all_reduce_over_whole_nodes_uses_all_of_their_NICs()
    {
        Machine machine = Machine(64);
        CollectiveTime time = new ClosedFormTimer(machine).Time(Collective.AllReduce, Group(machine, 64, 1, 64), 8 * Gib);
        double busbw = 8 * Gib * 2 * 63 / 64 / time.Seconds;
        busbw.ShouldBeInRange(300e9, 386.6e9);
        time.Backend.ShouldBeTrue();
    }

    [Fact]
    public void Ranks_of_one_rail_have_one_NIC_each()
    {
        Machine machine = Machine(64);
        double rail = new ClosedFormTimer(machine).Time(Collective.ReduceScatter, Group(machine, 8, 8, 64), Gib).Seconds;
        double expected = Gib * 7 / 8 / (50e9 * H100.Generation.NetworkShare.Value);
        rail.ShouldBe(expected, expected * 0.02);
    }

    [Fact]
    public void An_all_to_all_across_leaves_pays_for_oversubscription_and_a_ring_hardly_does()
    {
        Machine flat = Machine(1024),
            narrow = Machine(1024, leaf: 4);
        double Slower(Collective c) =>
            new ClosedFormTimer(narrow).Time(c, Group(narrow, 128, 8, 1024), Gib).Seconds
            / new ClosedFormTimer(flat).Time(c, Group(flat, 128, 8, 1024), Gib).Seconds;
        // 128 nodes on four leaves a rail: three quarters of the pairs cross, at a quarter of the rate.
        Slower(Collective.AllToAll).ShouldBe(4 * 96.0 / 127, 0.05);
        Slower(Collective.AllGather).ShouldBe(1, 0.01);
    }

    [Fact]
    public void An_ideal_network_leaves_the_scale_up_domain_alone()
    {
        Machine machine = Machine(64);
        ClosedFormTimer ideal = new(machine.Ideal);
        ideal.Time(Collective.AllGather, Group(machine, 8, 8, 64), Gib).Seconds.ShouldBe(0);
        ideal.Time(Collective.AllGather, Group(machine, 8, 1, 64), Gib).Seconds.ShouldBeGreaterThan(0.001);
    }
}
