using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Transport;

public class BehaviourTest
{
    private static SimulationResult Run(NetworkDescription network, TrafficDescription traffic, SimulationOptions options)
    {
        SimulationResult result = PacketSimulator.Run(network, traffic, options);
        TestNetwork.ShouldBeConserved(result);
        return result;
    }

    [Fact]
    public void Spraying_over_go_back_n_collapses_and_out_of_order_placement_cures_it()
    {
        NetworkDescription network = TestNetwork.Topology("ft128_100g.topo", 100);
        TrafficDescription traffic = TestNetwork.Matrix("perm128_2MB.cm", 128);
        var options = new SimulationOptions
        {
            Transport = "roce",
            FlowControl = FlowControl.Pfc,
            LoadBalancing = "switch-ar",
        };
        SimulationResult goBack = Run(network, traffic, options);
        SimulationResult selective = Run(network, traffic, options with { SelectiveRepeat = true });
        goBack.Packets.Retransmitted.ShouldBeGreaterThan(goBack.Packets.Sent / 2);
        TestNetwork.MaximumMicroseconds(goBack).ShouldBeGreaterThan(3 * TestNetwork.MaximumMicroseconds(selective));
        selective.Packets.Retransmitted.ShouldBe(0);
    }

    [Theory]
    [InlineData("nscc", 0.95)]
    [InlineData("rccc", 0.97)]
    [InlineData("nscc+rccc", 0.97)]
    [InlineData("ndp", 0.97)]
    [InlineData("eqds", 0.97)]
    public void An_incast_fills_the_last_link(string transport, double share)
    {
        NetworkDescription network = TestNetwork.Topology("ft16_100g.topo", 100);
        SimulationResult result = Run(network, TestNetwork.Matrix("incast16.cm", 16), new SimulationOptions { Transport = transport });
        // 15 flows of 490 packets each: the receiver's link needs 15 x 162.5 us, and a first packet about 14.
        (2451 / (result.Flows.Max(f => f.FinishPicoseconds) / 1e6)).ShouldBeInRange(share, 1.001);
    }

    [Fact]
    public void Pauses_stop_an_incast_at_the_senders_without_a_loss()
    {
        NetworkDescription network = TestNetwork.Topology("ft16_100g.topo", 100);
        SimulationResult result = Run(
            network,
            TestNetwork.Matrix("incast16.cm", 16),
            new SimulationOptions
            {
                Transport = "roce",
                FlowControl = FlowControl.Pfc,
                LoadBalancing = "ecmp",
            }
        );
        result.Packets.Pauses.ShouldBeGreaterThan(0);
        result.Packets.Dropped.ShouldBe(0);
        result.Links.Sum(l => l.Paused.Picoseconds).ShouldBeGreaterThan(0);
        (result.Flows.Max(f => f.FinishPicoseconds) / 1e6).ShouldBe(2451, 25);
    }

    // UE's acceptance test: three senders share a receiver to a third each, without loss.
    [Fact]
    public void Credits_share_a_link_in_three_equal_parts_without_a_loss()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 1, 1, 400);
        var flows = new List<FlowDescription>();
        for (int i = 1; i <= 3; i++)
        {
            flows.Add(Flow(i, 0, 10_000_000));
        }
        SimulationResult result = Run(
            network,
            new TrafficDescription(flows),
            new SimulationOptions
            {
                Transport = "roce",
                FlowControl = FlowControl.Cbfc,
                LoadBalancing = "ecmp",
            }
        );
        result.Packets.Dropped.ShouldBe(0);
        double ideal = 30_000_000 * (4150.0 / 4086) * 8 / 400e9 * 1e6;
        foreach (FlowResult flow in result.Flows)
        {
            (flow.FinishPicoseconds / 1e6).ShouldBe(ideal, ideal * 0.02);
        }
    }

    // Half a kilometre at 400G: a link that retries itself loses a round trip for each error and keeps nearly all its rate.
    [Fact]
    public void Link_retry_hides_errors_from_the_transport()
    {
        NetworkDescription network = TestNetwork.LeafSpine(2, 1, 1, 400, delay: 2_500_000);
        var options = new SimulationOptions { PacketErrorRate = 1e-3, LoadBalancing = "ecmp" };
        SimulationResult retried = Run(network, TestNetwork.One(0, 1, 40_000_000), options with { LinkRetry = true });
        SimulationResult lost = Run(network, TestNetwork.One(0, 1, 40_000_000), options);
        retried.Packets.LinkRetries.ShouldBeGreaterThan(5);
        retried.Packets.Retransmitted.ShouldBe(0);
        lost.Packets.DroppedCorrupted.ShouldBeGreaterThan(5);
        lost.Packets.Retransmitted.ShouldBeGreaterThanOrEqualTo(lost.Packets.DroppedCorrupted);
        lost.Flows[0].FinishPicoseconds.ShouldBeGreaterThan(retried.Flows[0].FinishPicoseconds);
    }

    [Fact]
    public void Without_trimming_losses_are_made_good_by_timeouts()
    {
        NetworkDescription network = TestNetwork.Topology("ft16_100g.topo", 100);
        SimulationResult result = Run(
            network,
            TestNetwork.Matrix("incast16.cm", 16),
            new SimulationOptions
            {
                Trim = false,
                Queue = Bytes(60_000),
                EcnLow = Bytes(10_000),
                EcnHigh = Bytes(50_000),
            }
        );
        result.Packets.DroppedQueueFull.ShouldBeGreaterThan(0);
        result.Packets.Trimmed.ShouldBe(0);
        result.Unfinished.ShouldBe("");
    }

    [Theory]
    [InlineData("dcqcn")]
    [InlineData("hpcc")]
    [InlineData("swift")]
    public void Rate_and_window_controls_share_an_incast_and_use_most_of_the_link(string transport)
    {
        NetworkDescription network = TestNetwork.Topology("ft16_100g.topo", 100);
        SimulationResult result = Run(
            network,
            TestNetwork.Matrix("incast16.cm", 16),
            new SimulationOptions
            {
                Transport = transport,
                LoadBalancing = "ecmp",
                FlowControl = transport == "swift" ? FlowControl.None : FlowControl.Pfc,
            }
        );
        result.Unfinished.ShouldBe("");
        (2451 / (result.Flows.Max(f => f.FinishPicoseconds) / 1e6)).ShouldBeGreaterThan(0.8);
    }
}
