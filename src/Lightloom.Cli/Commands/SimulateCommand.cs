using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Report;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cli.Commands;

/// <summary>
/// <c>lightloom simulate CLUSTER.yaml</c> and <c>simulate --topo F.topo --tm F.cm</c>: packet-level simulation of a network, with the
/// engine's options.
/// </summary>
public static class SimulateCommand
{
    private static readonly string[] PlanePolicies = ["shortest-queue", "hash", "round-robin", "credit", "weighted-entropy", "rail"];

    /// <summary>The options that choose and shape the simulation, whatever network it runs on.</summary>
    private sealed class Settings
    {
        public readonly Option<string?> Transport = new("--transport")
        {
            Description = "How hosts decide when to send (the cluster file's, else nscc; roce over a switch-scheduled fabric).",
        };
        public readonly Option<string?> Balancing = new("--load-balancing")
        {
            Description = "How packets are spread over paths (the cluster file's, else oblivious).",
        };
        public readonly Option<int> Paths = new("--paths")
        {
            Description = "Entropy values a flow may use, a power of two.",
            DefaultValueFactory = _ => 64,
        };
        public readonly Option<int> Mtu = new("--mtu")
        {
            Description = "Bytes of a full packet, header included.",
            DefaultValueFactory = _ => 4150,
        };
        public readonly Option<long> QueueBytes = new("--queue-bytes")
        {
            Description = "Bytes of each output queue (one bandwidth-delay product; five without trimming).",
        };
        public readonly Option<string?> EcnBytes = new("--ecn-bytes")
        {
            Description = "Marking thresholds (0.2 and 0.8 bandwidth-delay products).",
            HelpName = "LO,HI",
        };
        public readonly Option<bool> NoTrim = new("--no-trim") { Description = "A full queue drops instead of trimming." };
        public readonly Option<long> AckBytes = new("--ack-bytes")
        {
            Description = "A receiver acknowledges at the latest after so many bytes.",
            DefaultValueFactory = _ => 16384,
        };
        public readonly Option<long> InitialWindow = new("--initial-window-bytes")
        {
            Description = "A sender's first window (1.5 bandwidth-delay products).",
        };
        public readonly Option<string> FlowControl = new("--flow-control")
        {
            Description = "none, pfc or cbfc (pfc for roce, dcqcn and hpcc, none otherwise).",
            DefaultValueFactory = _ => "auto",
        };
        public readonly Option<bool> SelectiveRepeat = new("--selective-repeat")
        {
            Description = "RoCE receivers keep packets that come out of order.",
        };
        public readonly Option<double> ErrorRate = new("--packet-error-rate")
        {
            Description = "Probability that a link corrupts a packet.",
        };
        public readonly Option<bool> LinkRetry = new("--link-retry") { Description = "Links repair corrupted packets themselves (LLR)." };
        public readonly Option<bool> CutThrough = new("--cut-through")
        {
            Description = "Switches forward a packet's head before its tail has come.",
        };
        public readonly Option<string> PlanePolicy = new("--plane-policy")
        {
            Description = "How a card with ports on several planes divides packets: " + string.Join(", ", PlanePolicies) + ".",
            DefaultValueFactory = _ => "shortest-queue",
            HelpName = "NAME",
        };
        public readonly Option<string> CongestionState = new("--congestion-state")
        {
            Description = "global or per-plane: whether a flow's congestion control has one state or one for each plane.",
            DefaultValueFactory = _ => "global",
            HelpName = "NAME",
        };
        public readonly Option<double> Detect = new("--detect-us")
        {
            Description = "From a fault to the moment the network acts on it.",
            DefaultValueFactory = _ => 10,
        };
        public readonly Option<double> Update = new("--update-us")
        {
            Description = "Then, to tell each peer of a host that has lost a port, one after the other.",
            DefaultValueFactory = _ => 0,
        };
        public readonly Option<string> Engine = new("--engine")
        {
            Description = "packet, or fluid: max-min fair rates without packets, for sweeps and very large networks.",
            DefaultValueFactory = _ => "packet",
        };
        public readonly Option<int> Threads = new("--threads") { Description = "Threads to run on.", DefaultValueFactory = _ => 1 };
        public readonly Option<ulong> Seed = new("--seed") { Description = "Seeds everything random.", DefaultValueFactory = _ => 1UL };
        public readonly Option<double> End = new("--end-us") { Description = "Stops at this simulated time." };
        public readonly Option<FileInfo?> FlowsOut = new("--flows-out") { Description = "Writes one row a flow.", HelpName = "FILE.csv" };
        public readonly Option<FileInfo?> Trace = new("--trace")
        {
            Description = "Writes queues and links over time, and the busiest links one by one into FILE-links.csv.",
            HelpName = "FILE.csv",
        };
        public readonly Option<string?> Workload = new("--workload")
        {
            Description = "A made-up traffic pattern instead of a matrix: " + string.Join(", ", Simulation.Traffic.Workload.Names) + ".",
        };
        public readonly Option<string[]> Job = new("--job")
        {
            Description =
                $"A job that shares the network with others, once for each: {JobList.Grammar}; e.g. a:all-reduce:64MiB:32 and b:incast:1MiB:16@20.",
            HelpName = "JOB",
        };
        public readonly Option<string[]> Class = new("--class")
        {
            Description =
                $"A class of packets with queues of its own, once for each, in strict order: {TrafficClassList.Grammar}. Jobs name theirs as /CLASS.",
            HelpName = "CLASS",
        };
        public readonly Option<long> Buffer = new("--buffer-bytes")
        {
            Description = "Bytes that all ports of a switch share by dynamic thresholds, instead of a queue of its own for each.",
        };
        public readonly Option<double> PauseAlpha = new("--pause-alpha")
        {
            Description = "Lossless classes pause an ingress above this share of the free buffer.",
            DefaultValueFactory = _ => 1.0 / 16,
        };
        public readonly Option<long> Headroom = new("--headroom-bytes")
        {
            Description = "Lossless classes: bytes for what arrives after a pause (what each link needs).",
            DefaultValueFactory = _ => -1,
        };
        public readonly Option<string> Placement = new("--placement")
        {
            Description = "blocks or interleaved: how jobs that ask for a number of XPUs get them.",
            DefaultValueFactory = _ => "blocks",
            HelpName = "NAME",
        };
        public readonly Option<string> Size = new("--size")
        {
            Description = "Bytes of the workload, with KiB, MiB, GiB, KB, MB or GB.",
            DefaultValueFactory = _ => "1MiB",
        };
        public readonly Option<int> Xpus = new("--xpus") { Description = "How many XPUs take part (all)." };
        public readonly Option<int> Window = new("--window")
        {
            Description = "All-to-all: transfers each XPU has under way at once (enough for two round trips at line rate, at least 8).",
        };
        public readonly Option<string?> Shards = new("--shards")
        {
            Description =
                "All-to-all and direct all-reduce over cards of different rates: equal shards, or by-rate so that all finish together.",
        };
        public readonly Option<string?> Degrade = new("--degrade-spines")
        {
            Description = "Links of the first N spines at a fraction of their rate (0.25).",
            HelpName = "N[@FRACTION]",
        };
        public readonly Option<string?> Fail = new("--fail")
        {
            Description =
                "What fails, and when: link:N, switch:NAME, plane:N or port:HOST.N, each with @US, e.g. link:7@20,switch:spine-3@50.",
            HelpName = "LIST",
        };
        public readonly Option<int> FrameGap = new("--frame-gap-bytes")
        {
            Description = "Bytes of a link that each frame takes beyond its own: 20 for Ethernet's preamble and gap (0).",
        };
        public readonly CellSettings Cells = new();
        public readonly Option<string?> Output = new("--output", "-o")
        {
            Description = "Write report.html, simulation.json, flows.csv, trace.csv and trace-links.csv into DIR.",
            HelpName = "DIR",
        };
        public readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on standard output." };

