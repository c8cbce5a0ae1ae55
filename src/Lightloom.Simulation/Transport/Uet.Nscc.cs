using System.Runtime.CompilerServices;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>NSCC: the sender's window, steered by queueing delay and by marks. Names and order follow the published algorithm.</summary>
internal unsafe partial struct Uet<TBalancer, TScope>
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

    // By line of a host: the largest window, and after how many bytes of such a sender a receiver acknowledges.
    private long[] _mostWindows;
    private long[] _ackBytesOf;
    private int[] _lineOfHost;
    private double _gamma;
    private double _leastKept;
    private double _delayWeight;
    private double _mostWindow;
    private int _quickAdaptGate;

    private void PrepareNscc()
    {
        Parameters parameters = _world.Parameters;
        _networkRtt = parameters.RoundTrip;
        _hostBytesPerSecond = parameters.FlowBitsPerSecond / 8;
        // With trimming the queue is cut at one bandwidth-delay product, so the target stays below it.
        TransportValues values = parameters.Values;
        _target =
            values.IsSet(UetOptions.Target) ? values.Picoseconds(UetOptions.Target)
            : parameters.Trim ? (long)(_networkRtt * UetOptions.Target.Default)
            : _networkRtt;
        _gamma = values[UetOptions.Gamma];
        _leastKept = values[UetOptions.LeastKept];
        _delayWeight = values[UetOptions.DelayWeight];
        _mostWindow = values[UetOptions.MostWindow];
        _quickAdaptGate = (int)values[UetOptions.Gate];
        double scale = Nscc.ScaleOf(parameters.BandwidthDelay);
        _alpha = Nscc.ProportionalIncrease(values[UetOptions.Alpha], _payload, scale, _target);
        _fairIncrease = values[UetOptions.FairIncrease] * _payload * scale;
        _eta = values[UetOptions.Eta] * _payload * scale;
        _fastScale = values[UetOptions.FastIncrease] * scale;
        _adjustBytes = 8L * _mtu;
        _quickAdaptThreshold = (long)(values[UetOptions.QuickAdapt] * _target);
        _lineOfHost = parameters.LineOfHost;
        _mostWindows = new long[parameters.Lines.Count];
        _ackBytesOf = new long[parameters.Lines.Count];
        for (int i = 0; i < _mostWindows.Length; i++)
        {
            _mostWindows[i] = (long)(_mostWindow * parameters.Lines[i].BandwidthDelay);
            _ackBytesOf[i] = parameters.AckBytesOf(_world.Options, parameters.Lines[i]);
        }
    }

    private readonly void StartNscc(UetSender* sender, int flow)
    {
        // NDP's first window is for packets that were never sent: what a short message leaves of it must not pay for those that come again,
        // which wait for a pull each.
        sender->Line = (ushort)LineOf(_sources[flow]);
        long most = _mostWindows[sender->Line];
        sender->Credit = _pullPerArrival ? Math.Min(most, Backlog(sender)) : most;
        if (!TScope.PerPlane)
        {
            StartState(&sender->Shared, flow, sender->Line);
            return;
        }
        for (int plane = 0; plane < _planeCount; plane++)
        {
            StartState(_planes + (long)flow * _planeCount + plane, flow, sender->Line);
        }
    }

    // The sender reckons with its own line; half of what is longer than between two of the fastest hosts belongs to each end.
    private readonly void StartState(UetCongestion* state, int flow, int line)
    {
        IReadOnlyList<HostLine> lines = _world.Parameters.Lines;
        long far = lines[LineOf(_destinations[flow])].RoundTrip;
        state->Share = (float)(lines[line].FlowBitsPerSecond / (double)lines[0].FlowBitsPerSecond);
        state->BaseRtt = (lines[line].RoundTrip + far) / 2;
        state->MaximumWindow = _mostWindows[line];
        state->Window = _world.Options.InitialWindowBytes > 0 ? _world.Options.InitialWindowBytes : _mostWindows[line];
    }

    /// <summary>The state that steers what a flow sends on a plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly UetCongestion* StateOf(UetSender* sender, int flow, int plane) =>
        TScope.PerPlane ? _planes + (long)flow * _planeCount + plane : &sender->Shared;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void UpdateBaseRtt(UetCongestion* state, long rtt)
    {
        if (rtt < state->BaseRtt)
        {
            state->BaseRtt = rtt;
            state->MaximumWindow = (long)(_mostWindow * (long)(rtt * 1e-12 * (_hostBytesPerSecond * state->Share)));
        }
    }

    // Delay beyond the target without a mark comes from somewhere no queue was marked, so it must not shrink the window: a quarter of the
    // base round trip takes its place in the average.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void UpdateAverage(UetCongestion* state, long rtt, bool marked)
    {
        long delay = rtt - state->BaseRtt;
        double sample = !marked && delay > _target ? state->BaseRtt * 0.25 : delay;
        state->AverageDelay = (long)(_delayWeight * sample + (1 - _delayWeight) * state->AverageDelay);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AdjustOnAck(UetCongestion* state, bool marked, long delay, long fresh, long now)
    {
        if (_fixedWindow || QuickAdapt(state, false, marked, delay, now))
        {
            return;
        }
        if (!marked)
        {
            if (delay >= _target)
            {
                state->IncreaseBytes = (long)(state->IncreaseBytes + _fairIncrease * state->Share * fresh);
            }
            else if (!FastIncrease(state, fresh, delay))
            {
                state->IncreaseBytes = (long)(state->IncreaseBytes + _alpha * state->Share * fresh * (_target - delay));
            }
        }
        else if (delay >= _target)
        {
            MultiplicativeDecrease(state, now);
        }
        Clamp(state);
        if (state->AdjustBytes > _adjustBytes || now - state->LastAdjust > _networkRtt)
        {
            state->Window += state->IncreaseBytes / state->Window;
            if (now - state->LastAdjust >= _networkRtt)
            {
                state->Window = (long)(state->Window + _eta * state->Share);
                state->LastAdjust = now;
            }
            state->IncreaseBytes = 0;
            state->AdjustBytes = 0;
            Clamp(state);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Clamp(UetCongestion* state) => state->Window = Math.Max(_mtu, Math.Min(state->Window, state->MaximumWindow));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool FastIncrease(UetCongestion* state, long fresh, long delay)
    {
        if (delay < 1_000_000)
        {
            state->FastBytes += fresh;
            if (state->FastBytes > state->Window || (state->Flags & UetCongestion.Increasing) != 0)
            {
                state->Window = (long)(state->Window + fresh * (_fastScale * state->Share));
                state->Flags |= UetCongestion.Increasing;
                return true;
            }
        }
        else
        {
            state->FastBytes = 0;
        }
        state->Flags &= ~UetCongestion.Increasing;
        return false;
    }

    private readonly void MultiplicativeDecrease(UetCongestion* state, long now)
    {
        state->Flags &= ~UetCongestion.Increasing;
        state->FastBytes = 0;
        if (state->AverageDelay > _target && now - state->LastDecrease > state->BaseRtt)
        {
            double keep = Nscc.Kept(state->AverageDelay, _target, _gamma, _leastKept);
            state->Window = Math.Max((long)(state->Window * keep), _mtu);
            state->LastDecrease = now;
        }
    }

    /// <summary>Once a round trip: after losses or extreme delay, the window becomes what actually got through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool QuickAdapt(UetCongestion* state, bool loss, bool marked, long delay, long now)
    {
        bool hit = false;
        if (state->BytesIgnored < state->BytesToIgnore && marked)
        {
            hit = true;
        }
        else if (now > state->QuickAdaptEnd)
        {
            if (
                state->QuickAdaptEnd != 0
                && (loss || (state->Flags & UetCongestion.TriggerQuickAdapt) != 0 || delay > _quickAdaptThreshold)
                && state->Achieved < state->MaximumWindow >> _quickAdaptGate
            )
            {
                state->Window = Math.Max(state->Achieved, _mtu);
                state->BytesToIgnore = state->InFlight;
                state->BytesIgnored = 0;
                state->Flags &= ~UetCongestion.TriggerQuickAdapt;
                hit = true;
            }
            state->Achieved = 0;
            state->QuickAdaptEnd = now + state->BaseRtt + _target;
        }
        if (hit)
        {
            state->IncreaseBytes = 0;
            state->AdjustBytes = 0;
        }
        return hit;
    }

    private readonly void AdjustOnNack(UetCongestion* state, int bytes, bool lastHop, long now)
    {
        if (_fixedWindow)
        {
            return;
        }
        state->BytesIgnored += bytes;
        // A trim says that some queue held about one network round trip.
        UpdateAverage(state, state->BaseRtt + _networkRtt, true);
        state->Flags |= UetCongestion.TriggerQuickAdapt;
        if (!QuickAdapt(state, true, true, 0, now) && (!_receiverControl || !lastHop))
        {
            state->Window -= bytes;
            Clamp(state);
        }
    }
}
