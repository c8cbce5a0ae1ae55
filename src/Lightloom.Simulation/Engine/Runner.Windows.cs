using System.Runtime.CompilerServices;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// Conservative time windows. The lookahead, and so the longest window, is the shortest link upwards: whatever goes up in a window arrives
/// in a later one. Within a window the switches are run from the top tier to the leaves and then the hosts: by then a node knows every
/// arrival of the window, sorts them and works through them by itself. No event of a switch passes through the calendar, and a switch's
/// queues stay in the cache for as long as it is run. What each node sees, and in which order, is the same as event by event.
/// </summary>
internal sealed unsafe partial class Runner<TTransport, TRouting>
{
    /// <summary>A bit of an event's number that no port's number has: the packet waits in the control ring.</summary>
    private const uint ControlBit = 1U << (Calendar.IdBits - 1);

    /// <inheritdoc/>
    public override void RunTier(int tier, long from, long end)
    {
        if (tier >= Partition.Tiers.Length)
        {
            return;
        }
        foreach (int at in Partition.Tiers[tier])
        {
            int count = Gather(at, from, end);
            if (count > 0)
            {
                Partition.SortArrivals(count);
                Forward(at, count, from);
            }
            if (TRouting.DecidesOnArrival)
            {
                LeavePipeline(at, from, end, ulong.MaxValue);
            }
        }
    }

    // Looks at every port that leads to a switch and has something under way, and lists what arrives before the end of the window.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Gather(int at, long from, long end)
    {
        Partition partition = Partition;
        Calendar calendar = partition.Calendar;
        int* next = _world.NextReady;
        int kept = Partition.Nothing;
        int count = 0;
        ulong* arrivals = partition.RoomForArrivals(0);
        int room = partition.ArrivalRoom;
        for (int list = -1; list < _world.Parts.Length; list++)
        {
            int index = list < 0 ? _world.StillReady[at] : _world.Parts[list].TakeReadyList(at);
            while (index >= 0)
            {
                int following = next[index];
                PortState* port = _ports + index;
                if (following >= 0)
                {
                    Partition.Prefetch(_ports + following);
                }
                if ((port->Flags & PortState.FromHost) == 0)
                {
                    partition.CatchUp(port, ((port->Flags & PortState.Upward) != 0 ? from : end) - 1);
                }
                uint low = port->DataHead,
                    lowEnd = port->DataServe;
                uint high = port->ControlHead,
                    highEnd = port->ControlServe;
                int needed = count + (int)(lowEnd - low) + (int)(highEnd - high);
                if (needed > room)
                {
                    arrivals = partition.RoomForArrivals(needed);
                    room = partition.ArrivalRoom;
                }
                uint mask = port->DataMask;
                for (; low != lowEnd; low++)
                {
                    long time = port->Data[low & mask].Arrival;
                    if (time >= end)
                    {
                        break;
                    }
                    arrivals[count++] = calendar.KeyOf((ulong)(time - from), time, (uint)index);
                }
                mask = port->ControlMask;
                for (; high != highEnd; high++)
                {
                    long time = port->Control[high & mask].Arrival;
                    if (time >= end)
                    {
                        break;
                    }
                    arrivals[count++] = calendar.KeyOf((ulong)(time - from), time, (uint)index) | ControlBit;
                }
                if (low != lowEnd || high != highEnd)
                {
                    next[index] = kept;
                    kept = index;
                }
                else
                {
                    port->Flags = (ushort)(port->Flags & ~PortState.InReadyList);
                    partition.RemoveReady();
                }
                index = following;
            }
        }
        _world.StillReady[at] = kept;
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int at, int count, long from)
    {
        Partition partition = Partition;
        ulong* arrivals = partition.Arrivals;
        long time = from;
        for (int i = 0; i < count; i++)
        {
            ulong key = arrivals[i];
            time = from + (long)(key >> Calendar.OffsetShift);
            uint id = (uint)key & (ControlBit - 1);
            if (TRouting.DecidesOnArrival)
            {
                LeavePipeline(at, from, time + 1, key & ~(ulong)ControlBit);
            }
            PortState* port = _ports + id;
            Packet* packet =
                ((uint)key & ControlBit) != 0
                    ? port->Control + (port->ControlHead++ & port->ControlMask)
                    : port->Data + (port->DataHead++ & port->DataMask);
            if (packet->Flow < 0)
            {
                packet->Flow = ~packet->Flow;
                partition.Drop(packet, ref partition.Counters.DroppedCorrupted);
                continue;
            }
            PortState* to = Route(at, packet, time);
            if (to == null)
            {
                partition.Drop(packet, ref partition.Counters.DroppedNoRoute);
                continue;
            }
            if (TRouting.DecidesOnArrival)
            {
                partition.EnterPipeline(at, to, packet, (int)id, time);
                continue;
            }
            partition.Enqueue(to, packet, (int)id, time);
        }
        partition.Counters.Hops += count;
        partition.Counters.Events += count;
        partition.LastArrival = Math.Max(partition.LastArrival, time);
    }

