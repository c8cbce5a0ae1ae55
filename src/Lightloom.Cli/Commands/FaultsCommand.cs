using System.CommandLine;
using System.Globalization;
using Lightloom.Cli.Output;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom faults CLUSTER.yaml</c>: what each failure costs, alone and in pairs, and what a year of them costs.</summary>
public static class FaultsCommand
{
    private sealed class Settings
    {
        public readonly Argument<string> File = new("CLUSTER.yaml") { Description = "The cluster file; its design is examined." };
        public readonly Option<string> Fabric = new("--fabric")
        {
            Description = "Which network of the cluster: backend or frontend.",
            DefaultValueFactory = _ => "backend",
        };
        public readonly Option<string?> Catalog = new("--catalog")
        {
            Description = "A directory of your own catalogue files.",
            HelpName = "DIR",
        };
        public readonly Option<string?> Classes = new("--classes")
        {
            Description = "What fails, one at a time: " + string.Join(", ", FaultKind.Words) + " (all that the network has).",
            HelpName = "LIST",
        };
        public readonly Option<string?> Pairs = new("--pairs")
        {
            Description = "What fails two at a time, or none (cable+cable,leaf+spine,plane+cable,spine+spine).",
            HelpName = "LIST",
        };
        public readonly Option<string?> Fail = new("--fail")
        {
            Description =
                "Faults of your own, each a row: link:N, switch:NAME, plane:N or port:HOST.N, joined by + when they strike together, =FRACTION when a rate only drops.",
            HelpName = "LIST",
        };
        public readonly Option<string?> Workload = new("--workload")
        {
            Description =
                "What runs on the network (the file's workload:, else all-reduce and permutation): "
                + string.Join(", ", Simulation.Traffic.Workload.Names)
                + ".",
            HelpName = "LIST",
        };
        public readonly Option<string?> Size = new("--size")
        {
            Description = "Bytes of the workload, with KiB, MiB, GiB, KB, MB or GB (1MiB; a permutation 2MiB).",
            HelpName = "BYTES",
        };
        public readonly Option<int> Xpus = new("--xpus") { Description = "How many XPUs take part (all, at most 1,024)." };
        public readonly Option<string?> Transport = new("--transport")
        {
            Description = "How hosts decide when to send (the cluster file's, else nscc).",
        };
        public readonly Option<string?> Balancing = new("--load-balancing")
        {
            Description = "How packets are spread over paths (the cluster file's, else oblivious).",
        };
        public readonly Option<int> Runs = new("--runs")
        {
            Description = "Runs of each workload with different seeds; times are their means.",
            DefaultValueFactory = _ => 3,
        };
        public readonly Option<double> Detect = new("--detect-us")
        {
            Description = "Microseconds from a fault until switches and cards stop using the dead link.",
            DefaultValueFactory = _ => 10,
        };
        public readonly Option<string[]> Rate = new("--rate")
        {
            Description =
                "How often one part fails: leaf=0.03 (a year), leaf=300000h (hours between), leaf=assumed or all=assumed (the catalogue's assumptions).",
            HelpName = "CLASS=RATE",
            AllowMultipleArgumentsPerToken = false,
        };
        public readonly Option<string[]> Repair = new("--repair")
        {
            Description = "Hours until a part is repaired: leaf=6.",
            HelpName = "CLASS=HOURS",
            AllowMultipleArgumentsPerToken = false,
        };
        public readonly Option<double> Restart = new("--restart-min")
        {
            Description = "Minutes until an interrupted job runs again without the nodes that it lost.",
            DefaultValueFactory = _ => 15,
        };
        public readonly Option<double> Checkpoint = new("--checkpoint-min")
        {
            Description = "Minutes between checkpoints.",
            DefaultValueFactory = _ => 30,
        };
        public readonly Option<double> Share = new("--network-share")
        {
            Description = "Share of a step that waits for the network, 0 to 1.",
            DefaultValueFactory = _ => 1,
        };
        public readonly Option<int> Years = new("--years") { Description = "Years to sample.", DefaultValueFactory = _ => 1000 };
        public readonly Option<ulong> Seed = new("--seed")
        {
            Description = "Chooses instances, and seeds everything random.",
            DefaultValueFactory = _ => 1UL,
        };
        public readonly Option<int> Threads = new("--threads")
        {
            Description = "Simulations that run at once (the machine's cores); results do not depend on it.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        public readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on standard output." };
        public readonly Option<FileInfo?> Csv = new("--csv")
        {
            Description = "Writes one row a fault and workload.",
            HelpName = "FILE.csv",
        };
        public readonly Option<FileInfo?> Series = new("--series")
        {
            Description = "Writes the sampled runs in which a fault strikes and is repaired.",
            HelpName = "FILE.csv",
        };

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
        s.Fabric.AcceptOnlyFromAmong("backend", "frontend");
        s.Transport.AcceptOnlyFromAmong([.. Transports.Words]);
        s.Balancing.AcceptOnlyFromAmong([.. LoadBalancings.Words]);
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
        if ((OutputFile.Problem(parsed.GetValue(s.Csv)) ?? OutputFile.Problem(parsed.GetValue(s.Series))) is { } problem)
        {
            return CommandLine.Misused(problem);
        }

