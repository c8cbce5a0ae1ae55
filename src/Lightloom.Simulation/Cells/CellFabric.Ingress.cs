using System.Numerics;
using System.Runtime.CompilerServices;
using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>Virtual output queues: packets wait here, at the ingress leaf, for credit.</summary>
internal sealed unsafe partial class CellFabric
{
    private NativeArray<Voq> _voqArray = new(0);
    private Voq* _voqs;
    private int _voqsUsed;

    private struct Entry
    {
        public ulong Key;
        public int Voq;
    }

    // From source, port and class to a queue: open addressing, half full at most.
    private NativeArray<Entry> _entries = new(0);
    private uint _entryMask;

    /// <summary>By a host's uplink: what its queues are told apart by, and how many of those there are.</summary>
    private readonly int[] _sourceOf;

    private readonly long[] _leafBytes;
    private readonly int[] _pauseCount;
    private readonly List<(int Port, int Next)> _pauses = [];
    private int _pauseFree = -1;

    private long _statusCells;
    private long _voqPeakBytes;
    private long _leafPeakBytes;
    private long _spilledBytes;
    private long _spillPeakBytes;
    private long _voqDrops;

    private int[] Sources()
    {
        var sources = new int[_world.PortCount];
        if (_options.Share == CreditShare.IngressPort)
        {
            for (int i = 0; i < sources.Length; i++)
            {
                sources[i] = i;
            }
            return sources;
        }
        var seen = new int[_leafCount];
        foreach (LinkDescription link in _world.Network.Links)
        {
            if (link.A.IsHost)
            {
                seen[_routes.LeafOf[link.Z.Index]]++;
            }
        }
        int slicePorts = _options.SlicePorts ?? int.MaxValue;
        var first = new int[_leafCount];
        for (int leaf = 1; leaf < _leafCount; leaf++)
        {
            first[leaf] = first[leaf - 1] + (seen[leaf - 1] - 1) / slicePorts + 1;
        }
        Array.Clear(seen);
        for (int i = 0; i < _world.Network.Links.Count; i++)
        {
            LinkDescription link = _world.Network.Links[i];
            if (link.A.IsHost)
            {
                int leaf = _routes.LeafOf[link.Z.Index];
                sources[_world.UpPort[i]] = first[leaf] + seen[leaf]++ / slicePorts;
            }
        }
        return sources;
    }

