using System.CommandLine;
using Lightloom.Cli.Options;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Spec;
using Lightloom.Traces.Astra;
using Lightloom.Traces.Goal;
using Lightloom.Traces.Htsim;
using Lightloom.Traces.Simai;

namespace Lightloom.Cli.Commands;

/// <summary>
/// <c>lightloom export CLUSTER.yaml --to FORMAT -o PATH</c>: a designed network, or what runs on it, in another simulator's format.
/// </summary>
public sealed class ExportCommand
{
    private sealed record Format(string Word, string What, bool NeedsWorkload);

    private static readonly Format[] Formats =
    [
        new("goal", "the workload as a GOAL schedule, for LogGOPSim", true),
        new("htsim-topology", "the network as htsim's .topo", false),
        new("htsim-matrix", "the workload as htsim's .cm, with the hosts' numbers of htsim-topology", true),
        new("simai-topology", "the network as SimAI's topology", false),
        new("ns3-topology", "the network as ASTRA-sim's ns-3 topology", false),
        new("astra-network", "the network as ASTRA-sim's analytical network, in YAML", false),
        new("astra-logical-topology", "the ranks as ASTRA-sim's logical topology, in JSON", false),
    ];

    private static readonly string[] OfWorkload = ["--workload", "--size", "--xpus", "--window", "--skew", "--experts", "--seed"];

    private readonly Argument<string> _file = new("CLUSTER.yaml") { Description = "The cluster file; its design is exported." };
    private readonly CheckedOption<string?> _to = Value.Word(
        "--to",
        "The format: " + string.Join("; ", Formats.Select(f => $"{f.Word}: {f.What}")) + ".",
        [.. Formats.Select(f => f.Word)],
        helpName: "FORMAT"
    );
    private readonly CheckedOption<string?> _output = Value.Path("--output|-o", "The file to write, whole or not at all.", "FILE");
    private readonly CheckedOption<string?> _fabric = CommonOptions.Fabric();
    private readonly CheckedOption<string?> _catalog = CommonOptions.Catalog();
    private readonly Option<bool> _scaleUp = new("--scale-up")
    {
        Description = "Nodes' scale-up domains belong to the network, and collectives run in levels.",
    };
    private readonly CheckedOption<string?> _workload = Value.Word(
        "--workload",
        "What runs (that under workload: in the file): " + string.Join(", ", Workload.Names) + ".",
        Workload.Names
    );
    private readonly CheckedOption<long?> _size = Value.Size("--size", "Bytes of it, as for simulate.", 1, CommonOptions.MostBytes);
    private readonly CheckedOption<int?> _xpus = CommonOptions.Xpus();
    private readonly CheckedOption<int?> _window = Value.Whole(
        "--window",
        "All-to-all: transfers that each XPU has under way.",
        1,
        1 << 20
    );
    private readonly CheckedOption<double?> _skew = CommonOptions.Skew();
    private readonly CheckedOption<int?> _experts = CommonOptions.Experts();
    private readonly CheckedOption<ulong> _seed = Value.Seed("Seeds permutations and arrivals.");

