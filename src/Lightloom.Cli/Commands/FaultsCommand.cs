using System.CommandLine;
using System.Globalization;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom faults CLUSTER.yaml</c>: what each failure costs, alone and in pairs, and what a year of them costs.</summary>
public static class FaultsCommand
{
    private sealed class Settings
    {
        public readonly Argument<string> File = new("CLUSTER.yaml") { Description = "The cluster file; its design is examined." };
        public readonly CheckedOption<string?> Fabric = CommonOptions.Fabric();
        public readonly CheckedOption<string?> Catalog = CommonOptions.Catalog();
        public readonly CheckedOption<string[]> Classes = Value.Words(
            "--classes",
            "What fails, one at a time: " + string.Join(", ", FaultKind.Words) + " (all that the network has).",
            FaultKind.Words
        );
        public readonly CheckedOption<string[]> Pairs = Value.List(
            "--pairs",
            "What fails two at a time, or none (cable+cable,leaf+spine,plane+cable,spine+spine).",
            "none, or pairs divided by commas, for example cable+cable, of " + string.Join(", ", FaultKind.Words),
            item => item == "none" || FaultKind.TryParsePair(item, out _)
        );
        public readonly CheckedOption<string[]> Fail = Value.List(
            "--fail",
            "Faults of your own, each a row: link:N, switch:NAME, plane:N or port:HOST.N, joined by + when they strike together, "
                + "=FRACTION when a rate only drops.",
            "faults without times divided by commas, for example link:7,switch:spine-3+plane:1 (simulate --fail takes times)",
            item => !item.Contains('@', StringComparison.Ordinal)
        );
        public readonly CheckedOption<string[]> Workload = Value.Words(
            "--workload",
            "What runs on the network (the file's workload:, else all-reduce and permutation): "
                + string.Join(", ", Simulation.Traffic.Workload.Names)
                + ".",
            Simulation.Traffic.Workload.Names
        );
        public readonly CheckedOption<long?> Size = Value.Size(
            "--size",
            "Bytes of the workload for one XPU (1MiB; a permutation 2MiB).",
            1,
            CommonOptions.MostBytes
        );
        public readonly CheckedOption<int?> Xpus = CommonOptions.Xpus("all, at most 1,024");
        public readonly CheckedOption<string?> Transport = CommonOptions.Transport();
        public readonly RepeatedOption TransportOption = CommonOptions.TransportOption();
        public readonly CheckedOption<string?> Preset = CommonOptions.Preset();
        public readonly CheckedOption<string?> Balancing = CommonOptions.LoadBalancing();
        public readonly CheckedOption<int?> Runs = Value.Whole(
            "--runs",
            "Runs of each workload with different seeds; times are their means.",
            1,
            1000,
            3
        );
        public readonly CheckedOption<double?> Detect = CommonOptions.Detect();
        public readonly RepeatedOption Rate = new(
            "--rate",
            "How often one part fails: leaf=0.03 (a year), leaf=300000h (hours between), leaf=assumed or all=assumed "
                + "(the catalogue's assumptions).",
            "CLASS=RATE with one of all, " + string.Join(", ", FaultKind.Words) + ", for example leaf=0.03, leaf=300000h or leaf=assumed",
            "CLASS=RATE",
            FailureRates.IsRate
        );
        public readonly RepeatedOption Repair = new(
            "--repair",
            "Hours until a part is repaired: leaf=6.",
            GoodputOptions.RepairGrammar,
            "CLASS=HOURS",
            item => GoodputOptions.TryReadRepair(item, out _, out _)
        );
        public readonly CheckedOption<double?> Restart = Value.Number(
            "--restart-min",
            "Minutes until an interrupted job runs again without the nodes that it lost.",
            0,
            1e6,
            15,
            "minutes"
        );
        public readonly CheckedOption<double?> Checkpoint = Value.Number(
            "--checkpoint-min",
            "Minutes between checkpoints.",
            0,
            1e6,
            30,
            "minutes"
        );
        public readonly CheckedOption<double?> Share = Value.Number(
            "--network-share",
            "Share of a step that waits for the network.",
            0,
            1,
            1
        );
        public readonly CheckedOption<int?> Years = Value.Whole("--years", "Years to sample.", 4, 10_000_000, 1000);
        public readonly CheckedOption<ulong> Seed = Value.Seed("Chooses instances, and seeds everything random.");
        public readonly CheckedOption<int?> Threads = CommonOptions.Threads(
            "Simulations that run at once (the machine's cores); results do not depend on it.",
            Math.Min(256, Environment.ProcessorCount)
        );
        public readonly Option<bool> Json = CommonOptions.Json();
        public readonly CheckedOption<string?> Csv = Value.Path("--csv", "Writes one row a fault and workload.", "FILE.csv");
        public readonly CheckedOption<string?> Series = Value.Path(
            "--series",
            "Writes the sampled runs in which a fault strikes and is repaired.",
            "FILE.csv"
        );

