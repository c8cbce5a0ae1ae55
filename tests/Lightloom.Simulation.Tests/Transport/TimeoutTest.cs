using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Transport;

/// <summary>Senders that wait for an answer: long enough on an idle path, and not for ever where something was lost.</summary>
public class TimeoutTest
{
    public static TheoryData<string, string, bool> LongPaths()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (string topology in (string[])["l_100000.topo", "l_250000.topo"])
        {
            foreach (string transport in Transports.Words)
            {
                data.Add(topology, transport, false);
                data.Add(topology, transport, true);
            }
        }
        return data;
    }

    private static Dictionary<string, double> Exponent(int n) => new() { ["timeout-exponent"] = n };

    private static SimulationOptions Usual(string transport) =>
        new()
        {
            Transport = transport,
            LoadBalancing = Transports.Find(transport).LoadBalancing,
            FlowControl = Transports.Find(transport).FlowControl,
        };

    // 100 MB over one path of 0.8 and of 2 ms: senders that waited 454 and 1,350 us sent all of it two to five times.
    [Theory]
    [MemberData(nameof(LongPaths))]
    public void Nothing_is_sent_twice_on_an_idle_path_however_long(string topology, string transport, bool cells)
    {
        NetworkDescription network = TestNetwork.Topology(topology, 100, folder: TestNetwork.CasesFolder);
        TrafficDescription traffic = TestNetwork.Matrix("big1.cm", 16, TestNetwork.CasesFolder);
        SimulationOptions options = Usual(transport);
        SimulationResult result = PacketSimulator.Run(
            network,
            traffic,
            cells ? options with { FlowControl = FlowControl.None, Cells = new CellOptions() } : options
        );
        result.Unfinished.ShouldBe("");
        result.Packets.Retransmitted.ShouldBe(0);
        result.Notes.ShouldBeEmpty();
    }

    // csg-htsim's swift.cpp waits a millisecond before it has measured anything.
    [Fact]
    public void Swift_sends_a_lost_first_packet_again_after_a_millisecond()
    {
        NetworkDescription network = TestNetwork.LeafSpine(1, 2, 1);
        int up = network.Links.ToList().FindIndex(l => !l.A.IsHost);
        SimulationResult result = PacketSimulator.Run(
            network,
            TestNetwork.One(0, 1, 1000),
            Usual("swift") with
            {
                Faults = [new Fault(SimTime.Zero, [up], 0), new Fault(SimTime.FromMicroseconds(500), [up], 1)],
                Detection = SimTime.FromMicroseconds(10_000),
            }
        );
        result.Packets.Retransmitted.ShouldBe(1);
        result.Flows[0].Finish!.Value.Microseconds.ShouldBeInRange(1000, 1020);
    }

    // 24,474 packets of 4,150 bytes at 100 Gb/s, 2 ms there and back: selective repeat must keep 6,000 packets under way to fill it.
    [Theory]
    [InlineData("swift")]
    [InlineData("roce")]
    public void A_long_fat_path_is_filled(string transport)
    {
        NetworkDescription network = TestNetwork.Topology("l_250000.topo", 100, folder: TestNetwork.CasesFolder);
        TrafficDescription traffic = TestNetwork.Matrix("big1.cm", 16, TestNetwork.CasesFolder);
        SimulationResult result = PacketSimulator.Run(network, traffic, Usual(transport) with { SelectiveRepeat = true });
        double line = 24_474 * 4150 * 8 / 100e9 * 1e6;
        TestNetwork.MaximumMicroseconds(result).ShouldBeInRange(line + 2_000, line + 2_010);
    }

    // Queues of a bandwidth-delay product of 800 Gb/s before links of 100 Gb/s hold a packet eight times as long as hosts' links would.
    [Theory]
    [InlineData("nscc")]
    [InlineData("rccc")]
    [InlineData("nscc+rccc")]
    [InlineData("eqds")]
    [InlineData("ideal")]
    public void Waiting_before_slow_links_is_not_taken_for_loss(string transport)
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 4, 4, 800, spineGbps: 100);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, 16)], Bytes(4_000_000), seed: 1);
        SimulationResult result = PacketSimulator.Run(network, traffic, Usual(transport));
        result.Unfinished.ShouldBe("");
        result.Packets.Retransmitted.ShouldBe(result.Packets.Trimmed);
    }

    // A trimming queue is made as long in time: one of a bandwidth-delay product of 800 Gb/s before a host of 100 Gb/s would drain for eight
    // times as long, and a sender would have to wait as long before it may take a packet for lost.
    [Fact]
    public void A_slow_hosts_queue_holds_hardly_longer_than_the_others_and_nobody_sends_again_too_early()
    {
        NetworkDescription fast = TestNetwork.LeafSpine(4, 4, 4, 800);
        NetworkDescription slow = new(
            fast.HostCount,
            fast.Switches,
            [.. fast.Links.Select(l => l.A is { IsHost: true, Index: 0 } ? l with { Rate = DataRate.FromGbps(100) } : l)]
        );
        SimulationOptions options = Usual("nscc");
        long Wait(NetworkDescription network) => new Parameters(network, options, Transports.Find("nscc")).RetransmitTimeout - 15_000_000;
        TrafficDescription traffic = new([.. Enumerable.Range(1, 15).Select(h => Flow(h, 0, 4_000_000))]);
        SimulationResult result = PacketSimulator.Run(slow, traffic, options);
        result.Unfinished.ShouldBe("");
        result.Packets.Retransmitted.ShouldBe(result.Packets.Trimmed);
        Wait(slow).ShouldBeInRange(Wait(fast), Wait(fast) * 5 / 4);
    }

    // ibv_modify_qp(3) and every vendor's table: 1 is 8.192 us, 14 (the usual one) 67.1 ms, 31 2.4 hours.
    [Theory]
    [InlineData(1, 8.192)]
    [InlineData(14, 67_108.864)]
    [InlineData(20, 4_294_967.296)]
    [InlineData(31, 8_796_093_022.208)]
    public void The_verbs_timeout_doubles_from_4_096_us(int exponent, double microseconds) =>
        (VerbsTimeout.Of(exponent).Picoseconds / 1e6).ShouldBe(microseconds, 1e-3);

    // l_250000: 4 links of 250 us and 3 switches of 0.5 us there and back, 4,150 + 64 bytes over 4 links of 100 Gb/s. Full: at each of 3
    // switches 7 other ports have sent until a pause reached them: 15 packets, a link's round trip and a packet at either end of it.
    [Fact]
    public void The_default_is_the_smallest_power_beyond_two_round_trips_through_full_queues()
    {
        NetworkDescription network = TestNetwork.Topology("l_250000.topo", 100, folder: TestNetwork.CasesFolder);
        Timeouts timeouts = new Parameters(network, Usual("roce"), Transports.Find("roce")).Timeouts;
        const double empty = 2 * (4 * 250 + 3 * 0.5) + 4 * 4214 * 80e-6;
        (timeouts.RoundTrip / 1e6).ShouldBe(empty, 0.01);
        const double full = empty + 3 * 7 * (500 + 17 * 4150 * 80e-6);
        (timeouts.LoadedRoundTrip / 1e6).ShouldBe(full, 1);
        timeouts.VerbsExponent.ShouldBe((int)Math.Floor(Math.Log2(2 * full / 4.096)) + 1);
    }

    // 64 hosts at 800 Gb/s: request and grant, the packet and its answer; its own queue, full at 40 us; a packet of each of 64 ports.
    [Fact]
    public void Over_cells_a_packet_waits_for_its_own_queue_and_a_round_of_credits()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 16, 16, 800);
        SimulationOptions options = Usual("roce") with { FlowControl = FlowControl.None, Cells = new CellOptions() };
        Timeouts Of(CellOptions cells) => new Parameters(network, options with { Cells = cells }, Transports.Find("roce")).Timeouts;
        Timeouts timeouts = Of(new());
        ((timeouts.LoadedRoundTrip - timeouts.RoundTrip) / 1e6).ShouldBe(40 + 64 * 4150 * 8 / 800e3, 0.001);
        timeouts.VerbsExponent.ShouldBe((int)Math.Floor(Math.Log2(2 * timeouts.LoadedRoundTrip / 4.096e6)) + 1);
        // Sixteen leaves share, a credit of 8 KiB goes round, and a queue holds 1 MB.
        Timeouts slices = Of(
            new()
            {
                Share = CreditShare.IngressSlice,
                Credit = DataSize.FromKibibytes(8),
                VoqLimit = Bytes(1_000_000),
            }
        );
        ((slices.LoadedRoundTrip - slices.RoundTrip) / 1e6).ShouldBe((1_000_000 + 16 * 8192) * 8 / 800e3, 0.001);
    }

    // Packets wait several times as long as senders do, and yet every sender hears of one in each round of credits.
    [Theory]
    [InlineData("roce")]
    [InlineData("dcqcn")]
    [InlineData("swift")]
    public void An_incast_of_all_hosts_over_cells_is_not_taken_for_loss(string transport)
    {
        NetworkDescription network = TestNetwork.LeafSpine(16, 32, 32, 800);
        SimulationOptions options = Usual(transport) with { FlowControl = FlowControl.None, Cells = new CellOptions() };
        TrafficDescription traffic = Workload.Create("incast", [.. Enumerable.Range(0, 512)], Bytes(400_000), seed: 1);
        SimulationResult result = PacketSimulator.Run(network, traffic, options);
        result.Unfinished.ShouldBe("");
        result.Packets.Retransmitted.ShouldBe(0);
        result.Latency.Maximum.ShouldBeGreaterThan(SimTime.FromMicroseconds(1900));
    }

    [Fact]
    public void Slow_links_in_the_middle_are_part_of_the_path()
    {
        Timeouts Of(double spineGbps)
        {
            NetworkDescription network = TestNetwork.LeafSpine(4, 2, 2, 800, spineGbps: spineGbps);
            return new Parameters(network, Usual("roce"), Transports.Find("roce")).Timeouts;
        }
        // Two of the four links take 80 ps a byte instead of 10.
        (Of(100).RoundTrip - Of(800).RoundTrip).ShouldBe(2 * 4214 * 70);
        Of(100).VerbsExponent.ShouldBeGreaterThan(Of(800).VerbsExponent);
    }

    [Theory]
    [InlineData("roce")]
    [InlineData("dcqcn")]
    [InlineData("hpcc")]
    public void A_timeout_below_the_round_trip_is_obeyed_and_remarked_on(string transport)
    {
        NetworkDescription network = TestNetwork.Topology("l_100000.topo", 100, folder: TestNetwork.CasesFolder);
        SimulationResult result = PacketSimulator.Run(
            network,
            TestNetwork.One(3, 9, 1_000_000),
            Usual(transport) with
            {
                TransportOptions = Exponent(7),
            }
        );
        result.Unfinished.ShouldBe("");
        result.Packets.Retransmitted.ShouldBeGreaterThan(0);
        string note = result.Notes.ShouldHaveSingleItem();
        note.ShouldContain("524.288 us");
        note.ShouldContain("804.3");
    }

    // The only packet is lost, often more than once: each loss costs one timeout.
    [Theory]
    [InlineData("roce", 10)]
    [InlineData("hpcc", 12)]
    public void A_lost_packet_is_sent_again_after_the_timeout_and_not_before(string transport, int exponent)
    {
        NetworkDescription network = TestNetwork.LeafSpine(2, 2, 2);
        SimulationOptions options = Usual(transport) with
        {
            FlowControl = FlowControl.None,
            PacketErrorRate = 0.2,
            TransportOptions = Exponent(exponent),
        };
        int lost = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulationResult result = PacketSimulator.Run(network, TestNetwork.One(0, 3, 1000), options with { Seed = seed });
            long waited = result.Flows[0].FinishPicoseconds;
            long repeats = result.Packets.Retransmitted;
            waited.ShouldBeInRange(
                repeats * VerbsTimeout.Of(exponent).Picoseconds,
                repeats * VerbsTimeout.Of(exponent).Picoseconds + 20_000_000
            );
            lost += repeats > 0 ? 1 : 0;
        }
        lost.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void A_sender_that_never_times_out_loses_what_nothing_follows()
    {
        SimulationOptions options = Usual("roce") with { PacketErrorRate = 0.5, TransportOptions = Exponent(VerbsTimeout.Never), Seed = 3 };
        SimulationResult result = PacketSimulator.Run(TestNetwork.LeafSpine(2, 2, 2), TestNetwork.One(0, 3, 1000), options);
        result.Packets.DroppedCorrupted.ShouldBe(1);
        result.Unfinished.ShouldContain("1 of 1 flows unfinished");
        result.Unfinished.ShouldContain("1 senders wait for ever for answers to 1 packets that were lost");
        result.Unfinished.ShouldContain("timeout-exponent=0");
        result.Standstill.ShouldBe(Standstill.WaitsForEver);
    }

    // RFC 6298, section 2: the first sample R gives SRTT = R, RTTVAR = R / 2, RTO = 3 R; then weights of 1/8 and 1/4.
    [Fact]
    public void Swift_waits_for_the_smoothed_round_trip_and_four_deviations()
    {
        (long smoothed, long deviation) = Swift.Sampled(0, 0, 800);
        (smoothed, deviation).ShouldBe((800, 400));
        Swift.TimeoutOf(smoothed, deviation, 0).ShouldBe(2400);
        (smoothed, deviation) = Swift.Sampled(smoothed, deviation, 1600);
        (smoothed, deviation).ShouldBe((900, 500));
        Swift.TimeoutOf(smoothed, deviation, 0).ShouldBe(2900);
        Swift.TimeoutOf(smoothed, deviation, 5000).ShouldBe(5000);
    }
}
