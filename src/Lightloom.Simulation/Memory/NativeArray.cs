using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Memory;

/// <summary>A fixed-length array outside the managed heap, zeroed and aligned to a cache line, addressed by pointer in the event loop.</summary>
internal sealed unsafe class NativeArray<T> : IDisposable where T : unmanaged
{
    /// <summary>The first element.</summary>
    public readonly T* Pointer;

    /// <summary>How many elements there are.</summary>
    public readonly int Length;

    private bool _freed;

    public NativeArray(int length)
    {
        nuint bytes = (nuint)Math.Max(1, length) * (nuint)sizeof(T);
        Pointer = (T*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(Pointer, bytes);
        Length = length;
    }

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Pointer[index];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_freed)
        {
            _freed = true;
            NativeMemory.AlignedFree(Pointer);
        }
    }
}