        DiagnosticBag diagnostics = new();
        string file = parsed.GetValue(s.File)!;
        ClusterSpec? spec = ClusterFile.Read(file, parsed.GetValue(s.Catalog), diagnostics);
        using ProgressLine line = new();
        ClusterDesign? design = spec is null ? null : Designer.Design(spec, diagnostics, line, cancellation);
        if (design is null)
        {
            line.Clear();
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        DesignedNetwork designed;
        FaultStudy study;
        FailureRates rates;
        GoodputOptions years;
        try
        {
            designed = new(design, parsed.GetValue(s.Fabric) == "frontend" ? FabricRole.Frontend : FabricRole.Backend);
            years = Years(parsed, s);
            rates = new(design, parsed.GetValue(s.Rate) ?? []);
            study = new(design, designed, Options(parsed, s, spec!, designed));
        }
        catch (ArgumentException e)
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

        OutputFile.Write(parsed.GetValue(s.Csv), report.WriteCsv);
        OutputFile.Write(parsed.GetValue(s.Series), report.WriteSeries);
        return ExitCode.Done;
    }

    private static FaultStudyOptions Options(ParseResult parsed, Settings s, ClusterSpec spec, DesignedNetwork designed)
    {
        double detect = parsed.GetValue(s.Detect);
        if (detect is not (>= 0 and <= 1e6))
        {
            throw new ArgumentException("--detect-us must be 0 to 1,000,000");
        }

        if (parsed.GetValue(s.Xpus) < 0 || parsed.GetValue(s.Threads) is < 1 or > 256 || parsed.GetValue(s.Runs) is < 1 or > 1000)
        {
            throw new ArgumentException("--xpus must be at least 2 (0 for all), --threads 1 to 256, --runs 1 to 1000");
        }

        FaultStudyOptions options = new()
        {
            Simulation = HostCards.Options(designed, spec.Backend, parsed.GetValue(s.Transport), parsed.GetValue(s.Balancing)) with
            {
                DetectionPicoseconds = (long)(detect * 1e6),
                Seed = parsed.GetValue(s.Seed),
            },
            Workloads = Workloads(parsed, s, spec),
            Runs = parsed.GetValue(s.Runs),
            Xpus =
                parsed.GetValue(s.Xpus) > 0 ? parsed.GetValue(s.Xpus)
                : parsed.GetValue(s.Workload) is null && spec.Workload.Collectives is [{ Xpus: { } some }, ..] ? some
                : 0,
            Classes = [.. Items(parsed.GetValue(s.Classes)).Select(One)],
            Own = [.. Items(parsed.GetValue(s.Fail)).Select(item => Own(item, designed.Network))],
            Seed = parsed.GetValue(s.Seed),
            Threads = parsed.GetValue(s.Threads),
        };
        return parsed.GetValue(s.Pairs) is not { } pairs
            ? options
            : options with
            {
                Pairs = pairs == "none" ? [] : [.. Items(pairs).Select(Pair)],
            };
    }

