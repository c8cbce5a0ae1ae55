using System.Runtime.CompilerServices;
using Lightloom.Simulation.Engine;

namespace Lightloom.Simulation.Transport;

/// <summary>NSCC: the sender's window, steered by queueing delay and by marks. Names and order follow the published algorithm.</summary>
internal unsafe partial struct Uet<TBalancer>
{
    private long _networkRtt;
    private long _target;
    private double _alpha;
    private double _fairIncrease;
    private double _fastScale;
    private double _eta;
    private double _hostBytesPerSecond;
    private long _adjustBytes;
    private long _quickAdaptThreshold;
    private long _configuredMaximum;
    private const double Gamma = 0.8;
    private const double DelayWeight = 0.0125;
    private const int QuickAdaptGate = 3;

    private void PrepareNscc()
    {
        Parameters parameters = _world.Parameters;
        _networkRtt = parameters.RoundTrip;
        _hostBytesPerSecond = parameters.HostBitsPerSecond / 8;
        // With trimming the queue is cut at one bandwidth-delay product, so the target stays below it.
        _target = parameters.Trim ? (long)(_networkRtt * 0.75) : _networkRtt;
        const double referenceBdp = 150_000;
        const double referenceRtt = 12_000_000;
        double a = parameters.BandwidthDelay / referenceBdp;
        double b = _target / referenceRtt;
        _alpha = 4.0 * _payload * a * b / _target;
        _fairIncrease = 5 * _payload * a;
        _eta = 0.15 * _payload * a;
        _fastScale = 0.25 * a;
        _adjustBytes = 8L * _mtu;
        _quickAdaptThreshold = 4 * _target;
        _configuredMaximum = (long)(1.5 * parameters.BandwidthDelay);
    }

    private readonly void StartNscc(UetSender* sender)
    {
        sender->BaseRtt = _networkRtt;
        sender->MaximumWindow = _configuredMaximum;
        sender->Window = _world.Options.InitialWindowBytes > 0 ? _world.Options.InitialWindowBytes : _configuredMaximum;
        sender->Credit = _configuredMaximum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void UpdateBaseRtt(UetSender* sender, long rtt)
    {
        if (rtt < sender->BaseRtt)
        {
            sender->BaseRtt = rtt;
            sender->MaximumWindow = (long)(1.5 * (long)(rtt * 1e-12 * _hostBytesPerSecond));
        }
    }

    // Delay beyond the target without a mark comes from somewhere no queue was marked, so it must not shrink the window: a quarter of the
    // base round trip takes its place in the average.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void UpdateAverage(UetSender* sender, long rtt, bool marked)
    {
        long delay = rtt - sender->BaseRtt;
        double sample = !marked && delay > _target ? sender->BaseRtt * 0.25 : delay;
        sender->AverageDelay = (long)(DelayWeight * sample + (1 - DelayWeight) * sender->AverageDelay);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AdjustOnAck(UetSender* sender, bool marked, long delay, long fresh, long now)
    {
        if (_fixedWindow || QuickAdapt(sender, false, marked, delay, now))
        {
            return;
        }
        if (!marked)
        {
            if (delay >= _target)
            {
                sender->IncreaseBytes = (long)(sender->IncreaseBytes + _fairIncrease * fresh);
            }
            else if (!FastIncrease(sender, fresh, delay))
            {
                sender->IncreaseBytes = (long)(sender->IncreaseBytes + _alpha * fresh * (_target - delay));
            }
        }
        else if (delay >= _target)
        {
            MultiplicativeDecrease(sender, now);
        }
        Clamp(sender);
        if (sender->AdjustBytes > _adjustBytes || now - sender->LastAdjust > _networkRtt)
        {
            sender->Window += sender->IncreaseBytes / sender->Window;
            if (now - sender->LastAdjust >= _networkRtt)
            {
                sender->Window = (long)(sender->Window + _eta);
                sender->LastAdjust = now;
            }
            sender->IncreaseBytes = 0;
            sender->AdjustBytes = 0;
            Clamp(sender);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Clamp(UetSender* sender) =>
        sender->Window = Math.Max(_mtu, Math.Min(sender->Window, sender->MaximumWindow));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool FastIncrease(UetSender* sender, long fresh, long delay)
    {
        if (delay < 1_000_000)
        {
            sender->FastBytes += fresh;
            if (sender->FastBytes > sender->Window || (sender->Flags & UetSender.Increasing) != 0)
            {
                sender->Window = (long)(sender->Window + fresh * _fastScale);
                sender->Flags |= UetSender.Increasing;
                return true;
            }
        }
        else
        {
            sender->FastBytes = 0;
        }
        sender->Flags &= ~UetSender.Increasing;
        return false;
    }

    private readonly void MultiplicativeDecrease(UetSender* sender, long now)
    {
        sender->Flags &= ~UetSender.Increasing;
        sender->FastBytes = 0;
        if (sender->AverageDelay > _target && now - sender->LastDecrease > sender->BaseRtt)
        {
            double keep = Math.Max(1 - Gamma * (sender->AverageDelay - _target) / sender->AverageDelay, 0.5);
            sender->Window = Math.Max((long)(sender->Window * keep), _mtu);
            sender->LastDecrease = now;
        }
    }

    /// <summary>Once a round trip: after losses or extreme delay, the window becomes what actually got through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool QuickAdapt(UetSender* sender, bool loss, bool marked, long delay, long now)
    {
        bool hit = false;
        if (sender->BytesIgnored < sender->BytesToIgnore && marked)
        {
            hit = true;
        }
        else if (now > sender->QuickAdaptEnd)
        {
            if (sender->QuickAdaptEnd != 0 &&
                (loss || (sender->Flags & UetSender.TriggerQuickAdapt) != 0 || delay > _quickAdaptThreshold) &&
                sender->Achieved < sender->MaximumWindow >> QuickAdaptGate)
            {
                sender->Window = Math.Max(sender->Achieved, _mtu);
                sender->BytesToIgnore = sender->InFlight;
                sender->BytesIgnored = 0;
                sender->Flags &= ~UetSender.TriggerQuickAdapt;
                hit = true;
            }
            sender->Achieved = 0;
            sender->QuickAdaptEnd = now + sender->BaseRtt + _target;
        }
        if (hit)
        {
            sender->IncreaseBytes = 0;
            sender->AdjustBytes = 0;
        }
        return hit;
    }

    private readonly void AdjustOnNack(UetSender* sender, int bytes, bool lastHop, long now)
    {
        if (_fixedWindow)
        {
            return;
        }
        sender->BytesIgnored += bytes;
        // A trim says that some queue held about one network round trip.
        UpdateAverage(sender, sender->BaseRtt + _networkRtt, true);
        sender->Flags |= UetSender.TriggerQuickAdapt;
        if (!QuickAdapt(sender, true, true, 0, now) && (!_receiverControl || !lastHop))
        {
            sender->Window -= bytes;
            Clamp(sender);
        }
    }
}
