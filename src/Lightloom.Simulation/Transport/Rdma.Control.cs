using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>The equations of DCQCN, HPCC and Swift.</summary>
internal unsafe partial struct Rdma<TBalancer>
{
    private double _lineByteTime;
    private long _roundTrip;
    private double _bandwidthDelay;

    private void PrepareControl()
    {
        Parameters parameters = _world.Parameters;
        _lineByteTime = 8e12 / parameters.FlowBitsPerSecond;
        _roundTrip = parameters.RoundTrip;
        _bandwidthDelay = parameters.BandwidthDelay;
        _swiftBase = (long)(_roundTrip * (20.0 / 14.0227));
        _swiftPerHop = (long)(_swiftBase / 6.55);
        double flowScale = 5.0 * _swiftBase;
        _swiftScaleA = flowScale / (1 / Math.Sqrt(SwiftLeastWindow) - 1 / Math.Sqrt(SwiftMostWindow));
        _swiftScaleB = -_swiftScaleA / Math.Sqrt(SwiftMostWindow);
    }

    private readonly void StartControl(RdmaSender* sender, long now)
    {
        sender->Rate = _lineByteTime;
        sender->Window = double.MaxValue;
        switch (_kind)
        {
            case TransportKind.Dcqcn:
                sender->TargetRate = LineRate;
                sender->Alpha = 1;
                break;
            case TransportKind.Hpcc:
                sender->Window = _bandwidthDelay;
                sender->ReferenceWindow = _bandwidthDelay;
                sender->LastPath = (PathTelemetry*)_partition.Pool.TakeZeroed(sizeof(PathTelemetry));
                break;
            case TransportKind.Swift:
                sender->Window = SwiftClamp(1.5 * _bandwidthDelay);
                sender->RepathAfter = 5 + Hash.Below(Hash.Next(ref sender->Random), 3);
                sender->LeastDelay = long.MaxValue;
                break;
            default:
                if (_selective)
                {
                    sender->Window = 1.5 * _bandwidthDelay;
                }
                break;
        }
        if (_world.Options.InitialWindowBytes > 0 && _kind != TransportKind.Dcqcn)
        {
            sender->Window = _world.Options.InitialWindowBytes;
        }
        _ = now;
    }

    private readonly void EndControl(RdmaSender* sender)
    {
        if (sender->LastPath != null)
        {
            _partition.Pool.Give(sender->LastPath, sizeof(PathTelemetry));
            sender->LastPath = null;
        }
    }

    private readonly void OnAck(int flow, RdmaSender* sender, AckRecord* ack, uint packets, long delay, long now)
    {
        switch (_kind)
        {
            case TransportKind.Hpcc:
                HpccOnAck(sender, ack);
                break;
            case TransportKind.Swift:
                SwiftOnAck(sender, packets, delay, now);
                break;
        }
        _ = flow;
    }

    private readonly void CountSent(RdmaSender* sender, int size)
    {
        if (_kind != TransportKind.Dcqcn || sender->RateDue == 0)
        {
            return;
        }
        sender->BytesSinceIncrease += size;
        if (sender->BytesSinceIncrease >= DcqcnByteCounter)
        {
            sender->BytesSinceIncrease = 0;
            sender->ByteStage++;
            DcqcnIncrease(sender);
        }
    }

    // ---- DCQCN: rates are in bytes a picosecond
    // ----------------------------------------------------------------------------------------------

    private const long CongestionInterval = 50_000_000;
    private const long DcqcnPeriod = 55_000_000;
    private const double DcqcnGain = 1.0 / 256;
    private const int DcqcnFastStages = 5;
    private const long DcqcnByteCounter = 10_000_000;

    private readonly double LineRate => 1 / _lineByteTime;

    private readonly void OnCongestion(int flow, RdmaSender* sender, long now)
    {
        if (_kind != TransportKind.Dcqcn)
        {
            return;
        }
        double rate = 1 / sender->Rate;
        sender->TargetRate = rate;
        sender->Alpha = sender->RateDue == 0 ? sender->Alpha : (1 - DcqcnGain) * sender->Alpha + DcqcnGain;
        SetRate(sender, rate * (1 - sender->Alpha / 2));
        sender->TimerStage = 0;
        sender->ByteStage = 0;
        sender->BytesSinceIncrease = 0;
        sender->AlphaDue = now + DcqcnPeriod;
        sender->RateDue = now + DcqcnPeriod;
        _partition.SetFlowTimer(flow, now + DcqcnPeriod);
    }

    private readonly void ControlTimer(int flow, RdmaSender* sender, long now)
    {
        if (_kind != TransportKind.Dcqcn || sender->RateDue == 0 || now < Math.Min(sender->AlphaDue, sender->RateDue))
        {
            return;
        }
        if (now >= sender->AlphaDue)
        {
            sender->Alpha *= 1 - DcqcnGain;
            sender->AlphaDue = now + DcqcnPeriod;
        }
        if (now >= sender->RateDue)
        {
            sender->TimerStage++;
            DcqcnIncrease(sender);
            sender->RateDue = now + DcqcnPeriod;
        }
        _partition.SetFlowTimer(flow, Math.Min(sender->AlphaDue, sender->RateDue));
    }

