using System.CommandLine;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Report;
using Lightloom.Report.Files;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cli.Commands;

/// <summary>
/// The part of <c>simulate</c> that answers a collective as a whole, step by step or by another simulator's closed form: no flow is made and
/// nothing is placed, so that a million XPUs fit. Taken when an option asks for it, and by the fluid engine above
/// <see cref="MostFlows"/> flows where nothing is asked of single flows.
/// </summary>
internal sealed class SimulateCollective
{
    /// <summary>The fluid engine goes flow by flow up to so many.</summary>
    private const long MostFlows = 100_000;

    public readonly CheckedOption<(long Least, long Most)?> Sizes = Value.Text<(long Least, long Most)?>(
        "--sizes",
        "One collective over a range of sizes, in powers of two, as a table; by the fluid engine unless --engine says otherwise.",
        "A..B, two sizes, the smaller one first, for example 1KiB..8GiB",
        TrySizes,
        "A..B"
    );
    public readonly CheckedOption<string?> Algorithm = Value.Word(
        "--algorithm",
        "How the collective is run: " + string.Join(", ", Simulation.Collectives.CollectiveWords.Algorithms.All) + " (the quickest).",
        Simulation.Collectives.CollectiveWords.Algorithms.All
    );
    public readonly CheckedOption<string?> Tuner = Value.Word(
        "--tuner",
        "Algorithm and protocol of the collective by size as a library's tuner chooses them: nccl (the quickest algorithm, no protocol).",
        ["nccl"]
    );
    public readonly CheckedOption<double?> FailLinks = Value.Number(
        "--fail-links",
        "The share of links between switches that is out from the start, drawn by seed: 0.01 is one in a hundred.",
        0,
        0.5
    );
    public readonly CheckedOption<string?> Model = Value.Word(
        "--collective-model",
        "Times a collective as another simulator does: astra (ASTRA-sim's analytical backend) or simai (SimAI's analytical mode).",
        ["astra", "simai"]
    );
    public readonly Option<bool> NoCollapse = new("--no-collapse")
    {
        Description = "Counts every link by itself, where links that are alike could stand for one: the same answer, more slowly.",
    };

    public IEnumerable<Option> All => [Sizes, Algorithm, Tuner, FailLinks, Model, NoCollapse];

    /// <summary>What cannot be meant, or null.</summary>
    public string? Contradiction(SimulateSettings settings, ParseResult parsed, bool cluster)
    {
        Option? asked = All.FirstOrDefault(o => IsGiven(o, parsed)) ?? (IsHybrid(settings, parsed) ? settings.Engine : null);
        if (asked is null)
        {
            return null;
        }

        if (!cluster || settings.Workload.In(parsed) is not { } workload || CollectiveNames.Find(workload) is null)
        {
            string names = string.Join(", ", Workload.Names.Where(n => CollectiveNames.Find(n) is not null));
            return $"{asked.Name} is for a collective of a cluster file: CLUSTER.yaml and --workload {names}";
        }

        if (
            Tuner.IsGivenIn(parsed)
            && (Algorithm.IsGivenIn(parsed) || Model.IsGivenIn(parsed) || CollectiveNames.Find(workload)!.Value.Algorithm is not null)
        )
        {
            return "--tuner chooses how a collective is run: leave --algorithm and --collective-model out, and take --workload "
                + CollectiveWords.Kinds.Of(CollectiveNames.Find(workload)!.Value.Kind);
        }

        if (Sizes.IsGivenIn(parsed) && settings.Size.IsGivenIn(parsed))
        {
            return "give --size or --sizes, not both";
        }

        if (
            IsHybrid(settings, parsed) && new Option[] { FailLinks, Model, NoCollapse }.FirstOrDefault(o => IsGiven(o, parsed)) is { } fluid
        )
        {
            return $"{fluid.Name} is for --engine fluid; leave --engine out";
        }

        if (Packets(settings, parsed))
        {
            return All.FirstOrDefault(o => o != Sizes && IsGiven(o, parsed)) is { } other
                ? $"{other.Name} is for --engine fluid; leave --engine out"
                : null;
        }

        return Strays(settings, parsed).FirstOrDefault() is { } stray
            ? $"{stray.Name} changes nothing beside {asked.Name}, which answers a collective as a whole; leave one of the two out"
            : null;
    }

    /// <summary>The sizes that packets are to be run for, one after the other; null where they are not.</summary>
    public IReadOnlyList<long>? SizesInPackets(SimulateSettings settings, ParseResult parsed) =>
        Sizes.IsGivenIn(parsed) && Packets(settings, parsed) ? Doubled(Sizes.In(parsed)!.Value) : null;

    /// <summary>The collective that is answered as a whole; null where flows are to be run.</summary>
    public CollectiveExperiment? Asked(SimulateSettings settings, ParseResult parsed, ClusterSpec spec)
    {
        if (settings.WorkloadRequest(parsed) is not { } request || CollectiveNames.Find(request.Name) is not var (kind, named))
        {
            return null;
        }

        bool hybrid = IsHybrid(settings, parsed);
        bool asked = hybrid || (All.Any(o => IsGiven(o, parsed)) && !Packets(settings, parsed));
        if (
            !asked
            && (
                settings.Engine.In(parsed) != "fluid"
                || settings.Output.IsGivenIn(parsed)
                || Strays(settings, parsed).Any()
                || IsSmall(request, spec)
            )
        )
        {
            return null;
        }

        return new()
        {
            Kind = kind,
            Algorithm = Algorithm.In(parsed) is { } word ? Simulation.Collectives.CollectiveWords.Algorithms.Find(word) : named,
            Sizes = [.. (Sizes.In(parsed) is { } range ? Doubled(range) : [request.Bytes]).Select(DataSize.FromBytes)],
            Xpus = request.Xpus,
            Model = Model.In(parsed) switch
            {
                "astra" => CollectiveModel.Astra,
                "simai" => CollectiveModel.Simai,
                _ when hybrid => CollectiveModel.Hybrid,
                _ => CollectiveModel.Fluid,
            },
            Tuned = Tuner.IsGivenIn(parsed),
            FailedShare = FailLinks.In(parsed) ?? 0,
            Choices = settings.Choices(parsed),
            Collapse = !parsed.GetValue(NoCollapse),
        };
    }

