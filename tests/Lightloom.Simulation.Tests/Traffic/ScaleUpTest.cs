using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
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
            ScaleUp = new ScaleUpDescription(
                [.. Enumerable.Range(0, hosts).Select(h => h / 8)],
                [.. Enumerable.Repeat(DataRate.FromBitsPerSecond(Inside), hosts)],
                SimTime.FromPicoseconds(Latency)
            ),
        };
    }

    private static IReadOnlyList<IReadOnlyList<int>> ByNode(int nodes) =>
        [.. Enumerable.Range(0, nodes).Select(n => (IReadOnlyList<int>)[.. Enumerable.Range(8 * n, 8)])];

    [Fact]
    public void A_transfer_inside_a_domain_takes_its_bytes_and_the_latency_and_no_packet()
    {
        var traffic = new TrafficDescription([Flow(0, 1, 45_000_000)]);
        SimulationResult result = PacketSimulator.Run(Nodes(2), traffic, new SimulationOptions());
        result.Flows[0].FinishPicoseconds.ShouldBe(100_000_000 + Latency);
        result.Packets.Sent.ShouldBe(0);
        result.SimulatedPicoseconds.ShouldBe(result.Flows[0].FinishPicoseconds);
    }

    [Fact]
    public void Transfers_into_one_port_queue_and_the_last_ends_when_all_bytes_are_in()
    {
        var traffic = new TrafficDescription([.. Enumerable.Range(1, 7).Select(h => Flow(h, 0, 4_500_000))]);
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
        TrafficDescription traffic = Workload.Hierarchical(name, ByNode(4), Bytes(bytes), halving);
        var sent = new long[network.HostCount];
        foreach (FlowDescription flow in traffic.Flows.Where(f => !network.ScaleUp!.Joins(f.Source, f.Destination)))
        {
            (flow.Source % 8).ShouldBe(flow.Destination % 8);
            sent[flow.Source] += flow.Size.Bytes;
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
        SimulationResult result = PacketSimulator.Run(
            Nodes(4),
            Workload.Hierarchical("all-reduce", ByNode(4), Bytes(bytes)),
            new SimulationOptions()
        );
        double bound = 2 * 8e12 * bytes / 8 * 3 / 4 / Card;
        result.SimulatedPicoseconds.ShouldBeInRange((long)bound, (long)(1.3 * bound));
    }

    // Nodes of four, each on a leaf of its own, so that domains stay in one part of the run; every host sends to every other.
    private static (NetworkDescription Network, TrafficDescription Traffic) Leaves(long apart)
    {
        NetworkDescription flat = TestNetwork.LeafSpine(4, 4, 4, 400);
        var network = new NetworkDescription(16, flat.Switches, flat.Links)
        {
            ScaleUp = new ScaleUpDescription(
                [.. Enumerable.Range(0, 16).Select(h => h / 4)],
                [.. Enumerable.Repeat(DataRate.FromBitsPerSecond(Inside), 16)],
                SimTime.FromPicoseconds(Latency)
            ),
        };
        var flows = new List<FlowDescription>();
        for (int from = 0; from < 16; from++)
        {
            for (int k = 1; k < 16; k++)
            {
                flows.Add(Flow(from, (from + k) % 16, 100_000 * k, apart * k));
            }
        }
        return (network, new TrafficDescription(flows));
    }

    [Fact]
    public void Threads_change_nothing()
    {
        (NetworkDescription network, TrafficDescription traffic) = Leaves(300_000);
        SimulationResult one = PacketSimulator.Run(network, traffic, new SimulationOptions());
        SimulationResult two = PacketSimulator.Run(network, traffic, new SimulationOptions { Threads = 2 });
        two.Threads.ShouldBe(2);
        two.ResultHash.ShouldBe(one.ResultHash);
        two.Packets.ShouldBe(one.Packets);
        two.SimulatedPicoseconds.ShouldBe(one.SimulatedPicoseconds);
    }

    [Fact]
    public void A_domain_that_spans_parts_of_a_run_keeps_it_on_one_thread_and_says_so()
    {
        (NetworkDescription network, TrafficDescription traffic) = Leaves(300_000);
        network = new NetworkDescription(16, network.Switches, network.Links)
        {
            ScaleUp = network.ScaleUp! with { DomainOfHost = [.. Enumerable.Range(0, 16).Select(h => h % 4)] },
        };
        SimulationResult result = PacketSimulator.Run(network, traffic, new SimulationOptions { Threads = 2 });
        result.Threads.ShouldBe(1);
        result.Notes.ShouldContain(n => n.Contains("scale-up domain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CellMode.Cells)]
    [InlineData(CellMode.Bursts)]
    public void Domains_stand_beside_a_cell_fabric_and_beside_planes(CellMode mode)
    {
        (NetworkDescription network, TrafficDescription traffic) = Leaves(40_000_000);
        SimulationOptions options = new()
        {
            Transport = "roce",
            Cells = new() { Mode = mode, LeafLatency = SimTime.FromNanoseconds(400) },
        };
        SimulationResult result = PacketSimulator.Run(network, traffic, options);
        SimulationResult planes = PacketSimulator.Run(network.InPlanes(2), traffic, new SimulationOptions());
        result.Unfinished.ShouldBe("");
        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            FlowDescription flow = traffic.Flows[f];
            bool inside = flow.Source / 4 == flow.Destination / 4;
            // One transfer after the other; nothing that takes the network is nearly as quick.
            long alone = (long)(flow.Size.Bytes * 8e12 / Inside) + Latency;
            foreach (SimulationResult one in (SimulationResult[])[result, planes])
            {
                long time = one.Flows[f].FinishPicoseconds - one.Flows[f].StartPicoseconds;
                if (inside)
                {
                    time.ShouldBeInRange(alone - 1, alone + 1, $"flow {f}");
                }
                else
                {
                    time.ShouldBeGreaterThan(2 * alone, $"flow {f}");
                }
            }
        }
    }

    [Fact]
    public void Nodes_of_different_size_and_other_collectives_are_refused()
    {
        Should.Throw<ArgumentException>(() =>
            Workload.Hierarchical(
                "all-reduce",
                [
                    [0, 1],
                    [2],
                ],
                Bytes(100)
            )
        );
        Should.Throw<ArgumentException>(() => Workload.Hierarchical("all-to-all", ByNode(2), Bytes(100)));
    }
}
