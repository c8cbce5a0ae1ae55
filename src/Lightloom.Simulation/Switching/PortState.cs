using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// One direction of a link: the output queue before it, the server, and the packets on the wire. Two cache lines; the first holds what each
/// packet touches.
/// </summary>
/// <remarks>
/// <para>Each class of packets (data low, control and trimmed headers high) is one ring with three cursors: packets from <c>Head</c> to <c>Serve</c> have
/// been taken into service and carry the time they reach the next node; packets from <c>Serve</c> to <c>Tail</c> wait.</para>
/// <para>The calendar holds at most one event a port: the arrival of the port's next packet at the far end. Whatever the server did in
/// between is replayed when that event fires or when a packet joins the queue, whichever comes first ("catching up"). Nothing can observe the
/// difference: an arrival lies at least the link's delay after the end of service that caused it.</para>
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 192)]
internal unsafe struct PortState
{
    public const int Busy = 1;
    public const int HighInService = 2;
    public const int FromHost = 4;
    public const int ToHost = 8;
    public const int EcnEnabled = 16;
    public const int Crossing = 32;
    public const int Down = 64;
    public const int Paused = 128;
    public const int CutThrough = 256;

    public Packet* Low;
    public Packet* High;
    public uint LowHead, LowServe, LowTail, LowMask;
    public uint HighHead, HighServe, HighTail, HighMask;

    /// <summary>When the packet in service ends, while <see cref="Busy"/>.</summary>
    public long ServiceEnd;

    public int Flags;
    /// <summary>Picoseconds a byte takes, times 65,536.</summary>
    public uint ByteTime;

    /// <summary>Propagation plus the next switch's latency.</summary>
    public long Delay;

    /// <summary>The switch at the far end, or the complement of the host.</summary>
    public int Peer;

    /// <summary>Bytes of data waiting or in service.</summary>
    public int LowBytes;
    public int HighBytes;
    public int Capacity;
    public int EcnLow;
    public int EcnHigh;
    public uint Random;

    /// <summary>Most bytes of data seen at once.</summary>
    public int PeakBytes;

    /// <summary>Bytes that the server began to send.</summary>
    public long SentBytes;

    /// <summary>The switch or the complement of the host that the port belongs to.</summary>
    public int Owner;

    /// <summary>Adaptive routing: the band of the last look at the queue, and when that was.</summary>
    public int Band;
    public long BandTime;
    public long PausedSince;
    public long PausedTotal;
    public int Link;
    /// <summary>Lossless links: the port that brought the packet in service.</summary>
    public int InServiceFrom;
    public int DroppedPackets;
    public int TrimmedPackets;
    public int MarkedPackets;
}
