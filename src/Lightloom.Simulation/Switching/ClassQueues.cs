using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// Switch ports with a queue for each class of data, strict and weighted service, and a buffer that all ports of a switch share. The port's
/// own ring then holds no more than what is in service and on the wire.
/// </summary>
internal sealed unsafe class ClassQueues
{
    private struct ClassQueue
    {
        public Packet* Ring;
        public uint Head;
        public uint Tail;
        public uint Capacity;
        public int Bytes;
        public int Deficit;
    }

    private struct Tally
    {
        public long Forwarded;
        public long Dropped;
        public long Trimmed;
        public long Pauses;
        public long PeakQueue;
        public long PeakHeadroom;
    }

    private readonly Partition _partition;
    private readonly World _world;
    private readonly TrafficClass[] _classes;
    private readonly int _count;
    private readonly ClassQueue* _queues;
    private readonly int[] _turn;
    private readonly bool[] _marks;
    private readonly Tally[] _tallies;

    // By switch: bytes in the shared buffer. By upstream port and class: bytes in this switch, and those of them that stand in headroom.
    private readonly long[] _used;
    private readonly long[] _held;
    private readonly long[] _headroom;
    private readonly int[] _pauseSent;
    private readonly int[] _paused;
    private readonly Queue<byte>?[] _toggles;
    private readonly long _bufferBytes;
    private readonly bool _shared;
    private readonly double _pauseAlpha;
    private readonly long _pauseBytes;
    private readonly long _headroomAsked;

    /// <summary>
    /// An upstream port goes on when its bytes are this far below the threshold that stopped it, as in the simulators of HPCC.
    /// </summary>
    private const long ResumeOffset = 3 << 10;

    /// <summary>The bytes that an upstream port stopped at <paramref name="pausedAt"/> may still hold when it is told to go on.</summary>
    internal static long ResumeAt(long pausedAt) => Math.Max(0, pausedAt - ResumeOffset);

    /// <summary>Each ingress and class may hold so much however little is free, as in the simulators of HPCC.</summary>
    private const long ReserveBytes = 4 << 10;

    /// <summary>The bytes at which an ingress and class of a shared buffer is paused: a share of what is free, and never below a packet.</summary>
    internal static long SharedPauseAt(double alpha, long free, int mtu) => Math.Max(Math.Max(ReserveBytes, mtu), (long)(alpha * free));

    public ClassQueues(Partition partition)
    {
        _partition = partition;
        _world = partition.World;
        SimulationOptions options = _world.Options;
        _classes = options.Classes.Count == 0 ? [new TrafficClass("data")] : [.. options.Classes];
        _count = _classes.Length;
        _queues = (ClassQueue*)partition.Pool.TakeZeroed((long)_world.PortCount * _count * sizeof(ClassQueue));
        _turn = new int[_world.PortCount];
        _marks = new bool[_world.PortCount];
        _tallies = new Tally[_count];
        _used = new long[_world.Network.Switches.Count];
        PeakBuffer = new long[_used.Length];
        _held = new long[_world.PortCount * _count];
        _headroom = new long[_world.PortCount * _count];
        _pauseSent = new int[_world.PortCount];
        _paused = new int[_world.PortCount];
        _toggles = new Queue<byte>?[_world.PortCount];
        _shared = options.SharedBufferBytes > 0;
        _bufferBytes = options.SharedBufferBytes;
        _pauseAlpha = options.PauseAlpha;
        _pauseBytes = options.PauseBytes > 0 ? options.PauseBytes : 15L * _world.Parameters.Mtu;
        _headroomAsked = options.HeadroomBytes;
        bool marks = _world.Parameters.Marks;
        for (int i = 0; i < _world.PortCount; i++)
        {
            int flags = partition.Ports[i].Flags;
            _marks[i] = marks && (flags & PortState.FromHost) == 0 && ((flags & PortState.ToHost) == 0 || _world.Parameters.EcnOnLastHop);
        }
    }

    /// <summary>By switch: the most bytes its shared buffer held.</summary>
    public long[] PeakBuffer { get; }

