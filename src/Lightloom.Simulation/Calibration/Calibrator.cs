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
    private static readonly double[] Lengths = [1.5, 6, 24, 64];

    // Of a step of a ring, in round trips.
    private static readonly double[] RingLengths = [0.4, 0.8, 1.6, 3.2];
    private static readonly int[] Paths = [16, 64, 256];
    private const int UsualPaths = 64;

    // Runs of more or fewer paths than usual say how the terms depend on them, and count less.
    private const double OfOtherPaths = 0.25;
    private const int FanHosts = 16;

    // A transport that takes another path when its own is slow ends sooner than on the paths that it began with, by no more than that.
    private const double MostEscaped = 0.5;

    // A pair that is slower than that has no use for a figure.
    private const double MostTimesIdeal = 100;

    private readonly NetworkDescription _leaf = shape.LeafSpine(FanHosts, 1, 0);
    private readonly NetworkDescription _full = shape.LeafSpine(8, 8, 8);
    private readonly NetworkDescription _wide = shape.LeafSpine(16, 4, 16);
    private readonly NetworkDescription _half = shape.LeafSpine(8, 8, 4);
    private readonly NetworkDescription _pods = shape.ThreeTiers(4, 2, 4, 4, 4);
    private readonly NetworkDescription _planes = shape.LeafSpine(8, 4, 8, 2);
    private readonly NetworkDescription _ring = shape.LeafSpine(8, 3, 4);

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
        (double chain, double overlap) = Chain(terms);
        terms = terms with { Chain = chain, Overlap = overlap };
        terms = terms with { Again = [.. RingLengths.Select(l => Again(terms, l))] };
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

    /// <summary>A run that terms are fitted to.</summary>
    /// <param name="Network">The network.</param>
    /// <param name="Traffic">The flows.</param>
    /// <param name="Options">Paths and seed.</param>
    /// <param name="Packets">When the last of them ends in packets, in picoseconds.</param>
    /// <param name="Weight">How much it counts.</param>
    private readonly record struct Look(
        NetworkDescription Network,
        TrafficDescription Traffic,
        SimulationOptions Options,
        double Packets,
        double Weight
    );

    // Where links of the fabric bind: over paths, hosts of a leaf, tiers and oversubscription, all of one length. The terms are those whose
    // fluid comes closest.
    private SpreadTerm Spread(FluidTerms terms, double roundTrips)
    {
        List<Look> looks = [.. Looks(roundTrips)];
        (double even, double uneven) = (0, 0);
        double best = double.MaxValue;
        double step = 0.2;
        // A grid first, then closer and closer around the best of it.
        for (int round = 0; round < 7; round++, step /= 2)
        {
            (double around, double beside) = (even, uneven);
            (int down, int up) = round == 0 ? (terms.OnePath ? -2 : 0, 5) : (-1, 1);
            for (int i = down; i <= up; i++)
            {
                for (int k = round == 0 ? 0 : -1; k <= up; k++)
                {
                    (double e, double u) = (around + i * step, beside + k * step);
                    if (e < (terms.OnePath ? -MostEscaped : 0) || u is < 0 or > 1)
                    {
                        continue;
                    }
                    double miss = Miss(terms with { Spreads = [new(roundTrips, e, u)] }, looks);
                    if (miss < best - 1e-12)
                    {
                        (best, even, uneven) = (miss, e, u);
                    }
                }
            }
        }
        return new(roundTrips, even, uneven);
    }

    private double Miss(FluidTerms terms, List<Look> looks)
    {
        double sum = 0;
        foreach (Look look in looks)
        {
            Cancellation.ThrowIfCancellationRequested();
            SimTime fluid =
                FluidSimulator.Last(look.Network, look.Traffic, look.Options, terms, Cancellation)
                ?? throw new RefusedException($"{terms.Transport} with {terms.LoadBalancing} cannot be calibrated: a flow has no way");
            double off = Math.Log(fluid.Picoseconds / look.Packets);
            sum += look.Weight * off * off;
        }
        return sum;
    }

    private IEnumerable<Look> Looks(double roundTrips)
    {
        LoadBalancingDescription balancing = LoadBalancings.Find(options(_full, UsualPaths, 1).LoadBalancing);
        List<(NetworkDescription Network, int Paths, ulong Pattern)> wanted =
        [
            (_full, UsualPaths, 3),
            (_half, UsualPaths, 3),
            (_wide, UsualPaths, 3),
            (_pods, UsualPaths, 3),
        ];
        if (balancing.VariesEntropy)
        {
            wanted.AddRange(Paths.Where(p => p != UsualPaths).Select(p => (_full, p, 3UL)));
        }
        if (balancing.OnePath)
        {
            wanted.Add((_planes, UsualPaths, 3));
            wanted.AddRange([.. wanted.Select(w => (w.Network, w.Paths, 4UL))]);
        }
        else
        {
            wanted.AddRange([(_planes, UsualPaths, 3), (_full, UsualPaths, 0), (_wide, UsualPaths, 0), (_half, UsualPaths, 0)]);
        }
        foreach ((NetworkDescription network, int paths, ulong pattern) in wanted)
        {
            int leaf = network.HostCount / network.Switches.Count(s => s.Tier == 0);
            long bytes = PayloadOf(network, leaf, roundTrips);
            TrafficDescription traffic =
                pattern == 0
                    ? Shift(network, leaf, bytes)
                    : Workload.Create("permutation", [.. Enumerable.Range(0, network.HostCount)], DataSize.FromBytes(bytes), pattern);
            for (int seed = 1; seed <= seeds; seed++)
            {
                SimulationOptions own = options(network, paths, (ulong)seed);
                string what = pattern == 0 ? "leaf to leaf" : "permutation";
                yield return new(network, traffic, own, One(network, traffic, own, what), paths == UsualPaths ? 1 : OfOtherPaths);
            }
        }
    }

    // Bytes that hosts, each sending to one so many places on, are busy with for so many round trips.
    private long PayloadOf(NetworkDescription network, int distance, double roundTrips)
    {
        SimulationOptions own = options(network, UsualPaths, 1);
        TrafficDescription sample = Shift(network, distance, 1);
        int[] sources = [.. sample.Flows.Select(f => f.Source)],
            destinations = [.. sample.Flows.Select(f => f.Destination)];
        StepLoad load = new StepSolver(network).Solve(sources, destinations, sources.Length);
        double wire = roundTrips * FluidTerms.RoundTripOf(load.Latency, load.PacketByteTime, own) / load.HostByteTime;
        return Math.Max(1, (long)(wire * (own.MtuBytes - own.HeaderBytes) / own.MtuBytes));
    }

    // What the steps of a halving-doubling add, which overlap where ranks get ahead of one another: step by step, how many times what they
    // add by themselves; flow by flow, by how much the whole grows.
    private (double Steps, double Flows) Chain(FluidTerms terms)
    {
        List<double> steps = [];
        (double square, double cross) = (0, 0);
        foreach (
            (NetworkDescription network, long size) in new[]
            {
                (_full, 2L << 20),
                (_full, 16L << 20),
                (_wide, 8L << 20),
                (_pods, 8L << 20),
                (_planes, 8L << 20),
            }
        )
        {
            const CollectiveAlgorithm algorithm = CollectiveAlgorithm.HalvingDoubling;
            FluidTerms plain = terms with { Chain = 1, Overlap = 1 };
            // Packets do not go by the terms: they are run once.
            CalibrationCase whole = BySteps(plain, "leaf to leaf", network, algorithm, size, mostFlows: 0);
            double added = (whole.Calibrated - whole.Ideal).Picoseconds;
            steps.Add(added > 0 ? (whole.Packets - whole.Ideal).Picoseconds / added : 1);
            double once = Calibrated(Timings(plain, network, algorithm, size)).Picoseconds,
                share = Calibrated(Timings(plain with { Overlap = 2 }, network, algorithm, size)).Picoseconds / once - 1;
            square += share * share;
            cross += share * (whole.Packets.Picoseconds / once - 1);
        }
        return (Math.Clamp(steps.Average(), 0, 10), square > 0 ? Math.Clamp(1 + cross / square, 0.5, 10) : 1);
    }

    // What a step of a ring adds where a flow follows another between the same two hosts.
    private AgainTerm Again(FluidTerms terms, double roundTrips)
    {
        long bytes = PayloadOf(_ring, _ring.HostCount / _ring.Switches.Count(s => s.Tier == 0), roundTrips) * _ring.HostCount;
        CalibrationCase seen = BySteps(terms with { Again = [] }, "a ring", _ring, CollectiveAlgorithm.Ring, bytes);
        return new(roundTrips, Math.Max(0, (double)seen.Packets.Picoseconds / seen.Calibrated.Picoseconds - 1));
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
        // Each seed draws paths of its own.
        CalibratedResult[] fluids =
        [
            .. Enumerable
                .Range(1, seeds)
                .Select(seed => options(network, UsualPaths, (ulong)seed))
                .Select(own => FluidSimulator.Run(network, traffic, own, progress: null, Cancellation, terms).Calibrated!),
        ];
        double packets = Packets(network, traffic, UsualPaths, $"{traffic.Name}, {name}");
        return new(
            name,
            traffic.Name,
            DataSize.FromBytes(size),
            "flows",
            fluids[0].IdealFinish,
            SimTime.FromPicoseconds((long)fluids.Average(f => (double)f.Finish.Picoseconds)),
            SimTime.FromPicoseconds((long)packets)
        );
    }

    private CalibrationCase BySteps(
        FluidTerms terms,
        string name,
        NetworkDescription network,
        CollectiveAlgorithm algorithm,
        long size,
        long mostFlows = FluidCollectives.UsualMostFlows
    )
    {
        string pattern = "all-reduce-" + CollectiveWords.Algorithms.Of(algorithm);
        CollectiveTiming[] timings = Timings(terms, network, algorithm, size, mostFlows);
        TrafficDescription traffic = Workload.Create(pattern, [.. Enumerable.Range(0, network.HostCount)], DataSize.FromBytes(size));
        double packets = Packets(network, traffic, UsualPaths, $"{pattern}, {name}");
        return new(
            name,
            pattern,
            DataSize.FromBytes(size),
            "steps",
            timings[0].Time,
            Calibrated(timings),
            SimTime.FromPicoseconds((long)packets)
        );
    }

    // What the fluid says of an all-reduce by steps, by seed.
    private CollectiveTiming[] Timings(
        FluidTerms terms,
        NetworkDescription network,
        CollectiveAlgorithm algorithm,
        long size,
        long mostFlows = FluidCollectives.UsualMostFlows
    )
    {
        int[] hosts = [.. Enumerable.Range(0, network.HostCount)];
        CollectiveRequest request = new(CollectiveKind.AllReduce, DataSize.FromBytes(size), [hosts], algorithm);
        return
        [
            .. Enumerable
                .Range(1, seeds)
                .Select(seed => new FluidCollectives(network, hosts, options(network, UsualPaths, (ulong)seed))
                {
                    Terms = terms,
                    MostFlows = mostFlows,
                    Cancellation = Cancellation,
                })
                .Select(fluid => fluid.Of(request)),
        ];
    }

    // The mean over seeds.
    private static SimTime Calibrated(CollectiveTiming[] timings) =>
        SimTime.FromPicoseconds((long)timings.Average(t => (double)(t.Calibrated ?? t.Time).Picoseconds));

    private static TrafficDescription Shift(NetworkDescription network, int distance, long bytes) =>
        new([
            .. Enumerable
                .Range(0, network.HostCount)
                .Select(h => new FlowDescription(h, (h + distance) % network.HostCount, DataSize.FromBytes(bytes), Id: h + 1)),
        ]);

    // The last flow's end in picoseconds; the mean over seeds.
    private double Packets(NetworkDescription network, TrafficDescription traffic, int paths, string what) =>
        Enumerable.Range(1, seeds).Average(seed => One(network, traffic, options(network, paths, (ulong)seed), what));

    private double One(NetworkDescription network, TrafficDescription traffic, SimulationOptions own, string what)
    {
        Progress?.Invoke(what);
        Cancellation.ThrowIfCancellationRequested();
        double ideal = Last(
            FluidSimulator.Run(network, traffic, own with { LoadBalancing = LoadBalancings.Default.Name }, null, Cancellation)
        );
        SimulationResult run = PacketSimulator.Run(
            network,
            traffic,
            own with
            {
                End = SimTime.FromPicoseconds((long)(MostTimesIdeal * ideal)),
            },
            null,
            Cancellation
        );
        Cancellation.ThrowIfCancellationRequested();
        return run.Unfinished.Length == 0
            ? Last(run)
            : throw new RefusedException($"{own.Transport} with {own.LoadBalancing} cannot be calibrated: {what}: {run.Unfinished}");
    }

    private static double Last(SimulationResult result) => result.Flows.Max(f => f.Finish?.Picoseconds ?? 0);
}
