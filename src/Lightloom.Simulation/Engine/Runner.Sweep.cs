using System.Runtime.CompilerServices;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// Time in windows. A window is no longer than the shortest link upwards, so whatever goes up in it arrives in a later one. Within a window the
/// switches take their turns from the top tier to the leaves and then to the hosts: by its turn a node knows every arrival of the window, sorts
/// them and works through them by itself. No event of a switch passes through the calendar, and a switch's queues stay in the cache for as long as it
/// has its turn. What each node sees, and in which order, is the same as event by event.
/// </summary>
internal sealed unsafe partial class Runner<TTransport, TRouting>
{
    /// <summary>A bit of an event's number that no port's number has: the packet waits in the control ring.</summary>
    private const uint ControlBit = 1U << (Calendar.IdBits - 1);

    /// <inheritdoc/>
    public override void SweepTier(int tier, long from, long end)
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
        }
    }

    // Looks at every port that leads to a switch and has something under way, and lists what arrives before the end of the window.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Gather(int at, long from, long end)
    {
        Partition partition = Partition;
        Calendar calendar = partition.Calendar;
        int* next = _world.NextNoted;
        int kept = Partition.Nothing;
        int count = 0;
        ulong* arrivals = partition.RoomForArrivals(0);
        int room = partition.ArrivalRoom;
        for (int list = -1; list < _world.Parts.Length; list++)
        {
            int index = list < 0 ? _world.Kept[at] : _world.Parts[list].TakeNoted(at);
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
                uint low = port->LowHead, lowEnd = port->LowServe;
                uint high = port->HighHead, highEnd = port->HighServe;
                int needed = count + (int)(lowEnd - low) + (int)(highEnd - high);
                if (needed > room)
                {
                    arrivals = partition.RoomForArrivals(needed);
                    room = partition.ArrivalRoom;
                }
                uint mask = port->LowMask;
                for (; low != lowEnd; low++)
                {
                    long time = port->Low[low & mask].Arrival;
                    if (time >= end)
                    {
                        break;
                    }
                    arrivals[count++] = calendar.KeyOf((ulong)(time - from), time, (uint)index);
                }
                mask = port->HighMask;
                for (; high != highEnd; high++)
                {
                    long time = port->High[high & mask].Arrival;
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
                    port->Flags = (ushort)(port->Flags & ~PortState.Noted);
                    partition.StrikeOff();
                }
                index = following;
            }
        }
        _world.Kept[at] = kept;
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
            PortState* port = _ports + id;
            Packet* packet = ((uint)key & ControlBit) != 0 ? port->High + (port->HighHead++ & port->HighMask) : port->Low + (port->LowHead++ & port->LowMask);
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
            partition.Enqueue(to, packet, (int)id, time);
        }
        partition.Counters.Hops += count;
        partition.Counters.Events += count;
        partition.LastArrival = Math.Max(partition.LastArrival, time);
    }

    /// <inheritdoc/>
    public override void SweepHosts(long end)
    {
        Partition partition = Partition;
        int list = _world.Network.Switches.Count + partition.Index;
        foreach (Partition other in _world.Parts)
        {
            for (int index = other.TakeNoted(list); index >= 0; index = _world.NextNoted[index])
            {
                PortState* port = _ports + index;
                port->Flags = (ushort)(port->Flags & ~PortState.Noted);
                if (Partition.UnderWay(port))
                {
                    partition.Calendar.Insert(Partition.NextArrival(port), (uint)index);
                }
            }
        }
        RunUntil(end);
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
                _hosts[host].IsNoted = 0;
            }
        }
        partition.KeepSenders(kept);
    }
}
