using System.Runtime.CompilerServices;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Switching;

/// <summary>Lossless links: PFC's pauses and CBFC's credits. Bytes are counted at the ingress, by the port that brought them.</summary>
internal sealed unsafe partial class Partition
{
    // By upstream port. Ingress bytes belong to the receiving switch, credits to the sender.
    private NativeArray<long>? _ingressBytes;
    private NativeArray<byte>? _pauseSent;
    private Queue<bool>?[] _pausesUnderWay = [];
    private NativeArray<long>? _creditsUsed;
    private NativeArray<long>? _creditsFreed;
    private Queue<long>?[]? _creditUpdates;
    private long _pauseBytes;
    private long _resumeBytes;
    private long[]? _creditLimit;

    /// <summary>A credit pays for so many bytes.</summary>
    private const int CreditBytes = 128;

    /// <summary>A receiver reports freed credits when they are worth so many bytes, or at once when its queue runs empty.</summary>
    internal const int CreditUpdateBytes = 6400;

    /// <summary>Queues by class and shared buffers; null where every port has one queue of data.</summary>
    public ClassQueues? ClassQueues { get; private set; }

    /// <summary>Whether a host's port has been told to keep back what a flow sends.</summary>
    public bool Holds(PortState* port, int flow) => ClassQueues is not null && ClassQueues.Holds(port, flow);

    /// <summary>Prepares the accounts of lossless links.</summary>
    public void PrepareFlowControl()
    {
        SimulationOptions options = World.Options;
        if (!_eager)
        {
            return;
        }
        if (options.HasClasses)
        {
            ClassQueues = new ClassQueues(this);
            return;
        }
        _ingressBytes = new NativeArray<long>(World.PortCount);
        _pauseBytes = options.PauseBytes > 0 ? options.PauseBytes : (long)Timeouts.PausePackets * _parameters.Mtu;
        _resumeBytes = options.ResumeBytes > 0 ? Math.Min(options.ResumeBytes, _pauseBytes) : _pauseBytes * 12 / 15;
        _pauseSent = new NativeArray<byte>(World.PortCount);
        _pausesUnderWay = new Queue<bool>?[World.PortCount];
        if (options.FlowControl == FlowControl.Cbfc)
        {
            _creditsUsed = new NativeArray<long>(World.PortCount);
            _creditsFreed = new NativeArray<long>(World.PortCount);
            _creditUpdates = new Queue<long>?[World.PortCount];
            _creditLimit = new long[World.PortCount];
            for (int i = 0; i < World.PortCount; i++)
            {
                PortState* port = Ports + i;
                if ((port->Flags & PortState.ToHost) == 0)
                {
                    _creditUpdates[i] = new Queue<long>();
                    // One round trip of the link at full rate, and the packets at either end of it, keep the link busy.
                    double bytes =
                        2.0 * World.DelayToQueue(port) / (_classes[port->Class].ByteTime / 65536.0)
                        + 2.0 * _parameters.Mtu
                        + CreditUpdateBytes;
                    long asked = options.QueueBytes > 0 ? options.QueueBytes : (long)bytes;
                    _creditLimit[i] = (Math.Max(asked, 2L * _parameters.Mtu) + CreditBytes - 1) / CreditBytes;
                }
            }
        }
    }

    private static long Credits(int bytes) => (bytes + CreditBytes - 1) / CreditBytes;

    /// <summary>Whether a lossless port may send a data packet of this size now.</summary>
    public bool MaySend(PortState* port, int size)
    {
        if ((port->Flags & PortState.Paused) != 0)
        {
            return false;
        }
        if (_creditsUsed is null || (port->Flags & PortState.ToHost) != 0)
        {
            return true;
        }
        long index = port - Ports;
        if (_creditsUsed.Pointer[index] + Credits(size) > _creditLimit![index])
        {
            if (_records[index].PausedSince == 0)
            {
                _records[index].PausedSince = Math.Max(1, Now);
            }
            return false;
        }
        return true;
    }

    private void Spend(PortState* port, int size)
    {
        if (_creditsUsed is null || (port->Flags & PortState.ToHost) != 0)
        {
            return;
        }
        PortRecord* record = _records + (port - Ports);
        if (record->PausedSince != 0)
        {
            record->PausedTotal += Math.Max(0, Now - record->PausedSince);
            record->PausedSince = 0;
        }
        _creditsUsed.Pointer[port - Ports] += Credits(size);
    }

    /// <summary>Bytes from an upstream port now occupy this switch.</summary>
    private void Hold(int from, int size, long now)
    {
        if (_creditsUsed is not null)
        {
            return;
        }
        long held = _ingressBytes!.Pointer[from] += size;
        if (held > _pauseBytes && _pauseSent!.Pointer[from] == 0)
        {
            Counters.Pauses++;
            SendPause(from, true, now);
        }
    }

