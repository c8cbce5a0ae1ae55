using System.Runtime.InteropServices;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>The sending end of an RDMA connection.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdmaSender
{
    public const int Finished = 1;
    public const int InRecovery = 2;

    /// <summary>DCQCN on clocks of its own: a mark has come since alpha's last period, and since the last decrease.</summary>
    public const int MarkedForAlpha = 4;
    public const int MarkedForRate = 8;

    public uint Acknowledged;
    public uint Next;
    public uint Total;
    public uint Highest;
    public int LastSize;
    public int Flags;
    public uint Random;
    public int Retransmitted;

    /// <summary>Selective repeat: which packets after <see cref="Acknowledged"/> have arrived, as a ring of bits.</summary>
    public ulong* Arrived;
    public uint ArrivedMask;
    public uint ArrivedCount;
    public uint RecoverUntil;
    public uint RepeatNext;

    /// <summary>Pacing: picoseconds a byte takes at the current rate, and when the next packet may go.</summary>
    public double Rate;
    public long NextSend;
    public double Window;
    public long LastProgress;

    /// <summary>When the timer for pacing is set, 0 when it is not, and when the one for timeouts is.</summary>
    public long WakeAt;
    public long TimeoutAt;

    /// <summary>How long the sender waits for an answer, in picoseconds.</summary>
    public long Timeout;

    // DCQCN
    public double TargetRate;
    public double Alpha;
    public long AlphaAt;
    public long DecreaseAt;
    public long RateDue;
    public long TimerSetFor;
    public long BytesSinceIncrease;
    public int TimerStage;
    public int ByteStage;

    // HPCC
    public double Utilisation;
    public double ReferenceWindow;
    public int IncreaseStage;
    public uint LastUpdate;
    public PathTelemetry* LastPath;

    // TIMELY
    public long LastRoundTrip;
    public double Trend;

    // Swift
    public long SmoothedRoundTrip;
    public long Deviation;
    public int TimeoutsInARow;
    public long LastDecrease;
    public int BadRoundTrips;
    public int RepathAfter;
    public long RoundTripEnd;
    public long LeastDelay;
    public int Repaths;
}

/// <summary>The receiving end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdmaReceiver
{
    public const int NackSent = 1;
    public const int Complete = 2;

    public uint Expected;
    public uint Total;
    public int Flags;
    public uint Highest;
    public ulong* Arrived;
    public uint ArrivedMask;
    public long LastCongestion;
}
