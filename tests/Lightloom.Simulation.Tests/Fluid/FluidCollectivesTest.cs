using CsCheck;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Fluid;

/// <summary>Collectives step by step: the symmetric collapse against counting every link, closed forms, and the engine flow by flow.</summary>
public sealed class FluidCollectivesTest
{
    private static readonly int[] HostsOfLeaf = [1, 2, 3, 4, 8];

    private static readonly Gen<(int Hosts, int Leaves, int Spines, int Planes, int Pods, double Spine)> Shapes = Gen.Select(
        Gen.Int[0, 4].Select(i => HostsOfLeaf[i]),
        Gen.Int[1, 6],
        Gen.Int[1, 4],
        Gen.Int[1, 3],
        Gen.Int[1, 4],
        Gen.Int[0, 2].Select(i => 100.0 * (1 << i))
    );

    [Fact]
    public void The_answer_with_collapse_is_that_without_it() =>
        Gen.Select(Shapes, Gen.Int[1, 1 << 26], Gen.Enum<CollectiveKind>(), Gen.Enum<CollectiveAlgorithm>(), Gen.Int[0, 9])
            .Sample(
                (shape, bytes, kind, algorithm, faults) =>
                {
                    NetworkDescription network = Pods(shape.Hosts, shape.Leaves, shape.Spines, shape.Planes, shape.Pods, shape.Spine);
                    if (network.HostCount < 2)
                    {
                        return;
                    }
                    bool[] dead = Dead(network, Math.Max(0, faults - 4), bytes);
                    FluidCollectives collapsed = new(network, All(network), dead: dead),
                        counted = new(network, All(network), dead: dead, collapse: false);
                    (collapsed.IsCollapsed || Array.Exists(dead, d => d)).ShouldBeTrue();
                    counted.IsCollapsed.ShouldBeFalse();
                    CollectiveRequest request = new(kind, Bytes(bytes), [All(network)], algorithm);
                    if (Answer(collapsed, request) is not { } quick)
                    {
                        Answer(counted, request).ShouldBeNull();
                        return;
                    }
                    CollectiveTiming slow = Answer(counted, request)!;
                    ((double)quick.Time.Picoseconds).ShouldBe(slow.Time.Picoseconds, 1 + 1e-9 * slow.Time.Picoseconds);
                    quick.Flows.ShouldBe(slow.Flows);
                    quick.Steps.ShouldBe(slow.Steps);
                },
                iter: 600,
                threads: 1
            );

    [Theory]
    [InlineData("all-reduce-ring", CollectiveAlgorithm.Ring)]
    [InlineData("all-reduce-halving-doubling", CollectiveAlgorithm.HalvingDoubling)]
    public void Steps_take_as_long_as_the_same_flows_one_by_one(string name, CollectiveAlgorithm algorithm)
    {
        foreach (double spine in (double[])[100, 50])
        {
            NetworkDescription network = Pods(4, 4, 2, 2, 2, 2 * spine);
            int[] hosts = All(network);
            SimulationResult flows = FluidSimulator.Run(network, Workload.Create(name, hosts, Bytes(64 << 20)), new());
            CollectiveTiming steps = new FluidCollectives(network, hosts).Of(
                new(CollectiveKind.AllReduce, Bytes(64 << 20), [hosts], algorithm)
            );
            double last = flows.Flows.Max(f => f.FinishPicoseconds);
            // One by one, the sender's acknowledgement of the last step comes on top, and ends within half a percent fall together.
            steps.Time.Picoseconds.ShouldBeInRange((long)(0.97 * last), (long)(1.01 * last));
        }
    }

    [Fact]
    public void A_ring_over_a_fabric_that_is_not_oversubscribed_takes_its_lower_bound()
    {
        NetworkDescription network = Pods(8, 4, 8, 1, 4, 100);
        int n = network.HostCount;
        CollectiveTiming ring = new FluidCollectives(network, All(network)).Of(
            new(CollectiveKind.AllReduce, Bytes(1L << 30), [All(network)], CollectiveAlgorithm.Ring)
        );
        double bound = 2.0 * (n - 1) / n * (1L << 30) * 8 / 100e9 * 4150 / 4086;
        ring.Time.Seconds.ShouldBeInRange(bound, 1.01 * bound + ring.Fixed.Seconds);
        ring.Bound.ShouldBe("host links");
        ring.Steps.ShouldBe(2 * (n - 1));
        ring.Flows.ShouldBe(2L * n * (n - 1));
    }

