using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Cells;

/// <summary>Lost links: what is lost before anyone notices, what is left after.</summary>
public class CellFaultTest
{
    private static readonly TrafficDescription Permutation = Workload.Create(
        "permutation",
        [.. Enumerable.Range(0, 36)],
        Bytes(4_000_000),
        seed: 5
    );

    private static SimulationOptions Options(CellMode mode) =>
        new()
        {
            Transport = "roce",
            SelectiveRepeat = true,
            Detection = Picoseconds(5_000_000),
            Cells = new CellOptions { Mode = mode },
        };

    [Theory]
    [InlineData(CellMode.Cells)]
    [InlineData(CellMode.Bursts)]
    public void A_lost_link_costs_packets_until_it_leaves_the_spray_set_and_none_after(CellMode mode)
    {
        NetworkDescription network = TestNetwork.LeafSpine(18, 2, 20, 400, spineGbps: 400);
        SimulationOptions options = Options(mode);
        // Leaf 0's first uplink, for good; and for a time that is over before anybody notices.
        SimulationResult lost = PacketSimulator.Run(network, Permutation, options with { Faults = FaultList.Parse("link:36@40", network) });
        SimulationResult later = PacketSimulator.Run(
            network,
            Permutation,
            options with
            {
                Faults = FaultList.Parse("link:36@40", network),
                Detection = Picoseconds(10_000_000),
            }
        );
        TestNetwork.ShouldBeConserved(lost);
        lost.Unfinished.ShouldBe("");
        lost.Cells!.PacketsLost.ShouldBeGreaterThan(0);
        // A packet has 17 cells for 20 links, so most of what the leaf sends and what is sent to it over that spine loses one; twice the
        // time loses twice as many.
        ((double)later.Cells!.PacketsLost / lost.Cells.PacketsLost).ShouldBe(2, 0.5);
        lost.Packets.Retransmitted.ShouldBeGreaterThanOrEqualTo(lost.Packets.DroppedLinkDown);
        // The dead link carries nothing from then on.
        LinkResult dead = lost.Links.Single(l => l.Link == 36 && l.Upwards);
        dead.Bytes.ShouldBeLessThan(lost.Links.Single(l => l.Link == 37 && l.Upwards).Bytes / 2);
    }

    [Fact]
    public void Both_modes_lose_about_as_many_packets()
    {
        NetworkDescription network = TestNetwork.LeafSpine(18, 2, 20, 400, spineGbps: 400);
        long Lost(CellMode mode) =>
            PacketSimulator
                .Run(network, Permutation, Options(mode) with { Faults = FaultList.Parse("link:36@40", network) })
                .Cells!.PacketsLost;
        ((double)Lost(CellMode.Bursts) / Lost(CellMode.Cells)).ShouldBe(1, 0.2);
    }

    // Three senders fill their queues for one port and are paused. The pause dies with the link of one of them; when the link comes back
    // its queue is still full.
    [Theory]
    [InlineData(CellMode.Cells)]
    [InlineData(CellMode.Bursts)]
    public void A_card_whose_link_comes_back_is_paused_again_while_its_queue_is_full(CellMode mode)
    {
        NetworkDescription network = TestNetwork.LeafSpine(3, 2, 4, 200);
        var traffic = new TrafficDescription([new(0, 3, Bytes(4_000_000)), new(1, 3, Bytes(4_000_000)), new(2, 3, Bytes(4_000_000))]);
        SimulationOptions options = Options(mode);
        options = options with
        {
            Cells = options.Cells! with { VoqLimit = Bytes(200_000) },
            Faults = FaultList.Parse("port:1.0@60-61", network),
        };
        SimulationResult result = PacketSimulator.Run(network, traffic, options);
        result.Unfinished.ShouldBe("");
        // What reaches the leaf after it has asked for a pause: the link's round trip of 1.3 us at 200G and three packets. Twice, as the
        // card is paused twice; unpaused it would send its whole flow.
        result.Cells!.VoqPeak.Bytes.ShouldBeLessThan(200_000 + 2 * 45_000);
        int card = network.HostLinks()[1][0];
        result
            .Links.Single(l => l.Link == card && l.Upwards)
            .Paused.Picoseconds.ShouldBeInRange(50_000_000, result.SimulatedPicoseconds - 60_000_000);
    }

