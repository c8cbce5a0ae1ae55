using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Parallel;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// Links into other parts. The sending part serves such a port as any other but never fires its arrivals: when threads meet, it hands over the
/// packets whose service has ended. The receiving part keeps them in a line of its own and fires them under the sender's port number, so that
/// the order of simultaneous events is that of one thread.
/// </summary>
internal sealed unsafe partial class Partition
{
    private Mailbox[] _outgoing = [];
    private int[] _inboundOf = [];
    private int[] _partOfPeer = [];
    private NativeArray<PortState>? _inbound;
    private readonly List<int> _busyCrossings = [];
    private bool[] _listed = [];

    /// <summary>Whether other parts exist.</summary>
    public bool IsDivided { get; private set; }

    /// <summary>The earliest arrival, at any other part, of a packet still in service.</summary>
    public long EarliestUnsent { get; private set; } = long.MaxValue;

    /// <summary>Prepares the lines to and from other parts.</summary>
    /// <param name="outgoing">By part: where this one puts packets for it.</param>
    /// <param name="partOfPeer">By port: the part at its far end.</param>
    /// <param name="partOfOwner">By port: the part at its near end.</param>
    public void Divide(Mailbox[] outgoing, int[] partOfPeer, int[] partOfOwner)
    {
        IsDivided = true;
        _outgoing = outgoing;
        _partOfPeer = partOfPeer;
        _inboundOf = new int[World.PortCount];
        _listed = new bool[World.PortCount];
        int count = 0;
        for (int i = 0; i < World.PortCount; i++)
        {
            _inboundOf[i] = partOfPeer[i] == Index && partOfOwner[i] != Index ? count++ : -1;
        }
        _inbound = new NativeArray<PortState>(count);
    }

    /// <summary>Where packets wait that arrive under this event number: the port itself, or the line in from another part.</summary>
    public PortState* Line(uint id)
    {
        int inbound = _inboundOf[id];
        return inbound < 0 ? Ports + id : _inbound!.Pointer + inbound;
    }

    /// <summary>A packet has joined a port into another part.</summary>
    private void NoteCrossing(PortState* port)
    {
        int index = (int)(port - Ports);
        if (!_listed[index])
        {
            _listed[index] = true;
            _busyCrossings.Add(index);
        }
    }

    /// <summary>Calls for the arrival of a port's next packet, here or, when the threads next meet, in another part.</summary>
    public void Announce(PortState* port)
    {
        if ((port->Flags & PortState.Crossing) != 0)
        {
            NoteCrossing(port);
        }
        else
        {
            Calendar.Insert(NextArrival(port), (uint)(port - Ports));
        }
    }

    /// <summary>Hands over every packet whose service ended before the end of the window.</summary>
    /// <param name="end">The end of the window.</param>
    /// <param name="catchUpHost">Replays a host's card up to a time.</param>
    public void SendAcross(long end, Action<int, long> catchUpHost)
    {
        EarliestUnsent = long.MaxValue;
        int kept = 0;
        for (int k = 0; k < _busyCrossings.Count; k++)
        {
            int index = _busyCrossings[k];
            PortState* port = Ports + index;
            if ((port->Flags & PortState.FromHost) != 0)
            {
                catchUpHost(~_records[index].Owner, end - 1);
            }
            else
            {
                CatchUp(port, end - 1);
            }
            Mailbox box = _outgoing[_partOfPeer[index]];
            bool busy = (port->Flags & PortState.Busy) != 0;
            bool highBusy = busy && (port->Flags & PortState.HighInService) != 0;
            uint lowEnd = port->LowServe - (busy && !highBusy ? 1u : 0u);
            uint highEnd = port->HighServe - (highBusy ? 1u : 0u);
            while (port->LowHead != lowEnd || port->HighHead != highEnd)
            {
                Packet* low = port->LowHead != lowEnd ? port->Low + (port->LowHead & port->LowMask) : null;
                Packet* high = port->HighHead != highEnd ? port->High + (port->HighHead & port->HighMask) : null;
                bool takeLow = high == null || (low != null && low->Arrival <= high->Arrival);
                Mailbox.Letter* letter = box.Add();
                letter->Packet = takeLow ? *low : *high;
                letter->Port = index;
                if (letter->Packet.Kind == PacketKind.Ack)
                {
                    letter->Ack = *Ack(letter->Packet.Extra);
                    FreeAck(letter->Packet.Extra);
                }
                if (takeLow)
                {
                    port->LowHead++;
                }
                else
                {
                    port->HighHead++;
                }
            }
            if (busy)
            {
                EarliestUnsent = Math.Min(EarliestUnsent, NextArrival(port));
                _busyCrossings[kept++] = index;
            }
            else
            {
                _listed[index] = false;
            }
        }
        _busyCrossings.RemoveRange(kept, _busyCrossings.Count - kept);
    }

