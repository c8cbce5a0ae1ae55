using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Measurement;

public class FindingsTest
{
    private static readonly NetworkDescription Network = TestNetwork.Topology("ls128_800g.topo", 800);

    [Theory]
    [InlineData(1, 0, 127)]
    [InlineData(4086, 0, 127)]
    [InlineData(2_000_000, 0, 127)]
    [InlineData(2_000_000, 0, 1)]
    public void A_flow_alone_has_no_slowdown(long bytes, int from, int to)
    {
        SimulationOptions options = new();
        SimulationResult result = PacketSimulator.Run(Network, TestNetwork.One(from, to, bytes), options);
        double ideal = new ClosedForm(Network, options).Picoseconds(Flow(from, to, bytes));
        (result.Flows[0].FinishPicoseconds - ideal).ShouldBe(0, 2);
    }

    [Fact]
    public void A_flow_alone_has_none_with_cut_through_either()
    {
        SimulationOptions options = new() { CutThrough = true };
        SimulationResult result = PacketSimulator.Run(Network, TestNetwork.One(0, 127, 4086), options);
        (result.Flows[0].FinishPicoseconds - new ClosedForm(Network, options).Picoseconds(Flow(0, 127, 4086))).ShouldBe(0, 2);
    }

    [Fact]
    public void A_long_flow_alone_reaches_line_rate()
    {
        TrafficDescription traffic = TestNetwork.One(0, 127, 40_000_000);
        Findings findings = new(Network, traffic, PacketSimulator.Run(Network, traffic, new SimulationOptions()));
        findings.LineRateShare.ShouldBeGreaterThan(0.95);
        findings.Obstacle.ShouldBe(Obstacle.None);
        findings.Reasons().ShouldBeEmpty();
        findings.Headline.ShouldStartWith("Reached 9");
    }

    [Fact]
    public void Line_rate_counts_from_the_first_start()
    {
        TrafficDescription traffic = new([Flow(0, 127, 40_000_000) with { Start = SimTime.FromMicroseconds(1e6) }]);
        Findings findings = new(Network, traffic, PacketSimulator.Run(Network, traffic, new SimulationOptions()));
        findings.LineRateShare.ShouldBeInRange(0.95, 1);
        findings.Obstacle.ShouldBe(Obstacle.None);
    }

    // A message alone takes its wire time and the way across, so its share of line rate follows from its size alone.
    [Theory]
    [InlineData(0.88, false)]
    [InlineData(0.92, true)]
    public void Nine_tenths_of_line_rate_are_reached_and_less_is_not(double share, bool reached)
    {
        SimulationOptions options = new() { InitialWindow = Bytes(1 << 28) };
        double across = new ClosedForm(Network, options).Picoseconds(Flow(0, 127, 4086)) - 8e12 * 4150 / 800e9;
        TrafficDescription one = TestNetwork.One(0, 127, (long)(share / (1 - share) * across * 800e9 / 8e12 * 4086 / 4150) / 4086 * 4086);
        Findings findings = new(Network, one, PacketSimulator.Run(Network, one, options));
        findings.LineRateShare.ShouldBe(share, 0.015);
        (findings.Obstacle == Obstacle.None).ShouldBe(reached);
        findings.Headline.StartsWith("Reached", StringComparison.Ordinal).ShouldBe(reached);
    }

    [Fact]
    public void A_short_message_is_held_back_by_latency_and_one_path_by_congestion()
    {
        TrafficDescription one = TestNetwork.One(0, 127, 8000);
        new Findings(Network, one, PacketSimulator.Run(Network, one, new SimulationOptions())).Obstacle.ShouldBe(Obstacle.Latency);
        TrafficDescription all = Workload.Create("permutation", [.. Enumerable.Range(0, 128)], Bytes(1 << 20), 3);
        Findings crowded = new(Network, all, PacketSimulator.Run(Network, all, new SimulationOptions { LoadBalancing = "ecmp" }));
        crowded.Obstacle.ShouldBe(Obstacle.Congestion);
        crowded.Reasons()[0].ShouldContain("the longest queue");
    }