    // Two links between each leaf and each spine. One towards leaf 1 dies: spine 0 still reaches it, over half of what it had. If leaf 0
    // goes on to give spine 0 the same share as the others, that one link is overloaded; Input Balanced Mode withdraws one of leaf 0's two
    // links to it.
    [Theory]
    [InlineData(CellMode.Cells)]
    public void A_device_that_lost_half_of_its_way_is_given_half(CellMode mode)
    {
        var switches = new List<SwitchDescription> { new(0, 0, SimTime.FromNanoseconds(300)), new(0, 0, SimTime.FromNanoseconds(300)) };
        var links = new List<LinkDescription>();
        for (int h = 0; h < 18; h++)
        {
            links.Add(new LinkDescription(NodeId.Host(h), NodeId.Switch(h / 9), DataRate.FromGbps(400), SimTime.FromNanoseconds(500)));
        }
        int dead = -1;
        for (int s = 0; s < 6; s++)
        {
            switches.Add(new SwitchDescription(1, 0, SimTime.FromNanoseconds(300)));
            for (int leaf = 0; leaf < 2; leaf++)
            {
                for (int k = 0; k < 2; k++)
                {
                    dead = s == 0 && leaf == 1 ? links.Count : dead;
                    links.Add(
                        new LinkDescription(NodeId.Switch(leaf), NodeId.Switch(2 + s), DataRate.FromGbps(400), SimTime.FromNanoseconds(500))
                    );
                }
            }
        }
        var network = new NetworkDescription(18, switches, links);
        var traffic = new TrafficDescription([.. Enumerable.Range(0, 9).Select(h => Flow(h, 9 + h, 3_000_000))]);
        SimulationOptions options = Options(mode);
        options = options with
        {
            Faults = [new Fault(SimTime.Zero, [dead], 0)],
            Detection = SimTime.Zero,
            Cells = options.Cells! with { CongestionCells = 0 },
        };
        CellResult on = PacketSimulator.Run(network, traffic, options).Cells!;
        CellResult off = PacketSimulator
            .Run(network, traffic, options with { Cells = options.Cells with { InputBalanced = false } })
            .Cells!;
        on.LinkQueueCells.Maximum.ShouldBeLessThan(off.LinkQueueCells.Maximum / 5);
        // With congestion marks the overload is bounded too, at the price of the ports' rate.
        SimulationResult marked = PacketSimulator.Run(
            network,
            traffic,
            options with
            {
                Cells = options.Cells with { InputBalanced = false, CongestionCells = 67 },
            }
        );
        marked.Cells!.MarkedCells.ShouldBeGreaterThan(0);
        marked.Cells.LinkQueueCells.Maximum.ShouldBeLessThan(off.LinkQueueCells.Maximum / 2);
    }

    [Theory]
    [InlineData(CellMode.Cells)]
    [InlineData(CellMode.Bursts)]
    public void A_fabric_that_is_too_small_is_throttled_by_its_marks_and_loses_nothing(CellMode mode)
    {
        // 18 x 400G over 10 x 400G, net of headers 0.53.
        NetworkDescription network = TestNetwork.LeafSpine(18, 2, 10, 400, spineGbps: 400);
        SimulationResult result = PacketSimulator.Run(
            network,
            new TrafficDescription([.. Enumerable.Range(0, 18).Select(h => Flow(h, 18 + h, 6_000_000))]),
            Options(mode)
        );
        result.Packets.Dropped.ShouldBe(0);
        result.Cells!.NetSpeedup.ShouldBe(10 / 18.0 * 4150 / 4354, 1e-3);
        result.Cells.MarkedCells.ShouldBeGreaterThan(0);
        double bytes = 6_000_000 * (4150 / 4086.0);
        double ideal = bytes * 20 / 1e6 / result.Cells.NetSpeedup;
        (result.Flows.Max(f => f.FinishPicoseconds) / 1e6 / ideal).ShouldBeInRange(1, 1.15);
    }

    [Fact]
    public void A_dead_leaf_ends_its_flows_and_nobody_else_s()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 3, 6, 400);
        var traffic = new TrafficDescription([new(0, 8, Bytes(4_000_000)), new(1, 4, Bytes(4_000_000)), new(5, 9, Bytes(4_000_000))]);
        SimulationResult result = PacketSimulator.Run(
            network,
            traffic,
            Options(CellMode.Cells) with
            {
                Faults = FaultList.Parse("switch:leaf-0-2@20", network),
                End = Picoseconds(3_000_000_000),
            }
        );
        TestNetwork.ShouldBeConserved(result);
        result.Flows[0].FinishPicoseconds.ShouldBe(-1);
        result.Flows[2].FinishPicoseconds.ShouldBe(-1);
        (result.Flows[1].FinishPicoseconds / 1e6).ShouldBeLessThan(100);
        result.Packets.InFlight.ShouldBeLessThanOrEqualTo(2);
    }
}