        public IEnumerable<Option> All =>
            [
                Workload,
                Job,
                Placement,
                Shards,
                Class,
                Buffer,
                PauseAlpha,
                Headroom,
                Size,
                Xpus,
                Window,
                Transport,
                Balancing,
                Paths,
                Mtu,
                QueueBytes,
                EcnBytes,
                NoTrim,
                AckBytes,
                InitialWindow,
                FlowControl,
                SelectiveRepeat,
                ErrorRate,
                LinkRetry,
                CutThrough,
                FrameGap,
                PlanePolicy,
                CongestionState,
                .. Cells.All,
                Degrade,
                Fail,
                Detect,
                Update,
                Engine,
                Threads,
                Seed,
                End,
                FlowsOut,
                Trace,
                Output,
                Json,
            ];

        /// <summary>What has run so far: one simulation, or one a collective of the cluster file.</summary>
        public List<SimulatedRun> Runs { get; } = [];
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string?> file = new("CLUSTER.yaml")
        {
            Description = "The cluster file; its design is simulated.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> fabric = new("--fabric")
        {
            Description = "Which network of the cluster: backend or frontend.",
            DefaultValueFactory = _ => "backend",
        };
        Option<bool> scaleUp = new("--scale-up")
        {
            Description = "Transfers inside a node take its scale-up domain, and collectives run in levels: node, rails, node.",
        };
        Option<string?> catalog = new("--catalog") { Description = "A directory of your own catalogue files.", HelpName = "DIR" };
        Option<FileInfo?> topo = new("--topo") { Description = "An htsim topology.", HelpName = "FILE.topo" };
        Option<FileInfo?> matrix = new("--tm") { Description = "An htsim connection matrix.", HelpName = "FILE.cm" };
        Option<double> linkspeed = new("--linkspeed-gbps") { Description = "Every link's rate, where the topology file leaves it open." };
        Option<int> planes = new("--planes")
        {
            Description = "So many copies of the topology side by side, with a port of every host on each.",
            DefaultValueFactory = _ => 1,
        };
        Settings settings = new();
        settings.PlanePolicy.AcceptOnlyFromAmong(PlanePolicies);
        settings.CongestionState.AcceptOnlyFromAmong("global", "per-plane");
        settings.Placement.AcceptOnlyFromAmong("blocks", "interleaved");
        settings.Transport.AcceptOnlyFromAmong([.. Transports.Words]);
        settings.Balancing.AcceptOnlyFromAmong([.. LoadBalancings.Words]);
        settings.FlowControl.AcceptOnlyFromAmong("auto", "none", "pfc", "cbfc");
        settings.Shards.AcceptOnlyFromAmong("equal", "by-rate");
        settings.Engine.AcceptOnlyFromAmong("packet", "fluid");
        Command command = new("simulate", "Simulates a network packet by packet.")
        {
            file,
            fabric,
            scaleUp,
            catalog,
            topo,
            matrix,
            linkspeed,
            planes,
        };
        fabric.AcceptOnlyFromAmong("backend", "frontend");
        foreach (Option option in settings.All)
        {
            command.Add(option);
        }

        command.SetAction(
            (parsed, cancellation) =>
                Task.FromResult(
                    Finish(
                        parsed,
                        settings,
                        cancellation,
                        (
                                Contradiction(parsed, settings)
                                ?? Stray(
                                    parsed,
                                    settings,
                                    parsed.GetValue(file) is null ? [fabric, scaleUp, catalog] : [linkspeed, planes],
                                    parsed.GetValue(file) is null,
                                    parsed.GetValue(matrix)
                                )
                            )
                                is { } wrong
                                ? CommandLine.Misused(wrong)
                            : parsed.GetValue(file) is { } cluster
                                ? parsed.GetValue(topo) is null
                                        ? RunCluster(
                                            parsed,
                                            settings,
                                            cluster,
                                            parsed.GetValue(catalog),
                                            parsed.GetValue(fabric) == "frontend" ? FabricRole.Frontend : FabricRole.Backend,
                                            parsed.GetValue(scaleUp),
                                            parsed.GetValue(matrix),
                                            cancellation
                                        )
                                    : CommandLine.Misused("give either CLUSTER.yaml or --topo, not both")
                            : RunHtsim(
                                parsed,
                                settings,
                                parsed.GetValue(topo),
                                parsed.GetValue(matrix),
                                parsed.GetValue(linkspeed),
                                parsed.GetValue(planes),
                                cancellation
                            )
                    )
                )
        );
        return command;
    }

