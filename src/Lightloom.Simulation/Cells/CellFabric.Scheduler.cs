using System.Runtime.CompilerServices;
using Lightloom.Simulation.Engine;
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
                voq->Granted += _options.CreditBytes;
                _credits++;
                _partition.Calendar.Insert(now + voq->ControlDelay, _voqEvents + (uint)index * VoqKinds + CreditKind);
                if (Wants(voq))
                {
                    List(index, voq);
                }
                else
                {
                    AwaitStatus(index, voq);
                }
                scheduler->NextCredit = now + Interval(scheduler, port, now);
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
    private void Wake(EgressScheduler* scheduler, int port, long time)
    {
        scheduler->Pending = 1;
        _partition.Calendar.Insert(time, _schedulerEvents + (uint)port);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Wants(Voq* voq) => voq->Granted < voq->Known + (_options.Hungry == HungryPolicy.TopUp ? _options.HungryBytes : 0);

    // What the scheduler knows now is what had joined the queue one control delay ago. Flow status of a queue in the round is read off like this instead of being events.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Hear(Voq* voq, long now)
    {
        long horizon = now - voq->ControlDelay;
        while (voq->Seen != voq->Tail)
        {
            Packet* packet = voq->Ring + (voq->Seen & voq->Mask);
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
            long joined = voq->Ring[voq->Seen & voq->Mask].Arrival;
            _partition.Calendar.Insert(Math.Max(joined + voq->ControlDelay, _partition.Now), _voqEvents + (uint)index * VoqKinds + StatusKind);
        }
    }

    private long Interval(EgressScheduler* scheduler, int port, long now)
    {
        double interval = _options.CreditBytes * (_world.Classes[_ports[port].Class].ByteTime / 65536.0) / _options.CreditSpeedup;
        if (scheduler->Factor < 1)
        {
            Recover(scheduler, now);
            interval /= scheduler->Factor;
        }
        return (long)interval;
    }

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
        long bytes = (long)egress->LowBytes + egress->HighBytes;
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

    // ---- Congestion of the fabric ------------------------------------------------------------------------------------------------------------

    private long _markedCells;

    // A marked cell has come for this port: once a control round trip the credit rate goes down by a step, by a quarter when a link's queue is four times too long.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Slow(Voq* voq, int level, long now)
    {
        _markedCells++;
        EgressScheduler* scheduler = _schedulers + voq->Port;
        Recover(scheduler, now);
        if (now - scheduler->Adjusted < scheduler->Trip && scheduler->Adjusted != 0)
        {
            return;
        }
        scheduler->Adjusted = Math.Max(1, now);
        scheduler->Factor = (float)Math.Max(LeastFactor, level > 1 ? scheduler->Factor * 0.75 : scheduler->Factor - _options.CongestionStep);
    }

    private const double LeastFactor = 1.0 / 64;

    private void Recover(EgressScheduler* scheduler, long now)
    {
        long trip = Math.Max(1, scheduler->Trip);
        long trips = (now - scheduler->Adjusted) / trip - 1;
        if (trips > 0)
        {
            scheduler->Factor = (float)Math.Min(1, scheduler->Factor + trips * _options.CongestionStep / 2);
            scheduler->Adjusted += trips * trip;
        }
    }
}
