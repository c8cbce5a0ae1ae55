using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Memory;

/// <summary>
/// A fixed-length array outside the managed heap, zeroed and aligned to a cache line, addressed by pointer in the event loop.
/// </summary>
internal sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    /// <summary>The first element.</summary>
    public readonly T* Pointer;

    /// <summary>How many elements there are.</summary>
    public readonly int Length;

    private const int Line = 64;
    private byte* _allocation;

    public NativeArray(int length)
    {
        nuint bytes = (nuint)Math.Max(1, length) * (nuint)sizeof(T);
        // Zeroed by the operating system, page by page as they are first touched.
        _allocation = (byte*)NativeMemory.AllocZeroed(bytes + Line);
        Pointer = (T*)(((nuint)_allocation + Line - 1) & ~(nuint)(Line - 1));
        HugePages.Advise(Pointer, (long)bytes);
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
        NativeMemory.Free(_allocation);
        _allocation = null;
    }
}
