using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Hybrid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Hybrid;

/// <summary>Packets carried on from where their rates are steady, against all packets.</summary>
public sealed class HybridCollectivesTest
{
    private static readonly NetworkDescription Network = TestNetwork.LeafSpine(8, 8, 8, 400, delay: 50_000, latency: 600_000);
    private static readonly int[] Hosts = [.. Enumerable.Range(0, 64)];

    // The i-th card of each of eight nodes is on the i-th leaf, so that nearly every step crosses the fabric.
    private static readonly int[] Rails = [.. Enumerable.Range(0, 64).Select(r => r % 8 * 8 + r / 8)];

    private static CollectiveRequest AllReduce(long bytes, CollectiveAlgorithm algorithm) =>
        new(CollectiveKind.AllReduce, Bytes(bytes), [Hosts], algorithm);

    [Theory]
    [InlineData("oblivious", false, 0.005)]
    [InlineData("switch-rr", true, 0.005)]
    [InlineData("oblivious", true, 0.02)]
    public void A_ring_takes_as_long_as_in_packets_of_which_fewer_are_run(string balancing, bool rails, double error)
    {
        SimulationOptions options = new() { LoadBalancing = balancing };
        HybridCollectives few = new(Network, rails ? Rails : Hosts, options),
            all = new(Network, rails ? Rails : Hosts, options, extrapolates: false);
        double quick = few.Of(AllReduce(16 << 20, CollectiveAlgorithm.Ring)).Time.Picoseconds,
            slow = all.Of(AllReduce(16 << 20, CollectiveAlgorithm.Ring)).Time.Picoseconds;
        quick.ShouldBe(slow, error * slow);
        few.RanAll.ShouldBeFalse();
        few.PacketHops.ShouldBeLessThan(all.PacketHops / 3);
    }

    [Fact]
    public void A_collective_whose_time_grows_evenly_is_carried_on_by_size()
    {
        SimulationOptions options = new() { LoadBalancing = "switch-rr" };
        HybridCollectives few = new(Network, Hosts, options),
            all = new(Network, Hosts, options, extrapolates: false);
        CollectiveRequest request = AllReduce(64 << 20, CollectiveAlgorithm.HalvingDoubling);
        double slow = all.Of(request).Time.Picoseconds;
        ((double)few.Of(request).Time.Picoseconds).ShouldBe(slow, 0.01 * slow);
        few.PacketHops.ShouldBeLessThan(all.PacketHops / 3);
    }

    /// <summary>Pieces of 16 KiB, which are shorter than their way: ranks soon keep step no longer, and no two meet as they did at first.</summary>
    [Theory]
    [InlineData("nscc", "oblivious")]
    [InlineData("swift", "oblivious")]
    [InlineData("nscc", "ecmp")]
    public void A_ring_of_short_pieces_is_carried_on_from_where_its_ranks_have_spread(string transport, string balancing)
    {
        NetworkDescription network = TestNetwork.LeafSpine(16, 16, 16, 400, delay: 50_000, latency: 600_000);
        int[] rails = [.. Enumerable.Range(0, 256).Select(r => r % 16 * 16 + r / 16)];
        SimulationOptions options = new() { Transport = transport, LoadBalancing = balancing };
        HybridCollectives few = new(network, rails, options),
            all = new(network, rails, options, extrapolates: false);
        CollectiveRequest request = new(CollectiveKind.AllReduce, Bytes(4 << 20), [rails], CollectiveAlgorithm.Ring);
        double slow = all.Of(request).Time.Picoseconds;
        ((double)few.Of(request).Time.Picoseconds).ShouldBe(slow, 0.015 * slow);
    }

    [Fact]
    public void Where_nodes_have_a_domain_a_collective_runs_in_the_levels_of_the_packet_engine()
    {
        NetworkDescription nodes = new(Network.HostCount, Network.Switches, Network.Links)
        {
            ScaleUp = new ScaleUpDescription(
                [.. Hosts.Select(h => h / 4)],
                [.. Hosts.Select(_ => DataRate.FromGbps(3600))],
                SimTime.FromNanoseconds(500)
            ),
        };
        HybridCollectives hybrid = new(nodes, Hosts, new()) { InLevels = true };
        foreach (
            CollectiveAlgorithm? algorithm in (CollectiveAlgorithm?[])[null, CollectiveAlgorithm.Ring, CollectiveAlgorithm.HalvingDoubling]
        )
        {
            CollectiveTiming timing = hybrid.Of(new(CollectiveKind.AllReduce, Bytes(4 << 20), [Hosts], algorithm));
            timing.Algorithm.ShouldBe(CollectiveAlgorithm.Hierarchical);
            TrafficDescription pattern = Workload.Hierarchical(
                "all-reduce",
                [.. Hosts.Chunk(4)],
                Bytes(4 << 20),
                algorithm == CollectiveAlgorithm.HalvingDoubling
            );
            timing.Time.ShouldBe(PacketSimulator.Run(nodes, pattern, new()).Flows.Max(f => f.Finish!.Value));
        }
    }

