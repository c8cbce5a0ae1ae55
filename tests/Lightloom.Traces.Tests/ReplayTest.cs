using System.Text;
using Lightloom.Experiments;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Traces.Graph;
using Lightloom.Traces.Replay;

namespace Lightloom.Traces.Tests;

public sealed class ReplayTest : IDisposable
{
    private readonly TraceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Hosts on one switch: two links of half the latency each.</summary>
    private static NetworkDescription Star(int hosts, double gbps, double latencyNs) =>
        new(
            hosts,
            [new(0, 0, SimTime.Zero, "switch")],
            [
                .. Enumerable
                    .Range(0, hosts)
                    .Select(h => new LinkDescription(
                        NodeId.Host(h),
                        NodeId.Switch(0),
                        DataRate.FromGbps(gbps),
                        SimTime.FromNanoseconds(latencyNs / 2)
                    )),
            ]
        );

    /// <summary>Leaves of some hosts and as many spines.</summary>
    private static NetworkDescription LeafSpine(int leaves, int hosts)
    {
        List<LinkDescription> links = [];
        for (int h = 0; h < leaves * hosts; h++)
        {
            links.Add(new(NodeId.Host(h), NodeId.Switch(h / hosts), DataRate.FromGbps(400), SimTime.FromNanoseconds(500)));
        }

        for (int l = 0; l < leaves; l++)
        {
            for (int s = 0; s < hosts; s++)
            {
                links.Add(new(NodeId.Switch(l), NodeId.Switch(leaves + s), DataRate.FromGbps(400), SimTime.FromNanoseconds(500)));
            }
        }

        SwitchDescription[] switches =
        [
            .. Enumerable
                .Range(0, leaves + hosts)
                .Select(i => new SwitchDescription(i < leaves ? 0 : 1, 0, SimTime.FromNanoseconds(500), $"s{i}")),
        ];
        return new(leaves * hosts, switches, links);
    }

    // Hardly any header, so that times are those of the payload.
    private static readonly SimulationOptions Bare = new() { Mtu = DataSize.FromBytes(32767), Header = DataSize.FromBytes(1) };

    private static SimulationResult Run(TraceGraph graph, NetworkDescription network, EngineKind engine, SimulationOptions? options = null)
    {
        TrafficDescription traffic = new ReplayRequest(graph, "test", false).On(Testbed.Of(network), 1);
        SimulationResult result =
            engine == EngineKind.Fluid
                ? FluidSimulator.Run(network, traffic, options ?? new())
                : PacketSimulator.Run(network, traffic, options ?? new());
        result.Unfinished.ShouldBeEmpty();
        foreach (RankResult rank in result.Ranks)
        {
            rank.Ended.ShouldBe(rank.Operations);
            (rank.Compute + rank.Overlapped + rank.Exposed + rank.Idle).ShouldBe(rank.End);
        }

        return result;
    }

    private TraceGraph Goal(string text) => TraceReading.Read(_folder.File("s.goal", text));

    [Theory]
    [InlineData(EngineKind.Packet)]
    [InlineData(EngineKind.Fluid)]
    public void Computation_message_computation_take_the_sum_of_their_times(EngineKind engine)
    {
        // One full packet over two links of 800 Gb/s with a switch between: twice its 41.5 ns, twice 500 ns, once 500 ns.
        NetworkDescription network = new(
            2,
            [new(0, 0, SimTime.FromNanoseconds(500), "s")],
            [
                new(NodeId.Host(0), NodeId.Switch(0), DataRate.FromGbps(800), SimTime.FromNanoseconds(500)),
                new(NodeId.Host(1), NodeId.Switch(0), DataRate.FromGbps(800), SimTime.FromNanoseconds(500)),
            ]
        );
        TraceGraph graph = Goal(
            "num_ranks 2\nrank 0 {\nc: calc 10000\ns: send 4086b to 1\ns requires c\n}\nrank 1 {\nr: recv 4086b from 0\nc: "
                + "calc 5000\nc requires r\n}"
        );
        SimulationResult result = Run(graph, network, engine);
        result.Ranks[1].End.ShouldBe(SimTime.FromNanoseconds(10_000 + 1_583 + 5_000));
        result.Ranks[1].Exposed.ShouldBe(SimTime.FromNanoseconds(11_583));
        result.Ranks[1].Compute.ShouldBe(SimTime.FromNanoseconds(5_000));
        result.Ranks[0].Compute.ShouldBe(SimTime.FromNanoseconds(10_000));
    }

