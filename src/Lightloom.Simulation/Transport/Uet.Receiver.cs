using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>What a receiver does: it keeps what is new, acknowledges, and asks for what was trimmed.</summary>
internal unsafe partial struct Uet<TBalancer, TScope>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReceiveData(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetReceiver* receiver = _receivers + flow;
        uint sequence = packet->Sequence;
        bool marked = (packet->Header & Packet.EcnMarked) != 0;
        UetPlaneReceipt* receipt = TScope.PerPlane ? _receipts + (long)flow * _planeCount + _partition.ArrivalPlane : null;
        if (TScope.PerPlane)
        {
            receipt->AcceptedBytes += packet->Size;
        }
        receiver->AcceptedBytes += packet->Size;
        if (_receiverControl)
        {
            AcceptPullTarget(host, flow, receiver, packet->Extra, now);
            if (_oversubscribed)
            {
                CountArrival(host, marked, now);
            }
        }
        if (Has(receiver, sequence))
        {
            // The sender sends again what has arrived: tell it at once.
            SendAck(host, flow, receiver, packet, marked ? sequence : BitmapBase(receiver, sequence), marked);
            receiver->AcceptedBytes = 0;
            return;
        }
        _partition.Counters.Kept++;
        bool ackNow = receiver->ReceivedBytes == 0;
        receiver->ReceivedBytes += packet->Size;
        if (TScope.PerPlane)
        {
            ackNow |= receipt->ReceivedBytes == 0;
            receipt->ReceivedBytes += packet->Size;
        }
        if ((packet->Header & Packet.AckRequested) != 0)
        {
            ackNow = true;
            receiver->Flags |= UetReceiver.AckRequested;
        }
        if (sequence > receiver->Highest)
        {
            receiver->Highest = sequence;
        }
        if (sequence == receiver->Expected)
        {
            receiver->Expected++;
            if (receiver->OutOfOrder != 0)
            {
                Advance(receiver);
            }
            if (receiver->OutOfOrder == 0 && (receiver->Flags & UetReceiver.AckRequested) != 0)
            {
                ackNow = true;
                receiver->Flags &= ~UetReceiver.AckRequested;
            }
        }
        else
        {
            Remember(receiver, sequence);
            receiver->OutOfOrder++;
            _partition.Counters.OutOfOrder++;
            _partition.Counters.ReorderDistance.Add(receiver->Highest - sequence);
        }
        if (marked || ackNow || (TScope.PerPlane ? receipt->AcceptedBytes : receiver->AcceptedBytes) >= AckBytes(flow))
        {
            // A plane's window is freed packet by packet, so its acknowledgements look back as far as they can.
            bool exact = !TScope.PerPlane && (marked || (packet->Header & Packet.AckRequested) != 0);
            SendAck(host, flow, receiver, packet, exact ? sequence : BitmapBase(receiver, sequence), marked);
            receiver->AcceptedBytes = 0;
        }
        if (receiver->Expected == Total(flow, receiver) && (receiver->Flags & UetReceiver.Complete) == 0)
        {
            Complete(flow, receiver);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly long AckBytes(int flow) => _lineOfHost.Length == 0 ? _ackBytes : _ackBytesOf[_lineOfHost[_sources[flow]]];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint Total(int flow, UetReceiver* receiver)
    {
        if (receiver->Total == 0)
        {
            receiver->Total = (uint)((_world.Traffic.Flows[flow].Size.Bytes + _payload - 1) / _payload);
        }
        return receiver->Total;
    }

    private readonly void Complete(int flow, UetReceiver* receiver)
    {
        receiver->Flags |= UetReceiver.Complete;
        if (receiver->Bits != null)
        {
            _partition.Pool.Give(receiver->Bits, (receiver->BitMask + 1) / 8);
            receiver->Bits = null;
        }
        _partition.Complete(flow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Has(UetReceiver* receiver, uint sequence)
    {
        if (sequence < receiver->Expected)
        {
            return true;
        }
        if (receiver->Bits == null || sequence - receiver->Expected > receiver->BitMask)
        {
            return false;
        }
        uint at = sequence & receiver->BitMask;
        return (receiver->Bits[at >> 6] >> (int)(at & 63) & 1) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Remember(UetReceiver* receiver, uint sequence)
    {
        if (receiver->Bits == null || sequence - receiver->Expected > receiver->BitMask)
        {
            GrowBits(receiver, sequence);
        }
        uint at = sequence & receiver->BitMask;
        receiver->Bits[at >> 6] |= 1UL << (int)(at & 63);
    }

    private readonly void GrowBits(UetReceiver* receiver, uint sequence)
    {
        uint old = receiver->Bits == null ? 0 : receiver->BitMask + 1;
        uint capacity = Math.Max(512, BitOperations.RoundUpToPowerOf2(sequence - receiver->Expected + 1));
        var bits = (ulong*)_partition.Pool.TakeZeroed(capacity / 8);
        for (uint i = 1; i < old; i++)
        {
            uint s = receiver->Expected + i;
            uint from = s & (old - 1);
            uint to = s & (capacity - 1);
            bits[to >> 6] |= (receiver->Bits[from >> 6] >> (int)(from & 63) & 1) << (int)(to & 63);
        }
        if (old != 0)
        {
            _partition.Pool.Give(receiver->Bits, old / 8);
        }
        receiver->Bits = bits;
        receiver->BitMask = capacity - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(UetReceiver* receiver)
    {
        while (true)
        {
            uint at = receiver->Expected & receiver->BitMask;
            ulong* word = receiver->Bits + (at >> 6);
            ulong bit = 1UL << (int)(at & 63);
            if ((*word & bit) == 0)
            {
                return;
            }
            *word &= ~bit;
            receiver->Expected++;
            receiver->OutOfOrder--;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BitmapBase(UetReceiver* receiver, uint sequence) =>
        (uint)Math.Max((long)sequence - 63, (long)receiver->Expected + 1);

    /// <summary>Sixty-four bits from a sequence number on; what lies outside the window reads as not arrived.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BitsFrom(UetReceiver* receiver, uint first)
    {
        if (receiver->OutOfOrder == 0 || first > receiver->Highest)
        {
            return 0;
        }
        uint mask = receiver->BitMask;
        uint at = first & mask;
        int shift = (int)(at & 63);
        ulong bits = receiver->Bits[at >> 6] >> shift;
        if (shift != 0)
        {
            bits |= receiver->Bits[((at >> 6) + 1) & (mask >> 6)] << (64 - shift);
        }
        uint width = receiver->Highest - first + 1;
        if (width < 64)
        {
            bits &= (1UL << (int)width) - 1;
        }
        if (first < receiver->Expected)
        {
            uint stale = receiver->Expected - first;
            bits = stale >= 64 ? 0 : bits & (~0UL << (int)stale);
        }
        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SendAck(int host, int flow, UetReceiver* receiver, Packet* cause, uint first, bool marked)
    {
        uint index = _partition.TakeAck();
        AckRecord* ack = _partition.Ack(index);
        ack->Cumulative = receiver->Expected;
        ack->BitmapBase = first;
        ack->Bitmap = BitsFrom(receiver, first);
        ack->ReceivedBytes = receiver->ReceivedBytes;
        if (TScope.Planes)
        {
            ack->Planes = _partition.PlaneReport(host);
        }
        if (TScope.PerPlane)
        {
            UetPlaneReceipt* receipt = _receipts + (long)flow * _planeCount + _partition.ArrivalPlane;
            ack->ReceivedBytes = receipt->ReceivedBytes;
            receipt->AcceptedBytes = 0;
        }
        Packet* packet = _partition.SendControl(host, _sources[flow], flow);
        packet->Flow = flow;
        packet->Sequence = cause->Sequence;
        packet->Header =
            Packet.HeaderOf(_sources[flow], PacketKind.Ack)
            | (marked ? Packet.EcnMarked : 0)
            | (cause->Header & Packet.Retransmitted)
            | (cause->IsData ? 0 : Packet.NoSample);
        packet->Entropy = cause->Entropy;
        packet->Extra = index;
    }

    private void ReceiveTrimmed(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetReceiver* receiver = _receivers + flow;
        if (_oversubscribed)
        {
            CountTrim(host, (packet->Header & Packet.LastHop) != 0, now);
        }
        if (Has(receiver, packet->Sequence))
        {
            SendAck(host, flow, receiver, packet, BitmapBase(receiver, packet->Sequence), false);
            return;
        }
        if (_receiverControl)
        {
            AcceptPullTarget(host, flow, receiver, packet->Extra, now);
        }
        Packet* nack = _partition.SendControl(host, _sources[flow], flow);
        nack->Flow = flow;
        nack->Sequence = packet->Sequence;
        nack->Header =
            Packet.HeaderOf(_sources[flow], PacketKind.Nack)
            | (packet->Header & (Packet.EcnMarked | Packet.LastHop | Packet.Retransmitted));
        nack->Entropy = packet->Entropy;
        nack->Extra = TScope.Planes ? _partition.PlaneReport(host) : 0;
        if (_receiverControl)
        {
            RequestPull(host, flow, receiver, now);
        }
    }

    private void ReceiveProbe(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetReceiver* receiver = _receivers + flow;
        if (_receiverControl)
        {
            AcceptPullTarget(host, flow, receiver, packet->Extra, now);
            RequestPull(host, flow, receiver, now);
        }
        SendAck(host, flow, receiver, packet, BitmapBase(receiver, packet->Sequence), false);
        receiver->AcceptedBytes = 0;
    }
}
