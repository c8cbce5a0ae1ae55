using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lightloom.Simulation.Memory;

namespace Lightloom.Simulation.Events;

/// <summary>
/// The future: which port, timer or fault is due when. Buckets are one slice of time wide and sorted only when their turn comes.
/// </summary>
/// <remarks>
/// An event is one 64-bit key: the offset inside its bucket, then a tie-break drawn from the seed, the instant and the event, then the
/// event's number. Comparing keys therefore orders events by time, and events of one picosecond by a rule that favours no sender and does
/// not depend on who inserted first, which is what lets several threads reproduce one thread's order.
/// </remarks>
internal sealed unsafe class Calendar : IDisposable
{
    /// <summary>Bits of an event's number: ports, hosts and flows share them.</summary>
    public const int IdBits = 28;

    private const int TieBits = 16;

    /// <summary>Where a key's offset begins.</summary>
    public const int OffsetShift = IdBits + TieBits;

    /// <summary>Offsets are smaller than this.</summary>
    public const long OffsetLimit = 1L << MaximumShift;
    private const ulong IdMask = (1UL << IdBits) - 1;
    private const int MaximumShift = 64 - IdBits - TieBits;
    private const int FirstShift = 4;

    private struct Bucket
    {
        public ulong* Items;
        public int Count;

        /// <summary>Log2 of the room; an empty bucket owns none.</summary>
        public int Shift;
    }

    private struct Far
    {
        public long Time;
        public uint Id;
    }

    private readonly int _shift;
    private readonly int _bucketCount;
    private readonly long _bucketMask;
    private readonly ulong _seed;
    private readonly BlockPool _pool;
    private Bucket* _buckets;
    private ulong* _occupied;
    private long _current;
    private long _currentStart;
    private int _bucketed;

    private ulong* _sorted;
    private ulong* _scratch;
    private int _sortedCapacity;
    private int _position;
    private int _sortedCount;

    private ulong[] _near = new ulong[64];
    private int _nearCount;
    private Far[] _far = new Far[64];
    private int _farCount;

