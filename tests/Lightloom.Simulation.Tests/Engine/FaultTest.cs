using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Engine;

public class FaultTest
{
    private static readonly TrafficDescription Permutation = Workload.Create(
        "permutation",
        [.. Enumerable.Range(0, 32)],
        Bytes(4_000_000),
        seed: 5
    );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_dead_spine_costs_packets_and_time_but_no_flow(int threads)
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 8, 400);
        var options = new SimulationOptions { Threads = threads, LoadBalancing = "mixed" };
        SimulationResult sound = PacketSimulator.Run(network, Permutation, options);
        SimulationResult broken = PacketSimulator.Run(
            network,
            Permutation,
            options with
            {
                Faults = FaultList.Parse("switch:spine-0-3@20", network),
                Detection = Picoseconds(5_000_000),
            }
        );
        TestNetwork.ShouldBeConserved(broken);
        broken.Unfinished.ShouldBe("");
        broken.Packets.DroppedLinkDown.ShouldBeGreaterThan(0);
        TestNetwork.MeanMicroseconds(broken).ShouldBeGreaterThan(TestNetwork.MeanMicroseconds(sound));
    }

    [Fact]
    public void Faults_give_the_same_result_on_any_number_of_threads()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 8, 400);
        var options = new SimulationOptions
        {
            Faults = FaultList.Parse("switch:spine-0-1@10-60,link:40@15=0.25", network),
            Detection = Picoseconds(7_000_000),
        };
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
        var options = new SimulationOptions { InitialWindow = Bytes(2_000_000), Transport = "fixed-window" };
        double sound = TestNetwork.MaximumMicroseconds(PacketSimulator.Run(network, traffic, options));
        SimulationResult broken = PacketSimulator.Run(
            network,
            traffic,
            options with
            {
                Faults = FaultList.Parse("plane:2", network),
                Detection = SimTime.Zero,
            }
        );
        TestNetwork.ShouldBeConserved(broken);
        (sound / TestNetwork.MaximumMicroseconds(broken)).ShouldBe(0.75, 0.03);
    }

    // Senders try for ever and no end is set: the run has to find out by itself that they try in vain. A sound flow that starts long after
    // still runs.
    [Theory]
    [InlineData("nscc", "port:5.0@10", 1)]
    [InlineData("nscc", "port:5.0@10", 2)]
    [InlineData("roce", "port:5.0@10", 1)]
    [InlineData("rccc", "port:0.0@10", 2)]
    [InlineData("nscc", "switch:spine-0-0@10,switch:spine-0-1@10", 2)]
    [InlineData("cells", "port:5.0@10", 1)]
    [InlineData("bursts", "port:0.0@10", 1)]
    public void A_host_that_cannot_be_reached_ends_the_run_and_the_result_says_so(string how, string faults, int threads)
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 2, 2, 200);
        var traffic = new TrafficDescription([new(0, 5, Bytes(4_000_000)), new(1, 2, Bytes(100_000), Picoseconds(9_000_000_000))]);
        SimulationResult result = PacketSimulator.Run(
            network,
            traffic,
            new SimulationOptions
            {
                Faults = FaultList.Parse(faults, network),
                Transport = how switch
                {
                    "roce" => "roce",
                    "rccc" => "rccc",
                    _ => "nscc",
                },
                FlowControl = how == "roce" ? FlowControl.Pfc : FlowControl.None,
                Cells = how switch
                {
                    "cells" => new() { Mode = CellMode.Cells },
                    "bursts" => new(),
                    _ => null,
                },
                Threads = threads,
            }
        );
        TestNetwork.ShouldBeConserved(result);
        result.Unfinished.ShouldContain("1 of 2 flows unfinished");
        result.Unfinished.ShouldContain("no way leads to the destination of 1 of them");
        result.Flows[0].FinishPicoseconds.ShouldBe(-1);
        result.Flows[1].FinishPicoseconds.ShouldBeGreaterThan(9_000_000_000);
    }

    [Fact]
    public void A_run_that_waits_for_a_repair_is_not_given_up()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 2, 2, 200);
        SimulationResult result = PacketSimulator.Run(
            network,
            TestNetwork.One(0, 5, 1_000_000),
            new SimulationOptions { Faults = FaultList.Parse("port:5.0@10-8000", network) }
        );
        result.Unfinished.ShouldBe("");
        result.Flows[0].FinishPicoseconds.ShouldBeGreaterThan(8_000_000_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_goes_wrong_between_two_windows_reaches_the_caller(int threads)
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 4, 8, 400);
        Should.Throw<TimeoutException>(() =>
            PacketSimulator.Run(network, Permutation, new SimulationOptions { Threads = threads }, _ => throw new TimeoutException())
        );
        Should
            .Throw<ArgumentException>(() =>
                PacketSimulator.Run(
                    network,
                    Permutation,
                    new SimulationOptions { Threads = threads, Faults = [new(Picoseconds(1), [99_999], 0)] }
                )
            )
            .Message.ShouldBe($"a fault names link 99999 and the network has {network.Links.Count}");
    }

    [Fact]
    public void A_flow_of_more_packets_than_can_be_numbered_is_refused() =>
        Should
            .Throw<ArgumentException>(() =>
                PacketSimulator.Run(TestNetwork.LeafSpine(4, 2, 2, 200), TestNetwork.One(0, 5, 20_000_000_000_000), new SimulationOptions())
            )
            .Message.ShouldContain("packets, and one flow may have 2147483647");

    [Theory]
    [InlineData(FlowControl.Pfc)]
    [InlineData(FlowControl.Cbfc)]
    public void A_lossless_link_that_flaps_leaves_nobody_waiting_for_ever(FlowControl control)
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 2, 2, 100);
        var traffic = new TrafficDescription([
            .. Enumerable.Range(0, 8).SelectMany(h => new[] { Flow(h, 8, 600_000), Flow(h, 9 + h % 3, 600_000) }),
        ]);
        foreach (string fault in new[] { "switch:spine-0-0@60-400", "switch:spine-0-1@33-34", "port:8.0@100-300,port:3.0@50-90" })
        {
            SimulationResult result = PacketSimulator.Run(
                network,
                traffic,
                new SimulationOptions
                {
                    Transport = "dcqcn",
                    SelectiveRepeat = true,
                    FlowControl = control,
                    Faults = FaultList.Parse(fault, network),
                    End = Picoseconds(100_000_000_000),
                }
            );
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

    [Fact]
    public void After_a_link_between_leaf_and_spine_has_died_nobody_takes_the_detour_over_the_tier_above()
    {
        // Two pods of two leaves and two spines, two super-spines above: leaf 0 to leaf 1 has a way over either spine of its pod, and when
        // the link from spine 4 to leaf 1 is dead a long one from spine 4 over a super-spine to spine 5.
        var switches = new List<SwitchDescription>();
        for (int s = 0; s < 10; s++)
        {
            switches.Add(
                new SwitchDescription(
                    s < 4 ? 0
                        : s < 8 ? 1
                        : 2,
                    0,
                    SimTime.FromNanoseconds(300)
                )
            );
        }
        var links = new List<LinkDescription>();
        for (int h = 0; h < 8; h++)
        {
            links.Add(new LinkDescription(NodeId.Host(h), NodeId.Switch(h / 2), DataRate.FromGbps(400), SimTime.FromNanoseconds(500)));
        }
        int dead = -1;
        for (int leaf = 0; leaf < 4; leaf++)
        {
            for (int spine = 0; spine < 2; spine++)
            {
                dead = leaf == 1 && spine == 0 ? links.Count : dead;
                links.Add(
                    new LinkDescription(
                        NodeId.Switch(leaf),
                        NodeId.Switch(4 + leaf / 2 * 2 + spine),
                        DataRate.FromGbps(400),
                        SimTime.FromNanoseconds(500)
                    )
                );
            }
        }
        for (int spine = 4; spine < 8; spine++)
        {
            links.Add(new LinkDescription(NodeId.Switch(spine), NodeId.Switch(8), DataRate.FromGbps(400), SimTime.FromNanoseconds(500)));
            links.Add(new LinkDescription(NodeId.Switch(spine), NodeId.Switch(9), DataRate.FromGbps(400), SimTime.FromNanoseconds(500)));
        }
        var network = new NetworkDescription(8, switches, links);
        // The fault is known before the flow starts.
        var traffic = new TrafficDescription([Flow(0, 2, 1_000_000, 50_000_000)]);
        SimulationResult result = PacketSimulator.Run(
            network,
            traffic,
            new SimulationOptions { Faults = [new Fault(SimTime.Zero, [dead], 0)], Detection = Picoseconds(1_000_000) }
        );
        result.Unfinished.ShouldBe("");
        result.Links.ShouldAllBe(l => network.Switches[network.Links[l.Link].Z.Index].Tier < 2);
    }
}