    /// <summary>
    /// Draws the backend and answers. Packets of the hybrid engine run on the designed backend, so that their cables have the lengths that they
    /// have for all packets; for others they have a length by tier, and nothing is placed.
    /// </summary>
    public static int Run(
        CollectiveExperiment asked,
        ClusterSpec spec,
        IReadOnlySet<string> given,
        bool scaleUp,
        bool json,
        string? directory,
        CancellationToken cancellation
    )
    {
        if (Designer.CountXpus(spec) is { } xpus)
        {
            CollectiveExperiment.CheckMemory(xpus);
        }

        DiagnosticBag diagnostics = new();
        if (BedOf(asked.Model, spec, scaleUp, diagnostics, cancellation) is not { } bed)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        cancellation.ThrowIfCancellationRequested();
        if (asked.Model == CollectiveModel.Hybrid)
        {
            WorkloadRequest request = new() { Name = CollectiveWords.Kinds.Of(asked.Kind), Xpus = asked.Xpus };
            foreach (string note in StrayOptions.Check(given, bed, asked.Choices, [request]))
            {
                Console.Error.WriteLine("lightloom: note: " + note);
            }
        }

        IReadOnlyList<CollectiveRun> runs;
        using (SimulationProgress bar = new())
        {
            runs = (asked with { Progress = bar.Show }).Run(bed, cancellation);
        }

        if (directory is not null)
        {
            CollectiveFiles.Write(runs, asked.Options.Seed, spec.Name, directory, cancellation);
        }

        CollectiveReport report = new(runs, asked.Options.Seed);
        if (json)
        {
            using Stream output = Console.OpenStandardOutput();
            report.WriteJson(output);
        }
        else
        {
            foreach (string line in report.Table())
            {
                Console.Out.WriteLine(line);
            }
        }

        return ExitCode.Done;
    }

    private static Testbed? BedOf(
        CollectiveModel model,
        ClusterSpec spec,
        bool scaleUp,
        DiagnosticBag diagnostics,
        CancellationToken cancellation
    )
    {
        if (model != CollectiveModel.Hybrid)
        {
            return Designer.DrawBackend(spec, diagnostics) is { } network ? Testbed.Of(spec, network, scaleUp) : null;
        }

        using ProgressLine line = new();
        return Designer.Design(spec, diagnostics, line, cancellation, worries: false) is { } design
            ? Testbed.Of(design, FabricRole.Backend, scaleUp)
            : null;
    }

    private static bool Packets(SimulateSettings settings, ParseResult parsed) =>
        settings.Engine.IsGivenIn(parsed) && settings.Engine.In(parsed) == "packet";

    private static bool IsHybrid(SimulateSettings settings, ParseResult parsed) => settings.Engine.In(parsed) == "hybrid";

    private static bool IsGiven(Option option, ParseResult parsed) => parsed.GetResult(option) is { Implicit: false };

    // What asks something of single flows, of queues or of time.
    private static IEnumerable<Option> Strays(SimulateSettings settings, ParseResult parsed)
    {
        Option[] taken =
        [
            settings.Workload,
            settings.Size,
            settings.Xpus,
            settings.Engine,
            settings.Transport,
            settings.Balancing,
            settings.Paths,
            settings.Calibration,
            settings.Seed,
            settings.Mtu,
            settings.Threads,
            settings.Json,
            settings.Output,
        ];
        Option[] ofPackets = IsHybrid(settings, parsed)
            ?
            [
                settings.TransportOption,
                settings.Preset,
                settings.QueueBytes,
                settings.EcnBytes,
                settings.NoTrim,
                settings.AckBytes,
                settings.InitialWindow,
                settings.FlowControl,
                settings.SelectiveRepeat,
                settings.ErrorRate,
                settings.LinkRetry,
                settings.CutThrough,
                settings.FrameGap,
                settings.PlanePolicy,
                settings.CongestionState,
            ]
            : [];
        return settings.All.Except(taken).Except(ofPackets).Where(o => IsGiven(o, parsed));
    }

    private static bool IsSmall(WorkloadRequest request, ClusterSpec spec)
    {
        long xpus = request.Xpus ?? Designer.CountXpus(spec) ?? 0;
        return xpus < 2
            || xpus <= int.MaxValue
                && Workload.Names.Contains(request.Name)
                && Workload.SizeOf(request.Name, (int)xpus, DataSize.FromBytes(request.Bytes)).Flows <= MostFlows;
    }

    private static IReadOnlyList<long> Doubled((long Least, long Most) range)
    {
        List<long> sizes = [];
        for (long size = range.Least; size <= range.Most; size *= 2)
        {
            sizes.Add(size);
        }

        return sizes;
    }

    private static bool TrySizes(string text, out (long Least, long Most)? value)
    {
        value = null;
        if (
            text.Split("..") is [var first, var second]
            && DataSize.TryParse(first, out DataSize least)
            && DataSize.TryParse(second, out DataSize most)
            && least.Bytes >= 1
            && least <= most
            && most.Bytes <= CommonOptions.MostBytes
        )
        {
            value = (least.Bytes, most.Bytes);
        }

        return value is not null;
    }
}
