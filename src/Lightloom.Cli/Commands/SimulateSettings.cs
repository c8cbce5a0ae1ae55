using System.CommandLine;
using System.Globalization;
using Lightloom.Cli.Options;
using Lightloom.Experiments;
using Lightloom.Experiments.Calibration;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Cli.Commands;

/// <summary>The options of <c>simulate</c> that choose what runs and how, whatever network it runs on.</summary>
internal sealed class SimulateSettings
{
    private const string Auto = "auto";
    private const long MostQueueBytes = 1 << 30;
    private const double MostMicroseconds = 1e12;
    private static readonly SimulationOptions Usual = new();

    public readonly CheckedOption<string?> Workload = Value.Word(
        "--workload",
        "A made-up traffic pattern instead of a matrix: " + string.Join(", ", Simulation.Traffic.Workload.Names) + ".",
        Simulation.Traffic.Workload.Names
    );
    public readonly RepeatedOption Job = new(
        "--job",
        $"A job that shares the network with others, once for each: {JobList.Grammar}; e.g. a:all-reduce:64MiB:32 and b:incast:1MiB:16@20.",
        JobList.Grammar,
        "JOB"
    );
    public readonly CheckedOption<string?> Placement = Value.Word(
        "--placement",
        "How jobs that ask for a number of XPUs get them: " + string.Join(" or ", OptionWords.Placement.All) + ".",
        OptionWords.Placement.All,
        OptionWords.Placement.Of(JobPlacement.Blocks)
    );
    public readonly CheckedOption<string?> Shards = Value.Word(
        "--shards",
        "All-to-all and direct all-reduce over cards of different rates: equal shards, or by-rate so that all finish together.",
        OptionWords.Shards.All
    );
    public readonly RepeatedOption Class = new(
        "--class",
        $"A class of packets with queues of its own, once for each, in strict order: {TrafficClassList.Grammar}. "
            + $"Jobs name theirs as /CLASS.",
        TrafficClassList.Grammar,
        "CLASS",
        TrafficClassList.IsClass
    );
    public readonly CheckedOption<long?> Buffer = Value.Size(
        "--buffer-bytes",
        "Bytes that all ports of a switch share by dynamic thresholds, instead of a queue of its own for each.",
        1,
        MostQueueBytes
    );
    public readonly CheckedOption<double?> PauseAlpha = Value.Number(
        "--pause-alpha",
        "Lossless classes pause an ingress above this share of the free buffer.",
        0.0001,
        64,
        Usual.PauseAlpha
    );
    public readonly CheckedOption<long?> Headroom = Value.Size(
        "--headroom-bytes",
        "Lossless classes: bytes for what arrives after a pause (what each link needs).",
        0,
        MostQueueBytes
    );
    public readonly CheckedOption<long?> Size = Value.Size(
        "--size",
        "Bytes of the workload for one XPU (the cluster file's for its own collectives, else 1MiB).",
        0,
        CommonOptions.MostBytes
    );
    public readonly CheckedOption<int?> Xpus = CommonOptions.Xpus();
    public readonly CheckedOption<int?> Window = Value.Whole(
        "--window",
        "All-to-all: transfers each XPU has under way at once (enough for two round trips at line rate, at least 8).",
        1,
        16_777_216
    );
    public readonly CheckedOption<double?> Skew = CommonOptions.Skew();
    public readonly CheckedOption<int?> Experts = CommonOptions.Experts();
    public readonly Option<bool> Pxn = new("--pxn")
    {
        Description =
            "All-to-all and the like: what goes to another node and rail is first sent to its own node's XPU on that rail (NCCL's PXN); "
            + "with --scale-up.",
    };
    public readonly CheckedOption<string?> Transport = CommonOptions.Transport();
    public readonly RepeatedOption TransportOption = CommonOptions.TransportOption();
    public readonly CheckedOption<string?> Preset = CommonOptions.Preset();
    public readonly Option<bool> ListOptions = new("--list-options")
    {
        Description =
            "Shows the transports' constants with unit, range, default and source, and the presets; with --transport, that one's.",
    };
    public readonly CheckedOption<string?> Balancing = CommonOptions.LoadBalancing();
    public readonly CheckedOption<int?> Paths = Value.Whole(
        "--paths",
        "Entropy values a flow may use.",
        1,
        65_536,
        Usual.Paths,
        n => (n & (n - 1)) == 0,
        "a power of two, "
    );
    public readonly CheckedOption<long?> Mtu = Value.Size(
        "--mtu",
        "Bytes of a full packet, header included.",
        Usual.Header.Bytes + 1,
        32_767,
        Usual.Mtu.Bytes
    );
    public readonly CheckedOption<long?> QueueBytes = Value.Size(
        "--queue-bytes",
        "Bytes of each output queue (one bandwidth-delay product; five without trimming).",
        1,
        MostQueueBytes
    );
    public readonly CheckedOption<(long Low, long High)?> EcnBytes = Value.SizePair(
        "--ecn-bytes",
        "Marking thresholds (0.2 and 0.8 bandwidth-delay products)."
    );
    public readonly Option<bool> NoTrim = new("--no-trim") { Description = "A full queue drops instead of trimming." };
    public readonly CheckedOption<long?> AckBytes = Value.Size(
        "--ack-bytes",
        "A receiver acknowledges at the latest after so many bytes (16 KiB; less where the window is short).",
        1,
        MostQueueBytes
    );
    public readonly CheckedOption<long?> InitialWindow = Value.Size(
        "--initial-window-bytes",
        "A sender's first window (1.5 bandwidth-delay products).",
        1,
        MostQueueBytes
    );
    public readonly CheckedOption<string?> FlowControl = Value.Word(
        "--flow-control",
        "none, pfc or cbfc (auto: what the transport is made for).",
        [Auto, .. OptionWords.FlowControl.All],
        Auto
    );
    public readonly Option<bool> SelectiveRepeat = new("--selective-repeat")
    {
        Description = "RoCE receivers keep packets that come out of order.",
    };
    public readonly CheckedOption<double?> ErrorRate = Value.Number(
        "--packet-error-rate",
        "Probability that a link corrupts a packet.",
        0,
        0.999999,
        0
    );
    public readonly Option<bool> LinkRetry = new("--link-retry") { Description = "Links repair corrupted packets themselves (LLR)." };
    public readonly Option<bool> CutThrough = new("--cut-through")
    {
        Description = "Switches forward a packet's head before its tail has come.",
    };
    public readonly CheckedOption<long?> FrameGap = Value.Size(
        "--frame-gap-bytes",
        "Bytes of a link that each frame takes beyond its own: 20 for Ethernet's preamble and gap.",
        0,
        1024,
        0
    );
    public readonly CheckedOption<string?> PlanePolicy = Value.Word(
        "--plane-policy",
        "How a card with ports on several planes divides packets: "
            + string.Join(", ", OptionWords.PlanePolicy.All)
            + " (stripe for transports that need order, else shortest-queue).",
        OptionWords.PlanePolicy.All
    );
    public readonly CheckedOption<string?> CongestionState = Value.Word(
        "--congestion-state",
        "Whether a flow's congestion control has one state or one for each plane: global or per-plane.",
        OptionWords.CongestionState.All,
        OptionWords.CongestionState.Of(Usual.CongestionState)
    );
    public readonly CellSettings Cells = new();
    public readonly CheckedOption<SpineDegradation?> Degrade = Value.Text<SpineDegradation?>(
        "--degrade-spines",
        "Links of the first N spines at a fraction of their rate (0.25).",
        "N or N@FRACTION, N at least 1 and FRACTION above 0 and at most 1, for example 4@0.25",
        Degradation,
        "N[@FRACTION]"
    );
    public readonly CheckedOption<string[]> Fail = Value.List(
        "--fail",
        "What fails, and when: link:N, switch:NAME, plane:N or port:HOST.N, each with @US, e.g. link:7@20,switch:spine-3@50.",
        "faults divided by commas, for example link:7@20,switch:spine-3@50"
    );
    public readonly CheckedOption<double?> Detect = CommonOptions.Detect();
    public readonly CheckedOption<double?> Update = Value.Number(
        "--update-us",
        "Then, to tell each peer of a host that has lost a port, one after the other.",
        0,
        1e6,
        0,
        "us"
    );
    public readonly CheckedOption<string?> Engine = Value.Word(
        "--engine",
        "packet, fluid (max-min fair rates without packets, for sweeps and very large networks), or hybrid "
            + "(a collective in packets until its rates are steady, and on from there).",
        OptionWords.Engine.All,
        OptionWords.Engine.Of(EngineKind.Packet)
    );
    public readonly CheckedOption<string?> Calibration = Value.Path(
        "--calibration",
        "What transports and load balancings add to --engine fluid, as `lightloom calibrate` writes it (the table that is shipped).",
        "FILE.csv"
    );
    public readonly CheckedOption<int?> Threads = CommonOptions.Threads("Threads to run on.", 1);
    public readonly CheckedOption<ulong> Seed = Value.Seed("Seeds everything random.");
    public readonly CheckedOption<double?> End = Value.Number(
        "--end-us",
        "Stops at this simulated time (when nothing is left to happen).",
        0.000001,
        MostMicroseconds,
        null,
        "us"
    );
    public readonly CheckedOption<string?> FlowsOut = Value.Path("--flows-out", "Writes one row a flow.", "FILE.csv");
    public readonly CheckedOption<string?> Trace = Value.Path(
        "--trace",
        "Writes queues and links over time, and the busiest links one by one into FILE-links.csv.",
        "FILE.csv"
    );
    public readonly CheckedOption<string?> Output = CommonOptions.Output(
        "report.html, simulation.json, flows.csv, trace.csv, trace-links.csv and link-totals.csv"
    );
    public readonly Option<bool> Json = CommonOptions.Json();

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
            Skew,
            Experts,
            Pxn,
            Transport,
            TransportOption,
            Preset,
            ListOptions,
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
            Calibration,
            Threads,
            Seed,
            End,
            FlowsOut,
            Trace,
            Output,
            Json,
        ];

    /// <summary>The jobs as a request.</summary>
    public JobsRequest JobsRequest(ParseResult parsed) =>
        new(Job.In(parsed), OptionWords.Placement.Find(Placement.In(parsed)!), [.. Classes(parsed).Select(c => c.Name)])
        {
            Experts = CommonOptions.ExpertLoad(Skew, Experts, parsed),
        };

    /// <summary>The workload that the command line names, or null.</summary>
    public WorkloadRequest? WorkloadRequest(ParseResult parsed) =>
        Workload.In(parsed) is { } name ? Completed(parsed, new() { Name = name }) : null;

    /// <summary>A workload of the cluster file with what the command line says of it.</summary>
    public WorkloadRequest Completed(ParseResult parsed, WorkloadRequest request) =>
        request with
        {
            Bytes = Size.In(parsed) ?? request.Bytes,
            Xpus = Xpus.In(parsed) ?? request.Xpus,
            Window = Window.In(parsed),
            Experts = CommonOptions.ExpertLoad(Skew, Experts, parsed),
            Relays = parsed.GetValue(Pxn),
            Shards = Shards.In(parsed) is { } shards ? OptionWords.Shards.Find(shards) : null,
        };

    /// <summary>What the command line chooses of the engine's options.</summary>
    public EngineChoices Choices(ParseResult parsed) =>
        new()
        {
            Transport = Transport.In(parsed),
            Constants = CommonOptions.Constants(TransportOption, Preset, parsed),
            LoadBalancing = Balancing.In(parsed),
            FlowControl = OptionWords.FlowControl.TryFind(FlowControl.In(parsed)!),
            CellFabric = Cells.Wanted(parsed),
            Cells = Cells.Read(parsed),
            PlanePolicy = PlanePolicy.In(parsed) is { } policy ? OptionWords.PlanePolicy.Find(policy) : null,
            Faults = Fail.IsGivenIn(parsed) ? string.Join(',', Fail.In(parsed)) : null,
            Engine = OptionWords.Engine.Find(Engine.In(parsed)!),
            Calibration = Calibration.In(parsed) is { } table ? MeasuredTerms.Read(table) : MeasuredTerms.Table,
            Trace = Trace.IsGivenIn(parsed) || Output.IsGivenIn(parsed),
            Other = new()
            {
                Paths = Paths.In(parsed)!.Value,
                Mtu = DataSize.FromBytes(Mtu.In(parsed)!.Value),
                Queue = Given(QueueBytes.In(parsed)),
                EcnLow = Given(EcnBytes.In(parsed)?.Low),
                EcnHigh = Given(EcnBytes.In(parsed)?.High),
                Trim = !parsed.GetValue(NoTrim),
                AckThreshold = AckBytes.In(parsed) is { } ack ? DataSize.FromBytes(ack) : null,
                InitialWindow = Given(InitialWindow.In(parsed)),
                Classes = Classes(parsed),
                SharedBuffer = Given(Buffer.In(parsed)),
                PauseAlpha = PauseAlpha.In(parsed)!.Value,
                Headroom = Given(Headroom.In(parsed)),
                SelectiveRepeat = parsed.GetValue(SelectiveRepeat),
                PacketErrorRate = ErrorRate.In(parsed)!.Value,
                LinkRetry = parsed.GetValue(LinkRetry),
                CutThrough = parsed.GetValue(CutThrough),
                FrameGap = DataSize.FromBytes(FrameGap.In(parsed)!.Value),
                Threads = Threads.In(parsed)!.Value,
                Seed = Seed.In(parsed),
                End = End.In(parsed) is { } end ? SimTime.FromMicroseconds(end) : null,
                CongestionState = OptionWords.CongestionState.Find(CongestionState.In(parsed)!),
                Detection = SimTime.FromMicroseconds(Detect.In(parsed)!.Value),
                PeerUpdate = SimTime.FromMicroseconds(Update.In(parsed)!.Value),
            },
        };

    private static DataSize? Given(long? bytes) => bytes is { } known ? DataSize.FromBytes(known) : null;

    private IReadOnlyList<TrafficClass> Classes(ParseResult parsed) => TrafficClassList.Parse(Class.In(parsed));

    private static bool Degradation(string text, out SpineDegradation? value)
    {
        string[] parts = text.Split('@');
        double fraction = SpineDegradation.UsualFraction;
        bool good =
            parts.Length <= 2 & int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int spines)
            && spines >= 1
            && (
                parts.Length == 1
                || (
                    double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out fraction)
                    && fraction is > 0 and <= 1
                )
            );
        value = new(spines, fraction);
        return good;
    }
}
