using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// The acknowledgement records of a run. A record is taken where the receiver is and given back where the sender is, which may be on
/// another thread; so its index means the same everywhere and its place never moves. Each part keeps its own list of free ones and asks for
/// more by the chunk.
/// </summary>
internal sealed unsafe class AckStore : IDisposable
{
    /// <summary>Log2 of the records in a chunk.</summary>
    public const int ChunkShift = 11;

    /// <summary>Records in a chunk.</summary>
    public const uint ChunkRecords = 1 << ChunkShift;

    private const int MostChunks = 1 << 16;
    private readonly Lock _lock = new();
    private int _count;

    /// <summary>Where the chunks are.</summary>
    public AckRecord** Chunks { get; } = (AckRecord**)NativeMemory.AllocZeroed(MostChunks, (nuint)sizeof(AckRecord*));

    /// <summary>One more chunk; the index of its first record.</summary>
    public uint Add()
    {
        lock (_lock)
        {
            if (_count == MostChunks)
            {
                throw new InvalidOperationException("more than 134 million acknowledgements are on their way at once");
            }
            Chunks[_count] = (AckRecord*)NativeMemory.AlignedAlloc(ChunkRecords * (nuint)sizeof(AckRecord), 64);
            return (uint)_count++ << ChunkShift;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = 0; i < _count; i++)
        {
            NativeMemory.AlignedFree(Chunks[i]);
        }
        _count = 0;
        NativeMemory.Free(Chunks);
    }
}
