using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Calibration;

/// <summary>
/// Measures what a transport and a load balancing take longer than the ideal fluid: small networks of one shape are run in packets, the
/// terms are fitted to them, and other networks, patterns and sizes say how far off the terms are.
/// </summary>
/// <param name="shape">Rates and delays of the networks.</param>
/// <param name="options">The engine's options for a network, by number of paths and seed.</param>
/// <param name="seeds">Seeds that every figure is the mean of, at least 1.</param>
public sealed class Calibrator(CalibrationShape shape, Func<NetworkDescription, int, ulong, SimulationOptions> options, int seeds = 3)
{
    // Of a step by even shares, in round trips: where spread is measured.
    private static readonly double[] Lengths = [1.5, 6, 24, 96];
    private static readonly int[] Paths = [16, 64, 256];
    private const int UsualPaths = 64;
    private const int FanHosts = 16;

    // A pair that is slower than that has no use for a figure.
    private const double MostTimesIdeal = 100;

    private readonly NetworkDescription _leaf = shape.LeafSpine(FanHosts, 1, 0);
    private readonly NetworkDescription _full = shape.LeafSpine(8, 8, 8);
    private readonly NetworkDescription _wide = shape.LeafSpine(16, 4, 16);
    private readonly NetworkDescription _half = shape.LeafSpine(8, 8, 4);

    /// <summary>Stops between runs.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told what is run next, or null.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Fits the terms and holds them against what they were not fitted to.</summary>
    /// <exception cref="RefusedException">The pair does not bring its packets through one of the networks.</exception>
    public CalibrationResult Run()
    {
        SimulationOptions own = options(_full, UsualPaths, 1);
        FluidTerms terms = new() { Transport = own.Transport, LoadBalancing = own.LoadBalancing };
        terms = Hosts(terms);
        terms = terms with { Spreads = [.. Lengths.Select(l => Spread(terms, l))] };
        terms = terms with { Chain = Chain(terms) };
        List<CalibrationCase> cases = [.. HeldOut(terms)];
        return new(terms with { Error = cases.Average(c => Math.Abs(c.Error)), Cases = cases.Count, MeasuredRate = shape.HostRate }, cases);
    }

    // A neighbour on the same leaf, short and long, gives what a start and what a byte takes; everybody to everybody there, what many do.
    private FluidTerms Hosts(FluidTerms terms)
    {
        (long small, long large) = (256 << 10, 4 << 20);
        SimulationOptions own = options(_leaf, UsualPaths, 1);
        (double first, double second) = (Extra(Shift(_leaf, 1, small), 1), Extra(Shift(_leaf, 1, large), 1));
        double byteTime = 8e12 / shape.HostRate.BitsPerSecond;
        double wires = own.WireSizeOf(DataSize.FromBytes(large)).Bytes - (double)own.WireSizeOf(DataSize.FromBytes(small)).Bytes;
        double host = Math.Max(0, (second - first) / (wires * byteTime));
        double roundTrip = FluidTerms.RoundTripOf(LeafLatency, byteTime, own);
        double start = Math.Max(0, (first - host * own.WireSizeOf(DataSize.FromBytes(small)).Bytes * byteTime) / roundTrip);
        TrafficDescription everybody = new([
            .. from a in Enumerable.Range(0, FanHosts)
            from b in Enumerable.Range(0, FanHosts)
            where a != b
            select new FlowDescription(a, b, DataSize.FromBytes(small)),
        ]);
        double wire = own.WireSizeOf(DataSize.FromBytes(small)).Bytes * byteTime * (FanHosts - 1);
        double fan = Math.Max(0, (Extra(everybody, FanHosts - 1) - start * roundTrip) / wire);
        return terms with { Host = host, Fan = fan, Start = start };

        double Extra(TrafficDescription traffic, int fanIn)
        {
            double ideal = Last(FluidSimulator.Run(_leaf, traffic, own, null, Cancellation));
            return Packets(_leaf, traffic, UsualPaths, $"one leaf, {fanIn} to a host") - ideal;
        }
    }

    private double LeafLatency => 2 * shape.Cable.Picoseconds + shape.SwitchLatency.Picoseconds;

