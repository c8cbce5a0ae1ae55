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
            item => item == "none" || TryPair(item, out _)
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
            "CLASS=HOURS with one of " + string.Join(", ", FaultKind.Words) + " and above 0 to 100,000 hours, for example leaf=6",
            "CLASS=HOURS",
            item => TryRepair(item, out _, out _)
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
        ClusterDesign? design = spec is null ? null : Designer.Design(spec, diagnostics, line, cancellation);
        if (design is null)
        {
            line.Clear();
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        GoodputOptions years = Years(parsed, s);
        FaultStudy study;
        FailureRates rates;
        try
        {
            Testbed bed = Testbed.Of(design, CommonOptions.Role(s.Fabric.In(parsed), design));
            rates = new(design, s.Rate.In(parsed));
            study = new(bed, StudyOptions(parsed, s, bed));
        }
        catch (RefusedException e)
        {
            line.Clear();
            return CommandLine.Misused(e);
        }

        IReadOnlyList<FaultOutcome> outcomes = study.Run(
            (share, label) => line.Report(new DesignStage("simulating " + label, share)),
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
            Other = new()
            {
                Detection = SimTime.FromPicoseconds(CommonOptions.Picoseconds(s.Detect.In(parsed)!.Value)),
                Seed = s.Seed.In(parsed),
            },
        };
        FaultStudyOptions options = new()
        {
            Simulation = choices.On(bed),
            Workloads = Workloads(parsed, s, spec),
            Runs = s.Runs.In(parsed)!.Value,
            Xpus = s.Xpus.In(parsed) ?? (!s.Workload.IsGivenIn(parsed) && spec.Workload.Collectives is [{ Xpus: { } some }, ..] ? some : 0),
            Classes = [.. s.Classes.In(parsed).Select(One)],
            Own = [.. s.Fail.In(parsed).Select(item => Own(item, bed.Network))],
            Seed = s.Seed.In(parsed),
            Threads = s.Threads.In(parsed)!.Value,
        };
        return !s.Pairs.IsGivenIn(parsed)
            ? options
            : options with
            {
                Pairs =
                [
                    .. s
                        .Pairs.In(parsed)
                        .Where(p => p != "none")
                        .Select(p => TryPair(p, out (FaultClass, FaultClass) pair) ? pair : default),
                ],
            };
    }

    private static List<(string, long)> Workloads(ParseResult parsed, Settings s, ClusterSpec spec)
    {
        List<(string Name, long? Bytes)> found = s.Workload.IsGivenIn(parsed)
            ? [.. s.Workload.In(parsed).Select(n => (n, (long?)null))]
            : [.. spec.Workload.Collectives.Select(c => (Workload.NameOf(c.Name, c.Algorithm), c.Size?.Bytes))];
        if (found.Count == 0)
        {
            found = [("all-reduce", null), ("permutation", null)];
        }

        return
        [
            .. found.Select(w =>
                (
                    w.Name,
                    s.Size.In(parsed) ?? w.Bytes ?? (w.Name == "permutation" ? 2 * TrafficRequest.UsualBytes : TrafficRequest.UsualBytes)
                )
            ),
        ];
    }

    private static GoodputOptions Years(ParseResult parsed, Settings s)
    {
        var repair = new Dictionary<FaultClass, double>();
        foreach (string item in s.Repair.In(parsed))
        {
            if (TryRepair(item, out FaultClass one, out double hours))
            {
                repair[one] = hours;
            }
        }

        return new()
        {
            Years = s.Years.In(parsed)!.Value,
            Seed = s.Seed.In(parsed),
            Threads = s.Threads.In(parsed)!.Value,
            RepairHours = repair,
            RestartMinutes = s.Restart.In(parsed)!.Value,
            CheckpointMinutes = s.Checkpoint.In(parsed)!.Value,
            NetworkShare = s.Share.In(parsed)!.Value,
        };
    }

    private static FaultClass One(string word) =>
        FaultKind.TryParse(word, out FaultClass one)
            ? one
            : throw new RefusedException($"'{word}' is nothing that fails here; known are {string.Join(", ", FaultKind.Words)}");

    private static bool TryPair(string item, out (FaultClass, FaultClass) pair)
    {
        pair = default;
        if (
            item.Split('+', StringSplitOptions.TrimEntries) is not [var a, var b]
            || !FaultKind.TryParse(a, out FaultClass first)
            || !FaultKind.TryParse(b, out FaultClass second)
        )
        {
            return false;
        }

        pair = (first, second);
        return true;
    }

    private static bool TryRepair(string item, out FaultClass one, out double hours)
    {
        (one, hours) = (default, 0);
        return item.Split('=', 2, StringSplitOptions.TrimEntries) is [var word, var text]
            && FaultKind.TryParse(word, out one)
            && double.TryParse(text.TrimEnd('h'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out hours)
            && hours is > 0 and <= 1e5;
    }

    private static FaultScenario Own(string item, NetworkDescription network) =>
        new("yours", item, [], [.. item.Split('+').SelectMany(one => FaultList.Parse(one, network))]);
}
