using System.CommandLine;
using Lightloom.Cli.Options;
using Lightloom.Report;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom collective</c>: the closed form of one collective, as another simulator has it, without a network.</summary>
public sealed class CollectiveCommand
{
    private const string Astra = "astra";
    private const string Simai = "simai";
    private const string Nccl = "nccl";

    private readonly CheckedOption<string?> _name = Value.Word(
        "--name",
        "The collective: " + string.Join(", ", CollectiveWords.Kinds.All) + ".",
        CollectiveWords.Kinds.All
    );
    private readonly CheckedOption<string?> _model = Value.Word(
        "--model",
        "Whose closed form: astra (ASTRA-sim's analytical backends), simai (SimAI's analytical mode) or nccl (the tuner of NCCL).",
        [Astra, Simai, Nccl],
        Astra
    );
    private readonly CheckedOption<int?> _xpus = Value.Whole("--xpus", "Ranks that take part.", 2, 16_777_216);
    private readonly CheckedOption<long?> _bytes = Value.Size(
        "--bytes",
        "The size of one rank's buffer; astra takes an all-gather's as one rank's part.",
        1,
        CommonOptions.MostBytes
    );
    private readonly CheckedOption<double?> _rate = Rate(
        "--gbytes-s",
        "A link's rate (astra) or a rank's scale-up rate (simai), in 2^30 bytes a second as both read it; nccl: in 10^9.",
        "GiB/s"
    );
    private readonly CheckedOption<string?> _algorithm = OneOf("--algorithm", "astra:", CollectiveWords.AstraAlgorithms.All, "ring");
    private readonly CheckedOption<string?> _topology = OneOf(
        "--topology",
        "astra: what joins the ranks,",
        CollectiveWords.AstraTopologies.All,
        "switch"
    );
    private readonly CheckedOption<double?> _latency = Value.Number("--latency-ns", "astra: a link's latency.", 0, 1e9, 500, "ns");
    private readonly CheckedOption<int?> _splits = Chunks("--splits", "astra: chunks of a collective.");
    private readonly CheckedOption<int?> _active = Chunks("--active-chunks", "astra: chunks under way at once.");
    private readonly CheckedOption<int?> _endpoint = Value.Whole(
        "--endpoint-delay-ns",
        "astra: what a rank waits before it sends, in nanoseconds.",
        0,
        1_000_000_000,
        10
    );
    private readonly CheckedOption<double?> _memory = Value.Number(
        "--memory-gbytes-s",
        "astra: a rank's memory, in 10^9 bytes a second.",
        0.001,
        1e9,
        1600,
        "GB/s"
    );
    private readonly Option<bool> _aware = new("--aware") { Description = "astra: links hold one message at a time (congestion-aware)." };
    private readonly CheckedOption<int?> _nodes = Value.Whole(
        "--nodes",
        "simai, nccl: nodes, over which ranks divide evenly.",
        1,
        16_777_216,
        1
    );
    private readonly CheckedOption<double?> _nic = Rate("--nic-gbytes-s", "simai, nccl: a NIC's rate.", "GiB/s", 48.5);
    private readonly CheckedOption<double?> _nics = Value.Number(
        "--nics",
        "simai, nccl: NICs of a node that the group may use.",
        0.001,
        1024,
        8
    );
    private readonly CheckedOption<string?> _cross = OneOf(
        "--cross-nic",
        "simai: whether rings may leave a node by another GPU's NIC:",
        CollectiveWords.CrossNic.All,
        "auto"
    );
    private readonly CheckedOption<double?> _efficiency = Value.Number(
        "--efficiency",
        "simai: the share of the rate that is reached, which it looks up by size.",
        0.000001,
        1,
        1
    );
    private readonly CheckedOption<double?> _nvls = Rate(
        "--nvls-gbytes-s",
        "nccl: bus bandwidth of reductions in the scale-up switches (none).",
        "GB/s"
    );
    private readonly CheckedOption<string?> _generation = OneOf(
        "--generation",
        "nccl: the XPUs, whose tables bound protocols and channels:",
        CollectiveWords.Generations.All,
        "hopper"
    );
    private readonly CheckedOption<int?> _channels = Value.Whole(
        "--channels",
        "nccl: channels that a collective is divided over.",
        1,
        64,
        24
    );
    private readonly CheckedOption<double?> _launch = Value.Number(
        "--launch-us",
        "nccl: what a launch takes at least, host and framework.",
        0,
        1e6,
        0,
        "us"
    );
    private readonly Option<bool> _json = CommonOptions.Json();

    private CollectiveCommand() { }

    private static CheckedOption<double?> Rate(string name, string what, string unit, double? usual = null) =>
        Value.Number(name, what, 0.000001, 1e6, usual, unit);

    private static CheckedOption<int?> Chunks(string name, string what) => Value.Whole(name, what, 1, 1_000_000, 1);

    private static CheckedOption<string?> OneOf(string name, string what, IReadOnlyList<string> words, string usual) =>
        Value.Word(name, $"{what} {string.Join(", ", words)}.", words, usual);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        CollectiveCommand c = new();
        (c._name.Required, c._xpus.Required, c._bytes.Required, c._rate.Required) = (true, true, true, true);
        Command command = new("collective", "The time of one collective by another simulator's closed form, without a network.")
        {
            c._name,
            c._model,
            c._xpus,
            c._bytes,
            c._rate,
        };
        foreach (Option option in c.OfAstra.Concat(c.OfNodes).Concat(c.OfSimai).Concat(c.OfNccl))
        {
            command.Add(option);
        }

