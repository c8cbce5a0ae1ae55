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
/// One direction of a fabric link: first come, first served at a fixed rate, so a cell's departure is known when it joins and the only event is its arrival.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct FabricLink
{
    public Cell* Ring;
    public uint Head, Tail;

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

    /// <summary>Bursts: when the last cell arrives.</summary>
    public long Arrival;

    /// <summary>Bursts: the congestion level that it met.</summary>
    public int Level;
}

/// <summary>A virtual output queue: packets of one class from one source for one egress port.</summary>
[StructLayout(LayoutKind.Sequential, Size = 192)]
internal unsafe struct Voq
{
    public Packet* Ring;
    public uint Head, Tail;

    /// <summary>Packets before this one are known to the scheduler.</summary>
    public uint Seen;
    public byte Shift;
    public byte Control;

    /// <summary>In the scheduler's round.</summary>
    public byte Listed;

    /// <summary>A flow status is under way.</summary>
    public byte StatusSent;

    /// <summary>The ingress leaf, numbered among leaves.</summary>
    public int Leaf;

    /// <summary>The egress leaf, numbered among leaves.</summary>
    public int EgressLeaf;

    /// <summary>The port from the egress leaf to the host.</summary>
    public int Port;

    /// <summary>The next in the scheduler's round.</summary>
    public int NextListed;

    /// <summary>Bytes waiting.</summary>
    public long Bytes;

    /// <summary>Bytes that the scheduler knows were ever asked for, gaps included.</summary>
    public long Known;

    /// <summary>Bytes granted so far.</summary>
    public long Granted;

    /// <summary>Credit at hand; negative when the last packet was longer than what was left.</summary>
    public long Balance;

    /// <summary>One way of a control cell between the leaves.</summary>
    public long ControlDelay;

    /// <summary>Bursts: from the first cell's start to the last one's arrival through an idle fabric, without its serialisation.</summary>
    public long Transit;

    /// <summary>Bytes ever asked for, gaps included: what flow status reports.</summary>
    public long Asked;

    /// <summary>Above this the queue is full.</summary>
    public long FullBytes;

    /// <summary>Packets under way, oldest first.</summary>
    public int FirstTransit, LastTransit;

    /// <summary>The hosts' ports that this queue pauses: a place in the list of pauses, -1 for none.</summary>
    public int FirstPause;

    /// <summary>Bursts: when the last packet of this queue arrives; none overtakes it.</summary>
    public long LastArrival;

    public readonly uint Mask => (1u << Shift) - 1;
}

/// <summary>The scheduler of one egress port: control before data, each in a round over the queues that have asked.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct EgressScheduler
{
    public int ControlHead, ControlTail;
    public int DataHead, DataTail;

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

    /// <summary>The bound of the egress buffer where the options leave it open.</summary>
    public long DefaultPauseBytes;
}