    // Packets inside a switch join their queues in turn with the arrivals: before the given time, and before the arrival with this key
    // (the greatest key: no arrival). Event by event the calendar's key orders both, so it does here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LeavePipeline(int at, long from, long end, ulong before)
    {
        SwitchPipeline* pipeline = _world.Pipelines.Pointer + at;
        while (!pipeline->IsEmpty && pipeline->First->Time < end)
        {
            long time = pipeline->First->Time;
            if (Partition.Calendar.KeyOf((ulong)(time - from), time, _world.LatencyEvents + (uint)at) > before)
            {
                return;
            }
            Partition.LeavePipeline(at, time);
            Partition.Counters.Events++;
        }
    }

    /// <inheritdoc/>
    public override void RunHosts(long end)
    {
        Partition partition = Partition;
        int list = _world.Network.Switches.Count + partition.Index;
        if (_hostByHost)
        {
            RunHostByHost(list, end);
            return;
        }
        foreach (Partition other in _world.Parts)
        {
            for (int index = other.TakeReadyList(list); index >= 0; index = _world.NextReady[index])
            {
                PortState* port = _ports + index;
                port->Flags = (ushort)(port->Flags & ~PortState.InReadyList);
                if (Partition.UnderWay(port))
                {
                    partition.Calendar.Insert(Partition.NextArrival(port), (uint)index);
                }
            }
        }
        RunUntil(end);
        CatchUpSenders(end);
    }

    private void CatchUpSenders(long end)
    {
        Partition partition = Partition;
        // What the cards send in this window others may look at in the next.
        int kept = 0;
        Span<int> senders = partition.Senders;
        for (int i = 0; i < senders.Length; i++)
        {
            int host = senders[i];
            CatchUpHost(host, end - 1);
            bool busy = false;
            for (int port = _hostPorts[host]; port < _hostPorts[host + 1]; port++)
            {
                busy |= (_ports[port].Flags & PortState.Busy) != 0;
            }
            if (busy)
            {
                senders[kept++] = host;
            }
            else
            {
                _hosts[host].IsListed = 0;
            }
        }
        partition.KeepSenders(kept);
    }

    // ---- Hosts, one after the other
    // -----------------------------------------------------------------------------------------------------------

    private struct Timer
    {
        public long Time;
        public uint Id;
        public int Next;
    }

    // Hosts hear of each other through the network only, unless one flow's end starts another's beginning. A host whose card has one port
    // then works through its window by itself, arrivals and timers in order of time, with its flows' state in the cache.
    private readonly bool _hostByHost;
    private Timer[] _timers = new Timer[16];

