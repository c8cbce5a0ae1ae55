using System.Diagnostics;
using System.Globalization;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Bench;

/// <summary>
/// The same hosts, links and traffic three ways, in turn in one process: endpoint-scheduled packets, cells as bursts, true cells. Prints
/// CPU time, time a hop, and how far the two cell modes are apart.
/// </summary>
internal static class CellComparison
{
    private const int HostsPerLeaf = 16;
    private const int Spines = 18;

    public static int Print(int hosts, long bytes, int rounds, string transport)
    {
        NetworkDescription network = Network(hosts);
        TrafficDescription traffic = Workload.Create("permutation", [.. Enumerable.Range(0, hosts)], DataSize.FromBytes(bytes), seed: 3);
        var packets = new SimulationOptions { Transport = transport, LoadBalancing = "oblivious" };
        (string Name, SimulationOptions Options)[] ways =
        [
            ("packets", packets),
            ("bursts", packets with { Cells = new CellOptions { Mode = CellMode.Bursts } }),
            ("cells", packets with { Cells = new CellOptions { Mode = CellMode.Cells } }),
        ];
        var seconds = ways.ToDictionary(w => w.Name, _ => new List<double>());
        var results = new Dictionary<string, SimulationResult>();
        // The first round compiles.
        for (int round = 0; round <= rounds; round++)
        {
            foreach ((string name, SimulationOptions options) in ways)
            {
                TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
                results[name] = PacketSimulator.Run(network, traffic, options);
                double used = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
                if (round > 0)
                {
                    seconds[name].Add(used);
                }
            }
        }
        Console.WriteLine(
            $"{hosts} hosts at 800G, {HostsPerLeaf} a leaf with {Spines} links up, permutation of {bytes} bytes, {transport}, median of {rounds}"
        );
        Console.WriteLine("| way | CPU s | hops | events | ns a hop | mean us | slowest us | packet latency p50, p99 us |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach ((string name, _) in ways)
        {
            SimulationResult r = results[name];
            double median = seconds[name].Order().ElementAt(rounds / 2);
            SimTime[] times = r.CompletionTimes();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {median:0.00} | {r.PacketHops / 1e6:0.00} M | {r.Events / 1e6:0.00} M | {median / r.PacketHops * 1e9:0} | {times.Average(t => t.Microseconds):0.000} | {times[^1].Microseconds:0.000} | {r.Latency.P50.Microseconds:0.000}, {r.Latency.P99.Microseconds:0.000} |"
                )
            );
        }
        return 0;
    }

    private static NetworkDescription Network(int hosts)
    {
        int leaves = (hosts + HostsPerLeaf - 1) / HostsPerLeaf;
        var switches = new List<SwitchDescription>();
        var links = new List<LinkDescription>();
        for (int s = 0; s < leaves + Spines; s++)
        {
            switches.Add(new SwitchDescription(s < leaves ? 0 : 1, 0, SimTime.FromNanoseconds(300)));
        }
        for (int h = 0; h < hosts; h++)
        {
            links.Add(
                new LinkDescription(NodeId.Host(h), NodeId.Switch(h / HostsPerLeaf), DataRate.FromGbps(800), SimTime.FromNanoseconds(500))
            );
        }
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            for (int s = 0; s < Spines; s++)
            {
                links.Add(
                    new LinkDescription(
                        NodeId.Switch(leaf),
                        NodeId.Switch(leaves + s),
                        DataRate.FromGbps(800),
                        SimTime.FromNanoseconds(500)
                    )
                );
            }
        }
        return new NetworkDescription(hosts, switches, links);
    }
}
