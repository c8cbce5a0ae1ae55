using System.Runtime.InteropServices;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Parallel;

/// <summary>Packets on their way from one part to another: written by one thread, read by the other after both have met.</summary>
internal sealed unsafe class Mailbox : IDisposable
{
    /// <summary>A packet, the port it comes from, and what its acknowledgement record says.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Letter
    {
        public Packet Packet;
        public AckRecord Ack;
        public int Port;
    }

    private Letter* _letters;
    private int _capacity;

    /// <summary>Letters inside.</summary>
    public int Count { get; private set; }

    /// <summary>The letters, in the order they were put in.</summary>
    public Letter* Letters => _letters;

    /// <summary>Room for one more.</summary>
    public Letter* Add()
    {
        if (Count == _capacity)
        {
            _capacity = Math.Max(256, _capacity * 2);
            _letters = (Letter*)NativeMemory.Realloc(_letters, (nuint)_capacity * (nuint)sizeof(Letter));
        }
        return _letters + Count++;
    }

    /// <summary>Empties it.</summary>
    public void Clear() => Count = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_letters);
        _letters = null;
        _capacity = 0;
    }
}
