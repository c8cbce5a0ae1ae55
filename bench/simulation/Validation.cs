using System.Globalization;
using System.Text;
using System.Text.Json;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Bench;

/// <summary>Runs every case of a folder of reference runs and prints the comparison as a table in Markdown.</summary>
internal static class Validation
{
    public static int Print(string folder, int seeds)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "runs.json")));
        Console.WriteLine(
            "| run | mean us, reference | here (median; least to most) | off | maximum us, reference | here (median; least to most) | off | sent again, reference | here | |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (JsonElement run in document.RootElement.GetProperty("runs").EnumerateArray())
        {
            Row(folder, run, seeds);
        }
        return 0;
    }

    private static void Row(string folder, JsonElement run, int seeds)
    {
        (SimulationOptions options, double gbps) = Options([.. run.GetProperty("options").EnumerateArray().Select(w => w.GetString()!)]);
        var diagnostics = new List<SourceDiagnostic>();
        string Text(string key) => File.ReadAllText(Path.Combine(folder, "inputs", run.GetProperty(key).GetString()!));
        var network = HtsimTopology.Read("topo", Text("topo"), diagnostics)!.Build(gbps);
        var traffic = ConnectionMatrix.Read("tm", Text("tm"), network.HostCount, diagnostics)!;
        List<double> means = [],
            maxima = [],
            again = [];
        JsonElement expect = run.GetProperty("expect");
        bool chained = !expect.TryGetProperty("mean_us", out JsonElement meanElement);
        for (int s = 0; s < seeds; s++)
        {
            SimulationResult result = PacketSimulator.Run(network, traffic, options with { Seed = options.Seed + (ulong)s });
            SimTime[] times = result.CompletionTimes();
            means.Add(times.Average(t => t.Picoseconds) / 1e6);
            maxima.Add(chained ? result.Flows.Max(f => f.Finish)!.Value.Microseconds : times[^1].Microseconds);
            again.Add(result.Packets.Retransmitted);
        }
        double maximum = chained ? expect.GetProperty("last_finish_us").GetDouble() : expect.GetProperty("max_us").GetDouble();
        JsonElement tolerance = run.GetProperty("tolerance_pct");
        double sentAgain = expect.GetProperty("retransmitted").GetDouble();
        double maximumOff = Off(Median(maxima), maximum);
        double meanOff = chained ? 0 : Off(Median(means), meanElement.GetDouble());
        bool met =
            Math.Abs(meanOff) <= tolerance.GetProperty("mean").GetDouble()
            && Math.Abs(maximumOff) <= tolerance.GetProperty("max").GetDouble()
            && ((sentAgain < 55 && Median(again) < 55) || (Median(again) <= 3 * sentAgain && sentAgain <= 3 * Median(again)));
        var line = new StringBuilder();
        string F(double v) => v.ToString("0.###", CultureInfo.InvariantCulture);
        string Span(List<double> v) => v.Count == 1 ? F(v[0]) : $"{F(Median(v))}; {F(v.Min())} to {F(v.Max())}";
        line.Append(CultureInfo.InvariantCulture, $"| {run.GetProperty("name").GetString()} | ");
        line.Append(
            chained
                ? "the last finish is compared | | | "
                : $"{F(meanElement.GetDouble())} | {Span(means)} | {Math.Round(meanOff, 1) + 0.0:+0.0;-0.0;0.0} % | "
        );
        line.Append(
            CultureInfo.InvariantCulture,
            $"{F(maximum)} | {Span(maxima)} | {Math.Round(maximumOff, 1) + 0.0:+0.0;-0.0;0.0} % | {F(sentAgain)} | {F(Median(again))} | {(met ? "met" : "**missed**")} |"
        );
        Console.WriteLine(line.ToString());
    }

    private static double Off(double here, double reference) => 100 * (here - reference) / reference;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static (SimulationOptions Options, double Gbps) Options(string[] words)
    {
        var options = new SimulationOptions { Seed = 13 };
        double gbps = 0;
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            string value = words[i + 1];
            options = words[i] switch
            {
                "--transport" => options with { Transport = value },
                "--load-balancing" => options with { LoadBalancing = value },
                "--paths" => options with { Paths = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = ulong.Parse(value, CultureInfo.InvariantCulture) },
                _ => options,
            };
            if (words[i] == "--linkspeed-gbps")
            {
                gbps = double.Parse(value, CultureInfo.InvariantCulture);
            }
        }
        return (options, gbps);
    }
}
