using System.Runtime.CompilerServices;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Engine;

/// <summary>Lossless links: PFC's pauses and CBFC's credits. Bytes are counted at the ingress, by the port that brought them.</summary>
internal sealed unsafe partial class Partition
{
    // By upstream port. Ingress bytes belong to the receiving switch, credits to the sender.
    private NativeArray<long>? _ingressBytes;
    private NativeArray<byte>? _pauseSent;
    private NativeArray<long>? _creditsUsed;
    private NativeArray<long>? _creditsFreed;
    private Queue<long>?[]? _creditUpdates;
    private long _pauseBytes;
    private long _resumeBytes;
    private long[]? _creditLimit;

    /// <summary>A credit pays for so many bytes.</summary>
    private const int CreditBytes = 128;

    /// <summary>A receiver reports freed credits when they are worth so many bytes, or at once when its queue runs empty.</summary>
    private const int CreditUpdateBytes = 6400;

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
        _pauseBytes = options.PauseBytes > 0 ? options.PauseBytes : 15L * _parameters.Mtu;
        _resumeBytes = options.ResumeBytes > 0 ? Math.Min(options.ResumeBytes, _pauseBytes) : _pauseBytes * 12 / 15;
        _pauseSent = new NativeArray<byte>(World.PortCount);
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
                    double bytes = 2.0 * _classes[port->Class].Delay / (_classes[port->Class].ByteTime / 65536.0) + 2.0 * _parameters.Mtu + CreditUpdateBytes;
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
            _pauseSent.Pointer[from] = 1;
            Counters.Pauses++;
            SendToggle(from, now);
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
            ClassQueues.Release(port, port->Low + ((port->LowServe - 1) & port->LowMask), now);
            return;
        }
        if (_creditsUsed is not null)
        {
            long freed = _creditsFreed!.Pointer[from] += Credits(size);
            if (freed * CreditBytes >= CreditUpdateBytes || port->LowServe == port->LowTail)
            {
                _creditsFreed.Pointer[from] = 0;
                _creditUpdates![from]!.Enqueue(freed);
                SendToggle(from, now);
            }
            return;
        }
        long held = _ingressBytes!.Pointer[from] -= size;
        if (held < _resumeBytes && _pauseSent!.Pointer[from] != 0)
        {
            _pauseSent.Pointer[from] = 0;
            SendToggle(from, now);
        }
    }

    /// <summary>A pause, a resume or a credit update takes the time of a control packet on the way back.</summary>
    public void SendToggle(int from, long now)
    {
        PortClass* upstream = _classes + Ports[from].Class;
        Calendar.Insert(now + upstream->Delay + (((long)_headerBytes * upstream->ByteTime) >> 16), World.PauseEvents + (uint)from);
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
        port->Flags ^= PortState.Paused;
        if ((port->Flags & PortState.Paused) != 0)
        {
            record->PausedSince = now;
            return false;
        }
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
            if ((port->LowServe != port->LowTail && (port->Flags & PortState.Busy) == 0) || ClassQueues?.IsStuck(i) == true)
            {
                stuck++;
            }
        }
        return stuck;
    }
}
