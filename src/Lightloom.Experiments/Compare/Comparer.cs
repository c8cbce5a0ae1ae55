using Lightloom.Design;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Experiments.Compare;

/// <summary>Runs designs through the same scenarios on equal terms: same XPUs, same flows, same seeds.</summary>
public static class Comparer
{
    /// <summary>
    /// The result does not depend on <see cref="CompareOptions.Threads"/>: each run is on one thread, and results stand by place.
    /// </summary>
    /// <exception cref="RefusedException">The options do not fit the designs.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was signalled.</exception>
    public static Comparison Run(
        IReadOnlyList<Contender> contenders,
        CompareOptions options,
        IProgress<DesignStage>? progress = null,
        CancellationToken cancel = default
    )
    {
        List<SimulatedColumn> columns = [];
        List<Testbed?> beds = [];
        SortedSet<string> notes = new(StringComparer.Ordinal);
        for (int c = 0; c < contenders.Count; c++)
        {
            beds.Add(null);
            if (contenders[c].Design is not { } design)
            {
                continue;
            }

            Testbed bed = Testbed.Of(design);
            beds[c] = bed;
            notes.UnionWith(bed.Designed!.Notes);
            if (options.StaticOnly)
            {
                continue;
            }

            SimulationOptions own = ChoicesOf(options, bed).On(bed);
            int ports = bed.Network.HostLinks().Max(l => l.Length);
            if (ports > (own.PlanePolicy == PlanePolicy.Stripe ? 1 : bed.Network.PlaneCount))
            {
                notes.Add(
                    $"{contenders[c].Label}: an XPU has {ports} ports, and a message is cut into connections that each keep "
                        + (own.PlanePolicy == PlanePolicy.Stripe ? "one of them" : "one on each plane")
                );
            }

            columns.Add(new(c, contenders[c].Label, own, IsEcmp: false));
            if (options.Ecmp && contenders[c].Figures!.Paradigm == Paradigm.EndpointScheduled && own.LoadBalancing != "ecmp")
            {
                columns.Add(new(c, "under ECMP", own with { LoadBalancing = "ecmp" }, IsEcmp: true));
            }
        }

        if (columns.Count > 0)
        {
            if (options.HungryBytes is not null && columns.All(c => c.Options.Cells is null))
            {
                throw new RefusedException("--hungry-bytes changes nothing here: none of these designs is switch-scheduled");
            }

            options.Constants.CheckAgainst([.. columns.Select(c => Transports.Find(c.Options.Transport))]);
        }

        int smallest = beds.OfType<Testbed>().Select(b => b.XpuCount).DefaultIfEmpty(0).Min();
        int xpus = options.Xpus ?? smallest;
        if (columns.Count > 0 && xpus > smallest)
        {
            throw new RefusedException($"--xpus {xpus} is more than the {smallest} of the smallest design");
        }

        EqualTerms terms = new(xpus, options, [.. beds.OfType<Testbed>().Select(b => b.Network)]);
        List<Scenario> scenarios = options.StaticOnly ? [] : Wanted(options);
        Outcome[][] outcomes = [.. columns.Select(_ => new Outcome[scenarios.Count])];
        int done = 0,
            all = columns.Count * scenarios.Count;
        Lock gate = new();
        try
        {
            Parallel.For(
                0,
                all,
                new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancel },
                i =>
                {
                    // Scenario by scenario, so that the columns of one are next to each other in time.
                    int s = i / columns.Count,
                        c = i % columns.Count;
                    SimulatedColumn column = columns[c];
                    outcomes[c][s] = RunOne(beds[column.Contender]!, column, scenarios[s], terms, cancel);
                    lock (gate)
                    {
                        done++;
                        progress?.Report(new($"simulated {scenarios[s].Title.ToLowerInvariant()}, {column.Label}", (double)done / all));
                    }
                }
            );
        }
        catch (AggregateException several)
        {
            cancel.ThrowIfCancellationRequested();
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        Comparison comparison = new()
        {
            Contenders = contenders,
            Options = options,
            Xpus = xpus,
            Columns = columns,
            Scenarios = scenarios,
            Outcomes = outcomes,
            Notes = [.. contenders.SelectMany(c => c.Notes.Select(n => $"{c.Label}: {n}")), .. notes],
        };
        return comparison with { Verdict = Compare.Verdict.Of(comparison) };
    }

