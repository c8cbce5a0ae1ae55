using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lightloom.Cli.Options;
using Lightloom.Diagnostics;
using Lightloom.Report;
using Lightloom.Simulation.Model;
using Lightloom.Traces.Astra;
using Lightloom.Traces.Formats;
using Lightloom.Traces.Goal;
using Lightloom.Traces.Graph;
using Lightloom.Traces.Simai;

namespace Lightloom.Cli.Commands;

/// <summary>
/// <c>lightloom import PATH [--to goal -o FILE]</c>: says what a trace or another simulator's network holds and whether it is sound, and
/// writes a trace as GOAL. Reads a piece at a time, so that a trace may be larger than memory.
/// </summary>
public sealed class ImportCommand
{
    private readonly Argument<string> _path = new("PATH")
    {
        Description = "A trace (Chakra, GOAL, SimAI or ASTRA-sim workload) or a network (SimAI, ns-3, ASTRA-sim).",
    };
    private readonly CheckedOption<string?> _to = Value.Word("--to", "Writes the trace in another format.", ["goal"], helpName: "FORMAT");
    private readonly CheckedOption<string?> _output = Value.Path("--output|-o", "The file to write, whole or not at all.", "FILE");
    private readonly Option<bool> _check = new("--check")
    {
        Description = "Looks for operations that wait for each other as well; memory then grows with the trace.",
    };
    private readonly CheckedOption<string?> _groups = Value.Path(
        "--comm-groups",
        "With --check: ASTRA-sim's communicator groups.",
        "FILE.json"
    );
    private readonly CheckedOption<int?> _xpus = CommonOptions.Xpus("as many as the trace says");
    private readonly Option<bool> _json = CommonOptions.Json();