    // Leaf to leaf, so that uplinks bind: over paths, hosts of a leaf and oversubscription, all of one length.
    private SpreadTerm Spread(FluidTerms terms, double roundTrips)
    {
        bool draws = LoadBalancings.Find(terms.LoadBalancing).VariesEntropy;
        List<(double Excess, double Added)> seen = [];
        foreach (int paths in draws ? Paths : [UsualPaths])
        {
            seen.Add(Look(_full, paths));
        }
        seen.Add(Look(_wide, UsualPaths));
        seen.Add(Look(_half, UsualPaths));
        (double even, double uneven) = LeastSquares(seen);
        return new(roundTrips, even, uneven);

        (double Excess, double Added) Look(NetworkDescription network, int paths)
        {
            int distance = network.HostCount / network.Switches.Count(s => s.Tier == 0);
            SimulationOptions own = options(network, paths, 1);
            TrafficDescription sample = Shift(network, distance, 1);
            int[] sources = [.. sample.Flows.Select(f => f.Source)],
                destinations = [.. sample.Flows.Select(f => f.Destination)];
            StepLoad load = new StepSolver(network).Solve(sources, destinations, sources.Length);
            double roundTrip = FluidTerms.RoundTripOf(load.Latency, load.PacketByteTime, own);
            double wire = roundTrips * roundTrip / load.Leaf.ByteTime;
            long bytes = Math.Max(1, (long)(wire * (own.MtuBytes - own.HeaderBytes) / own.MtuBytes));
            wire = own.WireSizeOf(DataSize.FromBytes(bytes)).Bytes;
            double time = Packets(network, Shift(network, distance, bytes), paths, "leaf to leaf");
            // Its last acknowledgement is not part of a step.
            time -= load.Latency + own.HeaderBytes * (load.PacketByteTime + 8e12 / shape.HostRate.BitsPerSecond);
            double rest = load.Latency + Math.Min(own.MtuBytes, wire) * load.PacketByteTime + terms.Start * roundTrip;
            return (
                terms.ExcessOf(load.Leaf, terms.PathsOf(own, wire / own.MtuBytes, 1)),
                Math.Max(0, (time - rest) / (wire * load.Leaf.ByteTime) - 1)
            );
        }
    }

    // How many times what one step adds the steps of a halving-doubling add, which overlap where ranks get ahead of one another.
    private double Chain(FluidTerms terms)
    {
        List<double> times = [];
        foreach ((NetworkDescription network, long size) in new[] { (_full, 8L << 20), (_wide, 8L << 20), (_full, 32L << 20) })
        {
            CalibrationCase seen = BySteps(terms, "leaf to leaf", network, CollectiveAlgorithm.HalvingDoubling, size);
            double added = (seen.Calibrated - seen.Ideal).Picoseconds,
                needed = (seen.Packets - seen.Ideal).Picoseconds;
            if (added > 0)
            {
                times.Add(needed / added);
            }
        }
        return times.Count == 0 ? 1 : Math.Clamp(times.Average(), 0, 10);
    }

    // Neither of the two is below 0.
    private static (double Even, double Uneven) LeastSquares(IReadOnlyList<(double Excess, double Added)> seen)
    {
        double x = seen.Average(s => s.Excess),
            y = seen.Average(s => s.Added);
        double square = seen.Sum(s => (s.Excess - x) * (s.Excess - x)),
            cross = seen.Sum(s => (s.Excess - x) * (s.Added - y));
        double slope = square <= 0 ? 0 : cross / square;
        if (slope <= 0)
        {
            return (y, 0);
        }
        double even = y - slope * x;
        return even >= 0 ? (even, slope) : (0, seen.Sum(s => s.Excess * s.Added) / seen.Sum(s => s.Excess * s.Excess));
    }