    private readonly void DcqcnIncrease(RdmaSender* sender)
    {
        int most = Math.Max(sender->TimerStage, sender->ByteStage);
        int least = Math.Min(sender->TimerStage, sender->ByteStage);
        if (most >= DcqcnFastStages)
        {
            sender->TargetRate = Math.Min(LineRate, sender->TargetRate + (least >= DcqcnFastStages ? LineRate / 10 : LineRate / 20));
        }
        SetRate(sender, (1 / sender->Rate + sender->TargetRate) / 2);
    }

    private readonly void SetRate(RdmaSender* sender, double rate) => sender->Rate = 1 / Math.Clamp(rate, LineRate / 1000, LineRate);

    // ---- HPCC
    // --------------------------------------------------------------------------------------------------------------------------------

    private const double HpccEta = 0.95;
    private const int HpccStages = 5;

    private readonly void HpccOnAck(RdmaSender* sender, AckRecord* ack)
    {
        PathTelemetry* path = _partition.Path((uint)ack->Bitmap);
        PathTelemetry* last = sender->LastPath;
        if (last->Count == path->Count && path->Count > 0)
        {
            double most = 0;
            long span = 0;
            for (int i = 0; i < path->Count; i++)
            {
                HopTelemetry* now = PathTelemetry.Hops(path) + i;
                HopTelemetry* before = PathTelemetry.Hops(last) + i;
                long dt = now->Time - before->Time;
                if (dt <= 0 || now->Port != before->Port)
                {
                    continue;
                }
                double byteTime = now->ByteTime / 65536.0;
                double queue = Math.Min(now->QueueBytes, before->QueueBytes) * byteTime / _roundTrip;
                double rate = Math.Max(0, now->SentBytes - before->SentBytes) * byteTime / dt;
                if (queue + rate > most)
                {
                    most = queue + rate;
                    span = dt;
                }
            }
            if (span > 0)
            {
                double tau = Math.Min(span, _roundTrip);
                sender->Utilisation = (sender->Utilisation * (_roundTrip - tau) + most * tau) / _roundTrip;
                HpccReact(sender, (int)(ack->Cumulative - sender->LastUpdate) > 0, sender->Next);
            }
        }
        *last = *path;
    }

    private readonly void HpccReact(RdmaSender* sender, bool roundTripOver, uint next)
    {
        double window;
        bool decrease = sender->Utilisation >= HpccEta || sender->IncreaseStage >= HpccStages;
        window = decrease
            ? sender->ReferenceWindow / Math.Max(1e-3, sender->Utilisation / HpccEta) + _payload
            : sender->ReferenceWindow + _payload;
        window = Math.Clamp(window, _mtu, _bandwidthDelay);
        sender->Window = window;
        sender->Rate = Math.Max(_lineByteTime, _roundTrip / window);
        if (roundTripOver)
        {
            sender->IncreaseStage = decrease ? 0 : sender->IncreaseStage + 1;
            sender->ReferenceWindow = window;
            sender->LastUpdate = next;
        }
    }

    // ---- Swift
    // -------------------------------------------------------------------------------------------------------------------------------

    private const double SwiftIncrease = 1;
    private const double SwiftBeta = 0.8;
    private const double SwiftMostDecrease = 0.5;
    private const double SwiftLeastWindow = 0.1;
    private const double SwiftMostWindow = 100;
    private long _swiftBase;
    private long _swiftPerHop;
    private double _swiftScaleA;
    private double _swiftScaleB;

    private readonly double SwiftClamp(double window) =>
        Math.Clamp(window, SwiftLeastWindow * _payload, Math.Max(SwiftMostWindow * _payload, 1.5 * _bandwidthDelay));

    private readonly void SwiftOnAck(RdmaSender* sender, uint packets, long delay, long now)
    {
        int hops = _world.Network.Diameter();
        double windowPackets = Math.Max(SwiftLeastWindow, sender->Window / _payload);
        double scaling = Math.Clamp(_swiftScaleA / Math.Sqrt(windowPackets) + _swiftScaleB, 0, 5.0 * _swiftBase);
        double unscaled = _swiftBase + (double)_swiftPerHop * hops;
        double target = unscaled + scaling;
        double acknowledged = Math.Max(1u, packets);
        if (delay < target)
        {
            sender->Window +=
                sender->Window >= _payload
                    ? _payload * SwiftIncrease * acknowledged * _payload / sender->Window
                    : SwiftIncrease * acknowledged * _payload;
        }
        else if (now - sender->LastDecrease > delay)
        {
            sender->Window *= Math.Max(1 - SwiftBeta * (delay - target) / delay, 1 - SwiftMostDecrease);
            sender->LastDecrease = now;
        }
        sender->Window = SwiftClamp(sender->Window);
        // Below one packet the window becomes a pause between packets.
        sender->Rate = sender->Window >= _mtu ? _lineByteTime : Math.Max(_lineByteTime, _roundTrip / sender->Window);

        sender->LeastDelay = Math.Min(sender->LeastDelay, delay);
        if (now >= sender->RoundTripEnd)
        {
            sender->BadRoundTrips = sender->LeastDelay > unscaled ? sender->BadRoundTrips + 1 : 0;
            sender->LeastDelay = long.MaxValue;
            sender->RoundTripEnd = now + delay;
            if (sender->BadRoundTrips >= sender->RepathAfter)
            {
                // Delay that no decrease cures comes from the path: take another.
                sender->Repaths++;
                sender->BadRoundTrips = 0;
                sender->RepathAfter = 5 + Hash.Below(Hash.Next(ref sender->Random), 3);
            }
        }
    }
}
