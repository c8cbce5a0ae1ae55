using System.Diagnostics;
using System.Globalization;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Hybrid;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>
/// One collective over the first XPUs, of one or several sizes, answered as a whole: step by step on the fluid engine, or by another
/// simulator's closed form. No flow is made, so that a million XPUs fit. Immutable.
/// </summary>
public sealed record CollectiveExperiment
{
    /// <summary>The memory of the drawn network and the engine for each XPU, measured at 1,048,576 of them with two planes, rounded up.</summary>
    private static readonly DataSize OfXpu = DataSize.FromBytes(1500);

    /// <summary>The collective.</summary>
    public required CollectiveKind Kind { get; init; }

    /// <summary>How it is run; null for what is quickest.</summary>
    public CollectiveAlgorithm? Algorithm { get; init; }

    /// <summary>The sizes, each at least a byte.</summary>
    public required IReadOnlyList<DataSize> Sizes { get; init; }

    /// <summary>XPUs that take part; null for all.</summary>
    public int? Xpus { get; init; }

    /// <summary>Whose model answers.</summary>
    public CollectiveModel Model { get; init; }

    /// <summary>The share of links that is out from the start.</summary>
    public double FailedShare { get; init; }

    /// <summary>Transport, load balancing, packet sizes and the seed.</summary>
    public EngineChoices Choices { get; init; } = new();

    /// <summary>Packet sizes and the seed.</summary>
    public SimulationOptions Options => Choices.Other;

    /// <summary>False to count every link by itself, where links that are alike could stand for one.</summary>
    public bool Collapse { get; init; } = true;

    /// <summary>Whether NCCL's tuner chooses algorithm and protocol by size; <see cref="Algorithm"/> is open then.</summary>
    public bool Tuned { get; init; }

    /// <summary>Told now and then how far a run of packets is, or null.</summary>
    public Action<RunProgress>? Progress { get; init; }

    /// <summary>Refuses, before a network of so many XPUs is drawn, what would not fit into memory.</summary>
    /// <exception cref="TooLargeException">It would not.</exception>
    public static void CheckMemory(long xpus)
    {
        DataSize needed = OfXpu * xpus,
            free = AvailableMemory.Size;
        if (needed.Bytes > 64 << 20 && needed > free)
        {
            throw new TooLargeException(
                $"a network of {xpus.ToString("#,0", CultureInfo.InvariantCulture)} XPUs would take about {needed} of memory to draw and run, "
                    + $"and {free} are free; take fewer XPUs or a machine with more memory"
            );
        }
    }

    /// <summary>Runs all sizes.</summary>
    /// <exception cref="RefusedException">The collective cannot be run so on this network.</exception>
    public IReadOnlyList<CollectiveRun> Run(Testbed bed, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        int ranks = Xpus ?? bed.XpuCount;
        if (ranks > bed.XpuCount || ranks < 2)
        {
            throw new RefusedException(
                $"{ranks} {bed.EndpointWord} cannot take part in a collective here: give --xpus 2 to {bed.XpuCount}"
            );
        }

        IReadOnlyList<int> hosts = bed.HostsOfXpus;
        DataRate rate = bed.CardRateOf(All(ranks));
        List<CollectiveRun> runs = [];
        List<string> notes = [.. bed.Designed?.Notes ?? []];
        if (Model == CollectiveModel.Fluid && CalibrationRun.TermsFor(Choices.Calibration, Choices, bed)?.Doubt(bed.Network) is { } doubt)
        {
            notes.Add($"the measured time: {doubt}");
        }
        HybridCollectives? hybrid = Model == CollectiveModel.Hybrid ? Hybrid(bed, hosts, cancellation) : null;
        Func<DataSize, CollectiveTiming> answer = Model switch
        {
            CollectiveModel.Fluid => OnTheNetwork(bed, hosts, ranks, notes, cancellation),
            CollectiveModel.Hybrid => InPackets(hybrid!, bed, ranks),
            _ => Foreign(bed, ranks),
        };
        foreach (DataSize size in Sizes)
        {
            cancellation.ThrowIfCancellationRequested();
            CollectiveTiming timing = answer(size);
            (long Events, long Hops) packets = hybrid is null ? default : (hybrid.Events, hybrid.PacketHops);
            runs.Add(
                new(Model, Kind, ranks, size, timing, rate, watch.Elapsed)
                {
                    Events = packets.Events,
                    PacketHops = packets.Hops,
                    Threads = Model == CollectiveModel.Hybrid ? Options.Threads : 1,
                    Terms = Model == CollectiveModel.Fluid ? CalibrationRun.TermsFor(Choices.Calibration, Choices, bed) : null,
                    Notes = [.. notes, .. NotesOn(timing, hybrid)],
                }
            );
            watch.Restart();
        }

        return runs;
    }

