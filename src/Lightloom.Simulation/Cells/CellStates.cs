using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Cells;

/// <summary>A cell in a link's queue or on its wire.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct Cell
{
    /// <summary>The low bits of <see cref="Size"/>: bytes on the wire. Above them the congestion level, 0 to 3.</summary>
    public const int SizeMask = 0x3FFF;
    public const int LevelShift = 14;

    /// <summary>When it reaches the next device.</summary>
    public long Arrival;

    /// <summary>The packet it is part of, as a place among the <see cref="Transit"/>s.</summary>
    public int Transit;
    public ushort Size;

    /// <summary>The destination, numbered among leaves.</summary>
    public ushort Leaf;
}

/// <summary>
/// One direction of a fabric link: first come, first served at a fixed rate, so a cell's departure is known when it joins and the only
/// event is its arrival.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct FabricLink
{
    public Cell* Ring;
    public uint Head,
        Tail;

    /// <summary>When the last cell of the queue will have left.</summary>
    public long Free;
    public long Delay;

    /// <summary>Picoseconds a byte takes, times 65,536.</summary>
    public uint ByteTime;

    /// <summary>Full cells that a picosecond of backlog is worth.</summary>
    public float CellsPerPicosecond;

    /// <summary>The dense number of the leaf at the far end, -1 for a fabric element.</summary>
    public int LeafAhead;

    /// <summary>The row of the routing table of the device at the far end.</summary>
    public int RowAhead;
    public byte Shift;

    /// <summary>0 while the link lives.</summary>
    public byte Down;

    /// <summary>Dead, and nobody has noticed yet.</summary>
    public const byte Dead = 1;

    /// <summary>Dead, and out of every spray set.</summary>
    public const byte KnownDead = 2;

    public readonly uint Mask => (1u << Shift) - 1;

    /// <summary>Takes a cell in at the end of the queue; the full cells that it finds there, the one in service included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int size, long now)
    {
        long start = Math.Max(now, Free);
        Free = start + (((long)size * ByteTime) >> 16);
        return (int)((start - now) * CellsPerPicosecond + 0.999f);
    }
}

/// <summary>A packet under way through the fabric, in the order of its virtual output queue.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct Transit
{
    public Packet Packet;
    public int Voq;

    /// <summary>The next of the same queue, or of the free ones.</summary>
    public int Next;

    /// <summary>Cells that have neither arrived nor been lost.</summary>
    public int CellsLeft;

    /// <summary>Cells that a dead link destroyed.</summary>
    public int CellsLost;
}

/// <summary>A packet in a virtual output queue; in the coarse mode it stays here until it has crossed the fabric.</summary>
[StructLayout(LayoutKind.Sequential, Size = 48)]
internal struct Queued
{
    public const byte Lost = 1;
    public const byte Discarded = 2;

    /// <summary>Its arrival is when it joined the queue, and from when it is matched with a credit, when it leaves.</summary>
    public Packet Packet;

    /// <summary>When its last cell arrives.</summary>
    public long Arrives;
    public byte State;

    /// <summary>The congestion level that it met.</summary>
    public byte Level;

    /// <summary>Cells that it makes, 0 for a packet that stays on its leaf.</summary>
    public ushort Cells;
}

/// <summary>A virtual output queue: packets of one class from one source for one egress port.</summary>
/// <remarks>
/// Bytes asked for, known, granted and spent are counted from the start of the run and include gaps between frames. True cells keep what is
/// left of credits that have arrived in <see cref="Balance"/>. Bursts match packets with credits in their order as soon as both are known:
/// credit k arrives at its place in <see cref="CreditTimes"/>.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 192)]
internal unsafe struct Voq
{
    public Queued* Ring;

    /// <summary>Packets from <c>Head</c> to <c>Tail</c> wait.</summary>
    public uint Head,
        Tail;

    /// <summary>Bursts: packets from here to <c>Head</c> are under way.</summary>
    public uint Oldest;

    /// <summary>Bursts: packets from here on still occupy memory.</summary>
    public uint Unsent;

    /// <summary>Packets before this one are known to the scheduler.</summary>
    public uint Seen;
    public byte Shift;
    public byte Control;

    /// <summary>In the scheduler's round.</summary>
    public byte Listed;

    /// <summary>A flow status is under way.</summary>
    public byte StatusSent;

    /// <summary>The port from the egress leaf to the host.</summary>
    public int Port;

    /// <summary>The next in the scheduler's round.</summary>
    public int NextListed;

    /// <summary>What flow status reports.</summary>
    public long Asked;

    /// <summary>What has been reported so far.</summary>
    public long Known;
    public long Granted;

    /// <summary>One way of a control cell between the leaves.</summary>
    public long ControlDelay;

    /// <summary>Bytes of packets here.</summary>
    public long Bytes;

    /// <summary>Above this the queue is full.</summary>
    public long FullBytes;

    /// <summary>True cells: packets under way, oldest first.</summary>
    public int FirstTransit,
        LastTransit;

    /// <summary>The ingress leaf and the egress leaf, numbered among leaves.</summary>
    public int Leaf,
        EgressLeaf;

    /// <summary>Bursts: what packets have been matched with.</summary>
    public long Spent;

    /// <summary>Bursts: what there was before the first credit.</summary>
    public long Base;

    /// <summary>Bursts: when credits arrive, a ring over the last ones.</summary>
    public long* CreditTimes;

    /// <summary>Bursts: credits granted.</summary>
    public long CreditCount;

    /// <summary>Credit at hand; negative when the last packet was longer than what was left.</summary>
    public long Balance;

    /// <summary>Bursts: from the first cell's start to the last one's arrival through an idle fabric, without its serialisation.</summary>
    public long Transit;

    /// <summary>Bursts: when the last packet of this queue arrives; none overtakes it.</summary>
    public long LastArrival;

    /// <summary>The hosts' ports that this queue pauses: a place in the list of pauses, -1 for none.</summary>
    public int FirstPause;

    public readonly uint Mask => (1u << Shift) - 1;
}

/// <summary>The scheduler of one egress port: control before data, each in a round over the queues that have asked.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct EgressScheduler
{
    public int ControlHead,
        ControlTail;
    public int DataHead,
        DataTail;

    /// <summary>The soonest that the next credit may be granted.</summary>
    public long NextCredit;

    /// <summary>An event of this scheduler is in the calendar.</summary>
    public byte Pending;

    /// <summary>The egress buffer has filled and not yet drained.</summary>
    public byte Stopped;

    /// <summary>The share of its rate that congestion leaves it.</summary>
    public float Factor;

    /// <summary>When the factor last changed.</summary>
    public long Adjusted;

    /// <summary>The longest control round trip to a queue of this port, in picoseconds.</summary>
    public long Trip;

    /// <summary>Between two credits at full rate, in picoseconds.</summary>
    public long Interval;

    /// <summary>The bound of the egress buffer where the options leave it open.</summary>
    public long DefaultPauseBytes;
}
