using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using static Lightloom.Simulation.Model.TransportOption;

namespace Lightloom.Simulation.Transport;

/// <summary>TIMELY: a rate by the trend of round trip times; the equations are in <c>docs/models/timely.md</c>.</summary>
internal sealed unsafe class Timely : RdmaControl, IRdmaTransport
{
    private const string Paper = "Mittal et al., SIGCOMM 2015";
    private const string Authors = "Zhu et al., CoNEXT 2016 (ECN or Delay), footnote 4";
    private const string Scaled = Authors + ": 10 and 50 Mb/s at 10 Gb/s, scaled as the HPCC authors' run.py does";

    private static readonly TransportOption WeightOption = new()
    {
        Name = "alpha",
        Help = "weight of the newest difference of two round trips in their trend (EWMA)",
        Least = 0,
        Most = 1,
        Default = 0.875,
        Source = Authors,
    };
    private static readonly TransportOption BetaOption = new()
    {
        Name = "beta",
        Help = "how much of the trend a decrease takes off the rate",
        Least = 0,
        Most = 1,
        Default = 0.8,
        Source = Paper + ", section 4.3",
    };
    private static readonly TransportOption HighOption = Time("t-high-us", "above this round trip the rate only falls (Thigh)", 500, Paper);
    internal static readonly TransportOption LowOption = Time(
        "t-low-us",
        "below this round trip the rate only rises (Tlow)",
        50,
        Paper
    ) with
    {
        NotAbove = HighOption,
    };
    private static readonly TransportOption LeastTripOption = Time("min-rtt-us", "what the trend is measured against", 20, Authors);
    private static readonly TransportOption AdditiveOption = Rate("rai-mbps", "additive increase a round trip (delta)", 100, Scaled);
    private static readonly TransportOption HyperOption = Rate("rhai-mbps", "increase after several rises in a row", 500, Scaled);
    private static readonly TransportOption StagesOption = new()
    {
        Name = "hai-after",
        Help = "rises in a row before the larger increase (N)",
        Least = 0,
        Most = 1000,
        Whole = true,
        Default = 5,
        Source = Paper + ", section 4.3",
    };
    private static readonly TransportOption LeastOption = new()
    {
        Name = "min-rate-mbps",
        Help = "the rate never falls below",
        Unit = "Mb/s",
        Least = 0.001,
        Most = 1e7,
        Default = 1_000,
        Source = "alibaba-edu/High-Precision-Congestion-Control, run.py, MIN_RATE",
    };
    private static readonly TransportOption WindowOption = Switch(
        "window",
        "1: a flow also has at most its rate times the base round trip under way (TIMELY+win of the HPCC paper); 0: no window",
        "alibaba-edu/High-Precision-Congestion-Control, run.py, timely"
    );

    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "timely",
            Help = "TIMELY: a rate steered by the trend of round trip times",
            InOrder = true,
            Timeout = TimeoutRule.Verbs,
            FlowControl = FlowControl.Pfc,
            Options =
            [
                WeightOption,
                BetaOption,
                LowOption,
                HighOption,
                LeastTripOption,
                AdditiveOption,
                HyperOption,
                StagesOption,
                LeastOption,
                WindowOption,
                VerbsTimeout.Option,
            ],
            Presets =
            [
                new()
                {
                    Name = "timely-paper-10g",
                    Help = "the paper's figures as printed, for 10 Gb/s",
                    Source = Paper + "; " + Authors,
                    Values = [new(AdditiveOption, 10), new(HyperOption, 50), new(LeastOption, 10)],
                },
                new()
                {
                    Name = "timely-hpcc-win",
                    Help = "TIMELY+win of the HPCC authors' comparison",
                    Source = "alibaba-edu/High-Precision-Congestion-Control, run.py, timely_vwin",
                    Values = [new(WindowOption, 1)],
                },
            ],
        };

    /// <inheritdoc/>
    public static RdmaControl Create(World world, Partition partition, HostLine line) => new Timely(world, partition, line);

    private readonly double _weight;
    private readonly double _beta;
    private readonly long _low;
    private readonly long _high;
    private readonly long _leastTrip;
    private readonly double _additive;
    private readonly double _hyper;
    private readonly int _stages;
    private readonly double _leastRate;
    private readonly bool _window;

    private Timely(World world, Partition partition, HostLine line)
        : base(world, partition, line)
    {
        TransportValues values = Values;
        _weight = values[WeightOption];
        _beta = values[BetaOption];
        _low = values.Picoseconds(LowOption);
        _high = values.Picoseconds(HighOption);
        _leastTrip = values.Picoseconds(LeastTripOption);
        _additive = values.BytesAPicosecond(AdditiveOption);
        _hyper = values.BytesAPicosecond(HyperOption);
        _stages = (int)values[StagesOption];
        _leastRate = Math.Min(LineRate, values.BytesAPicosecond(LeastOption));
        _window = values[WindowOption] > 0;
    }

    private double LineRate => 1 / LineByteTime;

    /// <summary>The share of its rate that a flow keeps at a round trip above the upper threshold; algorithm 1 of the paper.</summary>
    internal static double KeptAbove(double roundTrip, double high, double beta) => 1 - beta * (1 - high / roundTrip);

    /// <summary>The share that it keeps while round trips rise, by their normalised gradient.</summary>
    internal static double KeptRising(double gradient, double beta) => Math.Max(0, 1 - beta * gradient);

    /// <inheritdoc/>
    public override void Start(RdmaSender* sender, bool selective) =>
        sender->Window = _window ? BelowWindow(BandwidthDelay) : double.MaxValue;

    /// <inheritdoc/>
    public override void Acknowledged(RdmaSender* sender, AckRecord* ack, uint packets, long delay, long now)
    {
        if ((int)(ack->Cumulative - sender->LastUpdate) <= 0)
        {
            return;
        }
        if (sender->LastUpdate != 0)
        {
            Update(sender, delay);
        }
        sender->LastUpdate = sender->Next;
        sender->LastRoundTrip = delay;
    }

    private void Update(RdmaSender* sender, long delay)
    {
        sender->Trend = (1 - _weight) * sender->Trend + _weight * (delay - sender->LastRoundTrip);
        double gradient = sender->Trend / _leastTrip;
        double rate = 1 / sender->Rate;
        if (delay < _low || (delay <= _high && gradient <= 0))
        {
            rate += sender->IncreaseStage++ < _stages ? _additive : _hyper;
        }
        else
        {
            Partition.Counters.Slowed++;
            rate *= delay > _high ? KeptAbove(delay, _high, _beta) : KeptRising(gradient, _beta);
            sender->IncreaseStage = 0;
        }
        rate = Math.Clamp(rate, _leastRate, LineRate);
        sender->Rate = 1 / rate;
        sender->Window = _window ? BelowWindow(BandwidthDelay * rate / LineRate) : double.MaxValue;
    }
}
