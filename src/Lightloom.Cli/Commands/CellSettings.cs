using System.CommandLine;
using System.Globalization;
using Lightloom.Cli.Options;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Units;

namespace Lightloom.Cli.Commands;

/// <summary>The options of <c>simulate</c> that shape a switch-scheduled fabric.</summary>
internal sealed class CellSettings
{
    private const string Off = "off";
    private static readonly CellOptions Usual = new();

    private readonly CheckedOption<string?> _mode = Value.Word(
        "--cells",
        "The switch-scheduled fabric: true (every cell), bursts (a packet's cells at once) or off "
            + "(bursts where the design is switch-scheduled, else off).",
        [.. OptionWords.CellMode.All, Off]
    );
    private readonly CheckedOption<long?> _credit = Value.Size(
        "--credit-bytes",
        "What one credit is worth.",
        64,
        65_536,
        Usual.Credit.Bytes
    );
    private readonly CheckedOption<double?> _speedup = Value.Number(
        "--credit-speedup",
        "Credit rate over port rate.",
        0.01,
        4,
        Usual.CreditSpeedup
    );
    private readonly CheckedOption<long?> _cell = Value.Size(
        "--cell-bytes",
        "Bytes of a packet that a cell carries.",
        16,
        4096,
        Usual.CellPayload.Bytes
    );
    private readonly CheckedOption<long?> _header = Value.Size(
        "--cell-header-bytes",
        "Header and check of a cell (12; 9 for cells of 128).",
        0,
        256
    );
    private readonly CheckedOption<string?> _spray = Value.Word(
        "--spray",
        "How cells are dealt to links: shuffled (round robin) or random.",
        OptionWords.Spray.All,
        OptionWords.Spray.Of(Usual.Spray)
    );
    private readonly CheckedOption<string?> _hungry = Value.Word(
        "--hungry",
        "What a queue may send unasked: none, keep-rest or top-up.",
        OptionWords.Hungry.All,
        OptionWords.Hungry.Of(Usual.Hungry)
    );
    private readonly CheckedOption<long?> _hungryBytes = HungryBytes("The balance of a queue at rest, with top-up.");
    private readonly CheckedOption<long?> _voq = Value.Size(
        "--voq-bytes",
        "A virtual output queue is full at so many bytes (40 us of its port's rate).",
        1,
        1L << 40
    );
    private readonly CheckedOption<string?> _full = Value.Word(
        "--voq-full",
        "What a full queue does to its host: pause or drop.",
        OptionWords.VoqFull.All,
        OptionWords.VoqFull.Of(Usual.VoqFull)
    );
    private readonly CheckedOption<long?> _sram = Value.Size(
        "--sram-bytes",
        "Packet memory on a leaf's chip; what exceeds it goes to external memory.",
        0,
        1L << 40,
        Usual.Sram.Bytes
    );
    private readonly CheckedOption<string?> _share = Value.Word(
        "--credit-share",
        "Among whom credits go round: port (each ingress port) or slice (each slice of a leaf).",
        OptionWords.CreditShare.All,
        OptionWords.CreditShare.Of(Usual.Share)
    );
    private readonly CheckedOption<int?> _slice = Value.Whole("--slice-ports", "Ingress ports of a slice (all of the leaf).", 1, 65_536);
    private readonly Option<bool> _noEgress = new("--no-egress-flow-control")
    {
        Description = "Schedulers grant on while their port's buffer is full.",
    };
    private readonly CheckedOption<int?> _congestion = Value.Whole(
        "--congestion-cells",
        "A link's queue marks cells above so many; 0 never.",
        0,
        1_000_000_000,
        Usual.CongestionCells
    );
    private readonly Option<bool> _unbalanced = new("--no-input-balanced")
    {
        Description = "Devices that lost some of their ways are sent to over all links still.",
    };
    private readonly CheckedOption<(SimTime Leaf, SimTime Element)?> _latency = Value.Text<(SimTime, SimTime)?>(
        "--cell-latency-ns",
        "Latency of a leaf and of a fabric element (the network's own).",
        "LEAF,ELEMENT in nanoseconds, 0 to 1,000,000,000 each, for example 800,450",
        Latencies,
        "LEAF,ELEMENT"
    );

    /// <summary>What a queue may send unasked, as <c>simulate</c> and <c>compare</c> take it.</summary>
    public static CheckedOption<long?> HungryBytes(string description) =>
        Value.Size("--hungry-bytes", description, 0, 120 << 10, Usual.HungryBalance.Bytes);

    public IEnumerable<Option> All =>
        [
            _mode,
            _credit,
            _speedup,
            _cell,
            _header,
            _spray,
            _hungry,
            _hungryBytes,
            _voq,
            _full,
            _sram,
            _share,
            _slice,
            _noEgress,
            _congestion,
            _unbalanced,
            _latency,
        ];

    /// <summary>Whether the user wants cells; null to leave it to the design.</summary>
    public bool? Wanted(ParseResult parsed) => _mode.In(parsed) is { } mode ? mode != Off : null;

    /// <summary>The fabric's options, for a network that has such a fabric.</summary>
    public CellOptions Read(ParseResult parsed)
    {
        DataSize cell = DataSize.FromBytes(_cell.In(parsed)!.Value);
        return new CellOptions
        {
            Mode = _mode.In(parsed) is { } mode ? OptionWords.CellMode.TryFind(mode) ?? Usual.Mode : Usual.Mode,
            Credit = DataSize.FromBytes(_credit.In(parsed)!.Value),
            CreditSpeedup = _speedup.In(parsed)!.Value,
            CellPayload = cell,
            CellHeader = _header.In(parsed) is { } header ? DataSize.FromBytes(header) : CellOptions.UsualHeader(cell),
            Spray = OptionWords.Spray.Find(_spray.In(parsed)!),
            Hungry = OptionWords.Hungry.Find(_hungry.In(parsed)!),
            HungryBalance = DataSize.FromBytes(_hungryBytes.In(parsed)!.Value),
            VoqLimit = _voq.In(parsed) is { } voq ? DataSize.FromBytes(voq) : null,
            VoqFull = OptionWords.VoqFull.Find(_full.In(parsed)!),
            Sram = DataSize.FromBytes(_sram.In(parsed)!.Value),
            Share = OptionWords.CreditShare.Find(_share.In(parsed)!),
            SlicePorts = _slice.In(parsed),
            EgressFlowControl = !parsed.GetValue(_noEgress),
            CongestionCells = _congestion.In(parsed)!.Value,
            InputBalanced = !parsed.GetValue(_unbalanced),
            LeafLatency = _latency.In(parsed) is { } leaf ? leaf.Leaf : null,
            ElementLatency = _latency.In(parsed) is { } element ? element.Element : null,
        };
    }

    private static bool Latencies(string text, out (SimTime, SimTime)? value)
    {
        value = null;
        if (text.Split(',') is not [var one, var two] || !Nanoseconds(one, out SimTime leaf) || !Nanoseconds(two, out SimTime element))
        {
            return false;
        }

        value = (leaf, element);
        return true;
    }

    private static bool Nanoseconds(string text, out SimTime latency)
    {
        bool good =
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value is >= 0 and <= 1e9;
        latency = good ? SimTime.FromNanoseconds(value) : SimTime.Zero;
        return good;
    }
}
