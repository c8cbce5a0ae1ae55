using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// The part of a run that one thread owns: some hosts and switches, the ports that send from them, their future and their memory.
/// This class knows queues, links and cards; what hosts decide is in the transport.
/// </summary>
internal sealed unsafe partial class Partition : IDisposable, IFlowStarts
{
    public readonly World World;
    public readonly int Index;
    public readonly Calendar Calendar;
    public readonly BlockPool Pool = new();
    public readonly Counters Counters = new();
    public readonly PortState* Ports;
    private readonly PortClass* _classes;
    private readonly PortTally* _tallies;
    private readonly PortRecord* _records;
    private readonly Parameters _parameters;
    private readonly HostState* _hosts;

    /// <summary>The cards of all hosts; only this partition's are its to change.</summary>
    public HostState* Hosts => _hosts;

    private readonly int* _flowNext;
    private readonly bool _trim;
    private readonly bool _eager;
    private readonly bool _telemetry;

    /// <summary>Pmax in 2^-32.</summary>
    private readonly ulong _mostMarked;
    private readonly int _headerBytes;
    private readonly double _errorRate;
    private readonly bool _linkRetry;

    private readonly AckRecord** _acks;
    private uint _ackFree = uint.MaxValue;

    /// <summary>The event being worked on.</summary>
    public long Now;

    /// <summary>Somebody wants the run to end now; looked at every few thousand events.</summary>
    public volatile bool StopRequested;

    /// <summary>When a packet last arrived anywhere: timers that find nothing to do run on for a while after that.</summary>
    public long LastArrival;

    public Partition(World world, int index, NativeArray<HostState> hosts, NativeArray<int> flowNext, int bucketShift, int buckets)
    {
        World = world;
        Index = index;
        Ports = world.Ports;
        _classes = world.Classes;
        _tallies = world.Tallies;
        _records = world.Records;
        _parameters = world.Parameters;
        _hosts = hosts.Pointer;
        _flowNext = flowNext.Pointer;
        _trim = world.Parameters.Trim;
        _eager = world.Eager;
        _telemetry = world.Transport.ReadsTelemetry;
        _mostMarked = (ulong)(world.Parameters.EcnMost * 4294967296.0);
        _headerBytes = world.Parameters.Header;
        _errorRate = world.Options.PacketErrorRate;
        _linkRetry = world.Options.LinkRetry;
        Calendar = new Calendar(bucketShift, buckets, world.Options.Seed, Pool);
        _acks = world.Acks.Chunks;
    }

    // ---- Rings -------------------------------------------------------------------------------------------------------------------------

    /// <summary>Room at the end of the data ring.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Packet* PushData(PortState* port)
    {
        uint tail = port->DataTail;
        if (port->Data == null || tail - port->DataHead >> port->DataShift != 0)
        {
            GrowData(port);
            tail = port->DataTail;
        }
        port->DataTail = tail + 1;
        return port->Data + (tail & port->DataMask);
    }

