using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>HPCC: a window by the load that switches write into packets.</summary>
internal sealed unsafe class Hpcc : RdmaControl, IRdmaTransport
{
    private const string Paper = "Li et al., SIGCOMM 2019, section 5.1";
    private const string Script = "alibaba-edu/High-Precision-Congestion-Control, run.py";

    private static readonly TransportOption EtaOption = new()
    {
        Name = "eta",
        Help = "utilisation to which the busiest link of the way is brought",
        Least = 0.01,
        Most = 1,
        Default = 0.95,
        Source = Paper,
    };
    private static readonly TransportOption StagesOption = new()
    {
        Name = "max-stage",
        Help = "round trips of additive increase before the window is fitted to the load again (maxStage)",
        Least = 0,
        Most = 1000,
        Whole = true,
        Default = 5,
        Source = Paper,
    };
    private static readonly TransportOption IncreaseOption = new()
    {
        Name = "wai-bytes",
        Help = "additive increase of the window (W_AI)",
        Unit = "bytes",
        Least = 0,
        Most = 1 << 30,
        Default = 0.0005,
        Scale = ValueScale.BandwidthDelay,
        Source = Paper + ": 80 bytes at 100 Gb/s, which is 50 Mb/s by T as the authors' README runs it",
    };
    private static readonly TransportOption LeastOption = new()
    {
        Name = "min-rate-mbps",
        Help = "the window never falls below what this rate puts into a round trip",
        Unit = "Mb/s",
        Least = 0.001,
        Most = 1e7,
        Default = 1_000,
        Source = Script + ", MIN_RATE",
    };
    private static readonly TransportOption FastOption = new()
    {
        Name = "fast-react",
        Help = "1: each acknowledgement moves the window; 0: one a round trip does",
        Least = 0,
        Most = 1,
        Whole = true,
        Default = 1,
        Source = "Li et al., SIGCOMM 2019, section 3.2",
    };

    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "hpcc",
            Help = "HPCC: a window steered by in-band telemetry",
            TakesFirstWindow = true,
            InOrder = true,
            Timeout = TimeoutRule.Verbs,
            ReadsTelemetry = true,
            FlowControl = FlowControl.Pfc,
            Options = [EtaOption, StagesOption, IncreaseOption, LeastOption, FastOption, VerbsTimeout.Option],
            Presets =
            [
                new()
                {
                    Name = "hpcc-paper-100g",
                    Help = "the paper's figures as printed, for 100 Gb/s",
                    Source = Paper,
                    Values = [new(EtaOption, 0.95), new(StagesOption, 5), new(IncreaseOption, 80)],
                },
                new()
                {
                    Name = "hpcc-ns3",
                    Help = "the authors' script: no additive stages, 40 Mb/s by T at 100 Gb/s",
                    Source = Script + ", hp",
                    Values = [new(EtaOption, 0.95), new(StagesOption, 0), new(IncreaseOption, 0.0004, ValueScale.BandwidthDelay)],
                },
                new()
                {
                    Name = "hpcc-htsim",
                    Help = "csg-htsim's: one packet of 4,096 bytes as the increase",
                    Source = "Broadcom/csg-htsim, hpcc.cpp",
                    Values = [new(EtaOption, 0.95), new(StagesOption, 5), new(IncreaseOption, 4_096)],
                },
            ],
        };

    /// <inheritdoc/>
    public static RdmaControl Create(World world, Partition partition, HostLine line) => new Hpcc(world, partition, line);

    private readonly double _eta;
    private readonly int _stages;
    private readonly double _increase;
    private readonly double _leastWindow;
    private readonly bool _fast;

    private Hpcc(World world, Partition partition, HostLine line)
        : base(world, partition, line)
    {
        TransportValues values = Values;
        _eta = values[EtaOption];
        _stages = (int)values[StagesOption];
        _increase = values[IncreaseOption];
        _leastWindow = Math.Min(BandwidthDelay, values.BytesAPicosecond(LeastOption) * RoundTrip);
        _fast = values[FastOption] > 0;
    }

    /// <inheritdoc/>
    public override void Start(RdmaSender* sender, bool selective)
    {
        sender->Window = BelowWindow(BandwidthDelay);
        sender->ReferenceWindow = BandwidthDelay;
        sender->Utilisation = 1;
        sender->LastPath = (PathTelemetry*)Partition.Pool.TakeZeroed(sizeof(PathTelemetry));
        TakeInitialWindow(sender);
    }

    /// <inheritdoc/>
    public override void End(RdmaSender* sender)
    {
        if (sender->LastPath != null)
        {
            Partition.Pool.Give(sender->LastPath, sizeof(PathTelemetry));
            sender->LastPath = null;
        }
    }

    /// <inheritdoc/>
    public override void Acknowledged(RdmaSender* sender, AckRecord* ack, uint packets, long delay, long now)
    {
        PathTelemetry* path = Partition.Path((uint)ack->Bitmap);
        PathTelemetry* last = sender->LastPath;
        if (last->Count == path->Count && path->Count > 0)
        {
            double most = 0;
            long span = 0;
            for (int i = 0; i < path->Count; i++)
            {
                HopTelemetry* hop = PathTelemetry.Hops(path) + i;
                HopTelemetry* before = PathTelemetry.Hops(last) + i;
                long dt = hop->Time - before->Time;
                if (dt <= 0 || hop->Port != before->Port)
                {
                    continue;
                }
                double byteTime = hop->ByteTime / 65536.0;
                double queue = Math.Min(hop->QueueBytes, before->QueueBytes) * byteTime / RoundTrip;
                double rate = Math.Max(0, hop->SentBytes - before->SentBytes) * byteTime / dt;
                if (queue + rate > most)
                {
                    most = queue + rate;
                    span = dt;
                }
            }
            if (span > 0)
            {
                double tau = Math.Min(span, RoundTrip);
                sender->Utilisation = (sender->Utilisation * (RoundTrip - tau) + most * tau) / RoundTrip;
                React(sender, (int)(ack->Cumulative - sender->LastUpdate) > 0, sender->Next);
            }
        }
        else if (sender->LastUpdate == 0)
        {
            // The first record is only something to compare with: the first round trip ends when what is sent by now is answered.
            sender->LastUpdate = sender->Next;
        }
        *last = *path;
    }

    /// <summary>Whether the busiest link of the way carries more than the controller wants.</summary>
    internal static bool IsBusy(double utilisation, double eta) => utilisation >= eta;

    /// <summary>
    /// The window that brings the busiest link to the wanted utilisation, and a little more; equation 4 of Li et al., SIGCOMM 2019.
    /// </summary>
    internal static double WindowFor(double reference, double utilisation, double eta, double increase) =>
        reference / Math.Max(1e-3, utilisation / eta) + increase;

    private void React(RdmaSender* sender, bool roundTripOver, uint next)
    {
        if (!roundTripOver && !_fast)
        {
            return;
        }
        bool fits = IsBusy(sender->Utilisation, _eta) || sender->IncreaseStage >= _stages;
        double window = fits
            ? WindowFor(sender->ReferenceWindow, sender->Utilisation, _eta, _increase)
            : sender->ReferenceWindow + _increase;
        window = Math.Clamp(window, _leastWindow, BandwidthDelay);
        sender->Window = BelowWindow(window);
        double rate = Math.Max(LineByteTime, RoundTrip / window);
        // The pause after the last packet is stretched or cut to the new rate, as the authors' ns-3 does.
        sender->NextSend += (long)(Mtu * (rate - sender->Rate));
        sender->Rate = rate;
        if (roundTripOver)
        {
            sender->IncreaseStage = fits ? 0 : sender->IncreaseStage + 1;
            sender->ReferenceWindow = window;
            sender->LastUpdate = next;
        }
    }
}
