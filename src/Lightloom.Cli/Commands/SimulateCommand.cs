using System.CommandLine;
using System.Globalization;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Report;
using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;
using Lightloom.Spec;
using Lightloom.Traces.Formats;
using Lightloom.Traces.Simai;

namespace Lightloom.Cli.Commands;

/// <summary>
/// <c>lightloom simulate CLUSTER.yaml</c> and <c>simulate --topo F.topo --tm F.cm</c>: packet-level simulation of a network, with the
/// engine's options.
/// </summary>
public sealed class SimulateCommand
{
    private readonly Argument<string?> _file = new("CLUSTER.yaml")
    {
        Description = "The cluster file; its design is simulated.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly CheckedOption<string?> _fabric = CommonOptions.Fabric();
    private readonly Option<bool> _scaleUp = new("--scale-up")
    {
        Description = "Transfers inside a node take its scale-up domain, and collectives run in levels: node, rails, node.",
    };
    private readonly CheckedOption<string?> _catalog = CommonOptions.Catalog();
    private readonly CheckedOption<string?> _topo = Value.Path("--topo", "An htsim topology, or SimAI's or ns-3's.", "FILE.topo");
    private readonly CheckedOption<string?> _matrix = Value.Path("--tm", "An htsim connection matrix.", "FILE.cm");
    private readonly CheckedOption<double?> _linkspeed = Value.Number(
        "--linkspeed-gbps",
        "Every link's rate, where the topology file leaves it open.",
        0.001,
        100_000,
        null,
        "Gb/s"
    );
    private readonly CheckedOption<int?> _planes = Value.Whole(
        "--planes",
        "So many copies of the topology side by side, with a port of every host on each.",
        1,
        NetworkDescription.MostPlanes,
        1
    );
    private readonly SimulateSettings _settings = new();
    private readonly SimulateCollective _collective = new();
    private readonly SimulateReplay _replay = new();

    private SimulateCommand() { }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        SimulateCommand s = new();
        Command command = new("simulate", "Simulates a network packet by packet.")
        {
            s._file,
            s._fabric,
            s._scaleUp,
            s._catalog,
            s._topo,
            s._matrix,
            s._linkspeed,
            s._planes,
        };
        foreach (Option option in s._settings.All.Concat(s._collective.All).Concat(s._replay.All))
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(s.Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_settings.ListOptions))
        {
            Option[] taken = [_settings.ListOptions, _settings.Transport, _settings.Json];
            return _settings.All.Except(taken).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } stray
                ? CommandLine.Misused($"{stray.Name} changes nothing here: --list-options runs nothing; it takes --transport and --json")
                : ListOptions(parsed);
        }

        if (Contradiction(parsed) is { } wrong)
        {
            return CommandLine.Misused(wrong);
        }

        SimulateOutput output = new(_settings, _replay, parsed);
        try
        {
            return output.Finish(
                parsed.GetValue(_file) is { } file
                    ? RunCluster(parsed, file, output, cancellation)
                    : RunHtsim(parsed, output, cancellation),
                cancellation
            );
        }
        catch (RefusedException e)
        {
            return CommandLine.Misused(e);
        }
    }

    private int ListOptions(ParseResult parsed)
    {
        IReadOnlyList<TransportDescription> shown = _settings.Transport.In(parsed) is { } word ? [Transports.Find(word)] : Transports.All;
        if (parsed.GetValue(_settings.Json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            TransportOptionsJson.Write(stdout, shown);
        }
        else
        {
            TransportOptionsTable.Write(Terminal.Out(), shown);
        }

        return ExitCode.Done;
    }

    /// <summary>What cannot be meant, whatever the network: null when there is no such thing.</summary>
    private string? Contradiction(ParseResult parsed)
    {
        bool cluster = parsed.GetValue(_file) is not null;
        if (cluster && _topo.IsGivenIn(parsed))
        {
            return "give either CLUSTER.yaml or --topo, not both";
        }

        Option[] elsewhere = cluster ? [_linkspeed, _planes] : [_fabric, _scaleUp, _catalog];
        if (elsewhere.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } stray)
        {
            return cluster
                ? $"{stray.Name} is for --topo; a cluster's rates and planes are in its file"
                : $"{stray.Name} is for a cluster file; --topo has no such thing";
        }

        bool jobs = _settings.Job.IsGivenIn(parsed),
            matrix = _matrix.IsGivenIn(parsed),
            workload = _settings.Workload.IsGivenIn(parsed),
            replay = _replay.Replay.IsGivenIn(parsed);
        if (_settings.Shards.IsGivenIn(parsed) && (!cluster || matrix || jobs))
        {
            return "--shards divides a collective of a cluster file: --workload, or those under workload:";
        }

        if ((jobs ? 1 : 0) + (matrix ? 1 : 0) + (workload ? 1 : 0) + (replay ? 1 : 0) > 1)
        {
            return "give --job, --workload, --tm or --replay, not several of them";
        }

        if (!cluster && (!_topo.IsGivenIn(parsed) || !(jobs || matrix || workload || replay)))
        {
            return "give CLUSTER.yaml, or --topo FILE.topo with --tm FILE.cm, --workload NAME, --job JOB or --replay TRACE";
        }

        return _replay.Contradiction(parsed)
            ?? _collective.Contradiction(_settings, parsed, cluster)
            ?? OutputFile.Problem(_settings.FlowsOut.In(parsed))
            ?? OutputFile.Problem(_settings.Trace.In(parsed));
    }

    private int RunCluster(ParseResult parsed, string file, SimulateOutput output, CancellationToken cancellation)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = ClusterFile.Read(file, _catalog.In(parsed), diagnostics);
        if (spec is not null && CommonOptions.IsBackend(_fabric, parsed) && _collective.Asked(_settings, parsed, spec) is { } asked)
        {
            bool scaleUp = parsed.GetValue(_scaleUp),
                json = parsed.GetValue(_settings.Json);
            string? directory = _settings.Output.In(parsed);
            return SimulateCollective.Run(asked, spec, GivenIn(parsed), scaleUp, json, directory, cancellation);
        }

        ClusterDesign? design;
        using (ProgressLine line = new())
        {
            design = spec is null ? null : Designer.Design(spec, diagnostics, line, cancellation, worries: false);
        }

        if (design is null)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        Testbed bed = Testbed.Of(design, CommonOptions.Role(_fabric.In(parsed), design), parsed.GetValue(_scaleUp));
        if (_settings.Degrade.In(parsed) is { } degradation)
        {
            bed = bed.WithDegradedSpines(degradation);
        }

        if (_settings.Job.IsGivenIn(parsed))
        {
            JobsRequest jobs = _settings.JobsRequest(parsed);
            return output.Run(Experiment.Of(bed, ChoicesFor(bed, parsed, jobs), jobs), cancellation);
        }

        if (_replay.Replay.IsGivenIn(parsed))
        {
            return _replay.Request(parsed, _settings.Xpus.In(parsed), cancellation) is { } trace
                ? output.Run(Experiment.Of(bed, ChoicesFor(bed, parsed, trace), trace), cancellation)
                : ExitCode.BadInput;
        }

        if (_matrix.In(parsed) is { } matrix)
        {
            List<SourceDiagnostic> wrong = [];
            TrafficDescription? traffic = ConnectionMatrix.Read(matrix, File.ReadAllText(matrix), bed.Network.HostCount, wrong);
            CommandLine.Report(wrong);
            if (traffic is null)
            {
                return ExitCode.BadInput;
            }

            MatrixRequest written = new(traffic);
            return output.Run(Experiment.Of(bed, ChoicesFor(bed, parsed, written), written), cancellation);
        }

        if (_settings.WorkloadRequest(parsed) is { } swept && _collective.SizesInPackets(_settings, parsed) is { } sizes)
        {
            foreach (long size in sizes)
            {
                WorkloadRequest sized = swept with { Bytes = size };
                if (output.Run(Experiment.Of(bed, ChoicesFor(bed, parsed, sized), sized), cancellation) is not ExitCode.Done and var code)
                {
                    return code;
                }
            }

            return ExitCode.Done;
        }

        return _settings.WorkloadRequest(parsed) is { } workload
            ? output.Run(Experiment.Of(bed, ChoicesFor(bed, parsed, workload), workload), cancellation)
            : RunFileCollectives(parsed, file, bed, output, cancellation);
    }

    private int RunFileCollectives(ParseResult parsed, string file, Testbed bed, SimulateOutput output, CancellationToken cancellation)
    {
        ClusterSpec spec = bed.Design!.Spec;
        if (spec.Workload.Collectives.Count == 0)
        {
            return CommandLine.Misused(
                $"name a traffic pattern with --workload, or list collectives under workload: in {file}; "
                    + $"known are {string.Join(", ", Workload.Names)}"
            );
        }

        bool asWritten = !new ICheckedOption[] { _settings.Size, _settings.Xpus, _settings.Shards }.Any(o => o.IsGivenIn(parsed));
        WorkloadRequest[] requests = [.. spec.Workload.Collectives.Select(c => _settings.Completed(parsed, WorkloadRequest.Of(c)))];
        EngineChoices choices = ChoicesFor(bed, parsed, requests);
        for (int i = 0; i < requests.Length; i++)
        {
            WorkloadRequest request = requests[i];
            Experiment experiment;
            try
            {
                experiment = Experiment.Of(bed, choices, request);
            }
            catch (RefusedException e) when (asWritten)
            {
                DiagnosticBag diagnostics = new();
                string place = $"workload.collectives[{i}]";
                diagnostics.Error("LL8010", e.Message, place, spec.MarkOf(place));
                return CommandLine.Report(diagnostics, Severity.Error);
            }

            if (output.Run(experiment, cancellation) is not ExitCode.Done and var code)
            {
                return code;
            }
        }

        return ExitCode.Done;
    }

    private int RunHtsim(ParseResult parsed, SimulateOutput output, CancellationToken cancellation)
    {
        string topo = _topo.In(parsed)!;
        double linkspeed = _linkspeed.In(parsed) ?? 0;
        List<SourceDiagnostic> diagnostics = [];
        TraceFormat format = TraceFormats.Of(topo);
        if (format == TraceFormat.SimaiTopology)
        {
            return RunSimai(parsed, topo, output, cancellation);
        }

        HtsimTopology? topology = HtsimTopology.Read(topo, File.ReadAllText(topo), diagnostics);
        if (topology is null)
        {
            return CommandLine.Report(diagnostics);
        }

        if (linkspeed == 0 && topology.Tiers.Take(topology.TierCount).Any(t => t.DownlinkGbps == 0))
        {
            return CommandLine.Misused($"{topo} leaves the link rate open; give it with --linkspeed-gbps");
        }

        if (linkspeed > 0 && topology.Tiers[0].DownlinkGbps > 0 && Math.Abs(topology.Tiers[0].DownlinkGbps - linkspeed) > 1e-9)
        {
            Console.Error.WriteLine(
                $"lightloom: note: {topo} fixes the hosts' links at {topology.Tiers[0].DownlinkGbps} Gb/s, so --linkspeed-gbps "
                    + $"{linkspeed.ToString(CultureInfo.InvariantCulture)} changes nothing there"
            );
        }

        // The topology knows what htsim calls the first spines, so it degrades them itself.
        SpineDegradation? degraded = _settings.Degrade.In(parsed);
        Testbed bed = Testbed.Of(
            topology
                .Build(linkspeed, degraded?.Spines ?? 0, degraded?.Fraction ?? SpineDegradation.UsualFraction)
                .InPlanes(_planes.In(parsed)!.Value)
        );
        if (Traffic(parsed, bed, cancellation) is not { } request)
        {
            CommandLine.Report(diagnostics);
            return ExitCode.BadInput;
        }

        EngineChoices choices = ChoicesFor(bed, parsed, request);
        choices = choices with { Constants = choices.Constants.AsInHtsim(Transports.Find(choices.TransportOn(bed))) };
        bool queues = !choices.HasQueuesOf(bed) || topology.CheckQueues(topo, choices.Other.Mtu, diagnostics);
        CommandLine.Report(diagnostics);
        return queues ? output.Run(Experiment.Of(bed, choices, request), cancellation) : ExitCode.BadInput;
    }

    // SimAI's and ns-3's topologies say every link's rate, and know no degraded spines.
    private int RunSimai(ParseResult parsed, string topo, SimulateOutput output, CancellationToken cancellation)
    {
        if (_linkspeed.IsGivenIn(parsed))
        {
            return CommandLine.Misused($"--linkspeed-gbps changes nothing here: {topo} says every link's rate");
        }

        DiagnosticBag diagnostics = new();
        NetworkDescription? network = SimaiTopology.Read(topo, File.ReadAllText(topo), diagnostics);
        if (network is null)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        Testbed bed = Testbed.Of(network.InPlanes(_planes.In(parsed)!.Value));
        if (_settings.Degrade.In(parsed) is { } degradation)
        {
            bed = bed.WithDegradedSpines(degradation);
        }

        return Traffic(parsed, bed, cancellation) is { } request
            ? output.Run(Experiment.Of(bed, ChoicesFor(bed, parsed, request), request), cancellation)
            : ExitCode.BadInput;
    }

    // What runs on a network from a file; null when it is wrong, and then standard error says why.
    private TrafficRequest? Traffic(ParseResult parsed, Testbed bed, CancellationToken cancellation)
    {
        if (_matrix.In(parsed) is { } matrix)
        {
            List<SourceDiagnostic> diagnostics = [];
            TrafficDescription? traffic = ConnectionMatrix.Read(matrix, File.ReadAllText(matrix), bed.Network.HostCount, diagnostics);
            CommandLine.Report(diagnostics);
            return traffic is null ? null : new MatrixRequest(traffic);
        }

        return _replay.Replay.IsGivenIn(parsed)
            ? _replay.Request(parsed, _settings.Xpus.In(parsed), cancellation)
            : _settings.WorkloadRequest(parsed) ?? (TrafficRequest)_settings.JobsRequest(parsed);
    }

    private HashSet<string> GivenIn(ParseResult parsed) =>
        [.. _settings.All.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name)];

    /// <summary>The engine's options, once none of those that were given is without effect; harmless ones get a note.</summary>
    private EngineChoices ChoicesFor(Testbed bed, ParseResult parsed, params IReadOnlyCollection<TrafficRequest> requests)
    {
        EngineChoices choices = _settings.Choices(parsed);
        foreach (string note in StrayOptions.Check(GivenIn(parsed), bed, choices, requests))
        {
            Console.Error.WriteLine("lightloom: note: " + note);
        }

        return choices;
    }
}