    /// <summary>Room at the end of the control ring.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Packet* PushControl(PortState* port)
    {
        uint tail = port->ControlTail;
        if (port->Control == null || tail - port->ControlHead >> port->ControlShift != 0)
        {
            GrowControl(port);
            tail = port->ControlTail;
        }
        port->ControlTail = tail + 1;
        return port->Control + (tail & port->ControlMask);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowData(PortState* port) =>
        Grow(ref *(nint*)&port->Data, ref port->DataHead, ref port->DataServe, ref port->DataTail, ref port->DataShift);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowControl(PortState* port) =>
        Grow(ref *(nint*)&port->Control, ref port->ControlHead, ref port->ControlServe, ref port->ControlTail, ref port->ControlShift);

    private void Grow(ref nint ring, ref uint head, ref uint serve, ref uint tail, ref byte shift)
    {
        uint old = ring == 0 ? 0 : 1u << shift;
        uint mask = old - 1;
        shift = ring == 0 ? (byte)FirstRingShift : (byte)(shift + 1);
        uint capacity = 1u << shift;
        var bigger = (Packet*)Pool.Take(capacity * (long)sizeof(Packet));
        uint count = tail - head;
        for (uint i = 0; i < count; i++)
        {
            bigger[i] = ((Packet*)ring)[(head + i) & mask];
        }
        if (old != 0)
        {
            Pool.Give((void*)ring, old * (long)sizeof(Packet));
        }
        ring = (nint)bigger;
        serve -= head;
        tail = count;
        head = 0;
    }

    private const int FirstRingShift = 4;

    /// <summary>Whether a packet is in service or on the wire, and so an event in the calendar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool UnderWay(PortState* port) => port->DataHead != port->DataServe || port->ControlHead != port->ControlServe;

    /// <summary>When the next packet reaches the far end; only while one is under way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long NextArrival(PortState* port)
    {
        long low = port->DataHead != port->DataServe ? port->Data[port->DataHead & port->DataMask].Arrival : long.MaxValue;
        long high = port->ControlHead != port->ControlServe ? port->Control[port->ControlHead & port->ControlMask].Arrival : long.MaxValue;
        return Math.Min(low, high);
    }

    // ---- The server of a port
    // ------------------------------------------------------------------------------------------------------------

    /// <summary>Replays what the port's server did up to and including <paramref name="now"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CatchUp(PortState* port, long now)
    {
        if ((port->Flags & PortState.Busy) != 0 && port->ServiceEnd <= now)
        {
            CatchUpSlowly(port, now);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CatchUpSlowly(PortState* port, long now)
    {
        do
        {
            EndService(port);
            if (!BeginService(port, port->ServiceEnd))
            {
                return;
            }
        } while (port->ServiceEnd <= now);
    }

    /// <summary>The packet in service has left the queue; data is marked by what it leaves behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndService(PortState* port)
    {
        if ((port->Flags & PortState.ControlInService) != 0)
        {
            port->ControlBytes -= port->Control[(port->ControlServe - 1) & port->ControlMask].Size;
            return;
        }
        Packet* packet = port->Data + ((port->DataServe - 1) & port->DataMask);
        int left = port->DataBytes - packet->Size;
        port->DataBytes = left;
        if (left > _classes[port->Class].EcnLow && (port->Flags & PortState.EcnEnabled) != 0)
        {
            Mark(port, packet, left);
        }
        if (_eager)
        {
            Release(port, packet->Size);
        }
        if (_telemetry)
        {
            Telemetry(port, packet);
        }
    }

    /// <summary>Marks a packet that left so much behind, with the odds of its port's thresholds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Mark(PortState* port, Packet* packet, int left)
    {
        PortClass* shared = _classes + port->Class;
        PortRecord* record = _records + (port - Ports);
        if (
            left <= shared->EcnHigh
            && (ulong)Hash.Next(ref record->Random) * (ulong)(shared->EcnHigh - shared->EcnLow)
                >= (ulong)(left - shared->EcnLow) * _mostMarked
        )
        {
            return;
        }
        record->MarkedPackets++;
        if ((packet->Header & Packet.EcnMarked) == 0)
        {
            packet->Header |= Packet.EcnMarked;
            Counters.Marked++;
        }
    }

    /// <summary>Takes the next packet into service, control first; false when none may go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool BeginService(PortState* port, long start)
    {
        Packet* packet;
        int flags = port->Flags;
        if (port->ControlServe != port->ControlTail)
        {
            packet = port->Control + (port->ControlServe++ & port->ControlMask);
            flags |= PortState.Busy | PortState.ControlInService;
        }
        else if (port->DataServe != port->DataTail && (!_eager || MaySend(port, port->Data[port->DataServe & port->DataMask].Size)))
        {
            packet = port->Data + (port->DataServe++ & port->DataMask);
            flags = (flags | PortState.Busy) & ~PortState.ControlInService;
        }
        else if (ClassQueues is not null && (flags & PortState.FromHost) == 0 && ClassQueues.Next(port))
        {
            packet = port->Data + (port->DataServe++ & port->DataMask);
            flags = (flags | PortState.Busy) & ~PortState.ControlInService;
        }
        else
        {
            port->Flags = (ushort)(flags & ~PortState.Busy);
            return false;
        }
        port->Flags = (ushort)flags;
        PutOnWire(port, packet, start);
        return true;
    }

    /// <summary>Stamps a packet that enters service with its arrival at the far end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutOnWire(PortState* port, Packet* packet, long start)
    {
        PortClass* shared = _classes + port->Class;
        long end = start + (((long)packet->Size * shared->ByteTime) >> 16) + shared->GapTime;
        _tallies[port - Ports].SentBytes += packet->Size;
        if (_errorRate > 0)
        {
            end = Corrupt(port, packet, end);
        }
        port->ServiceEnd = end;
        long arrival = end + shared->Delay;
        if ((port->Flags & PortState.CutThrough) != 0)
        {
            arrival = Math.Max(start + (((long)_headerBytes * shared->ByteTime) >> 16) + shared->Delay, end);
        }
        if (_eager)
        {
            _records[port - Ports].InServiceFrom = (int)packet->Arrival;
            if (packet->IsData)
            {
                Spend(port, packet->Size);
            }
            Calendar.Insert(end, World.ServiceEvents + (uint)(port - Ports));
        }
        packet->Arrival = arrival;
    }

    // ---- Acknowledgement records
    // -----------------------------------------------------------------------------------------------------------

    /// <summary>A fresh acknowledgement record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint TakeAck()
    {
        if (_ackFree == uint.MaxValue)
        {
            MoreAcks();
        }
        uint index = _ackFree;
        _ackFree = Ack(index)->NextFree;
        return index;
    }

    /// <summary>The record with this index, whichever part took it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AckRecord* Ack(uint index) => _acks[index >> AckStore.ChunkShift] + (index & (AckStore.ChunkRecords - 1));

    /// <summary>Gives a record back, to this part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FreeAck(uint index)
    {
        Ack(index)->NextFree = _ackFree;
        _ackFree = index;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoreAcks()
    {
        uint first = World.Acks.Add();
        for (uint i = AckStore.ChunkRecords; i-- > 0; )
        {
            FreeAck(first + i);
        }
    }

    // ---- Services for transports
    // -----------------------------------------------------------------------------------------------------------

    /// <summary>Puts a flow at the end of its host's round of senders, unless it stands there already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Activate(int flow, int host)
    {
        if (_flowNext[flow] != NotQueued)
        {
            return;
        }
        HostState* state = _hosts + host;
        _flowNext[flow] = EndOfList;
        if (state->ActiveCount++ == 0)
        {
            state->ActiveHead = flow;
        }
        else
        {
            _flowNext[state->ActiveTail] = flow;
        }
        state->ActiveTail = flow;
    }

    /// <summary>Takes the first flow out of a host's round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeActive(HostState* state)
    {
        int flow = state->ActiveHead;
        state->ActiveHead = _flowNext[flow];
        state->ActiveCount--;
        _flowNext[flow] = NotQueued;
        return flow;
    }

    public const int NotQueued = -2;
    public const int EndOfList = -1;

    /// <summary>Hands a control packet for a peer to its host's card; the card sends it when its turn comes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Packet* SendControl(int host, int peer, int flow)
    {
        int first = World.HostPorts.Pointer[host];
        PortState* port = Ports + first;
        int count = World.HostPorts.Pointer[host + 1] - first;
        if (count > 1)
        {
            port = LeastControl(flow, host, first, count, peer);
        }
        Counters.ControlSent++;
        port->ControlBytes += _headerBytes;
        Packet* packet = PushControl(port);
        packet->Size = (ushort)_headerBytes;
        return packet;
    }

    /// <summary>Wakes a flow's transport at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetFlowTimer(int flow, long time)
    {
        Debug.Assert(time >= Now);
        SetTimer(time, World.FlowEvents + (uint)flow);
    }

    /// <summary>Wakes a host's transport at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetHostTimer(int host, long time)
    {
        SetTimer(Math.Max(time, Now), World.HostEvents + (uint)host);
    }

    /// <summary>Reads a cache line that an event will soon need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Calendar.Dispose();
        Pool.Dispose();
        DisposeWindows();
        NativeMemory.Free(_paths);
        _paths = null;
    }
}
