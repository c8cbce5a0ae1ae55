using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Hybrid;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Hybrid;

/// <summary>Packets carried on from where their rates are steady, against all packets.</summary>
public sealed class HybridCollectivesTest
{
    private static readonly NetworkDescription Network = TestNetwork.LeafSpine(8, 8, 8, 400, delay: 50_000, latency: 600_000);
    private static readonly int[] Hosts = [.. Enumerable.Range(0, 64)];

    // The i-th card of each of eight nodes is on the i-th leaf, so that nearly every step crosses the fabric.
    private static readonly int[] Rails = [.. Enumerable.Range(0, 64).Select(r => r % 8 * 8 + r / 8)];

    private static CollectiveRequest AllReduce(long bytes, CollectiveAlgorithm algorithm) =>
        new(CollectiveKind.AllReduce, Bytes(bytes), [Hosts], algorithm);

    [Theory]
    [InlineData("oblivious", false, 0.005)]
    [InlineData("switch-rr", true, 0.005)]
    [InlineData("oblivious", true, 0.02)]
    public void A_ring_takes_as_long_as_in_packets_of_which_fewer_are_run(string balancing, bool rails, double error)
    {
        SimulationOptions options = new() { LoadBalancing = balancing };
        HybridCollectives few = new(Network, rails ? Rails : Hosts, options),
            all = new(Network, rails ? Rails : Hosts, options, extrapolates: false);
        double quick = few.Of(AllReduce(16 << 20, CollectiveAlgorithm.Ring)).Time.Picoseconds,
            slow = all.Of(AllReduce(16 << 20, CollectiveAlgorithm.Ring)).Time.Picoseconds;
        quick.ShouldBe(slow, error * slow);
        few.RanAll.ShouldBeFalse();
        few.PacketHops.ShouldBeLessThan(all.PacketHops / 3);
    }

    [Fact]
    public void A_collective_whose_time_grows_evenly_is_carried_on_by_size()
    {
        SimulationOptions options = new() { LoadBalancing = "switch-rr" };
        HybridCollectives few = new(Network, Hosts, options),
            all = new(Network, Hosts, options, extrapolates: false);
        CollectiveRequest request = AllReduce(64 << 20, CollectiveAlgorithm.HalvingDoubling);
        double slow = all.Of(request).Time.Picoseconds;
        ((double)few.Of(request).Time.Picoseconds).ShouldBe(slow, 0.01 * slow);
        few.PacketHops.ShouldBeLessThan(all.PacketHops / 3);
    }

    [Fact]
    public void What_is_small_is_run_whole()
    {
        HybridCollectives hybrid = new(Network, Hosts[..8], new()),
            all = new(Network, Hosts[..8], new(), extrapolates: false);
        CollectiveRequest request = new(CollectiveKind.AllReduce, Bytes(1 << 20), [Hosts[..8]], CollectiveAlgorithm.Ring);
        hybrid.Of(request).Time.ShouldBe(all.Of(request).Time);
        hybrid.RanAll.ShouldBeTrue();
        hybrid.Of(request).Error.ShouldBe(0);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        CollectiveRequest request = AllReduce(16 << 20, CollectiveAlgorithm.Ring);
        SimTime one = new HybridCollectives(Network, Rails, new()).Of(request).Time,
            two = new HybridCollectives(Network, Rails, new() { Threads = 2 }).Of(request).Time;
        two.ShouldBe(one);
    }

    [Fact]
    public void Groups_that_run_at_once_share_the_network()
    {
        // Eight rings, each over one card of every leaf: alone each has the fabric for itself.
        int[][] groups = [.. Enumerable.Range(0, 8).Select(i => Enumerable.Range(0, 8).Select(l => l * 8 + i).ToArray())];
        SimulationOptions options = new() { LoadBalancing = "switch-rr" };
        HybridCollectives hybrid = new(TestNetwork.LeafSpine(8, 8, 2, 400), Hosts, options);
        double all = hybrid.Of(new(CollectiveKind.AllGather, Bytes(16 << 20), groups)).Time.Picoseconds,
            one = hybrid.Of(new(CollectiveKind.AllGather, Bytes(16 << 20), [groups[0]])).Time.Picoseconds;
        // Eight flows of a leaf over two uplinks: not faster than the links allow, and not slower than one ring after the other.
        (all / one).ShouldBeInRange(3.5, 8);
    }

    [Fact]
    public void What_happens_at_a_set_time_is_refused_in_words()
    {
        SimulationOptions faulty = new() { Faults = [new(SimTime.FromMicroseconds(5), [0], 0)] };
        Should.Throw<RefusedException>(() => new HybridCollectives(Network, Hosts, faulty)).Message.ShouldContain("--fail");
        HybridCollectives hybrid = new(Network, Hosts, new());
        Should
            .Throw<RefusedException>(() => hybrid.Of(AllReduce(1 << 20, CollectiveAlgorithm.InNetwork)))
            .Message.ShouldContain("--engine fluid");
    }
}