    [Theory]
    [InlineData(EngineKind.Packet)]
    [InlineData(EngineKind.Fluid)]
    public void A_stream_computes_one_thing_at_a_time_and_streams_go_side_by_side(EngineKind engine)
    {
        const string Calculations =
            "num_ranks 2\nrank 0 {{\na: calc 300 cpu 0\nb: calc 500 cpu {0}\nc: calc 200 cpu {0}\nc irequires a\n}}\nrank 1 {{\n}}";
        Run(Goal(string.Format(null, Calculations, 0)), Star(2, 400, 1000), engine).Ranks[0].End.ShouldBe(SimTime.FromNanoseconds(1000));
        Run(Goal(string.Format(null, Calculations, 1)), Star(2, 400, 1000), engine).Ranks[0].End.ShouldBe(SimTime.FromNanoseconds(700));
    }

    [Theory]
    [InlineData(EngineKind.Packet)]
    [InlineData(EngineKind.Fluid)]
    public void A_message_that_comes_early_waits_for_its_receive(EngineKind engine)
    {
        TraceGraph graph = Goal(
            "num_ranks 2\nrank 0 {\nsend 100b to 1\n}\nrank 1 {\nc: calc 90000\nr: recv 100b from 0\nr requires c\nd: calc "
                + "10\nd requires r\n}"
        );
        RankResult rank = Run(graph, Star(2, 400, 1000), engine).Ranks[1];
        rank.End.ShouldBe(SimTime.FromNanoseconds(90_010));
        rank.Exposed.ShouldBe(SimTime.Zero);
    }

    [Fact]
    public void A_long_computation_is_no_standstill()
    {
        TraceGraph graph = Goal(
            "num_ranks 2\nrank 0 {\nc: calc 5000000000\ns: send 1b to 1\ns requires c\n}\nrank 1 {\nr: recv 1b from 0\n}"
        );
        Run(graph, Star(2, 400, 1000), EngineKind.Packet).Ranks[1].End.ShouldBeGreaterThan(SimTime.FromMicroseconds(5_000_000));
    }

    // A ring all-reduce as a schedule: in every step a rank sends what it received in the step before.
    private static string Ring(int ranks, long bytes)
    {
        StringBuilder text = new($"num_ranks {ranks}\n");
        for (int r = 0; r < ranks; r++)
        {
            text.Append(null, $"rank {r} {{\n");
            for (int step = 0; step < 2 * (ranks - 1); step++)
            {
                text.Append(null, $"s{step}: send {bytes / ranks}b to {(r + 1) % ranks} tag {step}\n");
                text.Append(null, $"r{step}: recv {bytes / ranks}b from {(r + ranks - 1) % ranks} tag {step}\n");
                text.Append(step > 0 ? $"s{step} requires r{step - 1}\n" : "");
            }

            text.Append("}\n");
        }

        return text.ToString();
    }

    // What LogGOPSim printed for the same schedules with L = 1000 ns, o = g = 0, G = 0.02 ns a byte.
    [Theory]
    [InlineData(8, 2_362_808)]
    [InlineData(64, 2_768_346)]
    public void Rings_take_as_long_as_LogGOPSim_says(int ranks, long nanoseconds)
    {
        TraceGraph graph = Goal(Ring(ranks, 64 << 20));
        SimTime end = Run(graph, Star(ranks, 400, 1000), EngineKind.Fluid, Bare).Ranks.Max(r => r.End);
        // The last acknowledgement, and each step's first packet stored at the switch, are ours alone.
        (end.Nanoseconds / nanoseconds).ShouldBeInRange(0.999, 1.04);
        double steps = 2 * (ranks - 1);
        double storeAndForward = 32767 * 8 / 400.0;
        (end.Nanoseconds - steps * storeAndForward).ShouldBeInRange(nanoseconds * 0.9995, nanoseconds * 1.001 + 1000);
    }

    [Theory]
    [InlineData(EngineKind.Packet)]
    [InlineData(EngineKind.Fluid)]
    public void Pipelines_take_as_long_as_ASTRA_sim_says(EngineKind engine)
    {
        // GPipe over four stages and four micro-batches: 1,000 us forward, 2,000 us backward, 16 MiB between stages at 50 GB/s and twice
        // 500 ns.
        // ASTRA-sim's analytical backend printed 16,346,176 ns for the stage that is done first and 23,019,264 ns for the last.
        const int Stages = 4,
            Batches = 4;
        for (int stage = 0; stage < Stages; stage++)
        {
            ChakraWriter w = new();
            ulong next = 1,
                last = 0;
            ulong[] After(params ulong[] some) => [.. some.Where(s => s > 0)];
            for (int pass = 0; pass < 2; pass++)
            {
                int from = pass == 0 ? stage - 1 : stage + 1,
                    to = pass == 0 ? stage + 1 : stage - 1;
                for (int m = 0; m < Batches; m++)
                {
                    ulong received = 0;
                    if (from is >= 0 and < Stages)
                    {
                        received = next++;
                        w.Receive(received, 16 << 20, from, 10 * pass + m);
                    }

                    ulong computed = next++;
                    w.Compute(computed, pass == 0 ? 1000UL : 2000, After(received, last));
                    last = computed;
                    if (to is >= 0 and < Stages)
                    {
                        w.Send(next++, 16 << 20, to, 10 * pass + m, computed);
                    }
                }
            }

            _folder.File($"p.{stage}.et", w.Bytes);
        }

        SimulationResult result = Run(TraceReading.Read(_folder.Path), Star(Stages, 400, 1000), engine, Bare);
        (result.Ranks.Min(r => r.End).Nanoseconds / 16_346_176).ShouldBeInRange(0.999, 1.002);
        (result.Ranks.Max(r => r.End).Nanoseconds / 23_019_264).ShouldBeInRange(0.999, 1.002);
    }