    /// <summary>A packet from a host has reached its leaf.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Accept(int at, Packet* packet, int from, long now)
    {
        Attachment* attachment = _world.Attachments.Pointer + packet->Destination * _world.PlaneCount + _world.Switches[at].Plane;
        if (attachment->Count != 1)
        {
            if (attachment->Count == 0)
            {
                _partition.Drop(packet, ref _partition.Counters.DroppedNoRoute);
                return;
            }
            attachment = _world.AttachmentOf(attachment, packet, at);
        }
        int index = Find(_sourceOf[from], attachment, at, packet->IsData ? 0u : 1u);
        Voq* voq = _voqs + index;
        int size = packet->Size;
        if (
            _bursts
            && (
                voq->Bytes + size > Math.Min(voq->FullBytes, _voqPeakBytes)
                || _leafBytes[voq->Leaf] + size > Math.Min(_leafPeakBytes, _options.SramBytes)
            )
        )
        {
            // Otherwise it can wait until the next burst arrives.
            Vacate(voq, now);
        }
        if (packet->IsData && voq->Bytes + size > voq->FullBytes)
        {
            if (_options.VoqFull == VoqFullAction.Drop)
            {
                _voqDrops++;
                _partition.Drop(packet, ref _partition.Counters.DroppedQueueFull);
                return;
            }
            Pause(voq, from, now);
        }
        packet->Arrival = now;
        Queued* queued = Push(voq);
        queued->Packet = *packet;
        queued->State = 0;
        queued->Level = 0;
        Occupy(voq, size);
        _statusCells +=
            voq->Tail - voq->Head == 1 || (voq->Asked + size + _gap) / _options.CreditBytes != voq->Asked / _options.CreditBytes ? 1 : 0;
        voq->Asked += size + _gap;
        if (_bursts)
        {
            Match(index, voq, now);
        }
        else if (voq->Balance > 0)
        {
            Release(index, voq, now);
        }
        if ((voq->Listed | voq->StatusSent) == 0)
        {
            voq->StatusSent = 1;
            _partition.Calendar.Insert(now + voq->ControlDelay, _voqEvents + (uint)index * VoqKinds + StatusKind);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Occupy(Voq* voq, int size)
    {
        voq->Bytes += size;
        long leaf = _leafBytes[voq->Leaf] += size;
        if (voq->Bytes > _voqPeakBytes)
        {
            _voqPeakBytes = voq->Bytes;
        }
        if (leaf > _leafPeakBytes)
        {
            _leafPeakBytes = leaf;
        }
        if (leaf > _options.SramBytes)
        {
            _spilledBytes += Math.Min(size, leaf - _options.SramBytes);
            _spillPeakBytes = Math.Max(_spillPeakBytes, leaf - _options.SramBytes);
        }
    }

    /// <summary>Sends while there is credit; the last packet may take the balance below zero, which the next credit repays.</summary>
    private void Release(int index, Voq* voq, long now)
    {
        while (voq->Balance > 0 && voq->Head != voq->Tail)
        {
            Packet packet = voq->Ring[voq->Head & voq->Mask].Packet;
            int charge = packet.Size + _gap;
            if (voq->Seen == voq->Head)
            {
                voq->Seen++;
                voq->Known += charge;
            }
            voq->Oldest = ++voq->Head;
            voq->Balance -= charge;
            voq->Bytes -= packet.Size;
            _leafBytes[voq->Leaf] -= packet.Size;
            Send(index, voq, &packet, now);
        }
        if (voq->Balance > 0 && _options.Hungry == HungryPolicy.None)
        {
            voq->Granted -= voq->Balance;
            voq->Balance = 0;
        }
        if (voq->FirstPause >= 0 && voq->Bytes <= voq->FullBytes * _options.ResumeShare)
        {
            Resume(voq, now);
        }
    }

    private void CreditArrives(int index, long now)
    {
        Voq* voq = _voqs + index;
        voq->Balance += _options.CreditBytes;
        if (voq->Balance > _options.BalanceBytes)
        {
            voq->Granted -= voq->Balance - _options.BalanceBytes;
            voq->Balance = _options.BalanceBytes;
        }
        Release(index, voq, now);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Queued* Push(Voq* voq)
    {
        uint tail = voq->Tail;
        if (voq->Ring == null || tail - voq->Oldest >> voq->Shift != 0)
        {
            Grow(voq);
            tail = voq->Tail;
        }
        voq->Tail = tail + 1;
        return voq->Ring + (tail & voq->Mask);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(Voq* voq)
    {
        uint old = voq->Ring == null ? 0 : 1u << voq->Shift;
        byte shift = voq->Ring == null ? (byte)2 : (byte)(voq->Shift + 1);
        var bigger = (Queued*)_partition.Pool.Take((1L << shift) * sizeof(Queued));
        uint first = voq->Oldest;
        uint count = voq->Tail - first;
        for (uint i = 0; i < count; i++)
        {
            bigger[i] = voq->Ring[(first + i) & (old - 1)];
        }
        if (old != 0)
        {
            _partition.Pool.Give(voq->Ring, old * (long)sizeof(Queued));
        }
        voq->Ring = bigger;
        voq->Shift = shift;
        voq->Seen -= first;
        voq->Unsent -= first;
        voq->Head -= first;
        voq->Oldest = 0;
        voq->Tail = count;
    }

    // ---- Which queue
    // -------------------------------------------------------------------------------------------------------------------------

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(int source, Attachment* attachment, int at, uint control)
    {
        ulong key = KeyOf(source, attachment->Port, control);
        uint place = SlotOf(key);
        while (true)
        {
            Entry* entry = _entries.Pointer + place;
            if (entry->Key == key)
            {
                return entry->Voq;
            }
            if (entry->Key == 0)
            {
                return Create(key, place, attachment, at, control);
            }
            place = (place + 1) & _entryMask;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong KeyOf(int source, int port, uint control) => ((ulong)(uint)source << 32) + ((ulong)(uint)port << 1) + control + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint SlotOf(ulong key) => (uint)((key * 0x9E3779B97F4A7C15UL) >> 32) & _entryMask;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Create(ulong key, uint place, Attachment* attachment, int at, uint control)
    {
        if (_voqsUsed == _voqArray.Length)
        {
            GrowVoqs();
            place = SlotOf(key);
            while (_entries.Pointer[place].Key != 0)
            {
                place = (place + 1) & _entryMask;
            }
        }
        if ((long)_voqEvents + (_voqsUsed + 1L) * VoqKinds >= 1L << Calendar.IdBits)
        {
            throw new RefusedException(
                $"{_voqsUsed} virtual output queues are more than one run can number; simulate fewer pairs of hosts"
            );
        }
        int index = _voqsUsed++;
        _entries.Pointer[place] = new Entry { Key = key, Voq = index };
        Voq* voq = _voqs + index;
        *voq = new Voq
        {
            Control = (byte)control,
            Leaf = _routes.LeafOf[at],
            EgressLeaf = _routes.LeafOf[attachment->Leaf],
            Port = attachment->Port,
            NextListed = -1,
            FirstTransit = -1,
            LastTransit = -1,
            FirstPause = -1,
        };
        double perPicosecond = 65536.0 / _world.Classes[_ports[voq->Port].Class].ByteTime;
        voq->FullBytes = _options.VoqBytes > 0 ? _options.VoqBytes : (long)(CellOptions.VoqPicoseconds * perPicosecond);
        if (_options.Hungry == HungryPolicy.TopUp)
        {
            voq->Balance = voq->Granted = voq->Base = _options.HungryBytes;
        }
        if (_bursts)
        {
            voq->CreditTimes = (long*)_partition.Pool.TakeZeroed(((long)_creditMask + 1) * sizeof(long));
        }
        Measure(voq);
        return index;
    }

    private void GrowVoqs()
    {
        int capacity = Math.Max(1024, _voqArray.Length * 2);
        var bigger = new NativeArray<Voq>(capacity);
        new ReadOnlySpan<Voq>(_voqs, _voqsUsed).CopyTo(new Span<Voq>(bigger.Pointer, capacity));
        _voqArray.Dispose();
        _voqArray = bigger;
        _voqs = bigger.Pointer;
        NativeArray<Entry> old = _entries;
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2);
        _entries = new NativeArray<Entry>(slots);
        _entryMask = (uint)slots - 1;
        for (int i = 0; i < old.Length; i++)
        {
            if (old[i].Key != 0)
            {
                uint place = SlotOf(old[i].Key);
                while (_entries.Pointer[place].Key != 0)
                {
                    place = (place + 1) & _entryMask;
                }
                _entries.Pointer[place] = old[i];
            }
        }
        old.Dispose();
    }

    // ---- Back-pressure
    // -----------------------------------------------------------------------------------------------------------------------

    private void Pause(Voq* voq, int port, long now)
    {
        for (int at = voq->FirstPause; at >= 0; at = _pauses[at].Next)
        {
            if (_pauses[at].Port == port)
            {
                return;
            }
        }
        int entry = _pauseFree;
        if (entry >= 0)
        {
            _pauseFree = _pauses[entry].Next;
            _pauses[entry] = (port, voq->FirstPause);
        }
        else
        {
            entry = _pauses.Count;
            _pauses.Add((port, voq->FirstPause));
        }
        voq->FirstPause = entry;
        if (_pauseCount[port]++ == 0)
        {
            _partition.Counters.Pauses++;
            SendPause(port, now);
        }
    }

    private void Resume(Voq* voq, long now)
    {
        while (voq->FirstPause >= 0)
        {
            int entry = voq->FirstPause;
            int port = _pauses[entry].Port;
            voq->FirstPause = _pauses[entry].Next;
            _pauses[entry] = (port, _pauseFree);
            _pauseFree = entry;
            if (--_pauseCount[port] == 0)
            {
                SendPause(port, now);
            }
        }
    }

    // A pause frame takes a control packet's time on the way back.
    private void SendPause(int port, long now)
    {
        PortClass* upstream = _world.Classes + _ports[port].Class;
        _partition.Calendar.Insert(
            now + upstream->Delay + (((long)_world.Parameters.Header * upstream->ByteTime) >> 16),
            _pauseEvents + (uint)port
        );
    }

    /// <summary>A pause or its end has reached a host's port; true when the port may send now.</summary>
    public bool ApplyPause(int index, long now)
    {
        PortState* port = _ports + index;
        PortRecord* record = _world.Records + index;
        bool paused = (port->Flags & PortState.Paused) != 0;
        if (_pauseCount[index] > 0)
        {
            if (!paused)
            {
                port->Flags |= PortState.Paused;
                record->PausedSince = Math.Max(1, now);
            }
            return false;
        }
        if (paused)
        {
            port->Flags = (ushort)(port->Flags & ~PortState.Paused);
            record->PausedTotal += now - record->PausedSince;
            record->PausedSince = 0;
        }
        return true;
    }
}
