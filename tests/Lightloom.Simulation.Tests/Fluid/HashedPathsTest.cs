using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Fluid;

/// <summary>The fluid's flows take the links that the packet engine's switches hash their packets to.</summary>
public sealed class HashedPathsTest
{
    private const long Size = 400_000;

    public static TheoryData<string, string, ulong> Networks { get; } =
        new()
        {
            { "two tiers", "dcqcn", 1 },
            { "two tiers", "ideal", 7 },
            { "two tiers", "swift", 2 },
            { "three tiers", "ideal", 3 },
            { "three tiers", "nscc", 4 },
            { "two planes", "dcqcn", 5 },
            { "two planes", "ideal", 6 },
        };

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_flow_that_keeps_to_one_path_has_the_path_of_its_packets(string shape, string transport, ulong seed)
    {
        (NetworkDescription network, TrafficDescription traffic) = Of(shape);
        SimulationOptions options = new()
        {
            Transport = transport,
            LoadBalancing = "ecmp",
            Seed = seed,
            PlanePolicy = transport == "dcqcn" ? PlanePolicy.Stripe : PlanePolicy.ShortestQueue,
        };
        Dictionary<(int, bool), double> packets = Sent(PacketSimulator.Run(network, traffic, options)),
            fluid = Sent(FluidSimulator.Run(network, traffic, options));
        // Acknowledgements of 64 bytes come back over links of their own, and what is lost is sent again.
        foreach (((int, bool) link, double bytes) in fluid)
        {
            packets.GetValueOrDefault(link).ShouldBeGreaterThan(0.97 * bytes, $"link {link}");
        }
        foreach (((int Link, bool) link, double bytes) in packets.Where(p => !network.Links[p.Key.Item1].A.IsHost))
        {
            (bytes > 0.3 * Size).ShouldBe(fluid.GetValueOrDefault(link) > 0.3 * Size, $"link {link}: {bytes} in packets");
        }
    }

    [Theory]
    [InlineData("two tiers", 1, "oblivious", Size)]
    [InlineData("three tiers", 2, "oblivious", Size)]
    [InlineData("two tiers", 3, "oblivious", 40_000)]
    [InlineData("three tiers", 4, "bitmap", 40_000)]
    [InlineData("two tiers", 5, "reps", 20_000)]
    [InlineData("two tiers", 6, "reps", Size)]
    public void A_sprayed_flow_loads_links_as_the_paths_that_it_draws(string shape, ulong seed, string balancing, long size)
    {
        (NetworkDescription network, TrafficDescription traffic) = Of(shape, size);
        SimulationOptions options = new()
        {
            Transport = "ideal",
            LoadBalancing = balancing,
            Paths = 32,
            Seed = seed,
        };
        // Everything by drawn paths, nothing evenly.
        FluidTerms all = new()
        {
            Transport = "ideal",
            LoadBalancing = balancing,
            Spreads = [new(1, 0, 1)],
        };
        double[] fluid = new double[2 * network.Links.Count];
        FluidPaths paths = PathsOf(network, traffic, options, all);
        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            paths.Account(f, options.WireSizeOf(traffic.Flows[f].Size).Bytes, fluid);
        }
        Dictionary<(int, bool), double> packets = Sent(PacketSimulator.Run(network, traffic, options));
        double misses = 0,
            even = 0,
            total = 0;
        int[] used = [.. Enumerable.Range(0, fluid.Length).Where(r => fluid[r] > 0 && !network.Links[r >> 1].A.IsHost)];
        double mean = used.Average(r => fluid[r]);
        foreach (int r in used)
        {
            double sent = packets.GetValueOrDefault((r >> 1, (r & 1) == 0));
            misses += Math.Abs(sent - fluid[r]);
            even += Math.Abs(sent - mean);
            total += sent;
        }
        // The last round over the paths is cut off, and acknowledgements share the links; reps leaves what came back marked.
        bool exact = balancing != "reps" || size < Size;
        (misses / total).ShouldBeLessThan(exact ? 0.05 : 0.2);
        if (exact)
        {
            misses.ShouldBeLessThan(0.4 * even);
        }
    }

    private static FluidPaths PathsOf(
        NetworkDescription network,
        TrafficDescription traffic,
        SimulationOptions options,
        FluidTerms terms
    ) =>
        new(
            network,
            traffic,
            options,
            new bool[network.Links.Count],
            [.. network.Links.SelectMany(l => new[] { l.Rate.BitsPerSecond, l.Rate.BitsPerSecond })],
            new bool[traffic.Flows.Count],
            terms
        );

    /// <summary>A fabric of 64 ports a switch: a flow between pods has 2 x 1,024 + 2 x 32 links between switches.</summary>
    [Theory]
    [InlineData(400, true)]
    [InlineData(4000, false)]
    public void Flows_that_would_keep_too_many_links_go_by_the_law(int flows, bool drawn)
    {
        NetworkDescription network = CalibrationShape.Usual.ThreeTiers(16, 2, 32, 2, 32);
        SimulationOptions options = new() { Transport = "ideal", LoadBalancing = "oblivious" };
        FluidTerms terms = new()
        {
            Transport = "ideal",
            LoadBalancing = "oblivious",
            Spreads = [new(1, 0, 1)],
        };
        TrafficDescription traffic = new([
            .. Enumerable.Range(0, flows).Select(f => new FlowDescription(f % 32, 32 + f % 32, Bytes(400_000))),
        ]);
        PathsOf(network, traffic, options, terms).DrawsPaths.ShouldBe(drawn);
    }

    [Fact]
    public void Colliding_flows_end_when_packets_under_ideal_rates_do()
    {
        (NetworkDescription network, TrafficDescription traffic) = Of("two tiers");
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            SimulationOptions options = new()
            {
                Transport = "ideal",
                LoadBalancing = "ecmp",
                Seed = seed,
            };
            double packets = PacketSimulator.Run(network, traffic, options).Flows.Max(f => f.FinishPicoseconds);
            double fluid = FluidSimulator.Run(network, traffic, options).Flows.Max(f => f.FinishPicoseconds);
            fluid.ShouldBe(packets, 0.03 * packets);
        }
    }

    private static (NetworkDescription, TrafficDescription) Of(string shape, long size = Size)
    {
        NetworkDescription network = shape switch
        {
            "three tiers" => CalibrationShape.Usual.ThreeTiers(4, 3, 4, 3, 2),
            "two planes" => TestNetwork.LeafSpine(4, 4, 4, 400, planes: 2),
            _ => TestNetwork.LeafSpine(6, 5, 4, 400),
        };
        int[] hosts = [.. Enumerable.Range(0, network.HostCount)];
        return (network, Workload.Create("permutation", hosts, Bytes(size), 5));
    }

    private static Dictionary<(int, bool), double> Sent(SimulationResult result) =>
        result.Links.ToDictionary(l => (l.Link, l.Upwards), l => (double)l.Bytes);
}
