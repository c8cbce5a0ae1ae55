using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Cells;

/// <summary>What a scheduled fabric promises: shares, isolation, even links, no loss.</summary>
public class FabricTest
{
    // A leaf of 18 ports to hosts and 20 to the fabric, as they are sold.
    private static NetworkDescription Leaves(int count, int hosts = 18, double gbps = 800, double fabricGbps = 0) =>
        TestNetwork.LeafSpine(hosts, count, 20, gbps, spineGbps: fabricGbps);

    private static SimulationOptions Options(CellMode mode, string transport = "roce") =>
        new()
        {
            Transport = transport,
            Cells = new CellOptions { Mode = mode },
        };

    private static SimulationResult Run(NetworkDescription network, TrafficDescription traffic, SimulationOptions options)
    {
        SimulationResult result = PacketSimulator.Run(network, traffic, options);
        TestNetwork.ShouldBeConserved(result);
        result.Unfinished.ShouldBe("");
        return result;
    }

    private static long Wire(long bytes) => bytes + (bytes + 4085) / 4086 * 64;

    [Theory]
    [InlineData(CellMode.Cells, 3)]
    [InlineData(CellMode.Cells, 16)]
    [InlineData(CellMode.Bursts, 16)]
    public void N_senders_get_an_nth_each_to_within_one_credit_without_loss_or_a_queue_in_the_fabric(CellMode mode, int senders)
    {
        NetworkDescription network = Leaves(4);
        // Spread unevenly: nine on one leaf, the rest on another.
        int[] from = [.. Enumerable.Range(1, senders).Select(i => i <= 9 ? 17 + i : 36 + i)];
        const long bytes = 1_000_000;
        SimulationResult result = Run(network, new TrafficDescription([.. from.Select(h => Flow(h, 0, bytes))]), Options(mode));
        result.Packets.Dropped.ShouldBe(0);
        result.Packets.Retransmitted.ShouldBe(0);
        long first = result.Flows.Min(f => f.FinishPicoseconds);
        long last = result.Flows.Max(f => f.FinishPicoseconds);
        // Served in rounds of a credit each, flows of equal size end in the same round; the last packet of one may take the place of a
        // credit.
        (last - first).ShouldBeLessThanOrEqualTo(senders * 4150L * 10 + 2_000_000);
        long ideal = senders * Wire(bytes) * 10;
        (last - ideal).ShouldBeInRange(0, 12_000_000);
        // Nothing builds up: what was sent unasked at the start is the most there ever is, however long the run.
        SimulationResult longer = Run(network, new TrafficDescription([.. from.Select(h => Flow(h, 0, 2 * bytes))]), Options(mode));
        longer.Cells!.LinkQueueCells.Maximum.ShouldBe(result.Cells!.LinkQueueCells.Maximum);
        longer.Cells.LinkQueueCells.Maximum.ShouldBeLessThan(senders * 17 / 4 + 2);
        longer.Cells.LinkQueueCells.P99.ShouldBeLessThanOrEqualTo(6);
    }

    [Theory]
    [InlineData(CellMode.Cells)]
    [InlineData(CellMode.Bursts)]
    public void A_flow_to_another_port_does_not_notice_an_incast(CellMode mode)
    {
        NetworkDescription network = Leaves(3);
        var victim = Flow(19, 1, 2_000_000);
        List<FlowDescription> flows = [victim, .. Enumerable.Range(20, 14).Select(h => Flow(h, 0, 2_000_000))];
        long alone = Run(network, new TrafficDescription([victim]), Options(mode)).Flows[0].FinishPicoseconds;
        long beside = Run(network, new TrafficDescription(flows), Options(mode)).Flows[0].FinishPicoseconds;
        ((double)beside / alone).ShouldBe(1, 0.01);
    }

