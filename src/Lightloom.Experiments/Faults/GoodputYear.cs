namespace Lightloom.Experiments.Faults;

/// <summary>The expected goodput of a design: costs from a study's single faults, rates from catalogue and user.</summary>
public sealed class GoodputYear
{
    // Instances of a kind that are looked at; fewer where looking at one takes long.
    private const int MostInstances = 64;
    private const int LeastInstances = 8;
    private const int LinksLookedAt = 4_000_000;

    /// <summary>By kind.</summary>
    public IReadOnlyList<GoodputRow> Rows { get; }

    /// <summary>All kinds whose rate is known together; null when none is.</summary>
    public GoodputEstimate? Estimate { get; }

    /// <summary>The share of the cluster that is in the job, in closed form; 1 when no rate is known.</summary>
    public double ExpectedCapacity { get; }

    /// <summary>Reckons.</summary>
    /// <param name="study">The study.</param>
    /// <param name="outcomes">Its outcomes.</param>
    /// <param name="rates">Rates.</param>
    /// <param name="options">Repair times, years.</param>
    /// <param name="noise">Factor between two runs of the sound network: a slowdown within it counts as none.</param>
    /// <param name="cancellation">Stops it.</param>
    public GoodputYear(
        FaultStudy study,
        IReadOnlyList<FaultOutcome> outcomes,
        FailureRates rates,
        GoodputOptions options,
        double noise = 1,
        CancellationToken cancellation = default
    )
    {
        FaultInventory inventory = study.Inventory;
        int nodes = inventory.Designed.NodeOfHost.Distinct().Count();
        List<GoodputRow> rows = [];
        foreach (FaultOutcome outcome in outcomes.Where(o => o.Scenario.Kinds.Count == 1))
        {
            FaultKind kind = outcome.Scenario.Kinds[0];
            IReadOnlyList<FaultComponent> all = inventory.Of(kind);
            List<(FailureRate Rate, int Count)> parts = [.. all.GroupBy(c => c.Part).Select(g => (rates.Of(g.First()), g.Count()))];
            long known = parts.Where(p => p.Rate.PerYear is not null).Sum(p => (long)p.Count);
            double failures = parts.Sum(p => (p.Rate.PerYear ?? 0) * p.Count);
            bool repairAssumed = !options.RepairHours.TryGetValue(kind.Class, out double repair);
            GoodputClass? one = null;
            if (known > 0)
            {
                (double lost, double interrupts) = Lost(study, all, nodes, options, cancellation);
                // What does not complete was given twenty times the sound time; with nobody left there is nothing to slow.
                double inflation = outcome.Workloads.Count > 0 ? outcome.Workloads[0].Inflation ?? 20 : 1;
                one = new()
                {
                    Name = kind.Word(inventory.Designed.Fabric),
                    Population = known,
                    FailuresPerYear = failures / known,
                    RepairHours = repairAssumed ? GoodputOptions.AssumedRepairHours(kind.Class) : repair,
                    LostShare = lost,
                    InterruptShare = interrupts,
                    Slowdown = inflation > noise ? inflation : 1,
                    Bandwidth = outcome.Graph.BandwidthFactor,
                    IsGlobal = kind.IsGlobal,
                };
            }

            rows.Add(
                new(
                    kind,
                    kind.Word(inventory.Designed.Fabric),
                    all.Count,
                    all.Count - known,
                    one,
                    [.. parts.Select(p => p.Rate.Basis).Distinct()],
                    parts.Any(p => p.Rate.Assumed),
                    repairAssumed,
                    one is null ? null : Model([one], options).Sample(options.Years, options.Seed, options.Threads, cancellation)
                )
            );
        }

        Rows = rows;
        List<GoodputClass> classes = [.. rows.Select(r => r.Class).OfType<GoodputClass>()];
        GoodputModel model = Model(classes, options);
        ExpectedCapacity = model.ExpectedCapacity();
        Estimate = classes.Count == 0 ? null : model.Sample(options.Years, options.Seed, options.Threads, cancellation);
    }

    private static GoodputModel Model(IReadOnlyList<GoodputClass> classes, GoodputOptions options) =>
        new(classes)
        {
            InterruptionHours = (options.RestartMinutes + options.CheckpointMinutes / 2) / 60,
            NetworkShare = options.NetworkShare,
        };

    // All instances of a kind, or a sample of them: by the graph, so that it is exact for those it looks at.
    private static (double Lost, double Interrupts) Lost(
        FaultStudy study,
        IReadOnlyList<FaultComponent> all,
        int nodes,
        GoodputOptions options,
        CancellationToken cancellation
    )
    {
        int count = Math.Min(all.Count, Math.Clamp(LinksLookedAt / study.Inventory.PlaneOfLink.Count, LeastInstances, MostInstances));
        var hits = new int[count];
        Parallel.For(
            0,
            count,
            new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
            i =>
            {
                // One from each of equal stretches of the list, so that every place in the network has its turn.
                long from = (long)i * all.Count / count,
                    until = (long)(i + 1) * all.Count / count;
                FaultComponent one = all[(int)(from + (long)(SplitMix.At(options.Seed, 5000 + (ulong)i) % (ulong)(until - from)))];
                hits[i] = study.Graph.NodesHit(FaultScenario.Of(study.Inventory, one));
            }
        );
        return (Math.Min(1, hits.Average() / nodes), hits.Count(h => h > 0) / (double)count);
    }
}