    private void RunHostByHost(int list, long end)
    {
        Partition partition = Partition;
        World world = _world;
        foreach (Partition other in world.Parts)
        {
            for (int index = other.TakeReadyList(list); index >= 0; index = world.NextReady[index])
            {
                partition.AddDown(index);
            }
        }
        int timers = TakeTimers(end);
        partition.BeginHosts(end);
        int[] ports = partition.DownPorts;
        int count = partition.DownCount;
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            PrefetchHost(ports, i, count);
            int index = ports[i];
            PortState* port = _ports + index;
            partition.CatchUp(port, end - 1);
            RunHost(~_tallies[index].Peer, port, (uint)index, end);
            if (Partition.UnderWay(port))
            {
                ports[kept++] = index;
            }
            else
            {
                port->Flags = (ushort)(port->Flags & ~PortState.InReadyList);
            }
        }
        partition.DownCount = kept;
        for (int i = 0; i < timers; i++)
        {
            int host = HostOf(_timers[i].Id);
            if (_hosts[host].Due != 0)
            {
                RunHost(host, null, 0, end);
            }
        }
        partition.BeginHosts(long.MinValue);
        CatchUpSenders(end);
    }

    private int HostOf(uint timer) =>
        timer < _world.FlowEvents ? (int)(timer - _world.HostEvents) : _world.FlowSource[(int)(timer - _world.FlowEvents)];

    // Only timers pass through the calendar: those that are due in the window are listed by host.
    private int TakeTimers(long end)
    {
        int count = 0;
        while (Partition.Calendar.TryTake(end, out long time, out uint id))
        {
            if (count == _timers.Length)
            {
                var more = new Timer[count * 2];
                Array.Copy(_timers, more, count);
                _timers = more;
            }
            _timers[count].Time = time;
            _timers[count].Id = id;
            HostState* host = _hosts + HostOf(id);
            _timers[count++].Next = host->Due;
            host->Due = count;
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunHost(int host, PortState* port, uint id, long end)
    {
        Partition partition = Partition;
        HostState* state = _hosts + host;
        for (int due = state->Due; due != 0; due = _timers[due - 1].Next)
        {
            partition.PutWindowTimer(_timers[due - 1].Time, _timers[due - 1].Id);
        }
        state->Due = 0;
        long events = 0,
            hops = 0;
        while (true)
        {
            long time = port != null && Partition.UnderWay(port) ? Partition.NextArrival(port) : long.MaxValue;
            if (partition.WindowTimerCount != 0)
            {
                long timer = partition.NextWindowTimer(out uint timerId);
                if (timer < time || (timer == time && partition.Calendar.KeyOf(0, time, timerId) < partition.Calendar.KeyOf(0, time, id)))
                {
                    partition.TakeWindowTimer();
                    partition.Now = timer;
                    Other(timerId, timer);
                    if ((++events & Partition.LookMask) == 0 && partition.LooksStuck(timer))
                    {
                        break;
                    }
                    continue;
                }
            }
            if (time >= end)
            {
                break;
            }
            partition.Now = time;
            bool low = port->DataHead != port->DataServe && port->Data[port->DataHead & port->DataMask].Arrival == time;
            Packet* packet = low
                ? port->Data + (port->DataHead++ & port->DataMask)
                : port->Control + (port->ControlHead++ & port->ControlMask);
            hops++;
            partition.LastArrival = Math.Max(partition.LastArrival, time);
            Arrive((int)id, packet, time);
        }
        partition.Counters.Hops += hops;
        partition.Counters.Events += events + hops;
        CatchUpHost(host, end - 1);
    }

    // The port of a host two hosts ahead, then its first packets, then the flow that the first of them belongs to.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrefetchHost(int[] ports, int at, int count)
    {
        if (at + 3 < count)
        {
            Partition.Prefetch(_ports + ports[at + 3]);
        }
        if (at + 2 < count)
        {
            PortState* port = _ports + ports[at + 2];
            int host = ~_tallies[ports[at + 2]].Peer;
            Partition.Prefetch(port->Data + (port->DataHead & port->DataMask));
            Partition.Prefetch(port->Data + ((port->DataHead + 2) & port->DataMask));
            Partition.Prefetch(port->Control + (port->ControlHead & port->ControlMask));
            Partition.Prefetch(_hosts + host);
            Partition.Prefetch(_ports + host);
        }
        if (at + 1 < count)
        {
            PortState* port = _ports + ports[at + 1];
            if (port->DataHead != port->DataServe)
            {
                _transport.Prefetch(port->Data + (port->DataHead & port->DataMask));
            }
            if (port->ControlHead != port->ControlServe)
            {
                _transport.Prefetch(port->Control + (port->ControlHead & port->ControlMask));
            }
        }
    }
}
