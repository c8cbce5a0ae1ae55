using System.Runtime.InteropServices;
using Lightloom.Simulation.Cells;

namespace Lightloom.Simulation.Transport;

/// <summary>The sending end of an Ultra Ethernet flow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UetSender
{
    public const int Started = 1;
    public const int Finished = 2;
    public const int Speculating = 4;

    /// <summary>By sequence number: when sent and what became of it; see <see cref="UetRecord"/>.</summary>
    public ulong* Records;

    public uint RecordMask;
    public int Flags;

    /// <summary>All packets before this one have arrived.</summary>
    public uint Acknowledged;

    /// <summary>The next packet that was never sent.</summary>
    public uint Next;
    public uint Total;

    /// <summary>Packets that wait to be sent again, and a number at or before the first of them.</summary>
    public int RetransmitCount;
    public uint RetransmitHint;
    public uint Random;

    /// <summary>The congestion state of all planes together; unused when each plane has its own.</summary>
    public UetCongestion Shared;

    // Receiver credit
    public long Credit;
    public long PullTarget;
    public long Pulled;
    public long RetransmitBytes;

    public ushort LastSize;

    /// <summary>The line of the sending host.</summary>
    public ushort Line;
    public int Retransmitted;
    public long LastProbe;

    /// <summary>
    /// How far the flow was when a timeout last found nothing in flight and no credit to send with: pulls and acknowledged packets, and one.
    /// 0 when none did.
    /// </summary>
    public long StarvedAt;
}

/// <summary>What NSCC remembers: one for a flow, or one for each plane that a flow uses.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UetCongestion
{
    public const int Increasing = 1;
    public const int TriggerQuickAdapt = 2;

    public long Window;
    public long MaximumWindow;
    public long InFlight;
    public long ReceivedBytes;
    public long BaseRtt;
    public long AverageDelay;

    // Quick adaptation
    public long Achieved;
    public long QuickAdaptEnd;
    public long BytesIgnored;
    public long BytesToIgnore;

    // Window adjustment
    public long IncreaseBytes;
    public long AdjustBytes;
    public long LastAdjust;
    public long LastDecrease;
    public long FastBytes;
    public int Flags;

    /// <summary>The sender's rate as a share of the fastest host's, in (0, 1].</summary>
    public float Share;
}

/// <summary>What a receiver counts by plane, when each plane has a congestion state of its own.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct UetPlaneReceipt
{
    public long ReceivedBytes;
    public long AcceptedBytes;
}

/// <summary>The receiving end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UetReceiver
{
    public const int AckRequested = 1;
    public const int Complete = 2;
    public const int InPull = 4;
    public const int InIdle = 8;

    /// <summary>A ring of bits: which packets after <see cref="Expected"/> have arrived.</summary>
    public ulong* Bits;

    /// <summary>Bits in the ring, less one.</summary>
    public uint BitMask;
    public int Flags;
    public uint Expected;
    public uint Highest;
    public uint OutOfOrder;
    public uint Total;
    public long ReceivedBytes;
    public long AcceptedBytes;
    public long LatestPull;
    public long HighestPullTarget;
    public uint Entropy;
    public int NextInPull;
}

/// <summary>
/// A sent packet's record: its state in the top two bits, how often it was sent again in the next six, and when it was sent below.
/// </summary>
internal static class UetRecord
{
    public const ulong StateMask = 3UL << 62;
    public const ulong InFlight = 1UL << 62;
    public const ulong Queued = 2UL << 62;
    public const int CountShift = 56;
    public const ulong CountMask = 63UL << CountShift;
    public const ulong TimeMask = (1UL << CountShift) - 1;

    /// <summary>
    /// Where cards have several planes, four bits of the time say which one the packet took: a run may then last 75 minutes.
    /// </summary>
    public const int PlaneShift = 52;
    public const ulong PlaneTimeMask = (1UL << PlaneShift) - 1;
}