    [Theory]
    [InlineData("swift")]
    [InlineData("nscc")]
    public void A_flow_alone_on_an_idle_network_is_held_back_by_its_own_window_never_by_a_queue(string transport)
    {
        // Two packets a round trip: far below line rate, and nobody else is there.
        TrafficDescription one = TestNetwork.One(0, 127, 4_000_000);
        SimulationOptions options = new() { Transport = transport, InitialWindow = Bytes(8300) };
        NetworkDescription network = TestNetwork.LeafSpine(64, 2, 8, 800, delay: 20_000_000);
        SimulationResult result = PacketSimulator.Run(network, one, options);
        Findings findings = new(network, one, result);
        findings.LineRateShare.ShouldBeLessThan(0.6);
        findings.Obstacle.ShouldBe(Obstacle.Senders);
        findings.Reasons()[0].ShouldStartWith("the senders: ");
    }

    [Fact]
    public void What_is_sent_again_although_nothing_was_lost_is_named_before_the_queues_that_it_makes()
    {
        // Go-back-N under sprayed packets: the network drops none, the receiver throws away what overtook.
        TrafficDescription all = Workload.Create("permutation", [.. Enumerable.Range(0, 128)], Bytes(1 << 20), 3);
        SimulationOptions sprayed = new() { Transport = "roce", FlowControl = FlowControl.Pfc };
        SimulationResult result = PacketSimulator.Run(Network, all, sprayed);
        result.Packets.Dropped.ShouldBe(0);
        Findings findings = new(Network, all, result);
        findings.Obstacle.ShouldBe(Obstacle.Repeats);
        findings.Reasons()[0].ShouldStartWith("packets sent again without need: ");
    }

    [Fact]
    public void What_go_back_n_repeats_after_a_loss_is_not_called_needless()
    {
        // Each packet that bit errors destroy takes all that was under way behind it along.
        TrafficDescription all = Workload.Create("permutation", [.. Enumerable.Range(0, 128)], Bytes(1 << 20), 3);
        SimulationOptions noisy = new()
        {
            Transport = "roce",
            LoadBalancing = "ecmp",
            FlowControl = FlowControl.Pfc,
            PacketErrorRate = 1e-3,
        };
        SimulationResult result = PacketSimulator.Run(Network, all, noisy);
        result.Packets.DroppedCorrupted.ShouldBeGreaterThan(0);
        result.Packets.Retransmitted.ShouldBeGreaterThan(10 * result.Packets.Dropped);
        new Findings(Network, all, result).Obstacle.ShouldNotBe(Obstacle.Repeats);
    }

    [Fact]
    public void A_lost_switch_is_named_as_the_fault_that_it_is()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 4, 400);
        TrafficDescription all = Workload.Create("permutation", [.. Enumerable.Range(0, 32)], Bytes(2_000_000), 3);
        SimulationOptions broken = new() { Faults = [Fault.OfSwitch(network, 5, Picoseconds(10_000_000))] };
        Findings findings = new(network, all, PacketSimulator.Run(network, all, broken));
        findings.Obstacle.ShouldBe(Obstacle.Fault);
        findings.Reasons()[0].ShouldStartWith("the fault: ");
    }

    [Fact]
    public void Lists_come_sorted()
    {
        TrafficDescription all = Workload.Create("permutation", [.. Enumerable.Range(0, 128)], Bytes(1 << 18), 3);
        SimulationResult result = PacketSimulator.Run(Network, all, new SimulationOptions());
        Findings findings = new(Network, all, result);
        findings.BusiestLinks(10).Select(l => l.Utilisation).ShouldBe(result.Links.Select(l => l.Utilisation).OrderDescending().Take(10));
        findings
            .SlowestFlows(10)
            .Select(f => result.Flows[f].FinishPicoseconds)
            .ShouldBe(result.Flows.Select(f => f.FinishPicoseconds).OrderDescending().Take(10));
        findings.Slowdowns().ShouldAllBe(s => s >= 0.999999);
        findings.Slowdowns(40).Length.ShouldBeInRange(20, 40);
    }
}
