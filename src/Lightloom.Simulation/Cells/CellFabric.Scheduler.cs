using System.Runtime.CompilerServices;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>The egress ports' schedulers: flow status in, credits out.</summary>
internal sealed unsafe partial class CellFabric
{
    private long _credits;

    private void StatusArrives(int index, long now)
    {
        Voq* voq = _voqs + index;
        voq->StatusSent = 0;
        if (voq->Listed == 0)
        {
            List(index, voq);
        }
        EgressScheduler* scheduler = _schedulers + voq->Port;
        if (scheduler->Pending == 0)
        {
            Schedule(voq->Port, now);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void List(int index, Voq* voq)
    {
        EgressScheduler* scheduler = _schedulers + voq->Port;
        voq->Listed = 1;
        voq->NextListed = -1;
        ref int head = ref (voq->Control != 0 ? ref scheduler->ControlHead : ref scheduler->DataHead);
        ref int tail = ref (voq->Control != 0 ? ref scheduler->ControlTail : ref scheduler->DataTail);
        if (head < 0)
        {
            head = index;
        }
        else
        {
            _voqs[tail].NextListed = index;
        }
        tail = index;
    }

    /// <summary>Grants the next credit if its time has come, and calls for the turn after that.</summary>
    private void Schedule(int port, long now)
    {
        EgressScheduler* scheduler = _schedulers + port;
        if (now < scheduler->NextCredit)
        {
            Wake(scheduler, port, scheduler->NextCredit);
            return;
        }
        while (true)
        {
            bool control = scheduler->ControlHead >= 0;
            int index = control ? scheduler->ControlHead : scheduler->DataHead;
            if (index < 0)
            {
                return;
            }
            if (!control && Stopped(scheduler, port, now, out long again))
            {
                Wake(scheduler, port, again);
                return;
            }
            Voq* voq = _voqs + index;
            // Out of the round; back at its end if it wants more than this credit.
            if (control)
            {
                scheduler->ControlHead = voq->NextListed;
            }
            else
            {
                scheduler->DataHead = voq->NextListed;
            }
            voq->Listed = 0;
            Hear(voq, now);
            if (Wants(voq))
            {
                Grant(index, voq, now);
                if (_bursts)
                {
                    Match(index, voq, now);
                }
                if (Wants(voq))
                {
                    List(index, voq);
                }
                else
                {
                    AwaitStatus(index, voq);
                }
                scheduler->NextCredit = now + Interval(scheduler, now);
                if (scheduler->ControlHead >= 0 || scheduler->DataHead >= 0)
                {
                    Wake(scheduler, port, scheduler->NextCredit);
                }
                return;
            }
            AwaitStatus(index, voq);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Grant(int index, Voq* voq, long time)
    {
        voq->Granted += _options.CreditBytes;
        _credits++;
        if (_bursts)
        {
            voq->CreditTimes[(ulong)++voq->CreditCount & _creditMask] = time + voq->ControlDelay;
        }
        else
        {
            _partition.Calendar.Insert(time + voq->ControlDelay, _voqEvents + (uint)index * VoqKinds + CreditKind);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Wake(EgressScheduler* scheduler, int port, long time)
    {
        scheduler->Pending = 1;
        _partition.Calendar.Insert(time, _schedulerEvents + (uint)port);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Wants(Voq* voq) => voq->Granted < voq->Known + (_options.Hungry == HungryPolicy.TopUp ? _options.HungryBytes : 0);

    // What the scheduler knows now is what had joined the queue one control delay ago. Flow status of a queue in the round is read off like
    // this instead of being events.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Hear(Voq* voq, long now)
    {
        long horizon = now - voq->ControlDelay;
        while (voq->Seen != voq->Tail)
        {
            Packet* packet = &voq->Ring[voq->Seen & voq->Mask].Packet;
            if (packet->Arrival > horizon)
            {
                return;
            }
            voq->Known += packet->Size + _gap;
            voq->Seen++;
        }
    }

    // The queue leaves the round; packets of which the scheduler has not heard yet will bring it back.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AwaitStatus(int index, Voq* voq)
    {
        if (voq->Seen != voq->Tail && voq->StatusSent == 0)
        {
            voq->StatusSent = 1;
            long joined = voq->Ring[voq->Seen & voq->Mask].Packet.Arrival;
            _partition.Calendar.Insert(
                Math.Max(joined + voq->ControlDelay, _partition.Now),
                _voqEvents + (uint)index * VoqKinds + StatusKind
            );
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Interval(EgressScheduler* scheduler, long now)
    {
        if (scheduler->Factor >= 1)
        {
            return scheduler->Interval;
        }
        Recover(scheduler, now);
        return (long)(scheduler->Interval / scheduler->Factor);
    }

    // The port's rate may have changed.
    private void Pace(int port) =>
        _schedulers[port].Interval = (long)(
            _options.CreditBytes * (_world.Classes[_ports[port].Class].ByteTime / 65536.0) / _options.CreditSpeedup
        );

    // The egress buffer has its own bound, so that credits do not turn the VOQs' queue into one at the egress port.
    private bool Stopped(EgressScheduler* scheduler, int port, long now, out long again)
    {
        again = 0;
        if (!_options.EgressFlowControl)
        {
            return false;
        }
        PortState* egress = _ports + port;
        _partition.CatchUp(egress, now);
        long bytes = (long)egress->DataBytes + egress->ControlBytes;
        long pause = _options.EgressPauseBytes > 0 ? _options.EgressPauseBytes : scheduler->DefaultPauseBytes;
        if (bytes <= pause && scheduler->Stopped == 0)
        {
            return false;
        }
        long resume = (long)(pause * _options.EgressResumeShare);
        if (bytes <= resume)
        {
            scheduler->Stopped = 0;
            return false;
        }
        if (scheduler->Stopped == 0)
        {
            scheduler->Stopped = 1;
            _egressStops++;
        }
        // No sooner can it have drained that far; if more has come by then, the same is found again.
        again = now + Math.Max(1, (long)((bytes - resume) * (_world.Classes[egress->Class].ByteTime / 65536.0)));
        return true;
    }

    private long _egressStops;

    // ---- Congestion of the fabric
    // ------------------------------------------------------------------------------------------------------------

    private long _markedCells;

    // By port: when its scheduler last heeded a mark, and what the port had sent by then.
    private readonly long[] _markTime;
    private readonly long[] _markSent;

    // A marked cell has come for this port. Once a control round trip its credit rate goes down to what the fabric has really brought since
    // the last mark, less a step. What was granted before is still on its way, so going by the queue alone would bring the rate down for as
    // long as the queue takes to drain, and far too low.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Slow(Voq* voq, int level, long now)
    {
        _markedCells++;
        int port = voq->Port;
        EgressScheduler* scheduler = _schedulers + port;
        if (scheduler->Factor < 1)
        {
            Recover(scheduler, now);
        }
        long span = now - _markTime[port];
        if (span < scheduler->Trip && _markTime[port] != 0)
        {
            return;
        }
        double factor = scheduler->Factor;
        long sent = _tallies[port].SentBytes;
        if (_markTime[port] != 0 && span < 3 * scheduler->Trip)
        {
            double brought = (sent - _markSent[port]) * (_world.Classes[_ports[port].Class].ByteTime / 65536.0) / span;
            factor = Math.Min(1, brought / _options.CreditSpeedup);
        }
        _markTime[port] = scheduler->Adjusted = Math.Max(1, now);
        _markSent[port] = sent;
        scheduler->Factor = (float)Math.Max(LeastFactor, factor - (level > 1 ? 2 : 1) * _options.CongestionStep);
    }

    private const double LeastFactor = 1.0 / 64;

    private void Recover(EgressScheduler* scheduler, long now)
    {
        long trip = Math.Max(1, scheduler->Trip);
        long trips = (now - scheduler->Adjusted) / trip - 1;
        if (trips > 0)
        {
            scheduler->Factor = (float)Math.Min(1, scheduler->Factor + trips * _options.CongestionStep);
            scheduler->Adjusted += trips * trip;
        }
    }
}
