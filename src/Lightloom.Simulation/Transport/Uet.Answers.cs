using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>What acknowledgements and NACKs tell a sender.</summary>
internal unsafe partial struct Uet<TBalancer, TScope>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReceiveAck(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetSender* sender = _senders + flow;
        AckRecord ack = *_partition.Ack(packet->Extra);
        _partition.FreeAck(packet->Extra);
        if ((sender->Flags & UetSender.Finished) != 0)
        {
            return;
        }
        bool marked = (packet->Header & Packet.EcnMarked) != 0;
        UetCongestion* state = StateOf(sender, flow, TScope.Planes ? (int)(ack.Planes & 0xFF) : 0);
        long fresh = 0;
        if (ack.ReceivedBytes > state->ReceivedBytes)
        {
            fresh = ack.ReceivedBytes - state->ReceivedBytes;
            state->ReceivedBytes = ack.ReceivedBytes;
            state->Achieved += fresh;
            state->AdjustBytes += fresh;
            state->BytesIgnored += fresh;
        }
        if (!TScope.PerPlane)
        {
            state->InFlight -= fresh;
        }

        // A sample is only sound when it is clear which transmission it answers; the answer to a probe or to a header answers none.
        long delay = state->AverageDelay;
        if ((packet->Header & Packet.NoSample) == 0 && packet->Sequence - sender->Acknowledged < sender->Next - sender->Acknowledged)
        {
            ulong record = sender->Records[packet->Sequence & sender->RecordMask];
            uint resent = (uint)((record & UetRecord.CountMask) >> UetRecord.CountShift);
            uint echo = (packet->Header & Packet.Retransmitted) != 0 ? 1u : 0u;
            if ((record & UetRecord.StateMask) == UetRecord.InFlight && resent == echo)
            {
                long rtt = now - (long)(record & SentMask);
                if (_checks)
                {
                    _partition.CheckRoundTrip(flow, rtt, SizeOf(sender, packet->Sequence), trimmed: false);
                }
                UetCongestion* sampled = StateOf(sender, flow, PlaneOf(record));
                UpdateBaseRtt(sampled, rtt);
                UpdateAverage(sampled, rtt, marked);
                delay = rtt - sampled->BaseRtt;
            }
        }
        AcknowledgeUpTo(sender, flow, ack.Cumulative);
        ulong bits = ack.Bitmap;
        uint bitmapBase = ack.BitmapBase;
        while (bits != 0)
        {
            uint sequence = bitmapBase + (uint)BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            if (sequence - sender->Acknowledged < sender->Next - sender->Acknowledged)
            {
                AcknowledgeOne(sender, flow, sequence);
            }
        }
        if (TScope.Planes)
        {
            _partition.PlaneFeedback(flow, ack.Planes, marked ? PathFeedback.Marked : PathFeedback.Good, now);
        }
        _balancer.Feedback(flow, packet->Entropy, marked ? PathFeedback.Marked : PathFeedback.Good, now);
        if (_senderControl)
        {
            AdjustOnAck(state, marked, delay, fresh, now);
        }
        StopSpeculating(sender);
        if (sender->Acknowledged == sender->Total)
        {
            Finish(flow, sender, now);
            return;
        }
        if (MaySend(sender, flow))
        {
            _partition.Activate(flow, host);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AcknowledgeUpTo(UetSender* sender, int flow, uint cumulative)
    {
        while ((int)(cumulative - sender->Acknowledged) > 0)
        {
            AcknowledgeOne(sender, flow, sender->Acknowledged);
            sender->Records[sender->Acknowledged & sender->RecordMask] = 0;
            sender->Acknowledged++;
        }
        if ((int)(sender->RetransmitHint - sender->Acknowledged) < 0)
        {
            sender->RetransmitHint = sender->Acknowledged;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AcknowledgeOne(UetSender* sender, int flow, uint sequence)
    {
        ulong* record = sender->Records + (sequence & sender->RecordMask);
        ulong state = *record & UetRecord.StateMask;
        if (TScope.PerPlane && state == UetRecord.InFlight)
        {
            // The plane that carried the last copy is the one whose window it filled, whichever copy has arrived.
            _planes[(long)flow * _planeCount + PlaneOf(*record)].InFlight -= SizeOf(sender, sequence);
        }
        if (state == UetRecord.Queued)
        {
            int size = SizeOf(sender, sequence);
            if (!TScope.PerPlane)
            {
                // It left the flight when it was queued, and the receiver's byte count has just taken it out once more.
                sender->Shared.InFlight += size;
            }
            sender->RetransmitCount--;
            sender->RetransmitBytes -= size;
        }
        *record &= UetRecord.CountMask;
    }

    private void Finish(int flow, UetSender* sender, long now)
    {
        sender->Flags |= UetSender.Finished;
        _partition.Pool.Give(sender->Records, ((long)sender->RecordMask + 1) * sizeof(ulong));
        sender->Records = null;
        _balancer.End(flow);
        _world.FlowRetransmitted.Pointer[flow] = sender->Retransmitted;
        _partition.Finish(flow, now);
    }

    private void ReceiveNack(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        UetSender* sender = _senders + flow;
        uint sequence = packet->Sequence;
        if ((sender->Flags & UetSender.Finished) != 0 || sequence - sender->Acknowledged >= sender->Next - sender->Acknowledged)
        {
            return;
        }
        ulong record = sender->Records[sequence & sender->RecordMask];
        if ((record & UetRecord.StateMask) != UetRecord.InFlight)
        {
            return;
        }
        int size = SizeOf(sender, sequence);
        bool lastHop = (packet->Header & Packet.LastHop) != 0;
        UetCongestion* state = StateOf(sender, flow, PlaneOf(record));
        uint resent = (uint)((record & UetRecord.CountMask) >> UetRecord.CountShift);
        bool repeated = (packet->Header & Packet.Retransmitted) != 0;
        if (resent != 0 && !repeated)
        {
            // It answers the first transmission, and another is on its way.
            return;
        }
        if (resent <= 1)
        {
            long rtt = now - (long)(record & SentMask);
            if (_checks)
            {
                _partition.CheckRoundTrip(flow, rtt, size, trimmed: true);
            }
            UpdateBaseRtt(state, rtt);
        }
        if (_senderControl)
        {
            AdjustOnNack(state, size, lastHop, now);
        }
        QueueAgain(sender, state, sequence, size);
        StopSpeculating(sender);
        PathFeedback feedback =
            !lastHop ? PathFeedback.Trimmed
            : (packet->Header & Packet.EcnMarked) != 0 ? PathFeedback.Marked
            : PathFeedback.Good;
        if (TScope.Planes)
        {
            _partition.PlaneFeedback(flow, packet->Extra, feedback, now);
        }
        _balancer.Feedback(flow, packet->Entropy, feedback, now);
        if (MaySend(sender, flow))
        {
            _partition.Activate(flow, host);
        }
    }

    private static void QueueAgain(UetSender* sender, UetCongestion* state, uint sequence, int size)
    {
        ulong* record = sender->Records + (sequence & sender->RecordMask);
        *record = (*record & UetRecord.CountMask) | UetRecord.Queued;
        state->InFlight -= size;
        sender->RetransmitBytes += size;
        if (sender->RetransmitCount++ == 0 || (int)(sequence - sender->RetransmitHint) < 0)
        {
            sender->RetransmitHint = sequence;
        }
    }
}
