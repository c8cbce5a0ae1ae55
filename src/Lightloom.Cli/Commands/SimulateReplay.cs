using System.CommandLine;
using Lightloom.Cli.Options;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Traces.Formats;
using Lightloom.Traces.Graph;
using Lightloom.Traces.Replay;

namespace Lightloom.Cli.Commands;

/// <summary>The options of <c>simulate</c> that run a trace of operations instead of a pattern.</summary>
internal sealed class SimulateReplay
{
    public readonly CheckedOption<string?> Replay = Value.Path(
        "--replay",
        "Runs a trace, rank 0 on the first XPU: Chakra (the folder of its NAME.RANK.et, one of them, or NAME), GOAL as text or binary, "
            + "SimAI's or ASTRA-sim's workload.",
        "TRACE"
    );
    public readonly CheckedOption<string?> Groups = Value.Path(
        "--comm-groups",
        "Which ranks the groups of a Chakra trace have: ASTRA-sim's communicator groups.",
        "FILE.json"
    );
    public readonly CheckedOption<string?> RanksOut = Value.Path(
        "--ranks-out",
        "Writes one row a rank of the trace: its end, computation, overlap, exposed communication and idle time.",
        "FILE.csv"
    );

    public IEnumerable<Option> All => [Replay, Groups, RanksOut];

    /// <summary>What cannot be meant: null when there is no such thing.</summary>
    public string? Contradiction(ParseResult parsed) =>
        Replay.IsGivenIn(parsed) ? OutputFile.Problem(RanksOut.In(parsed))
        : All.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } stray
            ? $"{stray.Name} changes nothing here: it is for a trace; add --replay TRACE"
        : null;

    /// <summary>The trace as a request; null when it is wrong, and then standard error says why.</summary>
    public ReplayRequest? Request(ParseResult parsed, int? xpus, CancellationToken cancel)
    {
        string path = Replay.In(parsed)!;
        DiagnosticBag diagnostics = new();
        RankGroups? groups = RankGroups.None;
        if (Groups.In(parsed) is { } file)
        {
            groups = RankGroups.Read(file, File.ReadAllText(file), diagnostics);
        }

        TraceGraph? graph = null;
        bool takesXpus = false;
        if (groups is not null)
        {
            TraceGraphBuilder builder = new(groups, diagnostics);
            graph = TraceReader.Read(path, xpus ?? 0, builder, diagnostics, cancel) ? builder.Build() : null;
            takesXpus = graph is not null && TraceReader.FormatOf(path) == TraceFormat.SimaiWorkload;
        }

        CommandLine.Report(diagnostics, Severity.Note);
        return graph is null ? null : new(graph, "replay of " + Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), takesXpus);
    }
}
