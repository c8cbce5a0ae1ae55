using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>What a receiver does: it keeps what is in order, or all with selective repeat, and answers.</summary>
internal unsafe partial struct Rdma<TBalancer>
{
    private void ReceiveData(int host, Packet* packet, long now)
    {
        int flow = packet->Flow;
        RdmaReceiver* receiver = _receivers + flow;
        uint sequence = packet->Sequence;
        bool marked = (packet->Header & Packet.EcnMarked) != 0;
        if (receiver->Total == 0)
        {
            receiver->Total = (uint)((_world.Traffic.Flows[flow].Size.Bytes + _payload - 1) / _payload);
        }
        if (marked && _notices && (receiver->LastCongestion == 0 || now - receiver->LastCongestion >= _control.NoticeInterval))
        {
            receiver->LastCongestion = now;
            Packet* notice = _partition.SendControl(host, _sources[flow], flow);
            notice->Flow = flow;
            notice->Sequence = sequence;
            notice->Header = Packet.HeaderOf(_sources[flow], PacketKind.Congestion);
            notice->Entropy = packet->Entropy;
            notice->Extra = _partition.PlaneReport(host);
        }
        if (sequence > receiver->Highest)
        {
            receiver->Highest = sequence;
        }
        if (sequence == receiver->Expected)
        {
            receiver->Expected++;
            _partition.Counters.Kept++;
            receiver->Flags &= ~RdmaReceiver.NackSent;
            while (receiver->Arrived != null && HasArrived(receiver->Arrived, receiver->ArrivedMask, receiver->Expected))
            {
                uint at = receiver->Expected & receiver->ArrivedMask;
                receiver->Arrived[at >> 6] &= ~(1UL << (int)(at & 63));
                receiver->Expected++;
            }
            Answer(host, flow, receiver, packet, PacketKind.Ack, marked);
        }
        else if ((int)(sequence - receiver->Expected) < 0)
        {
            Answer(host, flow, receiver, packet, PacketKind.Ack, marked);
        }
        else
        {
            _partition.Counters.OutOfOrder++;
            _partition.Counters.ReorderDistance.Add(receiver->Highest - sequence);
            if (_selective)
            {
                if (receiver->Arrived == null)
                {
                    receiver->Arrived = TakeBits(_windowPackets, out receiver->ArrivedMask);
                }
                if (!HasArrived(receiver->Arrived, receiver->ArrivedMask, sequence))
                {
                    uint at = sequence & receiver->ArrivedMask;
                    receiver->Arrived[at >> 6] |= 1UL << (int)(at & 63);
                    _partition.Counters.Kept++;
                }
                Answer(host, flow, receiver, packet, PacketKind.Ack, marked);
            }
            else
            {
                // In-order hardware: what comes after a gap is thrown away, and the sender hears of the gap once.
                _partition.Counters.DroppedByReceiver++;
                if ((receiver->Flags & RdmaReceiver.NackSent) == 0)
                {
                    receiver->Flags |= RdmaReceiver.NackSent;
                    Answer(host, flow, receiver, packet, PacketKind.Nack, marked);
                }
                else if (_telemetry)
                {
                    _partition.FreeTelemetry(packet->Extra);
                }
            }
        }
        if (receiver->Expected == receiver->Total && (receiver->Flags & RdmaReceiver.Complete) == 0)
        {
            receiver->Flags |= RdmaReceiver.Complete;
            if (receiver->Arrived != null)
            {
                _partition.Pool.Give(receiver->Arrived, (receiver->ArrivedMask + 1) / 8);
                receiver->Arrived = null;
            }
            _partition.Complete(flow);
        }
    }

    private void Answer(int host, int flow, RdmaReceiver* receiver, Packet* cause, PacketKind kind, bool marked)
    {
        if (_answerEvery > 1 && cause->Sequence % _answerEvery != 0 && receiver->Expected != receiver->Total)
        {
            return;
        }
        uint index = _partition.TakeAck();
        AckRecord* ack = _partition.Ack(index);
        ack->Cumulative = receiver->Expected;
        ack->BitmapBase = 0;
        ack->Bitmap = cause->Extra;
        ack->ReceivedBytes = cause->Sent;
        ack->Planes = _partition.PlaneReport(host);
        Packet* packet = _partition.SendControl(host, _sources[flow], flow);
        packet->Flow = flow;
        packet->Sequence = cause->Sequence;
        packet->Header = Packet.HeaderOf(_sources[flow], kind) | (marked ? Packet.EcnMarked : 0);
        packet->Entropy = cause->Entropy;
        packet->Extra = index;
    }
}