    private static List<Scenario> Wanted(CompareOptions options)
    {
        if (options.Scenarios.Count == 0)
        {
            return [.. Scenario.All];
        }

        HashSet<string> keys = [.. options.Scenarios];
        foreach (string key in options.Scenarios)
        {
            Scenario scenario =
                Scenario.Find(key)
                ?? throw new RefusedException($"unknown scenario '{key}'; known are {string.Join(", ", Scenario.All.Select(s => s.Key))}");
            if (scenario.Reference is { } reference)
            {
                keys.Add(reference);
            }
        }

        return [.. Scenario.All.Where(s => keys.Contains(s.Key))];
    }

    /// <summary>
    /// What a comparison chooses for every design: what a queue of a cell fabric may send unasked, and those constants that its transport
    /// has. The rest is each file's.
    /// </summary>
    private static EngineChoices ChoicesOf(CompareOptions options, Testbed bed)
    {
        EngineChoices choices = options.HungryBytes is { } hungry
            ? new() { Cells = new() { HungryBalance = DataSize.FromBytes(hungry) } }
            : new();
        return choices with { Constants = options.Constants.For(Transports.Find(choices.TransportOn(bed))) };
    }

    private static Outcome RunOne(Testbed bed, SimulatedColumn column, Scenario scenario, EqualTerms terms, CancellationToken cancel)
    {
        List<(Outcome One, double Time)> runs = [];
        for (int seed = 1; seed <= Math.Max(1, terms.Options.Seeds); seed++)
        {
            cancel.ThrowIfCancellationRequested();
            if (ScenarioCase.Of(scenario.Key, bed, terms, (ulong)seed, out string reason) is not { } made)
            {
                return Outcome.None(reason);
            }

            // What never ends is stopped at a hundred times the bound: a flow cut off for good sends for ever.
            long end = (long)Math.Max(20e9, 100e12 * made.BoundSeconds);
            SimulationOptions options = column.Options with
            {
                Seed = (ulong)seed,
                Faults = made.Faults,
                End = SimTime.FromPicoseconds(end),
            };
            SimulationResult result = Experiment.Of(made.Bed, options, made.Traffic).Run(null, cancel);
            cancel.ThrowIfCancellationRequested();
            Outcome one = Measure(made, result);
            runs.Add((one, one.TimeUs));
        }

        // Every figure of the seed with the median time, so that they belong together.
        Outcome median = runs.OrderBy(r => r.Time).ElementAt((runs.Count - 1) / 2).One;
        return median with
        {
            TimesUs = [.. runs.Select(r => r.Time)],
            ResultHashes = [.. runs.SelectMany(r => r.One.ResultHashes)],
            Unfinished = runs.Max(r => r.One.Unfinished),
        };
    }

    private static Outcome Measure(ScenarioCase made, SimulationResult result)
    {
        List<SimTime> times = [];
        SimTime last = SimTime.Zero;
        int unfinished = 0;
        for (int f = 0; f < made.Counted; f++)
        {
            FlowResult flow = result.Flows[f];
            if (flow is not { CompletionTime: { } time, Finish: { } finish })
            {
                unfinished++;
                continue;
            }

            times.Add(time);
            last = SimTime.Max(last, finish);
        }

        SimTime[] sorted = [.. times.Order()];
        double At(double share) => SimulationResult.NearestRank(sorted, share).Microseconds;
        return new()
        {
            TimeUs = last.Microseconds,
            TimesUs = [last.Microseconds],
            BoundUs = made.BoundSeconds * 1e6,
            FctUs = (At(0.5), At(0.99), At(1)),
            LatencyP99Us = result.Latency.P99.Microseconds,
            // On a cell fabric packets wait where they came in, not where they go.
            BufferPeakBytes = DataSize.Max(result.Queue.Maximum, result.Cells?.VoqPeak ?? DataSize.Zero).Bytes,
            Lost = result.Packets.Dropped,
            Trimmed = result.Packets.Trimmed,
            Retransmitted = result.Packets.Retransmitted,
            Sent = result.Packets.Sent,
            Unfinished = unfinished,
            Note = made.Note,
            ResultHashes = [result.ResultHash],
        };
    }
}