    /// <summary>Packets that wait in class queues.</summary>
    public long Waiting { get; private set; }

    private int ClassOf(Packet* packet) => _world.FlowClass[packet->Flow < 0 ? ~packet->Flow : packet->Flow];

    // ---- Admission
    // -------------------------------------------------------------------------------------------------------------------------

    /// <summary>A data packet reaches the output port that it shall leave by.</summary>
    /// <returns>Whether it was taken in; if not, the caller trims or drops what <paramref name="shed"/> then holds.</returns>
    public bool Admit(PortState* port, Packet* arriving, int from, long now, Packet* shed)
    {
        long index = port - _partition.Ports;
        int which = ClassOf(arriving);
        int at = _world.Records[index].Owner;
        ClassQueue* queue = _queues + index * _count + which;
        int size = arriving->Size;
        ref Tally tally = ref _tallies[which];
        if (_classes[which].Lossless)
        {
            if (!Hold(at, from, which, size, now))
            {
                Count(ref tally);
                *shed = *arriving;
                return false;
            }
        }
        else
        {
            long limit = _shared ? (long)(_classes[which].Alpha * (_bufferBytes - _used[at])) : _world.Parameters.QueueBytes;
            if (queue->Bytes + size > limit || (_shared && _used[at] + size > _bufferBytes))
            {
                Count(ref tally);
                *shed = *arriving;
                // With equal odds the last one that waits goes instead, so that no sender is singled out by its phase.
                if (queue->Head != queue->Tail && (Hash.Next(ref _world.Records[index].Random) & 0x8000_0000) != 0)
                {
                    Packet* last = queue->Ring + ((queue->Tail - 1) & (queue->Capacity - 1));
                    int change = size - last->Size;
                    if (queue->Bytes + change <= limit && (!_shared || _used[at] + change <= _bufferBytes))
                    {
                        *shed = *last;
                        *last = *arriving;
                        last->Arrival = from;
                        queue->Bytes += change;
                        port->DataBytes += change;
                        _used[at] += change;
                    }
                }
                return false;
            }
            _used[at] += size;
        }
        PeakBuffer[at] = Math.Max(PeakBuffer[at], _used[at]);
        Packet* slot = Push(queue);
        *slot = *arriving;
        slot->Arrival = from;
        queue->Bytes += size;
        tally.PeakQueue = Math.Max(tally.PeakQueue, queue->Bytes);
        port->DataBytes += size;
        _world.Tallies[index].PeakBytes = Math.Max(_world.Tallies[index].PeakBytes, port->DataBytes);
        return true;
    }

    private void Count(ref Tally tally)
    {
        if (_world.Parameters.Trim)
        {
            tally.Trimmed++;
        }
        else
        {
            tally.Dropped++;
        }
    }

    private Packet* Push(ClassQueue* queue)
    {
        if (queue->Tail - queue->Head == queue->Capacity)
        {
            uint old = queue->Capacity;
            uint capacity = Math.Max(16, old * 2);
            var ring = (Packet*)_partition.Pool.Take(capacity * (long)sizeof(Packet));
            for (uint i = 0; i < old; i++)
            {
                ring[i] = queue->Ring[(queue->Head + i) & (old - 1)];
            }
            if (old != 0)
            {
                _partition.Pool.Give(queue->Ring, old * (long)sizeof(Packet));
            }
            queue->Ring = ring;
            queue->Head = 0;
            queue->Tail = old;
            queue->Capacity = capacity;
        }
        Waiting++;
        return queue->Ring + (queue->Tail++ & (queue->Capacity - 1));
    }

    // ---- Lossless classes
    // ------------------------------------------------------------------------------------------------------------------

    private long PauseAt(int at) => _shared ? SharedPauseAt(_pauseAlpha, _bufferBytes - _used[at], _world.Parameters.Mtu) : _pauseBytes;

