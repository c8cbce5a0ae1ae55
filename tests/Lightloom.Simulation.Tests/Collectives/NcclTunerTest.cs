using System.Globalization;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Collectives;

/// <summary>
/// NCCL's cost model: what it chooses, and how far it is from measured all-reduces inside a node. One set of assumptions a generation, none
/// fitted to a row; <c>docs/validation/collectives.md</c> has the table.
/// </summary>
public sealed class NcclTunerTest
{
    /// <summary>What every call of the measured series took at least: its profiler's and framework's launch, as its small sizes show.</summary>
    private static readonly SimTime Launch = SimTime.FromMicroseconds(36);

    [Theory]
    [InlineData(1 << 10, "ll")]
    [InlineData(1L << 30, "simple")]
    public void Small_sizes_take_the_protocol_of_low_latency_and_large_ones_that_of_full_rate(long bytes, string protocol) =>
        NcclTuner.Choose(Node("h100_dgx", 8), CollectiveKind.AllGather, Bytes(bytes)).Protocol.ShouldBe(protocol);

    [Fact]
    public void A_ring_of_large_size_reaches_its_bus_bandwidth()
    {
        NcclChoice ring = NcclTuner
            .All(Node("a100_dgx", 8) with { Launch = SimTime.Zero }, CollectiveKind.AllReduce, Bytes(1L << 33))
            .Single(c => c is { Algorithm: "ring", Protocol: "simple" });
        double bus = (1L << 33) / ring.Time.Seconds * 2 * 7 / 8;
        bus.ShouldBe(240e9, 0.01 * 240e9);
    }

    [Fact]
    public void Trees_win_over_many_nodes_where_latency_counts()
    {
        NcclGroup nodes = new()
        {
            Ranks = 1024,
            Nodes = 128,
            ScaleUp = DataRate.FromGbps(8 * 370),
            Nics = DataRate.FromGbps(8 * 388),
        };
        NcclTuner.Choose(nodes, CollectiveKind.AllReduce, Bytes(64 << 10)).Algorithm.ShouldBe("tree");
        NcclTuner.Choose(nodes, CollectiveKind.AllReduce, Bytes(1L << 36)).Algorithm.ShouldBe("ring");
    }

    /// <summary>NCCL's tuning.cc: a Simple tree keeps half of its rate at 256 KiB; LL gets 141 GB/s on a node of H100.</summary>
    [Fact]
    public void Trees_lose_by_size_and_low_latency_is_bounded_by_the_generation()
    {
        NcclGroup node = Node("h100_dgx", 8) with { Launch = SimTime.Zero, ScaleUp = DataRate.FromGbps(8 * 400) };
        double Rate(string algorithm, string protocol, long bytes)
        {
            double At(long size) =>
                NcclTuner
                    .All(node, CollectiveKind.AllReduce, Bytes(size))
                    .Single(c => c.Algorithm == algorithm && c.Protocol == protocol)
                    .Time.Seconds;
            // The time of nearly nothing is latency.
            return bytes / (At(bytes) - At(1));
        }

        Rate("tree", "simple", 256 << 10).ShouldBe(0.5 * 0.5 * 0.92 * 400e9, 1e9);
        Rate("tree", "simple", 1L << 32).ShouldBe(0.5 * 0.92 * 400e9, 1e9);
        Rate("ring", "ll", 1L << 32).ShouldBe(141e9 * 8 / 14, 1e9);
        (node with { Channels = 4 }).Channels.ShouldBe(4);
        NcclTuner
            .All(node with { Channels = 4 }, CollectiveKind.AllReduce, Bytes(1L << 32))
            .Single(c => c is { Algorithm: "ring", Protocol: "ll128" })
            .Time.Seconds.ShouldBe((1L << 32) / (4 * 36.7e9 * 8 / 14), 1e-3);
    }

    [Fact]
    public void What_it_does_not_tune_is_refused() =>
        Should
            .Throw<RefusedException>(() => NcclTuner.Choose(Node("h100_dgx", 8), CollectiveKind.AllToAll, Bytes(1)))
            .Message.ShouldContain("all-reduce");

    [Fact]
    public void Measured_all_reduces_inside_a_node_are_within_the_errors_that_the_page_has()
    {
        List<double> errors = [];
        string page = File.ReadAllText(Path.Combine(TestNetwork.Root, "docs", "validation", "collectives.md"));
        foreach (string[] row in Rows())
        {
            (int ranks, long bytes) = (int.Parse(row[2], CultureInfo.InvariantCulture), long.Parse(row[4], CultureInfo.InvariantCulture));
            double measured = 1000 * double.Parse(row[5], CultureInfo.InvariantCulture);
            NcclChoice choice = NcclTuner.Choose(Node(row[0], ranks), CollectiveKind.AllReduce, Bytes(bytes));
            double error = choice.Time.Microseconds / measured - 1;
            errors.Add(Math.Abs(error));
            page.ShouldContain(Line(row[0], ranks, bytes, measured, choice, error));
        }

        errors.Count.ShouldBe(42);
        errors.Order().ElementAt(21).ShouldBeLessThan(0.24, "the median");
        errors.Count(e => e < 0.5).ShouldBe(40);
    }

    private static string Line(string platform, int ranks, long bytes, double measured, NcclChoice choice, double error) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {platform} | {ranks} | {bytes} | {measured:0} | {choice.Time.Microseconds:0.0} | {choice.Algorithm} {choice.Protocol} "
                + $"| {100 * error:+0;-0;0} % |"
        );

    // NVLink: 18 links of 20.6 GB/s and reductions in the switches over all eight, or 12 links of 20 GB/s without.
    private static NcclGroup Node(string platform, int ranks) =>
        new()
        {
            Ranks = ranks,
            ScaleUp = DataRate.FromGbps(8 * (platform == "h100_dgx" ? 18 * 20.6 : 12 * 20)),
            Nvls = DataRate.FromGbps(platform == "h100_dgx" && ranks == 8 ? 8 * 475 : 0),
            Generation = platform == "h100_dgx" ? NcclGeneration.Hopper : NcclGeneration.Ampere,
            Launch = Launch,
        };

    private static IEnumerable<string[]> Rows() =>
        File.ReadAllLines(Path.Combine(TestNetwork.Root, "tests", "reference", "collectives", "measured-intranode.csv"))
            .Skip(1)
            .Select(l => l.Split(','))
            .Where(r => r[2] == r[3]);
}
