using System.CommandLine;
using System.Globalization;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Diagnostics;
using Lightloom.Experiments.Compare;
using Lightloom.Report.Compare;
using Lightloom.Simulation.Model;
using Lightloom.Spec;

namespace Lightloom.Cli.Commands;

/// <summary>
/// <c>lightloom compare A.yaml B.yaml …</c> and <c>compare --paradigms CLUSTER.yaml</c>: designs side by side, counted and simulated.
/// </summary>
public static class CompareCommand
{
    private static readonly Argument<string[]> Files = new("CLUSTER.yaml")
    {
        Description = "Two or more cluster files; one with --paradigms.",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<bool> Paradigms = new("--paradigms")
    {
        Description = "From one file: endpoint-scheduled against switch-scheduled, each with the catalogue's cheapest feasible switches.",
    };
    private static readonly CheckedOption<List<int>?> Planes = Value.Text<List<int>>(
        "--planes",
        "From one file, which is one plane: the same so many times over, joined above; does bandwidth grow with it, "
            + "do faults stay at home?",
        "counts from 1 to 16, each once, for example 1..10 or 1,2,4",
        Counts,
        "1..10"
    );
    private static readonly Option<bool> KeepSwitches = new("--keep-switches")
    {
        Description = "With --paradigms: keep the switches that the file names for its own paradigm.",
    };
    private static readonly Option<bool> Ecmp = new("--ecmp")
    {
        Description = "Also run every endpoint-scheduled design under ECMP (always with --paradigms).",
    };
    private static readonly Option<bool> Static = new("--static")
    {
        Description = "Counts, cost, power and latency only; nothing is simulated.",
    };
    private static readonly CheckedOption<long?> Size = Value.Size(
        "--size",
        "Bytes that each XPU sends in the permutation; other patterns follow.",
        1000,
        CommonOptions.MostBytes,
        4 << 20
    );
    private static readonly CheckedOption<int?> Xpus = CommonOptions.Xpus("as many as the smallest design has");
    private static readonly CheckedOption<int?> Seeds = Value.Whole(
        "--seeds",
        "How many seeds; figures are medians over them.",
        1,
        10_000,
        1
    );
    private static readonly Option<bool> Quick = new("--quick") { Description = "An eighth of the bytes, smaller groups." };
    private static readonly CheckedOption<int?> Threads = CommonOptions.Threads(
        "Runs that go on at once; results do not depend on it (the machine's processors).",
        Math.Min(256, Environment.ProcessorCount)
    );
    private static readonly CheckedOption<long?> Hungry = CellSettings.HungryBytes(
        "Cell fabrics: what a queue may send before it has credit."
    );
    private static readonly RepeatedOption TransportOption = CommonOptions.TransportOption();
    private static readonly CheckedOption<string?> Preset = CommonOptions.Preset();
    private static readonly CheckedOption<string[]> Scenarios = Value.Words(
        "--scenarios",
        "Only these, and what they are held against: " + string.Join(", ", Scenario.All.Select(s => s.Key)) + ".",
        [.. Scenario.All.Select(s => s.Key)]
    );
    private static readonly CheckedOption<string?> Output = CommonOptions.Output("compare.html, compare.json and the plots");
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly CheckedOption<string?> Catalog = CommonOptions.Catalog();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Command command = new(
            "compare",
            "Compares designs: counts, cost, power, latency, and what they do under the same traffic and faults."
        )
        {
            Files,
            Paradigms,
            Planes,
            KeepSwitches,
            Ecmp,
            Static,
            Size,
            Xpus,
            Seeds,
            Quick,
            Threads,
            Hungry,
            TransportOption,
            Preset,
            Scenarios,
            Output,
            Json,
            Catalog,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed, cancel)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        string[] files = parsed.GetValue(Files)!;
        if (Contradiction(parsed, files.Length) is { } wrong)
        {
            return CommandLine.Misused(wrong);
        }

        try
        {
            return Compared(parsed, files, cancel);
        }
        catch (RefusedException e)
        {
            return CommandLine.Misused(e);
        }
    }

    private static int Compared(ParseResult parsed, string[] files, CancellationToken cancel)
    {
        // Every file is read before any is designed, so that a mistake in the last is said at once.
        DiagnosticBag diagnostics = new();
        List<ClusterSpec> specs = [];
        foreach (string file in files)
        {
            if (ClusterFile.Read(file, Catalog.In(parsed), diagnostics) is { } spec)
            {
                specs.Add(spec);
            }
        }

        if (diagnostics.HasErrors)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        Experiments.Compare.CompareOptions options = OptionsOf(parsed);
        if (Planes.In(parsed) is { } planes)
        {
            return Grow(parsed, specs[0], planes, options, cancel);
        }

        Comparison comparison;
        using (ProgressLine line = new())
        {
            IReadOnlyList<Contender> contenders = parsed.GetValue(Paradigms)
                ? Contender.Paradigms(specs[0], parsed.GetValue(KeepSwitches), line, cancel)
                : Designed(specs, files, diagnostics, line, cancel);
            if (diagnostics.HasErrors && contenders.All(c => c.Design is null))
            {
                line.Clear();
                return CommandLine.Report(diagnostics, Severity.Error);
            }

            comparison = Comparer.Run(contenders, options, line, cancel);
        }

        Say(comparison, parsed);
        return comparison.Contenders.Any(c => c.Design is not null) ? ExitCode.Done : ExitCode.Infeasible;
    }