    [Fact]
    public void Data_parallel_training_takes_as_long_as_ASTRA_sim_says()
    {
        // Eight layers over 64 ranks, 2,000 us forward and 4,000 us backward each, 64 MiB all-reduced a layer while the next computes:
        // ASTRA-sim's analytical backend printed 50,894,411 ns, with 10 ns before each message and a reduction at 1,600 GB/s.
        const int Layers = 8,
            Ranks = 64;
        ChakraWriter w = new();
        ulong next = 1;
        for (int layer = 0; layer < Layers; layer++)
        {
            w.Compute(next, 2000, next > 1 ? [next - 1] : []);
            next++;
        }

        ulong last = next - 1;
        for (int layer = 0; layer < Layers; layer++)
        {
            w.Compute(next, 4000, last);
            last = next++;
            w.Collective(next++, 0, 64 << 20, null, last);
        }

        for (int rank = 0; rank < Ranks; rank++)
        {
            _folder.File($"d.{rank}.et", w.Bytes);
        }

        SimulationResult result = Run(TraceReading.Read(_folder.Path), Star(Ranks, 400, 1000), EngineKind.Fluid, Bare);
        (result.Ranks.Max(r => r.End).Nanoseconds / 50_894_411).ShouldBeInRange(0.995, 1.005);
        RankResult one = result.Ranks[0];
        (one.Compute + one.Overlapped).ShouldBe(SimTime.FromMicroseconds(48_000));
    }

    public static TheoryData<int, string, int> Collectives =>
        new()
        {
            { 0, "all-reduce", 1 },
            { 7, "reduce-scatter", 1 },
            { 6, "all-to-all", 1 },
            { 5, "broadcast", 1 },
            { 2, "all-gather", 8 },
        };

    [Theory]
    [MemberData(nameof(Collectives))]
    public void A_collective_of_a_trace_takes_as_long_as_the_workload_of_that_name(int type, string workload, int shards)
    {
        const long Bytes = 1 << 20;
        NetworkDescription network = LeafSpine(2, 4);
        for (int rank = 0; rank < 8; rank++)
        {
            _folder.File($"c.{rank}.et", new ChakraWriter().Collective(1, type, Bytes / shards).Bytes);
        }

        SimTime replayed = Run(TraceReading.Read(_folder.Path), network, EngineKind.Fluid).Ranks.Max(r => r.End);
        TrafficDescription traffic = Workload.Create(workload, [.. Enumerable.Range(0, 8)], DataSize.FromBytes(Bytes), window: 8);
        FluidSimulator.Run(network, traffic, new()).Flows.Max(f => f.Finish!.Value).ShouldBe(replayed);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        for (int rank = 0; rank < 16; rank++)
        {
            _folder.File(
                $"c.{rank}.et",
                new ChakraWriter()
                    .Compute(1, (ulong)(5 + rank))
                    .Collective(2, 0, 400_000, null, 1)
                    .Send(3, 70_000, (rank + 5) % 16, 9, 1)
                    .Receive(4, 70_000, (rank + 11) % 16, 9)
                    .Compute(5, 3, 3, 4)
                    .Collective(6, 6, 200_000, null, 5)
                    .Bytes
            );
        }

        TraceGraph graph = TraceReading.Read(_folder.Path);
        SimulationResult one = Run(graph, LeafSpine(4, 4), EngineKind.Packet),
            two = Run(graph, LeafSpine(4, 4), EngineKind.Packet, new() { Threads = 2 });
        two.Threads.ShouldBe(2);
        two.ResultHash.ShouldBe(one.ResultHash);
        two.Ranks.ShouldBe(one.Ranks);
    }

    [Fact]
    public void More_ranks_than_hosts_are_refused_in_words()
    {
        TraceGraph graph = Goal("num_ranks 3\nrank 0 {\n}\nrank 1 {\n}\nrank 2 {\n}");
        Should
            .Throw<RefusedException>(() => new ReplayRequest(graph, "x", false).On(Testbed.Of(Star(2, 400, 1000)), 1))
            .Message.ShouldContain("3 ranks and the network 2 hosts");
    }
}