    [Fact]
    public void Of_groups_that_are_alike_and_share_no_link_one_is_run()
    {
        int[][] leaves = [.. Hosts.Chunk(8)];
        CollectiveRequest request = new(CollectiveKind.AllToAll, Bytes(4 << 20), leaves);
        HybridCollectives one = new(Network, Hosts, new()),
            all = new(Network, Hosts, new(), extrapolates: false);
        double slow = all.Of(request).Time.Picoseconds;
        ((double)one.Of(request).Time.Picoseconds).ShouldBe(slow, 0.01 * slow);
        one.GroupsLeftOut.ShouldBe(7);
        all.GroupsLeftOut.ShouldBe(0);
        all.PacketHops.ShouldBe(8 * one.PacketHops);
    }

    [Fact]
    public void Groups_that_may_meet_on_a_link_or_are_not_alike_are_all_run()
    {
        // Each spans two leaves, so that all use the fabric.
        Left(Network, [.. Hosts.Chunk(16)]).ShouldBe(0);
        // The same over two fabrics that nothing joins: a group in each.
        NetworkDescription apart = TestNetwork.LeafSpine(8, 4, 4, 400, planes: 2);
        apart = new(
            64,
            apart.Switches,
            [.. apart.Links.Select(l => l.A.IsHost ? l with { A = NodeId.Host(PlaneOf(l, apart) * 32 + l.A.Index) } : l)]
        );
        Left(
                apart,
                [
                    [.. Enumerable.Range(0, 32)],
                    [.. Enumerable.Range(32, 32)],
                ]
            )
            .ShouldBe(1);
        // One host of the last leaf is slower, or has a longer cable: the slower is run too, the longer instead.
        Left(With(l => l with { RateFraction = 0.5 }), [.. Hosts.Chunk(8)]).ShouldBe(6);
        NetworkDescription longer = With(l => l with { Delay = l.Delay * 100 });
        Left(longer, [.. Hosts.Chunk(8)]).ShouldBe(7);
        TimeOf(longer, Hosts.Chunk(8)).ShouldBeGreaterThan(TimeOf(Network, Hosts.Chunk(8)));

        static int PlaneOf(LinkDescription link, NetworkDescription of) => of.Switches[link.Z.Index].Plane;
        static NetworkDescription With(Func<LinkDescription, LinkDescription> last) =>
            Network.With([.. Network.Links.Select(l => l.A.IsHost && l.A.Index == 63 ? last(l) : l)]);
        static long Left(NetworkDescription network, int[][] groups)
        {
            HybridCollectives hybrid = new(network, Hosts, new());
            hybrid.Of(new(CollectiveKind.AllGather, Bytes(64 << 10), groups));
            return hybrid.GroupsLeftOut;
        }

        static SimTime TimeOf(NetworkDescription network, IEnumerable<int[]> groups) =>
            new HybridCollectives(network, Hosts, new()).Of(new(CollectiveKind.AllGather, Bytes(64 << 10), [.. groups])).Time;
    }

    [Fact]
    public void What_is_small_is_run_whole()
    {
        HybridCollectives hybrid = new(Network, Hosts[..8], new()),
            all = new(Network, Hosts[..8], new(), extrapolates: false);
        CollectiveRequest request = new(CollectiveKind.AllReduce, Bytes(1 << 20), [Hosts[..8]], CollectiveAlgorithm.Ring);
        hybrid.Of(request).Time.ShouldBe(all.Of(request).Time);
        hybrid.RanAll.ShouldBeTrue();
        hybrid.Of(request).Error.ShouldBe(0);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        CollectiveRequest request = AllReduce(16 << 20, CollectiveAlgorithm.Ring);
        SimTime one = new HybridCollectives(Network, Rails, new()).Of(request).Time,
            two = new HybridCollectives(Network, Rails, new() { Threads = 2 }).Of(request).Time;
        two.ShouldBe(one);
    }