    /// <summary>Takes in what another part has handed over.</summary>
    public void TakeIn(Mailbox box)
    {
        Mailbox.Letter* letter = box.Letters;
        for (int i = 0; i < box.Count; i++, letter++)
        {
            PortState* line = _inbound!.Pointer + _inboundOf[letter->Port];
            bool underWay = UnderWay(line);
            Packet* packet = PushLow(line);
            *packet = letter->Packet;
            line->LowServe++;
            if (packet->Kind == PacketKind.Ack)
            {
                uint index = TakeAck();
                *Ack(index) = letter->Ack;
                packet->Extra = index;
            }
            if (!underWay)
            {
                Calendar.Insert(packet->Arrival, (uint)letter->Port);
            }
        }
        box.Clear();
    }

    /// <summary>Data packets in lines from other parts.</summary>
    public long InboundData()
    {
        long count = 0;
        for (int i = 0; _inbound is not null && i < _inbound.Length; i++)
        {
            PortState* line = _inbound.Pointer + i;
            for (uint at = line->LowHead; at != line->LowTail; at++)
            {
                count += line->Low[at & line->LowMask].IsData ? 1 : 0;
            }
        }
        return count;
    }

    // ---- Faults ------------------------------------------------------------------------------------------------------------------------------

    /// <summary>A port's link dies: what waits for it and what is on it is lost.</summary>
    public void Kill(PortState* port)
    {
        for (; port->LowHead != port->LowTail; port->LowHead++)
        {
            Lose(port, port->Low + (port->LowHead & port->LowMask));
        }
        for (; port->HighHead != port->HighTail; port->HighHead++)
        {
            Lose(port, port->High + (port->HighHead & port->HighMask));
        }
        port->LowServe = port->LowTail;
        port->HighServe = port->HighTail;
        port->LowBytes = 0;
        port->HighBytes = 0;
        port->Flags = (ushort)((port->Flags | PortState.Down) & ~(PortState.Busy | PortState.HighInService | PortState.Paused));
    }

    /// <summary>The same for packets of that link which this part has already been handed.</summary>
    public void KillInbound(int index)
    {
        int inbound = _inboundOf[index];
        if (inbound < 0)
        {
            return;
        }
        PortState* line = _inbound!.Pointer + inbound;
        for (; line->LowHead != line->LowTail; line->LowHead++)
        {
            Lose(Ports + index, line->Low + (line->LowHead & line->LowMask));
        }
        line->LowServe = line->LowTail;
    }

    private void Lose(PortState* port, Packet* packet)
    {
        if (packet->Flow < 0)
        {
            packet->Flow = ~packet->Flow;
        }
        _records[port - Ports].DroppedPackets++;
        Drop(packet, ref Counters.DroppedLinkDown);
    }

    /// <summary>A port's link comes back.</summary>
    public static void Revive(PortState* port) => port->Flags = (ushort)(port->Flags & ~PortState.Down);
}
