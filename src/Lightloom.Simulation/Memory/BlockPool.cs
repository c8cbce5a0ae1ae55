using System.Numerics;
using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Memory;

/// <summary>
/// Hands out unmanaged blocks whose sizes are powers of two and takes them back. Blocks are cut from large slabs, so the event loop
/// neither calls the operating system nor leaves work for the garbage collector. One pool belongs to one thread.
/// </summary>
internal sealed unsafe class BlockPool : IDisposable
{
    private const int SmallestShift = 6;
    private const int SlabBytes = 1 << 21;
    private readonly nint[] _free = new nint[48];
    private nint[] _slabs = new nint[16];
    private int _slabCount;
    private byte* _cursor;
    private long _left;

    /// <summary>Bytes taken from the operating system so far.</summary>
    public long Reserved { get; private set; }

    /// <summary>Takes a block of at least <paramref name="bytes"/> bytes, aligned to a cache line; its content is undefined.</summary>
    public void* Take(long bytes)
    {
        int shift = ShiftOf(bytes);
        nint head = _free[shift];
        if (head != 0)
        {
            _free[shift] = *(nint*)head;
            return (void*)head;
        }
        return Cut(1L << shift);
    }

    /// <summary>Takes a block whose bytes are all zero.</summary>
    public void* TakeZeroed(long bytes)
    {
        void* block = Take(bytes);
        NativeMemory.Clear(block, (nuint)bytes);
        return block;
    }

    /// <summary>Gives back a block that <see cref="Take"/> returned for the same size.</summary>
    public void Give(void* block, long bytes)
    {
        int shift = ShiftOf(bytes);
        *(nint*)block = _free[shift];
        _free[shift] = (nint)block;
    }

    private static int ShiftOf(long bytes) =>
        Math.Max(SmallestShift, bytes <= 1 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)(bytes - 1)));

    private void* Cut(long bytes)
    {
        if (bytes > SlabBytes / 4)
        {
            return NewSlab(bytes);
        }
        if (_left < bytes)
        {
            _cursor = (byte*)NewSlab(SlabBytes);
            _left = SlabBytes;
        }
        byte* block = _cursor;
        _cursor += bytes;
        _left -= bytes;
        return block;
    }

    private void* NewSlab(long bytes)
    {
        void* slab = NativeMemory.AlignedAlloc((nuint)bytes, (nuint)Math.Min(SlabBytes, BitOperations.RoundUpToPowerOf2((ulong)bytes)));
        HugePages.Advise(slab, bytes);
        if (_slabCount == _slabs.Length)
        {
            var more = new nint[_slabCount * 2];
            Array.Copy(_slabs, more, _slabCount);
            _slabs = more;
        }
        _slabs[_slabCount++] = (nint)slab;
        Reserved += bytes;
        return slab;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = 0; i < _slabCount; i++)
        {
            NativeMemory.AlignedFree((void*)_slabs[i]);
        }
        _slabCount = 0;
        Array.Clear(_free);
        _left = 0;
    }
}