    // The limit of isolation: one host sends to a port that fourteen others fill, and to a free one. When its queue for the busy port is
    // full the host is paused, and with it the other flow. The queue gains half the card's rate less a fifteenth of the port's; 40 us of
    // rate last 92 us.
    [Fact]
    public void A_host_s_own_full_queue_is_where_isolation_ends()
    {
        NetworkDescription network = Leaves(3);
        const double full = 40 / (0.5 - 1 / 15.0);
        SimulationResult With(long victimBytes, VoqFullAction action = VoqFullAction.Pause)
        {
            List<FlowDescription> flows =
            [
                new(19, 1, Bytes(victimBytes)),
                new(19, 0, Bytes(12_000_000)),
                .. Enumerable.Range(20, 14).Select(h => Flow(h, 0, 12_000_000)),
            ];
            SimulationOptions options = Options(CellMode.Bursts);
            return Run(
                network,
                new TrafficDescription(flows),
                options with
                {
                    Cells = options.Cells! with { VoqFull = action, VoqLimit = BytesIfAny(action == VoqFullAction.Drop ? 1_000_000 : 0) },
                    SelectiveRepeat = action == VoqFullAction.Drop,
                }
            );
        }
        long latency =
            Run(network, TestNetwork.One(19, 1, 4_000_000), Options(CellMode.Bursts)).Flows[0].FinishPicoseconds - Wire(4_000_000) * 10;
        double Share(SimulationResult result, long bytes) => Wire(bytes) * 10.0 / (result.Flows[0].FinishPicoseconds - latency);
        // Done by the time the queue is full: half of the card, as without the incast.
        SimulationResult before = With(4_000_000);
        (before.Flows[0].FinishPicoseconds / 1e6).ShouldBeLessThan(full);
        Share(before, 4_000_000).ShouldBe(0.5, 0.005);
        // Longer than that: from then on the card sends to the free port only as fast as the busy one takes.
        SimulationResult after = With(12_000_000);
        Share(after, 12_000_000).ShouldBeLessThan(0.3);
        after.Packets.Pauses.ShouldBeGreaterThan(0);
        after.Packets.Dropped.ShouldBe(0);
        after.Cells!.VoqPeak.Bytes.ShouldBeInRange(4_000_000, 4_200_000);
        // With drops instead of pauses the victim keeps its half and the incast's packets are lost.
        SimulationResult dropping = With(12_000_000, VoqFullAction.Drop);
        dropping.Packets.Pauses.ShouldBe(0);
        dropping.Cells!.VoqDrops.ShouldBeGreaterThan(0);
        dropping.Packets.DroppedQueueFull.ShouldBe(dropping.Cells.VoqDrops);
        Share(dropping, 12_000_000).ShouldBeGreaterThan(0.4);
    }