    private static int RunCluster(
        ParseResult parsed,
        Settings settings,
        string file,
        string? catalog,
        FabricRole role,
        bool scaleUp,
        FileInfo? matrix,
        CancellationToken cancellation
    )
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = ClusterFile.Read(file, catalog, diagnostics);
        ClusterDesign? design = null;
        using (ProgressLine line = new())
        {
            design = spec is null ? null : Designer.Design(spec, diagnostics, line, cancellation);
        }

        if (design is null)
        {
            return CommandLine.Report(diagnostics, Severity.Error);
        }

        DesignedNetwork designed;
        try
        {
            designed = new(design, role, scaleUp);
        }
        catch (ArgumentException e)
        {
            return CommandLine.Misused(e);
        }

        if (scaleUp && !designed.UsesScaleUp)
        {
            return CommandLine.Misused(
                "--scale-up needs nodes whose scale-up rate is known; give scale_up_gbytes_s and scale_up_domain for the node under catalog:"
            );
        }

        if (!Degradation(parsed.GetValue(settings.Degrade), out int spines, out double fraction))
        {
            return CommandLine.Misused("--degrade-spines takes N or N@FRACTION, for example 4@0.25");
        }

        NetworkDescription network = Degraded(designed.Network, spines, fraction);
        if (spines > 0 && network.Switches.All(s => s.Tier != 1))
        {
            return CommandLine.Misused($"--degrade-spines: {file} has no spines there");
        }

        if (Jobs(parsed, settings) is { Length: > 0 } jobs)
        {
            if (matrix is not null || parsed.GetValue(settings.Workload) is not null)
            {
                return CommandLine.Misused("give --job, --workload or --tm, not several of them");
            }

            IReadOnlyList<int> hosts =
                role == FabricRole.Backend ? designed.HostOfXpu : [.. Enumerable.Range(0, designed.Network.HostCount)];
            try
            {
                return Run(
                    parsed,
                    settings,
                    network,
                    JobList.Create(
                        jobs,
                        hosts,
                        Interleaved(parsed, settings),
                        parsed.GetValue(settings.Seed),
                        designed.Network.HostBitsPerSecond(),
                        ClassNames(parsed, settings),
                        designed.Routed
                    ),
                    cancellation,
                    designed,
                    design
                );
            }
            catch (ArgumentException e)
            {
                return CommandLine.Misused(e);
            }
        }