        public IEnumerable<Option> All =>
            [
                Fabric,
                Catalog,
                Classes,
                Pairs,
                Fail,
                Workload,
                Size,
                Xpus,
                Transport,
                TransportOption,
                Preset,
                Balancing,
                Runs,
                Detect,
                Rate,
                Repair,
                Restart,
                Checkpoint,
                Share,
                Years,
                Seed,
                Threads,
                Json,
                Csv,
                Series,
            ];
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Settings s = new();
        Command command = new(
            "faults",
            "What each failure costs: cable, transceiver, NIC port, leaf, spine, plane; alone, in pairs, and over a year."
        )
        {
            s.File,
        };
        foreach (Option option in s.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, s, cancellation)));
        return command;
    }

    // What of the whole the design is taken to be: the rest is simulated.
    private const double DesignShare = 0.1;

    private static int Run(ParseResult parsed, Settings s, CancellationToken cancellation)
    {
        if ((OutputFile.Problem(s.Csv.In(parsed)) ?? OutputFile.Problem(s.Series.In(parsed))) is { } problem)
        {
            return CommandLine.Misused(problem);
        }

        DiagnosticBag diagnostics = new();
        string file = parsed.GetValue(s.File)!;
        ClusterSpec? spec = ClusterFile.Read(file, s.Catalog.In(parsed), diagnostics);
        using ProgressLine line = new();
        ClusterDesign? design = spec is null
            ? null
            : Designer.Design(spec, diagnostics, line.Part(0, DesignShare), cancellation, worries: false);
        if (design is null)
        {
            line.Clear();
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        GoodputOptions years;
        FaultStudy study;
        FailureRates rates;
        try
        {
            Testbed bed = Testbed.Of(design, CommonOptions.Role(s.Fabric.In(parsed), design));
            rates = new(design, s.Rate.In(parsed));
            years = Years(parsed, s);
            study = new(bed, StudyOptions(parsed, s, bed));
        }
        catch (RefusedException e)
        {
            line.Clear();
            return CommandLine.Misused(e);
        }

        IProgress<DesignStage> simulating = line.Part(DesignShare, 1);
        IReadOnlyList<FaultOutcome> outcomes = study.Run(
            (share, label) => simulating.Report(new("simulating " + label, share)),
            cancellation
        );
        IReadOnlyList<double> noise = study.Noise(cancellation);
        GoodputYear year = new(study, outcomes, rates, years, noise[0], cancellation);
        line.Clear();
        FaultsReport report = new(design, study, outcomes, noise, year, years);
        if (parsed.GetValue(s.Json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            report.WriteJson(stdout);
            stdout.WriteByte((byte)'\n');
        }
        else
        {
            report.WriteTables(Terminal.Out());
        }

        OutputFile.Write(s.Csv.In(parsed), report.WriteCsv);
        OutputFile.Write(s.Series.In(parsed), report.WriteSeries);
        return ExitCode.Done;
    }

    private static FaultStudyOptions StudyOptions(ParseResult parsed, Settings s, Testbed bed)
    {
        ClusterSpec spec = bed.Design!.Spec;
        EngineChoices choices = new()
        {
            Transport = s.Transport.In(parsed),
            Constants = CommonOptions.Constants(s.TransportOption, s.Preset, parsed),
            LoadBalancing = s.Balancing.In(parsed),
            Other = new() { Detection = SimTime.FromMicroseconds(s.Detect.In(parsed)!.Value), Seed = s.Seed.In(parsed) },
        };
        StudyTraffic traffic = StudyTraffic.Of(
            spec.Workload,
            s.Workload.In(parsed),
            s.Size.In(parsed) is { } bytes ? DataSize.FromBytes(bytes) : null,
            s.Xpus.In(parsed)
        );
        FaultStudyOptions options = new()
        {
            Simulation = choices.On(bed),
            Workloads = traffic.Workloads,
            Runs = s.Runs.In(parsed)!.Value,
            Xpus = traffic.Xpus,
            Classes = [.. s.Classes.In(parsed).Select(One)],
            Own = [.. s.Fail.In(parsed).Select(item => Own(item, bed.Network))],
            Seed = s.Seed.In(parsed),
            Threads = s.Threads.In(parsed)!.Value,
        };
        return s.Pairs.IsGivenIn(parsed) ? options with { Pairs = Pairs(s.Pairs.In(parsed)) } : options;
    }

    private static IReadOnlyList<(FaultClass, FaultClass)> Pairs(string[] items) =>
        items is ["none"]
            ? []
            : [.. items.Select(p => FaultKind.TryParsePair(p, out (FaultClass, FaultClass) pair) ? pair : throw Alone(p))];

    private static RefusedException Alone(string item) => new($"--pairs {item} stands alone; leave it or the pairs out");

    private static GoodputOptions Years(ParseResult parsed, Settings s) =>
        new()
        {
            Years = s.Years.In(parsed)!.Value,
            Seed = s.Seed.In(parsed),
            Threads = s.Threads.In(parsed)!.Value,
            RepairHours = GoodputOptions.RepairTimes(s.Repair.In(parsed)),
            RestartMinutes = s.Restart.In(parsed)!.Value,
            CheckpointMinutes = s.Checkpoint.In(parsed)!.Value,
            NetworkShare = s.Share.In(parsed)!.Value,
        };

    private static FaultClass One(string word) =>
        FaultKind.TryParse(word, out FaultClass one)
            ? one
            : throw new RefusedException($"'{word}' is nothing that fails here; known are {string.Join(", ", FaultKind.Words)}");

    private static FaultScenario Own(string item, NetworkDescription network) =>
        new("yours", item, [], [.. item.Split('+').SelectMany(one => FaultList.Parse(one, network))]);
}
