using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Cli.Commands;

/// <summary>The options of <c>simulate</c> that shape a switch-scheduled fabric.</summary>
internal sealed class CellSettings
{
    private static readonly CellOptions Default = new();

    private readonly Option<string?> _mode = new("--cells")
    {
        Description =
            "The switch-scheduled fabric: true (every cell), bursts (a packet's cells at once) or off (bursts where the design is switch-scheduled, else off).",
    };

    private readonly Option<int> _credit = new("--credit-bytes")
    {
        Description = "What one credit is worth.",
        DefaultValueFactory = _ => Default.CreditBytes,
    };
    private readonly Option<double> _speedup = new("--credit-speedup")
    {
        Description = "Credit rate over port rate.",
        DefaultValueFactory = _ => Default.CreditSpeedup,
    };
    private readonly Option<int> _cell = new("--cell-bytes")
    {
        Description = "Bytes of a packet that a cell carries.",
        DefaultValueFactory = _ => Default.CellBytes,
    };
    private readonly Option<int?> _header = new("--cell-header-bytes")
    {
        Description = "Header and check of a cell (12; 9 for cells of 128).",
    };
    private readonly Option<string> _spray = new("--spray")
    {
        Description = "How cells are dealt to links: shuffled (round robin) or random.",
        DefaultValueFactory = _ => "shuffled",
    };
    private readonly Option<string> _hungry = new("--hungry")
    {
        Description = "What a queue may send unasked: none, keep-rest or top-up.",
        DefaultValueFactory = _ => "top-up",
    };
    private readonly Option<int> _hungryBytes = new("--hungry-bytes")
    {
        Description = "The balance of a queue at rest, with top-up.",
        DefaultValueFactory = _ => Default.HungryBytes,
    };
    private readonly Option<long> _voq = new("--voq-bytes")
    {
        Description = "A virtual output queue is full at so many bytes (40 us of its port's rate).",
    };
    private readonly Option<string> _full = new("--voq-full")
    {
        Description = "What a full queue does to its host: pause or drop.",
        DefaultValueFactory = _ => "pause",
    };
    private readonly Option<long> _sram = new("--sram-bytes")
    {
        Description = "Packet memory on a leaf's chip; what exceeds it goes to external memory.",
        DefaultValueFactory = _ => Default.SramBytes,
    };
    private readonly Option<string> _share = new("--credit-share")
    {
        Description = "Among whom credits go round: port (each ingress port) or slice (each slice of a leaf).",
        DefaultValueFactory = _ => "port",
    };
    private readonly Option<int> _slice = new("--slice-ports") { Description = "Ingress ports of a slice (all of the leaf)." };
    private readonly Option<bool> _noEgress = new("--no-egress-flow-control")
    {
        Description = "Schedulers grant on while their port's buffer is full.",
    };
    private readonly Option<int> _congestion = new("--congestion-cells")
    {
        Description = "A link's queue marks cells above so many; 0 never.",
        DefaultValueFactory = _ => Default.CongestionCells,
    };
    private readonly Option<bool> _unbalanced = new("--no-input-balanced")
    {
        Description = "Devices that lost some of their ways are sent to over all links still.",
    };
    private readonly Option<string?> _latency = new("--cell-latency-ns")
    {
        Description = "Latency of a leaf and of a fabric element (the network's own).",
        HelpName = "LEAF,ELEMENT",
    };

    public CellSettings()
    {
        _mode.AcceptOnlyFromAmong("true", "bursts", "off");
        _spray.AcceptOnlyFromAmong("shuffled", "random");
        _hungry.AcceptOnlyFromAmong("none", "keep-rest", "top-up");
        _full.AcceptOnlyFromAmong("pause", "drop");
        _share.AcceptOnlyFromAmong("port", "slice");
    }

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

    /// <summary>The fabric's options; null for packet switching.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="scheduled">Whether the network was designed to be switch-scheduled.</param>
    /// <exception cref="ArgumentException">An option cannot be read, or one of the fabric's is given without the fabric.</exception>
    public CellOptions? Read(ParseResult parsed, bool scheduled)
    {
        string mode = parsed.GetValue(_mode) ?? (scheduled ? "bursts" : "off");
        if (mode == "off")
        {
            Option? stray = All.FirstOrDefault(o => o != _mode && parsed.GetResult(o) is { Implicit: false });
            return stray is null
                ? null
                : throw new ArgumentException($"{stray.Name} is for the switch-scheduled fabric; add --cells true or --cells bursts");
        }

        (long? leaf, long? element) = (null, null);
        if (parsed.GetValue(_latency) is { } text)
        {
            if (text.Split(',') is not [var one, var two] || !Nanoseconds(one, out long first) || !Nanoseconds(two, out long second))
            {
                throw new ArgumentException($"--cell-latency-ns '{text}' must be LEAF,ELEMENT in nanoseconds, for example 800,450");
            }

            (leaf, element) = (first, second);
        }

        int cell = parsed.GetValue(_cell);
        return new CellOptions
        {
            Mode = mode == "true" ? CellMode.Cells : CellMode.Bursts,
            CreditBytes = parsed.GetValue(_credit),
            BalanceBytes = Math.Max(Default.BalanceBytes, parsed.GetValue(_credit) + parsed.GetValue(_hungryBytes)),
            CreditSpeedup = parsed.GetValue(_speedup),
            CellBytes = cell,
            CellHeaderBytes = parsed.GetValue(_header) ?? (cell == 128 ? 9 : Default.CellHeaderBytes),
            Spray = parsed.GetValue(_spray) == "random" ? SprayOrder.Random : SprayOrder.ShuffledRoundRobin,
            Hungry = parsed.GetValue(_hungry) switch
            {
                "none" => HungryPolicy.None,
                "keep-rest" => HungryPolicy.KeepRest,
                _ => HungryPolicy.TopUp,
            },
            HungryBytes = parsed.GetValue(_hungryBytes),
            VoqBytes = parsed.GetValue(_voq),
            VoqFull = parsed.GetValue(_full) == "drop" ? VoqFullAction.Drop : VoqFullAction.Pause,
            SramBytes = parsed.GetValue(_sram),
            Share = parsed.GetValue(_share) == "slice" ? CreditShare.IngressSlice : CreditShare.IngressPort,
            SlicePorts = parsed.GetValue(_slice),
            EgressFlowControl = !parsed.GetValue(_noEgress),
            CongestionCells = parsed.GetValue(_congestion),
            InputBalanced = !parsed.GetValue(_unbalanced),
            LeafLatencyPicoseconds = leaf,
            ElementLatencyPicoseconds = element,
        };
    }

    private static bool Nanoseconds(string text, out long picoseconds)
    {
        bool good = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value < 1e9;
        picoseconds = good ? (long)(value * 1000) : 0;
        return good;
    }
}