    /// <summary>
    /// What reaches a switch after it has asked for a pause: the link's round trip, the pause frame, and a packet at either end.
    /// </summary>
    private long HeadroomOf(int from)
    {
        if (_headroomAsked >= 0)
        {
            return _headroomAsked;
        }
        PortClass* link = _world.Classes + _partition.Ports[from].Class;
        return (long)(2.0 * link->Delay / (link->ByteTime / 65536.0)) + _world.Parameters.Header + 2L * _world.Parameters.Mtu;
    }

    private bool Hold(int at, int from, int which, int size, long now)
    {
        int index = from * _count + which;
        bool stopped = (_pauseSent[from] >> which & 1) != 0;
        if (!stopped && (_held[index] + size > PauseAt(at) || (_shared && _used[at] + size > _bufferBytes)))
        {
            stopped = true;
            _pauseSent[from] |= 1 << which;
            _partition.Counters.Pauses++;
            _tallies[which].Pauses++;
            Tell(from, which, now);
        }
        if (stopped)
        {
            if (_headroom[index] + size > HeadroomOf(from))
            {
                return false;
            }
            _headroom[index] += size;
            _tallies[which].PeakHeadroom = Math.Max(_tallies[which].PeakHeadroom, _headroom[index]);
        }
        else
        {
            _used[at] += size;
        }
        _held[index] += size;
        return true;
    }

    private void Tell(int from, int which, long now)
    {
        (_toggles[from] ??= new Queue<byte>()).Enqueue((byte)which);
        _partition.SendToggle(from, now);
    }

    /// <summary>A pause or resume reaches a port; true when the port may now send more than before.</summary>
    public bool Toggle(PortState* port, long now)
    {
        long index = port - _partition.Ports;
        if (_toggles[index] is not { Count: > 0 } told)
        {
            return false;
        }
        int which = told.Dequeue();
        PortRecord* record = _world.Records + index;
        bool before = _paused[index] != 0;
        _paused[index] ^= 1 << which;
        if (_paused[index] != 0 && !before)
        {
            record->PausedSince = Math.Max(1, now);
        }
        else if (_paused[index] == 0 && before)
        {
            record->PausedTotal += now - record->PausedSince;
            record->PausedSince = 0;
        }
        return (_paused[index] >> which & 1) == 0;
    }

    /// <summary>Whether a port has been told to keep back what a flow sends.</summary>
    public bool Holds(PortState* port, int flow) => (_paused[port - _partition.Ports] >> _world.FlowClass[flow] & 1) != 0;

    // ---- Service
    // ---------------------------------------------------------------------------------------------------------------------------

    /// <summary>Moves the packet whose turn it is to the end of the port's ring; false when none may go.</summary>
    public bool Next(PortState* port)
    {
        long index = port - _partition.Ports;
        ClassQueue* queues = _queues + index * _count;
        int paused = _paused[index];
        bool weighted = false;
        for (int c = 0; c < _count; c++)
        {
            if (queues[c].Head == queues[c].Tail || (paused >> c & 1) != 0)
            {
                continue;
            }
            if (_classes[c].Strict)
            {
                Take(port, queues + c);
                return true;
            }
            weighted = true;
        }
        if (!weighted)
        {
            return false;
        }
        // Deficit round robin: a class goes on until its allowance is used up, then the next one gets a fresh allowance.
        int turn = _turn[index];
        while (true)
        {
            ClassQueue* queue = queues + turn;
            bool ready = queue->Head != queue->Tail && (paused >> turn & 1) == 0 && !_classes[turn].Strict;
            if (ready)
            {
                int size = queue->Ring[queue->Head & (queue->Capacity - 1)].Size;
                if (queue->Deficit >= size)
                {
                    queue->Deficit -= size;
                    _turn[index] = turn;
                    Take(port, queue);
                    return true;
                }
            }
            else if (queue->Head == queue->Tail)
            {
                queue->Deficit = 0;
            }
            turn = turn + 1 == _count ? 0 : turn + 1;
            ClassQueue* next = queues + turn;
            if (next->Head != next->Tail && (paused >> turn & 1) == 0)
            {
                next->Deficit += _classes[turn].Weight * _world.Parameters.Mtu;
            }
        }
    }

