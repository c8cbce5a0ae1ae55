using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lightloom.Simulation.LoadBalancing;

namespace Lightloom.Simulation.Switching;

/// <summary>What travels in a packet.</summary>
internal enum PacketKind : uint
{
    Data = 0,

    /// <summary>A data packet whose payload a full queue cut off.</summary>
    Trimmed = 1,
    Ack = 2,
    Nack = 3,

    /// <summary>Credit from a receiver.</summary>
    Pull = 4,

    /// <summary>A sender asks after what it sent, or for credit.</summary>
    Probe = 5,

    /// <summary>A receiver tells of congestion (RoCE's CNP).</summary>
    Congestion = 6,
}

/// <summary>
/// A packet, half a cache line, copied by value from port to port. Everything that only acknowledgements or telemetry need lives in a pool
/// at <see cref="Extra"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct Packet
{
    public const uint DestinationMask = 0x00FF_FFFF;
    public const uint KindMask = 0x0F00_0000;
    public const uint EcnMarked = 0x1000_0000;
    public const uint AckRequested = 0x2000_0000;

    /// <summary>
    /// On an acknowledgement: it answers no whole data packet, and so tells nothing of one's round trip. A probe borrows the number of a
    /// packet that may be sent later; a packet whose payload was cut off travels as a header from there on.
    /// </summary>
    public const uint NoSample = AckRequested;
    public const uint Retransmitted = 0x4000_0000;
    public const uint LastHop = 0x8000_0000;
    private const int KindShift = 24;

    /// <summary>When it reaches the next node, once its port has begun to send it.</summary>
    public long Arrival;

    public int Flow;
    public uint Sequence;

    /// <summary>The receiving host in the low 24 bits, then <see cref="PacketKind"/>, then flags.</summary>
    public uint Header;

    public ushort Size;

    /// <summary>The entropy value (UDP source port) that hashing switches look at.</summary>
    public ushort Entropy;

    /// <summary>Data: the pull target or the telemetry record. Acknowledgement: its record. Pull: the credit.</summary>
    public uint Extra;

    /// <summary>When the sender put it on the wire, in units of 1,024 ps, modulo 2^32.</summary>
    public uint Sent;

    public readonly int Destination
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)(Header & DestinationMask);
    }

    public readonly PacketKind Kind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (PacketKind)((Header & KindMask) >> KindShift);
    }

    public readonly bool IsData
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Header & KindMask) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint HeaderOf(int destination, PacketKind kind) => (uint)destination | ((uint)kind << KindShift);

    public const int SentShift = 10;
}

/// <summary>What an acknowledgement says beyond its packet: <see cref="Packet.Sequence"/> names the packet that caused it.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct AckRecord
{
    /// <summary>The next sequence number the receiver waits for; all before it have arrived.</summary>
    public uint Cumulative;

    /// <summary>The sequence number of bit 0 of <see cref="Bitmap"/>.</summary>
    public uint BitmapBase;

    public ulong Bitmap;

    /// <summary>Bytes received so far, headers included, duplicates not.</summary>
    public long ReceivedBytes;

    /// <summary>
    /// Where cards have several planes: the plane that the packet came on in the low byte, and from bit 8 on those of the receiver's planes
    /// that are down.
    /// </summary>
    public uint Planes;

    /// <summary>Index of a free record while this one is unused.</summary>
    public uint NextFree;
}