    private ExportCommand() { }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        ExportCommand e = new();
        Command command = new("export", "Writes a designed network, or what runs on it, in another simulator's format.")
        {
            e._file,
            e._to,
            e._output,
            e._fabric,
            e._scaleUp,
            e._catalog,
            e._workload,
            e._size,
            e._xpus,
            e._window,
            e._skew,
            e._experts,
            e._seed,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(e.Run(parsed, cancel)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancel)
    {
        if (_to.In(parsed) is not { } word)
        {
            return CommandLine.Misused($"name the format with --to; known are {string.Join(", ", Formats.Select(f => f.Word))}");
        }

        Format format = Array.Find(Formats, f => f.Word == word)!;
        if (_output.In(parsed) is not { } path)
        {
            return CommandLine.Misused("name the file to write with -o FILE");
        }

        if (OutputFile.Problem(path) is { } problem)
        {
            return CommandLine.Misused(problem);
        }

        Option[] those = [_workload, _size, _xpus, _window, _skew, _experts, _seed];
        if (!format.NeedsWorkload && Array.Find(those, o => parsed.GetResult(o) is { Implicit: false }) is { } stray)
        {
            return CommandLine.Misused(
                $"{stray.Name} changes nothing here: {format.Word} is the network alone; {string.Join(", ", OfWorkload)} are for "
                    + string.Join(" and ", Formats.Where(f => f.NeedsWorkload).Select(f => f.Word))
            );
        }

        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = ClusterFile.Read(parsed.GetValue(_file)!, _catalog.In(parsed), diagnostics);
        ClusterDesign? design;
        using (ProgressLine line = new())
        {
            design = spec is null ? null : Designer.Design(spec, diagnostics, line, cancel, worries: false);
        }

        if (design is null)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        try
        {
            Testbed bed = Testbed.Of(design, CommonOptions.Role(_fabric.In(parsed), design), parsed.GetValue(_scaleUp));
            WorkloadRequest? request = format.NeedsWorkload ? Request(parsed, design.Spec) : null;
            foreach (string note in Write(format.Word, bed, request, parsed, path).Distinct())
            {
                Console.Error.WriteLine("lightloom: note: " + note);
            }

            return ExitCode.Done;
        }
        catch (RefusedException e)
        {
            return CommandLine.Misused(e);
        }
    }

    private WorkloadRequest Request(ParseResult parsed, ClusterSpec spec)
    {
        WorkloadRequest? written = spec.Workload.Collectives.Count == 1 ? WorkloadRequest.Of(spec.Workload.Collectives[0]) : null;
        WorkloadRequest request = _workload.In(parsed) is { } name
            ? new() { Name = name }
            : written
                ?? throw new RefusedException(
                    $"the file lists {spec.Workload.Collectives.Count} collectives under workload:; name what to export with --workload"
                );
        if (!Workload.IsUneven(request.Name) && (_skew.IsGivenIn(parsed) || _experts.IsGivenIn(parsed)))
        {
            throw new RefusedException(
                $"{(_skew.IsGivenIn(parsed) ? "--skew" : "--experts")} changes nothing here: the ranks of {request.Name} are asked for alike; "
                    + $"take --workload {string.Join(" or ", Workload.Names.Where(Workload.IsUneven))}"
            );
        }
        return request with
        {
            Experts = CommonOptions.ExpertLoad(_skew, _experts, parsed),
            Bytes = _size.In(parsed) ?? request.Bytes,
            Xpus = _xpus.In(parsed) ?? request.Xpus,
            Window = _window.In(parsed),
        };
    }

    private IReadOnlyList<string> Write(string format, Testbed bed, WorkloadRequest? request, ParseResult parsed, string path)
    {
        List<string> notes = [];
        switch (format)
        {
            case "htsim-topology":
                HtsimExport htsim = new(bed.Network);
                OutputFile.Write(path, htsim.WriteTopology);
                notes.AddRange(htsim.Notes);
                if (!htsim.Hosts.AreTheSame)
                {
                    notes.Add("htsim numbers hosts leaf by leaf, so its host N is not XPU N; htsim-matrix uses its numbers");
                }

                break;
            case "htsim-matrix":
                HtsimExport numbered = new(bed.Network);
                TrafficDescription flows = request!.On(bed, _seed.In(parsed));
                OutputFile.Write(path, to => numbered.WriteMatrix(flows, to));
                notes.AddRange(request.NotesOn(bed));
                if (flows.Flows.Any(f => f.ReceivedTrigger >= 0))
                {
                    notes.Add("the matrix has recv_done_trigger, which htsim_uec passes over unless it runs with -conn_reuse");
                }

                break;
            case "goal":
                Ranks ranks = bed.FirstXpus(request!.Xpus);
                TrafficDescription traffic = request.On(bed, _seed.In(parsed));
                OutputFile.Write(path, to => notes.AddRange(GoalWriter.Write(traffic, ranks.Hosts, to)));
                notes.AddRange(request.NotesOn(bed));
                break;
            case "simai-topology" or "ns3-topology":
                OutputFile.Write(path, to => notes.AddRange(SimaiTopology.Write(bed.Network, format == "simai-topology", to)));
                break;
            case "astra-network":
                OutputFile.Write(path, AstraNetwork.Of(bed).Write);
                notes.Add("ASTRA-sim's analytical network has no oversubscription and no spines: one switch joins all of a dimension");
                break;
            default:
                OutputFile.Write(path, AstraNetwork.Of(bed).WriteLogical);
                break;
        }

        return notes;
    }
}