    private static List<(string, long)> Workloads(ParseResult parsed, Settings s, ClusterSpec spec)
    {
        long size = 0;
        if (parsed.GetValue(s.Size) is { } text)
        {
            size =
                DataSize.TryParse(text, out DataSize read) && read.Bytes > 0
                    ? read.Bytes
                    : throw new ArgumentException($"--size '{text}' is no size; write for example 4MiB");
        }

        List<(string Name, long Bytes)> found = parsed.GetValue(s.Workload) is { } names
            ? [.. Items(names).Select(n => (n, 0L))]
            : [.. spec.Workload.Collectives.Select(c => (Workload.NameOf(c.Name, c.Algorithm), c.Size?.Bytes ?? 0))];
        if (found.Count == 0)
        {
            found = [("all-reduce", 0), ("permutation", 0)];
        }

        foreach ((string name, _) in found)
        {
            if (!Workload.Names.Contains(name))
            {
                throw new ArgumentException($"unknown workload '{name}'; known are {string.Join(", ", Workload.Names)}");
            }
        }

        return
        [
            .. found.Select(w =>
                (
                    w.Name,
                    size > 0 ? size
                    : w.Bytes > 0 ? w.Bytes
                    : w.Name == "permutation" ? 2L << 20
                    : 1L << 20
                )
            ),
        ];
    }

    private static GoodputOptions Years(ParseResult parsed, Settings s)
    {
        var repair = new Dictionary<FaultClass, double>();
        foreach (string item in parsed.GetValue(s.Repair) ?? [])
        {
            string[] parts = item.Split('=', 2, StringSplitOptions.TrimEntries);
            if (
                parts.Length != 2
                || !FaultKind.TryParse(parts[0], out FaultClass one)
                || !double.TryParse(parts[1].TrimEnd('h'), NumberStyles.Float, CultureInfo.InvariantCulture, out double hours)
                || hours is not (> 0 and < 1e5)
            )
            {
                throw new ArgumentException(
                    $"'{item}' is no repair time; write CLASS=HOURS with one of {string.Join(", ", FaultKind.Words)}, for example leaf=6"
                );
            }

            repair[one] = hours;
        }

        GoodputOptions options = new()
        {
            Years = parsed.GetValue(s.Years),
            Seed = parsed.GetValue(s.Seed),
            Threads = parsed.GetValue(s.Threads),
            RepairHours = repair,
            RestartMinutes = parsed.GetValue(s.Restart),
            CheckpointMinutes = parsed.GetValue(s.Checkpoint),
            NetworkShare = parsed.GetValue(s.Share),
        };
        return
            options
                is {
                    Years: >= 4 and <= 10_000_000,
                    RestartMinutes: >= 0 and < 1e6,
                    CheckpointMinutes: >= 0 and < 1e6,
                    NetworkShare: >= 0 and <= 1
                }
            ? options
            : throw new ArgumentException(
                "--years must be 4 to 10,000,000, --restart-min and --checkpoint-min at least 0, --network-share 0 to 1"
            );
    }

    private static string[] Items(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static FaultClass One(string word) =>
        FaultKind.TryParse(word, out FaultClass one)
            ? one
            : throw new ArgumentException($"'{word}' is nothing that fails here; known are {string.Join(", ", FaultKind.Words)}");

    private static (FaultClass, FaultClass) Pair(string item) =>
        item.Split('+', StringSplitOptions.TrimEntries) is [var a, var b]
            ? (One(a), One(b))
            : throw new ArgumentException($"'{item}' is no pair; write for example cable+cable");

    private static FaultScenario Own(string item, NetworkDescription network)
    {
        if (item.Contains('@', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{item}': faults chooses the times itself; leave @US away (simulate --fail takes it)");
        }

        return new("yours", item, [], [.. item.Split('+').SelectMany(one => FaultList.Parse(one, network))]);
    }
}