    [Fact]
    public void Every_fabric_link_carries_the_same_load()
    {
        NetworkDescription network = Leaves(4);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 72)], Bytes(6_000_000), seed: 3);
        SimulationResult result = Run(network, traffic, Options(CellMode.Cells));
        result.Cells!.LinkLoadSpread.ShouldBeLessThan(0.01);
        result.Packets.Dropped.ShouldBe(0);
        // The same from the links themselves, up and down together.
        foreach (bool up in new[] { true, false })
        {
            double[] loads =
            [
                .. result
                    .Links.Where(l => !network.Links[l.Link].A.IsHost && l.Upwards == up && network.Links[l.Link].A.Index == 0)
                    .Select(l => (double)l.Bytes),
            ];
            loads.Length.ShouldBe(20);
            (loads.Max() / loads.Average()).ShouldBeLessThan(1.01);
            (loads.Min() / loads.Average()).ShouldBeGreaterThan(0.99);
        }
    }

    // Two senders on one leaf and one on another: with a queue for each slice the single one gets half.
    [Theory]
    [InlineData(CreditShare.IngressSlice, 0, 0.25, 0.5)]
    [InlineData(CreditShare.IngressSlice, 1, 1.0 / 3, 1.0 / 3)]
    [InlineData(CreditShare.IngressPort, 0, 1.0 / 3, 1.0 / 3)]
    public void Rounds_over_slices_are_unfair_to_senders_and_rounds_over_ports_are_not(
        CreditShare share,
        int slicePorts,
        double shared,
        double single
    )
    {
        NetworkDescription network = Leaves(3);
        const long bytes = 3_000_000;
        SimulationOptions options = Options(CellMode.Cells);
        options = options with { Cells = options.Cells! with { Share = share, SlicePorts = slicePorts == 0 ? null : slicePorts } };
        SimulationResult result = Run(
            network,
            new TrafficDescription([new(18, 0, Bytes(bytes)), new(19, 0, Bytes(bytes)), new(36, 0, Bytes(bytes))]),
            options
        );
        // While all three send, the single one gets its share; so it ends after its bytes over that share.
        double time = Wire(bytes) * 10;
        double latency = Run(network, TestNetwork.One(36, 0, bytes), options).Flows[0].FinishPicoseconds - time;
        (time / (result.Flows[2].FinishPicoseconds - latency)).ShouldBe(single, 0.01);
        // By then each of the two on one leaf has had its own share and then the rest of the port between them.
        double both = 3 * time;
        ((result.Flows[0].FinishPicoseconds - latency) / both).ShouldBe(1, 0.01);
        ((result.Flows[1].FinishPicoseconds - latency) / both).ShouldBe(1, 0.01);
        (single + 2 * shared).ShouldBe(1, 1e-9);
    }

    [Theory]
    [InlineData("permutation", 3_000_000)]
    [InlineData("all-to-all", 3_000_000)]
    [InlineData("incast", 500_000)]
    public void The_same_hosts_take_the_same_time_whatever_transport_their_cards_run(string workload, long bytes)
    {
        // Line rate with go-back-N, rate control, two windows steered by delay, a fixed window, receiver credit.
        NetworkDescription network = Leaves(2, 9, 400, 400);
        TrafficDescription traffic = Workload.Create(workload, [.. Enumerable.Range(0, 18)], Bytes(bytes), seed: 4);
        double Time(string kind) => Run(network, traffic, Options(CellMode.Bursts, kind)).Flows.Max(f => f.FinishPicoseconds) / 1e6;
        List<string> kinds = ["roce", "dcqcn", "swift", "nscc", "fixed-window"];
        if (workload != "all-to-all")
        {
            // A receiver's credit is a second request and grant on top of the fabric's, and every message of an all-to-all waits for its
            // own: 3 % in this one.
            kinds.Add("rccc");
        }
        double[] times = [.. kinds.Select(Time)];
        (times.Max() / times.Min()).ShouldBeLessThan(1.02, $"{string.Join(' ', times)}");
    }

    [Fact]
    public void An_unloaded_packet_takes_the_closed_form_to_the_picosecond()
    {
        // 100G: 80 ps a byte. One packet of 4,150 bytes is 17 cells on 20 links, so each link carries one and all arrive together; the
        // acknowledgement is one cell of 76.
        NetworkDescription network = TestNetwork.LeafSpine(2, 2, 20, 100, delay: 500_000, latency: 300_000);
        long Ends(int size) => size * 80L + 500_000;
        const long inside = 300_000;
        long across = Ends(4150) + inside + Ends(268) + inside + Ends(268) + inside + Ends(4150);
        long back = Ends(64) + inside + Ends(76) + inside + Ends(76) + inside + Ends(64);
        foreach (CellMode mode in new[] { CellMode.Cells, CellMode.Bursts })
        {
            SimulationOptions options = Options(mode, "fixed-window");
            long hungry = Run(network, TestNetwork.One(0, 3, 4086), options).Flows[0].FinishPicoseconds;
            hungry.ShouldBeInRange(across + back - 2, across + back + 2, $"{mode}");
            // Without credit at rest each way waits for flow status to go there and credit to come back, 64 bytes over two links each.
            SimulationOptions asking = options with
            {
                Cells = options.Cells! with { Hungry = HungryPolicy.None },
            };
            long trip = 2 * (2 * (Ends(64) + inside));
            (Run(network, TestNetwork.One(0, 3, 4086), asking).Flows[0].FinishPicoseconds - hungry).ShouldBe(2 * trip);
        }
    }

    [Fact]
    public void What_exceeds_the_chip_s_memory_goes_outside_and_is_counted()
    {
        NetworkDescription network = Leaves(2);
        TrafficDescription traffic = new([.. Enumerable.Range(18, 8).Select(h => Flow(h, 0, 2_000_000))]);
        SimulationOptions options = Options(CellMode.Bursts);
        SimulationResult inside = Run(network, traffic, options);
        inside.Cells!.Spilled.Bytes.ShouldBe(0);
        SimulationResult outside = Run(network, traffic, options with { Cells = options.Cells! with { Sram = Bytes(1 << 20) } });
        outside.Cells!.SpillPeak.Bytes.ShouldBe(outside.Cells.LeafPeak.Bytes - (1 << 20));
        outside.Cells.Spilled.Bytes.ShouldBeGreaterThanOrEqualTo(outside.Cells.SpillPeak.Bytes);
        outside.ResultHash.ShouldBe(inside.ResultHash);
    }

    [Fact]
    public void The_egress_buffer_keeps_to_its_bound_when_its_flow_control_is_on()
    {
        NetworkDescription network = Leaves(3);
        TrafficDescription traffic = new([.. Enumerable.Range(18, 16).Select(h => Flow(h, 0, 2_000_000))]);
        SimulationOptions options = Options(CellMode.Bursts);
        options = options with { Cells = options.Cells! with { CreditSpeedup = 1.05 } };
        SimulationResult on = Run(network, traffic, options);
        SimulationResult off = Run(network, traffic, options with { Cells = options.Cells with { EgressFlowControl = false } });
        on.Cells!.EgressStops.ShouldBeGreaterThan(0);
        off.Cells!.EgressStops.ShouldBe(0);
        // Five per cent too much over the whole run, against one round trip of control.
        off.Queue.Maximum.Bytes.ShouldBeGreaterThan(1_200_000);
        on.Queue.Maximum.Bytes.ShouldBeLessThan(700_000);
        (on.Flows.Max(f => f.FinishPicoseconds) / (double)off.Flows.Max(f => f.FinishPicoseconds)).ShouldBe(1, 0.01);
    }
}