    [Fact]
    public void An_oversubscribed_leaf_stretches_an_exchange_by_what_leaves_it()
    {
        // 8 hosts of 100G a leaf under two spine links of 100G: an exchange leaves the leaf with 8 flows, or 7 of them stay nearer.
        NetworkDescription network = Pods(8, 4, 2, 1, 1, 100);
        CollectiveTiming exchange = new FluidCollectives(network, All(network)).Of(
            new(CollectiveKind.AllToAll, Bytes(32 << 20), [All(network)], CollectiveAlgorithm.Pairwise)
        );
        double message = (32 << 20) / 32.0 * 8 / 100e9 * 4150 / 4086;
        double rounds = Enumerable.Range(1, 31).Sum(k => Math.Max(1, Math.Min(8, Math.Min(k, 32 - k)) / 2.0));
        (exchange.Time - exchange.Fixed).Seconds.ShouldBe(rounds * message, 0.002 * rounds * message);
        exchange.Bound.ShouldBe("leaf uplinks");
    }

    [Fact]
    public void A_failed_link_slows_the_flows_that_pass_its_leaf_by_its_share()
    {
        NetworkDescription network = Pods(8, 4, 8, 1, 1, 100);
        bool[] dead = new bool[network.Links.Count];
        dead[network.Links.TakeWhile(l => l.A.IsHost).Count()] = true;
        FluidCollectives sound = new(network, All(network)),
            hurt = new(network, All(network), dead: dead);
        hurt.IsCollapsed.ShouldBeFalse();
        CollectiveRequest exchange = new(CollectiveKind.AllReduce, Bytes(1L << 28), [All(network)], CollectiveAlgorithm.HalvingDoubling);
        CollectiveTiming before = sound.Of(exchange),
            after = hurt.Of(exchange);
        // Two of five steps cross leaves, with three quarters of the bytes; all eight hosts of the leaf share seven links there.
        double bytes = (after.Time - after.Fixed).Seconds / (before.Time - before.Fixed).Seconds;
        double crossing = (0.5 + 0.25) / (31 / 32.0);
        bytes.ShouldBe(1 - crossing + crossing * 8 / 7, 0.01);
        after.Bound.ShouldBe("leaf uplinks");
    }

    [Fact]
    public void A_sample_of_the_rounds_comes_near_to_all_of_them()
    {
        NetworkDescription network = Pods(16, 8, 8, 1, 8, 200);
        bool[] dead = new bool[network.Links.Count];
        for (int l = network.HostCount + 3; l < dead.Length; l += 97)
        {
            dead[l] = true;
        }
        int[] all = All(network);
        CollectiveRequest exchange = new(CollectiveKind.AllToAll, Bytes(1L << 30), [all], CollectiveAlgorithm.Pairwise);
        CollectiveTiming exact = new FluidCollectives(network, all, dead: dead).Of(exchange),
            sampled = new FluidCollectives(network, all, dead: dead) { MostSolvedFlows = 100_000 }.Of(exchange);
        exact.Error.ShouldBe(0);
        sampled.Error.ShouldBeInRange(1e-6, 0.08);
        (sampled.Time / exact.Time).ShouldBe(1, 3 * sampled.Error);
    }

    [Fact]
    public void In_levels_the_network_carries_one_share_of_each_rail()
    {
        NetworkDescription plain = Pods(8, 4, 8, 1, 2, 100);
        int n = plain.HostCount;
        NetworkDescription network = new(n, plain.Switches, plain.Links)
        {
            ScaleUp = new(
                [.. Enumerable.Range(0, n).Select(h => h / 8)],
                [.. Enumerable.Repeat(DataRate.FromGbps(3600), n)],
                SimTime.FromNanoseconds(600)
            ),
        };
        CollectiveTiming levels = new FluidCollectives(network, All(network)).Of(
            new(CollectiveKind.AllReduce, Bytes(1L << 30), [All(network)], CollectiveAlgorithm.Hierarchical)
        );
        double between = 2.0 * (n / 8 - 1) / (n / 8) * (1L << 27) * 8 / 100e9 * 4150 / 4086,
            inside = 2.0 * 7 / 8 * (1L << 30) * 8 / 3600e9;
        levels.Time.Seconds.ShouldBeInRange(Math.Max(between, inside), between + inside + levels.Fixed.Seconds);
        levels.Time.ShouldBeLessThan(
            new FluidCollectives(network, All(network))
                .Of(new(CollectiveKind.AllReduce, Bytes(1L << 30), [All(network)], CollectiveAlgorithm.Ring))
                .Time
        );
    }

