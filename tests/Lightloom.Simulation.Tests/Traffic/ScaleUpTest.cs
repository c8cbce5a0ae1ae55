using Lightloom.Simulation.Network;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Traffic;

public class ScaleUpTest
{
    private const long Card = 400_000_000_000;
    private const long Inside = 3_600_000_000_000;
    private const long Latency = 600_000;

    // Nodes of eight: host h is rail h % 8 of node h / 8; rails share leaves.
    private static NetworkDescription Nodes(int nodes)
    {
        NetworkDescription flat = TestNetwork.LeafSpine(nodes, 8, 8, 400);
        int hosts = nodes * 8;
        var links = flat.Links.Select(l => l.A.IsHost ? l with { Z = NodeId.Switch(l.A.Index % 8) } : l).ToList();
        return new NetworkDescription(hosts, flat.Switches, links)
        {
            ScaleUp = new ScaleUpDescription([.. Enumerable.Range(0, hosts).Select(h => h / 8)], [.. Enumerable.Repeat(Inside, hosts)], Latency),
        };
    }

    private static IReadOnlyList<IReadOnlyList<int>> ByNode(int nodes) =>
        [.. Enumerable.Range(0, nodes).Select(n => (IReadOnlyList<int>)[.. Enumerable.Range(8 * n, 8)])];

    [Fact]
    public void A_transfer_inside_a_domain_takes_its_bytes_and_the_latency_and_no_packet()
    {
        var traffic = new TrafficDescription([new FlowDescription(0, 1, 45_000_000)]);
        SimulationResult result = PacketSimulator.Run(Nodes(2), traffic, new SimulationOptions());
        result.Flows[0].FinishPicoseconds.ShouldBe(100_000_000 + Latency);
        result.Packets.Sent.ShouldBe(0);
        result.SimulatedPicoseconds.ShouldBe(result.Flows[0].FinishPicoseconds);
    }

    [Fact]
    public void Transfers_into_one_port_queue_and_the_last_ends_when_all_bytes_are_in()
    {
        var traffic = new TrafficDescription([.. Enumerable.Range(1, 7).Select(h => new FlowDescription(h, 0, 4_500_000))]);
        SimulationResult result = PacketSimulator.Run(Nodes(2), traffic, new SimulationOptions());
        long[] times = [.. result.Flows.Select(f => f.FinishPicoseconds).Order()];
        times.ShouldBe(Enumerable.Range(1, 7).Select(k => k * 10_000_000L + Latency));
    }

    [Theory]
    [InlineData("all-reduce", false, 2)]
    [InlineData("all-reduce", true, 2)]
    [InlineData("reduce-scatter", false, 1)]
    [InlineData("all-gather", false, 1)]
    public void Levels_move_the_bytes_that_theory_says_over_each_card(string name, bool halving, int times)
    {
        const long bytes = 64 << 20;
        NetworkDescription network = Nodes(4);
        TrafficDescription traffic = Workload.Hierarchical(name, ByNode(4), bytes, halving);
        var sent = new long[network.HostCount];
        foreach (FlowDescription flow in traffic.Flows.Where(f => !network.ScaleUp!.Joins(f.Source, f.Destination)))
        {
            (flow.Source % 8).ShouldBe(flow.Destination % 8);
            sent[flow.Source] += flow.Bytes;
        }
        sent.ShouldAllBe(s => s == times * bytes / 8 * 3 / 4);
        SimulationResult result = PacketSimulator.Run(network, traffic, new SimulationOptions());
        result.Unfinished.ShouldBe("");
        double bound = times * Math.Max(8e12 * bytes / 8 * 3 / 4 / Card, 8e12 * bytes / 8 * 7 / Inside);
        result.SimulatedPicoseconds.ShouldBeInRange((long)bound, (long)(bound * 1.5));
    }

    [Fact]
    public void An_all_reduce_in_levels_comes_close_to_its_bound()
    {
        const long bytes = 256 << 20;
        SimulationResult result = PacketSimulator.Run(Nodes(4), Workload.Hierarchical("all-reduce", ByNode(4), bytes), new SimulationOptions());
        double bound = 2 * 8e12 * bytes / 8 * 3 / 4 / Card;
        result.SimulatedPicoseconds.ShouldBeInRange((long)bound, (long)(1.3 * bound));
    }

    [Fact]
    public void Threads_change_nothing()
    {
        TrafficDescription traffic = Workload.Hierarchical("all-reduce", ByNode(8), 4 << 20);
        string one = PacketSimulator.Run(Nodes(8), traffic, new SimulationOptions()).ResultHash;
        PacketSimulator.Run(Nodes(8), traffic, new SimulationOptions { Threads = 2 }).ResultHash.ShouldBe(one);
    }

    [Fact]
    public void Nodes_of_different_size_and_other_collectives_are_refused()
    {
        Should.Throw<ArgumentException>(() => Workload.Hierarchical("all-reduce", [[0, 1], [2]], 100));
        Should.Throw<ArgumentException>(() => Workload.Hierarchical("all-to-all", ByNode(2), 100));
    }
}
