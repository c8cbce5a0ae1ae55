using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>DCQCN: rates by congestion notices, in bytes a picosecond.</summary>
internal sealed unsafe class Dcqcn(World world, Partition partition) : RdmaControl(world, partition), IRdmaTransport
{
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
        };

    /// <inheritdoc/>
    public static RdmaControl Create(World world, Partition partition) => new Dcqcn(world, partition);

    private const long Period = 55_000_000;
    private const double Gain = 1.0 / 256;
    private const int FastStages = 5;

    /// <summary>The estimate of congestion after one more notification; equation 1 of Zhu et al., SIGCOMM 2015.</summary>
    internal static double Marked(double alpha) => (1 - Gain) * alpha + Gain;

    /// <summary>The estimate after one period without a notification; equation 2 there.</summary>
    internal static double Quiet(double alpha) => alpha * (1 - Gain);

    /// <summary>The rate after a notification; equation 1 there.</summary>
    internal static double Reduced(double rate, double alpha) => rate * (1 - alpha / 2);

    private const long ByteCounter = 10_000_000;

    /// <inheritdoc/>
    public override bool NotifiesCongestion => true;

    /// <inheritdoc/>
    public override long NoticeInterval => 50_000_000;

    private double LineRate => 1 / LineByteTime;

    /// <inheritdoc/>
    public override void Start(RdmaSender* sender, bool selective)
    {
        sender->Window = double.MaxValue;
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
        if (sender->BytesSinceIncrease >= ByteCounter)
        {
            sender->BytesSinceIncrease = 0;
            sender->ByteStage++;
            Increase(sender);
        }
    }

    /// <inheritdoc/>
    public override void Congested(int flow, RdmaSender* sender, long now)
    {
        double rate = 1 / sender->Rate;
        sender->TargetRate = rate;
        sender->Alpha = sender->RateDue == 0 ? sender->Alpha : Marked(sender->Alpha);
        SetRate(sender, Reduced(rate, sender->Alpha));
        sender->TimerStage = 0;
        sender->ByteStage = 0;
        sender->BytesSinceIncrease = 0;
        sender->AlphaDue = now + Period;
        sender->RateDue = now + Period;
        Partition.SetFlowTimer(flow, now + Period);
    }

    /// <inheritdoc/>
    public override void Timer(int flow, RdmaSender* sender, long now)
    {
        if (sender->RateDue == 0 || now < Math.Min(sender->AlphaDue, sender->RateDue))
        {
            return;
        }
        if (now >= sender->AlphaDue)
        {
            sender->Alpha = Quiet(sender->Alpha);
            sender->AlphaDue = now + Period;
        }
        if (now >= sender->RateDue)
        {
            sender->TimerStage++;
            Increase(sender);
            sender->RateDue = now + Period;
        }
        Partition.SetFlowTimer(flow, Math.Min(sender->AlphaDue, sender->RateDue));
    }

    private void Increase(RdmaSender* sender)
    {
        int most = Math.Max(sender->TimerStage, sender->ByteStage);
        int least = Math.Min(sender->TimerStage, sender->ByteStage);
        if (most >= FastStages)
        {
            sender->TargetRate = Math.Min(LineRate, sender->TargetRate + (least >= FastStages ? LineRate / 10 : LineRate / 20));
        }
        SetRate(sender, (1 / sender->Rate + sender->TargetRate) / 2);
    }

    private void SetRate(RdmaSender* sender, double rate) => sender->Rate = 1 / Math.Clamp(rate, LineRate / 1000, LineRate);
}