    private ImportCommand() { }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        ImportCommand i = new();
        Command command = new("import", "Says what a trace or another simulator's network holds, and whether it is sound.")
        {
            i._path,
            i._to,
            i._output,
            i._check,
            i._groups,
            i._xpus,
            i._json,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(i.Run(parsed, cancel)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        if (_to.IsGivenIn(parsed) != _output.IsGivenIn(parsed))
        {
            return CommandLine.Misused("give --to FORMAT and -o FILE together, or neither");
        }

        if (OutputFile.Problem(_output.In(parsed)) is { } problem)
        {
            return CommandLine.Misused(problem);
        }

        if (_groups.IsGivenIn(parsed) && !parsed.GetValue(_check))
        {
            return CommandLine.Misused("--comm-groups changes nothing here: groups are looked at with --check");
        }

        string path = parsed.GetValue(_path)!;
        TraceFormat format = TraceReader.FormatOf(path);
        return format switch
        {
            TraceFormat.SimaiTopology
            or TraceFormat.AstraNetwork
            or TraceFormat.Json
            or TraceFormat.HtsimTopology
            or TraceFormat.HtsimMatrix => Network(path, format, parsed),
            _ => Trace(path, format, parsed, cancel),
        };
    }

    private int Trace(string path, TraceFormat format, ParseResult parsed, CancellationToken cancel)
    {
        DiagnosticBag diagnostics = new();
        TraceSummary summary = new(diagnostics);
        int ranks = _xpus.In(parsed) ?? 0;
        try
        {
            if (_output.In(parsed) is { } file)
            {
                OutputFile.Write(
                    file,
                    to =>
                    {
                        summary = new(diagnostics, new GoalTextSink(to));
                        if (!TraceReader.Read(path, ranks, summary, diagnostics, cancel))
                        {
                            throw new OperationCanceledException("the trace is wrong, so that nothing is written");
                        }
                    }
                );
            }
            else
            {
                TraceReader.Read(path, ranks, summary, diagnostics, cancel);
            }
        }
        catch (OperationCanceledException) when (diagnostics.HasErrors && !cancel.IsCancellationRequested) { }
        catch (RefusedException e)
        {
            return CommandLine.Misused(e);
        }

        if (!diagnostics.HasErrors && (parsed.GetValue(_check) || !summary.MessagesMatch))
        {
            Check(path, ranks, parsed, diagnostics, cancel);
        }

        if (CommandLine.Report(diagnostics, Severity.Note) is not ExitCode.Done and var code)
        {
            return code;
        }

        Print(Facts(format, summary), parsed);
        return ExitCode.Done;
    }

    private void Check(string path, int ranks, ParseResult parsed, DiagnosticBag diagnostics, CancellationToken cancel)
    {
        RankGroups? groups = _groups.In(parsed) is { } file ? RankGroups.Read(file, File.ReadAllText(file), diagnostics) : RankGroups.None;
        if (groups is not null)
        {
            TraceGraphBuilder builder = new(groups, diagnostics);
            if (TraceReader.Read(path, ranks, builder, diagnostics, cancel))
            {
                builder.Build();
            }
        }
    }

    private static List<(string Key, string Words, object Value)> Facts(TraceFormat format, TraceSummary s) =>
        [
            Fact("format", TraceFormats.InWords(format)),
            Fact("ranks", s.Ranks),
            Fact("operations", s.Operations),
            Fact("computations", s.Count(TraceKind.Compute)),
            Fact("sends", s.Count(TraceKind.Send)),
            Fact("receives", s.Count(TraceKind.Receive)),
            Fact("collectives", s.Count(TraceKind.Collective)),
            Fact("dependencies", s.Dependencies),
            Fact("forward_dependencies", s.ForwardDependencies),
            Fact("compute_us", s.ComputeNanoseconds / 1e3),
            Fact("sent_bytes", s.SentBytes),
            Fact("collective_bytes", s.CollectiveBytes),
        ];

    private static (string, string, object) Fact(string key, object value) =>
        (key, value is string text ? text : string.Format(CultureInfo.InvariantCulture, "{0:#,0.###}", value), value);

    private int Network(string path, TraceFormat format, ParseResult parsed)
    {
        if (_output.IsGivenIn(parsed))
        {
            return CommandLine.Misused($"this is {TraceFormats.InWords(format)}; --to writes traces");
        }

        DiagnosticBag diagnostics = new();
        string text = File.ReadAllText(path);
        List<(string, string, object)>? facts = format switch
        {
            TraceFormat.SimaiTopology => SimaiTopology.Read(path, text, diagnostics) is { } network
                ? [Fact("format", TraceFormats.InWords(format)), .. Facts(network)]
                : null,
            TraceFormat.AstraNetwork => AstraNetwork.Read(path, text, diagnostics) is { } astra
                ? [Fact("format", TraceFormats.InWords(format)), .. Facts(astra)]
                : null,
            TraceFormat.Json => Json(path, text, diagnostics),
            _ => null,
        };
        if (CommandLine.Report(diagnostics, Severity.Note) is not ExitCode.Done and var code)
        {
            return code;
        }

        if (facts is null)
        {
            return CommandLine.Misused($"this is {TraceFormats.InWords(format)}; simulate --topo and --tm read it");
        }

        Print(facts, parsed);
        return ExitCode.Done;
    }

    private static List<(string, string, object)> Facts(NetworkDescription network) =>
        [
            Fact("hosts", network.HostCount),
            Fact("switches", network.Switches.Count),
            Fact("tiers", network.Switches.Max(s => s.Tier) + 1),
            Fact("links", network.Links.Count),
            Fact("host_gbps", network.HostRate().Gbps),
            Fact("scale_up_domains", network.ScaleUp is { } domains ? domains.DomainOfHost.Where(d => d >= 0).Distinct().Count() : 0),
        ];

    private static List<(string, string, object)> Facts(AstraNetwork network) =>
        [
            Fact("ranks", network.Ranks),
            Fact("dimensions", network.Dimensions.Count),
            .. network.Dimensions.SelectMany(
                (d, i) =>
                    ((string, string, object)[])
                        [
                            Fact($"dimension_{i}", FormattableString.Invariant($"{d.Topology} of {d.Ranks}")),
                            Fact($"gbps_{i}", d.GibibytesPerSecond * (1L << 30) * 8 / 1e9),
                            Fact($"latency_ns_{i}", d.Latency.Nanoseconds),
                        ]
            ),
        ];

    // Three files of ASTRA-sim are JSON; their keys tell them apart.
    private static List<(string, string, object)>? Json(string path, string text, DiagnosticBag diagnostics)
    {
        if (text.Contains("-implementation\"", StringComparison.Ordinal) || text.Contains("scheduling-policy", StringComparison.Ordinal))
        {
            return AstraSystem.Read(path, text, diagnostics) is { } system
                ?
                [
                    Fact("format", "an ASTRA-sim system"),
                    Fact("all_reduce", string.Join(", ", system.AllReduce)),
                    Fact("all_gather", string.Join(", ", system.AllGather)),
                    Fact("reduce_scatter", string.Join(", ", system.ReduceScatter)),
                    Fact("all_to_all", string.Join(", ", system.AllToAll)),
                    Fact("endpoint_delay_ns", system.EndpointDelay.Nanoseconds),
                    Fact("chunks", system.Splits),
                    Fact("active_chunks", system.ActiveChunks),
                    Fact("memory_gbytes_s", system.MemoryGigabytesPerSecond),
                ]
                : null;
        }

        if (text.Contains("logical-dims", StringComparison.Ordinal))
        {
            return AstraLogicalTopology.Read(path, text, diagnostics) is { } dimensions
                ?
                [
                    Fact("format", "an ASTRA-sim logical topology"),
                    Fact("ranks", dimensions.Ranks),
                    Fact("dimensions", dimensions.ToString()),
                ]
                : null;
        }

        return RankGroups.Read(path, text, diagnostics) is { } groups
            ?
            [
                Fact("format", "communicator groups of ASTRA-sim"),
                Fact("groups", groups.Names.Count),
                Fact("ranks", groups.Names.SelectMany(n => groups.Of(n)!).Distinct().Count()),
            ]
            : null;
    }

    private void Print(List<(string Key, string Words, object Value)> facts, ParseResult parsed)
    {
        if (!parsed.GetValue(_json))
        {
            foreach ((string key, string words, _) in facts)
            {
                Console.Out.WriteLine($"{key.Replace('_', ' '), -22}{PlainText.Of(words)}");
            }

            return;
        }

        using Stream stdout = Console.OpenStandardOutput();
        using (Utf8JsonWriter json = new(stdout, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach ((string key, _, object value) in facts)
            {
                json.WritePropertyName(key);
                switch (value)
                {
                    case string text:
                        json.WriteStringValue(text);
                        break;
                    case double number:
                        json.WriteNumberValue(Math.Round(number, 6));
                        break;
                    default:
                        json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                        break;
                }
            }

            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}