    [Fact]
    public void Groups_that_run_at_once_share_the_network()
    {
        // Eight rings, each over one card of every leaf: alone each has the fabric for itself.
        int[][] groups = [.. Enumerable.Range(0, 8).Select(i => Enumerable.Range(0, 8).Select(l => l * 8 + i).ToArray())];
        SimulationOptions options = new() { LoadBalancing = "switch-rr" };
        HybridCollectives hybrid = new(TestNetwork.LeafSpine(8, 8, 2, 400), Hosts, options);
        double all = hybrid.Of(new(CollectiveKind.AllGather, Bytes(16 << 20), groups)).Time.Picoseconds,
            one = hybrid.Of(new(CollectiveKind.AllGather, Bytes(16 << 20), [groups[0]])).Time.Picoseconds;
        // Eight flows of a leaf over two uplinks: not faster than the links allow, and not slower than one ring after the other.
        (all / one).ShouldBeInRange(3.5, 8);
    }

    [Fact]
    public void What_happens_at_a_set_time_is_refused_in_words()
    {
        SimulationOptions faulty = new() { Faults = [new(SimTime.FromMicroseconds(5), [0], 0)] };
        Should.Throw<RefusedException>(() => new HybridCollectives(Network, Hosts, faulty)).Message.ShouldContain("--fail");
        HybridCollectives hybrid = new(Network, Hosts, new());
        Should
            .Throw<RefusedException>(() => hybrid.Of(AllReduce(1 << 20, CollectiveAlgorithm.InNetwork)))
            .Message.ShouldContain("--engine fluid");
    }

    /// <summary>Messages of 8 KiB among 1,024 ranks: a rank's rounds repeat once ranks have spread over some of them.</summary>
    [Fact]
    public void An_all_to_all_of_short_messages_is_carried_on_from_its_first_rounds()
    {
        NetworkDescription network = TestNetwork.LeafSpine(16, 64, 16, 400, delay: 50_000, latency: 600_000);
        int[] hosts = [.. Enumerable.Range(0, 1024).Select(r => r % 64 * 16 + r / 64)];
        SimulationOptions options = new();
        HybridCollectives few = new(network, hosts, options),
            all = new(network, hosts, options, extrapolates: false);
        CollectiveRequest request = new(
            CollectiveKind.AllToAll,
            Bytes(8 << 20),
            [
                [.. Enumerable.Range(0, 1024)],
            ]
        );
        double slow = all.Of(request).Time.Picoseconds;
        CollectiveTiming quick = few.Of(request);
        few.RanAll.ShouldBeFalse();
        quick.Error.ShouldBeInRange(double.Epsilon, 0.06);
        // No further off than it says itself.
        ((double)quick.Time.Picoseconds).ShouldBe(slow, quick.Error * slow);
        few.PacketHops.ShouldBeLessThan(all.PacketHops / 3);
    }

    [Fact]
    public void Ranks_that_get_on_evenly_are_carried_on_and_those_that_slow_down_are_told()
    {
        // A round of 1 us, ranks up to 3 us apart: the last of 1,000 rounds ends when 999 more have passed, 2 us after it began.
        ExchangePace even = Pace(round => round * 1_000_000L);
        even.Finish.ShouldBe(1_003e6, 3e6);
        even.RateError.ShouldBeLessThan(0.005);
        // Rounds that take longer and longer.
        Pace(round => round * 1_000_000L + round * round * 3_000L).RateError.ShouldBeGreaterThan(0.05);

        static ExchangePace Pace(Func<int, long> start)
        {
            long[] starts = [.. from r in Enumerable.Range(0, 64) from k in Enumerable.Range(0, 256) select start(k) + r % 4 * 1_000_000L],
                ends = [.. Enumerable.Range(0, 64).Select(r => start(256) + 1_000_000L + r % 4 * 1_000_000L)];
            return ExchangePace.Of(starts, ends, 256, 1000);
        }
    }

    [Fact]
    public void What_would_be_more_flows_than_a_run_can_number_is_refused_before_they_are_made()
    {
        // 131,072 ranks run whole are 34 thousand million transfers; nobody is asked to make them.
        NetworkDescription network = TestNetwork.LeafSpine(512, 256, 1, 400);
        HybridCollectives hybrid = new(network, [.. Enumerable.Range(0, network.HostCount)], new(), extrapolates: false);
        CollectiveRequest request = new(
            CollectiveKind.AllReduce,
            Bytes(1 << 20),
            [
                [.. Enumerable.Range(0, network.HostCount)],
            ],
            CollectiveAlgorithm.Ring
        );
        Should.Throw<RefusedException>(() => hybrid.Of(request)).Message.ShouldContain("34,359,476,224 flows");
    }