    private IEnumerable<CalibrationCase> HeldOut(FluidTerms terms)
    {
        (string Name, NetworkDescription Network)[] networks =
        [
            ("12 leaves of 12 hosts, 12 spines", shape.LeafSpine(12, 12, 12)),
            ("8 leaves of 16 hosts, 8 spines (2:1)", shape.LeafSpine(16, 8, 8)),
            ("6 leaves of 8 hosts, 16 spines (1:2)", shape.LeafSpine(8, 6, 16)),
            ("4 leaves of 16 hosts, 2 planes of 16 spines", shape.LeafSpine(16, 4, 16, 2)),
            ("4 pods of 4 leaves of 4 hosts, 4 spines, 16 super-spines", shape.ThreeTiers(4, 4, 4, 4, 4)),
        ];
        foreach ((string name, NetworkDescription network) in networks)
        {
            int[] hosts = [.. Enumerable.Range(0, network.HostCount)];
            foreach (long size in new long[] { 512 << 10, 3 << 20 })
            {
                yield return ByFlows(terms, name, network, Workload.Create("permutation", hosts, DataSize.FromBytes(size), 7), size);
            }
            bool power = System.Numerics.BitOperations.IsPow2(hosts.Length);
            yield return BySteps(
                terms,
                name,
                network,
                power ? CollectiveAlgorithm.HalvingDoubling : CollectiveAlgorithm.Ring,
                (power ? 8L : 24L) << 20
            );
        }
        NetworkDescription small = networks[^1].Network;
        int[] some = [.. Enumerable.Range(0, small.HostCount)];
        yield return ByFlows(terms, networks[^1].Name, small, Workload.Create("all-to-all", some, DataSize.FromBytes(8 << 20), 7), 8 << 20);
    }

    private CalibrationCase ByFlows(FluidTerms terms, string name, NetworkDescription network, TrafficDescription traffic, long size)
    {
        SimulationResult fluid = FluidSimulator.Run(network, traffic, options(network, UsualPaths, 1), progress: null, Cancellation, terms);
        double packets = Packets(network, traffic, UsualPaths, $"{traffic.Name}, {name}");
        return new(
            name,
            traffic.Name,
            DataSize.FromBytes(size),
            "flows",
            fluid.Calibrated!.IdealFinish,
            fluid.Calibrated.Finish,
            SimTime.FromPicoseconds((long)packets)
        );
    }

    private CalibrationCase BySteps(FluidTerms terms, string name, NetworkDescription network, CollectiveAlgorithm algorithm, long size)
    {
        int[] hosts = [.. Enumerable.Range(0, network.HostCount)];
        string pattern = "all-reduce-" + CollectiveWords.Algorithms.Of(algorithm);
        FluidCollectives fluid = new(network, hosts, options(network, UsualPaths, 1)) { Terms = terms, Cancellation = Cancellation };
        CollectiveTiming timing = fluid.Of(new(CollectiveKind.AllReduce, DataSize.FromBytes(size), [hosts], algorithm));
        TrafficDescription traffic = Workload.Create(pattern, hosts, DataSize.FromBytes(size));
        double packets = Packets(network, traffic, UsualPaths, $"{pattern}, {name}");
        return new(
            name,
            pattern,
            DataSize.FromBytes(size),
            "steps",
            timing.Time,
            timing.Calibrated ?? timing.Time,
            SimTime.FromPicoseconds((long)packets)
        );
    }

    private static TrafficDescription Shift(NetworkDescription network, int distance, long bytes) =>
        new([
            .. Enumerable
                .Range(0, network.HostCount)
                .Select(h => new FlowDescription(h, (h + distance) % network.HostCount, DataSize.FromBytes(bytes), Id: h + 1)),
        ]);

    // The last flow's end in picoseconds; the mean over seeds.
    private double Packets(NetworkDescription network, TrafficDescription traffic, int paths, string what)
    {
        Progress?.Invoke(what);
        double sum = 0;
        double ideal = Last(FluidSimulator.Run(network, traffic, options(network, paths, 1), null, Cancellation));
        for (int seed = 1; seed <= seeds; seed++)
        {
            Cancellation.ThrowIfCancellationRequested();
            SimulationOptions own = options(network, paths, (ulong)seed) with
            {
                End = SimTime.FromPicoseconds((long)(MostTimesIdeal * ideal)),
            };
            SimulationResult run = PacketSimulator.Run(network, traffic, own, null, Cancellation);
            Cancellation.ThrowIfCancellationRequested();
            if (run.Unfinished.Length > 0)
            {
                throw new RefusedException($"{own.Transport} with {own.LoadBalancing} cannot be calibrated: {what}: {run.Unfinished}");
            }
            sum += Last(run) / seeds;
        }
        return sum;
    }

    private static double Last(SimulationResult result) => result.Flows.Max(f => f.Finish?.Picoseconds ?? 0);
}
