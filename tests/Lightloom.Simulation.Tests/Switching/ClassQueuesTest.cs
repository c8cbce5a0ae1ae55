using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Switching;

public class ClassQueuesTest
{
    private static NetworkDescription OneSwitch(int hosts, double gbps = 100) =>
        new(
            hosts,
            [new SwitchDescription(0, 0, SimTime.FromNanoseconds(300), "leaf")],
            [
                .. Enumerable
                    .Range(0, hosts)
                    .Select(h => new LinkDescription(
                        NodeId.Host(h),
                        NodeId.Switch(0),
                        DataRate.FromGbps(gbps),
                        SimTime.FromNanoseconds(500)
                    )),
            ]
        );

    /// <summary>Senders that never slow down: RoCE with go-back-N and without flow control sends at line rate whatever is lost.</summary>
    private static readonly SimulationOptions Stubborn = new() { Transport = "roce", InitialWindow = Bytes(1 << 30) };

    private static LinkResult Down(NetworkDescription network, SimulationResult result, int host) =>
        result.Links.Single(l => !l.Upwards && network.Links[l.Link].A == NodeId.Host(host));

    /// <summary>Choudhury and Hahne: N queues that want more than they get settle at alpha B / (1 + alpha N) each.</summary>
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.0)]
    [InlineData(4, 1.0)]
    [InlineData(4, 0.5)]
    [InlineData(3, 2.0)]
    [InlineData(2, 8.0)]
    public void Congested_queues_settle_where_dynamic_thresholds_say(int congested, double alpha)
    {
        NetworkDescription network = OneSwitch(3 * congested);
        var flows = new List<FlowDescription>();
        for (int q = 0; q < congested; q++)
        {
            // Two senders to each receiver.
            flows.Add(Flow(congested + 2 * q, q, 20_000_000));
            flows.Add(Flow(congested + 2 * q + 1, q, 20_000_000));
        }
        const long buffer = 1_000_000;
        SimulationResult result = PacketSimulator.Run(
            network,
            new TrafficDescription(flows),
            Stubborn with
            {
                SharedBuffer = BytesIfAny(buffer),
                Classes = [new TrafficClass("data") { Alpha = alpha }],
                End = Picoseconds(400_000_000),
            }
        );
        double expected = alpha * buffer / (1 + alpha * congested);
        for (int q = 0; q < congested; q++)
        {
            // A packet is let in while the threshold is not yet passed, and thresholds fall as the other queues grow.
            ((double)Down(network, result, q).PeakQueue.Bytes).ShouldBe(expected, 0.02 * expected + 2 * 4150);
        }
        result.PeakBuffer.Bytes.ShouldBeLessThanOrEqualTo(buffer);
        result.Packets.DroppedQueueFull.ShouldBeGreaterThan(0);
        TestNetwork.ShouldBeConserved(result);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(5, 2)]
    [InlineData(10, 1)]
    public void Weighted_classes_share_a_port_by_their_weights(int first, int second)
    {
        NetworkDescription network = OneSwitch(3);
        var traffic = new TrafficDescription([Flow(1, 0, 30_000_000), Flow(2, 0, 30_000_000, @class: 1)]);
        SimulationResult result = PacketSimulator.Run(
            network,
            traffic,
            Stubborn with
            {
                Classes = [new TrafficClass("gold") { Weight = first }, new TrafficClass("lead") { Weight = second }],
                End = Picoseconds(500_000_000),
            }
        );
        double share = (double)result.Classes[0].Forwarded.Bytes / (result.Classes[0].Forwarded.Bytes + result.Classes[1].Forwarded.Bytes);
        share.ShouldBe((double)first / (first + second), 0.01);
        // Weights divide the port and leave none of it idle.
        Down(network, result, 0).Utilisation.ShouldBeGreaterThan(0.98);
    }

    [Fact]
    public void What_a_class_leaves_goes_to_the_others()
    {
        NetworkDescription network = OneSwitch(3);
        var traffic = new TrafficDescription([Flow(1, 0, 100_000), Flow(2, 0, 5_000_000, @class: 1)]);
        SimulationResult result = PacketSimulator.Run(
            network,
            traffic,
            new SimulationOptions { Classes = [new TrafficClass("gold") { Weight = 100 }, new TrafficClass("lead")] }
        );
        double alone = TestNetwork.MaximumMicroseconds(
            PacketSimulator.Run(network, TestNetwork.One(2, 0, 5_000_000), new SimulationOptions())
        );
        // The other class's 100 KB take 8 us; had its weight been reserved, this one would have had a hundredth of the port.
        ((result.Flows[1].FinishPicoseconds - result.Flows[1].StartPicoseconds) / 1e6).ShouldBeInRange(alone, alone + 25);
    }

    [Fact]
    public void A_strict_class_waits_for_no_more_than_a_packet_that_is_already_on_the_wire()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 2, 1, 100);
        TrafficClass[] classes = [new TrafficClass("urgent") { Strict = true }, new TrafficClass("bulk")];
        FlowDescription urgent = new(0, 4, Bytes(400_000), Picoseconds(100_000_000));
        FlowDescription[] bulk =
        [
            new(1, 4, Bytes(20_000_000), Class: 1),
            new(2, 4, Bytes(20_000_000), Class: 1),
            new(3, 5, Bytes(20_000_000), Class: 1),
        ];
        SimulationOptions options = Stubborn with { Classes = classes, End = Picoseconds(300_000_000) };
        SimulationResult alone = PacketSimulator.Run(network, new TrafficDescription([urgent]), options);
        SimulationResult crowded = PacketSimulator.Run(network, new TrafficDescription([urgent, .. bulk]), options);
        SimulationResult mixed = PacketSimulator.Run(
            network,
            new TrafficDescription([urgent, .. bulk]),
            options with
            {
                Classes = [new("a"), new("b")],
            }
        );
        double Time(SimulationResult r) => (r.Flows[0].FinishPicoseconds - r.Flows[0].StartPicoseconds) / 1e6;
        // Three switches, one packet of 4,150 bytes at each.
        Time(crowded).ShouldBeInRange(Time(alone), Time(alone) + 3 * 0.332 + 0.001);
        (mixed.Flows[0].FinishPicoseconds < 0 || Time(mixed) > 1.5 * Time(alone)).ShouldBeTrue();
        crowded.Classes[1].DroppedPackets.ShouldBeGreaterThan(0);
        crowded.Classes[0].DroppedPackets.ShouldBe(0);
    }

    private static SimulationResult LosslessBesideLossy(long headroom, out NetworkDescription network)
    {
        network = TestNetwork.LeafSpine(8, 2, 4, 100);
        var flows = new List<FlowDescription>();
        for (int i = 0; i < 7; i++)
        {
            flows.Add(Flow(i, 8, 2_000_000, @class: 0));
            flows.Add(Flow(i, 8 + 1 + i % 2, 2_000_000, @class: 1));
            flows.Add(Flow(i, 8 + 3, 2_000_000, @class: 2));
        }
        return PacketSimulator.Run(
            network,
            new TrafficDescription(flows),
            Stubborn with
            {
                SharedBuffer = Bytes(2_000_000),
                Headroom = headroom < 0 ? null : Bytes(headroom),
                Classes =
                [
                    new TrafficClass("storage") { Lossless = true },
                    new TrafficClass("rdma") { Lossless = true, Weight = 2 },
                    new TrafficClass("tcp") { Alpha = 0.25 },
                ],
                End = Picoseconds(1_500_000_000),
            }
        );
    }

    [Fact]
    public void Lossless_classes_lose_nothing_while_a_lossy_one_does()
    {
        SimulationResult result = LosslessBesideLossy(-1, out _);
        TestNetwork.ShouldBeConserved(result);
        result.Classes[0].DroppedPackets.ShouldBe(0);
        result.Classes[1].DroppedPackets.ShouldBe(0);
        result.Classes[2].DroppedPackets.ShouldBeGreaterThan(100);
        result.Packets.Dropped.ShouldBe(result.Classes.Sum(c => c.DroppedPackets));
        result.Classes[0].Pauses.ShouldBeGreaterThan(0);
        result.Classes[1].Pauses.ShouldBeGreaterThan(0);
        result.Classes[2].Pauses.ShouldBe(0);
        result.Packets.Pauses.ShouldBe(result.Classes.Sum(c => c.Pauses));
        result.PeakBuffer.Bytes.ShouldBeLessThanOrEqualTo(2_000_000);
    }

    [Fact]
    public void The_headroom_that_a_link_needs_is_taken_and_without_it_packets_are_lost()
    {
        SimulationResult enough = LosslessBesideLossy(-1, out _);
        // 2 R d of 2 x 0.8 us at 100G, a pause frame and two packets.
        long needed = (long)(2 * 0.8e-6 * 100e9 / 8) + 64 + 2 * 4150;
        enough.Classes[0].PeakHeadroom.Bytes.ShouldBeLessThanOrEqualTo(needed);
        enough.Classes.Take(2).Max(c => c.PeakHeadroom.Bytes).ShouldBeGreaterThan(needed / 2);
        LosslessBesideLossy(2 * 4150, out _).Classes.Take(2).Sum(c => c.DroppedPackets).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_pause_of_one_class_leaves_the_other_running()
    {
        // Seven senders flood host 8 in a lossless class; another lossless class crosses the same links to an idle host.
        NetworkDescription network = TestNetwork.LeafSpine(8, 2, 1, 100);
        var flows = new List<FlowDescription> { new(7, 9, Bytes(1_000_000), Picoseconds(200_000_000), Class: 1) };
        for (int i = 0; i < 7; i++)
        {
            flows.Add(Flow(i, 8, 3_000_000, @class: 0));
        }
        SimulationResult Run(bool apart) =>
            PacketSimulator.Run(
                network,
                new TrafficDescription([.. flows.Select(f => apart ? f : f with { Class = 0 })]),
                Stubborn with
                {
                    Classes = [new TrafficClass("flood") { Lossless = true }, new TrafficClass("victim") { Lossless = true }],
                    End = Picoseconds(3_000_000_000),
                }
            );
        double Time(SimulationResult r) => (r.Flows[0].FinishPicoseconds - r.Flows[0].StartPicoseconds) / 1e6;
        SimulationResult apart = Run(true),
            together = Run(false);
        apart.Packets.Dropped.ShouldBe(0);
        together.Packets.Dropped.ShouldBe(0);
        // By weight the victim gets half of the spine's link; together it stands behind seven others.
        Time(apart).ShouldBeLessThan(200);
        Time(together).ShouldBeGreaterThan(2 * Time(apart));
    }

    private static (NetworkDescription Network, TrafficDescription Traffic, SimulationOptions Options) Case(int number)
    {
        var random = new Random(number);
        NetworkDescription network = TestNetwork.LeafSpine(
            random.Next(1, 6),
            random.Next(2, 5),
            random.Next(1, 4),
            random.Next(2) == 0 ? 100 : 400,
            random.Next(3) == 0 ? 2 : 1,
            random.Next(1_000, 1_000_000),
            random.Next(0, 500_000)
        );
        int classes = random.Next(0, 5);
        var flows = new List<FlowDescription>();
        for (int i = random.Next(1, 25); i > 0; i--)
        {
            int from = random.Next(network.HostCount),
                to = random.Next(network.HostCount - 1);
            flows.Add(
                Flow(
                    from,
                    to >= from ? to + 1 : to,
                    1 + (long)Math.Pow(10, random.NextDouble() * 6),
                    random.Next(0, 20_000_000),
                    @class: random.Next(Math.Max(1, classes))
                )
            );
        }
        string[] transports = [.. Transports.Words];
        string[] balancers = [.. LoadBalancings.Words];
        var options = new SimulationOptions
        {
            Transport = transports[random.Next(transports.Length)],
            LoadBalancing = balancers[random.Next(balancers.Length)],
            PlanePolicy = (PlanePolicy)random.Next(6),
            Classes =
            [
                .. Enumerable
                    .Range(0, classes)
                    .Select(c => new TrafficClass($"c{c}")
                    {
                        Strict = random.Next(3) == 0,
                        Lossless = random.Next(3) == 0,
                        Weight = random.Next(1, 9),
                        Alpha = Math.Pow(2, random.Next(-4, 4)),
                    }),
            ],
            SharedBuffer = BytesIfAny(classes == 0 || random.Next(2) == 0 ? random.Next(200_000, 3_000_000) : 0),
            Trim = random.Next(2) == 0,
            SelectiveRepeat = true,
            PacketErrorRate = random.Next(5) == 0 ? 0.002 : 0,
            Seed = (ulong)number,
            End = Picoseconds(200_000_000_000),
        };
        if (random.Next(4) == 0)
        {
            options = options with
            {
                Faults = [new Fault(Picoseconds(random.Next(1_000_000, 20_000_000)), [random.Next(network.Links.Count)], 0)],
            };
            options = options with
            {
                Faults = [.. options.Faults, options.Faults[0] with { Time = SimTime.FromMicroseconds(60), RateFraction = 1 }],
                End = Picoseconds(20_000_000_000),
            };
        }
        return (network, new TrafficDescription(flows), options);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void With_classes_and_shared_buffers_packets_are_conserved_and_lossless_classes_lose_none(int block)
    {
        for (int number = block * 80; number < (block + 1) * 80; number++)
        {
            (NetworkDescription network, TrafficDescription traffic, SimulationOptions options) = Case(number);
            SimulationResult result = PacketSimulator.Run(network, traffic, options);
            TestNetwork.ShouldBeConserved(result);
            if (options.Faults.Count == 0)
            {
                result.Unfinished.ShouldBe("", $"case {number}: {options}");
            }
            if (result.Unfinished.Length == 0)
            {
                result.Packets.InFlight.ShouldBe(0, $"case {number}");
            }
            result.Classes.Sum(c => c.DroppedPackets).ShouldBeLessThanOrEqualTo(result.Packets.DroppedQueueFull, $"case {number}");
            for (int c = 0; c < options.Classes.Count; c++)
            {
                if (options.Classes[c].Lossless)
                {
                    (result.Classes[c].DroppedPackets + result.Classes[c].TrimmedPackets).ShouldBe(
                        0,
                        $"case {number}: class {c} is lossless"
                    );
                }
            }
            if (options.SharedBufferBytes > 0)
            {
                result.PeakBuffer.Bytes.ShouldBeLessThanOrEqualTo(options.SharedBufferBytes, $"case {number}");
            }
            foreach (LinkResult link in result.Links)
            {
                (link.Bytes * 8e12 / network.Links[link.Link].Rate.BitsPerSecond).ShouldBeLessThanOrEqualTo(
                    result.SimulatedPicoseconds * 1.000001,
                    $"case {number}: link {link.Link}"
                );
            }
            SimulationResult again = PacketSimulator.Run(network, traffic, options with { Threads = 2 });
            again.ResultHash.ShouldBe(result.ResultHash, $"case {number}");
        }
    }

    [Fact]
    public void One_class_without_a_shared_buffer_is_what_there_was_before()
    {
        NetworkDescription network = TestNetwork.LeafSpine(8, 2, 4, 100);
        TrafficDescription traffic = Workload.Create("incast", [.. Enumerable.Range(0, 16)], Bytes(300_000));
        SimulationResult plain = PacketSimulator.Run(network, traffic, new SimulationOptions { EventByEvent = true });
        SimulationResult one = PacketSimulator.Run(network, traffic, new SimulationOptions { Classes = [new TrafficClass("data")] });
        (TestNetwork.MaximumMicroseconds(one) / TestNetwork.MaximumMicroseconds(plain)).ShouldBe(1, 0.02);
        ((double)one.Packets.Trimmed / plain.Packets.Trimmed).ShouldBe(1, 0.1);
    }
}