    /// <param name="shift">Log2 of a bucket's width in picoseconds, at most 20.</param>
    /// <param name="bucketCount">How many buckets, a power of two and at least 64; later events wait in a heap.</param>
    /// <param name="seed">Seeds the order of simultaneous events.</param>
    /// <param name="pool">Where buckets get their room.</param>
    public Calendar(int shift, int bucketCount, ulong seed, BlockPool pool)
    {
        _pool = pool;
        _shift = Math.Clamp(shift, 4, MaximumShift);
        _bucketCount = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, bucketCount));
        _bucketMask = _bucketCount - 1;
        _seed = seed * 0x9E3779B97F4A7C15UL + 0xD1B54A32D192ED03UL;
        _buckets = (Bucket*)NativeMemory.AllocZeroed((nuint)_bucketCount, (nuint)sizeof(Bucket));
        _occupied = (ulong*)NativeMemory.AllocZeroed((nuint)(_bucketCount / 64), sizeof(ulong));
        GrowSorted(1024);
    }

    /// <summary>No event is left anywhere.</summary>
    public bool IsEmpty => _position >= _sortedCount && _nearCount == 0 && _bucketed == 0 && _farCount == 0;

    /// <summary>Adds event <paramref name="id"/> at <paramref name="time"/>, which may not lie before the event last taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Insert(long time, uint id)
    {
        long bucket = time >> _shift;
        long ahead = bucket - _current;
        if (ahead > 0 && ahead < _bucketCount)
        {
            ulong key = KeyOf(time, id);
            Bucket* slot = _buckets + (bucket & _bucketMask);
            int count = slot->Count;
            if (count == 0)
            {
                Open(slot);
            }
            else if (count >> slot->Shift != 0)
            {
                Grow(slot);
            }
            slot->Items[count] = key;
            slot->Count = count + 1;
            if (count == 0)
            {
                long index = bucket & _bucketMask;
                _occupied[index >> 6] |= 1UL << (int)(index & 63);
            }
            _bucketed++;
        }
        else
        {
            InsertElsewhere(time, id, ahead);
        }
    }

    /// <summary>Takes the earliest event if it is due before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(long end, out long time, out uint id)
    {
        if (_nearCount == 0 && _position < _sortedCount)
        {
            ulong key = _sorted[_position];
            time = _currentStart + (long)(key >> (IdBits + TieBits));
            id = (uint)(key & IdMask);
            if (time >= end)
            {
                return false;
            }
            _position++;
            return true;
        }
        return TakeSlowly(end, out time, out id);
    }

    /// <summary>
    /// The event <paramref name="ahead"/> places after the next one, for prefetching; <see cref="uint.MaxValue"/> when unknown.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Peek(int ahead)
    {
        int at = _position + ahead;
        return at < _sortedCount ? (uint)(_sorted[at] & IdMask) : uint.MaxValue;
    }

    /// <summary>
    /// When the earliest event is due; <see cref="long.MaxValue"/> when there is none. Leaves the current bucket where it is.
    /// </summary>
    public long NextTime()
    {
        ulong key = ulong.MaxValue;
        if (_position < _sortedCount)
        {
            key = _sorted[_position];
        }
        if (_nearCount > 0)
        {
            key = Math.Min(key, _near[0]);
        }
        if (key != ulong.MaxValue)
        {
            return _currentStart + (long)(key >> (IdBits + TieBits));
        }
        long time = _farCount > 0 ? _far[0].Time : long.MaxValue;
        long bucket = NextOccupied();
        if (bucket != long.MaxValue)
        {
            Bucket* slot = _buckets + (bucket & _bucketMask);
            for (int i = 0; i < slot->Count; i++)
            {
                key = Math.Min(key, slot->Items[i]);
            }
            time = Math.Min(time, (bucket << _shift) + (long)(key >> (IdBits + TieBits)));
        }
        return time;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong KeyOf(long time, uint id)
    {
        ulong offset = (ulong)time & ((1UL << _shift) - 1);
        return KeyOf(offset, time, id);
    }

    /// <summary>The key of an event: its offset from wherever its slice of time begins, then its tie-break, then its number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong KeyOf(ulong offset, long time, uint id)
    {
        ulong mixed = ((ulong)time ^ _seed ^ ((ulong)id << 36)) * 0xD6E8FEB86659FD93UL;
        mixed ^= mixed >> 32;
        mixed *= 0xD6E8FEB86659FD93UL;
        return (offset << OffsetShift) | ((mixed >> (64 - TieBits)) << IdBits) | id;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void InsertElsewhere(long time, uint id, long ahead)
    {
        Debug.Assert(time >= _currentStart, "an event was put into the past");
        if (ahead <= 0)
        {
            PushNear(KeyOf(time, id));
        }
        else
        {
            PushFar(time, id);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeSlowly(long end, out long time, out uint id)
    {
        while (true)
        {
            bool fromNear = _nearCount > 0 && (_position >= _sortedCount || _near[0] < _sorted[_position]);
            if (fromNear || _position < _sortedCount)
            {
                ulong key = fromNear ? _near[0] : _sorted[_position];
                time = _currentStart + (long)(key >> (IdBits + TieBits));
                id = (uint)(key & IdMask);
                if (time >= end)
                {
                    return false;
                }
                if (fromNear)
                {
                    PopNear();
                }
                else
                {
                    _position++;
                }
                return true;
            }
            if (!Advance(end))
            {
                time = 0;
                id = 0;
                return false;
            }
        }
    }

    /// <summary>
    /// Makes the next bucket that holds an event the current one; false when no bucket before <paramref name="end"/> does.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Advance(long end)
    {
        long next = NextOccupied();
        if (_farCount > 0)
        {
            next = Math.Min(next, _far[0].Time >> _shift);
        }
        // A bucket that starts at or after the end of the window stays where it is: other threads may still add to the ones before it.
        if (next == long.MaxValue || (end != long.MaxValue && next > (end - 1) >> _shift))
        {
            return false;
        }
        _current = next;
        _currentStart = next << _shift;
        while (_farCount > 0 && (_far[0].Time >> _shift) - _current < _bucketCount)
        {
            Far far = PopFar();
            long bucket = far.Time >> _shift;
            if (bucket == _current)
            {
                PushNear(KeyOf(far.Time, far.Id));
            }
            else
            {
                Insert(far.Time, far.Id);
            }
        }
        long index = next & _bucketMask;
        Bucket* slot = _buckets + index;
        Sort(slot);
        _bucketed -= slot->Count;
        if (slot->Count > 0)
        {
            _pool.Give(slot->Items, sizeof(ulong) << slot->Shift);
            slot->Count = 0;
        }
        _occupied[index >> 6] &= ~(1UL << (int)(index & 63));
        return true;
    }

    private long NextOccupied()
    {
        if (_bucketed == 0)
        {
            return long.MaxValue;
        }
        long from = _current & _bucketMask;
        int words = _bucketCount / 64;
        int word = (int)(from >> 6);
        ulong bits = _occupied[word] & (~0UL << (int)(from & 63));
        for (int step = 0; step <= words; step++)
        {
            if (bits != 0)
            {
                long index = ((long)word << 6) + BitOperations.TrailingZeroCount(bits);
                return _current + ((index - from) & _bucketMask);
            }
            word = word + 1 == words ? 0 : word + 1;
            bits = _occupied[word];
        }
        throw new UnreachableException("a bucket's count and the occupancy map disagree");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort(Bucket* slot)
    {
        int n = slot->Count;
        _position = 0;
        _sortedCount = n;
        if (n == 0)
        {
            return;
        }
        if (n > _sortedCapacity)
        {
            GrowSorted(n * 2);
        }
        Buffer.MemoryCopy(slot->Items, _sorted, (long)n * sizeof(ulong), (long)n * sizeof(ulong));
        KeySort.Sort(_sorted, _scratch, n);
    }

    private void GrowSorted(int capacity)
    {
        _sorted = (ulong*)NativeMemory.Realloc(_sorted, (nuint)capacity * sizeof(ulong));
        _scratch = (ulong*)NativeMemory.Realloc(_scratch, (nuint)capacity * sizeof(ulong));
        _sortedCapacity = capacity;
    }

    // Room goes back when a bucket's turn is over and comes out again last in, first out: the few buckets that are filled at one time stay
    // in the cache.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Open(Bucket* slot)
    {
        slot->Items = (ulong*)_pool.Take(sizeof(ulong) << FirstShift);
        slot->Shift = FirstShift;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(Bucket* slot)
    {
        var bigger = (ulong*)_pool.Take(sizeof(ulong) << (slot->Shift + 1));
        for (int i = 0; i < slot->Count; i++)
        {
            bigger[i] = slot->Items[i];
        }
        _pool.Give(slot->Items, sizeof(ulong) << slot->Shift);
        slot->Items = bigger;
        slot->Shift++;
    }

    private void PushNear(ulong key)
    {
        if (_nearCount == _near.Length)
        {
            var bigger = new ulong[_near.Length * 2];
            Array.Copy(_near, bigger, _nearCount);
            _near = bigger;
        }
        int at = _nearCount++;
        while (at > 0)
        {
            int parent = (at - 1) >> 1;
            if (_near[parent] <= key)
            {
                break;
            }
            _near[at] = _near[parent];
            at = parent;
        }
        _near[at] = key;
    }

    private void PopNear()
    {
        ulong last = _near[--_nearCount];
        int at = 0;
        while (true)
        {
            int child = (at << 1) + 1;
            if (child >= _nearCount)
            {
                break;
            }
            if (child + 1 < _nearCount && _near[child + 1] < _near[child])
            {
                child++;
            }
            if (_near[child] >= last)
            {
                break;
            }
            _near[at] = _near[child];
            at = child;
        }
        _near[at] = last;
    }

    private void PushFar(long time, uint id)
    {
        if (_farCount == _far.Length)
        {
            var bigger = new Far[_far.Length * 2];
            Array.Copy(_far, bigger, _farCount);
            _far = bigger;
        }
        int at = _farCount++;
        while (at > 0)
        {
            int parent = (at - 1) >> 1;
            if (_far[parent].Time <= time)
            {
                break;
            }
            _far[at] = _far[parent];
            at = parent;
        }
        _far[at] = new Far { Time = time, Id = id };
    }

    private Far PopFar()
    {
        Far top = _far[0];
        Far last = _far[--_farCount];
        int at = 0;
        while (true)
        {
            int child = (at << 1) + 1;
            if (child >= _farCount)
            {
                break;
            }
            if (child + 1 < _farCount && _far[child + 1].Time < _far[child].Time)
            {
                child++;
            }
            if (_far[child].Time >= last.Time)
            {
                break;
            }
            _far[at] = _far[child];
            at = child;
        }
        _far[at] = last;
        return top;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buckets == null)
        {
            return;
        }
        NativeMemory.Free(_buckets);
        NativeMemory.Free(_occupied);
        NativeMemory.Free(_sorted);
        NativeMemory.Free(_scratch);
        _buckets = null;
    }
}
