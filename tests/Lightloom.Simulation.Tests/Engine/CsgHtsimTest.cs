using System.Text.Json;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Engine;

/// <summary>
/// Runs of csg-htsim at equal packets: means within 3 % of its own, NDP's within 5, where flows are hashed to paths within 8; the slowest
/// within 6.5 and 25 % or its seeds' own spread. All of them, misses too, are in <c>docs/validation/csg-htsim.md</c>.
/// </summary>
public class CsgHtsimTest
{
    /// <summary>What does not agree, with its reason.</summary>
    private static readonly Dictionary<string, string> KnownGaps = new()
    {
        ["hpcc tornado 128 x 1 MB"] =
            "csg's HPCC leaves a tenth of a shared link idle (its T is 12 us, the round trip 14): the slowest 26 % earlier, the mean within 4 %",
    };

    public static TheoryData<string> Names()
    {
        using JsonDocument document = Load();
        return
        [
            .. document
                .RootElement.GetProperty("runs")
                .EnumerateArray()
                .Select(r => r.GetProperty("name").GetString()!)
                .Where(n => !KnownGaps.ContainsKey(n)),
        ];
    }

    private static string Folder(string name) => Path.Combine(TestNetwork.Root, "tests", "reference", name);

    private static JsonDocument Load() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder("csg-htsim"), "runs.json")));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_mean_and_the_slowest_are_those_of_csg_htsim(string name)
    {
        using JsonDocument document = Load();
        JsonElement run = document.RootElement.GetProperty("runs").EnumerateArray().First(r => r.GetProperty("name").GetString() == name);
        TransportDescription transport = Transports.Find(run.GetProperty("transport").GetString()!);
        string inputs = Folder(run.GetProperty("inputs").GetString()!);
        NetworkDescription network = TestNetwork.Topology(run.GetProperty("topo").GetString()!, 100, folder: Folder("htsim"));
        TrafficDescription traffic = TestNetwork.Matrix(run.GetProperty("tm").GetString()!, network.HostCount, inputs);
        SimulationOptions options = new()
        {
            Transport = transport.Name,
            Preset = transport.Name == "hpcc" ? "hpcc-htsim" : null,
            LoadBalancing = transport.LoadBalancing,
            FlowControl = transport.FlowControl,
            Paths = 128,
        };
        SimulationResult[] results =
        [
            .. new ulong[] { 1, 2, 3 }.Select(seed => PacketSimulator.Run(network, traffic, options with { Seed = seed })),
        ];

        bool hashed = transport.InOrder && !name.Contains("incast", StringComparison.Ordinal);
        double[] means = Figures(run, "mean_us");
        double[] slowest = Figures(run, "max_us");
        double mean = means.Average();
        results
            .Average(TestNetwork.MeanMicroseconds)
            .ShouldBe(
                mean,
                mean
                    * (
                        hashed ? 0.08
                        : transport.Name == "ndp" ? 0.05
                        : 0.03
                    )
            );
        double share = hashed ? 0.25 : 0.065;
        double most = slowest.Average();
        results
            .Average(TestNetwork.MaximumMicroseconds)
            .ShouldBeInRange(Math.Min(most * (1 - share), slowest.Min()), Math.Max(most * (1 + share), slowest.Max()));
    }

    private static double[] Figures(JsonElement run, string name) => [.. run.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
}