    [Fact]
    public void Groups_that_run_at_once_share_links()
    {
        NetworkDescription network = Pods(8, 4, 2, 1, 1, 100);
        int n = network.HostCount;
        IReadOnlyList<IReadOnlyList<int>> one =

            [
                [.. Enumerable.Range(0, n / 8).Select(i => 8 * i)],
            ],
            eight = [.. Enumerable.Range(0, 8).Select(r => (IReadOnlyList<int>)[.. Enumerable.Range(0, n / 8).Select(i => 8 * i + r)])];
        FluidCollectives times = new(network, All(network));
        CollectiveTiming alone = times.Of(new(CollectiveKind.AllReduce, Bytes(1L << 30), one, CollectiveAlgorithm.Ring)),
            together = times.Of(new(CollectiveKind.AllReduce, Bytes(1L << 30), eight, CollectiveAlgorithm.Ring));
        // Eight hosts of 100G behind two uplinks of 100G.
        ((together.Time - together.Fixed) / (alone.Time - alone.Fixed)).ShouldBe(4, 0.01);
    }

    [Fact]
    public void What_cannot_be_run_is_refused_with_what_can()
    {
        NetworkDescription network = Pods(3, 2, 2, 1, 1, 100);
        FluidCollectives times = new(network, All(network));
        Should
            .Throw<RefusedException>(() =>
                times.Of(new(CollectiveKind.AllReduce, Bytes(1 << 20), [All(network)], CollectiveAlgorithm.HalvingDoubling))
            )
            .Message.ShouldContain("ring");
        Should
            .Throw<RefusedException>(() =>
                times.Of(
                    new(
                        CollectiveKind.AllReduce,
                        Bytes(1 << 20),
                        [
                            [0, 99],
                        ]
                    )
                )
            )
            .Message.ShouldContain("99");
        Should.Throw<RefusedException>(() =>
            times.Of(
                new(
                    CollectiveKind.AllReduce,
                    Bytes(1),
                    [
                        [0, 1],
                        [2, 3, 4],
                    ]
                )
            )
        );
    }

    private static CollectiveTiming? Answer(FluidCollectives times, CollectiveRequest request)
    {
        try
        {
            return times.Of(request);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    // So many of the links between switches.
    private static bool[] Dead(NetworkDescription network, int count, int seed)
    {
        int[] between = [.. Enumerable.Range(0, network.Links.Count).Where(l => !network.Links[l].A.IsHost)];
        var dead = new bool[network.Links.Count];
        var random = new Random(seed);
        for (int i = 0; i < count && between.Length > 0; i++)
        {
            dead[between[random.Next(between.Length)]] = true;
        }
        return dead;
    }

    private static int[] All(NetworkDescription network) => [.. Enumerable.Range(0, network.HostCount)];

    /// <summary>
    /// Planes of pods of leaves and spines; spine i of every pod is joined to super-spine i twice, or, of three pods, to its neighbour too.
    /// </summary>
    private static NetworkDescription Pods(int hosts, int leaves, int spines, int planes, int pods, double spineGbps)
    {
        var switches = new List<SwitchDescription>();
        var links = new List<LinkDescription>();
        var fabric = new List<LinkDescription>();
        for (int plane = 0; plane < planes; plane++)
        {
            int Switch(int tier)
            {
                switches.Add(new SwitchDescription(tier, plane, SimTime.FromPicoseconds(300_000)));
                return switches.Count - 1;
            }
            int[] tops = pods > 1 ? [.. Enumerable.Range(0, spines).Select(_ => Switch(2))] : [];
            for (int pod = 0; pod < pods; pod++)
            {
                int[] middle = [.. Enumerable.Range(0, spines).Select(_ => Switch(1))];
                for (int leaf = 0; leaf < leaves; leaf++)
                {
                    int at = Switch(0);
                    for (int h = 0; h < hosts; h++)
                    {
                        int host = (pod * leaves + leaf) * hosts + h;
                        links.Add(new(NodeId.Host(host), NodeId.Switch(at), DataRate.FromGbps(100), SimTime.FromPicoseconds(500_000)));
                    }
                    foreach (int spine in middle)
                    {
                        fabric.Add(
                            new(NodeId.Switch(at), NodeId.Switch(spine), DataRate.FromGbps(spineGbps), SimTime.FromPicoseconds(500_000))
                        );
                    }
                }
                for (int s = 0; s < tops.Length; s++)
                {
                    for (int k = 0; k < 2; k++)
                    {
                        fabric.Add(
                            new(
                                NodeId.Switch(middle[s]),
                                NodeId.Switch(tops[(s + (pods == 3 ? k : 0)) % spines]),
                                DataRate.FromGbps(spineGbps),
                                SimTime.FromPicoseconds(700_000)
                            )
                        );
                    }
                }
            }
        }
        links.AddRange(fabric);
        return new NetworkDescription(hosts * leaves * pods, switches, links);
    }
}
