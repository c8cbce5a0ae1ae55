using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using static Lightloom.Simulation.Model.TransportOption;

namespace Lightloom.Simulation.Transport;

/// <summary>DCQCN: rates by congestion notices, in bytes a picosecond; the equations are in <c>docs/models/dcqcn.md</c>.</summary>
internal sealed unsafe class Dcqcn : RdmaControl, IRdmaTransport
{
    private const string Paper = "Zhu et al., SIGCOMM 2015, table of parameters";
    private const string AuthorsNs3 = "bobzhuyb/ns3-rdma, mix/config.txt, at 40 Gb/s";

    private static readonly TransportOption GainOption = new()
    {
        Name = "g",
        Help = "weight of one notice in the estimate of congestion alpha",
        Least = 0,
        Most = 1,
        Default = 1.0 / 256,
        Source = Paper,
    };
    private static readonly TransportOption NoticeOption = Time(
        "notice-interval-us",
        "least time between two notices of a flow (N)",
        50,
        Paper
    );
    private static readonly TransportOption AlphaOption = Time(
        "alpha-timer-us",
        "alpha decays once in so long without a notice (K)",
        55,
        Paper
    );
    private static readonly TransportOption RateOption = Time("rate-timer-us", "the rate rises once in so long (T)", 55, Paper);
    private static readonly TransportOption BytesOption = new()
    {
        Name = "byte-counter",
        Help = "the rate also rises once in so many bytes sent (B); 0 for never",
        Unit = "bytes",
        Least = 0,
        Most = 1e12,
        Whole = true,
        Default = 10_000_000,
        Source = Paper,
    };
    private static readonly TransportOption StagesOption = new()
    {
        Name = "fast-recovery-stages",
        Help = "rises that halve the way to the target before the target itself rises (F)",
        Least = 0,
        Most = 1000,
        Whole = true,
        Default = 5,
        Source = Paper,
    };
    private static readonly TransportOption AdditiveOption = Rate("rai-mbps", "additive increase of the target", 100, AuthorsNs3);
    private static readonly TransportOption HyperOption = Rate("rhai-mbps", "hyper increase of the target", 500, AuthorsNs3);
    private static readonly TransportOption LeastOption = new()
    {
        Name = "min-rate-mbps",
        Help = "the rate never falls below",
        Unit = "Mb/s",
        Least = 0.001,
        Most = 1e7,
        Default = 100,
        Source = "bobzhuyb/ns3-rdma, qbb-net-device.cc, MinRate",
    };
    private static readonly TransportOption ClockedOption = Switch(
        "clocked",
        "1: alpha and decreases go by clocks of their own and every mark counts, as in ConnectX-4; 0: by notices, as in the paper",
        Paper
    );
    private static readonly TransportOption DecreaseOption = Time(
        "decrease-timer-us",
        "with clocked=1: the rate may fall once in so long",
        4,
        "alibaba-edu/High-Precision-Congestion-Control, run.py, dcqcn"
    ) with
    {
        OnlyWith = ClockedOption,
    };
    private static readonly TransportOption WindowOption = Switch(
        "window",
        "1: a flow also has at most its rate times the base round trip under way (DCQCN+win of the HPCC paper); 0: no window",
        Paper
    );
    private static readonly IReadOnlyList<TransportOption> MarkingOptions = Marking.Options(
        12_500,
        500_000,
        0.01,
        ValueScale.LineRate,
        Paper + ": 5 KB, 200 KB and 1 % at 40 Gb/s"
    );

    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "dcqcn",
            Help = "RoCEv2 with DCQCN rate control and go-back-N",
            InOrder = true,
            Timeout = TimeoutRule.Verbs,
            ReadsMarks = true,
            FlowControl = FlowControl.Pfc,
            Options =
            [
                GainOption,
                NoticeOption,
                AlphaOption,
                RateOption,
                BytesOption,
                StagesOption,
                AdditiveOption,
                HyperOption,
                LeastOption,
                ClockedOption,
                DecreaseOption,
                WindowOption,
                .. MarkingOptions,
                VerbsTimeout.Option,
            ],
            Presets = [PaperAt40, HpccNs3("dcqcn-hpcc-ns3", 1, 4, 300), HpccNs3("dcqcn-hpcc-ns3-paper", 50, 50, 55), Htsim],
        };

    private static TransportPreset PaperAt40 =>
        new()
        {
            Name = "dcqcn-paper-40g",
            Help = "the paper's figures as printed, for 40 Gb/s",
            Source = Paper + "; " + AuthorsNs3,
            Values =
            [
                new(AdditiveOption, 40),
                new(HyperOption, 200),
                .. Marking.Of(MarkingOptions, 5_000, 200_000, 0.01, ValueScale.Fixed),
            ],
        };

    private static TransportPreset Htsim =>
        new()
        {
            Name = "dcqcn-htsim",
            Help = "uet-htsim's constants: the target rises by a twentieth and a tenth of the line",
            Source = "uet-htsim, dcqcn.cpp",
            Values =
            [
                new(AdditiveOption, 5_000, ValueScale.LineRate),
                new(HyperOption, 10_000, ValueScale.LineRate),
                .. Marking.Of(MarkingOptions, 0.2, 0.8, 1, ValueScale.BandwidthDelayPackets),
            ],
        };

    private static TransportPreset HpccNs3(string name, double alpha, double decrease, double rise) =>
        new()
        {
            Name = name,
            Help = "the HPCC authors' comparison, scaled to the line rate as their script does",
            Source = "alibaba-edu/High-Precision-Congestion-Control, run.py, " + (alpha > 1 ? "dcqcn_paper" : "dcqcn"),
            Values =
            [
                new(ClockedOption, 1),
                new(AlphaOption, alpha),
                new(DecreaseOption, decrease),
                new(RateOption, rise),
                new(BytesOption, 0),
                new(StagesOption, 1),
                new(AdditiveOption, 20, ValueScale.LineRate),
                new(HyperOption, 200, ValueScale.LineRate),
                new(LeastOption, 1_000),
                .. Marking.Of(MarkingOptions, 400_000, 1_600_000, 0.2, ValueScale.LineRate),
            ],
        };

    /// <inheritdoc/>
    public static RdmaControl Create(World world, Partition partition, HostLine line) => new Dcqcn(world, partition, line);

    private readonly double _gain;
    private readonly long _alphaPeriod;
    private readonly long _ratePeriod;
    private readonly long _decreasePeriod;
    private readonly long _byteCounter;
    private readonly int _stages;
    private readonly double _additive;
    private readonly double _hyper;
    private readonly double _leastRate;
    private readonly bool _clocked;
    private readonly bool _window;

    private Dcqcn(World world, Partition partition, HostLine line)
        : base(world, partition, line)
    {
        TransportValues values = Values;
        _gain = values[GainOption];
        _alphaPeriod = values.Picoseconds(AlphaOption);
        _ratePeriod = values.Picoseconds(RateOption);
        _decreasePeriod = values.Picoseconds(DecreaseOption);
        NoticeInterval = values.Picoseconds(NoticeOption);
        _byteCounter = values[BytesOption] > 0 ? (long)values[BytesOption] : long.MaxValue;
        _stages = (int)values[StagesOption];
        _additive = values.BytesAPicosecond(AdditiveOption);
        _hyper = values.BytesAPicosecond(HyperOption);
        _leastRate = Math.Min(LineRate, values.BytesAPicosecond(LeastOption));
        _clocked = values[ClockedOption] > 0;
        _window = values[WindowOption] > 0;
    }

    /// <summary>The estimate of congestion after one more notification; equation 1 of Zhu et al., SIGCOMM 2015.</summary>
    internal static double Marked(double alpha, double gain) => (1 - gain) * alpha + gain;

    /// <summary>The estimate after so many periods without a notification; equation 2 there.</summary>
    internal static double Quiet(double alpha, double gain, long periods) => alpha * Math.Pow(1 - gain, periods);

    /// <summary>The rate after a notification; equation 1 there.</summary>
    internal static double Reduced(double rate, double alpha) => rate * (1 - alpha / 2);

    /// <inheritdoc/>
    public override bool NotifiesCongestion => !_clocked;

    /// <inheritdoc/>
    public override bool HearsMarks => _clocked;

    /// <inheritdoc/>
    public override long NoticeInterval { get; }

    private double LineRate => 1 / LineByteTime;

    /// <inheritdoc/>
    public override void Start(RdmaSender* sender, bool selective)
    {
        sender->Window = _window ? BelowWindow(BandwidthDelay) : double.MaxValue;
        sender->TargetRate = LineRate;
        sender->Alpha = 1;
    }

    /// <inheritdoc/>
    public override void Sent(RdmaSender* sender, int size)
    {
        if (sender->RateDue == 0)
        {
            return;
        }
        sender->BytesSinceIncrease += size;
        if (sender->BytesSinceIncrease >= _byteCounter)
        {
            sender->BytesSinceIncrease = 0;
            sender->ByteStage++;
            Increase(sender, Math.Max(sender->TimerStage, sender->ByteStage), Math.Min(sender->TimerStage, sender->ByteStage));
        }
    }

    /// <inheritdoc/>
    public override void Congested(int flow, RdmaSender* sender, long now)
    {
        if (_clocked)
        {
            Note(flow, sender, now);
            return;
        }
        if (sender->AlphaAt != 0)
        {
            sender->Alpha = Quiet(sender->Alpha, _gain, (now - sender->AlphaAt) / _alphaPeriod);
        }
        sender->AlphaAt = now;
        sender->TargetRate = 1 / sender->Rate;
        Decrease(flow, sender, now);
        sender->Alpha = Marked(sender->Alpha, _gain);
    }

    // Both clocks start with the flow's first mark and never stop, so what they would have done can be reckoned when somebody asks.
    private void Note(int flow, RdmaSender* sender, long now)
    {
        if (sender->AlphaAt == 0)
        {
            sender->AlphaAt = now;
            sender->DecreaseAt = now;
            sender->TargetRate = 1 / sender->Rate;
            sender->Flags |= RdmaSender.MarkedForRate;
            Wake(flow, sender, now + _decreasePeriod);
            return;
        }
        CatchUp(sender, now);
        sender->Flags |= RdmaSender.MarkedForAlpha;
        if ((sender->Flags & RdmaSender.MarkedForRate) == 0)
        {
            sender->Flags |= RdmaSender.MarkedForRate;
            sender->DecreaseAt += (now - sender->DecreaseAt) / _decreasePeriod * _decreasePeriod;
            Wake(flow, sender, sender->DecreaseAt + _decreasePeriod);
        }
    }

    private void CatchUp(RdmaSender* sender, long now)
    {
        long periods = (now - sender->AlphaAt) / _alphaPeriod;
        if (periods == 0)
        {
            return;
        }
        bool marked = (sender->Flags & RdmaSender.MarkedForAlpha) != 0;
        sender->Flags &= ~RdmaSender.MarkedForAlpha;
        sender->Alpha = Quiet(marked ? Marked(sender->Alpha, _gain) : sender->Alpha, _gain, marked ? periods - 1 : periods);
        sender->AlphaAt += periods * _alphaPeriod;
    }

    private void Decrease(int flow, RdmaSender* sender, long now)
    {
        SetRate(sender, Reduced(1 / sender->Rate, sender->Alpha));
        sender->TimerStage = 0;
        sender->ByteStage = 0;
        sender->BytesSinceIncrease = 0;
        sender->RateDue = now + _ratePeriod;
        Wake(flow, sender, sender->RateDue);
    }

    /// <inheritdoc/>
    public override void Timer(int flow, RdmaSender* sender, long now)
    {
        sender->TimerSetFor = now >= sender->TimerSetFor ? 0 : sender->TimerSetFor;
        bool waits = (sender->Flags & RdmaSender.MarkedForRate) != 0;
        if (waits && now >= sender->DecreaseAt + _decreasePeriod)
        {
            sender->DecreaseAt += _decreasePeriod;
            sender->Flags &= ~RdmaSender.MarkedForRate;
            CatchUp(sender, now);
            // While the rate has not risen since the last decrease, the target stays where it was.
            sender->TargetRate = sender->TimerStage == 0 && sender->RateDue != 0 ? sender->TargetRate : 1 / sender->Rate;
            Decrease(flow, sender, now);
            return;
        }
        if (sender->RateDue != 0 && now >= sender->RateDue)
        {
            int stage = _clocked ? sender->TimerStage++ : ++sender->TimerStage;
            Increase(sender, Math.Max(stage, sender->ByteStage), _clocked ? stage : Math.Min(stage, sender->ByteStage));
            sender->RateDue += _ratePeriod;
        }
        // At line rate nothing is left to rise; the next notice starts the clock again.
        if (sender->RateDue != 0 && 1 / sender->Rate >= LineRate && sender->TargetRate >= LineRate)
        {
            sender->RateDue = 0;
        }
        long next = sender->RateDue == 0 ? long.MaxValue : sender->RateDue;
        next = waits ? Math.Min(next, sender->DecreaseAt + _decreasePeriod) : next;
        if (next != long.MaxValue)
        {
            Wake(flow, sender, next);
        }
    }

    private void Wake(int flow, RdmaSender* sender, long at)
    {
        if (sender->TimerSetFor == 0 || at < sender->TimerSetFor)
        {
            sender->TimerSetFor = at;
            Partition.SetFlowTimer(flow, at);
        }
    }

    private void Increase(RdmaSender* sender, int most, int least)
    {
        if (most >= _stages)
        {
            sender->TargetRate = Math.Min(LineRate, sender->TargetRate + (least > _stages ? _hyper : _additive));
        }
        SetRate(sender, (1 / sender->Rate + sender->TargetRate) / 2);
    }

    private void SetRate(RdmaSender* sender, double rate)
    {
        rate = Math.Clamp(rate, _leastRate, LineRate);
        sender->Rate = 1 / rate;
        sender->Window = _window ? BelowWindow(BandwidthDelay * rate / LineRate) : double.MaxValue;
    }
}