        List<CollectiveSpec> collectives = [.. spec!.Workload.Collectives];
        if (parsed.GetValue(settings.Workload) is { } name)
        {
            collectives = [new CollectiveSpec { Name = name }];
        }

        if (matrix is not null)
        {
            List<SourceDiagnostic> wrong = [];
            TrafficDescription? traffic = ConnectionMatrix.Read(
                matrix.ToString(),
                File.ReadAllText(matrix.FullName),
                designed.Network.HostCount,
                wrong
            );
            Report(wrong);
            try
            {
                return traffic is null
                    ? ExitCode.BadInput
                    : Run(parsed, settings, network, designed.Routed(traffic), cancellation, designed, design);
            }
            catch (ArgumentException e)
            {
                return CommandLine.Misused(e);
            }
        }

        if (collectives.Count == 0)
        {
            return CommandLine.Misused(
                $"name a traffic pattern with --workload, or list collectives under workload: in {file}; known are {string.Join(", ", Workload.Names)}"
            );
        }

        bool asWritten = new Option[] { settings.Workload, settings.Size, settings.Xpus, settings.Shards }.All(o =>
            parsed.GetResult(o) is null or { Implicit: true }
        );
        for (int i = 0; i < collectives.Count; i++)
        {
            if (Traffic(parsed, settings, collectives[i], designed, role, out TrafficDescription? traffic) is { } wrong)
            {
                if (!asWritten)
                {
                    return CommandLine.Misused(wrong);
                }

                diagnostics.Error("LL8010", wrong, $"workload.collectives[{i}]", spec.MarkOf($"workload.collectives[{i}]"));
                return CommandLine.Report(diagnostics, Severity.Error);
            }

            int code = Run(parsed, settings, network, traffic, cancellation, designed, design);
            if (code != ExitCode.Done)
            {
                return code;
            }
        }

        return ExitCode.Done;
    }

    /// <summary>What cannot be meant, whatever the network; null when there is no such thing.</summary>
    private static string? Contradiction(ParseResult parsed, Settings settings)
    {
        if (parsed.GetResult(settings.Xpus) is { Implicit: false } && parsed.GetValue(settings.Xpus) < 2)
        {
            return "--xpus must be at least 2";
        }

        foreach (FileInfo? file in new[] { parsed.GetValue(settings.FlowsOut), parsed.GetValue(settings.Trace) })
        {
            if (OutputFile.Problem(file) is { } problem)
            {
                return problem;
            }
        }

        return
            parsed.GetValue(settings.Engine) == "fluid"
            && (parsed.GetValue(settings.Class) is { Length: > 0 } || parsed.GetValue(settings.Buffer) > 0)
            ? "--engine fluid has no queues, so no --class and no --buffer-bytes"
            : null;
    }

    /// <summary>An option that would change nothing: a user who gives it believes that it does. Null when there is none.</summary>
    private static string? Stray(ParseResult parsed, Settings settings, Option[] elsewhere, bool htsim, FileInfo? matrix)
    {
        if (elsewhere.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } stray)
        {
            return htsim
                ? $"{stray.Name} is for a cluster file; --topo has no such thing"
                : $"{stray.Name} is for --topo; a cluster's rates and planes are in its file";
        }