    [Fact]
    public void A_list_that_memory_does_not_hold_is_asked_about_before_it_is_made()
    {
        List<TrafficSize> asked = [];
        HybridCollectives hybrid = new(Network, Hosts, new()) { BeforeMaking = (_, size, _) => asked.Add(size) };
        foreach (CollectiveAlgorithm algorithm in (CollectiveAlgorithm[])[CollectiveAlgorithm.Ring, CollectiveAlgorithm.HalvingDoubling])
        {
            asked.Clear();
            hybrid.Of(AllReduce(1 << 20, algorithm));
            asked.ShouldNotBeEmpty();
            asked.ShouldAllBe(s => s.Flows > 0);
        }
        // Whole: 126 steps of 64 transfers, of which those of the first step wait for nobody.
        asked.Clear();
        new HybridCollectives(Network, Hosts, new(), extrapolates: false) { BeforeMaking = (_, size, _) => asked.Add(size) }.Of(
            AllReduce(1 << 20, CollectiveAlgorithm.Ring)
        );
        asked.ShouldBe([new TrafficSize(126 * 64, 125 * 64, 64, Bytes(16 << 10))]);
    }

    [Fact]
    public void What_nobody_named_and_what_was_asked_for_by_name_are_kept_apart()
    {
        NetworkDescription nodes = TestNetwork.LeafSpine(16, 8, 8, 400, delay: 50_000, latency: 600_000);
        int[] hosts = [.. Enumerable.Range(0, 128)];
        nodes = new(nodes.HostCount, nodes.Switches, nodes.Links)
        {
            ScaleUp = new ScaleUpDescription(
                [.. hosts.Select(h => h / 4)],
                [.. hosts.Select(_ => DataRate.FromGbps(3600))],
                SimTime.FromNanoseconds(500)
            ),
        };
        CollectiveRequest open = new(CollectiveKind.AllReduce, Bytes(1 << 20), [hosts]),
            halving = open with { Algorithm = CollectiveAlgorithm.HalvingDoubling };
        HybridCollectives one = new(nodes, hosts, new()) { InLevels = true },
            other = new(nodes, hosts, new()) { InLevels = true };
        SimTime first = one.Of(open).Time,
            second = one.Of(halving).Time;
        second.ShouldBe(other.Of(halving).Time);
        first.ShouldBe(other.Of(open).Time);
        second.ShouldNotBe(first);
    }

    [Fact]
    public void Hosts_of_no_domain_are_no_node()
    {
        NetworkDescription nodes = new(Network.HostCount, Network.Switches, Network.Links)
        {
            ScaleUp = new ScaleUpDescription(
                [.. Hosts.Select(h => h < 32 ? h / 32 : -1)],
                [.. Hosts.Select(_ => DataRate.FromGbps(3600))],
                SimTime.FromNanoseconds(500)
            ),
        };
        HybridCollectives hybrid = new(nodes, Hosts, new()) { InLevels = true };
        hybrid.Of(AllReduce(1 << 20, CollectiveAlgorithm.Ring)).Algorithm.ShouldBe(CollectiveAlgorithm.Ring);
        Should.Throw<RefusedException>(() => hybrid.Of(AllReduce(1 << 20, CollectiveAlgorithm.Hierarchical)));
    }

    [Fact]
    public void Groups_in_one_pod_and_groups_across_two_are_not_alike()
    {
        // Two planes that nothing joins, each of two pods of two leaves under super-spines.
        NetworkDescription one = CalibrationShape.Usual.ThreeTiers(2, 2, 2, 2, 1);
        int switches = one.Switches.Count;
        NetworkDescription tall = new(
            2 * one.HostCount,
            [.. one.Switches, .. one.Switches.Select(s => new SwitchDescription(s.Tier, 1, s.Latency, s.Name + "-other"))],
            [
                .. one.Links,
                .. one.Links.Select(l =>
                    l with
                    {
                        A = l.A.IsHost ? NodeId.Host(l.A.Index + one.HostCount) : NodeId.Switch(l.A.Index + switches),
                        Z = NodeId.Switch(l.Z.Index + switches),
                    }
                ),
            ]
        );
        int[][] same =

            [
                [0, 1, 2, 3],
                [8, 9, 10, 11],
            ],
            across =

            [
                [0, 1, 2, 3],
                [8, 9, 12, 13],
            ];
        Left(same).ShouldBe(1);
        Left(across).ShouldBe(0);

        long Left(int[][] groups)
        {
            HybridCollectives hybrid = new(tall, [.. Enumerable.Range(0, tall.HostCount)], new());
            hybrid.Of(new(CollectiveKind.AllGather, Bytes(64 << 10), groups));
            return hybrid.GroupsLeftOut;
        }
    }
}