        command.Add(c._json);
        command.SetAction(c.Run);
        return command;
    }

    private IEnumerable<Option> OfAstra => [_algorithm, _topology, _latency, _splits, _active, _endpoint, _memory, _aware];

    private IEnumerable<Option> OfNodes => [_nodes, _nic, _nics];

    private IEnumerable<Option> OfSimai => [_cross, _efficiency];

    private IEnumerable<Option> OfNccl => [_nvls, _generation, _channels, _launch];

    private IEnumerable<Option> Elsewhere(string model) =>
        model switch
        {
            Astra => OfNodes.Concat(OfSimai).Concat(OfNccl),
            Simai => OfAstra.Concat(OfNccl),
            _ => OfAstra.Concat(OfSimai),
        };

    private int Run(ParseResult parsed)
    {
        string model = _model.In(parsed)!;
        if (Elsewhere(model).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } stray)
        {
            string other = string.Join(" or ", ((string[])[Astra, Simai, Nccl]).Where(m => !Elsewhere(m).Contains(stray)));
            return CommandLine.Misused($"{stray.Name} changes nothing with --model {model}; leave it out, or take --model {other}");
        }

        CollectiveKind kind = CollectiveWords.Kinds.Find(_name.In(parsed)!);
        DataSize size = DataSize.FromBytes(_bytes.In(parsed)!.Value);
        try
        {
            (SimTime time, string run) = model switch
            {
                Astra => (OfAstraSim(parsed, kind, size), _algorithm.In(parsed)!),
                Simai => (OfSimAi(parsed, kind, size), "ring"),
                _ => OfTuner(parsed, kind, size),
            };
            Print(parsed, kind, size, time, run);
            return ExitCode.Done;
        }
        catch (RefusedException e)
        {
            return CommandLine.Misused(e);
        }
    }

    private SimTime OfAstraSim(ParseResult parsed, CollectiveKind kind, DataSize size) =>
        AstraModel.Time(
            new()
            {
                Topology = CollectiveWords.AstraTopologies.Find(_topology.In(parsed)!),
                Ranks = _xpus.In(parsed)!.Value,
                GibibytesPerSecond = _rate.In(parsed)!.Value,
                Latency = SimTime.FromNanoseconds(_latency.In(parsed)!.Value),
                Splits = _splits.In(parsed)!.Value,
                ActiveChunks = _active.In(parsed)!.Value,
                EndpointDelay = SimTime.FromNanoseconds(_endpoint.In(parsed)!.Value),
                MemoryGigabytesPerSecond = _memory.In(parsed)!.Value,
                CongestionAware = parsed.GetValue(_aware),
            },
            kind,
            CollectiveWords.AstraAlgorithms.Find(_algorithm.In(parsed)!),
            size
        );

    private SimTime OfSimAi(ParseResult parsed, CollectiveKind kind, DataSize size)
    {
        (int xpus, int nodes) = (_xpus.In(parsed)!.Value, _nodes.In(parsed)!.Value);
        return xpus % nodes != 0
            ? throw new RefusedException($"--nodes {nodes} does not divide --xpus {xpus}; give --xpus {nodes * Math.Max(1L, xpus / nodes)}")
            : SimaiModel.Time(
                new()
                {
                    Nodes = nodes,
                    RanksPerNode = xpus / nodes,
                    ScaleUpGibibytesPerSecond = _rate.In(parsed)!.Value,
                    NicGibibytesPerSecond = _nic.In(parsed)!.Value,
                    NicsPerNode = _nics.In(parsed)!.Value,
                    CrossNic = CollectiveWords.CrossNic.Find(_cross.In(parsed)!),
                    Efficiency = _efficiency.In(parsed)!.Value,
                },
                kind,
                size
            );
    }

    private (SimTime Time, string Run) OfTuner(ParseResult parsed, CollectiveKind kind, DataSize size)
    {
        static DataRate Rate(double gigabytes) => DataRate.FromGbps(8 * gigabytes);
        NcclChoice choice = NcclTuner.Choose(
            new()
            {
                Ranks = _xpus.In(parsed)!.Value,
                Nodes = _nodes.In(parsed)!.Value,
                ScaleUp = Rate(_rate.In(parsed)!.Value),
                Nics = Rate(_nic.In(parsed)!.Value * _nics.In(parsed)!.Value),
                Nvls = Rate(_nvls.In(parsed) ?? 0),
                Generation = CollectiveWords.Generations.Find(_generation.In(parsed)!),
                Channels = _channels.In(parsed)!.Value,
                Launch = SimTime.FromMicroseconds(_launch.In(parsed)!.Value),
            },
            kind,
            size
        );
        return (choice.Time, $"{choice.Algorithm} {choice.Protocol}");
    }

    private void Print(ParseResult parsed, CollectiveKind kind, DataSize size, SimTime time, string run)
    {
        int xpus = _xpus.In(parsed)!.Value;
        string name = CollectiveWords.Kinds.Of(kind);
        if (!parsed.GetValue(_json))
        {
            Console.Out.WriteLine(FormattableString.Invariant($"{name}, {size} over {xpus:#,0} ranks, {run}: {time}"));
            return;
        }

        using Stream output = Console.OpenStandardOutput();
        new CollectiveJson(_model.In(parsed)!, name, run, xpus, size, time).Write(output);
    }
}