        return parsed.GetValue(settings.Shards) is not null && (htsim || matrix is not null || Jobs(parsed, settings).Length > 0)
            ? "--shards divides a collective of a cluster file: --workload, or those under workload:"
            : null;
    }

    private static string[] Jobs(ParseResult parsed, Settings settings) => parsed.GetValue(settings.Job) ?? [];

    private static IReadOnlyList<TrafficClass> Classes(ParseResult parsed, Settings settings) =>
        TrafficClassList.Parse(parsed.GetValue(settings.Class) ?? []);

    private static string[] ClassNames(ParseResult parsed, Settings settings) => [.. Classes(parsed, settings).Select(c => c.Name)];

    private static bool Interleaved(ParseResult parsed, Settings settings) => parsed.GetValue(settings.Placement) == "interleaved";

    /// <summary>Makes the traffic of one collective on a designed network; a sentence when that cannot be done.</summary>
    private static string? Traffic(
        ParseResult parsed,
        Settings settings,
        CollectiveSpec collective,
        DesignedNetwork designed,
        FabricRole role,
        out TrafficDescription? traffic
    )
    {
        traffic = null;
        IReadOnlyList<int> all = role == FabricRole.Backend ? designed.HostOfXpu : [.. Enumerable.Range(0, designed.Network.HostCount)];
        int asked = parsed.GetValue(settings.Xpus),
            xpus = asked > 0 ? asked : collective.Xpus ?? all.Count;
        if (xpus > all.Count)
        {
            return $"{(asked > 0 ? "--xpus" : "xpus:")} {xpus} is more than the {all.Count} of the cluster; ask for fewer";
        }

        long bytes = collective.Size is { } size ? size.Bytes : 1 << 20;
        if (
            (parsed.GetResult(settings.Size) is { Implicit: false } || collective.Size is null)
            && !Bytes(parsed.GetValue(settings.Size)!, out bytes)
        )
        {
            return $"--size '{parsed.GetValue(settings.Size)}' is no size; write for example 4MiB";
        }

        // XPUs that share a card take part as one: a message from a card to itself does not reach the network.
        int[] hosts = [.. all.Take(xpus).Distinct()];
        if (hosts.Length < xpus)
        {
            Console.Error.WriteLine($"lightloom: note: {xpus} XPUs share {hosts.Length} network cards; each card takes part once");
        }

        string name = Workload.NameOf(collective.Name, collective.Algorithm);
        try
        {
            // Where XPUs of a node have a network of their own, no library sends an all-reduce's inner steps over the cards.
            if (parsed.GetValue(settings.Shards) is { } shards)
            {
                if (name is not ("all-to-all" or "all-reduce"))
                {
                    return $"--shards divides an all-to-all or an all-reduce, not {name}";
                }

                double[] rateOf = designed.Network.HostRates(),
                    rates = [.. hosts.Select(h => rateOf[h])];
                traffic = designed.Routed(
                    name == "all-reduce"
                        ? ShardedWorkload.AllReduce(
                            hosts,
                            shards == "equal" ? ShardShares.Equal(rates.Length) : ShardShares.ForAllReduce(rates),
                            bytes
                        )
                        : ShardedWorkload.AllToAll(
                            hosts,
                            shards == "equal" ? ShardShares.Equal(rates.Length) : ShardShares.ByRate(rates),
                            bytes,
                            Window(parsed, settings, designed.Network, bytes, hosts.Length)
                        )
                );
                return null;
            }

            if (
                designed.UsesScaleUp
                && InLevels.TryGetValue(name, out (string Name, bool Halving) levels)
                && designed.ByNode(hosts) is { } nodes
            )
            {
                traffic = Workload.Hierarchical(levels.Name, nodes, bytes, levels.Halving);
                return null;
            }

            traffic = designed.Routed(
                Workload.Create(
                    name,
                    hosts,
                    bytes,
                    parsed.GetValue(settings.Seed),
                    Window(parsed, settings, designed.Network, bytes, hosts.Length),
                    designed.Network.HostBitsPerSecond()
                )
            );
            return null;
        }
        catch (ArgumentException e)
        {
            return CommandLine.Plain(e);
        }
    }

    /// <summary>Collectives that run in levels where there is a scale-up domain.</summary>
    private static readonly Dictionary<string, (string Name, bool Halving)> InLevels = new(StringComparer.Ordinal)
    {
        ["all-reduce"] = ("all-reduce", false),
        ["all-reduce-ring"] = ("all-reduce", false),
        ["all-reduce-halving-doubling"] = ("all-reduce", true),
        ["reduce-scatter"] = ("reduce-scatter", false),
        ["all-gather"] = ("all-gather", false),
    };

    /// <summary>
    /// Transfers of an all-to-all that each rank has under way: as asked, else enough to fill two round trips at line rate, and at least
    /// eight.
    /// </summary>
    private static int Window(ParseResult parsed, Settings settings, NetworkDescription network, long bytes, int ranks)
    {
        if (parsed.GetValue(settings.Window) is > 0 and int asked)
        {
            return asked;
        }

        double roundTrip = 2 * network.DiameterLatencyPicoseconds() * 1e-12 * network.HostBitsPerSecond() / 8;
        double chunk = Math.Max(1, bytes / (double)ranks);
        return (int)Math.Clamp(Math.Ceiling(2 * roundTrip / chunk), 8, Math.Max(8, ranks - 1));
    }

    private static int RunHtsim(
        ParseResult parsed,
        Settings settings,
        FileInfo? topo,
        FileInfo? matrix,
        double linkspeed,
        int planes,
        CancellationToken cancellation
    )
    {
        string[] jobs = Jobs(parsed, settings);
        int sources = (matrix is null ? 0 : 1) + (parsed.GetValue(settings.Workload) is null ? 0 : 1) + (jobs.Length == 0 ? 0 : 1);
        if (topo is null || sources == 0)
        {
            return CommandLine.Misused("give CLUSTER.yaml, or --topo FILE.topo with --tm FILE.cm, --workload NAME or --job JOB");
        }

        if (jobs.Length > 0 && sources > 1)
        {
            return CommandLine.Misused("give --job, --workload or --tm, not several of them");
        }

        List<SourceDiagnostic> diagnostics = [];
        HtsimTopology? topology = HtsimTopology.Read(topo.ToString(), File.ReadAllText(topo.FullName), diagnostics);
        if (topology is null)
        {
            return Report(diagnostics);
        }

        if (linkspeed <= 0 && topology.Tiers.Take(topology.TierCount).Any(t => t.DownlinkGbps == 0))
        {
            return CommandLine.Misused($"{topo} leaves the link rate open; give it with --linkspeed-gbps");
        }

        if (linkspeed > 0 && topology.Tiers[0].DownlinkGbps > 0 && Math.Abs(topology.Tiers[0].DownlinkGbps - linkspeed) > 1e-9)
        {
            Console.Error.WriteLine(
                $"lightloom: note: {topo} fixes the hosts' links at {topology.Tiers[0].DownlinkGbps} Gb/s, so --linkspeed-gbps {linkspeed.ToString(CultureInfo.InvariantCulture)} changes nothing there"
            );
        }

        if (!Degradation(parsed.GetValue(settings.Degrade), out int spines, out double fraction))
        {
            return CommandLine.Misused("--degrade-spines takes N or N@FRACTION, for example 4@0.25");
        }

        if (planes is < 1 or > NetworkDescription.MostPlanes)
        {
            return CommandLine.Misused($"--planes must be 1 to {NetworkDescription.MostPlanes}");
        }

        NetworkDescription network = topology.Build(linkspeed, spines, fraction).InPlanes(planes);
        TrafficDescription? traffic = null;
        if (matrix is not null)
        {
            traffic = ConnectionMatrix.Read(matrix.ToString(), File.ReadAllText(matrix.FullName), network.HostCount, diagnostics);
            if (traffic is null)
            {
                return Report(diagnostics);
            }
        }

        Report(diagnostics);
        if (jobs.Length > 0)
        {
            try
            {
                traffic = JobList.Create(
                    jobs,
                    [.. Enumerable.Range(0, network.HostCount)],
                    Interleaved(parsed, settings),
                    parsed.GetValue(settings.Seed),
                    network.HostBitsPerSecond(),
                    ClassNames(parsed, settings)
                );
            }
            catch (ArgumentException e)
            {
                return CommandLine.Misused(e);
            }
        }

        return Run(parsed, settings, network, traffic, cancellation);
    }

    /// <summary>Runs the engine on a network, wherever it came from; makes the traffic when a workload is named.</summary>
    private static int Run(
        ParseResult parsed,
        Settings settings,
        NetworkDescription network,
        TrafficDescription? traffic,
        CancellationToken cancellation,
        DesignedNetwork? designed = null,
        ClusterDesign? design = null
    )
    {
        ClusterSpec? spec = design?.Spec;
        SimulationOptions options;
        try
        {
            if (traffic is null && parsed.GetValue(settings.Workload) is { } workload)
            {
                int xpus = parsed.GetValue(settings.Xpus) is > 0 and int asked ? asked : network.HostCount;
                if (xpus > network.HostCount)
                {
                    return CommandLine.Misused($"--xpus {xpus} is more than the {network.HostCount} the network has");
                }

                if (!Bytes(parsed.GetValue(settings.Size)!, out long bytes))
                {
                    return CommandLine.Misused($"--size '{parsed.GetValue(settings.Size)}' is no size; write for example 4MiB");
                }

                traffic = Workload.Create(
                    workload,
                    [.. Enumerable.Range(0, xpus)],
                    bytes,
                    parsed.GetValue(settings.Seed),
                    Window(parsed, settings, network, bytes, xpus),
                    network.HostBitsPerSecond()
                );
            }

            options = Options(parsed, settings, network, spec, designed?.Fabric.Paradigm == Paradigm.SwitchScheduled);
        }
        catch (ArgumentException e)
        {
            return CommandLine.Misused(e);
        }

        if (parsed.GetValue(settings.Trace) is not null || parsed.GetValue(settings.Output) is not null)
        {
            options = options with
            {
                TracePicoseconds = Findings.TraceInterval(network, traffic!, options),
                TraceSamples = 2 * Findings.TraceSamples(network),
            };
        }

        SimulationResult result;
        using (SimulationProgress bar = new())
        {
            try
            {
                result =
                    parsed.GetValue(settings.Engine) == "fluid"
                        ? FluidSimulator.Run(network, traffic!, options, bar.Show, cancellation)
                        : PacketSimulator.Run(network, traffic!, options, bar.Show, cancellation);
            }
            catch (ArgumentException e)
            {
                return CommandLine.Misused(e);
            }
        }

        SimulatedRun run = new(
            TitleOf(traffic!),
            network,
            traffic!,
            designed is null
                ? result
                : result with
                {
                    Notes =
                    [
                        .. result.Notes,
                        .. designed.Notes,
                        .. designed.InsideNodes(traffic!) is { } inside ? [inside] : Array.Empty<string>(),
                    ],
                },
            design,
            designed
        );
        settings.Runs.Add(run);
        SimulationReport report = new(network, traffic!, run.Result, run.Names);
        if (!parsed.GetValue(settings.Json))
        {
            SimulationSummary.Print(run.Title, report, run.Result);
        }
        else if (result.Unfinished.Length > 0)
        {
            Console.Error.WriteLine("lightloom: " + result.Unfinished);
        }

        if (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        OutputFile.Write(Numbered(parsed.GetValue(settings.FlowsOut), settings.Runs.Count), report.WriteFlows);
        FileInfo? trace = Numbered(parsed.GetValue(settings.Trace), settings.Runs.Count);
        OutputFile.Write(trace, report.WriteTrace);
        OutputFile.Write(trace is null ? null : Named(trace, "-links"), report.WriteLinkTrace);
        if (parsed.GetValue(settings.FlowsOut) is { } flows && result.Flows.Count >= SimulationFiles.MostRows)
        {
            Console.Error.WriteLine(
                $"lightloom: note: {flows} has {result.Flows.Count} rows, more than the {SimulationFiles.MostRows} that spreadsheets show"
            );
        }

        return ExitCode.Done;
    }

    /// <summary>
    /// Prints the JSON and writes the files of everything that has run; a run that was stopped is printed, and its files are not written.
    /// </summary>
    private static int Finish(ParseResult parsed, Settings settings, CancellationToken cancellation, int code)
    {
        if (settings.Runs.Count == 0)
        {
            return code;
        }

        if (parsed.GetValue(settings.Json))
        {
            using Stream stdout = Console.OpenStandardOutput();
            bool several = settings.Runs.Count > 1;
            stdout.Write(several ? "{\"simulations\": [\n"u8 : ""u8);
            foreach (SimulatedRun run in settings.Runs)
            {
                new SimulationReport(run.Network, run.Traffic, run.Result, run.Names).WriteJson(stdout);
                stdout.Write(several && run != settings.Runs[^1] ? ",\n"u8 : "\n"u8);
            }

            stdout.Write(several ? "]}\n"u8 : ""u8);
        }

        if (parsed.GetValue(settings.Output) is { } directory && code == ExitCode.Done)
        {
            IReadOnlyList<string> files = SimulationFiles.Write(settings.Runs, directory, cancellation);
            if (!parsed.GetValue(settings.Json))
            {
                SimulationSummary.Written(directory, files);
            }
        }

        return code;
    }

    private static string TitleOf(TrafficDescription traffic) =>
        traffic.Name.Length > 0 && traffic.CollectiveHosts > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{traffic.Name}, {SizeOf(traffic.CollectiveBytes)} over {traffic.CollectiveHosts:#,0} XPUs"
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(traffic.Name.Length > 0 ? traffic.Name : traffic.Jobs.Count > 0 ? $"{traffic.Jobs.Count} jobs" : "connection matrix")}, {traffic.Flows.Count:#,0} flows"
            );

    private static string SizeOf(long bytes) =>
        bytes switch
        {
            >= 1 << 30 => (bytes / (double)(1 << 30)).ToString("0.##", CultureInfo.InvariantCulture) + " GiB",
            >= 1 << 20 => (bytes / (double)(1 << 20)).ToString("0.##", CultureInfo.InvariantCulture) + " MiB",
            >= 1 << 10 => (bytes / 1024.0).ToString("0.##", CultureInfo.InvariantCulture) + " KiB",
            _ => bytes.ToString(CultureInfo.InvariantCulture) + " bytes",
        };

    // The second collective of a cluster file goes to flows-2.csv when the first goes to flows.csv.
    private static FileInfo? Numbered(FileInfo? file, int run) =>
        file is null || run == 1 ? file : Named(file, FormattableString.Invariant($"-{run}"));

    private static FileInfo Named(FileInfo file, string ending) =>
        new(Path.Combine(file.DirectoryName ?? ".", Path.GetFileNameWithoutExtension(file.Name) + ending + file.Extension));

    private static SimulationOptions Options(ParseResult parsed, Settings s, NetworkDescription network, ClusterSpec? spec, bool scheduled)
    {
        CellOptions? cells = s.Cells.Read(parsed, scheduled);
        string transport = HostCards.Transport(spec?.Backend, cells is not null, parsed.GetValue(s.Transport));
        bool anyOrder =
            parsed.GetValue(s.SelectiveRepeat)
            || HostCards.TakesAnyOrder(spec?.Backend, cells is not null, network.PlaneCount, parsed.GetValue(s.Transport));
        string control = parsed.GetValue(s.FlowControl)!;
        long low = 0,
            high = 0;
        if (
            parsed.GetValue(s.EcnBytes) is { } ecn
            && (ecn.Split(',') is not [var lo, var hi] || !Bytes(lo, out low) || !Bytes(hi, out high) || low > high)
        )
        {
            throw new ArgumentException($"--ecn-bytes '{ecn}' must be LO,HI in bytes, the lower one first");
        }

        return new SimulationOptions
        {
            Transport = transport,
            LoadBalancing = LoadBalancings
                .Find(parsed.GetValue(s.Balancing) ?? spec?.Backend.LoadBalancing ?? LoadBalancings.Default.Name)
                .Name,
            Paths = parsed.GetValue(s.Paths),
            Mtu = parsed.GetValue(s.Mtu),
            QueueBytes = parsed.GetValue(s.QueueBytes),
            EcnLowBytes = low,
            EcnHighBytes = high,
            Trim = !parsed.GetValue(s.NoTrim),
            AckBytes = parsed.GetValue(s.AckBytes),
            InitialWindowBytes = parsed.GetValue(s.InitialWindow),
            FlowControl = control switch
            {
                "pfc" => Simulation.Model.FlowControl.Pfc,
                "cbfc" => Simulation.Model.FlowControl.Cbfc,
                "auto" when parsed.GetValue(s.Class) is { Length: > 0 } || parsed.GetValue(s.Buffer) > 0 => Simulation
                    .Model
                    .FlowControl
                    .None,
                "none" => Simulation.Model.FlowControl.None,
                _ => Transports.Find(transport).FlowControl,
            },
            Classes = Classes(parsed, s),
            SharedBufferBytes = parsed.GetValue(s.Buffer),
            PauseAlpha = parsed.GetValue(s.PauseAlpha),
            HeadroomBytes = parsed.GetValue(s.Headroom),
            SelectiveRepeat = anyOrder,
            PacketErrorRate = parsed.GetValue(s.ErrorRate),
            LinkRetry = parsed.GetValue(s.LinkRetry),
            CutThrough = parsed.GetValue(s.CutThrough),
            FrameGapBytes = parsed.GetValue(s.FrameGap),
            Cells = cells,
            Threads = parsed.GetValue(s.Threads),
            Seed = parsed.GetValue(s.Seed),
            EndPicoseconds = (long)(parsed.GetValue(s.End) * 1e6),
            PlanePolicy = Enum.Parse<PlanePolicy>(
                parsed.GetValue(s.PlanePolicy)!.Replace("-", "", StringComparison.Ordinal),
                ignoreCase: true
            ),
            CongestionState = Enum.Parse<CongestionState>(
                parsed.GetValue(s.CongestionState)!.Replace("-", "", StringComparison.Ordinal),
                ignoreCase: true
            ),
            DetectionPicoseconds = (long)(parsed.GetValue(s.Detect) * 1e6),
            PeerUpdatePicoseconds = (long)(parsed.GetValue(s.Update) * 1e6),
            Faults = FaultList.Parse(parsed.GetValue(s.Fail), network),
        };
    }

    /// <summary>Every link between leaves and the first so many spines of each plane at a share of its rate.</summary>
    private static NetworkDescription Degraded(NetworkDescription network, int spines, double fraction)
    {
        if (spines == 0)
        {
            return network;
        }

        HashSet<int> hit =
        [
            .. network
                .Switches.Select((s, i) => (s.Tier, s.Plane, Index: i))
                .Where(s => s.Tier == 1)
                .GroupBy(s => s.Plane)
                .SelectMany(g => g.Take(spines))
                .Select(s => s.Index),
        ];
        return network.With([
            .. network.Links.Select(l => !l.A.IsHost && hit.Contains(l.Z.Index) ? l with { RateFraction = fraction } : l),
        ]);
    }

    private static bool Degradation(string? text, out int spines, out double fraction)
    {
        spines = 0;
        fraction = 0.25;
        if (text is null)
        {
            return true;
        }

        string[] parts = text.Split('@');
        return parts.Length <= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out spines)
            && (
                parts.Length == 1
                || (double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out fraction) && fraction is > 0 and <= 1)
            );
    }

    private static bool Bytes(string text, out long bytes)
    {
        bool read = DataSize.TryParse(text, out DataSize size) && size > DataSize.Zero;
        bytes = size.Bytes;
        return read;
    }

    private static int Report(List<SourceDiagnostic> diagnostics)
    {
        foreach (SourceDiagnostic diagnostic in diagnostics)
        {
            Console.Error.WriteLine(diagnostic.ToString());
        }

        return ExitCode.BadInput;
    }
}
