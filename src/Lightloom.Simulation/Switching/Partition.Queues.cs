using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;

namespace Lightloom.Simulation.Switching;

/// <summary>Joining a switch's output queue: marking, trimming, dropping.</summary>
internal sealed unsafe partial class Partition
{
    /// <summary>A packet joins an output queue of a switch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Enqueue(PortState* port, Packet* arriving, int from, long now)
    {
        CatchUp(port, now);
        if ((port->Flags & PortState.Down) != 0)
        {
            Refund(from, arriving, now);
            Drop(arriving, ref Counters.DroppedLinkDown);
            _records[port - Ports].DroppedPackets++;
            return;
        }
        bool underWay = UnderWay(port);
        if (arriving->IsData)
        {
            int size = arriving->Size;
            int bytes = port->DataBytes + size;
            if (bytes > _classes[port->Class].Capacity)
            {
                Overflow(port, arriving, from, now);
                // What stands there now, and not what would have stood there with a packet that found no room.
                bytes = port->DataBytes;
                // A long packet may have taken the place of a short one.
                PortTally* tally = _tallies + (port - Ports);
                tally->PeakBytes = Math.Max(tally->PeakBytes, bytes);
            }
            else
            {
                port->DataBytes = bytes;
                PortTally* tally = _tallies + (port - Ports);
                if (bytes > tally->PeakBytes)
                {
                    tally->PeakBytes = bytes;
                }
                if (_eager)
                {
                    arriving->Arrival = from;
                    Hold(from, size, now);
                }
                *PushData(port) = *arriving;
            }
            Counters.Queues.Add(bytes);
        }
        else
        {
            QueueControl(port, arriving);
        }
        if ((port->Flags & PortState.Busy) == 0)
        {
            BeginService(port, now);
        }
        if (!underWay && UnderWay(port))
        {
            Announce(port);
        }
    }

    /// <summary>Something is under way from a port where nothing was: the far end has to know.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Announce(PortState* port)
    {
        if (_inWindows)
        {
            AddToReadyList(port);
        }
        else
        {
            Calendar.Insert(NextArrival(port), (uint)(port - Ports));
        }
    }

    // The queue is full: trim, with equal odds, the packet that comes or the last one that waits, so that no sender is singled out by its
    // phase.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Overflow(PortState* port, Packet* arriving, int from, long now)
    {
        if (ClassQueues is not null)
        {
            Packet shed;
            if (!ClassQueues.Admit(port, arriving, from, now, &shed))
            {
                Shed(port, &shed);
            }
            return;
        }
        if (port->DataServe != port->DataTail && (Hash.Next(ref _records[port - Ports].Random) & 0x8000_0000) != 0)
        {
            Packet last = port->Data[--port->DataTail & port->DataMask];
            port->DataBytes += arriving->Size - last.Size;
            *PushData(port) = *arriving;
            Shed(port, &last);
        }
        else
        {
            Packet copy = *arriving;
            Shed(port, &copy);
        }
    }

    private void Shed(PortState* port, Packet* packet)
    {
        if (!_trim)
        {
            _records[port - Ports].DroppedPackets++;
            Drop(packet, ref Counters.DroppedQueueFull);
            return;
        }
        _records[port - Ports].TrimmedPackets++;
        Counters.Trimmed++;
        packet->Size = (ushort)_headerBytes;
        packet->Header =
            (packet->Header & ~Packet.KindMask & ~Packet.LastHop)
            | ((uint)PacketKind.Trimmed << 24)
            | ((port->Flags & PortState.ToHost) != 0 ? Packet.LastHop : 0);
        QueueControl(port, packet);
    }

    private void QueueControl(PortState* port, Packet* packet)
    {
        if (port->ControlBytes + packet->Size > _classes[port->Class].ControlCapacity)
        {
            _records[port - Ports].DroppedPackets++;
            Drop(packet, ref Counters.DroppedQueueFull);
            return;
        }
        port->ControlBytes += packet->Size;
        *PushControl(port) = *packet;
    }

    /// <summary>A packet is lost, and <paramref name="reason"/> counts it when it was data.</summary>
    public void Drop(Packet* packet, ref long reason)
    {
        switch (packet->Kind)
        {
            case PacketKind.Data:
                reason++;
                if (_telemetry)
                {
                    FreeTelemetry(packet->Extra);
                }
                break;
            case PacketKind.Trimmed:
                Counters.TrimmedDropped++;
                break;
            case PacketKind.Ack:
                Counters.ControlDropped++;
                if (_telemetry)
                {
                    FreeTelemetry((uint)Ack(packet->Extra)->Bitmap);
                }
                FreeAck(packet->Extra);
                break;
            default:
                Counters.ControlDropped++;
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Corrupt(PortState* port, Packet* packet, long end)
    {
        PortClass* shared = _classes + port->Class;
        while (Hash.Next(ref _records[port - Ports].Random) * (1.0 / 4294967296.0) < _errorRate)
        {
            if (!_linkRetry)
            {
                // The packet travels on, so that the wire stays busy, and is thrown away where it arrives.
                packet->Flow = ~packet->Flow;
                return end;
            }
            // The receiver discards what follows until the sender has gone back: one round trip of the link and the packet once more.
            Counters.LinkRetries++;
            end += 2 * shared->Delay + (((long)packet->Size * shared->ByteTime) >> 16);
        }
        return end;
    }
}