    private void Take(PortState* port, ClassQueue* queue)
    {
        *_partition.PushData(port) = queue->Ring[queue->Head++ & (queue->Capacity - 1)];
        Waiting--;
    }

    /// <summary>The packet in service has left: its bytes are free, and the port that brought it may hear of room.</summary>
    public void Release(PortState* port, Packet* packet, long now)
    {
        long index = port - _partition.Ports;
        int which = ClassOf(packet);
        ClassQueue* queue = _queues + index * _count + which;
        queue->Bytes -= packet->Size;
        _tallies[which].Forwarded += packet->Size;
        if (_marks[index] && queue->Bytes > _world.Classes[port->Class].EcnLow)
        {
            _partition.Mark(port, packet, queue->Bytes);
        }
        Free(_world.Records[index].Owner, _world.Records[index].InServiceFrom, which, packet->Size, now);
    }

    private void Free(int at, int from, int which, int size, long now)
    {
        if (!_classes[which].Lossless)
        {
            _used[at] -= size;
            return;
        }
        int index = from * _count + which;
        long spare = Math.Min(size, _headroom[index]);
        _headroom[index] -= spare;
        _used[at] -= size - spare;
        _held[index] -= size;
        if ((_pauseSent[from] >> which & 1) != 0 && _headroom[index] == 0 && _held[index] <= ResumeAt(PauseAt(at)))
        {
            _pauseSent[from] &= ~(1 << which);
            Tell(from, which, now);
        }
    }

    // ---- Faults and results
    // ------------------------------------------------------------------------------------------------------------------

    /// <summary>A port's link dies: what waits for it is lost, and neither end is paused any more.</summary>
    public void Kill(PortState* port, long now)
    {
        long index = port - _partition.Ports;
        int owner = _world.Records[index].Owner;
        if (owner >= 0)
        {
            if ((port->Flags & (PortState.Busy | PortState.ControlInService)) == PortState.Busy)
            {
                Packet* serving = port->Data + ((port->DataServe - 1) & port->DataMask);
                _queues[index * _count + ClassOf(serving)].Bytes -= serving->Size;
                Free(owner, _world.Records[index].InServiceFrom, ClassOf(serving), serving->Size, now);
            }
            for (int c = 0; c < _count; c++)
            {
                ClassQueue* queue = _queues + index * _count + c;
                for (; queue->Head != queue->Tail; queue->Head++, Waiting--)
                {
                    Packet* packet = queue->Ring + (queue->Head & (queue->Capacity - 1));
                    queue->Bytes -= packet->Size;
                    Free(owner, (int)packet->Arrival, c, packet->Size, now);
                    _partition.Lose(port, packet);
                }
            }
        }
        if (_paused[index] != 0)
        {
            _world.Records[index].PausedTotal += now - _world.Records[index].PausedSince;
            _world.Records[index].PausedSince = 0;
        }
        _paused[index] = 0;
        _pauseSent[index] = 0;
        _toggles[index]?.Clear();
    }

    /// <summary>Whether a port holds data that it has been told to keep.</summary>
    public bool IsStuck(int port)
    {
        bool any = false;
        for (int c = 0; c < _count; c++)
        {
            any |= _queues[(long)port * _count + c].Head != _queues[(long)port * _count + c].Tail;
        }
        return any && (_partition.Ports[port].Flags & PortState.Busy) == 0;
    }

    /// <summary>Sums up each class.</summary>
    public IReadOnlyList<ClassResult> Results()
    {
        var results = new ClassResult[_count];
        for (int c = 0; c < _count; c++)
        {
            Tally t = _tallies[c];
            results[c] = new ClassResult(
                _classes[c].Name,
                DataSize.FromBytes(t.Forwarded),
                t.Dropped,
                t.Trimmed,
                t.Pauses,
                DataSize.FromBytes(t.PeakQueue),
                DataSize.FromBytes(t.PeakHeadroom)
            );
        }
        return results;
    }
}