    /// <summary>The packet in service has left the switch, so the port that brought it may hear of room.</summary>
    private void Release(PortState* port, int size)
    {
        if ((port->Flags & PortState.FromHost) != 0)
        {
            return;
        }
        int from = _records[port - Ports].InServiceFrom;
        long now = port->ServiceEnd;
        if (ClassQueues is not null)
        {
            ClassQueues.Release(port, port->Data + ((port->DataServe - 1) & port->DataMask), now);
            return;
        }
        if (_creditsUsed is not null)
        {
            long freed = _creditsFreed!.Pointer[from] += Credits(size);
            // What is not yet reported must leave the sender credit for a packet: with a small limit it would wait for ever.
            bool starves = _creditLimit![from] - freed < Credits(_parameters.Mtu);
            if (freed * CreditBytes >= CreditUpdateBytes || starves || port->DataServe == port->DataTail)
            {
                _creditsFreed.Pointer[from] = 0;
                _creditUpdates![from]!.Enqueue(freed);
                SendToggle(from, now);
            }
            return;
        }
        Unhold(from, size, now);
    }

    private void Unhold(int from, int size, long now)
    {
        long held = _ingressBytes!.Pointer[from] -= size;
        if (held < _resumeBytes && _pauseSent!.Pointer[from] != 0)
        {
            SendPause(from, false, now);
        }
    }

    private void SendPause(int from, bool pause, long now)
    {
        _pauseSent!.Pointer[from] = pause ? (byte)1 : (byte)0;
        (_pausesUnderWay[from] ??= new Queue<bool>()).Enqueue(pause);
        SendToggle(from, now);
    }

    private void ReturnCredits(int from, int size, long now)
    {
        long freed = _creditsFreed!.Pointer[from] + Credits(size);
        _creditsFreed.Pointer[from] = 0;
        _creditUpdates![from]!.Enqueue(freed);
        SendToggle(from, now);
    }

    /// <summary>A packet that a link has brought takes no room in the switch, because it is lost there: its credits go back.</summary>
    public void Refund(int from, Packet* packet, long now)
    {
        if (_creditsUsed is not null && packet->IsData && (Ports[from].Flags & PortState.ToHost) == 0)
        {
            ReturnCredits(from, packet->Size, now);
        }
    }

    /// <summary>
    /// A port's link dies: what waits for it leaves the switch, what is on it will never be acknowledged, and neither end is paused any
    /// more.
    /// </summary>
    private void Abandon(PortState* port, long now)
    {
        if (_ingressBytes is null)
        {
            return;
        }
        long index = port - Ports;
        PortRecord* record = _records + index;
        if ((port->Flags & PortState.FromHost) == 0)
        {
            bool serving = (port->Flags & (PortState.Busy | PortState.ControlInService)) == PortState.Busy;
            for (uint at = port->DataServe - (serving ? 1u : 0u); at != port->DataTail; at++)
            {
                Packet* packet = port->Data + (at & port->DataMask);
                int from = at == port->DataServe - 1 ? record->InServiceFrom : (int)packet->Arrival;
                if (_creditsUsed is not null)
                {
                    ReturnCredits(from, packet->Size, now);
                }
                else
                {
                    Unhold(from, packet->Size, now);
                }
            }
        }
        if (_creditsUsed is not null)
        {
            for (uint at = port->DataHead; at != port->DataServe && (port->Flags & PortState.ToHost) == 0; at++)
            {
                _creditsUsed.Pointer[index] -= Credits(port->Data[at & port->DataMask].Size);
            }
            return;
        }
        _pauseSent!.Pointer[index] = 0;
        _pausesUnderWay[index]?.Clear();
        if ((port->Flags & PortState.Paused) != 0)
        {
            record->PausedTotal += now - record->PausedSince;
            record->PausedSince = 0;
        }
    }

    /// <summary>A pause, a resume or a credit update takes the time of a control packet on the way back.</summary>
    public void SendToggle(int from, long now)
    {
        PortClass* upstream = _classes + Ports[from].Class;
        Calendar.Insert(
            now + World.DelayToQueue(Ports + from) + (((long)_headerBytes * upstream->ByteTime) >> 16),
            World.PauseEvents + (uint)from
        );
    }

    /// <summary>A pause, resume or credit update reaches a port; true when the port may now send.</summary>
    public bool Toggle(PortState* port, long now)
    {
        if (ClassQueues is not null)
        {
            return ClassQueues.Toggle(port, now);
        }
        if (_creditsUsed is not null)
        {
            long index = port - Ports;
            _creditsUsed.Pointer[index] -= _creditUpdates![index]!.Dequeue();
            return true;
        }
        PortRecord* record = _records + (port - Ports);
        if (_pausesUnderWay[port - Ports] is not { Count: > 0 } told)
        {
            // Sent over a link that has died since.
            return false;
        }
        if (told.Dequeue())
        {
            port->Flags |= PortState.Paused;
            record->PausedSince = now;
            return false;
        }
        port->Flags = (ushort)(port->Flags & ~PortState.Paused);
        record->PausedTotal += now - record->PausedSince;
        record->PausedSince = 0;
        return true;
    }

    /// <summary>Whether a host's port may put a data packet on the wire.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HostMaySend(PortState* port, int size) => (port->Flags & PortState.Paused) == 0 && (!_eager || MaySend(port, size));

    /// <summary>Ports that hold data and have been told to wait.</summary>
    public int StuckPorts()
    {
        int stuck = 0;
        for (int i = 0; i < World.PortCount; i++)
        {
            PortState* port = Ports + i;
            if ((port->DataServe != port->DataTail && (port->Flags & PortState.Busy) == 0) || ClassQueues?.IsStuck(i) == true)
            {
                stuck++;
            }
        }
        return stuck;
    }
}