    private static IEnumerable<string> NotesOn(CollectiveTiming timing, HybridCollectives? hybrid)
    {
        if (hybrid is { RanAll: true })
        {
            yield return "hybrid engine: every packet was run, as the collective is small or its rates did not become steady before";
        }
        else if (hybrid is not null)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"hybrid engine: packets until rates were steady, and on from there; by its parts the time is good to {100 * timing.Error:0.##} %"
            );
        }
        else if (timing.Error > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"rounds were sampled: the time has a standard error of {100 * timing.Error:0.##} %"
            );
        }
    }

    private HybridCollectives Hybrid(Testbed bed, IReadOnlyList<int> hosts, CancellationToken cancellation) =>
        new(bed.Network, hosts, Choices.On(bed))
        {
            Cancellation = cancellation,
            Progress = Progress,
            BeforeMaking = (network, size, options) => MemoryCheck.BeforeMaking(() => size, network, options),
            BeforeRun = MemoryCheck.BeforeRunning,
            Routed = bed.Routed,
            InLevels = bed.Designed is { UsesScaleUp: true },
            WindowOf = (bytes, ranks) => AllToAllWindow.Of(bed.Network, bytes, ranks),
        };

    private Func<DataSize, CollectiveTiming> InPackets(HybridCollectives hybrid, Testbed bed, int ranks)
    {
        ICollectiveTime times = Tuned ? new TunedCollectives(hybrid, bed) : hybrid;
        IReadOnlyList<IReadOnlyList<int>> all = All(ranks);
        return size => times.Of(new(Kind, size, all, Algorithm));
    }

    private Func<DataSize, CollectiveTiming> OnTheNetwork(
        Testbed bed,
        IReadOnlyList<int> hosts,
        int ranks,
        List<string> notes,
        CancellationToken cancellation
    )
    {
        bool[]? dead = FailedShare > 0 ? FailedLinks.Draw(bed.Network, FailedShare, Options.Seed) : null;
        FluidTerms? terms = CalibrationRun.TermsFor(Choices.Calibration, Choices, bed);
        FluidCollectives fluid = new(bed.Network, hosts, Choices.On(bed), dead, Collapse) { Cancellation = cancellation, Terms = terms };
        ICollectiveTime times = Tuned ? new TunedCollectives(fluid, bed) : fluid;
        if (Tuned)
        {
            notes.Add(
                "algorithm and protocol by NCCL's tuner (constants of its public tables); the network says how long that takes, flags of the "
                    + "protocol included; channels and what a launch takes are not in it"
            );
        }

        if (terms is null)
        {
            SimulationOptions own = Choices.On(bed);
            notes.Add(
                own.Cells is not null
                    ? "a switch-scheduled fabric is not calibrated, so only the ideal is said"
                    : $"{own.Transport} with {own.LoadBalancing} is not calibrated, so only the ideal is said; "
                        + "`lightloom calibrate` measures it"
            );
        }

        notes.Add(
            "fluid engine, collective by steps: every flow of a step has its max-min fair rate, and the slowest ends it; queues, losses and "
                + "what cards and software add are not modelled"
        );
        if (dead is not null)
        {
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{dead.Count(d => d):#,0} of {dead.Length:#,0} links are out, and all switches know"
                )
            );
        }

        IReadOnlyList<IReadOnlyList<int>> all = All(ranks);
        return size => times.Of(new(Kind, size, all, Algorithm));
    }

    private Func<DataSize, CollectiveTiming> Foreign(Testbed bed, int ranks)
    {
        ForeignCollectives times = new(Model, bed);
        IReadOnlyList<IReadOnlyList<int>> all = All(ranks);
        return size => times.Of(new(Kind, size, all, Algorithm));
    }

    private static IReadOnlyList<IReadOnlyList<int>> All(int ranks) =>
        [
            [.. Enumerable.Range(0, ranks)],
        ];
}
