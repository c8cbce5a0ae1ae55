using System.Runtime.CompilerServices;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>
/// Fetches what coming events will touch, in the order of dependence: queue or link, then its packets, then where they go. A wrong guess
/// costs a fetch and nothing else.
/// </summary>
internal sealed unsafe partial class CellFabric
{
    private const int StateAhead = 12;
    private const int ContentAhead = 6;
    private const int TargetAhead = 3;

    /// <summary>Looks at the events that come next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LookAhead(Calendar calendar)
    {
        uint id = calendar.Peek(StateAhead);
        if (IsMine(id))
        {
            FetchState(id);
        }
        id = calendar.Peek(ContentAhead);
        if (IsMine(id))
        {
            FetchContent(id);
        }
        else if (id < (uint)_world.PortCount && (_ports[id].Flags & PortState.FromHost) != 0)
        {
            Packet* packet = Coming(id);
            if (packet != null)
            {
                Partition.Prefetch(_entries.Pointer + SlotOf(GuessKey(id, packet)));
            }
        }
        id = calendar.Peek(TargetAhead);
        if (IsMine(id))
        {
            FetchTarget(id);
        }
        else if (id < (uint)_world.PortCount && (_ports[id].Flags & PortState.FromHost) != 0)
        {
            Packet* packet = Coming(id);
            if (packet != null)
            {
                ulong key = GuessKey(id, packet);
                Entry* entry = _entries.Pointer + SlotOf(key);
                if (entry->Key == key)
                {
                    FetchVoq(_voqs + entry->Voq);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsMine(uint id) => id >= _linkEvents && id != uint.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchVoq(Voq* voq)
    {
        Partition.Prefetch(voq);
        Partition.Prefetch((byte*)voq + 64);
        Partition.Prefetch((byte*)voq + 128);
    }

    private Packet* Coming(uint id)
    {
        PortState* port = _ports + id;
        return !Partition.UnderWay(port) ? null
            : port->DataHead != port->DataServe ? port->Data + (port->DataHead & port->DataMask)
            : port->Control + (port->ControlHead & port->ControlMask);
    }

    private ulong GuessKey(uint id, Packet* packet)
    {
        Attachment* attachment =
            _world.Attachments.Pointer + packet->Destination * _world.PlaneCount + _world.Switches[_tallies[id].Peer].Plane;
        return KeyOf(_sourceOf[id], attachment->Port, packet->IsData ? 0u : 1u);
    }

    private void FetchState(uint id)
    {
        if (id >= _voqEvents)
        {
            FetchVoq(_voqs + (id - _voqEvents) / VoqKinds);
        }
        else if (id < _schedulerEvents)
        {
            Partition.Prefetch(_links + (id - _linkEvents));
        }
        else if (id < _pauseEvents)
        {
            Partition.Prefetch(_schedulers + (id - _schedulerEvents));
        }
    }

    private void FetchContent(uint id)
    {
        if (id >= _voqEvents)
        {
            Voq* voq = _voqs + (id - _voqEvents) / VoqKinds;
            if (voq->Ring != null)
            {
                Partition.Prefetch(voq->Ring + (voq->Oldest & voq->Mask));
                Partition.Prefetch(voq->Ring + (voq->Head & voq->Mask));
                Partition.Prefetch(voq->Ring + (voq->Unsent & voq->Mask));
            }
            Partition.Prefetch(_ports + voq->Port);
            Partition.Prefetch(_schedulers + voq->Port);
        }
        else if (id < _schedulerEvents)
        {
            FabricLink* link = _links + (id - _linkEvents);
            if (link->Head != link->Tail)
            {
                Partition.Prefetch(link->Ring + (link->Head & link->Mask));
                Partition.Prefetch(link->Ring + ((link->Head + 1) & link->Mask));
            }
        }
        else if (id < _pauseEvents)
        {
            EgressScheduler* scheduler = _schedulers + (id - _schedulerEvents);
            int next = scheduler->ControlHead >= 0 ? scheduler->ControlHead : scheduler->DataHead;
            if (next >= 0)
            {
                FetchVoq(_voqs + next);
            }
        }
    }

    private void FetchTarget(uint id)
    {
        if (id >= _voqEvents)
        {
            PortState* port = _ports + _voqs[(id - _voqEvents) / VoqKinds].Port;
            Partition.Prefetch(port->Data + (port->DataTail & port->DataMask));
            Partition.Prefetch(port->Data + (port->DataServe & port->DataMask));
        }
        else if (id < _schedulerEvents)
        {
            FabricLink* link = _links + (id - _linkEvents);
            if (link->Head != link->Tail)
            {
                Cell* cell = link->Ring + (link->Head & link->Mask);
                if (link->LeafAhead == cell->Leaf)
                {
                    Partition.Prefetch(_transits + cell->Transit);
                }
                else
                {
                    int route = _routes.Table.Pointer[link->RowAhead + cell->Leaf];
                    if (route >= 0)
                    {
                        Partition.Prefetch(_links + route);
                        FabricLink* next = _links + route;
                        Partition.Prefetch(next->Ring + (next->Tail & next->Mask));
                    }
                }
            }
        }
        else if (id < _pauseEvents)
        {
            EgressScheduler* scheduler = _schedulers + (id - _schedulerEvents);
            int next = scheduler->ControlHead >= 0 ? scheduler->ControlHead : scheduler->DataHead;
            if (next >= 0 && _voqs[next].Ring != null)
            {
                Partition.Prefetch(_voqs[next].Ring + (_voqs[next].Head & _voqs[next].Mask));
            }
        }
    }
}