    /// <summary>What cannot be meant, whatever the files; null when there is no such thing.</summary>
    private static string? Contradiction(ParseResult parsed, int files)
    {
        (bool paradigms, bool planes) = (parsed.GetValue(Paradigms), Planes.IsGivenIn(parsed));
        return paradigms && planes ? "give either --paradigms or --planes, not both"
            : (paradigms || planes) == (files == 1) ? Stray(parsed, paradigms, planes)
            : paradigms ? "--paradigms compares the two variants of one file; name one"
            : planes ? "--planes grows the cluster of one file; name one"
            : "name two or more cluster files, or one with --paradigms or --planes";
    }

    /// <summary>The first option that would change nothing, with why; null when there is none.</summary>
    private static string? Stray(ParseResult parsed, bool paradigms, bool planes)
    {
        Option[] simulated = [Size, Xpus, Seeds, Quick, Threads, Hungry, TransportOption, Preset, Scenarios, Ecmp];
        (Option[] Options, string? Why)[] rules =
        [
            ([KeepSwitches], paradigms ? null : "it is for --paradigms, which chooses switches"),
            ([Static, Xpus, Seeds, Hungry, Scenarios, Ecmp], planes ? "--planes runs its own permutations over whole clusters" : null),
            (simulated, parsed.GetValue(Static) ? "--static simulates nothing; leave one of the two out" : null),
        ];
        return rules
            .Where(r => r.Why is not null)
            .SelectMany(r => r.Options, (r, option) => (option, r.Why))
            .Where(s => parsed.GetResult(s.option) is { Implicit: false })
            .Select(s => $"{s.option.Name} changes nothing here: {s.Why}")
            .FirstOrDefault();
    }

    private static Experiments.Compare.CompareOptions OptionsOf(ParseResult parsed)
    {
        Experiments.Compare.CompareOptions options = new()
        {
            Bytes = Size.In(parsed)!.Value,
            Xpus = Xpus.In(parsed),
            Seeds = Seeds.In(parsed)!.Value,
            Threads = Threads.In(parsed)!.Value,
            Ecmp = parsed.GetValue(Paradigms) || parsed.GetValue(Ecmp),
            StaticOnly = parsed.GetValue(Static),
            HungryBytes = Hungry.IsGivenIn(parsed) ? (int)Hungry.In(parsed)! : null,
            Constants = CommonOptions.Constants(TransportOption, Preset, parsed),
            Scenarios = Scenarios.In(parsed),
        };
        return parsed.GetValue(Quick) ? options.Quick() : options;
    }

    private static void Say(Comparison comparison, ParseResult parsed)
    {
        string? directory = Output.In(parsed);
        if (directory is not null)
        {
            ComparisonFiles.Write(comparison, directory);
        }

        if (parsed.GetValue(Json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            ComparisonJson.Write(comparison, stdout);
            return;
        }

        ComparisonTable.Print(
            comparison,
            Console.Out,
            Console.IsOutputRedirected ? Terminal.Width : Math.Clamp(Console.WindowWidth, 72, 120)
        );
        if (directory is not null)
        {
            Console.Out.WriteLine(
                $"Written to {directory}: compare.html, compare.json"
                    + (comparison.Columns.Count > 0 ? ", utilisation.svg, completion.svg, buffers.svg" : "")
            );
        }
    }

    private static bool Counts(string text, out List<int>? counts)
    {
        counts = [];
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split("..");
            if (
                ends.Length > 2
                || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int from)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int to)
                || from < 1
                || to > 16
                || from > to
            )
            {
                return false;
            }

            counts.AddRange(Enumerable.Range(from, to - from + 1));
        }

        return counts.Distinct().Count() == counts.Count;
    }

    private static int Grow(
        ParseResult parsed,
        ClusterSpec spec,
        List<int> counts,
        Experiments.Compare.CompareOptions options,
        CancellationToken cancel
    )
    {
        IReadOnlyList<PlanePoint> points;
        using (ProgressLine line = new())
        {
            points = PlaneScaling.Run(spec, counts, options, line, cancel);
        }

        if (Output.In(parsed) is { } directory)
        {
            ComparisonFiles.Write(points, spec.Name, options.Bytes, directory);
        }

        if (parsed.GetValue(Json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            PlaneScalingDrawing.WriteJson(points, spec.Name, options.Bytes, stdout);
        }
        else
        {
            ComparisonTable.Print(points, Console.Out);
            if (Output.In(parsed) is { } written)
            {
                Console.Out.WriteLine($"Written to {written}: planes.svg, planes.json");
            }
        }

        return points.Any(p => p.Reason.Length == 0) ? ExitCode.Done : ExitCode.Infeasible;
    }

    private static List<Contender> Designed(
        List<ClusterSpec> specs,
        string[] files,
        DiagnosticBag diagnostics,
        ProgressLine line,
        CancellationToken cancel
    )
    {
        bool named = specs.Select(s => s.Name).Distinct().Count() == specs.Count;
        List<Contender> result = [];
        string[] labels = [.. specs.Select((s, i) => named ? s.Name : Path.GetFileNameWithoutExtension(files[i]))];
        bool told = labels.Distinct().Count() == labels.Length;
        for (int i = 0; i < specs.Count; i++)
        {
            DiagnosticBag own = new();
            result.Add(
                Contender.Of(
                    specs[i],
                    told ? labels[i] : string.Create(CultureInfo.InvariantCulture, $"{labels[i]} ({i + 1})"),
                    own,
                    line,
                    cancel
                )
            );
            diagnostics.AddRange(own);
        }

        return result;
    }
}
