using System.Globalization;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Collectives;

/// <summary>Against runs of ASTRA-sim's analytical backends: every one over one dimension that has a closed form.</summary>
public sealed class AstraModelTest
{
    private static readonly Dictionary<string, CollectiveKind> Kinds = new()
    {
        ["AR"] = CollectiveKind.AllReduce,
        ["all_reduce"] = CollectiveKind.AllReduce,
        ["AG"] = CollectiveKind.AllGather,
        ["all_gather"] = CollectiveKind.AllGather,
        ["RS"] = CollectiveKind.ReduceScatter,
        ["reduce_scatter"] = CollectiveKind.ReduceScatter,
        ["A2A"] = CollectiveKind.AllToAll,
        ["all_to_all"] = CollectiveKind.AllToAll,
    };

    private static AstraDimension Usual { get; } =
        new()
        {
            Ranks = 8,
            GibibytesPerSecond = 50,
            Latency = SimTime.FromNanoseconds(500),
        };

    public static TheoryData<string> Runs
    {
        get
        {
            TheoryData<string> cases = [];
            foreach (Dictionary<string, string> row in Rows())
            {
                if (!row["dims"].Contains('x') && row["algorithm"] != "doubleBinaryTree" && row["cycles_max"].Length > 0)
                {
                    cases.Add(row["case"]);
                }
            }

            return cases;
        }
    }

    [Fact]
    public void The_reference_has_34_such_runs() => Runs.Count.ShouldBe(34);

    /// <summary>
    /// A pipeline of 4 stages and 4 micro-batches of 1 and 2 ms, 16 MiB between stages: its first stage ends after 21 ms of computation and
    /// six messages in ASTRA-sim's runs (astra-sim-training.csv, pp4_gpipe_M4).
    /// </summary>
    [Theory]
    [InlineData(false, 23_019_264)]
    [InlineData(true, 25_032_528)]
    public void A_message_between_two_ranks_is_met_to_the_nanosecond(bool aware, long end)
    {
        AstraDimension dimension = new()
        {
            Ranks = 4,
            GibibytesPerSecond = 46.5661287307739,
            Latency = SimTime.FromNanoseconds(500),
            CongestionAware = aware,
        };
        SimTime message = AstraModel.Time(dimension, CollectiveKind.SendReceive, AstraAlgorithm.Direct, DataSize.FromBytes(16 << 20));
        message.Nanoseconds.ShouldBe((end - 21_000_000) / 6.0);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_is_met_to_the_nanosecond(string name)
    {
        Dictionary<string, string> row = Rows().Single(r => r["case"] == name);
        AstraDimension dimension = new()
        {
            Topology = CollectiveWords.AstraTopologies.Find(row["topology"]),
            Ranks = int.Parse(row["npus"], CultureInfo.InvariantCulture),
            GibibytesPerSecond = Number(row, "bw_GiBps"),
            Latency = SimTime.FromNanoseconds(Number(row, "lat_ns")),
            Splits = (int)Number(row, "splits"),
            ActiveChunks = (int)Number(row, "active_chunks"),
            EndpointDelay = SimTime.FromNanoseconds(Number(row, "endpoint_delay_ns")),
            MemoryGigabytesPerSecond = Number(row, "local_mem_bw_GBps"),
            CongestionAware = row["backend"] == "Aware",
        };
        AstraAlgorithm algorithm = CollectiveWords.AstraAlgorithms.Find(row["algorithm"]);
        DataSize size = DataSize.FromBytes((long)Number(row, "bytes"));
        AstraModel.Time(dimension, Kinds[row["collective"]], algorithm, size).Nanoseconds.ShouldBe(Number(row, "cycles_max"));
    }

    [Theory]
    [InlineData(AstraAlgorithm.OneRing, AstraAlgorithm.Ring)]
    [InlineData(AstraAlgorithm.OneDirect, AstraAlgorithm.Direct)]
    public void Over_one_dimension_one_algorithm_over_all_is_the_plain_one(AstraAlgorithm all, AstraAlgorithm plain) =>
        AstraModel
            .Time(Usual, CollectiveKind.AllReduce, all, DataSize.FromBytes(1 << 20))
            .ShouldBe(AstraModel.Time(Usual, CollectiveKind.AllReduce, plain, DataSize.FromBytes(1 << 20)));

    [Fact]
    public void What_has_no_closed_form_is_refused_with_what_has()
    {
        Refusal(Usual with { Ranks = 6 }, CollectiveKind.AllReduce, AstraAlgorithm.HalvingDoubling).ShouldContain("4 and 8");
        Refusal(Usual, CollectiveKind.AllToAll, AstraAlgorithm.HalvingDoubling).ShouldContain("direct");
        Refusal(Usual, CollectiveKind.Broadcast, AstraAlgorithm.Ring).ShouldContain("all-gather");
        Refusal(Usual with { Topology = AstraTopology.Ring }, CollectiveKind.AllReduce, AstraAlgorithm.Direct).ShouldContain("switch");
        Refusal(
                Usual with
                {
                    CongestionAware = true,
                    Splits = 64,
                    ActiveChunks = 64,
                },
                CollectiveKind.AllReduce,
                AstraAlgorithm.Ring,
                1 << 30
            )
            .ShouldContain("--active-chunks");
    }

    private static string Refusal(AstraDimension dimension, CollectiveKind kind, AstraAlgorithm algorithm, long bytes = 1 << 20) =>
        Should.Throw<RefusedException>(() => AstraModel.Time(dimension, kind, algorithm, DataSize.FromBytes(bytes))).Message;

    private static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    private static IEnumerable<Dictionary<string, string>> Rows()
    {
        string[] lines = File.ReadAllLines(Path.Combine(TestNetwork.Root, "tests", "reference", "collectives", "astra-sim.csv"));
        string[] columns = lines[0].Split(',');
        return lines.Skip(1).Select(l => columns.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second));
    }
}
