using System.Globalization;
using System.Text.Json;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Engine;

/// <summary>The options of a reference run, written as on our command line.</summary>
internal static class ReferenceOptions
{
    public static (SimulationOptions Options, double Gbps, int DegradedSpines) Read(JsonElement list)
    {
        var options = new SimulationOptions { Seed = 13 };
        double gbps = 0;
        int degraded = 0;
        string[] words = [.. list.EnumerateArray().Select(w => w.GetString()!)];
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] == "--no-trim")
            {
                options = options with { Trim = false };
                continue;
            }
            string name = words[i++];
            string value = words[i];
            switch (name)
            {
                case "--transport":
                    options = options with { Transport = value };
                    break;
                case "--load-balancing":
                    options = options with { LoadBalancing = value };
                    break;
                case "--linkspeed-gbps":
                    gbps = double.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "--paths":
                    options = options with { Paths = Whole(value) };
                    break;
                case "--mtu":
                    options = options with { Mtu = Bytes(Whole(value)) };
                    break;
                case "--queue-bytes":
                    options = options with { Queue = Bytes(Whole(value)) };
                    break;
                case "--ecn-bytes":
                    string[] marks = value.Split(',');
                    options = options with { EcnLow = Bytes(Whole(marks[0])), EcnHigh = Bytes(Whole(marks[1])) };
                    break;
                case "--degrade-spines":
                    // Every reference run degrades to a quarter, which is the reader's default.
                    string[] parts = value.Split('@');
                    parts[1].ShouldBe("0.25");
                    degraded = Whole(parts[0]);
                    break;
                case "--seed":
                    options = options with { Seed = ulong.Parse(value, CultureInfo.InvariantCulture) };
                    break;
                default:
                    throw new InvalidOperationException("unknown option " + name);
            }
        }
        return (options, gbps, degraded);
    }

    private static int Whole(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
