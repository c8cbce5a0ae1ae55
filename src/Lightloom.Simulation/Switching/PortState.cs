using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// One direction of a link: the output queue before it, the server, and the packets on the wire. One cache line, because a hop touches two
/// of these and little else decides how fast the engine is.
/// </summary>
/// <remarks>
/// <para>Each class of packets (data; control with trimmed headers) is one ring with three cursors: packets from <c>Head</c> to
/// <c>Serve</c> have been taken into service and carry the time they reach the next node; packets from <c>Serve</c> to <c>Tail</c>
/// wait.</para>
/// <para>The calendar holds at most one event a port: the arrival of the port's next packet at the far end. Whatever the server did in
/// between is replayed when that event fires or when a packet joins the queue, whichever comes first ("catching up"). Nothing can observe
/// the difference: an arrival lies at least the link's delay after the end of service that caused it.</para>
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct PortState
{
    public const int Busy = 1;
    public const int ControlInService = 2;
    public const int FromHost = 4;
    public const int ToHost = 8;
    public const int EcnEnabled = 16;
    public const int Down = 64;
    public const int Paused = 128;
    public const int CutThrough = 256;

    /// <summary>The far end stands higher than the near end.</summary>
    public const int Upward = 1 << 14;

    /// <summary>The port is in the ready list of the node at its far end.</summary>
    public const int InReadyList = 1 << 15;

    public Packet* Data;
    public Packet* Control;
    public uint DataHead,
        DataServe,
        DataTail;
    public uint ControlHead,
        ControlServe,
        ControlTail;

    /// <summary>When the packet in service ends, while <see cref="Busy"/>.</summary>
    public long ServiceEnd;

    /// <summary>Bytes of data waiting or in service.</summary>
    public int DataBytes;
    public int ControlBytes;
    public ushort Flags;

    /// <summary>The row of the run's port classes: rate, delay, capacity and thresholds.</summary>
    public ushort Class;

    /// <summary>Log2 of the rings' sizes.</summary>
    public byte DataShift,
        ControlShift;

    public readonly uint DataMask => (1u << DataShift) - 1;

    public readonly uint ControlMask => (1u << ControlShift) - 1;
}

/// <summary>What many ports have in common.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct PortClass
{
    /// <summary>
    /// Propagation, plus the next switch's latency unless switches decide on arrival (<see cref="World.DecidesOnArrival"/>).
    /// </summary>
    public long Delay;

    /// <summary>Picoseconds a byte takes, times 65,536.</summary>
    public uint ByteTime;
    public int Capacity;
    public int EcnLow;
    public int EcnHigh;

    /// <summary>Picoseconds between two packets: preamble and gap.</summary>
    public uint GapTime;

    /// <summary>Bytes of control packets that may wait: twice the data's.</summary>
    public int ControlCapacity;
}

/// <summary>What each packet touches but does not decide by; four ports share a cache line.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct PortTally
{
    /// <summary>Bytes that the server began to send.</summary>
    public long SentBytes;

    /// <summary>Most bytes of data seen at once.</summary>
    public int PeakBytes;

    /// <summary>The switch at the far end, or the complement of the host.</summary>
    public int Peer;
}

/// <summary>What few packets touch.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct PortRecord
{
    /// <summary>The switch or the complement of the host that the port belongs to.</summary>
    public int Owner;
    public int Link;
    public uint Random;

    /// <summary>Adaptive routing: the band of the last look at the queue, and when that was.</summary>
    public int Band;
    public long BandTime;
    public long PausedSince;
    public long PausedTotal;

    /// <summary>Lossless links: the port that brought the packet in service.</summary>
    public int InServiceFrom;
    public int DroppedPackets;
    public int TrimmedPackets;
    public int MarkedPackets;
}
