using Lightloom.Simulation.Network;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Engine;

public class FaultTest
{
    private static readonly TrafficDescription Permutation = Workload.Create("permutation", [.. Enumerable.Range(0, 32)], 4_000_000, seed: 5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_dead_spine_costs_packets_and_time_but_no_flow(int threads)
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 8, 400);
        var options = new SimulationOptions { Threads = threads, LoadBalancing = LoadBalancingKind.Mixed };
        SimulationResult sound = PacketSimulator.Run(network, Permutation, options);
        SimulationResult broken = PacketSimulator.Run(network, Permutation,
            options with { Faults = FaultList.Parse("switch:spine-0-3@20", network), DetectionPicoseconds = 5_000_000 });
        TestNetwork.ShouldBeConserved(broken);
        broken.Unfinished.ShouldBe("");
        broken.Packets.DroppedLinkDown.ShouldBeGreaterThan(0);
        TestNetwork.MeanMicroseconds(broken).ShouldBeGreaterThan(TestNetwork.MeanMicroseconds(sound));
    }

    [Fact]
    public void Faults_give_the_same_result_on_any_number_of_threads()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 8, 400);
        var options = new SimulationOptions { Faults = FaultList.Parse("switch:spine-0-1@10-60,link:40@15=0.25", network), DetectionPicoseconds = 7_000_000 };
        SimulationResult one = PacketSimulator.Run(network, Permutation, options);
        SimulationResult two = PacketSimulator.Run(network, Permutation, options with { Threads = 2 });
        two.ResultHash.ShouldBe(one.ResultHash);
        two.Packets.ShouldBe(one.Packets);
    }

    [Fact]
    public void One_plane_of_four_lost_leaves_three_quarters()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 2, 4, 200, planes: 4);
        TrafficDescription traffic = TestNetwork.One(0, 5, 40_000_000);
        var options = new SimulationOptions { InitialWindowBytes = 2_000_000, Transport = TransportKind.Ideal };
        double sound = TestNetwork.MaximumMicroseconds(PacketSimulator.Run(network, traffic, options));
        SimulationResult broken = PacketSimulator.Run(network, traffic, options with { Faults = FaultList.Parse("plane:2", network), DetectionPicoseconds = 0 });
        TestNetwork.ShouldBeConserved(broken);
        (sound / TestNetwork.MaximumMicroseconds(broken)).ShouldBe(0.75, 0.03);
    }

    [Fact]
    public void A_host_that_cannot_be_reached_ends_the_run_and_the_result_says_so()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 2, 2, 200);
        SimulationResult result = PacketSimulator.Run(network, TestNetwork.One(0, 5, 4_000_000),
            new SimulationOptions { Faults = FaultList.Parse("port:5.0@10", network), EndPicoseconds = 5_000_000_000 });
        TestNetwork.ShouldBeConserved(result);
        result.Unfinished.ShouldContain("1 of 1 flows unfinished");
        result.Flows[0].FinishPicoseconds.ShouldBe(-1);
    }

    [Theory]
    [InlineData(FlowControl.Pfc)]
    [InlineData(FlowControl.Cbfc)]
    public void A_lossless_link_that_flaps_leaves_nobody_waiting_for_ever(FlowControl control)
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 2, 2, 100);
        var traffic = new TrafficDescription([.. Enumerable.Range(0, 8).SelectMany(h => new[] { new FlowDescription(h, 8, 600_000), new FlowDescription(h, 9 + h % 3, 600_000) })]);
        foreach (string fault in new[] { "switch:spine-0-0@60-400", "switch:spine-0-1@33-34", "port:8.0@100-300,port:3.0@50-90" })
        {
            SimulationResult result = PacketSimulator.Run(network, traffic, new SimulationOptions
            {
                Transport = TransportKind.Dcqcn,
                SelectiveRepeat = true,
                FlowControl = control,
                Faults = FaultList.Parse(fault, network),
                EndPicoseconds = 100_000_000_000,
            });
            TestNetwork.ShouldBeConserved(result);
            result.Packets.DroppedLinkDown.ShouldBeGreaterThan(0, fault);
            result.Unfinished.ShouldBe("", $"{control} {fault}");
        }
    }

    [Theory]
    [InlineData("spine:1")]
    [InlineData("link:99999")]
    [InlineData("link:1@x")]
    [InlineData("switch:nowhere")]
    [InlineData("link:1@20-10")]
    public void What_names_nothing_is_refused(string text) =>
        Should.Throw<ArgumentException>(() => FaultList.Parse(text, TestNetwork.LeafSpine(2, 2, 2)));
}
